from __future__ import annotations

import math
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import GazetteerError
from geodata.event import Precision
from geodata.gazetteer import Gazetteer, build, build_gazetteer, curated, demonyms, label_zoom, not_places
from geodata.gazetteer.cells import is_point, windows
from geodata.gazetteer.entries import Entry, NameSource, distance_km
from geodata.gazetteer.packages import Packages, Subdivision


def best(gazetteer, name, **kwargs):
    found = gazetteer.search(name, **kwargs)
    return found[0].place if found else None


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("US", "iso:US"), ("U.S.", "iso:US"), ("United States", "iso:US"), ("USA", "iso:US"), ("UK", "iso:GB"),
        ("Britain", "iso:GB"), ("Russia", "iso:RU"), ("DR Congo", "iso:CD"), ("South Sudan", "iso:SS"),
        ("UAE", "iso:AE"), ("Georgia", "iso:GE"), ("Iraq", "iso:IQ"), ("Palestine", "iso:PS"), ("Turkey", "iso:TR"),
        ("Jordan", "iso:JO"), ("Lebanon", "iso:LB"), ("Niger", "iso:NE"), ("Chad", "iso:TD"), ("Burma", "iso:MM"),
        ("Donbas", "region:donbas"), ("Kurdistan", "region:iraqi-kurdistan"),
        ("Iraqi Kurdistan", "region:iraqi-kurdistan"), ("Kirkuk", "gn:94787"), ("Kirkuk governorate", "iso:IQ-KI"),
        ("Kirkuk Province", "iso:IQ-KI"), ("Moscow", "gn:524901"), ("Paris", "gn:2988507"), ("London", "gn:2643743"),
        ("Tripoli", "gn:2210247"), ("Washington", "gn:4140963"), ("Donetsk Oblast", "iso:UA-14"),
        ("Middle East", "area:middle-east"), ("Sahel", "area:sahel"), ("Horn of Africa", "area:horn-of-africa"),
    ],
)  # fmt: skip
def test_a_bare_name_means_what_newspapers_mean(gazetteer, name, place_id):
    assert best(gazetteer, name).id == place_id


def test_other_readings_stay_in_the_list(gazetteer):
    assert "iso:US-GA" in [c.place.id for c in gazetteer.search("Georgia")]
    assert "iso:IQ-KI" in [c.place.id for c in gazetteer.search("Kirkuk")]
    assert "LB" in [c.place.country for c in gazetteer.search("Tripoli")]


def test_all_spellings_of_one_town_find_it(gazetteer):
    spellings = ["Sulaymaniyah", "Sulaimaniya", "Sulaymaniyya", "Slemani", "as-Sulaymaniyah", "السليمانية", "سلێمانی"]
    assert {best(gazetteer, name).id for name in spellings} == {"gn:98463"}


def test_a_name_in_another_script_is_found_by_its_letters(gazetteer):
    assert best(gazetteer, "Авдіївка").admin1 == "UA-14"
    assert best(gazetteer, "Kurahove", country="UA") is not None


def test_hawija_is_al_hawijah(gazetteer):
    town = best(gazetteer, "Hawija")
    assert (town.country, town.admin1, town.precision) == ("IQ", "IQ-KI", Precision.SETTLEMENT)
    assert best(gazetteer, "Hawija district").precision is Precision.DISTRICT


def test_quality_tells_the_own_name_from_other_spellings(gazetteer):
    def quality(name):
        return next(c.quality for c in gazetteer.search(name) if c.place.id == "gn:98463")

    assert quality("Sulaymaniyah") == 1.0
    assert 0.5 < quality("Sulaymanyyah") < quality("Slemani") < 1.0


@pytest.mark.parametrize(("name", "place"), [("Alhawija", "Hawija"), ("Petion-Ville", "Pétionville")])
def test_parts_joined_otherwise_find_the_place_a_little_less_surely(gazetteer, name, place):
    best, *_ = gazetteer.search(name)
    assert best.place.name == place
    assert best.quality < gazetteer.search(place)[0].quality


def test_a_town_whose_people_nobody_counted_is_no_hamlet(gazetteer):
    (hawija, *_), (village, *_) = gazetteer.search("Hawija"), gazetteer.search("Molong")
    assert hawija.place.population == 0
    assert village.place.population > 2_000
    assert hawija.prior > village.prior


def test_a_country_narrows_the_search(gazetteer):
    assert {c.place.country for c in gazetteer.search("Tripoli", country="lb")} == {"LB"}
    assert gazetteer.search("Kirkuk", country="FR") == []


@pytest.mark.parametrize("name", ["", "   ", "Xqzzyplomf", "!!!", "\x00", "a" * 10_000, "'; DROP TABLE place; --"])
def test_what_is_no_place_gives_an_empty_list(gazetteer, name):
    assert gazetteer.search(name) == []


def test_the_limit_holds(gazetteer):
    assert len(gazetteer.search("San José", limit=3)) == 3
    assert gazetteer.search("Paris", limit=0) == []


@settings(max_examples=200, deadline=None)
@given(name=st.text(max_size=60))
def test_no_text_breaks_the_search(gazetteer, name):
    for candidate in gazetteer.search(name):
        assert 0 < candidate.quality <= 1
        assert is_point(candidate.place.lat, candidate.place.lon)


def test_ids_lead_back_to_their_places(gazetteer):
    for place_id in ("gn:94787", "iso:IQ", "iso:IQ-KI", "region:donbas", "area:black-sea", "cm:mosul-dam"):
        assert gazetteer.get(place_id).id == place_id
    assert gazetteer.get("gn:0") is None


def test_provinces_have_the_point_and_the_name_of_their_region(gazetteer):
    kirkuk = gazetteer.get("iso:IQ-KI")
    assert (kirkuk.name, kirkuk.country, kirkuk.admin1, kirkuk.precision) == ("Kirkuk", "IQ", "IQ-KI", "province")


def test_gaza_and_the_west_bank_are_named_regions_under_either_id(gazetteer):
    assert gazetteer.get("iso:PS-GZ").id == "region:gaza-strip"
    assert gazetteer.get("iso:PS-WE").id == "region:west-bank"


def test_towns_know_their_province(gazetteer):
    expected = {"Tuz Khurmatu": "IQ-SD", "Erbil": "IQ-AR", "Halabja": "IQ-SU", "Goma": "CD-NK", "Kobani": "SY-HL"}
    assert {name: best(gazetteer, name).admin1 for name in expected} == expected


def test_nearest_gives_towns_by_distance(gazetteer):
    near = gazetteer.nearest(35.47, 44.39, radius_km=60, limit=5)
    assert near[0][1].name == "Kirkuk" or near[0][0] < 5
    assert [km for km, _ in near] == sorted(km for km, _ in near)
    assert all(place.precision in ("site", "settlement") for _, place in near)
    assert "Kirkuk" in {place.name for _, place in near}


def test_nearest_crosses_the_antimeridian(gazetteer):
    east = {place.id for _, place in gazetteer.nearest(-16.8, 179.9, radius_km=150, limit=50)}
    west = {place.id for _, place in gazetteer.nearest(-16.8, -179.9, radius_km=150, limit=50)}
    assert east & west


def test_nearest_agrees_with_looking_at_everything(gazetteer):
    lat, lon, radius_km = 48.0, 37.8, 40.0
    rows = gazetteer._connection().execute("SELECT id, lat, lon FROM place WHERE precision IN ('site', 'settlement')")
    expected = {row[0] for row in rows if distance_km(lat, lon, row[1], row[2]) <= radius_km}
    found = {place.id for _, place in gazetteer.nearest(lat, lon, radius_km=radius_km, limit=10_000)}
    assert found == expected
    assert len(found) > 10


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (0, 181), (float("nan"), 0)])
def test_nearest_refuses_what_is_no_point(gazetteer, lat, lon):
    with pytest.raises(ValueError, match="is no point"):
        gazetteer.nearest(lat, lon)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.1, 3000), st.floats(0, 360), st.floats(0, 1))
def test_windows_hold_their_circle(lat, lon, radius_km, bearing, share):
    arc, turn = share * radius_km * 0.999 / 6371.0088, math.radians(bearing)
    phi = math.radians(lat)
    phi_there = math.asin(
        max(-1.0, min(1.0, math.sin(phi) * math.cos(arc) + math.cos(phi) * math.sin(arc) * math.cos(turn)))
    )
    turned = math.atan2(
        math.sin(turn) * math.sin(arc) * math.cos(phi), math.cos(arc) - math.sin(phi) * math.sin(phi_there)
    )
    there = math.degrees(phi_there), (lon + math.degrees(turned) + 540) % 360 - 180
    slack = 1e-6
    assert (
        any(
            south - slack <= there[0] <= north + slack and west - slack <= there[1] <= east + slack
            for south, west, north, east in windows(lat, lon, radius_km)
        )
        or abs(there[1]) > 180 - slack
    )


def test_names_for_running_text_are_places_and_no_words(gazetteer):
    names = dict(gazetteer.names())
    for name in ("Kirkuk", "Hawija", "al-Hawija", "Tuz Khurmatu", "Raqqa", "Deir ez-Zor", "Bakhmut", "Donbas", "Iraq", "US", "Mosul Dam", "Iraqi Kurdistan"):  # fmt: skip
        assert name in names, name
    for name in ("March", "May", "Reading", "Police", "Of", "Independence", "Union", "Along", "Man", "Victoria", "Ali", "Hassan", "Obama", "Along"):  # fmt: skip
        assert name not in names, name
    assert names["Kirkuk"] >= 900_000
    assert all(name.strip() == name and any(char.isupper() for char in name) for name in names)
    assert min(map(len, names)) >= 2


def test_labels_come_most_important_first_and_inside_the_window(gazetteer):
    labels = gazetteer.labels(4, south=33, west=42, north=37, east=46)
    assert "Kirkuk" in {place.name for place in labels}
    assert all(33 <= place.lat <= 37 and 42 <= place.lon <= 46 for place in labels)
    zooms = [label_zoom(place) for place in labels]
    assert zooms == sorted(zooms)
    assert {place.kind for place in gazetteer.labels(8)} <= {"country", "continent", "ocean"}


def test_stats_say_what_it_is_made_of(gazetteer):
    stats = gazetteer.stats()
    assert stats["places"] > 250_000
    assert stats["names"] > 900_000
    assert any("GeoNames, CC BY 4.0" in line for line in stats["sources"])


def test_many_threads_look_up_at_once(gazetteer_path):
    gazetteer = Gazetteer(gazetteer_path)
    names = ["Kirkuk", "Mosul", "Goma", "Bakhmut", "Paris", "Tripoli", "Sinjar", "Rafah"]
    expected = {name: best(gazetteer, name).id for name in names}
    wrong = []

    def look():
        for name in names * 20:
            gazetteer._search.cache_clear()
            if best(gazetteer, name).id != expected[name]:
                wrong.append(name)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_look_up_is_fast(gazetteer):
    names = [name for name, _ in zip((n for n, _ in gazetteer.names()), range(2000), strict=False)]
    times = []
    for name in names:
        started = time.perf_counter()
        gazetteer.search(name)
        times.append(time.perf_counter() - started)
    assert sorted(times)[len(times) // 2] < 0.001


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(GazetteerError, match="run `conflictmap gazetteer build`"):
        Gazetteer(tmp_path / "none.sqlite")


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_a_damaged_file_says_what_to_do(tmp_path, content):
    path = tmp_path / "bad.sqlite"
    path.write_bytes(content)
    with pytest.raises(GazetteerError, match="run `conflictmap gazetteer build`"):
        Gazetteer(path)


def test_a_file_of_another_version_says_what_to_do(tmp_path):
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(GazetteerError, match="another version"):
        Gazetteer(path)


@pytest.fixture
def small_packages(monkeypatch):
    """Stand in for the packages, so that a build takes no time."""

    def load():
        cities = {
            str(n): {"countrycode": "IQ", "name": name, "latitude": lat, "longitude": lon, "population": n, "alternatenames": [name + "a"]}
            for n, name, lat, lon in [(1000, "Ada", 35.0, 44.0), (2000, "Bedra", 34.0, 45.0)]
        }  # fmt: skip
        unit = Subdivision(1, "Kirkūk", "IQ-KI", "IQ.13", "98410", "Governorate", ("Kirkuk Governorate",), 0, "IQ")
        countries = {"IQ": {"name": "Iraq", "capital": "Baghdad", "population": 38_000_000}}
        return Packages(countries, {"IQ": ("Republic of Iraq",)}, cities, {1: unit}, {"1000": (1,)})

    monkeypatch.setattr(build, "load_packages", load)
    monkeypatch.setattr(curated, "rows_of", lambda name: iter(ROWS.get(name, [])))
    ROWS.clear()


ROWS: dict[str, list[dict[str, str]]] = {}


def place_row(**values):
    return {"name": "Ada", "lat": "35.01", "lon": "44.0", "country": "IQ", "admin1": "IQ-KI", "kind": "town", "precision": "settlement", "aliases": "", "source": "test"} | values  # fmt: skip


@pytest.mark.usefixtures("small_packages")
def test_a_curated_town_takes_the_place_of_the_same_town(tmp_path):
    ROWS["places.csv"] = [place_row(aliases="Adah;آدا")]
    build_gazetteer(tmp_path / "g.sqlite")
    gazetteer = Gazetteer(tmp_path / "g.sqlite")
    assert [c.place.id for c in gazetteer.search("Ada")] == ["cm:ada"]
    assert best(gazetteer, "Adaa").id == "cm:ada"
    assert gazetteer.get("gn:1000").id == "cm:ada"
    assert best(gazetteer, "Ada").population == 1000


@pytest.mark.usefixtures("small_packages")
def test_a_curated_town_farther_away_is_another_town(tmp_path):
    ROWS["places.csv"] = [place_row(lat="35.2")]
    build_gazetteer(tmp_path / "g.sqlite")
    assert {c.place.id for c in Gazetteer(tmp_path / "g.sqlite").search("Ada")} == {"cm:ada", "gn:1000"}


@pytest.mark.usefixtures("small_packages")
def test_an_alias_without_a_target_stops_the_build_and_leaves_the_old_file(tmp_path):
    path = tmp_path / "g.sqlite"
    build_gazetteer(path)
    before = path.read_bytes()
    ROWS["aliases.csv"] = [{"alias": "Adda", "name": "Nowhere", "country": "IQ", "admin1": "", "kind": "", "note": ""}]
    with pytest.raises(GazetteerError, match="Adda -> Nowhere, IQ"):
        build_gazetteer(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["g.sqlite"]


@pytest.mark.usefixtures("small_packages")
def test_an_alias_finds_its_place(tmp_path):
    ROWS["aliases.csv"] = [{"alias": "Kerkuk town", "name": "bedra", "country": "IQ", "admin1": "", "kind": "town", "note": ""}]  # fmt: skip
    build_gazetteer(tmp_path / "g.sqlite")
    assert best(Gazetteer(tmp_path / "g.sqlite"), "Kerkuk town").id == "gn:2000"


@pytest.mark.usefixtures("small_packages")
@pytest.mark.parametrize("bad", [{"lat": "north"}, {"lat": "95"}, {"precision": "about"}])
def test_a_bad_row_is_named(tmp_path, bad):
    ROWS["places.csv"] = [place_row(), place_row(name="Bad", **bad)]
    with pytest.raises(GazetteerError, match=r"places\.csv, line 3"):
        build_gazetteer(tmp_path / "g.sqlite")


@pytest.mark.usefixtures("small_packages")
def test_the_same_inputs_give_the_same_file(tmp_path):
    ROWS["places.csv"] = [place_row(name="Cala", lat="33")]
    build_gazetteer(tmp_path / "one.sqlite")
    build_gazetteer(tmp_path / "two.sqlite")
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()


@pytest.mark.usefixtures("small_packages")
def test_progress_runs_from_start_to_end(tmp_path):
    said = []
    report = build_gazetteer(tmp_path / "sub" / "g.sqlite", progress=lambda words, part: said.append((words, part)))
    parts = [part for _, part in said]
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0.0, 1.0)
    assert all(words for words, _ in said)
    assert report.places == Gazetteer(tmp_path / "sub" / "g.sqlite").stats()["places"]


@pytest.mark.usefixtures("small_packages")
def test_a_file_that_cannot_be_written_gives_one_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GazetteerError, match="cannot be written"):
        build_gazetteer(tmp_path / "file" / "g.sqlite")


def test_a_better_source_of_a_name_wins():
    entry = Entry(id="x", name="X", lat=0, lon=0, country="", admin1="", precision=Precision.SITE, kind="dam")
    entry.add("Y", NameSource.ALTERNATE)
    entry.add("Y", NameSource.CURATED)
    entry.add("Y", NameSource.DOUBTFUL)
    assert entry.names == {"Y": NameSource.CURATED}


def test_demonyms_name_known_countries(gazetteer):
    table = demonyms()
    assert (table["Iraqi"], table.get("Kurds", None)) == ("IQ", None)
    assert len(table) >= 230
    assert all(gazetteer.get(f"iso:{code}") for code in table.values())


def test_the_stop_list_is_lower_case_and_long():
    assert len(not_places()) >= 400
    assert all(name == name.casefold() for name in not_places())


def test_a_first_look_up_loads_no_more_than_it_needs(gazetteer_path):
    code = (
        "import sys; from geodata.gazetteer import Gazetteer; "
        f"print(len(Gazetteer({str(gazetteer_path)!r}).search('Kirkuk')) > 0, {{'numpy', 'shapely'}} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603 - our own
    assert done.stdout.strip() == "True set()"
