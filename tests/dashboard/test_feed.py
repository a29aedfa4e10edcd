"""The feed of a view: what a feed reader makes of it."""

from __future__ import annotations

import datetime as dt
import io
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import feed as feed_module
from dashboard import resources
from geodata.event import ActorKind
from geodata.exports.atom import Feed, entry_id, to_atom
from geodata.settings import settings
from geodata.store.recent import Added
from geodata.store.results import StoredEvent
from geodata.view import View

ATOM = "{http://www.w3.org/2005/Atom}"
GEORSS = "{http://www.georss.org/georss}"


def parsed(client, query=""):
    answer = client.get(f"/feed.atom?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(io.BytesIO(answer.content))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_a_reader_gets_the_events_of_the_view(client):
    found = parsed(client)
    assert len(found.entries) == 6
    assert found.feed.title == "Conflict map: All reported events"
    assert "6 reported events from 4 articles" in found.feed.subtitle
    assert "not verified incidents" in found.feed.subtitle
    kirkuk = next(entry for entry in found.entries if entry.title.startswith("Retreat"))
    assert kirkuk.title == "Retreat in Kirkuk, Iraq, 16 October 2017: Peshmerga"
    assert "known to within 5 km (settlement)" in kirkuk.summary
    assert kirkuk.author == "Example News"
    some = parsed(client, "type=retreat&from=2017-10-01&to=2017-10-31")
    assert [entry.id for entry in some.entries] == [kirkuk.id]
    assert some.feed.id != found.feed.id


def test_entries_lead_to_the_event_and_to_its_source(client):
    found = parsed(client, "type=consult")
    (entry,) = found.entries
    links = {link.rel: link.href for link in entry.links}
    assert links["via"] == "https://news.example/1"
    query = parse_qs(urlsplit(links["alternate"]).query)
    event = resources.store().events(View(event=query["event"][0]))
    assert entry.id == entry_id(query["event"][0])
    assert query["type"] == ["consult"]
    assert event
    # An address that a browser would run is none.
    (odd,) = parsed(client, "type=accuse").entries
    assert {link.rel for link in odd.links} == {"alternate"}


def test_places_are_points_and_areas_boxes(client):
    root = ET.fromstring(client.get("/feed.atom").content)  # noqa: S314  our own
    entries = {entry.find(f"{ATOM}title").text: entry for entry in root.iter(f"{ATOM}entry")}
    point = next(entry for title, entry in entries.items() if title.startswith("Retreat"))
    assert point.find(f"{GEORSS}point").text == "35.46806 44.39222"
    assert point.find(f"{GEORSS}radius").text == "5000"
    (area,) = [entry for title, entry in entries.items() if "in Nineveh" in title]
    assert area.find(f"{GEORSS}point") is None
    south, west, north, east = map(float, area.find(f"{GEORSS}box").text.split())
    assert south < 36.3 < north
    assert west < 42.4 < east
    (nowhere,) = [entry for title, entry in entries.items() if title.startswith("Accuse")]
    assert not [child for child in nowhere if child.tag.startswith(GEORSS)]


def test_hostile_text_stays_text(client, hostile):
    answer = client.get("/feed.atom")
    assert b"<script" not in answer.content
    entry = next(entry for entry in parsed(client).entries if "withdrew" in entry.summary)
    assert "<script" not in entry.summary.replace(hostile, "")
    links = [link for link in entry.links if link.rel == "via"]
    assert links[0].href == "https://news.example/1"


def test_ids_and_bytes_stay_until_something_is_added(client, reading_of):
    first = client.get("/feed.atom")
    again = client.get("/feed.atom", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/feed.atom", headers={"if-modified-since": first.headers["last-modified"]}).status_code == 304
    assert client.get("/feed.atom").content == first.content
    ids = [entry.id for entry in parsed(client).entries]
    resources.store().write([reading_of("Shells hit Erbil.", {})])
    new = client.get("/feed.atom", headers={"if-none-match": first.headers["etag"]})
    assert new.status_code == 200
    now = feedparser.parse(io.BytesIO(new.content)).entries
    assert sorted(entry.id for entry in now[1:]) == sorted(ids)
    assert "Shells hit Erbil" in now[0].summary
    assert now[0].updated_parsed >= now[1].updated_parsed


def test_pages_hold_every_event_once(client, monkeypatch):
    monkeypatch.setattr(feed_module, "ENTRIES", 4)
    first = parsed(client)
    (following,) = [link.href for link in first.feed.links if link.rel == "next"]
    second = parsed(client, urlsplit(following).query)
    assert len(first.entries) == 4
    assert len({entry.id for entry in (*first.entries, *second.entries)}) == 6
    assert first.feed.id == second.feed.id
    assert not [link for link in second.feed.links if link.rel == "next"]
    assert "The last 4 added are on each page" in first.feed.subtitle


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=1&page=2", "type=nonsense", "region=XX-YY", "from=yesterday"]
)
def test_what_cannot_be_followed_is_refused_in_a_sentence(client, query):
    answer = client.get(f"/feed.atom?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_an_empty_view_is_a_feed_too(client):
    assert parsed(client, "q=nothinghasthisword").entries == []


def test_the_feed_keeps_to_the_safety_settings(client, reading_of, monkeypatch):
    resources.store().write(
        [reading_of("Jane Doe was taken away in Kirkuk.", {"target": "Jane Doe"}, title="Jane Doe")]
    )
    monkeypatch.setenv("CONFLICTMAP_SHARE_PERSONS", "no")
    monkeypatch.setenv("CONFLICTMAP_SHARE_PRECISION", "province")
    settings.cache_clear()
    answer = client.get("/feed.atom")
    assert "Jane Doe" not in answer.text
    assert "<georss:point" not in answer.text
    assert "persons are not named" in answer.text
    assert client.get("/feed.atom?actor=Jane+Doe").status_code == 403
    settings.cache_clear()


@given(st.lists(st.text(max_size=40), min_size=5, max_size=5))
def test_any_text_makes_xml(texts):
    from geodata.article import Article  # noqa: PLC0415
    from geodata.event import Actor, Event  # noqa: PLC0415
    from geodata.ontology import EventType  # noqa: PLC0415

    title, url, source, quote, name = texts
    actor = Actor(name=name, text=name, kind=ActorKind.UNKNOWN)
    event = Event(
        id=quote, article_id=Article(text="x").id, type=EventType.ASSAULT, quad=EventType.ASSAULT.quad,
        start=0, end=1, quote=quote, source_actors=(actor,), claimed_by=name, unplaced_reason=title,
    )  # fmt: skip
    feed = Feed(
        key=title, title=title, subtitle=source, rights=name, updated=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        page="https://m.example/", address="https://m.example/feed.atom", event_page=lambda _: "https://m.example/?event=1",
        area_of=lambda _: None, name_of=str,
    )  # fmt: skip
    stored = StoredEvent(event=event, title=title, url=url, source=source, published=None)
    made = to_atom(feed, [Added(stored, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))])
    root = ET.fromstring(made)  # noqa: S314  our own
    assert len(root.findall(f"{ATOM}entry")) == 1
