"""The view as one HTML file: it opens from the disk, with no network at all."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from dashboard import resources
from dashboard.summary import sentence_text, title_of
from geodata.ontology import EventType
from geodata.view import View

MOST_BYTES = 1_000_000  # besides the events
BYTES_AN_EVENT = 6_000
VIEW = View(types=(EventType.ASSAULT,), regions=("IQ",))


@pytest.fixture
def saved(the_map, tmp_path):
    """Return the file that the button gives for a view."""
    the_map.open("v=1&type=assault&region=IQ")
    the_map.agrees(VIEW)
    the_map.page.locator(".st-key-download button").first.click()
    with the_map.page.expect_download() as waiting:
        the_map.page.get_by_test_id("download-html").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.suffix == ".html"
    return path


@pytest.fixture
def opened(new_context, saved):
    """Return the file open in a browser without a network, and what watches it."""
    context, watch = new_context("", offline=True)
    page = context.new_page()
    page.goto(saved.as_uri())
    return page, watch


def test_opens_offline_with_everything(dashboard, saved, opened):
    page, watch = opened
    with dashboard.store() as store:
        counts = store.counts(VIEW)
        ids = {stored.event.id for stored in store.events(VIEW, limit=1000)}
    words = sentence_text(counts, VIEW, resources.region_name)
    expect(page.get_by_test_id("sentence")).to_have_text(words)
    expect(page).to_have_title(title_of(VIEW, resources.region_name))
    cards = page.get_by_test_id("event-card")
    expect(cards).to_have_count(counts.events)
    assert set(cards.evaluate_all("cards => cards.map(card => card.dataset.event)")) == ids
    marks = page.locator(".leaflet-marker-icon[aria-label]")
    expect(marks.first).to_be_visible()
    canvases = page.locator("#map canvas")
    assert canvases.count() >= 1
    expect(page.get_by_test_id("map-legend")).to_contain_text("only the area is known")
    expect(page.locator("#map .leaflet-control-attribution")).to_contain_text("GeoNames")
    expect(page.locator("footer")).to_contain_text("no opinion on the legal status")
    expect(page.locator("footer")).to_contain_text("not verified incidents")
    expect(page.locator("path.cm-outline").first).to_be_attached()
    assert saved.stat().st_size < MOST_BYTES + BYTES_AN_EVENT * counts.events
    assert all(url.startswith(("file:", "data:", "blob:")) for url in watch.asked), watch.asked
    assert watch.sockets == []
    watch.check_all()


def test_map_and_cards_are_linked(opened):
    page, watch = opened
    mark = page.get_by_test_id("map-point").first
    mark.click()
    expect(page.locator("#list-heading")).to_contain_text(" at ")
    shown = page.locator(".item:visible")
    assert 0 < shown.count() < page.locator(".item").count()
    expect(page.locator(".item.selected")).to_have_count(1)
    expect(page.locator(".cm-selected-ring")).to_have_count(1)
    page.get_by_role("button", name="Show all").click()
    expect(shown).to_have_count(page.locator(".item").count())
    page.get_by_role("button", name="Show on map").last.click()
    expect(page.locator(".item").last).to_have_class("item selected")
    page.locator(".cm-selected-ring, .cm-pill-selected").first.wait_for(state="attached")
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 400
    watch.check_all()


def test_other_downloads_hold_the_same_events(the_map, tmp_path):
    the_map.open("v=1&type=assault&region=IQ")
    with the_map.installation.store() as store:
        counts = store.counts(VIEW)
    the_map.page.locator(".st-key-download button").first.click()
    with the_map.page.expect_download() as waiting:
        the_map.page.get_by_role("link", name="Places (GeoJSON)").click()
    waiting.value.save_as(tmp_path / "view.geojson")
    found = json.loads((tmp_path / "view.geojson").read_text(encoding="utf-8"))
    assert len(found["features"]) == counts.events
    with the_map.page.expect_download() as waiting:
        the_map.page.get_by_role("link", name="Table (CSV)").click()
    waiting.value.save_as(tmp_path / "view.csv")
    import csv  # noqa: PLC0415

    with (tmp_path / "view.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == counts.events
