"""Every format of a view, from the routes and the command line: the same events, in a reader of its own field."""

from __future__ import annotations

import csv
import io
import json
import threading
import time
from urllib.parse import parse_qs

import geopandas
import geoparquet_validator
import pyogrio
import pytest
from PIL import Image
from pypdf import PdfReader
from typer.testing import CliRunner

from dashboard import export_api, resources
from dashboard.cli import app
from dashboard.export_api import streamed
from dashboard.formats import OFFERED, PICTURES, STREAMED, Format
from dashboard.sharing import download_links
from geodata.errors import StoreError
from geodata.view import View

VIEWS = ["", "region=IQ-KI", "type=assault&from=2017-10-16&to=2017-10-16", "q=nothing+has+this+word"]


def points_of(kind: Format, content: bytes, tmp_path) -> tuple[int, set[tuple[float, float]]]:
    """Return the number of events in a file, and the points (lat, lon) that a reader of the field sees."""
    if kind is Format.CSV:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        return len(rows), {(float(row["lat"]), float(row["lon"])) for row in rows if row["lat"]}
    if kind is Format.PARQUET:
        assert not geoparquet_validator.failed(geoparquet_validator.check_bytes("x.parquet", content), "core")
        table = geopandas.read_parquet(io.BytesIO(content))
        return len(table), {(point.y, point.x) for point in table.geometry.dropna()}
    if kind is Format.GEOJSON:
        features = json.loads(content)["features"]
        shapes = [feature["geometry"] for feature in features]
        return len(features), {
            tuple(reversed(one["coordinates"])) for one in shapes if one is not None and one["type"] == "Point"
        }
    path = tmp_path / "events.kml"
    path.write_bytes(content)
    layers = [name for name, _ in pyogrio.list_layers(path) if "(" in name]
    tables = [geopandas.read_file(path, layer=name) for name in layers]
    found = {(point.y, point.x) for table in tables for point in table.geometry.dropna()}
    return sum(len(table) for table in tables), found


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("kind", STREAMED)
def test_a_route_gives_what_the_view_shows(client, kind, query, tmp_path):
    answer = client.get(f"/api/events.{kind}?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind.media_type
    assert f'.{kind}"' in answer.headers["content-disposition"]
    view = export_api.parse_view_query(parse_qs(query))
    store = resources.store()
    rows = [row for batch in store.batches(view) for row in batch.to_pylist()]
    placed = {(row["lat"], row["lon"]) for row in rows if row["place_id"] is not None and row["area"] is None}
    count, points = points_of(kind, answer.content, tmp_path)
    assert count == store.counts(view).events == len(rows)
    assert points == placed


def test_a_wrong_format_or_filter_is_told_in_words(client):
    assert client.get("/api/events.exe").status_code == 404
    wrong = client.get("/api/events.csv?region=ATLANTIS")
    assert wrong.status_code == 400
    assert "ATLANTIS" in wrong.json()["error"]


def test_a_store_that_fails_at_once_is_told_in_words(client, monkeypatch):
    def broken(*_args, **_kwargs):
        msg = "The store cannot be read."
        raise StoreError(msg)

    monkeypatch.setattr(export_api, "write", broken)
    answer = client.get("/api/events.kml")
    assert (answer.status_code, answer.json()["error"]) == (503, "The store cannot be read.")


def test_a_file_that_breaks_off_is_not_taken_for_whole():
    def make(file):
        file.write(b"x" * 300_000)
        msg = "The disk is gone."
        raise OSError(msg)

    pieces = streamed(make)
    assert next(pieces) == b"x" * 300_000
    with pytest.raises(OSError, match="disk is gone"):
        next(pieces)


def test_what_nobody_takes_any_more_is_not_made():
    ended = threading.Event()

    def make(file):
        try:
            while True:
                file.write(b"x" * 300_000)
        finally:
            ended.set()

    pieces = streamed(make)
    next(pieces)
    pieces.close()
    assert ended.wait(10)


def test_memory_does_not_grow_with_the_file():
    made = 0

    def make(file):
        nonlocal made
        for _ in range(1000):
            file.write(b"x" * 300_000)
            made += 1

    pieces = streamed(make)
    next(pieces)
    time.sleep(0.2)
    assert made < 20
    assert sum(len(piece) for piece in pieces) == 999 * 300_000


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize("kind", STREAMED)
def test_the_command_writes_the_same(kind, client, tmp_path):
    path = tmp_path / f"out.{kind}"
    result = CliRunner().invoke(app, ["export", "--format", kind, "--view", "region=IQ", "-o", str(path)])
    assert result.exit_code == 0, result.output
    assert "5 events written." in result.output
    assert points_of(kind, path.read_bytes(), tmp_path) == points_of(
        kind, client.get(f"/api/events.{kind}?region=IQ").content, tmp_path
    )


def test_links_to_files_are_escaped_and_carry_the_filters():
    html = download_links(View(text='<b> "x" & y', lat=1.0, lon=2.0, zoom=3.0))
    assert "<b>" not in html
    assert "lat=" not in html
    assert html.count("%3Cb%3E") == len(OFFERED)


SIZES = {Format.PNG: 1200, Format.PNG_2X: 2400, Format.CARD: 1200}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_of_the_live_view_says_what_is_filtered(client, kind, tmp_path):
    answer = client.get(f"/api/map.{kind}?region=IQ-KI&lat=35.4&lon=44.4&z=8")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind.media_type
    assert answer.headers["content-disposition"].endswith(f'.{kind}"')
    path = tmp_path / f"map.{kind}"
    found = CliRunner().invoke(app, ["export", "--view", "region=IQ-KI", "--format", str(kind), "-o", str(path)])
    assert found.exit_code == 0, found.output
    for content in (answer.content, path.read_bytes()):
        if kind in SIZES:
            with Image.open(io.BytesIO(content)) as picture:
                assert picture.width == SIZES[kind]
                told = picture.text["Description"]
        elif kind is Format.PDF:
            told = " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
        else:
            told = content.decode()
        assert "3 reported events from 2 articles in Kirkuk" in told
    if kind is Format.PDF:
        told = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
        assert "http://test/?v=1&region=IQ-KI&lat=35.4&lon=44.4&z=8" in told.replace("\n", "")


def test_the_page_of_the_live_view_is_there_for_programs_too(client):
    assert "<h1" in client.get("/api/map.html?region=IQ-KI").text
    assert client.get("/api/map.exe").status_code == 404
    assert client.get("/api/map.png?region=ATLANTIS").status_code == 400
