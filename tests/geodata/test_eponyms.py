"""A person's name within the name of a place, a body or somebody else does not make that person an actor."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article

# Bodies and buildings, which are hit and which act.
OF_THEIR_NAME = {"Assad Library", "Jomo Kenyatta Foundation"}


@pytest.fixture(scope="session")
def everybody(reader):
    def read(text):
        events = reader.read(Article(text=text, published=dt.date(2023, 3, 3), language="en")).events
        return {actor.name for event in events for actor in (*event.source_actors, *event.target_actors)}

    return read


@pytest.mark.parametrize(
    ("sentence", "person"),
    [
        ("Rebels shelled the Assad suburb near Homs, killing two people.", "Assad"),
        ("Gunmen stormed Dahiyat Al-Assad on Monday and killed two guards.", "Assad"),
        ("Militants shelled the Hafez al-Assad military academy near Aleppo.", "Assad"),
        ("Drones struck al-Assad airbase on Sunday.", "Assad"),
        ("Police clashed with rebels near Lake Assad.", "Assad"),
        ("Fighters captured the Assad Library in Damascus.", "Assad"),
        ("Militants shelled the Putin-Erdogan zone on Tuesday.", "Putin"),
        ("Militants shelled the Putin–Erdogan zone on Tuesday.", "Erdogan"),
        ("Troops seized Erdogan Avenue after clashes with rebels.", "Erdogan"),
        ("Gunmen attacked the Indira Gandhi hospital in Guwahati on Tuesday.", "Gandhi"),
        ("Police raided the Nawaz Sharif Park in Lahore and arrested two men.", "Sharif"),
        ("Police arrested two men in Modi Nagar.", "Modi"),
        ("The Jomo Kenyatta Foundation sent food to Lodwar.", "Kenyatta"),
        ("Rebels attacked the Kim Il Sung stadium.", "Kim"),
        ("Ivanka Trump met Olaf Scholz in Berlin.", "Donald Trump"),
    ],
)
def test_what_is_called_after_a_person_is_not_he(everybody, sentence, person):
    assert not [name for name in everybody(sentence) if person in name and name not in OF_THEIR_NAME]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Israel bombed Assad's palace in Damascus.", "Bashar al-Assad"),
        ("Troops loyal to Assad killed nine people in Homs.", "Bashar al-Assad"),
        ("President Bashir al-Assad condemned Turkey on Sunday.", "Bashar al-Assad"),
        ("Donald J. Trump threatened Iran on Sunday.", "Donald Trump"),
        ("Putin visited a hospital and thanked Belarus on Monday.", "Vladimir Putin"),
        ("Erdogan Says He Met Putin", "Recep Tayyip Erdogan"),
        ("The Abdullah Azzam Brigades attacked Lebanese soldiers in Sidon.", "Abdullah Azzam Brigades"),
    ],
)
def test_the_person_and_the_group_of_that_name_stay(everybody, sentence, name):
    assert name in everybody(sentence)


def test_a_place_that_the_gazetteer_has_is_no_person(everybody):
    assert everybody("Rebels shelled Kirkuk. Troops fired rockets at Sadr City, a part of Baghdad.").isdisjoint(
        {"Muqtada al-Sadr"}
    )
