"""One happening is one event, said to have been where and when the sentence says."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article
from geodata.event import ActorKind

WEDNESDAY = dt.date(2025, 5, 14)


@pytest.fixture(scope="session")
def events(reader):
    def read(text):
        return reader.read(Article(text=text, published=WEDNESDAY, language="en")).events

    return read


def test_the_dead_are_no_attackers_and_the_shelling_that_killed_them_is_one_event(events):
    (event,) = events(
        "Four villagers were killed and 11 others wounded when fighters of the Rapid Support Forces "
        "shelled a camp near El Fasher."
    )
    assert [actor.name for actor in event.source_actors] == ["Rapid Support Forces"]
    assert [actor.kind for actor in event.target_actors] == [ActorKind.CIVILIANS]
    assert event.fatalities == 4


def test_what_an_attack_led_to_is_a_part_of_it(events):
    (event,) = events("Army jets bombed a bridge in Omdurman, killing six farmers.")
    assert event.mode == "aerial"
    assert event.fatalities == 6
    assert event.place.name == "Omdurman"


def test_an_answer_with_air_strikes_is_an_attack(events):
    (event,) = events("The Sudanese army responded with air strikes on rebel positions in Omdurman.")
    assert (event.type.value, event.mode) == ("ASSAULT", "aerial")


def test_how_a_source_spoke_is_no_event(events):
    assert not events("The town was quiet, according to two residents who spoke by telephone.")


def test_a_name_after_capture_is_a_place_when_it_is_taken_from_an_army(events):
    (event,) = events("Kachin rebels captured Tang Laung from the army on Friday.")
    assert event.mode == "territory"


def test_a_place_that_no_gazetteer_has_is_not_replaced_by_the_place_before(events):
    found = events(
        "Rebels shelled Omdurman on Monday. On Tuesday gunmen killed two traders in the village of Qorbantessi."
    )
    assert [event.place and event.place.name for event in found] == ["Omdurman", None]
    assert "Qorbantessi" in found[1].unplaced_reason


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("in May last year", dt.date(2024, 5, 1), dt.date(2024, 5, 31)),
        ("on 3 May last year", dt.date(2024, 5, 3), dt.date(2024, 5, 3)),
        ("in March this year", dt.date(2025, 3, 1), dt.date(2025, 3, 31)),
        ("in June", dt.date(2024, 6, 1), dt.date(2024, 6, 30)),
        ("in April", dt.date(2025, 4, 1), dt.date(2025, 4, 30)),
    ],
)
def test_a_month_is_the_one_that_was(events, said, first, last):
    (event,) = events(f"Rebels captured Omdurman {said}.")
    assert (event.date_start, event.date_end) == (first, last)


def test_what_a_minister_says_for_his_country_and_then_himself_is_said_once(events):
    text = (
        "ANKARA - Turkey is grateful to Qatar for the loan, President Recep Tayyip Erdogan said on Tuesday. "
        "Erdogan thanked Qatar for its patience too."
    )
    (event,) = events(text)
    assert event.type == "SUPPORT"


def test_what_a_minister_says_of_another_country_is_not_said_by_himself(events):
    text = (
        "ANKARA - Iran is grateful to Qatar for the loan, President Recep Tayyip Erdogan said on Tuesday. "
        "Erdogan thanked Qatar for its patience too."
    )
    assert len([event for event in events(text) if event.type == "SUPPORT"]) == 2


def test_those_hurt_in_the_attack_belong_to_the_attack_just_told(events):
    (event,) = events(
        "At least two guards were killed in an attack by al-Shabaab in Kismayo on Monday. "
        "A doctor said five other guards were wounded in the attack."
    )
    assert (event.fatalities_low, event.injured) == (2, 5)


def test_the_two_men_of_whom_two_were_said_to_be_dead_died_once(events):
    (event,) = events(
        "Two shepherds were killed in Sinjar on Saturday. According to relatives, the two men were shot dead in their tent."
    )
    assert event.fatalities == 2


def test_whom_a_strike_killed_is_said_behind_a_long_object_too(events):
    (event,) = events(
        "A Turkish drone strike in Sinjar hit a van of workers from Mar, a firm linked to the PKK, "
        "killing a driver and wounding three porters."
    )
    assert [actor.name for actor in event.source_actors] == ["Turkish Armed Forces"]
    assert (event.fatalities, event.injured) == (1, 3)


@pytest.mark.parametrize(
    "text",
    [
        "The army said a bomb attack in Mopti killed two traders.",
        "An unidentified drone struck a border post in Mopti on Monday, killing two guards, the Malian army said.",
    ],
)
def test_who_reports_an_attack_did_not_make_it(events, text):
    (event,) = events(text)
    assert event.source_actors == ()
    assert event.claimed_by


def test_whoever_drives_over_a_mine_attacks_nobody(events):
    (event,) = events("Twelve traders were killed when their lorry struck a mine near Gao.")
    assert event.source_actors == ()
    assert (event.mode, event.fatalities) == ("explosives", 12)


def test_that_nobody_claimed_it_does_not_say_that_nobody_died(events):
    (event,) = events("The attack on a market in Gao, for which no one has claimed responsibility, wounded 28 people.")
    assert event.fatalities is None
    assert event.injured == 28


def test_a_day_named_later_corrects_the_day_of_publication(events):
    (event,) = events(
        "At least 30 traders have been killed in an air strike by Myanmar's army on a market, a charity said. "
        "The attack took place in Sittwe on Monday."
    )
    assert (event.date_start, event.place.name, event.fatalities_low) == (dt.date(2025, 5, 12), "Sittwe", 30)


def test_others_hurt_in_the_attack_are_its_victims_too(events):
    (event,) = events("Gunmen killed three shepherds near Sinjar on Monday. Two soldiers were wounded in the attack.")
    assert (event.fatalities, event.injured) == (3, 2)
    assert {actor.kind for actor in event.target_actors} == {ActorKind.CIVILIANS, ActorKind.STATE_FORCES}
    assert event.quote.startswith("Gunmen killed")
