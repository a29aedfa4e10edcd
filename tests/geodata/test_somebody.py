"""Who may be an actor by his own words: people and bodies, no places, things or days."""

import pytest

from geodata.article import Article
from geodata.reading.somebody import is_somebody


@pytest.fixture(scope="module")
def noun(reader):
    def found(sentence, word):
        (passage,) = reader.passages(Article(text=sentence, language="en"))
        return next(token for token in passage.doc if token.text == word)

    return found


@pytest.mark.parametrize("word", ["gymnasts", "ombudsman", "beekeepers", "orphans", "tribunal", "congregation"])
def test_people_and_bodies_that_no_list_holds_are_somebody(noun, word):
    assert is_somebody(noun(f"The government praised the {word} of the north on Monday.", word))


@pytest.mark.parametrize("word", ["outskirts", "ballot", "flag", "tyres", "referendum", "week", "houses"])
def test_places_things_and_matters_are_not(noun, word):
    assert not is_somebody(noun(f"The government praised the {word} of the north on Monday.", word))


def test_the_outskirts_of_a_town_are_no_actor(reader):
    events = reader.read(
        Article(text="The army regained control over the city and its outskirts.", language="en")
    ).events
    assert events
    assert not any("outskirts" in actor.text for event in events for actor in event.target_actors)


def test_a_head_who_is_named_beside_his_office_is_one_actor(reader):
    text = (
        "In Baghdad, Prime Minister Mohammed Shia al-Sudani condemned the raid. He met the head of the Kurdistan Regional "
        "Government, Masrour Barzani, on Monday and the two agreed to set up joint patrols in the disputed areas."
    )
    for event in reader.read(Article(text=text, language="en")).events:
        assert not any(actor.name == "head" for actor in (*event.source_actors, *event.target_actors))
