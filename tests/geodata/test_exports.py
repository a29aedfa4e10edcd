"""A view as a file: safe in a spreadsheet, right on another map, and whole."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import geopandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.article import Article
from geodata.event import Actor, Event, Place, Precision, Reading
from geodata.exports import to_csv, to_geojson
from geodata.exports.csv import neutral
from geodata.ontology import Context, EventType
from geodata.store import Store, flat
from geodata.view import View

KIRKUK = Place(
    id="gn:94787", name="Kirkuk", lat=35.468, lon=44.392, country="IQ", admin1="IQ-KI",
    precision=Precision.SETTLEMENT, kind="town",
)  # fmt: skip
PROVINCE = Place(
    id="iso:IQ-KI", name="Kirkuk", lat=35.4, lon=44.2, country="IQ", admin1="IQ-KI",
    precision=Precision.PROVINCE, kind="province",
)  # fmt: skip
HOSTILE = '=HYPERLINK("http://evil.example","a, b")'


@pytest.fixture
def store(tmp_path):
    article = Article(text="Troops took Kirkuk.", title=HOSTILE, source="@agency", url="https://example.org/1")
    events = [
        Event(
            id=f"e{n}", article_id=article.id, type=EventType.ASSAULT, quad=EventType.ASSAULT.quad, place=place,
            regions=("IQ", "IQ-KI") if place else (), contexts=(Context.MILITARY, Context.TERRITORY),
            source_actors=(Actor(name="-1+1", text="x"), Actor(name="Army", text="x")),
            date_start=day and dt.date.fromisoformat(day), date_end=day and dt.date.fromisoformat(day),
            fatalities=fatalities, injured=7 if fatalities else None, start=0, end=19, quote='</script>\r\nHe said: "Kirkuk", ünïcode.',
            unplaced_reason="" if place else "No place is named.",
        )
        for n, (place, day, fatalities) in enumerate(
            [(KIRKUK, "2017-10-16", 3), (PROVINCE, "2017-10-17", None), (None, None, 0)]
        )
    ]  # fmt: skip
    with Store.open(tmp_path) as opened:
        opened.write([Reading(article=article, mentions=(), events=tuple(events))])
        yield opened


def as_csv(store, view=View()):  # noqa: B008 - frozen
    file = io.StringIO(newline="")
    written = to_csv(store, view, file)
    rows = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    assert len(rows) == written
    return rows


def as_geojson(store, view=View(), **options):  # noqa: B008 - frozen
    file = io.StringIO()
    written = to_geojson(store, view, file, **options)
    made = json.loads(file.getvalue())
    assert len(made["features"]) == written
    return made


def test_csv_holds_what_the_view_shows(store):
    first, second, third = as_csv(store)
    assert (first["id"], first["date_start"], first["lat"], first["lon"]) == ("e0", "2017-10-16", "35.468", "44.392")
    assert (first["fatalities"], first["contexts"], first["regions"]) == ("3", "military; territory", "IQ; IQ-KI")
    assert (first["fatalities_low"], first["fatalities_high"], first["injured"]) == ("", "", "7")
    assert first["quote"] == '</script>\r\nHe said: "Kirkuk", ünïcode.'
    assert (second["lat"], second["lon"], second["admin1"], second["fatalities"]) == ("", "", "IQ-KI", "")
    assert (third["place_name"], third["unplaced_reason"], third["fatalities"]) == ("", "No place is named.", "0")
    assert [row["id"] for row in as_csv(store, View(date_from=dt.date(2017, 10, 17)))] == ["e1"]


def test_csv_holds_no_formula(store):
    for row in as_csv(store):
        assert row["title"] == "'" + HOSTILE
        assert row["source"] == "'@agency"
        assert row["source_actors"] == "'-1+1; Army"
        assert row["url"] == "https://example.org/1"


@pytest.mark.parametrize(
    "text", ["=1", "+1+1", "-1-1", "@x", "\tx", "\rx", " =1", "\n=1", "-", "-inf", "+1e5", "＝1", "-1_0"]
)
def test_formulas_are_neutralised(text):
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("text", ["", "-3", "+3.5", "-44.392", "a=b", "2017-10-16", "'=1", " x", "المدينة"])
def test_other_text_and_numbers_are_left_alone(text):
    assert neutral(text) == text


@given(st.text())
def test_no_text_begins_like_a_formula(text):
    made = neutral(text)
    assert made.endswith(text)
    assert not made.lstrip().startswith(("=", "@"))


def test_geojson_is_lon_lat_and_areas_have_no_point(store):
    made = as_geojson(store)
    assert made["type"] == "FeatureCollection"
    first, second, third = made["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [44.392, 35.468]}
    assert first["id"] == "e0"
    assert first["properties"]["date_start"] == "2017-10-16"
    assert first["properties"]["source_actors"] == ["-1+1", "Army"]
    assert first["properties"]["region"] is None
    assert (second["geometry"], second["properties"]["region"]) == (None, "IQ-KI")
    assert (third["geometry"], third["properties"]["region"]) == (None, None)
    assert third["properties"]["unplaced_reason"] == "No place is named."
    assert not {"lat", "lon"} & first["properties"].keys()


SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


def test_geojson_gives_each_area_once_when_asked_for(store):
    made = as_geojson(store, shape={"IQ-KI": SQUARE}.get, name_of=lambda _: "Kirkuk province")
    assert [feature["geometry"] and feature["geometry"]["type"] for feature in made["features"]] == [
        "Point",
        None,
        None,
    ]
    assert made["areas"] == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "IQ-KI",
                "geometry": SQUARE,
                "properties": {"region": "IQ-KI", "name": "Kirkuk province", "events": 1},
            }
        ],
    }


def test_geopandas_reads_geojson_and_draws_its_areas(store):
    file = io.StringIO()
    to_geojson(store, View(), file, shape={"IQ-KI": SQUARE}.get)
    events = geopandas.read_file(io.BytesIO(file.getvalue().encode()))
    assert len(events) == 3
    assert (events.geometry[0].x, events.geometry[0].y) == (44.392, 35.468)
    areas = geopandas.GeoDataFrame.from_features(json.loads(file.getvalue())["areas"])
    joined = areas.merge(events.drop(columns="geometry"), on="region")
    assert list(joined.id) == ["e1"]
    assert joined.total_bounds.tolist() == [0, 0, 1, 1]


def test_a_table_says_in_each_row_what_it_lacks(store):
    file = io.StringIO(newline="")
    to_csv(store, View(), file, meta={"limits": "The newest 3 of 5 events."})
    rows = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    assert [row["left_out"] for row in rows] == ["The newest 3 of 5 events."] * 3
    assert "left_out" not in as_csv(store)[0]


def test_geojson_says_what_it_is(store):
    made = as_geojson(store, meta={"view": "Everything in Iraq", "attribution": "conflictmap"})["metadata"]
    assert (made["view"], made["attribution"]) == ("Everything in Iraq", "conflictmap")
    assert made["store_version"] == store.version
    assert dt.datetime.fromisoformat(made["generated"]).tzinfo is dt.UTC


def test_empty_views_are_valid_files(store):
    nothing = View(regions=("FR",))
    assert as_csv(store, nothing) == []
    assert as_geojson(store, nothing)["features"] == []


def test_many_pieces_are_one_file(store, monkeypatch):
    monkeypatch.setattr(flat, "ROWS_AT_ONCE", 1)
    assert [row["id"] for row in as_csv(store)] == ["e0", "e1", "e2"]
    assert [feature["id"] for feature in as_geojson(store)["features"]] == ["e0", "e1", "e2"]
