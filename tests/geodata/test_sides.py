"""Who fights on whose side, and who is named in a sentence without a part in its act."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article


@pytest.fixture(scope="session")
def events(reader):
    def read(text):
        return reader.read(Article(text=text, published=dt.date(2023, 3, 3), language="en")).events

    return read


def names(actors) -> set[str]:
    return {actor.name for actor in actors}


@pytest.mark.parametrize(
    ("sentence", "sources", "targets"),
    [
        ("Hezbollah fighters fought alongside Syrian troops in Qusayr.", {"Hezbollah", "Syrian Armed Forces"}, set()),
        ("Police detained a man who had fought with the PKK in Syria.", {"Civilians", "PKK"}, set()),
        (
            "Chechen volunteers fought with the Ukrainian army against Russian troops near Bakhmut.",
            {"Civil society", "Ukrainian Armed Forces"},
            {"Russian Armed Forces"},
        ),
        ("Shells near Baiji hit a lorry carrying fighters from the PKK.", set(), {"PKK"}),
        ("UN-backed militias fled Beni.", {"Militia"}, set()),
        ("Three people were hurt due to a Russian drone attack in Kherson.", {"Russian Armed Forces"}, {"Civilians"}),
        ("Gunmen staged ambushes near Djibo, wounding three farmers.", {"Unidentified armed group"}, {"Civilians"}),
    ],
)
def test_allies_and_victims_do_not_fight_back(events, sentence, sources, targets):
    event = events(sentence)[-1]
    assert (names(event.source_actors), names(event.target_actors)) == (sources, targets)


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenyan troops clashed with al-Shabaab near Mandera.",
        "Fighting erupted between Kenyan troops and al-Shabaab near Mandera.",
        "Kenyan soldiers are fighting al-Shabaab near Mandera.",
    ],
)
def test_opponents_stand_on_both_sides(events, sentence):
    (event,) = events(sentence)
    both = {"Kenyan Armed Forces", "al-Shabaab"}
    assert names(event.source_actors) == names(event.target_actors) == both


@pytest.mark.parametrize(
    ("sentence", "nobody"),
    [
        ("The deal was brokered in Doha, Qatar, between Chadian rebel groups.", "Government of Qatar"),
        ("There was an airlift of patients from Nauru to Brisbane on Sunday.", "Government of Nauru"),
        ("The United Nations airlifted food from Djibouti to Mekelle.", "Government of Djibouti"),
        ("Rockets fired from Lebanon hit Haifa.", "Government of Lebanon"),
        ("Lashkar-e-Taiba killed ten policemen at the behest of Pakistan.", "Government of Pakistan"),
        ("Soldiers arrested a lawyer on the orders of Paul Biya.", "Paul Biya"),
        ("Ukraine arrested a man who fought for the Wagner Group.", "Ukrainian Armed Forces"),
        ("Kenya's army intercepted a voice communication near Lamu.", "voice communication"),
        ("Jets bombed all the caves near Lamu.", "caves"),
    ],
)
def test_nobody_takes_part_who_is_only_named(events, sentence, nobody):
    for event in events(sentence):
        assert nobody not in names((*event.source_actors, *event.target_actors))


def test_who_arrested_a_fighter_did_not_fight(events):
    fight = next(e for e in events("Ukraine arrested a Serb who fought for the Wagner Group.") if e.type == "ASSAULT")
    assert "Government of Ukraine" not in names(fight.source_actors)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Kenyan army, which said there was calm after William Ruto's speech - killed four men in separate incidents.",
        "The Kenyan army - which had promised William Ruto an inquiry - killed four men in Lamu.",
    ],
)
def test_a_clause_between_dashes_does_not_hide_who_acts(events, sentence):
    deed = next(event for event in events(sentence) if event.type == "ASSAULT")
    assert names(deed.source_actors) == {"Kenyan Armed Forces"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The Kenyan offensive came two days after William Ruto met Yoweri Museveni in Entebbe.",
        "Clashes broke out over the planned handover of the barracks to Kenya in Mandera.",
        "Egypt condemned the attack on Kenyan soldiers.",
        "William Ruto decried the violence directed against Kenyan villagers.",
    ],
)
def test_who_only_stands_beside_an_attack_is_not_its_target(events, sentence):
    first = events(sentence)[0]
    assert names(first.target_actors) == set()


def test_where_the_other_meeting_was_is_not_where_the_attack_was(events):
    attack, meeting = events("The Kenyan offensive came two days after William Ruto met Yoweri Museveni in Entebbe.")
    assert attack.place is None
    assert meeting.place.name == "Entebbe"


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("Ugandan troops are taking part in the operation launched by the Kenyan army in Mandera.",
         {"Kenyan Armed Forces", "Ugandan Armed Forces"}),
        ("The Kenyan army launched an operation, supported by the African Union, in Mandera.",
         {"Kenyan Armed Forces", "African Union"}),
        ("Chad and Janjaweed groups backed by Khartoum have been attacking areas north of Abeche.",
         {"Government of Chad", "Janjaweed"}),
    ],
)  # fmt: skip
def test_who_joins_or_backs_an_attack_stands_with_the_attackers(events, sentence, sources):
    event = next(one for one in events(sentence) if one.type == "ASSAULT")
    assert names(event.source_actors) == sources
    assert names(event.target_actors).isdisjoint(sources)
