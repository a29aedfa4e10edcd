"""Every address of the server is known: it is the dashboard's own, it shows no events, or it keeps to the safety settings."""

from __future__ import annotations

import io
import zipfile

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from dashboard import resources
from dashboard.cli import app
from dashboard.formats import DRAWN, STREAMED
from dashboard.routing import every_route
from dashboard.snapshots import folder, making
from geodata.settings import settings
from geodata.store import Store
from geodata.view import View

SETTINGS = {
    "CONFLICTMAP_SHARE_PRECISION": "province",
    "CONFLICTMAP_SHARE_PERSONS": "no",
    "CONFLICTMAP_SHARE_QUOTES": "no",
}
HIDDEN = ("jane doe", "jane-doe", "janedoe", "44.39222", "35.46806", "was taken away")
# What the pages of the dashboard ask for themselves: whoever can open these can open the pages.
OWN = {"/api/cells", "/api/heat", "/api/by-region", "/api/timeline", "/api/charts", "/api/names"}
NO_EVENTS = {
    "/api/shapes/{country:str}",
    "/api/regions",
    "/api/regions/{region_id:str}",
    "/api/basemap",
    "/api/basemap/{country:str}",
    "/assets/{name:path}",
    "/healthz",
}
EXPORTS = {"/api/events.{ending:str}", "/api/map.{ending:str}"}
FEED = "/feed.atom"
SNAPSHOTS = {
    "/s/{snapshot_id:str}.zip",
    "/s/{snapshot_id:str}",
    "/s/{snapshot_id:str}/embed",
    "/s/{snapshot_id:str}/changes",
    "/s/{snapshot_id:str}/{name:str}",
}


@pytest.fixture(params=["folder", "database"])
def careful(request, installation, reading_of, monkeypatch):
    """Set everything, with a person in the store: in a folder, or in a PostgreSQL database."""
    resources.store().write([
        reading_of(
            "Jane Doe was taken away in Kirkuk.", {"target": "Jane Doe"},
            title="Jane Doe held", url="https://news.example/jane-doe-held",
        )
    ])  # fmt: skip
    if request.param == "database":
        address = request.getfixturevalue("database")
        with Store.open(address) as store:
            store.copy_from(resources.store().folder)
        monkeypatch.setenv("CONFLICTMAP_DATABASE", address)
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    resources.reset()
    yield installation
    resources.reset()
    settings.cache_clear()


def test_every_address_is_known_here():
    known = OWN | NO_EVENTS | EXPORTS | {FEED} | SNAPSHOTS
    assert sorted(route.path for route in every_route()) == sorted(known)


def read(content):
    """Return all text of an answer, unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(read(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        return PdfReader(io.BytesIO(content)).pages[0].extract_text()
    return content.decode("utf-8", "replace") + content.decode("latin-1")


@pytest.mark.usefixtures("careful")
def test_whatever_is_shared_keeps_to_the_settings(client):
    kept = folder.freeze(making.Order(view=View(), title="Shared"))
    page = f"/s/{kept.path.name}"
    addresses = [
        FEED,
        *(f"/api/events.{kind}" for kind in STREAMED),
        *(f"/api/map.{kind}" for kind in DRAWN),
        page,
        f"{page}.zip",
        f"{page}/embed",
        f"{page}/changes",
        *(f"{page}/{name}" for name in kept.names),
    ]
    for address in addresses:
        found = client.get(address)
        assert found.status_code == 200, address
        told = read(found.content).casefold()
        for hidden in HIDDEN:
            assert hidden not in told, f"{hidden} in {address}"
    for address in (FEED, "/api/events.csv", "/api/map.png"):
        assert client.get(f"{address}?actor=Jane+Doe").status_code == 403


def test_the_command_line_keeps_to_them_too(careful):
    for arguments in (("snapshot", "--title", "Shared", "-o", "x.zip"), ("export", "--format", "html", "-o", "x.html")):
        path = careful.data_dir / arguments[-1]
        found = CliRunner(env=SETTINGS).invoke(app, [*arguments[:-1], str(path)])
        assert found.exit_code == 0, found.output
        told = read(path.read_bytes()).casefold()
        assert not [hidden for hidden in HIDDEN if hidden in told]
