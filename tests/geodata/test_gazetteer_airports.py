"""Airports, wide districts, capitals, the points of large areas, and whose a disputed town is."""

from __future__ import annotations

import pytest

from geodata.event import Precision
from geodata.gazetteer.entries import distance_km
from geodata.gazetteer.regional import middle_of
from geodata.regions import regions


def first(gazetteer, name: str, country: str | None = None):
    found = gazetteer.search(name, country=country, limit=1)
    assert found, name
    return found[0].place


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Heathrow", "GB", 51.47, -0.46),
        ("London Heathrow Airport", "GB", 51.47, -0.46),
        ("Gatwick Airport", "GB", 51.15, -0.19),
        ("Pearson International Airport", "CA", 43.68, -79.63),
        ("Charles de Gaulle Airport", "FR", 49.01, 2.55),
    ],
)
def test_airports_are_found_with_and_without_their_city(gazetteer, name, country, lat, lon):
    place = first(gazetteer, name, country)
    assert (place.kind, place.precision) == ("airport", Precision.SITE)
    assert distance_km(place.lat, place.lon, lat, lon) < 5


def test_a_curated_airport_is_not_there_twice(gazetteer):
    kinds = [one.place.id for one in gazetteer.search("Erbil International Airport") if one.place.country == "IQ"]
    assert kinds == ["cm:erbil-international-airport"]


def test_an_airport_is_not_called_like_its_town(gazetteer):
    assert not [one for one in gazetteer.search("Erbil") if one.place.kind == "airport"]


def test_a_wide_district_claims_no_more_than_its_province(gazetteer):
    for name, lat, lon in (("Cornwall", 50.35, -4.9), ("Norfolk", 52.65, 1.1)):
        place = first(gazetteer, name, "GB")
        assert (place.precision, place.admin1, place.kind) == (Precision.PROVINCE, "GB-ENG", "district")
        assert distance_km(place.lat, place.lon, lat, lon) < 40


def test_one_town_of_a_country_is_its_capital(gazetteer):
    capitals = [one.place for one in gazetteer.search("Washington", limit=30) if one.place.kind == "capital"]
    assert [place.admin1 for place in capitals] == ["US-DC"]


def test_a_part_of_a_country_is_not_the_country(gazetteer):
    assert first(gazetteer, "Northern Ireland").id == "iso:GB-NIR"


def test_a_province_that_its_seat_has_few_people_of_keeps_its_name(gazetteer):
    assert first(gazetteer, "Quebec").precision is Precision.PROVINCE
    assert first(gazetteer, "Aleppo").precision is Precision.SETTLEMENT


@pytest.mark.parametrize(("name", "lat", "lon"), [("Canada", 60.11, -113.64), ("Mali", 18, -2), ("Asia", 29.84, 89.3)])
def test_countries_and_continents_have_the_points_of_geonames(gazetteer, name, lat, lon):
    place = first(gazetteer, name)
    assert distance_km(place.lat, place.lon, lat, lon) < 2


def test_a_province_lies_in_the_middle_of_its_shape(gazetteer):
    for code in ("AU-QLD", "CA-AB", "IQ-NI"):
        place = gazetteer.get(f"iso:{code}")
        middle = middle_of(regions().get(code))
        assert distance_km(place.lat, place.lon, *middle) < 2


def test_one_table_says_whose_a_town_is(gazetteer):
    for name, country, admin1 in (
        ("Katzrin", "SY", "SY-QU"),
        ("Majdal Shams", "SY", "SY-QU"),
        ("Smara", "EH", ""),
        ("Simferopol", "UA", "UA-43"),
        ("Kiryat Shmona", "IL", "IL-Z"),
        ("Sderot", "IL", "IL-D"),
    ):
        place = first(gazetteer, name)
        assert (place.country, place.admin1) == (country, admin1), name
