"""What the choices of a filter would leave."""

from __future__ import annotations

from dataclasses import replace

from geodata.ontology import EventType
from geodata.view import Role, View

EVERYTHING = View()


def test_facets_count_the_choices_of_a_filter(filled):
    assert filled.facet(EVERYTHING, "type") == [("ASSAULT", 5), ("VOTE", 2)]
    assert filled.facet(EVERYTHING, "source_actor") == [("Iraqi Army", 3), ("Islamic State", 2)]
    assert filled.facet(EVERYTHING, "target_actor") == [("Peshmerga", 5), ("Islamic State", 1)]
    assert filled.facet(EVERYTHING, "actor") == [("Peshmerga", 5), ("Iraqi Army", 3), ("Islamic State", 3)]
    assert filled.facet(EVERYTHING, "region") == [("IQ", 6), ("IQ-KI", 3), ("IQ-DI", 1), ("IQ-NI", 1)]
    assert filled.facet(EVERYTHING, "country") == [("IQ", 6)]
    assert filled.facet(EVERYTHING, "source") == [("Agency A", 3), ("Agency B", 2), ("Agency C", 2)]
    assert filled.facet(EVERYTHING, "precision") == [("settlement", 3), ("province", 2), ("country", 1)]


def test_a_facet_does_not_filter_itself_but_the_others_do(filled):
    view = View(types=(EventType.VOTE,), actors=("Islamic State",), regions=("IQ",))
    assert filled.facet(view, "type") == [("ASSAULT", 2), ("VOTE", 1)]
    assert filled.facet(view, "actor") == [("Islamic State", 1)]
    assert filled.facet(view, "region") == [("IQ", 1)]


def test_facets_are_searched_and_cut(filled):
    assert filled.facet(EVERYTHING, "actor", prefix="IRA") == [("Iraqi Army", 3)]
    assert filled.facet(EVERYTHING, "actor", prefix="%") == []
    assert filled.facet(EVERYTHING, "actor", limit=1) == [("Peshmerga", 5)]


def test_groups_are_offered_and_found(filled):
    assert ("IQ:state-forces", 3) in filled.facet(EVERYTHING, "source_group")
    view = View(actors=("group:IQ:state-forces",), role=Role.SOURCE)
    assert filled.counts(view).events == 3
    assert filled.counts(replace(view, role=Role.TARGET)).events == 0


def test_a_search_finds_words_anywhere_in_a_name(filled):
    assert filled.facet(EVERYTHING, "actor", search="ARMY") == [("Iraqi Army", 3)]
    assert filled.facet(EVERYTHING, "actor", search="army iraqi") == [("Iraqi Army", 3)]
    assert filled.facet(EVERYTHING, "actor", search="army peshmerga") == []


def test_steps_of_a_scale_are_counted_without_their_own_filter(filled):
    steps = (0.1, 0.5, 0.9)
    expected = [filled.counts(View(min_confidence=step)).events for step in steps]
    assert filled.at_least(EVERYTHING, "confidence", steps) == expected
    assert filled.at_least(View(min_confidence=0.9), "confidence", steps) == expected
    assert filled.at_least(View(text="no such words"), "fatalities", (1, 5)) == [0, 0]


def test_a_facet_of_another_view_is_kept_when_only_its_own_filter_changed(filled, monkeypatch):
    filled.facet(EVERYTHING, "type")
    monkeypatch.setattr(filled, "run", None)
    assert filled.facet(View(types=(EventType.VOTE,), event="x"), "type") == filled.facet(EVERYTHING, "type")
