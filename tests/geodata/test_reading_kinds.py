"""Running news: what is told in passing, as a habit or in a word of many senses, and what is told twice."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article

TUESDAY = dt.date(2020, 3, 3)


@pytest.fixture(scope="session")
def events(reader):
    def read(text):
        return reader.read(Article(text=text, published=TUESDAY, language="en")).events

    return read


@pytest.fixture(scope="session")
def kinds(events):
    def read(text):
        return [event.type.value for event in events(text)]

    return read


@pytest.mark.parametrize(
    "sentence",
    [
        # alleged in passing
        "Yusuf Garba, who is also accused of fighting alongside Boko Haram, grew up in Lagos.",
        "The network, which is blamed for the bombings in Nairobi, has no office.",
        "The mayor of Kismayo is accused of helping rebels.",
        "A charity suspected of supporting rebels has its office in Bamako.",
        # habits and general talk
        '"We often get letters of people asking us to free prisoners," the minister said.',
        '"We always arrest smugglers," the governor of Gao said.',
        '"When the army kills women, our people have the right to resist," a farmer in Gao said.',
        '"Kenya stands for order, Kenya wants order," the president said.',
        "The accord calls for elections in Mali within a year.",
        # other senses of a word
        '"The man had a heart attack," a nurse in Accra said.',
        "He entered Chad in 2019.",
        "A dispute had held up a vote on the treaty in Lusaka.",
        "The council is still debating a resolution authorising a multinational force for Chad.",
        "The premier of Kenya warned on Monday that the dispute was growing tense.",
        "Most villagers near Kismayo agree they cannot imagine peace.",
        '"The talks and the ceasefire must go together," the minister said.',
        "The council, which will begin its deployment on Friday, will be headed by a general, the minister said.",
        "The task of the observers was described as assisting the police in Goma.",
        "A man of 28 left Chad in March.",
    ],
)
def test_what_is_told_of_nobody_and_no_time_is_no_event(kinds, sentence):
    assert kinds(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The Somali parliament is calling for the envoy Omar Haddad to return to Mogadishu.", "REQUEST"),
        ("The president of Chad renewed his call for peace on Monday.", "REQUEST"),
        ("The rebels were given three weeks to leave Kismayo.", "THREATEN"),
        ("Boko Haram vowed to continue its holy war.", "THREATEN"),
        ("The army of Togo launched strikes on Accra on Monday.", "ASSAULT"),
        ("Kenyan jets staged a series of attacks on rebel positions near Kismayo.", "ASSAULT"),
        ("Teachers staged a protest in Kampala on Monday.", "PROTEST"),
        ("Chad regrets the Nigerien decision to close the border.", "ACCUSE"),
        ("The minister of Chad regretted the deaths of four children.", "CONCEDE"),
        ("Chad handed over 40 captured fighters to Niger on Monday.", "COOPERATE"),
        ("The African Union suspended Mali on Monday.", "SANCTION"),
        ("The envoy walked out of a meeting with Kenya on Monday.", "SANCTION"),
        ("Jets blasted several vehicles near Kismayo on Monday.", "ASSAULT"),
        ("The rebels handed over the town of Kismayo to tribal elders.", "RETREAT"),
        ('"We have captured all of the hills near Kismayo," the Kenyan general said.', "ASSAULT"),
    ],
)
def test_a_word_of_many_senses_is_read_in_the_one_that_is_meant(kinds, sentence, kind):
    assert kinds(sentence) == [kind]


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        ("Kenyan warplanes pounded Kismayo on Monday.", "aerial"),
        ("Helicopters opened fire on a village near Kismayo, killing four farmers.", "aerial"),
        ("The aerial bombardment of Mopti killed four people.", "aerial"),
        ("Two suicide bombers blew themselves up in Mopti on Monday.", "suicide-attack"),
        ("Gunmen opened fire on a village near Mopti.", "firearms"),
        ("Chad accused Niger of spying.", "allege"),
        ("Chad condemned the attack on its embassy in Niamey.", "disapprove"),
        ("The rebels quit the town of Mopti on Monday.", "withdraw"),
        ("French soldiers assisted the rebels near Mopti.", ""),
        ("Medics rescued four villagers near Mopti.", "humanitarian"),
        ("The prime minister of Chad quit on Monday.", "resign"),
    ],
)
def test_the_mode_is_what_the_sentence_says(events, sentence, mode):
    assert {event.mode for event in events(sentence)} == {mode}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The rebels will begin to shell Kismayo, the minister said.", "ASSAULT"),
        ("The army has not begun to shell Kismayo.", "ASSAULT"),
        ("The general considered sending troops to Kismayo.", "MOBILIZE"),
    ],
)
def test_what_was_not_begun_was_not_done(kinds, sentence, kind):
    assert kind not in kinds(sentence)


def test_an_attack_told_again_as_known_is_the_one_just_told(events):
    (event,) = events(
        "Kenyan troops killed eight suspected rebels in Somalia on Monday. The shootout took place near Kismayo."
    )
    assert event.place.name == "Kismayo area"
    assert [actor.name for actor in event.source_actors] == ["Kenyan Armed Forces"]
    assert event.fatalities == 8


def test_what_happened_meanwhile_has_no_part_in_an_attack_told_again(events):
    found = events("A bomb killed six farmers near Kismayo. The attack came as the premier of Kenya landed in Rome.")
    (attack,) = [event for event in found if event.type.value == "ASSAULT"]
    assert attack.place.name == "Kismayo area"
    assert "Government of Kenya" not in {actor.name for actor in attack.target_actors}


def test_another_attack_is_not_the_one_just_told(events):
    found = events("A bomb went off in Mogadishu on Monday. A second blast hit a market in Kismayo.")
    assert {event.place.name for event in found} == {"Mogadishu", "Kismayo"}
    found = events("Kenyan troops killed eight rebels near Kismayo. The air strikes on Beledweyne went on.")
    assert len(found) == 2


def test_those_hurt_in_a_clash_are_a_part_of_it(events):
    (event,) = events("Seven people were injured when police clashed with protesters in Nairobi.")
    assert event.mode == "firearms"


def test_the_killed_and_the_hurt_of_one_raid_are_one_event(events):
    (event,) = events("At least 24 civilians were killed and 15 injured in bombing raids by Kenyan jets near Kismayo.")
    assert event.mode == "aerial"
    assert [actor.name for actor in event.source_actors] == ["Kenyan Armed Forces"]


def test_what_was_asked_for_besides_is_not_done(kinds):
    text = "The envoy asked Kenya to end its patrols, its raids and to lift the siege of Kismayo, an aide said."
    assert kinds(text) == ["REQUEST"]


def test_what_somebody_claims_to_have_done_is_an_event_and_a_claim(events):
    (event,) = events("Rebels claimed to have captured half of the town of Kismayo on Monday.")
    assert (event.type.value, event.mode) == ("ASSAULT", "territory")
    assert event.claimed_by
    assert not events("The general is said to have been killed in Kismayo.")
