"""What one sentence strings together with "and" stays apart: who acts in the one clause has no part in the other."""

from __future__ import annotations

import datetime as dt

import pytest


def names(actors) -> list[str]:
    return [actor.name for actor in actors]


@pytest.mark.parametrize(
    ("sentence", "place", "sources", "targets"),
    [
        ("Explosions shook Marib and the Houthis shelled Taiz.", "Marib", [], []),
        ("The Malian army shelled Kidal and clashes continued in Gao.", "Gao", [], []),
    ],
)
def test_joined_clauses_stay_apart(attacks, sentence, place, sources, targets):
    (event,) = [event for event in attacks(sentence) if event.place is not None and event.place.name == place]
    assert (names(event.source_actors), names(event.target_actors)) == (sources, targets)


def test_gunmen_who_are_loyal_to_an_army_are_not_it(attacks):
    (event,) = attacks("Gunmen loyal to the Rapid Support Forces shot dead a teacher in Nyala.")
    assert names(event.source_actors) == ["Unidentified armed group"]


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("Nine villagers were killed by shelling of a camp near Nyala.", []),
        ("Unidentified people attacked a post near Gao.", ["Unidentified armed group"]),
        ("Villagers attacked a post near Gao.", ["Civilians"]),
    ],
)
def test_victims_do_not_shell_themselves(attacks, sentence, sources):
    (event,) = attacks(sentence)
    assert names(event.source_actors) == sources


def test_a_toll_of_its_own_sentence_is_that_of_the_attack_before(attacks):
    (event,) = attacks(
        "Gunmen attacked a market in Gao on Monday.\n\nAt least 12 people were killed, officials said. The attack also "
        "wounded 21 people."
    )
    assert (event.fatalities, event.injured, event.date_start) == (12, 21, dt.date(2023, 2, 27))


def test_dead_of_another_attack_are_not_added_to_the_one_before(attacks):
    found = attacks("Gunmen attacked a market in Gao on Monday. In another attack five people were killed in Kidal.")
    assert [event.fatalities for event in found] == [None, 5]


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        (
            "Explosions shook Marib and the Houthis shelled Taiz.",
            {("Marib", ""), ("Taiz", "Houthis")},
        ),
        (
            "Shelling hit the outskirts of Gao and the rebels attacked a convoy in Kidal.",
            {("Gao area", ""), ("Kidal", "Unidentified armed group")},
        ),
        (
            "Clashes in Goma and Congolese soldiers shoot dead a man in Bukavu",
            {("Goma", ""), ("Bukavu", "Congolese Armed Forces")},
        ),
    ],
)
def test_a_verb_after_and_opens_a_clause_of_its_own(attacks, sentence, acts):
    found = {
        (event.place.name if event.place else "", "".join(actor.name for actor in event.source_actors))
        for event in attacks(sentence)
    }
    assert found == acts


def test_two_places_or_two_who_act_stay_joined(attacks):
    (event,) = attacks("Rebels and the police in Gao and Kidal attacked a village.")
    assert set(names(event.source_actors)) == {"Unidentified armed group", "Malian police"}


def test_two_tolls_of_one_attack_keep_their_victims(attacks):
    (event,) = attacks("Two Malians were killed and more than 20 injured in air strikes near Gao.")
    assert (names(event.target_actors), event.fatalities, event.injured) == (["Malians"], 2, 20)


def test_who_is_struck_does_not_strike(attacks):
    (event,) = attacks("The strikes near Penjwen in Iraq targeted a vehicle carrying Kurdish fighters from the PKK.")
    assert (names(event.source_actors), names(event.target_actors)) == ([], ["PKK"])
