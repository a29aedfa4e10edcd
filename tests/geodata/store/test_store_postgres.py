"""The same questions, put to DuckDB and to a real PostgreSQL, have the same answers."""

# ruff: noqa: S311, ARG005 - chance makes events here, and not every question depends on how it is put

from __future__ import annotations

import datetime as dt
import random
from types import SimpleNamespace
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.actor_groups import groups_of
from geodata.article import Article, PublishedBasis
from geodata.event import (
    Actor,
    ActorKind,
    DateBasis,
    DatePrecision,
    Event,
    Mention,
    Place,
    PlaceBasis,
    Precision,
    Problem,
    Reading,
    Span,
    SpanKind,
)
from geodata.ontology import Context, EventType
from geodata.store import Store, freezing
from geodata.store.by_region import region_counts
from geodata.store.by_type import types_over_time
from geodata.store.facets import Facet
from geodata.store.lists import Order
from geodata.store.pairs import actor_pairs
from geodata.store.recent import ids, last_added, recent
from geodata.store.results import Step
from geodata.view import Role, View

EVENTS = 3000
FIRST = dt.date(2019, 11, 1)
# Letters, signs and cases in which databases like to differ.
NAMES = (
    "Iraqi Army", "iraqi army", "Peshmerga", "Ärzte ohne Grenzen", "Zivilisten", "ЗСУ", "قوات", "O'Neill \\ Sons",
    "100% _", "Straße", "", "İstanbul Polisi", "É", "e", "E", "Z", "a b", "ab",
)  # fmt: skip
SOURCES = ("", "Agency A", "agency a", "Ägentur", "Żródło", "Б", "News\\Wire", "It's news")
WORDS = ("Troops", "troops", "ÄRGER", "Kirkuk", "“Quoted”", "50%", "a_b", "СЕЛО", "back\\slash", "ÇA", "it's", "\t\n")
REGIONS = {
    "iso:IQ": ("IQ",), "iso:IQ-KI": ("IQ", "IQ-KI"), "region:donbas": ("UA", "donbas"), "area:black-sea": (),
    "iso:FR": ("FR",), "cm:hamrin": ("IQ", "IQ-DI"),
}  # fmt: skip


def some_place(chance):
    if chance.random() < 0.2:
        place_id = chance.choice(list(REGIONS))
        regions = REGIONS[place_id]
        country = regions[0] if regions else ""
        admin1 = regions[1] if len(regions) > 1 and "-" in regions[1] else ""
        precision = Precision.PROVINCE if len(regions) > 1 else Precision.COUNTRY
        name, lat, lon = f"Area {place_id[-3:]}", 30.0 + len(place_id), 40.0
    else:
        n = chance.randrange(60)
        regions = chance.choice((("IQ", "IQ-KI"), ("IQ",), ("FJ", "FJ-C"), ("iraqi-kurdistan",), ()))
        country, admin1 = (regions or ("",))[0][:2].upper(), ""
        precision = chance.choice((Precision.SITE, Precision.SETTLEMENT, Precision.DISTRICT))
        # Some on either side of the antimeridian, some names twice, some ids twice.
        name, lat, lon = f"Town {n // 2}", (n * 7919 % 1400) / 10 - 70, ((n * 104729 + 1700) % 3600) / 10 - 180
        place_id = f"gn:{n}"
    return regions, Place(
        id=place_id, name=name, lat=lat, lon=lon, country=country, admin1=admin1, precision=precision,
        kind="place", population=chance.randrange(10**6),
    )  # fmt: skip


def some_actors(chance):
    def one():
        name = chance.choice(NAMES)
        country = chance.choice(("", "IQ", "SY"))
        return Actor(name=name, text=f'the “{name}"', kind=chance.choice(list(ActorKind)), country=country)

    return tuple(one() for _ in range(chance.choice((0, 1, 1, 1, 2, 3))))


def some_event(chance, article, n):
    kind = chance.choice(list(EventType))
    start = FIRST + dt.timedelta(days=int(chance.random() ** 2 * 500)) if chance.random() < 0.9 else None
    last = start and start + dt.timedelta(days=chance.choice((0, 0, 0, 6, 40)))
    regions, place = some_place(chance) if chance.random() < 0.9 else ((), None)
    return Event(
        id=f"{article.id}-{n}", article_id=article.id, type=kind, quad=kind.quad, mode=chance.choice(("", "mode")),
        contexts=tuple(chance.sample(list(Context), chance.randrange(3))),
        source_actors=some_actors(chance), target_actors=some_actors(chance),
        date_start=start, date_end=last, date_precision=DatePrecision.DAY if start else None,
        date_basis=chance.choice(list(DateBasis)) if start else None, undated_reason="" if start else "None is named.",
        place=place, place_text=place.name if place else "", place_basis=PlaceBasis.CLAUSE if place else None,
        unplaced_reason="" if place else chance.choice(("None is named.", "Too many.")), regions=regions,
        fatalities=chance.choice((None, None, 0, 1, 3, 12, 2**40)),
        fatalities_high=chance.choice((None, 20)), injured=chance.choice((None, 0, 7)), start=0, end=5,
        quote=" ".join(chance.choices(WORDS, k=4)), spans=(Span(0, 3, SpanKind.VERB),),
        claimed_by=chance.choice(("", "a minister")), confidence=chance.choice((0.1, 0.35, 0.5, 0.7, 0.9, 1 / 3)),
    )  # fmt: skip


def some_readings():
    chance = random.Random(7)
    made, events = [], 0
    while events < EVENTS:
        published = FIRST + dt.timedelta(days=chance.randrange(500)) if chance.random() < 0.8 else None
        article = Article(
            text=f"{' '.join(chance.choices(WORDS[:5], k=6))} {len(made)}.", title=" ".join(chance.choices(WORDS, k=2)),
            url=chance.choice(("", f"https://news.example.org/{len(made)}?a=%20b")), source=chance.choice(SOURCES),
            language="en", published=published,
            published_basis=PublishedBasis.GIVEN if published else PublishedBasis.UNKNOWN,
        )  # fmt: skip
        read = tuple(some_event(chance, article, n) for n in range(chance.randrange(8)))
        mention = Mention(start=0, end=3, text="Tro", place=some_place(chance)[1], confidence=0.5)
        made.append(Reading(article=article, mentions=(mention,), events=read, problems=(Problem("Long.", 0, 2),)))
        events += len(read)
    return made


@pytest.fixture(scope="module")
def both(tmp_path_factory, postgres):
    """One store in a folder (a base with batches on top), and a copy of it on a server."""
    readings = some_readings()
    with pytest.MonkeyPatch.context() as patch, Store.open(tmp_path_factory.mktemp("store")) as store:
        store.write(readings[:300])
        patch.setattr("geodata.store.rows.groups_of", lambda _actors: None)  # as it was before there were groups
        store.write(readings[300:400])
        patch.undo()
        store.compact(force=True)
        for start in range(400, len(readings), 200):
            store.write(readings[start : start + 200])
        with Store.open(f"{postgres}&schema=the_same") as copy:
            assert copy.copy_from(store.folder) == len(readings)
            yield store, copy


DAYS = st.dates(FIRST - dt.timedelta(days=20), FIRST + dt.timedelta(days=560))
GROUPS = ("group:IQ:state-forces", "group:SY:any", "group:any:militia", "group:IQ:any")
some_views = st.builds(
    View,
    date_from=st.none() | DAYS,
    date_to=st.none() | DAYS,
    actors=st.lists(st.sampled_from([name for name in NAMES if name] + list(GROUPS)), max_size=3).map(tuple),
    role=st.sampled_from(Role),
    pair=st.just(()) | st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)),
    types=st.lists(st.sampled_from(EventType), max_size=6).map(tuple),
    regions=st.lists(st.sampled_from(["IQ", "IQ-KI", "FJ", "donbas", "iraqi-kurdistan", "XX"]), max_size=2).map(tuple),
    sources=st.lists(st.sampled_from([*SOURCES[1:], "none"]), max_size=3).map(tuple),
    precisions=st.lists(st.sampled_from(Precision), max_size=3).map(tuple),
    min_confidence=st.none() | st.sampled_from([0.33, 0.34, 0.5, 0.9]),
    min_fatalities=st.none() | st.sampled_from([1, 3, 1000]),
    date_bases=st.lists(st.sampled_from(DateBasis), max_size=2).map(tuple),
    added_after=st.none() | st.just(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
    shape=st.just(())
    | st.lists(st.tuples(st.floats(-80, 80), st.floats(-200, 300)), min_size=3, max_size=6).map(tuple),
    text=st.just("") | st.sampled_from([*WORDS, "troops kirkuk", "ärger", "село", "ça", "\\", "'", "%", "\0"]),
)
windows = st.builds(
    lambda south, west, height, width, zoom: {
        "south": south, "west": west, "north": south + height, "east": west + width, "zoom": zoom
    },
    st.floats(-80, 60), st.floats(-400, 400), st.floats(1, 140), st.floats(0.1, 400), st.floats(0, 12),
)  # fmt: skip
# Most filters leave nothing of most stores: a view of few of them says more.
few_filters = st.builds(
    lambda view, kept: View(**{name: getattr(view, name) for name in ("role", *kept)}),
    some_views,
    st.sets(
        st.sampled_from(
            ["date_from", "date_to", "actors", "types", "regions", "sources", "precisions", "min_confidence",
             "min_fatalities", "date_bases", "added_after", "shape", "text", "pair"]
        ),
        max_size=4,
    ),
)  # fmt: skip


QUESTIONS = {
    "counts": lambda store, view, how: store.counts(view),
    "points": lambda store, view, how: store.cells(view, **how.window, max_points=10_000),
    "cells": lambda store, view, how: store.cells(view, **how.window, max_points=0),
    "bounds": lambda store, view, how: store.bounds(view),
    "timeline": lambda store, view, how: store.timeline(view),
    "timeline by step": lambda store, view, how: store.timeline(view, step=how.step),
    "facet": lambda store, view, how: store.facet(view, how.by),
    "facet that begins": lambda store, view, how: store.facet(view, how.by, prefix="É", limit=3),
    "facet with words": lambda store, view, how: store.facet(view, how.by, search="I", limit=5),
    "confidence": lambda store, view, how: store.at_least(view, "confidence", (0.1, 0.5, 1 / 3)),
    "fatalities": lambda store, view, how: store.at_least(view, "fatalities", (0, 1, 2**40)),
    "periods": lambda store, view, how: store.in_periods(
        view, [(None, None), (FIRST, None), (None, FIRST), (FIRST, FIRST)]
    ),
    "page": lambda store, view, how: store.events(view, order=how.order, limit=15, offset=5),
    "placed": lambda store, view, how: store.events(view, placed=True, limit=5),
    "at a place": lambda store, view, how: store.events(view, place_id="gn:7"),
    "in an area": lambda store, view, how: store.events(view, area="IQ-KI", limit=5),
    "not placed": lambda store, view, how: store.not_placed(view, limit=10),
    "rows": lambda store, view, how: store.rows(view).head(50).to_dict("records"),
    "pieces": lambda store, view, how: sum(piece.num_rows for piece in store.batches(view)),
    "regions": lambda store, view, how: region_counts(store, view),
    "types": lambda store, view, how: types_over_time(store, view, step=how.step),
    "pairs": lambda store, view, how: actor_pairs(store, view),
    "recent": lambda store, view, how: recent(store, view, limit=10, offset=2),
    "ids": lambda store, view, how: [one for piece in ids(store, view) for one in piece],
    "frozen": lambda store, view, how: freezing.newest(store, view, 20).to_pylist(),
    "unplaced": lambda store, view, how: freezing.unplaced_reasons(store, view),
    "publishers": lambda store, view, how: freezing.sources(store, view),
}
hows = st.builds(
    SimpleNamespace,
    window=windows,
    order=st.sampled_from(get_args(Order)),
    by=st.sampled_from(get_args(Facet)),
    step=st.sampled_from(get_args(Step)),
)


def same(both, question, view, how):
    embedded, server = (QUESTIONS[question](store, view, how) for store in both)
    assert repr(server) == repr(embedded), question  # as text: NaN is not equal to itself


# What takes time is to translate each question, twice: so a few views for each, and all of them in one question.
@pytest.mark.parametrize("question", QUESTIONS)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(view=few_filters, how=hows)
def test_every_answer_is_the_same_on_both(both, question, view, how):
    same(both, question, view, how)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(view=few_filters | some_views, question=st.sampled_from(["counts", "ids", "points"]), how=hows)
def test_every_filter_lets_the_same_pass_on_both(both, view, question, how):
    same(both, question, view, how)


@pytest.mark.parametrize("order", get_args(Order))
def test_all_events_are_in_the_same_order_on_both(both, order):
    embedded, server = ([e.event.id for e in store.events(View(), order=order, limit=EVENTS * 2)] for store in both)
    assert server == embedded
    assert len(embedded) >= EVENTS


@pytest.mark.parametrize("by", get_args(Facet))
def test_all_that_a_filter_offers_is_the_same_on_both(both, by):
    embedded, server = (store.facet(View(), by, limit=10_000) for store in both)
    assert server == embedded
    assert embedded


def test_articles_are_the_same_on_both(both):
    embedded, server = both
    listed = embedded.articles(limit=5000)
    assert server.articles(limit=5000) == listed
    assert server.extent() == embedded.extent()
    assert last_added(server) == last_added(embedded)
    some = [row.id for row in listed[::50]]
    assert server.known([*some, "none"]) == embedded.known([*some, "none"]) == set(some)
    assert [server.reading(one) for one in some] == [embedded.reading(one) for one in some]
    assert server.article("none") is server.reading("none") is None


def test_groups_of_old_events_are_asked_too(both):
    assert groups_of((Actor(name="A", text="A", kind=ActorKind.MILITIA, country="IQ"),))
    view = View(actors=("group:IQ:any",))
    assert len({store.counts(view).events for store in both}) == 1
