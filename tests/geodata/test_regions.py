from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import RegionError
from geodata.event import Place, Precision
from geodata.regions import Regions, regions
from geodata.regions.folding import fold, plain


@pytest.fixture(scope="module")
def atlas() -> Regions:
    return regions()


def place(name, lat, lon, *, precision=Precision.SETTLEMENT, country="", admin1="", place_id="cm:x"):
    return Place(
        id=place_id, name=name, lat=lat, lon=lon, country=country, admin1=admin1, precision=precision, kind="town"
    )


TOWNS = {
    "Kirkuk": (35.468, 44.392, "IQ-KI"),
    "Hawija": (35.326, 43.773, "IQ-KI"),
    "Daquq": (35.140, 44.449, "IQ-KI"),
    "Dibis": (35.670, 44.070, "IQ-KI"),
    "Altun Kupri": (35.750, 44.140, "IQ-KI"),
    "Erbil": (36.191, 44.009, "IQ-AR"),
    "Makhmur": (35.777, 43.580, "IQ-AR"),
    "Tuz Khurmatu": (34.888, 44.632, "IQ-SD"),
    "Tikrit": (34.607, 43.678, "IQ-SD"),
    "Khanaqin": (34.348, 45.390, "IQ-DI"),
    "Mosul": (36.335, 43.119, "IQ-NI"),
    "Sinjar": (36.320, 41.876, "IQ-NI"),
    "Sulaymaniyah": (35.565, 45.433, "IQ-SU"),
    "Halabja": (35.178, 45.986, "IQ-SU"),
    "Duhok": (36.867, 42.988, "IQ-DA"),
    "Simferopol": (44.952, 34.102, "UA-43"),
    "Sevastopol": (44.589, 33.522, "UA-40"),
    "Donetsk": (48.005, 37.805, "UA-14"),
    "Raqqa": (35.950, 39.009, "SY-RA"),
    "Aleppo": (36.201, 37.161, "SY-HL"),
    "Bunia": (1.559, 30.252, "CD-IT"),
    "Bukavu": (-2.508, 28.861, "CD-SK"),
    "Gisenyi": (-1.703, 29.256, "RW-04"),
    "Kobani": (36.891, 38.354, "SY-HL"),
    "Kfar Kila": (33.277, 35.552, "LB-NA"),
    "Metula": (33.279, 35.578, "IL-Z"),
    "Goma": (-1.679, 29.228, "CD-NK"),
    "Menaka": (15.917, 2.402, "ML-9"),
    "El Fasher": (13.629, 25.349, "SD-DN"),
    "Hargeisa": (9.560, 44.065, "SO-WO"),
    "Ramallah": (31.902, 35.203, "PS-WE"),
}


@pytest.mark.parametrize("town", TOWNS)
def test_towns_lie_in_their_governorate(atlas, town):
    lat, lon, unit = TOWNS[town]
    assert atlas.locate(lat, lon)[:2] == (unit[:2], unit)


@pytest.mark.parametrize(
    ("town", "lat", "lon", "region"),
    [
        ("Erbil", 36.191, 44.009, "iraqi-kurdistan"),
        ("Halabja", 35.178, 45.986, "iraqi-kurdistan"),
        ("Akre", 36.741, 43.893, "iraqi-kurdistan"),
        ("Kirkuk", 35.468, 44.392, "disputed-territories-of-northern-iraq"),
        ("Sinjar", 36.320, 41.876, "disputed-territories-of-northern-iraq"),
        ("Rabia", 36.800, 42.100, "disputed-territories-of-northern-iraq"),
        ("Makhmur", 35.777, 43.580, "disputed-territories-of-northern-iraq"),
        ("Tuz Khurmatu", 34.888, 44.632, "disputed-territories-of-northern-iraq"),
        ("Khanaqin", 34.348, 45.390, "disputed-territories-of-northern-iraq"),
        ("Jalawla", 34.272, 45.168, "disputed-territories-of-northern-iraq"),
        ("Bashiqa", 36.450, 43.343, "nineveh-plains"),
        ("Qaraqosh", 36.270, 43.377, "nineveh-plains"),
        ("Simferopol", 44.952, 34.102, "crimea"),
        ("Bakhmut", 48.595, 38.000, "donbas"),
        ("Gaza city", 31.502, 34.466, "gaza-strip"),
        ("Rafah", 31.287, 34.259, "gaza-strip"),
        ("Old City of Jerusalem", 31.777, 35.235, "east-jerusalem"),
        ("Majdal Shams", 33.269, 35.771, "golan-heights"),
        ("Katzrin", 32.992, 35.690, "golan-heights"),
        ("Stepanakert", 39.815, 46.752, "nagorno-karabakh"),
        ("Hadrut", 39.520, 47.031, "nagorno-karabakh"),
        ("Tskhinvali", 42.225, 43.970, "south-ossetia"),
        ("Sukhumi", 43.003, 41.023, "abkhazia"),
        ("Tiraspol", 46.840, 29.629, "transnistria"),
        ("Kyrenia, on the coast", 35.343, 33.319, "northern-cyprus"),
        ("Qamishli", 37.052, 41.231, "northeast-syria"),
        ("El Geneina", 13.452, 22.447, "darfur"),
        ("Mekelle", 13.497, 39.477, "tigray"),
        ("Bukavu", -2.508, 28.861, "kivu"),
        ("Srinagar", 34.084, 74.797, "kashmir"),
        ("Muzaffarabad", 34.370, 73.471, "kashmir"),
        ("Sittwe", 20.146, 92.898, "rakhine"),
        ("Dori", 14.035, -0.034, "liptako-gourma"),
        ("Maiduguri", 11.846, 13.160, "lake-chad-basin"),
        ("Grozny", 43.318, 45.695, "chechnya"),
        ("Arish", 31.132, 33.803, "sinai"),
        ("Palma", -10.776, 40.475, "cabo-delgado"),
        ("Abyei town", 9.593, 28.437, "abyei"),
    ],
)
def test_towns_lie_in_their_named_region(atlas, town, lat, lon, region):
    assert region in atlas.locate(lat, lon), town


@pytest.mark.parametrize(
    ("town", "lat", "lon", "region"),
    [
        ("Mosul", 36.335, 43.119, "nineveh-plains"),
        ("Mosul", 36.335, 43.119, "iraqi-kurdistan"),
        ("Baghdad", 33.315, 44.366, "disputed-territories-of-northern-iraq"),
        ("Chamchamal", 35.534, 44.833, "disputed-territories-of-northern-iraq"),
        ("Kiryat Shmona", 33.207, 35.570, "golan-heights"),
        ("Tiberias", 32.790, 35.530, "golan-heights"),
        ("Knesset", 31.777, 35.205, "east-jerusalem"),
        ("Yerevan", 40.178, 44.513, "nagorno-karabakh"),
        ("Larnaca", 34.917, 33.634, "northern-cyprus"),
    ],
)
def test_towns_outside_do_not(atlas, town, lat, lon, region):
    assert region not in atlas.locate(lat, lon), town


@pytest.mark.parametrize(
    ("where", "lat", "lon", "country"),
    [
        ("Laayoune", 27.15, -13.20, "EH"),
        ("Tarfaya", 27.94, -12.92, "MA"),
        ("Majdal Shams", 33.269, 35.771, "SY"),
        ("Pristina", 42.663, 21.162, "XK"),
        ("Taipei", 25.04, 121.56, "TW"),
        ("Akrotiri", 34.59, 32.98, "CY"),
        ("Juba", 4.85, 31.58, "SS"),
    ],
)
def test_contested_places_are_in_the_country_that_the_documentation_says(atlas, where, lat, lon, country):
    assert atlas.locate(lat, lon)[0] == country, where


def test_points_just_off_the_coast_belong_to_the_nearest_region(atlas):
    assert atlas.locate(31.53, 34.40)[:2] == ("PS", "PS-GZ")  # a boat off Gaza harbour
    assert atlas.locate(46.49, 30.76)[:2] == ("UA", "UA-51")  # a pier of Odesa


def test_the_open_sea_and_nonsense_belong_to_none(atlas):
    assert atlas.locate(0.0, -30.0) == ()
    assert atlas.locate(float("nan"), 44.0) == ()
    assert atlas.locate(91.0, 44.0) == ()
    assert atlas.locate(35.0, float("inf")) == ()


def test_longitudes_beyond_180_go_round_the_globe(atlas):
    assert atlas.locate(35.468, 44.392 + 360) == atlas.locate(35.468, 44.392)
    assert atlas.locate(-16.8, 180.03)[0] == "FJ"


@given(lat=st.floats(allow_nan=True), lon=st.floats(allow_nan=True))
@settings(max_examples=300, deadline=None)
def test_locate_takes_any_numbers(lat, lon):
    ids = regions().locate(lat, lon)
    assert len(set(ids)) == len(ids)
    for region_id in ids:
        regions().get(region_id)


@given(lat=st.floats(-60, 75), lon=st.floats(-180, 180))
@settings(max_examples=300, deadline=None)
def test_the_grid_of_settled_points_agrees_with_the_shapes(lat, lon):
    atlas = regions()
    found = atlas.locate(lat, lon)
    point = shapely.Point(lon, lat)
    if not found:
        assert all(not shape.intersects(point) for shape in atlas.library.fine.values())
    else:
        country = atlas.shape(found[0])
        assert country.dwithin(point, 0.1001)


def test_an_unknown_region_is_refused_in_one_sentence(atlas):
    for ask in (atlas.get, atlas.shape, atlas.geojson, atlas.basemap_fine):
        with pytest.raises(RegionError, match=r"^There is no region “atlantis”\.$"):
            ask("atlantis")
    with pytest.raises(RegionError, match="not a country"):
        atlas.basemap_fine("IQ-KI")
    assert "atlantis" not in atlas
    assert "IQ-KI" in atlas
    assert None not in atlas


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Kurdistan", "iraqi-kurdistan"),
        ("KRI", "iraqi-kurdistan"),
        ("Kirkuk Governorate", "IQ-KI"),
        ("al-Anbar", "IQ-AN"),
        ("NINEVEH", "IQ-NI"),
        ("Salah ad-Din", "IQ-SD"),
        ("Iraq", "IQ"),
        ("the Donbass", "donbas"),
        ("Nagorno Karabakh", "nagorno-karabakh"),
        ("Rojava", "northeast-syria"),
        ("Kherson", "UA-65"),
        ("Kirk", "IQ-KI"),
    ],
)
def test_regions_are_found_by_name(atlas, name, first):
    assert first in [region.id for region in atlas.find(name)][:2]


def test_names_that_are_none_find_none(atlas):
    assert atlas.find("") == []
    assert atlas.find("  -- ") == []
    assert atlas.find("Mordor") == []


@given(st.text(max_size=30))
def test_folding_a_folded_name_changes_nothing_more(name):
    folded = fold(name)
    assert folded == folded.strip()
    assert plain(name) or not name.strip()


def test_lists_by_kind_and_country(atlas):
    iraq = atlas.all("admin1", "IQ")
    assert len(iraq) == 18
    assert {region.country for region in iraq} == {"IQ"}
    assert "iraqi-kurdistan" in [region.id for region in atlas.all("named", "IQ")]
    assert "liptako-gourma" in [region.id for region in atlas.all("named", "NE")]
    assert len(atlas.all("country")) > 200
    assert atlas.of_geonames("IQ.13") == "IQ-KI"
    assert atlas.of_geonames("XX.99") is None


def test_a_town_belongs_to_what_holds_its_point(atlas):
    town = place("Kirkuk", 35.468, 44.392, country="IQ", admin1="IQ-KI")
    assert atlas.of_place(town) == ("IQ", "IQ-KI", "disputed-territories-of-northern-iraq")


def test_a_town_on_the_border_stays_in_its_own_country(atlas):
    # Kassab lies north of the border as Natural Earth draws it
    kassab = place("Kassab", 35.9264, 35.9897, country="SY", admin1="SY-LA")
    assert atlas.locate(35.9264, 35.9897)[0] == "TR"
    assert atlas.of_place(kassab)[:2] == ("SY", "SY-LA")
    without_unit = place("Kassab", 35.9264, 35.9897, country="SY")
    assert atlas.of_place(without_unit)[:2] == ("SY", "SY-LA")


def test_a_wrong_unit_far_away_is_not_believed(atlas):
    town = place("Kirkuk", 35.468, 44.392, country="IQ", admin1="IQ-BA")
    assert atlas.of_place(town)[:2] == ("IQ", "IQ-KI")


def test_a_province_belongs_to_regions_that_hold_all_of_it(atlas):
    erbil = place("Erbil", 36.2, 44.0, precision=Precision.PROVINCE, country="IQ", admin1="IQ-AR")
    assert atlas.of_place(erbil) == ("IQ", "IQ-AR", "iraqi-kurdistan")
    nineveh = place("Nineveh", 36.3, 43.0, precision=Precision.PROVINCE, country="IQ", admin1="IQ-NI")
    assert atlas.of_place(nineveh) == ("IQ", "IQ-NI")  # parts of it are disputed, not all
    by_id = place("Erbil", 0, 0, precision=Precision.PROVINCE, country="IQ", place_id="iso:IQ-AR")
    assert atlas.of_place(by_id) == ("IQ", "IQ-AR", "iraqi-kurdistan")
    halabja = place("Halabja", 35.2, 46.0, precision=Precision.PROVINCE, country="IQ", admin1="IQ-19")
    assert atlas.of_place(halabja) == ("IQ", "IQ-SU", "iraqi-kurdistan")
    gaza = place("Gaza Strip", 31.4, 34.4, precision=Precision.PROVINCE, country="PS")
    assert atlas.of_place(gaza) == ("PS", "PS-GZ", "gaza-strip")
    unknown = place("Nowhere Province", 35.0, 44.0, precision=Precision.PROVINCE, country="IQ")
    assert atlas.of_place(unknown) == ("IQ",)


def test_a_country_and_a_named_region_belong_to_themselves(atlas):
    iraq = place("Iraq", 33.0, 44.0, precision=Precision.COUNTRY, country="IQ", place_id="iso:IQ")
    assert atlas.of_place(iraq) == ("IQ",)
    region = place("Darfur", 13.0, 24.0, precision=Precision.PROVINCE, country="SD", place_id="region:darfur")
    assert atlas.of_place(region) == ("SD", "darfur")
    blue_nile = place("Blue Nile", 11.6, 34.2, precision=Precision.PROVINCE, place_id="region:blue-nile")
    assert atlas.of_place(blue_nile) == ("SD", "blue-nile", "SD-NB", "two-areas")
    sea = place("Black Sea", 43.0, 34.0, precision=Precision.COUNTRY, place_id="area:black-sea")
    assert atlas.of_place(sea) == ()
