"""The safety settings hold for every file, page and address, and are said on each of them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import dashboard
from dashboard import resources
from dashboard.cli import app
from dashboard.snapshots import folder, making
from dashboard.snapshots.record import from_json, to_json
from geodata.errors import SafetyError
from geodata.settings import settings
from geodata.view import View

APP = Path(dashboard.__file__).parent / "app.py"
SETTINGS = {
    "CONFLICTMAP_SHARE_PRECISION": "province",
    "CONFLICTMAP_SHARE_PERSONS": "no",
    "CONFLICTMAP_SHARE_QUOTES": "no",
}
HIDDEN = ("Jane Doe", "jane-doe", "44.39222", "35.46806", "was taken away")
SAID = "places are given no closer than provinces"


@pytest.fixture
def careful(installation, reading_of, monkeypatch):
    """Set everything, with a person in the store."""
    resources.store().write([
        reading_of(
            "Jane Doe was taken away in Kirkuk.", {"target": "Jane Doe"},
            title="Jane Doe held", url="https://news.example/jane-doe-held",
        )
    ])  # fmt: skip
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield installation
    settings.cache_clear()


def run(*arguments):
    return CliRunner(env={"COLUMNS": "200"} | SETTINGS).invoke(app, [str(argument) for argument in arguments])


def tells(content: bytes) -> str:
    return content.decode("utf-8", "replace") + content.decode("latin-1")


def test_every_file_of_a_snapshot_keeps_to_the_settings_and_says_so(careful):
    path = careful.data_dir / "safe.zip"
    assert run("snapshot", "--title", "Kirkuk", "-o", path).exit_code == 0
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    paper = PdfReader(io.BytesIO(files["map.pdf"])).pages[0].extract_text()
    for hidden in HIDDEN:
        for name, content in files.items():
            assert hidden.casefold() not in tells(content).casefold(), name
        assert hidden not in paper
    for name in (
        "map.html",
        "README.txt",
        "snapshot.json",
        "events.geojson",
        "events.csv",
        "events.kml",
        "events.parquet",
    ):
        assert SAID in " ".join(tells(files[name]).split()), name
    assert "no closer than provinces" in " ".join(paper.split())
    assert json.loads(files["snapshot.json"])["safety"] == "province persons quotes"
    assert json.loads(files["events.geojson"])["features"]
    assert run("verify", path).exit_code == 0


@pytest.mark.parametrize("kind", ["csv", "geojson", "kml", "parquet", "html"])
def test_exports_keep_to_the_settings_and_say_so(careful, kind):
    path = careful.data_dir / f"view.{kind}"
    assert run("export", "--format", kind, "-o", path).exit_code == 0
    told = tells(path.read_bytes())
    assert SAID in told
    for hidden in HIDDEN:
        assert hidden.casefold() not in told.casefold()


@pytest.mark.usefixtures("careful")
def test_the_route_of_exports_keeps_to_them_too(client):
    found = client.get("/api/events.geojson")
    assert SAID in found.text
    assert "Jane Doe" not in found.text
    refused = client.get("/api/events.geojson?actor=Jane+Doe")
    assert refused.status_code == 403
    assert "take the name out" in refused.json()["error"]


@pytest.mark.usefixtures("careful")
def test_a_name_in_the_filters_or_the_title_is_refused():
    for order in (
        making.Order(view=View(actors=("Jane Doe",))),
        making.Order(view=View(), title="What befell Jane Doe"),
        making.Order(view=View(), note="jane doe is my source"),
    ):
        with pytest.raises(SafetyError, match="take the name out"):
            folder.freeze(order)
    assert folder.every() == ([], [])


def test_settings_that_cannot_be_read_share_nothing(installation, monkeypatch):
    monkeypatch.setenv("CONFLICTMAP_SHARE_PRECISION", "distrikt")
    settings.cache_clear()
    with pytest.raises(SafetyError, match="use settlement, district or province"):
        folder.freeze(making.Order(view=View()))
    assert not list((installation.data_dir / "snapshots").glob("*"))
    settings.cache_clear()


def test_then_and_now_compares_like_with_like(client, careful, monkeypatch):
    strict = folder.freeze(making.Order(view=View(), title="Strict"))
    for name in SETTINGS:
        monkeypatch.delenv(name)
    settings.cache_clear()
    found = client.get(f"/s/{strict.record.id}/changes")
    assert "show the same" in found.json()["words"]
    loose = folder.freeze(making.Order(view=View(), title="Loose"))
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    found = client.get(f"/s/{loose.record.id}/changes")
    assert "More is left out" in found.json()["words"]
    assert "Jane Doe" not in found.text
    assert careful.data_dir.is_dir()


@pytest.mark.usefixtures("installation")
def test_a_snapshot_of_before_there_were_settings_opens():
    kept = folder.freeze(making.Order(view=View()))
    old = json.loads(to_json(kept.record))
    del old["safety"]
    assert from_json(json.dumps(old).encode()).safety == ""


@pytest.mark.usefixtures("careful")
def test_the_screen_says_why_a_view_cannot_be_shared():
    page = AppTest.from_file(str(APP), default_timeout=90)
    page.query_params["actor"] = "Jane Doe"
    page.run()
    assert not page.exception
    assert any("take the name out of the filters" in error.value for error in page.error)
