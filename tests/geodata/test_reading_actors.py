"""Who acts on whom, and who is meant by pronouns and short names."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article
from geodata.event import ActorKind


@pytest.fixture(scope="session")
def events(reader):
    def read(text):
        return reader.read(Article(text=text, published=dt.date(2020, 3, 3), language="en")).events

    return read


def sides(event) -> tuple[list[str], list[str]]:
    return [actor.name for actor in event.source_actors], [actor.name for actor in event.target_actors]


@pytest.mark.parametrize(
    ("sentence", "sources", "targets"),
    [
        ("Rwanda accused Burundi of spying.", ["Government of Rwanda"], ["Government of Burundi"]),
        ("Ankara criticised Athens on Sunday.", ["Government of Turkey"], ["Government of Greece"]),
        ("The Turkish army shelled Kurdish fighters near Afrin.", ["Turkish Armed Forces"], None),
        ("Congo accused Rwanda of arming rebels.", ["Government of DR Congo"], ["Government of Rwanda"]),
        ("Kurdish forces retook a village near Kirkuk from Islamic State.", ["Peshmerga"], ["Islamic State"]),
        ("Kurdish troops arrested three smugglers in Hasakah, Syria.", ["Kurdish troops"], None),
        ("Peshmerga said their forces had been attacked near Dibis.", [], ["Peshmerga"]),
        ("A PKK officer was killed in Chamchamal on Sunday.", [], ["PKK"]),
        ("Nigerian police arrested three students in Kano.", ["Nigerian police"], ["Civilians"]),
        ("Boko Haram was condemned by the African Union.", ["African Union"], ["Boko Haram"]),
        ("Moscow rebuffed the American demand.", ["Government of Russia"], ["Government of the United States"]),
        ("Syrian troops recaptured Palmyra from Islamic State.", ["Syrian Armed Forces"], ["Islamic State"]),
    ],
)
def test_who_acts_on_whom(events, sentence, sources, targets):
    got = sides(events(sentence)[0])
    assert got[0] == sources
    assert targets is None or got[1] == targets


def test_in_the_passive_without_an_agent_nobody_is_blamed(events):
    (event,) = events("Three students were arrested in Kano on Sunday.")
    assert sides(event) == ([], ["Civilians"])


def test_those_who_fight_or_meet_stand_on_both_sides(events):
    (event,) = events("The Ukrainian army clashed with the Wagner Group near Bakhmut.")
    assert sides(event)[0] == sides(event)[1]
    assert len(sides(event)[0]) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hassan Rouhani arrived in Baku on Monday. He thanked Azerbaijan for its help.", "Hassan Rouhani"),
        ("Militants attacked a bridge near Djibo on Sunday. They kidnapped four drivers.", "Unidentified armed group"),
        ("Hamas denied the report. It accused Israel of spying.", "Hamas"),
        ("The Malian army entered Kidal on Monday. The military arrested three men there.", "Malian Armed Forces"),
        ("Benjamin Netanyahu flew to Paris on Sunday. Netanyahu praised France.", "Benjamin Netanyahu"),
    ],
)
def test_pronouns_and_short_forms_are_those_named_before(events, text, name):
    assert sides(events(text)[-1])[0] == [name]


def test_both_sides_are_the_two_named_before(events):
    last = events("Kosovo accused Serbia of spying. The European Union urged both sides to talk.")[-1]
    assert set(sides(last)[1]) == {"Government of Kosovo", "Government of Serbia"}


def test_a_country_in_capitals_is_no_pronoun(events):
    (event,) = events("The US condemned the attack in Kabul.")
    assert sides(event)[0] == ["Government of the United States"]


def test_kinds_of_actors(events):
    (event,) = events("Gunmen killed six villagers near Mopti on Sunday.")
    assert event.source_actors[0].kind is ActorKind.REBEL_GROUP
    assert event.target_actors[0].kind is ActorKind.CIVILIANS
    assert event.target_actors[0].text == "six villagers"


def test_a_town_that_is_taken_is_no_actor(events):
    (event,) = events("Syrian troops captured Palmyra on Sunday.")
    assert sides(event)[1] == []
    assert event.place.name == "Palmyra"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (
            (
                "President Recep Tayyip Erdogan received President Vladimir Putin in Ankara on Tuesday. "
                "The two agreed to reopen the pipeline."
            ),
            ["Recep Tayyip Erdogan", "Vladimir Putin"],
        ),
        (
            "Prime Minister Emmanuel Macron met Prime Minister Narendra Modi on Monday. The two men signed a pact.",
            ["Emmanuel Macron", "Narendra Modi"],
        ),
        (
            "Turkey and Russia held talks on Tuesday. The two countries agreed to reopen the pipeline.",
            ["Government of Turkey", "Government of Russia"],
        ),
        (
            "The army fought the Houthis in Marib on Monday. Both sides agreed to bury the dead.",
            ["Yemeni Armed Forces", "Houthis"],
        ),
    ],
)
def test_the_two_are_the_two_named_before(events, text, pair):
    last = events(text)[-1]
    assert set(pair) == {actor.name for actor in (*last.source_actors, *last.target_actors)}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (
            "Malian President Assimi Goita and Nigerian minister Yusuf Tuggar met. Zambia's minister said the sides agreed to a truce.",
            ["Government of Mali", "Government of Nigeria"],
        ),
        (
            "Hamas and Israel held talks in Cairo. Egyptian minister Badr Abdelatty said both sides agreed to a truce.",
            ["Hamas", "Government of Israel"],
        ),
    ],
)
def test_the_sides_are_those_who_met_and_not_who_tells_it(events, text, pair):
    agreed = [event for event in events(text) if event.type == "AGREE"]
    assert [actor.name for event in agreed for actor in event.source_actors] == pair
    assert all(event.place is None or event.place.name == "Cairo" for event in agreed)
