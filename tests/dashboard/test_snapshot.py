"""The saved file: whole, offline, and deaf to hostile texts."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re

import pytest

from dashboard.formats import Format
from dashboard.snapshots import making
from dashboard.snapshots.html import safe_json
from dashboard.snapshots.making import live
from geodata.ontology import EventType
from geodata.view import View


@pytest.fixture
def page(installation) -> str:
    assert installation.data_dir.is_dir()
    return live(View(), Format.HTML, title="<Title> & more").decode()


def data_of(page: str) -> dict:
    return json.loads(
        re.search(r'<script type="application/json" id="conflictmap-data">(.*?)</script>', page, re.DOTALL).group(1)
    )


def test_file_holds_the_view(page):
    assert "<title>&lt;Title&gt; &amp; more</title>" in page
    assert "<strong>6 reported events</strong> from 4 articles" in page
    data = data_of(page)
    assert {point["name"] for point in data["points"]} == {"Kirkuk", "Erbil"}
    assert data["areas"][0]["kind"] == "admin1"
    assert "IQ-NI" in data["regions"]
    assert page.count('data-testid="event-card"') == 6
    assert "no opinion on the legal status" in page
    assert re.search(r"Made \d{4}-\d\d-\d\d \d\d:\d\d UTC", page)
    assert re.search(r"SHA-256 of events.geojson: <code>[0-9a-f]{64}</code>", page)


@pytest.mark.usefixtures("filled_store")
def test_file_tells_filters_and_address():
    view = View(types=(EventType.RETREAT,), date_from=dt.date(2017, 10, 1), date_to=dt.date(2017, 10, 31))
    page = live(view, Format.HTML, title="x").decode()
    assert "Filters: 1–31 October 2017, retreat." in page
    assert "?v=1&amp;from=2017-10-01&amp;to=2017-10-31&amp;type=retreat" in page
    assert page.count('data-testid="event-card"') == 1


def test_hostile_title_is_text(page):
    assert "<script>alert(1)" not in page
    assert "<img" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in page
    assert "javascript:alert" not in re.sub(r"<code>.*?</code>", "", page)


def test_nothing_is_loaded_from_anywhere(page):
    markup = re.sub(r"<script[ >].*?</script>", "", page, flags=re.DOTALL)
    assert re.findall(r"""(?:src|href|srcset|action)=["']([^"']*)""", markup) == [
        "data:,",
        *["https://news.example/1"] * 2,
    ]
    styles = re.search(r"<style>(.*?)</style>", page, re.DOTALL).group(1)
    assert "url(" not in styles
    assert "@import" not in styles


def test_policy_names_every_script_by_its_hash(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1).replace("&#x27;", "'")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) >= 7
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_data_cannot_end_its_script(hostile):
    written = safe_json({"title": hostile})
    assert "<" not in written
    assert "\u2028" not in written
    assert json.loads(written) == {"title": hostile}


@pytest.mark.usefixtures("filled_store")
def test_limit_is_told(monkeypatch):
    monkeypatch.setattr(making, "LISTED", 2)
    page = live(View(), Format.HTML, title="x").decode()
    assert page.count('data-testid="event-card"') == 2
    assert "The newest 2 of 6 reported events" in page
    assert "The newest 2 are listed beside the map; the data files have 6." in page
    assert sum(mark["count"] for mark in [*data_of(page)["points"], *data_of(page)["areas"]]) == 5


@pytest.mark.usefixtures("filled_store")
def test_empty_view_is_a_file_too():
    page = live(View(text="nothing has this word"), Format.HTML, title="x").decode()
    assert "<strong>No reported events</strong>" in page


def test_file_is_small(page):
    assert len(page.encode()) < 1_000_000
