"""Nothing is lost between an event and its row, and a filter means what `View` says."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import get_args

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.actor_groups import parse_group
from geodata.article import Article, PublishedBasis
from geodata.event import (
    Actor,
    ActorKind,
    Considered,
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
from geodata.ontology import Context, EventType, Quad
from geodata.store import Store, mercator, rows
from geodata.store.by_region import region_counts
from geodata.store.by_type import types_over_time
from geodata.store.drawn import holds, whole_regions
from geodata.store.lists import Order
from geodata.store.pairs import actor_pairs
from geodata.store.schema import EVENTS
from geodata.view import Role, View

texts = st.text(max_size=20)
days = st.dates(dt.date(1800, 1, 1), dt.date(2100, 1, 1))
offsets = st.integers(0, 200_000)
shares = st.floats(0, 1)
actors = st.builds(Actor, name=texts, text=texts, kind=st.sampled_from(ActorKind), country=st.sampled_from(["", "IQ"]))
places = st.builds(
    Place,
    id=st.text(min_size=1, max_size=12) | st.sampled_from(["iso:IQ", "iso:IQ-KI", "region:donbas", "gn:1", "area:x"]),
    name=texts,
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    country=st.sampled_from(["", "IQ"]),
    admin1=st.sampled_from(["", "IQ-KI"]),
    precision=st.sampled_from(Precision),
    kind=texts,
    population=st.integers(0, 10**10),
)
events = st.builds(
    Event,
    id=texts,
    article_id=texts,
    type=st.sampled_from(EventType),
    mode=texts,
    quad=st.sampled_from(Quad),
    contexts=st.lists(st.sampled_from(Context), max_size=3).map(tuple),
    source_actors=st.lists(actors, max_size=3).map(tuple),
    target_actors=st.lists(actors, max_size=3).map(tuple),
    date_start=st.none() | days,
    date_end=st.none() | days,
    date_precision=st.none() | st.sampled_from(DatePrecision),
    date_basis=st.none() | st.sampled_from(DateBasis),
    undated_reason=texts,
    place=st.none() | places,
    place_text=texts,
    place_basis=st.none() | st.sampled_from(PlaceBasis),
    unplaced_reason=texts,
    regions=st.lists(texts, max_size=3).map(tuple),
    fatalities=st.none() | st.integers(0, 10**9),
    fatalities_low=st.none() | st.integers(0, 10**9),
    fatalities_high=st.none() | st.integers(0, 10**9),
    injured=st.none() | st.integers(0, 10**9),
    start=offsets,
    end=offsets,
    quote=texts,
    spans=st.lists(st.builds(Span, offsets, offsets, st.sampled_from(SpanKind)), max_size=3).map(tuple),
    claimed_by=texts,
    confidence=shares,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(events, max_size=5))
def test_an_event_survives_its_row(made):
    made_table = pa.Table.from_pylist([rows.event_row(event, n) for n, event in enumerate(made)], schema=EVENTS)
    assert [rows.to_event(row) for row in made_table.to_pylist()] == made
    with duckdb.connect() as con:
        again = con.sql("SELECT * FROM made_table").to_arrow_table()
    assert [rows.to_event(row) for row in again.to_pylist()] == made


@given(
    st.builds(
        Mention, start=offsets, end=offsets, text=texts, place=st.none() | places, confidence=shares,
        metonymic=st.booleans(), reason=texts,
        considered=st.lists(
            st.builds(Considered, place=places, score=st.floats(-99, 99), why=texts), max_size=3
        ).map(tuple),
    )
)  # fmt: skip
def test_a_mention_survives_its_row(mention):
    row = dict.fromkeys(rows._place_row(None) | {"place_id": None}) | rows.mention_row(mention)
    assert rows.to_mention(row) == mention
    assert rows.to_mention(row | {"considered": None}).considered == ()  # a file of before the column


@given(
    st.builds(
        Article, text=st.text(min_size=1).filter(str.strip), title=texts, url=texts, source=texts, language=texts,
        published=st.none() | days, published_basis=st.sampled_from(PublishedBasis), place=texts,
    )
)  # fmt: skip
def test_an_article_survives_its_row(article):
    assert rows.to_article(rows.article_row(article)) == article


@given(places)
def test_only_what_is_a_dot_has_a_pixel(place):
    row = rows.place_columns(place, ())
    assert (row["mx"] is None) == place.precision.is_area
    assert (row["area"] is None) == (not place.precision.is_area)
    assert row["area"] != ""


@given(st.floats(-85, 85), st.floats(-180, 179.999999))
def test_a_pixel_is_where_the_position_is(lat, lon):
    mx, my = mercator.pixel(lat, lon)
    north, west = mercator.position(mx, my)
    south, east = mercator.position(mx + 1, my + 1)
    assert south - 1e-9 <= lat <= north + 1e-9
    assert west - 1e-9 <= lon <= east + 1e-9


@given(st.floats(-1000, 1000), st.floats(0, 400))
def test_a_window_is_wrapped_into_the_world(west, width):
    sides = mercator.wrap(west, west + width)
    if width >= 360:
        assert sides is None
    elif sides:
        assert all(-180 <= side <= 180 for side in sides)
        assert math.isclose((sides[1] - sides[0]) % 360, width % 360, abs_tol=1e-6) or width < 1e-6


# Few values, so that filters often hit.
NAMES = ["A", "B", "C"]
some_days = st.dates(dt.date(2020, 1, 1), dt.date(2020, 1, 12))
REGIONS = ["IQ", "IQ-KI", "donbas"]
GROUPS = ["group:IQ:government", "group:IQ:any", "group:any:rebel-group"]


@st.composite
def small_events(draw):
    start = draw(st.none() | some_days)
    place = draw(st.none() | places)
    kind = draw(st.sampled_from(list(EventType)[:4]))
    person = st.builds(
        lambda name, kind, country: Actor(name=name, text=f'"{kind}", "IQ"]', kind=kind, country=country),
        st.sampled_from(NAMES), st.sampled_from(list(ActorKind)[:3]), st.sampled_from(["", "IQ", "SY"]),
    )  # fmt: skip
    people = st.lists(person, max_size=2).map(tuple)
    return {
        "type": kind,
        "quad": kind.quad,
        "source_actors": draw(people),
        "target_actors": draw(people),
        "date_start": start,
        "date_basis": draw(st.sampled_from(DateBasis)) if start else None,
        "fatalities": draw(st.none() | st.integers(0, 3)),
        "confidence": draw(st.sampled_from([0.1, 0.5, 0.7, 1.0])),
        "date_end": start and start + dt.timedelta(days=draw(st.integers(0, 3))),
        "place": place,
        "regions": tuple(draw(st.sets(st.sampled_from(REGIONS)))) if place else (),
        "quote": draw(st.sampled_from(["Alpha beta", "beta GAMMA", "50% off_", "Ärger"])),
    }


views = st.builds(
    View,
    date_from=st.none() | some_days,
    date_to=st.none() | some_days,
    actors=st.lists(st.sampled_from([*NAMES, *GROUPS]), max_size=2).map(tuple),
    role=st.sampled_from(Role),
    pair=st.just(()) | st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)),
    types=st.lists(st.sampled_from(list(EventType)[:4]), max_size=2).map(tuple),
    regions=st.lists(st.sampled_from(REGIONS), max_size=2).map(tuple),
    sources=st.lists(st.sampled_from(["One", "Two"]), max_size=1).map(tuple),
    precisions=st.lists(st.sampled_from(Precision), max_size=2).map(tuple),
    min_confidence=st.sampled_from([None, None, 0.5, 0.7]),
    min_fatalities=st.sampled_from([None, None, None, 1, 2]),
    date_bases=st.lists(st.sampled_from(DateBasis), max_size=1).map(tuple),
    shape=st.just(()) | st.lists(st.tuples(st.floats(-90, 90), st.floats(-200, 300)), max_size=5).map(tuple),
    text=st.sampled_from(["", "", "", "BETA", "alpha beta", "title", "title gamma", "%", "_", "ärger"]),
)


def inside(event, shape):
    if event.place is None:
        return False
    if event.place.precision.is_area:
        return rows.area_of(event.place) in whole_regions(shape)
    return holds(shape, *mercator.pixel(event.place.lat, event.place.lon))


def passes(event, article, view, *, on_place=True):
    """What the docstring of `View` says, word by word."""
    people = {
        Role.SOURCE: event.source_actors,
        Role.TARGET: event.target_actors,
        Role.EITHER: event.source_actors + event.target_actors,
    }[view.role]
    groups = [group for group in map(parse_group, view.actors) if group]
    period = view.date_from is not None or view.date_to is not None
    precision = event.place and event.place.precision
    return (
        not (period and event.date_start is None)
        and not (view.date_from and event.date_end < view.date_from)
        and not (view.date_to and event.date_start > view.date_to)
        and (
            not view.actors
            or any(actor.name in view.actors or any(group.holds(actor) for group in groups) for actor in people)
        )
        and (
            not view.pair
            or (
                view.pair[0] in [actor.name for actor in event.source_actors]
                and view.pair[1] in [actor.name for actor in event.target_actors]
            )
        )
        and (not view.types or event.type in view.types)
        and (not on_place or not view.regions or any(region in view.regions for region in event.regions))
        and (not on_place or not view.precisions or precision in view.precisions)
        and (not on_place or not view.shape or inside(event, view.shape))
        and all(word in event.quote.lower() or word in article.title.lower() for word in view.text.lower().split())
        and (not view.sources or article.source in view.sources)
        and (view.min_confidence is None or event.confidence >= view.min_confidence)
        and (view.min_fatalities is None or (event.fatalities or 0) >= view.min_fatalities)
        and (not view.date_bases or event.date_basis in view.date_bases)
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("stores")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    made=st.lists(small_events(), min_size=1, max_size=12),
    asked=st.lists(views, min_size=1, max_size=4),
    split=st.booleans(),
    order=st.sampled_from(get_args(Order)),
)
def test_a_filter_means_what_view_says(folder, made, asked, split, order):
    readings = []
    for n, fields in enumerate(made):
        article = Article(text=f"Text {n}", title="A title" if n % 2 else "", source=["", "One", "Two"][n % 3])
        event = Event(id=f"e{n}", article_id=article.id, start=0, end=1, **fields)
        readings.append(Reading(article=article, mentions=(), events=(event,)))
    number = len(list(folder.iterdir()))
    with Store.open(folder / str(number)) as store:
        store.write(readings[: len(readings) // 2])
        if split:
            store.compact(force=True)
        store.write(readings[len(readings) // 2 :])
        for view in asked:
            expected = {r.events[0].id for r in readings if passes(r.events[0], r.article, view)}
            assert {stored.event.id for stored in store.events(view)} == expected
            anywhere = [r.events[0] for r in readings if passes(r.events[0], r.article, view, on_place=False)]
            counts = store.counts(view)
            assert counts.events == counts.articles == len(expected)
            assert counts.not_placed == sum(event.place is None for event in anywhere)
            shown = store.cells(view, south=-90, west=-180, north=90, east=180, zoom=4)
            dots = sum(point.count for point in shown.points)
            assert dots + sum(area.count for area in shown.areas) == counts.placed
            cells = store.cells(view, south=-90, west=-180, north=90, east=180, zoom=4, max_points=0).cells
            assert sum(cell.count for cell in cells) == dots
            assert sum(n for _, _, n in store.timeline(view).rows) == counts.events - counts.undated
            anyhow = replace(view, precisions=())
            assert sum(n for _, n in store.facet(view, "precision")) == store.counts(anyhow).placed
            assert {stored.event.id for stored in store.events(view, order=order)} == expected


FACETS = (
    "type", "actor", "source_actor", "target_actor", "group", "source_group", "target_group",
    "region", "country", "source", "precision", "date_basis",
)  # fmt: skip
WINDOWS = (
    {"south": -90, "west": -180, "north": 90, "east": 180},
    {"south": -30, "west": 150, "north": 60, "east": 260},
)


def answers(store, view):
    """All that is counted of a view."""
    shown = [store.cells(view, **window, zoom=4, max_points=most) for window in WINDOWS for most in (500, 0)]
    return {
        "counts": store.counts(view),
        "points": [sorted(found.points, key=lambda p: (p.place_id, p.lat, p.lon, p.event_ids)) for found in shown],
        "cells": [[(c.south, c.west, c.count, c.quads, round(c.lat, 5), round(c.lon, 5)) for c in found.cells] for found in shown],
        "areas": shown[0].areas,
        "timeline": [store.timeline(view, step=step) for step in ("auto", "day", "week", "month")],
        "bounds": store.bounds(view),
        "facets": {by: store.facet(view, by) for by in FACETS},
        "searched": store.facet(view, "actor", search="a", limit=2),
        "regions": region_counts(store, view),
        "types": types_over_time(store, view, step="week"),
        "pairs": actor_pairs(store, view),
        "events": [e.event.id for order in ("date", "-date", "confidence") for e in store.events(view, order=order, limit=4)],
    }  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    made=st.lists(small_events(), min_size=1, max_size=14),
    asked=st.lists(views, min_size=1, max_size=2),
    odd=st.integers(0, 4),
)
def test_counting_by_numbers_is_counting_by_values(folder, made, asked, odd):
    readings = []
    for n, fields in enumerate(made):
        article = Article(
            text=f"Text {n // 2}", title="A title" if n // 2 % 2 else "", source=["One", "Two"][n // 2 % 2]
        )
        event = Event(
            id=f"e{n:02}", article_id=article.id, start=0, end=1, **(fields | ({"quad": Quad(odd)} if n == 3 else {}))
        )
        if n % 2:
            before = readings.pop()
            readings.append(Reading(article=article, mentions=(), events=(*before.events, event)))
        else:
            readings.append(Reading(article=article, mentions=(), events=(event,)))
    number = len(list(folder.iterdir()))
    with Store.open(folder / str(number)) as store:
        store.write(readings[: len(readings) // 2])
        store.compact(force=True)
        store.write(readings[len(readings) // 2 :])
        by_number = [answers(store, view) for view in [*asked, View()]]
        assert store.engine.numbered
        store.engine.has_numbers = False
        store.engine.forget()
        store.forget()
        by_value = [answers(store, view) for view in [*asked, View()]]
        for numbered, valued in zip(by_number, by_value, strict=True):
            for name, answer in numbered.items():
                assert answer == valued[name], name
