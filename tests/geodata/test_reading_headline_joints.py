"""Headlines that tell of two things: each is read by itself, at its own place."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article
from geodata.reading.headline_joints import joints

THURSDAY = dt.date(2016, 5, 12)


@pytest.fixture(scope="session")
def events(reader):
    def read(text):
        return reader.read(Article(text=text, published=THURSDAY, language="en")).events

    return read


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        (
            "Fierce clashes in Taiz and air strikes on Sanaa",
            {("firearms", "Taiz"), ("aerial", "Sanaa")},
        ),
        (
            "Clashes continue near Sirte and shelling targets the outskirts of Misrata",
            {("firearms", "near Sirte"), ("heavy-weapons", "outskirts of Misrata")},
        ),
        (
            "Car bomb explodes in Mogadishu, gunmen attack police post in Kismayo",
            {("explosives", "Mogadishu"), ("", "Kismayo")},
        ),
        (
            "Shelling of Donetsk leaves casualties and renewed clashes near Kharkiv",
            {("heavy-weapons", "Donetsk"), ("firearms", "near Kharkiv")},
        ),
        (
            "Air strikes hit Sanaa and 6 killed by shells in Taiz",
            {("aerial", "Sanaa"), ("heavy-weapons", "Taiz")},
        ),
        (
            "Clashes in Taiz and clashes in Hodeidah",
            {("firearms", "Taiz"), ("firearms", "Hodeidah")},
        ),
        (
            "Mortar shells hit Donetsk and heavy missile and artillery shelling of Kharkiv",
            {("heavy-weapons", "Donetsk"), ("heavy-weapons", "Kharkiv")},
        ),
    ],
)
def test_each_half_happened_at_its_own_place(events, headline, told):
    found = {(event.mode, event.place_text) for event in events(headline)}
    assert told <= found, found


def test_who_acts_in_one_half_does_not_act_in_the_other(events):
    clash, strike = events("Violent clashes in Benghazi and Egyptian warplanes bomb Derna")
    assert not clash.source_actors
    assert [actor.name for actor in strike.source_actors] == ["Egyptian Armed Forces"]


def test_the_dead_of_one_half_are_not_those_of_the_other(events):
    raid, battle = events("Air raid kills seven civilians in Marib and fighting continues in Taiz")
    assert (raid.fatalities, battle.fatalities) == (7, None)


@pytest.mark.parametrize(
    "headline",
    [
        "Ten killed in clashes between army and rebels in Taiz",
        "Air strikes by Saudi Arabia and the Emirates kill ten in Yemen",
        "Fears of war and attacks on aid workers in Darfur",
        "Police clear camp and arrest migrants in Calais",
        "Gunmen attack mosque and church in Maiduguri",
        "UN condemns raid on clinic and killing of medics in Gaza",
        "Army and African Union troops attack al-Shabaab base",
        "Renewed artillery and rocket shelling of Kharkiv",
        "Tens of air and ground strikes hit Marib",
        "In the hills north of Taiz, gunmen attack a post",
        "Rebels attack the port of Hodeidah and its suburbs, leaving dead and wounded",
        "Rocket fire on Kharkiv leaves casualties and wounded",
        "60 were killed yesterday in Iraq and 12 were killed in Basra",
        "Convoy ambushed near Kidal , Tuareg rebels say",
        "Ten killed in air strike on Marib , local official says",
        "Border dispute : Nairobi , Addis Ababa agree to talk",
        "After two days of shelling , the army and the police seize Taiz",
        "Despite the truce in Taiz and the clashes near Marib , traders return",
        "Police foil attack on temple and bombing of market in Luxor",
    ],
)
def test_one_thing_is_not_parted(headline):
    assert not joints(headline.replace(", ", " , ").split())


@pytest.mark.parametrize(
    ("headline", "mode"),
    [
        ("Renewed airstrikes target Aden and the northern countryside of Lahij", "aerial"),
        ("12 airstrikes target villages near Marib", "aerial"),
        ("More artillery shelling targets villages near Kharkiv", "heavy-weapons"),
        ("Five hurt in an airstrike target a village near Marib", "aerial"),
        ("Bombardment targets areas of Donetsk", "heavy-weapons"),
        ("Shelling targets north of Taiz", "heavy-weapons"),
        ("Russian shelling targets Kharkiv kills six people", "heavy-weapons"),
        ("“Islamic Front” shelling targets villages near Taiz", "heavy-weapons"),
    ],
)
def test_target_is_a_verb_behind_what_attacks(events, headline, mode):
    assert [(event.type, event.mode) for event in events(headline)] == [("ASSAULT", mode)]


def test_the_sentence_shown_is_the_half_that_tells_it(events):
    clash, strike = events("Fierce clashes in Taiz and air strikes on Sanaa")
    assert (clash.quote, strike.quote) == ("Fierce clashes in Taiz", "air strikes on Sanaa")


def test_two_halves_are_two_events_where_the_place_of_one_is_not_known(events):
    raid, clash = events("Air strikes target Umm Qasrayn and clashes in areas west of Taiz")
    assert (raid.place, clash.place_text) == (None, "west of Taiz")


def test_what_names_a_place_of_its_own_is_not_put_where_the_other_was(events):
    shells, raid = events("Shells hit Taiz and air strikes target Umm Qasrayn")
    assert (shells.place_text, raid.place) == ("Taiz", None)


def test_what_names_none_is_put_where_the_other_was(events):
    shells, clash = events("Shells hit Taiz and clashes continue in its countryside")
    assert (shells.place_text, clash.place) == ("Taiz", shells.place)


@pytest.mark.parametrize("headline", ["Hospital targets waiting times in London", "Sales targets missed in Kyiv"])
def test_other_targets(events, headline):
    assert not events(headline)
