"""An article whose title, text, source and address try to run code: nothing of it is ever live."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from driving import ArticlesPage
from playwright.sync_api import expect

from geodata.article import Article, PublishedBasis
from geodata.event import (
    Actor,
    DateBasis,
    DatePrecision,
    Event,
    Mention,
    Place,
    PlaceBasis,
    Precision,
    Reading,
    Span,
    SpanKind,
)
from geodata.ontology import EventType
from geodata.regions import regions
from geodata.store import Store

EVIL = "evil.example"
MARKUP = (
    '</script><script>window.ran=1</script><img src=ran onerror="window.ran=2"><svg onload="window.ran=3"></svg>'
    '"\' onmouseover="window.ran=4" <style>@import "//evil.example/a.css";</style>'
    "![picture](http://evil.example/a.png) [link](javascript:window.ran=5) <a href='javascript:window.ran=6'>go</a>"
    " `code` **bold** :red[red] $x^2$ {{ 7*7 }} ${7*7}"
)
TITLE = f"Hostile {MARKUP}"
BRIEF = (
    "KIRKUK, Iraq - Gunmen <script>window.ran=7</script> attacked a police station in Kirkuk on Monday"
    ' <img src=ran onerror="window.ran=8">, killing two officers.\n\n'
    "Protesters ![picture](http://evil.example/b.png) marched in Basra on Tuesday [link](javascript:window.ran=9).\n\n"
    '<iframe src="http://evil.example/"></iframe> Rebels met <b onclick="window.ran=10">ministers</b> in Zzyzxstan.'
)
LIVE = (
    'img[src="ran"], img[src*="evil.example"], [onerror], svg[onload], [onmouseover], [onclick],'
    ' a[href^="javascript:"], iframe[src*="evil.example"], [href*="evil.example"]:not([href^="feed.atom?"])'
)


def made_reading() -> Reading:
    """Return a reading in which every text is hostile, whatever our own reader would make of it."""
    text = f"{MARKUP} attacked."
    article = Article(
        text=text,
        title=TITLE,
        url="javascript:window.ran=11",
        source=f"Source {MARKUP}",
        language="en",
        published=dt.date(2019, 3, 5),
        published_basis=PublishedBasis.GIVEN,
    )
    kirkuk = Place(
        id="gn:94787", name=f"Kirkuk {MARKUP}", lat=35.46806, lon=44.39222, country="IQ", admin1="IQ-KI",
        precision=Precision.SETTLEMENT, kind="city",
    )  # fmt: skip
    province = Place(
        id="iso:IQ-KI", name=f"Kirkuk {MARKUP}", lat=35.4, lon=44.2, country="IQ", admin1="IQ-KI",
        precision=Precision.PROVINCE, kind="province",
    )  # fmt: skip

    def event(number: int, place: Place | None) -> Event:
        day = dt.date(2019, 2, 4) if number < 2 else None  # not the day of what a person saves below
        return Event(
            id=f"hostile{number}",
            article_id=article.id,
            type=EventType.ASSAULT,
            mode=f"mode {MARKUP}" if number == 0 else "",
            quad=EventType.ASSAULT.quad,
            source_actors=(Actor(name=f"Actor {MARKUP}", text=MARKUP),),
            target_actors=(Actor(name=f"Target {MARKUP}", text=MARKUP),),
            date_start=day,
            date_end=day,
            date_precision=DatePrecision.DAY if day else None,
            date_basis=DateBasis.NAMED if day else None,
            undated_reason="" if day else f"No date {MARKUP}",
            place=place,
            place_text=MARKUP if place else "",
            place_basis=PlaceBasis.ANAPHORA if place else None,
            unplaced_reason="" if place else f"No place {MARKUP}",
            regions=regions().of_place(place) if place else (),
            start=0,
            end=len(text),
            quote=text,
            spans=(Span(0, 20, SpanKind.SOURCE), Span(25, 60, SpanKind.VERB)),
        )

    mentions = (
        Mention(start=0, end=30, text=text[:30], place=kirkuk, confidence=0.9),
        Mention(start=40, end=70, text=text[40:70], place=None, confidence=0.0, reason=f"unknown {MARKUP}"),
    )
    return Reading(article=article, mentions=mentions, events=(event(0, kirkuk), event(1, province), event(2, None)))


def harmless(page) -> None:
    """Check every frame of a page: no script of theirs ran, and nothing was made of their markup."""
    for frame in page.frames:
        assert frame.evaluate("() => window.ran") is None, f"a script ran in {frame.url}"
        assert frame.locator(LIVE).count() == 0, frame.locator(LIVE).evaluate_all(
            "nodes => nodes.map(n => n.outerHTML)"
        )


@pytest.fixture(scope="module")
def hostile_dashboard(own_dashboard):
    """Return a server whose store holds the made reading."""
    with Store.open(own_dashboard.data_dir / "store") as store:
        written = store.write([made_reading()])
    assert written.events == 3
    return own_dashboard


@pytest.fixture
def hostile_context(new_context, hostile_dashboard):
    """Return a context in which any dialog is a failure, and what watches it."""
    context, watch = new_context(hostile_dashboard.url)
    context.on("dialog", lambda dialog: (watch.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    return context, watch


def test_read_and_saved_by_a_person(hostile_context, hostile_dashboard):
    context, watch = hostile_context
    articles = ArticlesPage(context.new_page(), hostile_dashboard, watch).open()
    row = {
        "text": BRIEF,
        "title": TITLE,
        "url": "javascript:window.ran=12",
        "source": MARKUP,
        "published": "2019-03-05",
    }
    articles.upload("hostile.jsonl", json.dumps(row).encode())
    articles.is_read()
    expect(articles.text).to_have_text(BRIEF)
    expect(articles.page.get_by_role("heading", name="Hostile </script>")).to_be_visible()
    expect(articles.page.get_by_test_id("event-card").first).to_be_visible()
    harmless(articles.page)
    articles.save()
    box = articles.page.get_by_test_id("stDataFrame").bounding_box()
    harmless(articles.page)
    articles.page.mouse.click(box["x"] + 15, box["y"] + 38 + 17)
    expect(articles.text).to_be_visible(timeout=30_000)
    harmless(articles.page)
    assert not [url for url in watch.asked if url.endswith("/ran")]


def test_map_cards_tooltips_and_lists(hostile_context, hostile_dashboard, map_page_of):
    context, watch = hostile_context
    page = map_page_of(context, watch, hostile_dashboard).open("v=1&from=2019-02-04&to=2019-02-04&region=IQ-KI")
    expect(page.cards.first).to_contain_text("<script>window.ran=1</script>")
    harmless(page.page)
    mark = page.frame.get_by_test_id("map-point").first
    mark.hover()
    expect(page.frame.locator(".cm-tooltip")).to_contain_text("<img src=ran")
    harmless(page.page)
    mark.click()
    expect(page.page.locator(".st-key-picked")).to_contain_text("<script>window.ran=1</script>")
    harmless(page.page)
    page.frame.get_by_test_id("map-area").first.click()
    expect(page.page.locator(".st-key-picked")).to_contain_text("somewhere in")
    harmless(page.page)
    page.page.get_by_role("combobox", name="Actors", exact=True).fill("Actor")
    expect(page.page.get_by_role("option").first).to_be_visible()
    harmless(page.page)
    page.page.get_by_role("option").first.click()
    expect(page.sentence).to_contain_text("Actor </script>")
    harmless(page.page)
    assert not [url for url in watch.asked if url.endswith("/ran")]


def test_list_of_what_is_not_placed(hostile_context, hostile_dashboard, map_page_of):
    context, watch = hostile_context
    page = map_page_of(context, watch, hostile_dashboard).open()
    page.page.get_by_role("button", name="not placed").click()
    expect(page.page.locator(".st-key-unplaced-list")).to_contain_text("<script>window.ran=1</script>")
    harmless(page.page)


def test_hostile_link(hostile_context, hostile_dashboard, map_page_of):
    from urllib.parse import quote  # noqa: PLC0415

    context, watch = hostile_context
    page = map_page_of(context, watch, hostile_dashboard)
    page.open(
        f"v=1&q={quote(MARKUP)}&type={quote(MARKUP)}&region={quote(MARKUP)}&from={quote(MARKUP)}&event={quote(MARKUP)}"
    )
    expect(page.sentence).to_contain_text("<img src=ran")
    expect(page.page.get_by_test_id("stAlert").first).to_contain_text("was not applied")
    harmless(page.page)


def test_saved_file(hostile_context, hostile_dashboard, map_page_of, new_context, tmp_path):
    page = map_page_of(*hostile_context, hostile_dashboard).open("v=1&from=2019-02-04&to=2019-02-04&region=IQ-KI")
    page.page.locator(".st-key-download button").first.click()
    with page.page.expect_download() as waiting:
        page.page.get_by_test_id("download-html").click()
    waiting.value.save_as(tmp_path / "hostile.html")
    context, watch = new_context("")
    saved = context.new_page()
    saved.goto((tmp_path / "hostile.html").as_uri())
    expect(saved.get_by_test_id("event-card").first).to_contain_text("<script>window.ran=1</script>")
    harmless(saved)
    mark = saved.get_by_test_id("map-point").first
    mark.hover()
    expect(saved.locator(".cm-tooltip")).to_contain_text("<img src=ran")
    mark.click()
    expect(saved.locator("#list-heading")).to_contain_text("<script>window.ran=1</script>")
    harmless(saved)
    assert all(url.startswith(("file:", "data:")) for url in watch.asked), watch.asked
    assert not [url for url in watch.asked if url.endswith("/ran")]
