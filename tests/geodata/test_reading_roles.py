"""Who acts and whom it reaches, wherever English puts them."""

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


def names(actors):
    return {actor.name for actor in actors} | {actor.text for actor in actors}


@pytest.mark.parametrize(
    ("sentence", "source", "target"),
    [
        # the object of a preposition that hangs on the object
        ("Canada imposed sanctions on Belarus.", "Government of Canada", "Government of Belarus"),
        ("The European Union tightened its embargo against Myanmar.", "European Union", "Government of Myanmar"),
        ("Brazil suspended aid to Bolivia.", "Government of Brazil", "Government of Bolivia"),
        ("Egypt cut ties with Qatar.", "Government of Egypt", "Government of Qatar"),
        ("Norway demanded the release of the hostages.", "Government of Norway", "Civilians"),
        ("Chile demanded the withdrawal of the militia.", "Government of Chile", "Militia"),
        ("Sudan opened an inquiry into the killings by the militia.", "Government of Sudan", "Militia"),
        # a clause below the verb
        ("Kenya demanded that Ethiopia pull out its troops.", "Government of Kenya", "Government of Ethiopia"),
        ("Poland agreed to send tanks to Ukraine.", "Government of Poland", "Government of Ukraine"),
        ("Peru refused to hand over the rebels.", "Government of Peru", "Unidentified armed group"),
        ("Iran threatened to attack Israel.", "Government of Iran", "Government of Israel"),
        # a mission is to those in whose capital it stands
        ("Ghana closed its embassy in Tripoli.", "Government of Ghana", "Government of Libya"),
        # whose the thing is
        ("Jordan condemned the Israeli decision.", "Government of Jordan", "Government of Israel"),
        ("France criticised Hungary's new law.", "Government of France", "Government of Hungary"),
        ("Morocco rejected a proposal by Algeria.", "Government of Morocco", "Government of Algeria"),
        ("Denmark condemned the shelling of the town by the rebels.", "Government of Denmark", "Unidentified armed group"),
        # places and vehicles stand for those who are in them
        ("Gunmen attacked a police convoy near Kunduz.", "Unidentified armed group", "State forces"),
        ("Rebels shelled a crowded market in Taiz.", "Unidentified armed group", "Civilians"),
        # what is done to a town is done to those who live there
        ("India imposed a curfew in Srinagar.", "Government of India", "Civilians (India)"),
        ("Ethiopia declared a state of emergency in Amhara.", "Government of Ethiopia", "Civilians (Ethiopia)"),
        # the noun of a deed stands between
        ("Six farmers were killed in a Boko Haram attack near Maiduguri.", "Boko Haram", "Civilians"),
        ("Turkish shelling killed two shepherds near Amadiya.", "Turkish Armed Forces", "Civilians"),
        ("Five soldiers were killed in clashes with Islamic State near Palmyra.", "Islamic State", "Syrian Armed Forces"),
        # participles without their auxiliary, as headlines have them
        ("Ten militants killed in Anbar by Iraqi troops", "Iraqi Armed Forces", "Unidentified armed group"),
        ("Dozens of villagers abducted by Boko Haram", "Boko Haram", "Civilians"),
    ],
)  # fmt: skip
def test_source_and_target_are_found_where_they_stand(events, sentence, source, target):
    found = [(names(event.source_actors), names(event.target_actors)) for event in events(sentence)]
    assert any(source in sources and target in targets for sources, targets in found), found


@pytest.mark.parametrize(
    ("sentence", "nobody"),
    [
        # the means, the help and the place of a deed are not whom it is done to
        ("Syrian troops retook the village with Russian air support.", "Government of Russia"),
        ("Rebels killed two soldiers in Mali.", "Government of Mali"),
        ("Islamic State fighters stormed a hotel in Baghdad.", "Government of Iraq"),
        ("Ukraine withdrew its troops from the village.", "Ukrainian Armed Forces"),
    ],
)
def test_nobody_is_made_a_target_by_standing_near(events, sentence, nobody):
    assert all(nobody not in names(event.target_actors) for event in events(sentence))


def test_a_town_before_the_noun_of_an_attack_is_where_and_not_who(events):
    (event,) = events("Three people were killed in the Kabul bombing on Sunday.")
    assert event.place is not None
    assert event.place.name == "Kabul"
    assert event.source_actors == ()


def test_two_groups_of_one_kind_stay_apart(events):
    (event,) = events("Engineers warned residents not to return to the town.")
    assert [actor.text for actor in event.source_actors] == ["Engineers"]
    assert [actor.text for actor in event.target_actors] == ["residents"]


@pytest.mark.parametrize(
    ("sentence", "nobody"),
    [
        # who tells of a deed without a doer has not done it
        (
            "The border post was handed over to Iraq, Turkish Prime Minister Binali Yildirim told deputies.",
            "Binali Yildirim",
        ),
        ("Two convoys were released at the bridge, Foreign Minister Sergei Lavrov said.", "Sergey Lavrov"),
        # what comes into force is no force
        ("Flights stopped on Friday before a ban imposed by Chad on Sudan came into force.", "force"),
        ("Police dispersed the crowd in Lagos by force.", "State forces"),
    ],
)
def test_nobody_takes_part_for_standing_beside(events, sentence, nobody):
    for event in events(sentence):
        assert nobody not in names([*event.source_actors, *event.target_actors])
