"""A snapshot from the command line: every file opens in a reader of its own field, and tampering is named."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import fastkml
import geopandas
import pytest
from lxml import etree
from PIL import Image
from pypdf import PdfReader
from typer.testing import CliRunner

from dashboard import resources
from dashboard.cli import app
from dashboard.snapshots import folder, frozen, making
from dashboard.snapshots.picture import sheets
from geodata.errors import SnapshotError
from geodata.event import Precision
from geodata.settings import settings
from geodata.store.freezing import unplaced_reasons
from geodata.view import View

DATA = Path(__file__).parent / "data"
SCHEMA = etree.XMLSchema(etree.parse(Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"))


def run(*arguments):
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def made(installation):
    path = installation.data_dir / "kirkuk.zip"
    result = run("snapshot", "--title", "Kirkuk <b>كركوك</b>", "-o", path)
    assert result.exit_code == 0, result.output
    return path


def rewritten(path, change):
    """Write the zip again with some of its files changed, and return where."""
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def test_each_file_opens_and_holds_the_view(made):
    with zipfile.ZipFile(made) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    table = geopandas.read_file(io.BytesIO(files["events.geojson"]))
    assert len(table) == 6
    points = table[table.geometry.notna()]
    placed = {(round(point.y, 3), round(point.x, 3)) for point in points.geometry}
    assert placed == {(35.468, 44.392), (36.193, 44.011)}
    parquet = geopandas.read_parquet(io.BytesIO(files["events.parquet"]))
    assert list(parquet.id) == list(table.id)
    assert list(parquet.geometry.dropna().to_wkb()) == list(points.geometry.to_wkb())
    kml = etree.fromstring(files["events.kml"])
    assert SCHEMA.validate(kml), SCHEMA.error_log
    marks = [one for one in kml.iter("{*}Placemark") if one.get("id").startswith("event-")]
    assert {one.findtext(".//{*}SimpleData[@name='id']") for one in marks} == set(table.id)
    at = {
        tuple(round(float(side), 3) for side in one.text.split(","))
        for one in kml.iterfind(".//{*}Point/{*}coordinates")
    }
    assert at == {(lon, lat) for lat, lon in placed}
    assert Image.open(io.BytesIO(files["card.png"])).size == (1200, 630)
    once, twice = Image.open(io.BytesIO(files["map.png"])), Image.open(io.BytesIO(files["map@2x.png"]))
    assert twice.size == (2 * once.width, 2 * once.height)
    text = PdfReader(io.BytesIO(files["map.pdf"])).pages[0].extract_text()
    assert "6 reported events" in text
    assert "Natural Earth" in text
    assert b"<svg" in files["map.svg"][:600]
    assert json.loads(files["snapshot.json"])["events"] == 6
    assert b"<b>" not in files["map.html"]


def test_an_untouched_snapshot_is_told_to_be_so(made):
    result = run("verify", made)
    assert result.exit_code == 0
    assert "Nothing was changed" in result.output


def test_the_same_view_of_the_same_data_has_the_same_hash(made):
    again = made.with_name("again.zip")
    run("snapshot", "--title", "Another title", "-o", again)
    hashes = [json.loads(zipfile.ZipFile(path).read("snapshot.json"))["sha256"] for path in (made, again)]
    assert hashes[0] == hashes[1]


@pytest.mark.parametrize(("name", "old", "new"), [
    ("events.geojson", b"Example News", b"Another News"),
    ("events.csv", b"Kirkuk", b"Mosul"),
    ("events.kml", b"Kirkuk", b"Mosul"),
    ("events.parquet", b"PAR1", b"PAR2"),
])  # fmt: skip
def test_a_changed_file_is_named(made, name, old, new):
    changed = rewritten(made, lambda each, content: content.replace(old, new, 1) if each == name else content)
    result = run("verify", changed)
    assert result.exit_code == 1
    assert name in result.output
    assert "This is not what was frozen" in result.output


@pytest.mark.parametrize(("field", "value"), [
    ("title", "Another title"), ("note", "A lie"), ("events", 99), ("not_placed", 0), ("sources", []),
    ("permalink", "https://elsewhere.example/"), ("created", "2020-01-01T00:00:00+00:00"), ("added", "a field"),
])  # fmt: skip
def test_what_the_snapshot_says_of_itself_cannot_be_changed_unseen(made, field, value):
    def change(name: str, content: bytes) -> bytes:
        return json.dumps(json.loads(content) | {field: value}).encode() if name == "snapshot.json" else content

    result = run("verify", rewritten(made, change))
    assert result.exit_code == 1
    assert "snapshot.json was changed" in result.output
    assert "README.txt" in result.output  # which still says it as it was


def test_the_record_is_checked_by_itself_too(made, tmp_path):
    zipfile.ZipFile(made).extract("snapshot.json", tmp_path)
    path = tmp_path / "snapshot.json"
    assert run("verify", path).exit_code == 0
    path.write_text(path.read_text().replace('"events": 6', '"events": 7'))
    assert run("verify", path).exit_code == 1


def test_a_zip_that_would_write_elsewhere_is_refused(made):
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("../../outside.txt", "x")
    result = run("verify", made)
    assert result.exit_code == 2
    assert "refused" in result.output
    assert not isinstance(result.exception, zipfile.BadZipFile)


def test_a_bomb_is_refused(made):
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 60_000_000)
    assert run("verify", made).exit_code == 2


@pytest.mark.usefixtures("installation")
def test_a_title_that_does_not_fit_is_told_and_not_cut(tmp_path):
    out = tmp_path / "long.zip"
    result = run("snapshot", "--title", "long " * 60, "-o", out)
    assert result.exit_code == 2
    assert "The title has 300 letters, and there is room for 200" in result.output
    assert not out.exists()


@pytest.mark.usefixtures("installation")
def test_a_snapshot_by_command_leads_back_to_the_public_address(tmp_path, monkeypatch):
    monkeypatch.setenv("CONFLICTMAP_PUBLIC_URL", "https://maps.example.org/iraq/")
    settings.cache_clear()
    out = tmp_path / "made.zip"
    assert run("snapshot", "--title", "T", "--view", "?type=assault", "-o", out).exit_code == 0
    record = json.loads(zipfile.ZipFile(out).read("snapshot.json"))
    assert record["permalink"] == "https://maps.example.org/iraq/?v=1&type=assault"


@pytest.mark.usefixtures("installation")
def test_a_full_disk_leaves_nothing_behind(monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "make", full)
    with pytest.raises(SnapshotError):
        folder.freeze(making.Order(view=View()))
    assert folder.every() == ([], [])
    assert not list(folder.home().glob("*"))


@pytest.mark.usefixtures("installation")
def test_a_deleted_snapshot_is_gone():
    kept = folder.freeze(making.Order(view=View(), title="Gone soon"))
    snapshot_id = kept.record.id
    assert len(snapshot_id) >= 22  # 128 bits or more in a URL's letters
    assert [one.record.id for one in folder.every()[0]] == [snapshot_id]
    folder.delete(snapshot_id)
    with pytest.raises(SnapshotError):
        folder.open_one(snapshot_id)
    assert not list(folder.home().glob("*"))


@pytest.mark.parametrize("snapshot_id", ["", "..", "../store", "nosuchid", "a" * 5000, "\x00"])
@pytest.mark.usefixtures("installation")
def test_an_unknown_id_is_an_error_in_words(snapshot_id):
    with pytest.raises(SnapshotError):
        folder.open_one(snapshot_id)


def test_the_reasons_why_add_up_whatever_asks_for_a_place(installation):
    store = resources.store()
    for view in (View(), View(regions=("IQ-KI",)), View(precisions=(Precision.SETTLEMENT,))):
        reasons = unplaced_reasons(store, view)
        assert sum(count for _, count in reasons) == store.counts(view).not_placed == 1
    assert installation.data_dir.exists()


def test_a_smaller_picture_shows_what_the_larger_one_does(filled_store):
    view = View(lat=33.2, lon=43.5, zoom=6.0)
    order = making.Order(view=view)
    taken = frozen.take(filled_store, view, most=100)
    record = making.describe(order, taken, snapshot_id="", sha256="", now=dt.datetime.now(tz=dt.UTC))
    sheet = making.sheet_of(order, taken, record)
    large = sheets.camera_of(sheet, 1136.0, 620.0).window()
    drawn = [mark for mark in (*sheet.marks.spots, *sheet.marks.areas) if large.holds(mark["lat"], mark["lon"])]
    assert drawn
    for wide, tall in ((1200.0, 430.0), (723.0, 500.0)):
        small = sheets.camera_of(sheet, wide, tall).window()
        assert all(small.holds(mark["lat"], mark["lon"]) for mark in drawn)
    elsewhere = replace(sheet, marks=replace(sheet.marks, points=[], areas=[]))
    small = sheets.camera_of(elsewhere, 723.0, 500.0).window()  # nothing to look at more closely
    assert small.south <= large.south < large.north <= small.north
    assert small.west <= large.west < large.east <= small.east


def test_only_allowed_hosts_may_frame_a_snapshot(client, monkeypatch):
    snapshot_id = folder.freeze(making.Order(view=View(), title="Framed")).record.id
    assert "Show it on another page" not in client.get(f"/s/{snapshot_id}").text
    assert client.get(f"/s/{snapshot_id}/embed").headers["content-security-policy"] == "frame-ancestors 'self'"
    monkeypatch.setenv("CONFLICTMAP_EMBED_HOSTS", "https://news.example, nonsense;script-src")
    settings.cache_clear()
    assert "https://news.example" in client.get(f"/s/{snapshot_id}").text
    policy = client.get(f"/s/{snapshot_id}/embed").headers["content-security-policy"]
    assert policy == "frame-ancestors 'self' https://news.example"
    settings.cache_clear()


def test_the_page_of_a_snapshot_tells_what_is_new_today(client, reading_of):
    snapshot_id = folder.freeze(making.Order(view=View(), title="<script>Then</script>")).record.id
    page = client.get(f"/s/{snapshot_id}")
    assert "<script>Then" not in page.text
    assert f'property="og:image" content="http://test/s/{snapshot_id}/card.png"' in page.text
    assert client.get(f"/s/{snapshot_id}/changes").json()["new"] == 0
    resources.store().write([reading_of("Shells hit Erbil.", {})])
    found = client.get(f"/s/{snapshot_id}/changes").json()
    assert (found["new"], found["removed"], found["corrected"]) == (1, 0, 0)
    assert client.get("/s/there-is-no-such-snapshot").status_code == 404


def test_a_snapshot_of_an_older_version_opens_and_verifies(installation):
    old = DATA / "snapshot-v1.zip"
    result = run("verify", old)
    assert result.exit_code == 0, result.output
    assert "Kirkuk, October 2017" in result.output
    assert "e747a83b2c957846748a0c1a6188510370892c89fcf811ac5cb963bd51dcf857" in result.output
    path = folder.home() / ("v" * 24)
    path.mkdir(parents=True)
    with zipfile.ZipFile(old) as archive:
        archive.extractall(path)
    assert installation.data_dir in path.parents
    (kept,), damaged = folder.every()
    assert (kept.record.title, kept.record.events, damaged) == ("Kirkuk, October 2017", 5, [])


def test_the_page_of_an_older_snapshot_opens_and_compares(client):
    path = folder.home() / ("v" * 24)
    path.mkdir(parents=True)
    with zipfile.ZipFile(DATA / "snapshot-v1.zip") as archive:
        archive.extractall(path)
    assert "Kirkuk, October 2017" in client.get(f"/s/{path.name}").text
    found = client.get(f"/s/{path.name}/changes").json()
    assert (found["new"], found["removed"], found["corrected"]) == (0, 0, 0)


def test_files_with_fewer_events_than_the_view_say_so_themselves(installation):
    path = installation.data_dir / "few.zip"
    result = run("snapshot", "--title", "Few", "--most", "2", "-o", path)
    words = "The data files hold the newest 2 of 6 events"
    assert words in result.output
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert words in json.loads(files["events.geojson"])["metadata"]["limits"]
    assert len(json.loads(files["events.geojson"])["features"]) == 2
    assert words.encode() in files["events.kml"]
    assert files["events.csv"].count(words.encode()) == 2  # in each row
    assert words.encode() in files["events.parquet"]
    assert words.encode() in files["README.txt"].replace(b"\r\n", b" ")
    assert run("verify", path).exit_code == 0
