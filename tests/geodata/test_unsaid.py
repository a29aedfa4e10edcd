"""In reports of violence: machines that are nobody's in particular, words that name nobody, those told to be among the dead."""

from __future__ import annotations

import pytest


def names(actors) -> list[str]:
    return [actor.name for actor in actors]


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("Warplanes bombed a market in Taiz.", []),
        ("B-52 bombers struck the hills near Kunduz.", []),  # no bombers who are rebels
        ("Warplanes and the Sudanese army bombed Nyala.", ["Sudanese Armed Forces"]),
        ("Ethiopian warplanes bombed Mekelle.", ["Ethiopian Armed Forces"]),
        ("The regime's helicopters shelled Homs.", ["Syrian Armed Forces"]),
        ("Jets of the government bombed El Fasher in Sudan.", ["Sudanese Armed Forces"]),
        ("Regime's shelling killed three civilians near Homs.", ["Government of Syria"]),
        ("Bombardment by the coalition killed nine civilians in Saada, Yemen.", ["Saudi-led coalition"]),
        ("The regime forces shelled Monywa in Myanmar.", ["Burmese Armed Forces"]),
        ("Two men were killed when the regime forces shelled their farm.", ["Syrian Armed Forces"]),
        ("Six soldiers were killed by shelling of a post near Gao.", []),
        ("The factions shelled a barracks near Kidal.", ["Unidentified armed group"]),
    ],
)
def test_whose_the_weapons_are_is_said_or_left_open(attacks, sentence, sources):
    (event,) = attacks(sentence)
    assert names(event.source_actors) == sources


def test_raids_by_helicopters_do_not_strike_them(attacks):
    (event,) = attacks("Raids by helicopters on the outskirts of Nyala went on.")
    assert (names(event.source_actors), names(event.target_actors)) == ([], [])


def test_a_helicopter_that_is_shot_down_was_somebodys(attacks):
    (event,) = attacks("Rebels shot down a helicopter near Gao in Mali.")
    assert names(event.target_actors)


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("Mortar fire on Wuduqo left more casualties near Kismayo.", []),
        ("Shelling of Tessit caused civilian casualties near Gao.", ["Civilians"]),
        (
            "Rebels killed ten members of the Malian army and the police near Gao.",
            ["Malian Armed Forces", "Malian police"],
        ),
        (
            "Seventeen people were killed near Goma on Tuesday, including four soldiers and two rebels.",
            ["Civilians", "Congolese Armed Forces", "Unidentified armed group"],
        ),
        ("Nine Houthi fighters were killed in Marib, including a commander.", ["Houthis"]),
    ],
)
def test_who_was_hit(attacks, sentence, targets):
    assert names(attacks(sentence)[0].target_actors) == targets


def test_jets_of_two_are_both_theirs(attacks):
    (event,) = attacks("Warplanes of the Malian government and the Russian ally bombed a village near Kidal.")
    assert names(event.source_actors) == ["Malian Armed Forces", "Russian Armed Forces"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Shells hit Wuduqo and Garbaharo.",  # places of which no gazetteer knows
        "Raids killed two members near Gao.",
        "The Houthis began an attack on the outskirts of Wuduqo.",
    ],
)
def test_what_names_nobody_is_no_target(attacks, sentence):
    assert [names(event.target_actors) for event in attacks(sentence)] == [[]]
