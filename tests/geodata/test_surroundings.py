"""What is told of the surroundings of a place is not pinned to the place itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from geodata.article import Article
from geodata.event import Precision
from geodata.gazetteer.entries import distance_km
from geodata.reading.surroundings import root_of

if TYPE_CHECKING:
    from geodata.event import Event
    from geodata.reading.reader import Reader

DAY = dt.date(2024, 5, 14)


def first_event(reader: Reader, text: str) -> Event:
    return reader.read(Article(text=text, published=DAY, language="en")).events[0]


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("near Hawija", "near Hawija"),
        ("outside the town of Hawija", "outside the town of Hawija"),
        ("on the outskirts of Hawija", "outskirts of Hawija"),
        ("in Hawija's northern outskirts", "Hawija's northern outskirts"),
        ("12 km from Hawija", "12 km from Hawija"),
    ],
)
def test_what_lies_near_a_town_is_known_to_within_25_km(reader: Reader, where: str, words: str) -> None:
    event = first_event(reader, f"Gunmen killed three shepherds {where} on Monday.")
    assert event.place is not None
    assert event.place.name == "Hawija area"
    assert event.place.precision is Precision.DISTRICT
    assert event.place_text == words


@pytest.mark.parametrize("where", ["in Hawija", "in the town of Hawija", "in southern Hawija"])
def test_a_town_itself_stays_a_town(reader: Reader, where: str) -> None:
    event = first_event(reader, f"Gunmen killed three shepherds {where} on Monday.")
    assert event.place is not None
    assert event.place.precision is Precision.SETTLEMENT


def test_a_stated_distance_and_direction_give_a_point(reader: Reader) -> None:
    event = first_event(reader, "Two farmers were shot dead by gunmen in a hamlet 30 miles (48 km) south of Kirkuk.")
    place = event.place
    assert place is not None
    assert place.name == "area 48 km south of Kirkuk"
    assert place.precision is Precision.DISTRICT
    assert place.lat < 35.1
    assert distance_km(place.lat, place.lon, 35.4681, 44.3922) == pytest.approx(48.0, abs=1.5)


def test_far_off_only_an_area_is_known(reader: Reader) -> None:
    """At 300 km a compass direction leaves 100 km to either side: a dot there would be invented."""
    event = first_event(reader, "A bomb killed two drivers 110 km north of Baghdad on Monday.")
    assert event.place is not None
    assert event.place.precision.is_area


@pytest.mark.parametrize(
    "where", ["in the eastern countryside of Hama", "in rural Hama", "in Hama countryside", "in the Hama Desert"]
)
def test_the_countryside_of_a_provincial_seat_is_the_province(reader: Reader, where: str) -> None:
    event = first_event(reader, f"Warplanes bombed two hamlets {where} on Monday.")
    assert event.place is not None
    assert (event.place.id, event.place.precision) == ("iso:SY-HM", Precision.PROVINCE)


def test_the_province_is_found_by_another_spelling_too(reader: Reader) -> None:
    event = first_event(reader, "Militants executed two drivers in the countryside of Deir Ezzor on Monday.")
    assert event.place is not None
    assert event.place.id == "iso:SY-DY"


def test_the_countryside_of_damascus_is_not_the_city(reader: Reader) -> None:
    event = first_event(reader, "Militants fired mortars at a checkpoint in the countryside of Damascus on Monday.")
    assert event.place is not None
    assert event.place.id == "iso:SY-RD"


def test_near_a_site_is_known_as_well_as_a_town(reader: Reader) -> None:
    event = first_event(reader, "Rockets hit a supply convoy near Taji air base on Monday.")
    assert event.place is not None
    assert event.place.precision is Precision.SETTLEMENT


def test_one_happening_told_near_and_in_a_town_is_one(reader: Reader) -> None:
    text = "Gunmen killed three shepherds near Hawija on Monday.\n\nThe gunmen killed the shepherds in Hawija on Monday, police said."
    events = [e for e in reader.read(Article(text=text, published=DAY, language="en")).events if e.type == "ASSAULT"]
    assert len(events) == 1
    there = first_event(reader, "Gunmen killed three men in Hawija.").place
    assert events[0].place is not None
    assert there is not None
    assert root_of(events[0].place) == root_of(there)


@pytest.mark.parametrize("words", ["northern Syria", "the north-east of Syria", "north-western Syria", "central Syria"])
def test_the_part_of_a_country_is_kept_in_the_words(reader: Reader, words: str) -> None:
    event = first_event(reader, f"Warplanes bombed two hamlets in {words} on Monday.")
    assert event.place is not None
    assert (event.place.id, event.place_text) == ("iso:SY", words)
