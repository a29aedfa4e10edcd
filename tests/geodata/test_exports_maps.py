"""KML and GeoParquet: valid by the schema and the validator of each, opened by readers of each, and whole."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import fastkml
import geopandas
import geoparquet_validator
import pyarrow.parquet as pq
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from geodata.article import Article
from geodata.event import Actor, Event, Place, Precision, Reading
from geodata.exports import geoparquet, to_geoparquet, to_kml
from geodata.exports.kml import text
from geodata.ontology import EventType, Quad
from geodata.store import Store, flat
from geodata.view import View

KML = "{http://www.opengis.net/kml/2.2}"
COLOURS = dict.fromkeys(Quad, "#D55E00")
HOSTILE = '<script>alert(1)</script> ]]> & "x" $[id] \x00\x0b \ufffe \u202e كركوك 🔥'
SQUARE = {"type": "Polygon", "coordinates": [[[44, 35], [45, 35], [45, 36], [44, 36], [44, 35]]]}
HOLED = {
    "type": "MultiPolygon",
    "coordinates": [
        SQUARE["coordinates"],
        [
            [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]],
            [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]],
        ],
    ],
}


def place(name, lat, lon, precision=Precision.SETTLEMENT, admin1="IQ-KI"):
    return Place(id=f"x:{name}", name=name, lat=lat, lon=lon, country="IQ", admin1=admin1, precision=precision, kind="town")  # fmt: skip


KIRKUK, SUVA = place("Kirkuk", 35.4680612, 44.3922249), place("Suva", -18.1416, 178.4419)
PROVINCE = place("Kirkuk province", 35.4, 44.2, Precision.PROVINCE)


@pytest.fixture
def store(tmp_path):
    article = Article(text="Troops took Kirkuk.", title=HOSTILE, source="Agency <b>", url="https://example.org/?a=1&b=2",
                      published=dt.date(2017, 10, 17))  # fmt: skip
    chosen = [
        (KIRKUK, EventType.ASSAULT, "2017-10-16", "2017-10-16"),
        (SUVA, EventType.CONSULT, "2017-10-01", "2017-10-31"),
        (PROVINCE, EventType.ASSAULT, "2017-10-17", "2017-10-17"),
        (None, EventType.VOTE, None, None),
    ]
    events = [
        Event(
            id=f"{n}/e", article_id=article.id, type=kind, quad=kind.quad, place=where, regions=("IQ", "IQ-KI") if where else (),
            source_actors=(Actor(name="Army & co", text="x"), Actor(name="Militia", text="x")), confidence=0.75,
            date_start=first and dt.date.fromisoformat(first), date_end=last and dt.date.fromisoformat(last),
            fatalities=3 if n == 0 else None, start=0, end=19, quote=HOSTILE,
            unplaced_reason="" if where else "No place is named.", undated_reason="" if first else "No day is named.",
        )
        for n, (where, kind, first, last) in enumerate(chosen)
    ]  # fmt: skip
    with Store.open(tmp_path) as opened:
        opened.write([Reading(article=article, mentions=(), events=tuple(events))])
        yield opened


def as_kml(store, view=View(), **options):  # noqa: B008 - frozen
    file = io.StringIO()
    to_kml(store, view, file, colours=COLOURS, **options)
    return file.getvalue()


def as_parquet(store, view=View(), **options):  # noqa: B008 - frozen
    file = io.BytesIO()
    to_geoparquet(store, view, file, **options)
    return file.getvalue()


def schema():
    return etree.XMLSchema(etree.parse(Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"))


def placemarks(made, prefix="event-"):
    tree = etree.fromstring(made.encode())
    return [one for one in tree.iter(f"{KML}Placemark") if one.get("id").startswith(prefix)]


@pytest.mark.parametrize("areas", [None, {"IQ-KI": SQUARE}, {"IQ-KI": HOLED}, {}])
@pytest.mark.parametrize("view", [View(), View(regions=("FR",))])
def test_kml_is_valid_by_the_schema_of_the_standard(store, view, areas):
    meta = {"view": HOSTILE, "title": HOSTILE, "url": "https://x.example/?a=1&b=2", "limits": "<b>"}
    made = as_kml(store, view, meta=meta, shape=areas.get if areas is not None else None)
    checker = schema()
    assert checker.validate(etree.fromstring(made.encode())), checker.error_log
    assert len(placemarks(made)) == store.counts(view).events


def test_kml_says_where_and_when_no_closer_than_is_known(store):
    by_id = {one.get("id"): one for one in placemarks(as_kml(store, shape={"IQ-KI": SQUARE}.get))}
    kirkuk, suva, province, nowhere = (by_id[f"event-{n}_2f_e"] for n in range(4))
    assert kirkuk.findtext(f".//{KML}coordinates") == "44.392225,35.468061"
    assert kirkuk.findtext(f".//{KML}when") == "2017-10-16"
    assert "settlement, ±5 km" in kirkuk.findtext(f"{KML}description")
    assert suva.findtext(f".//{KML}coordinates") == "178.441900,-18.141600"
    assert (suva.findtext(f".//{KML}begin"), suva.findtext(f".//{KML}end")) == ("2017-10-01", "2017-10-31")
    for one in (province, nowhere):
        assert one.find(f"{KML}Point") is None
    assert "no closer place is known" in province.findtext(f"{KML}description")
    assert "No place is named." in nowhere.findtext(f"{KML}description")
    assert nowhere.find(f"{KML}TimeStamp") is None
    (area,) = placemarks(as_kml(store, shape={"IQ-KI": SQUARE}.get, name_of=lambda _: "Kirkuk province"), "area-")
    assert area.findtext(f"{KML}name") == "1 event somewhere in Kirkuk province"
    assert area.findtext(f".//{KML}coordinates").split()[1] == "45.000000,35.000000"


def test_kml_has_the_colour_of_each_class_and_every_style_that_is_used(store):
    tree = etree.fromstring(as_kml(store, shape={"IQ-KI": SQUARE}.get).encode())
    styles = {f"#{one.get('id')}" for kind in ("Style", "StyleMap") for one in tree.iter(f"{KML}{kind}")}
    assert {one.text for one in tree.iter(f"{KML}styleUrl")} <= styles
    assert tree.findtext(f".//{KML}Style[@id='quad4-normal']/{KML}IconStyle/{KML}color") == "ff005ed5"
    assert not list(tree.iter(f"{KML}href"))


def test_a_balloon_shows_text_of_articles_as_text(store):
    for one in placemarks(as_kml(store)):
        shown = one.findtext(f"{KML}description")
        assert "<script" not in shown
        assert "$[id]" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert '<a href="https://example.org/?a=1&amp;b=2">' in shown


@given(st.text())
def test_any_text_can_stand_in_kml(given_text):
    assert etree.fromstring(f"<a>{text(given_text)}</a>".encode()) is not None


def test_gdal_reads_kml(store, tmp_path):
    path = tmp_path / "events.kml"
    path.write_text(as_kml(store, shape={"IQ-KI": SQUARE}.get), encoding="utf-8")
    layers = {name: kind for name, kind in pyogrio.list_layers(path)}  # noqa: C416  an array of pairs
    assert [name for name in layers if not name.startswith("Areas")] == [
        "Material conflict (2)", "Verbal cooperation (1)", "Political process (1)",
    ]  # fmt: skip
    table = geopandas.read_file(path, layer="Material conflict (2)")
    assert len(table) == 2
    (point,) = table.geometry.dropna()
    assert (point.x, point.y) == (44.392225, 35.468061)
    areas = geopandas.read_file(path, layer="Areas of events without a closer place")
    assert areas.geometry.iloc[0].bounds == (44, 35, 45, 36)


def test_geoparquet_passes_its_validator(store, tmp_path, monkeypatch):
    for number, view in enumerate((View(), View(types=(EventType.VOTE,)), View(regions=("FR",)))):
        path = tmp_path / f"{number}.parquet"
        path.write_bytes(as_parquet(store, view))
        report = geoparquet_validator.check(str(path))
        # Without a point there is nothing to say about where groups of rows lie.
        kinds = ("core", "covering", "distribution") if number == 0 else ("core", "covering")
        assert not [test for kind in kinds for test in geoparquet_validator.failed(report, kind)], report["outcomes"]
    monkeypatch.setattr(flat, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(geoparquet, "ROWS_IN_GROUP", 2)
    made = as_parquet(store)
    assert pq.ParquetFile(io.BytesIO(made)).metadata.num_row_groups == 2
    report = geoparquet_validator.check_bytes("x.parquet", made)  # its second group has no point
    assert not [test for kind in ("core", "covering") for test in geoparquet_validator.failed(report, kind)]


def test_geopandas_reads_geoparquet(store):
    made = as_parquet(store, meta={"view": "All", "limits": "The newest 4 of 5."})
    table = geopandas.read_parquet(io.BytesIO(made)).set_index("id")
    assert table.crs.to_string() == "OGC:CRS84"
    assert len(table) == 4
    assert (table.geometry["0/e"].x, table.geometry["0/e"].y) == (44.392225, 35.468061)
    assert table.geometry[["2/e", "3/e"]].isna().all()
    assert (table.region["2/e"], table.date_start["0/e"]) == ("IQ-KI", dt.date(2017, 10, 16))
    assert list(table.source_actors["0/e"]) == ["Army & co", "Militia"]
    assert table.quote["0/e"] == HOSTILE
    near = geopandas.read_parquet(io.BytesIO(made), bbox=(44, 35, 45, 36))
    assert list(near.id) == ["0/e"]
    metadata = pq.read_metadata(io.BytesIO(made)).metadata
    assert json.loads(metadata[b"geo"])["columns"]["geometry"]["bbox"] == [44.392225, -18.1416, 178.4419, 35.468061]
    assert json.loads(metadata[b"conflictmap"])["limits"] == "The newest 4 of 5."


def test_a_table_without_geometry_has_columns_of_their_own_types(store):
    table = pq.read_table(io.BytesIO(as_parquet(store)))
    assert table.num_rows == 4
    assert table["fatalities"].to_pylist() == [None, 3, None, None]
    assert str(table["published"].type) == "date32[day]"
    assert table["bbox"].null_count == table["geometry"].null_count == 2
