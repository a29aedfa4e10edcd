"""The curated tables: every row readable, plausible, sourced, and pointing where it says."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from geodata.event import Precision
from geodata.gazetteer.curated import places
from geodata.gazetteer.normalise import plain
from geodata.gazetteer.packages import Packages, load_packages

if TYPE_CHECKING:
    from collections.abc import Callable

PLACES_HEADER = ["name", "lat", "lon", "country", "admin1", "kind", "precision", "aliases", "source"]
ALIASES_HEADER = ["alias", "name", "country", "admin1", "kind", "note"]
PRECISIONS = {"site", "settlement", "district", "province"}
MOST_DECIMALS = {"site": 3, "settlement": 2, "district": 1, "province": 1}
KINDS = {
    "air base", "airport", "archaeological site", "area", "beach", "border crossing", "bridge", "camp", "castle", "checkpoint",
    "citadel", "compound", "corridor", "dam", "district", "farmland", "forest", "gas field", "gas plant", "glacier",
    "hill", "hospital", "industrial zone", "island", "lake", "marsh", "military base", "mine", "monastery", "mosque", "mountain",
    "mountain pass", "naval base", "neighbourhood", "nuclear site", "oil field", "palace", "park", "peninsula", "plain",
    "plant", "port", "power plant", "prison", "pumping station", "refinery", "region", "salt flat", "shrine", "silos",
    "spit", "square", "steelworks", "street", "subdistrict", "temple", "theatre", "tower", "town", "university",
    "valley", "village", "volcanic field",
}  # fmt: skip
# What stands as one spot. Mountains, oil fields and districts may not claim to.
AREA_KINDS = {"mountain", "region", "district", "valley", "oil field", "gas field", "marsh", "glacier", "peninsula"}
SOURCES = ("UCDP GED (CC BY 4.0), rows named '", "airportsdata 20260905 (MIT), ", "public knowledge, rounded")

# south, west, north, east: the country's outline in whole degrees or so, islands and ports at sea included.
BOXES = {
    "AE": (22.6, 51.5, 26.1, 56.4), "AF": (29.3, 60.4, 38.6, 75.0), "AZ": (38.3, 44.7, 42.0, 50.7), "BD": (20.5, 88.0, 26.7, 92.7),
    "BF": (9.3, -5.6, 15.2, 2.5), "CD": (-13.5, 12.0, 5.5, 31.4), "CF": (2.2, 14.4, 11.1, 27.5), "CM": (1.6, 8.4, 13.1, 16.2), "DJ": (10.8, 41.7, 12.8, 43.5),
    "EG": (21.9, 24.6, 31.8, 37.0), "EH": (20.7, -17.2, 27.7, -8.6), "ET": (3.3, 32.9, 15.0, 48.0),
    "HT": (18.0, -74.5, 20.1, -71.6), "ID": (-11.1, 95.0, 6.1, 141.1), "IL": (29.4, 34.2, 33.4, 35.9), "IN": (6.7, 68.0, 35.8, 97.5), "IQ": (29.0, 38.7, 37.4, 48.9),
    "IR": (25.0, 44.0, 39.8, 63.4), "JO": (29.1, 34.9, 33.4, 39.4), "KE": (-4.8, 33.9, 5.1, 41.9),
    "KH": (10.3, 102.3, 14.7, 107.7), "KP": (37.6, 124.1, 43.1, 130.8), "KR": (33.0, 124.5, 38.7, 131.0),
    "LB": (33.0, 35.1, 34.7, 36.7), "LY": (19.5, 9.3, 33.3, 25.2), "ML": (10.1, -12.3, 25.0, 4.3),
    "MM": (9.7, 92.1, 28.6, 101.2), "MZ": (-27.0, 30.2, -10.4, 41.0), "NE": (11.6, 0.1, 23.6, 16.0),
    "NG": (4.2, 2.6, 13.9, 14.7), "PA": (7.1, -83.1, 9.7, -77.1), "PK": (23.6, 60.8, 37.1, 77.9), "PS": (31.2, 34.2, 32.6, 35.6),
    "QA": (24.4, 50.7, 26.2, 51.7), "RU": (41.1, 19.6, 81.9, 180.0), "SD": (8.6, 21.8, 22.3, 38.7), "SO": (-1.8, 40.9, 12.1, 51.5),
    "SS": (3.4, 24.1, 12.3, 36.0), "SY": (32.3, 35.6, 37.4, 42.4), "TD": (7.4, 13.4, 23.5, 24.1), "TR": (35.8, 25.6, 42.2, 44.9), "UA": (44.3, 22.1, 52.4, 40.3),
    "TZ": (-11.8, 29.3, -0.9, 40.5), "UG": (-1.5, 29.5, 4.3, 35.1), "YE": (12.0, 41.8, 19.0, 54.6),
}  # fmt: skip


def table(name: str) -> tuple[list[str], list[dict[str, str]]]:
    with files("geodata.gazetteer").joinpath("data", name).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        rows = list(reader)
    return list(reader.fieldnames or []), rows


HEADER, PLACES = table("places.csv")
ALIASES_FOUND, ALIASES = table("aliases.csv")


def named(name: str, country: str = "IQ") -> dict[str, str]:
    (row,) = (row for row in PLACES if row["name"] == name and row["country"] == country)
    return row


def spellings(row: dict[str, str]) -> list[str]:
    return [row["name"], *filter(None, row["aliases"].split(";"))]


def test_headers_are_those_the_build_reads():
    assert HEADER == PLACES_HEADER
    assert ALIASES_FOUND == ALIASES_HEADER


def test_there_are_enough_places_and_iraq_and_syria_come_first():
    countries = Counter(row["country"] for row in PLACES)
    assert countries["IQ"] >= 150
    assert countries["SY"] >= 110
    assert len(PLACES) - countries["IQ"] - countries["SY"] >= 160
    assert len(PLACES) >= 1_000
    assert len(ALIASES) >= 500


def names_where(wrong: Callable[[dict[str, str]], bool]) -> list[str]:
    return [f"{row['name']} ({row['country']})" for row in PLACES if wrong(row)]


def is_outside_its_country(row: dict[str, str]) -> bool:
    south, west, north, east = BOXES[row["country"]]
    return not (south <= float(row["lat"]) <= north and west <= float(row["lon"]) <= east)


def test_every_place_lies_in_its_country():
    assert names_where(is_outside_its_country) == []


def test_precisions_and_kinds_are_those_of_the_vocabulary():
    assert names_where(lambda row: row["precision"] not in PRECISIONS or row["kind"] not in KINDS) == []


def test_an_area_never_claims_to_be_a_spot():
    assert names_where(lambda row: row["kind"] in AREA_KINDS and row["precision"] == "site") == []


def test_a_province_code_belongs_to_the_country_of_the_place():
    assert names_where(lambda row: bool(row["admin1"]) and not row["admin1"].startswith(f"{row['country']}-")) == []


def test_every_point_says_where_it_comes_from():
    assert names_where(lambda row: not row["source"].startswith(SOURCES)) == []


def test_no_value_has_blanks_around_it():
    assert names_where(lambda row: any(value != value.strip() for value in row.values())) == []


def test_a_point_claims_no_more_decimals_than_its_precision_bears():
    assert (
        names_where(
            lambda row: any(
                len(row[axis].partition(".")[2]) > MOST_DECIMALS[row["precision"]] for axis in ("lat", "lon")
            )
        )
        == []
    )


def test_a_province_that_is_drawn_as_an_area_says_which():
    assert [row["name"] for row in PLACES if row["precision"] == "province" and not row["admin1"]] == []


def test_no_spelling_stands_for_two_curated_places_of_one_country():
    owners: dict[tuple[str, str], set[str]] = {}
    for row in PLACES:
        for name in spellings(row):
            owners.setdefault((row["country"], plain(name)), set()).add(row["name"])
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}


def test_no_spelling_is_given_twice_to_one_place():
    for row in PLACES:
        assert [name for name, times in Counter(spellings(row)).items() if times > 1] == []


def test_spellings_are_words_and_not_remarks():
    for row in PLACES:
        for name in spellings(row):
            assert name == name.strip()
            assert not set(name) & set('()[]|,<>&"')


def test_every_place_can_be_read_by_the_build_under_an_id_of_its_own():
    entries = places()
    assert len(entries) == len(PLACES)
    assert len({entry.id for entry in entries}) == len(entries)
    assert {entry.precision for entry in entries} <= {Precision(value) for value in PRECISIONS}


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon", "within"),
    [
        ("K1 air base", "IQ", 35.51, 44.28, 0.05),
        ("Altun Kupri", "IQ", 35.75, 44.14, 0.02),
        ("Mosul Dam", "IQ", 36.63, 42.82, 0.02),
        ("Bashiqa", "IQ", 36.45, 43.35, 0.02),
        ("Fishkhabur", "IQ", 37.07, 42.38, 0.05),
        ("Qandil mountains", "IQ", 36.55, 45.0, 0.2),
        ("Al-Tanf", "SY", 33.50, 38.66, 0.05),
        ("Robotyne", "UA", 47.44, 35.84, 0.05),
        ("Dahiyeh", "LB", 33.85, 35.50, 0.03),
        ("Kakhovka Dam", "UA", 46.78, 33.37, 0.02),
    ],
)
def test_places_of_the_news_lie_where_they_lie(name, country, lat, lon, within):
    row = named(name, country)
    assert float(row["lat"]) == pytest.approx(lat, abs=within)
    assert float(row["lon"]) == pytest.approx(lon, abs=within)


def test_bare_kurdistan_is_nobodys_alias():
    bare = {"kurdistan", "kurdistan region", "iraqi kurdistan"}
    assert not bare & {plain(row["alias"]) for row in ALIASES}
    assert not bare & {plain(name) for row in PLACES for name in spellings(row)}


def test_names_of_people_are_no_alias_of_a_town():
    people = {"baghdadi", "al baghdadi", "obaidi", "al obeidi", "mansour", "rashad", "duma", "sana", "tamim"}
    assert not people & {plain(row["alias"]) for row in ALIASES}
    assert not people & {plain(name) for row in PLACES for name in spellings(row)}


def test_an_alias_is_given_once_and_to_one_place():
    keys = Counter((plain(row["alias"]), row["country"], row["kind"]) for row in ALIASES)
    assert [key for key, times in keys.items() if times > 1] == []


def test_an_alias_names_a_kind_the_build_knows_and_says_why_it_is_there():
    for row in ALIASES:
        assert row["kind"] in {"town", "province", "country"}
        assert row["note"]
        assert row["alias"] == row["alias"].strip() != ""
        assert plain(row["alias"]) != plain(row["name"])


@cache
def packages() -> Packages:
    return load_packages()


@cache
def package_names() -> set[tuple[str, str, str]]:
    """(kind, country, plain name) of all that the packages hold."""
    known = {("country", code, plain(row["name"])) for code, row in packages().countries.items()}
    countries = {row["country"] for row in ALIASES}
    for city in packages().cities.values():
        if city["countrycode"] in countries:
            known |= {("town", city["countrycode"], plain(name)) for name in (city["name"], *city["alternatenames"])}
    for unit in packages().subdivisions.values():
        if unit.iso:
            known |= {("province", unit.country, plain(name)) for name in (unit.name, *unit.aliases)}
    return known


def test_every_alias_points_to_a_place_that_the_packages_hold():
    known = package_names()
    missing = [row["alias"] for row in ALIASES if (row["kind"], row["country"], plain(row["name"])) not in known]
    assert missing == []


def test_every_province_code_exists():
    codes = {unit.iso for unit in packages().subdivisions.values() if unit.iso}
    assert [row["name"] for row in PLACES if row["admin1"] and row["admin1"] not in codes] == []
    assert [row["alias"] for row in ALIASES if row["admin1"] and row["admin1"] not in codes] == []


def test_sources_and_licences_are_named_beside_the_data():
    notice = files("geodata.gazetteer").joinpath("data", "NOTICE").read_text(encoding="utf-8")
    for word in ("UCDP GED", "CC BY 4.0", "airportsdata", "MIT", "GeoNames", "Attribution 4.0"):
        assert word in notice
