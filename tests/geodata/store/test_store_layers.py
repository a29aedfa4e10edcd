"""Counts by region, by pair of actors, by type and time: they agree with the filters and with counting by hand."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from geodata.event import Actor, ActorKind
from geodata.ontology import EventType
from geodata.store.by_region import region_counts
from geodata.store.by_type import types_over_time
from geodata.store.pairs import actor_pairs
from geodata.view import View


def actors(*names):
    return tuple(Actor(name=name, text=name, kind=ActorKind.STATE_FORCES, country="IQ") for name in names)


@pytest.fixture
def filled(store, make):
    events = (
        {"at": "kirkuk"},
        {"at": "kirkuk", "kind": EventType.CONSULT},
        {"at": "kirkuk province", "day": "2017-10-20"},
        {"at": "sinjar", "source_actors": actors("A", "B"), "target_actors": actors("C")},
        {"at": "iraq", "source_actors": actors("A"), "target_actors": actors("C"), "kind": EventType.CONSULT},
        {"at": "donbas", "source_actors": actors("C"), "target_actors": actors("A")},
        {"at": "black sea", "source_actors": actors("A"), "target_actors": ()},
        {"at": None, "source_actors": (), "target_actors": actors("A")},
        {"at": "suva", "day": None, "source_actors": actors("A"), "target_actors": actors("A")},
    )
    store.write([make.reading(events=events)])
    return store


def test_provinces_and_countries(filled):
    found = region_counts(filled, View())
    assert {row.region_id: row.count for row in found.units} == {"IQ-KI": 3, "IQ-NI": 1, "FJ-C": 1}
    assert {row.region_id: row.count for row in found.countries} == {"IQ": 5, "UA": 1, "FJ": 1}
    assert {row.region_id: row.count for row in found.country_only} == {"IQ": 1, "UA": 1}
    for row in (*found.units, *found.countries):
        assert filled.counts(View(regions=(row.region_id,))).events == row.count
        assert sum(row.quads.values()) == row.count


def test_counts_follow_the_filters_and_what_is_new(filled, make):
    view = View(types=(EventType.CONSULT,))
    assert [row.region_id for row in region_counts(filled, view).units] == ["IQ-KI"]
    filled.write([make.reading("Talks in Sinjar.", events=({"at": "sinjar", "kind": EventType.CONSULT},))])
    assert {row.region_id for row in region_counts(filled, view).units} == {"IQ-KI", "IQ-NI"}


def test_pairs_have_a_direction(filled):
    found = {(pair.source, pair.target): pair for pair in actor_pairs(filled, View())}
    assert found["A", "C"].count == 2
    assert found["C", "A"].count == 1
    assert found["B", "C"].count == 1
    assert found["Iraqi Army", "Peshmerga"].count == 3
    assert ("A", "A") not in found  # nobody acts upon himself
    assert found["A", "C"].quads == dict(Counter({int(EventType.ASSAULT.quad): 1, int(EventType.CONSULT.quad): 1}))


def test_the_most_frequent_pairs_come_first(filled):
    pairs = actor_pairs(filled, View(), limit=2)
    assert [(pair.source, pair.count) for pair in pairs] == [("Iraqi Army", 3), ("A", 2)]


def test_types_over_time(filled):
    assault, consult = types_over_time(filled, View(), step="day")
    assert (assault.type, assault.count) == (EventType.ASSAULT, 6)
    assert assault.rows == ((dt.date(2017, 10, 16), 5), (dt.date(2017, 10, 20), 1))
    assert (consult.type, consult.count) == (EventType.CONSULT, 2)
    (month, *_) = types_over_time(filled, View(), step="month")
    assert month.rows == ((dt.date(2017, 10, 1), 6),)


def test_what_began_before_the_period_counts_at_its_first_day(store, make):
    store.write([make.reading(events=({"day": "2017-10-01", "last": "2017-10-20"},))])
    view = View(date_from=dt.date(2017, 10, 15), date_to=dt.date(2017, 10, 31))
    assert types_over_time(store, view, step="day")[0].rows == ((dt.date(2017, 10, 15), 1),)


def test_nothing_has_no_counts(store):
    assert region_counts(store, View()).countries == []
    assert actor_pairs(store, View()) == []
    assert types_over_time(store, View(), step="day") == []
