from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from itertools import pairwise

import pytest

from geodata.event import PlaceBasis, Precision
from geodata.ontology import TYPES, Context, EventType
from geodata.samples import sample_articles, sample_articles_by_id, sample_labels

ARTICLES = sample_articles_by_id()
LABELS = sample_labels()
EVENTS = [
    pytest.param(ARTICLES[key], event, id=f"{key}-{n}")
    for key, label in LABELS.items()
    for n, event in enumerate(label["events"])
]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def test_there_are_enough_of_them_about_enough_conflicts():
    published = [article.published for article in sample_articles()]
    crisis = [d for d in published if dt.date(2017, 9, 14) <= d <= dt.date(2017, 11, 30)]
    iraq = [key for key, a in ARTICLES.items() if "Kurd" in a.text or "Iraq" in a.text]
    assert len(published) >= 46
    assert len(crisis) >= 36
    assert len(ARTICLES) - len(iraq) >= 10
    assert not [d for d in published if d > dt.datetime.now(dt.UTC).date()]


def test_every_article_has_labels_and_every_label_an_article():
    assert list(ARTICLES) == list(LABELS)


def test_no_two_articles_are_the_same_article():
    articles = sample_articles()
    assert len({a.id for a in articles}) == len(articles)
    assert len({a.title for a in articles}) == len(articles)


def test_articles_say_that_they_are_samples():
    for article in sample_articles():
        assert article.source == "conflictmap sample"
        assert article.url == ""
        assert article.title
        assert article.place


@pytest.mark.parametrize("key", ARTICLES)
def test_length_is_that_of_a_brief(key):
    assert 90 <= len(ARTICLES[key].text.split()) <= 220


def test_the_id_names_the_date_of_publication():
    for key, article in ARTICLES.items():
        found = re.fullmatch(r"[a-z]+-(\d{4}-\d\d-\d\d)-[a-z]", key)
        assert found, key
        assert found[1] == article.published.isoformat()


def test_no_sentence_occurs_twice():
    sentences = Counter(
        words
        for article in sample_articles()
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", article.text)
        if len((words := re.sub(r"\W+", " ", sentence).strip().lower()).split()) > 3
    )
    assert [s for s, n in sentences.items() if n > 1] == []


@pytest.mark.parametrize("key", LABELS)
def test_toponyms_stand_where_they_say(key):
    text, toponyms = ARTICLES[key].text, LABELS[key]["toponyms"]
    assert toponyms
    for t in toponyms:
        assert t["text"] == text[t["start"] : t["end"]]
        assert (t["lat"] is None) == (t["lon"] is None) == (t["precision"] is None)
        if t["lat"] is not None:
            assert -90 <= t["lat"] <= 90
            assert -180 <= t["lon"] <= 180
            assert re.fullmatch(r"[A-Z]{2}", t["country"])
            assert t["precision"] in set(Precision)
    for i in LABELS[key]["ignore"]:
        assert i["text"] == text[i["start"] : i["end"]]
    spans = sorted((x["start"], x["end"]) for x in toponyms + LABELS[key]["ignore"])
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_a_name_with_one_meaning_is_labelled_wherever_it_occurs():
    for key in LABELS:
        text = ARTICLES[key].text
        for name in ("Kirkuk", "Baghdad", "Sulaymaniyah", "Mosul", "Ankara", "Tehran", "Moscow"):
            spans = [(t["start"], t["end"]) for t in LABELS[key]["toponyms"]]
            for found in re.finditer(rf"\b{name}\b", text):
                assert any(a <= found.start() and found.end() <= b for a, b in spans), (key, name)


def test_one_place_has_one_position():
    positions = {}
    for label in LABELS.values():
        for t in label["toponyms"]:
            where = (t["lat"], t["lon"])
            assert positions.setdefault((t["name"], t["country"], t["precision"]), where) == where


@pytest.mark.parametrize(("article", "event"), EVENTS)
def test_events_are_well_formed(article, event):
    kind = TYPES[EventType(event["type"])]
    assert event["level"] in ("core", "secondary")
    assert event["quad"] == kind.quad
    assert event["mode"] is None or event["mode"] in kind.modes
    assert set(event["context"]) <= set(Context)
    assert {EventType(t) for t in event["alt"]}.isdisjoint({event["type"]})
    assert all(isinstance(a, str) and a for a in event["source_actor"] + event["target_actor"])
    assert event["fatalities"] is None or event["fatalities"] > 0

    assert article.text.count(event["quote"]) == 1
    assert all(q in article.text for q in event["also"])

    assert (event["place"] is None) == (event["place_basis"] is None) == (event["lat_approx"] is None)
    if event["place"] is not None:
        assert event["place_basis"] in set(PlaceBasis)
        assert event["geo_level"] in set(Precision)
        assert -90 <= event["lat_approx"] <= 90
        assert -180 <= event["lon_approx"] <= 180

    start, end = day(event["date_start"]), day(event["date_end"])
    assert end is not None
    assert end <= article.published
    assert start is None or start <= end


def test_every_article_reports_some_news():
    for key, label in LABELS.items():
        assert sum(e["level"] == "core" for e in label["events"]) >= 1, key


def test_all_types_and_ways_to_know_a_place_occur():
    events = [e for label in LABELS.values() for e in label["events"]]
    assert {e["type"] for e in events} == set(EventType)
    assert {e["place_basis"] for e in events} - {None} == set(PlaceBasis)
    assert {t["precision"] for label in LABELS.values() for t in label["toponyms"]} - {None} == set(Precision)
