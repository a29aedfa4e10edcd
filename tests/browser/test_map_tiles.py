"""Online tiles by a setting: chosen by hand, named, and given up for the built-in map when they fail."""

from __future__ import annotations

import base64
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from driving import MapPage, Watch
from playwright.sync_api import expect
from serving import running

# One grey pixel, which the browser stretches.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOor6//DwAFhAKAjM1mJgAAAABJRU5ErkJggg=="
)


class Tiles(ThreadingHTTPServer):
    """A tile server that can be switched off."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.works = True
        self.asked: list[tuple[str, str]] = []


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("Referer", "")))
        self.send_response(200 if self.server.works else 503)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(PIXEL if self.server.works else b"")

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def tiles():
    server = Tiles()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def with_tiles(tmp_path_factory, pytestconfig, gazetteer_path, sample_store, tiles):
    yield from running(
        tmp_path_factory.mktemp("tiles"),
        gazetteer_path=gazetteer_path,
        filled=sample_store,
        cwd=Path(pytestconfig.rootpath),
        CONFLICTMAP_TILES=f"http://127.0.0.1:{tiles.server_port}/{{z}}/{{x}}/{{y}}.png",
        CONFLICTMAP_TILES_ATTRIBUTION="© Example <b>tiles</b>",
    )


@pytest.fixture
def the_map(browser, with_tiles, tiles):
    tiles.works = True
    tiles.asked.clear()
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    watch = Watch(with_tiles.url)
    watch.follow(context)
    yield MapPage(context.new_page(), with_tiles, watch)
    context.close()
    assert not watch.errors


def test_nothing_is_asked_for_before_somebody_chooses(the_map, tiles):
    the_map.open("v=1&region=IQ")
    the_map.frame.locator(".leaflet-control-zoom-in").click()
    the_map.settled()
    assert tiles.asked == []


def test_chosen_tiles_are_shown_with_their_owner_and_remembered(the_map, tiles):
    the_map.open("v=1&region=IQ")
    the_map.frame.get_by_test_id("choose-Streets").click()
    expect(the_map.frame.locator("img.leaflet-tile-loaded").first).to_be_visible()
    attribution = the_map.frame.locator(".leaflet-control-attribution")
    expect(attribution).to_contain_text("© Example <b>tiles</b>")
    expect(attribution).to_contain_text("Natural Earth")
    assert all(referrer == the_map.installation.url + "/" for _, referrer in tiles.asked), (
        "the site, and no more, is told"
    )
    expect(the_map.marks.first).to_be_visible()
    the_map.page.reload()
    the_map.ready()
    expect(the_map.frame.locator("img.leaflet-tile-loaded").first).to_be_visible()
    the_map.frame.get_by_test_id("choose-").click()
    expect(the_map.frame.locator("img.leaflet-tile")).to_have_count(0)


def test_the_built_in_map_comes_back_when_tiles_fail(the_map, tiles):
    tiles.works = False
    the_map.open("v=1&region=IQ")
    the_map.frame.get_by_test_id("choose-Streets").click()
    problem = the_map.frame.locator(".cm-problem")
    expect(problem).to_contain_text("The online map could not be loaded: this is the built-in one.")
    expect(the_map.frame.locator("img.leaflet-tile")).to_have_count(0)
    expect(the_map.frame.get_by_test_id("choose-")).to_have_attribute("aria-pressed", "true")
    expect(the_map.marks.first).to_be_visible()
    with the_map.page.expect_response(lambda answer: "/api/cells" in answer.url):
        the_map.frame.locator(".leaflet-control-zoom-out").click()
    the_map.settled()
    the_map.look()  # at rest: a layer laid on while the map still zooms asks for the tiles of before too
    expect(problem).to_be_visible()  # that events have come does not mend the online map
    tiles.works = True
    problem.get_by_role("button", name="Try again").click()
    expect(the_map.frame.locator("img.leaflet-tile-loaded").first).to_be_visible()
    tiles.works = False  # a server that fails later is given up too
    the_map.frame.locator(".leaflet-control-zoom-in").click()
    expect(problem).to_contain_text("this is the built-in one")
    expect(the_map.frame.locator("img.leaflet-tile")).to_have_count(0)
