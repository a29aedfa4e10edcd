"""The dashboard below a path of a host that has other things too, as behind a proxy."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import feedparser
import pytest
from driving import PAINT_MS, MapPage
from playwright.sync_api import expect
from serving import running

QUERY = "v=1&type=assault&region=IQ"


@pytest.fixture(scope="module")
def below(tmp_path_factory, pytestconfig, gazetteer_path, sample_store):
    """Return a server whose pages lie below a path of two parts."""
    folder, root = tmp_path_factory.mktemp("below"), Path(pytestconfig.rootpath)
    yield from running(folder, gazetteer_path=gazetteer_path, filled=sample_store, cwd=root, base_path="/maps/north")


def test_the_map_is_drawn_and_shared_below_a_path(new_context, below):
    context, watch = new_context(below.url)
    opened = MapPage(context.new_page(), below, watch).open(QUERY)
    page = opened.page
    page.get_by_test_id("share-snapshot").click()
    page.get_by_label("Title").fill("Below a path")
    page.locator(".st-key-share-freeze button").click()
    dialog = page.get_by_test_id("stDialog")
    expect(dialog).to_contain_text("The snapshot is made", timeout=3 * PAINT_MS)  # the first one of this server
    address = dialog.get_by_test_id("stCode").inner_text().strip()
    assert address.startswith(f"{below.url}/s/")
    with context.expect_page() as opening:
        dialog.get_by_role("link", name="Open").click()
    snapshot = opening.value
    expect(snapshot.get_by_role("heading", level=1)).to_have_text("Below a path")
    frozen = snapshot.frame_locator("iframe")
    expect(frozen.locator(".leaflet-container")).to_be_visible()
    answered = context.request.get(snapshot.get_by_role("link", name="Download all").evaluate("link => link.href"))
    assert "events.geojson" in zipfile.ZipFile(io.BytesIO(answered.body())).namelist()
    feed = feedparser.parse(
        context.request.get(snapshot.get_by_role("link", name="Follow").evaluate("a => a.href")).body()
    )
    assert feed.entries
    assert all(entry.link.startswith(f"{below.url}/?v=1&") for entry in feed.entries)
    snapshot.get_by_role("link", name="Open with today").click()
    expect(snapshot).to_have_url(re.compile(rf"^{re.escape(below.url)}/\?v=1&"))
    expect(snapshot.get_by_test_id("share-snapshot")).to_be_visible(timeout=PAINT_MS)
