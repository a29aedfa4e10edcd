"""Whose army, police and government are meant when the text does not say it again, and several nations before one noun."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article


@pytest.fixture(scope="session")
def events(reader):
    def read(text):
        return reader.read(Article(text=text, published=dt.date(2023, 3, 3), language="en")).events

    return read


def names(actors) -> list[str]:
    return [actor.name for actor in actors]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param(
            "Chile's government closed schools in Santiago and Valparaiso. In Geneva, the World Health Organization said "
            "it would help the new cabinet. The Government has imposed a curfew.",
            "Government of Chile",
            id="not whose capital a third party spoke in",
        ),
        pytest.param(
            "The Israeli army shelled a house in Rafah. Palestinian gunmen wounded a man near Khan Yunis. "
            "The army arrested two men there.",
            "Israeli Armed Forces",
            id="a people without an army has none",
        ),
        pytest.param(
            "Malian soldiers entered Gao on Monday. French troops attacked rebels near Kidal. "
            "The army arrested three men in Timbuktu.",
            "Malian Armed Forces",
            id="the country's own army, though others were named since",
        ),
        pytest.param(
            "Ukrainian troops shelled Izium. Russian soldiers entered Kupiansk in Ukraine. The soldiers arrested a farmer.",
            "Russian Armed Forces",
            id="the soldiers named last",
        ),
        ("Robert Mugabe spoke in Bulawayo. His police arrested ten farmers.", "Zimbabwean police"),
        (
            "Laurent Kabila condemned Yoweri Museveni. Kabila, whom Museveni had met, said his army had arrested ten men.",
            "Congolese Armed Forces",
        ),
        ("Police in Mumbai arrested two Nepali students.", "Indian police"),
        ("Karachi police arrested two men on Sunday.", "Pakistani police"),
        ("The Kabul government arrested two men on Sunday.", "Government of Afghanistan"),
        ("The Harris administration condemned Israel.", "Harris administration"),
        (
            "Prime Minister Imran Khan met President Ashraf Ghani in Kabul. The prime minister praised Iran.",
            "Imran Khan",
        ),
        ("Hamas rejected the plan. The radical Palestinian movement accused Israel of lying.", "Hamas"),
        ("Fatah met Egypt. The militant movement, Hezbollah, accused Israel of lying.", "Hezbollah"),
        ("Amnesty International condemned Hamas. The organisation accused Israel of lying.", "Amnesty International"),
        ("Refugees from Syria attacked a farmer in Edirne.", "Civilians (Syria)"),
        ("Turkish tanks and troops entered Jarablus in Syria.", "Turkish Armed Forces"),
        ("Kidal was attacked by militants from Chad.", "Unidentified armed group"),
        ("Salvation Front forces attacked a village near Kunduz in Afghanistan.", "Salvation Front"),
        ("Kashmiri militant groups rejected the offer of India.", "Unidentified armed group"),
        ("The hardline Hamas group condemned Egypt.", "Hamas"),
        ("Lebanese Ministers Condemn Syria", "Government of Lebanon"),
        ("Authorities in Khartoum expelled a Chadian diplomat.", "Government of Sudan"),
        ("Rebel leaders rejected the offer of Mali's government.", "Unidentified armed group"),
        ("The opposition leader condemned the arrests in Harare.", "Opposition"),
        ("Rebels entered Gao and Kidal. An army spokesman in Bamako condemned them.", "Malian Armed Forces"),
        ("The U-S condemned Syria.", "Government of the United States"),
        ("G8 leaders condemned Syria.", "Group of Eight"),
        ("The British condemned Syria.", "Government of the United Kingdom"),
        ("Two Kenyans attacked a bus near Lamu.", "Kenyans"),
        ("Three Chadian rebels attacked a bus near Lamu.", "Chadian rebels"),
    ],
)
def test_whose_those_are_who_are_not_named_again(events, text, source):
    assert names(events(text)[-1].source_actors) == [source]


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("Chadian and Libyan officials met in Faya.", ["Government of Chad", "Government of Libya"]),
        (
            "Talks between French, German and Swiss diplomats ended in Basel.",
            ["Government of France", "Government of Germany", "Government of Switzerland"],
        ),
        ("South Korean and Japanese jets bombed a ship.", ["South Korean Armed Forces", "Japanese Armed Forces"]),
        ("US and Iraqi forces attacked a village.", ["American Armed Forces", "Iraqi Armed Forces"]),
        ("Turkish-backed forces attacked a village near Afrin.", ["Turkish-backed forces"]),
        ("Iran-backed and Syrian forces attacked a village.", ["Syrian Armed Forces"]),
        ("Troops from Chad and Niger attacked a village.", ["Chadian Armed Forces", "Nigerien Armed Forces"]),
    ],
)
def test_each_nation_before_a_noun_is_an_actor(events, sentence, sources):
    assert names(events(sentence)[0].source_actors) == sources


def test_a_car_is_not_the_central_african_republic(events):
    (event,) = events("Gunmen opened fire on the car in Mosul.")
    assert "Government of the Central African Republic" not in {actor.name for actor in event.target_actors}


def test_the_central_government_is_that_of_the_place_or_region_named_before(events):
    (event,) = events(
        "The Fish Khabur post in Iraq was handed over to the central government, a Turkish minister said."
    )
    assert names(event.target_actors) == ["Government of Iraq"]
    (event,) = events("The Kurdistan Regional Government said the central government had cut its budget.")
    assert names(event.source_actors) == ["Government of Iraq"]


def test_they_said_claims_nothing_of_what_they_did_themselves(events):
    found = events("Iraqi troops reached Silopi, Turkey. Kurdish officials denied this: the road was open, they said.")
    denial = next(event for event in found if event.type == "REJECT")
    assert denial.claimed_by == ""
