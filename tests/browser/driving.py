"""A browser that notes everything it is asked to do, and the pages as a person sees them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard import resources
from dashboard.summary import sentence_text

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, FrameLocator, Locator, Page, Request, Response
    from serving import Installation

    from geodata.view import View

WIDE = {"width": 1400, "height": 900}
PAINT_MS = 30_000  # the longest that a busy machine may take
# Streamlit asks these of the page's own folder before it asks them of the root; on /articles that is no page.
_PROBES = re.compile(r"/_stcore/(host-config|health)")
_OWN_SCHEMES = frozenset({"data", "blob", "file", "about"})
_SHOWN = re.compile(r"([\d,]+) reported events?")

# A map that was thrown glides on for a while: wait until it has been where it is for ten frames.
AT_REST = """
() => new Promise(resolve => {
  let last = '', still = 0;
  const look = () => {
    const map = ConflictMap._live.map, c = map.getCenter();
    const now = [c.lat, c.lng, map.getZoom()];
    still = String(now) === last && !map._animatingZoom ? still + 1 : 0;
    last = String(now);
    if (still >= 10) resolve(now); else requestAnimationFrame(look);
  };
  look();
})
"""

# Wait until an element has been as high as it is for ten frames.
STILL = """
element => new Promise(resolve => {
  let last = -1, still = 0;
  const look = () => {
    const now = element.getBoundingClientRect().height;
    still = now === last ? still + 1 : 0;
    last = now;
    if (still >= 10) resolve(now); else requestAnimationFrame(look);
  };
  look();
})
"""


@dataclass
class Watch:
    """Everything that the pages of one context asked for, and everything that went wrong in them."""

    home: str
    asked: list[str] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)  # frames from pages to the server
    errors: list[str] = field(default_factory=list)  # what a script threw and nobody caught
    complaints: list[str] = field(default_factory=list)  # what stands in the console as an error

    def follow(self, context: BrowserContext) -> None:
        """Listen from now on."""
        context.on("request", self._request)
        context.on("page", self._page)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.errors.append(f"page error: {error.error}"))

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda socket: (self.sockets.append(socket.url), socket.on("framesent", self._frame)))
        page.on("crash", lambda _: self.errors.append("the page crashed"))

    def _frame(self, payload: str | bytes) -> None:
        self.sent.append(payload if isinstance(payload, bytes) else payload.encode())

    def _console(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not _PROBES.search(where + message.text):
            self.complaints.append(f"{message.text} ({where})")

    @property
    def runs(self) -> int:
        """How often the pages asked Streamlit to run them, the regular look for new events left out."""
        messages = [BackMsg.FromString(payload) for payload in self.sent]
        return sum(message.HasField("rerun_script") and not message.rerun_script.fragment_id for message in messages)

    @property
    def foreign(self) -> list[str]:
        """Addresses that are not the server's own."""
        home = urlsplit(self.home).netloc
        return [
            url
            for url in [*self.asked, *self.sockets]
            if urlsplit(url).scheme not in _OWN_SCHEMES and urlsplit(url).netloc != home
        ]

    def check(self) -> None:
        """Fail on any other host, and on any script that failed."""
        assert not self.foreign, f"asked another host: {sorted(set(self.foreign))[:10]}"
        assert not self.errors, f"errors in the page: {self.errors[:10]}"

    def check_all(self) -> None:
        """Fail on an error in the console too."""
        self.check()
        assert not self.complaints, f"errors in the console: {self.complaints[:10]}"


def loaded(page: Page) -> None:
    """Wait until Streamlit has run the page."""
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible(timeout=PAINT_MS)


def _said(label: str) -> int:
    found = _SHOWN.search(label)
    assert found, f"“{label}” names no number of events"
    return int(found.group(1).replace(",", ""))


class MapPage:
    """The map page."""

    def __init__(self, page: Page, installation: Installation, watch: Watch) -> None:
        self.page = page
        self.installation = installation
        self.watch = watch
        self.answers: list[tuple[str, Response]] = []
        page.on("response", self._response)

    def _response(self, response: Response) -> None:
        if "/api/cells?" in response.url:
            self.answers.append((response.url, response))

    def open(self, query: str = "") -> MapPage:
        """Open it and wait until the map is painted."""
        self.page.goto(f"{self.installation.url}/{'?' + query if query else ''}")
        return self.ready()

    def ready(self) -> MapPage:
        """Wait until the sentence stands there and the map has its events."""
        expect(self.sentence).to_be_visible(timeout=PAINT_MS)
        self.settled()
        return self

    def settled(self) -> None:
        """Wait until the map waits for nothing."""
        expect(self.map).to_be_visible(timeout=PAINT_MS)
        self.frame_handle().wait_for_function(
            "() => window.ConflictMap && ConflictMap._live && ConflictMap._live.asked"
            " && !document.querySelector('[data-loading]')",
            timeout=PAINT_MS,
        )

    def frame_handle(self) -> Any:
        """Return the map's frame, for scripts."""
        handle = self.page.locator(".st-key-map-frame iframe").element_handle(timeout=PAINT_MS)
        frame = handle.content_frame()
        assert frame is not None
        return frame

    @property
    def frame(self) -> FrameLocator:
        """The map's frame, for locators."""
        return self.page.frame_locator(".st-key-map-frame iframe")

    @property
    def map(self) -> Locator:
        """The Leaflet container."""
        return self.frame.get_by_test_id("conflict-map")

    @property
    def sentence(self) -> Locator:
        """The sentence above the map."""
        return self.page.get_by_test_id("sentence")

    @property
    def cards(self) -> Locator:
        """The cards of the list (not those of events without a place, which are in a box of their own)."""
        return self.page.locator('.st-key-cards [data-testid="event-card"]')

    @property
    def marks(self) -> Locator:
        """Dots, rings and pills."""
        return self.frame.locator('[data-testid^="map-"].leaflet-marker-icon')

    def shown_on_map(self) -> dict[str, list[int]]:
        """Return of how many events the marks speak: dots and rings under "places", pills under "areas"."""
        script = "nodes => nodes.map(node => [node.dataset.testid, node.getAttribute('aria-label')])"
        shown: dict[str, list[int]] = {"places": [], "areas": []}
        for kind, label in self.marks.evaluate_all(script):
            shown["areas" if kind == "map-area" else "places"].append(_said(label))
        return shown

    def count_of(self, mark: Locator) -> int:
        """Return how many events a mark says it stands for."""
        return _said(mark.get_attribute("aria-label") or "")

    def looks_at(self, lat: float, lon: float, zoom: float) -> None:
        """Wait until the page's address says that the map looks here, as nearly as it is written."""
        self.page.wait_for_function(
            """([lat, lon, zoom]) => {
              const query = new URLSearchParams(location.search);
              return Math.abs(query.get('lat') - lat) < 0.001 && Math.abs(query.get('lon') - lon) < 0.001
                && Number(query.get('z')) === zoom;
            }""",
            arg=[lat, lon, zoom],
        )

    def query(self) -> dict[str, list[str]]:
        """Return the query of the page's address."""
        return parse_qs(urlsplit(self.page.url).query)

    def look(self) -> tuple[float, float, float]:
        """Return latitude, longitude and zoom of the map, once it has come to rest."""
        lat, lon, zoom = self.frame_handle().evaluate(AT_REST)
        return lat, lon, zoom

    def enter_date(self, which: str, day: str) -> None:
        """Type a day (ISO 8601) into "from" or "to", and leave the field."""
        self.page.locator(f'.st-key-filter-{which} [data-type="year"]').focus()
        self.page.keyboard.type(day.replace("-", ""))
        self.page.locator("h1").first.click()

    def choose(self, label: str, words: str) -> None:
        """Choose the first offer for some words in a field of the sidebar, and leave the field."""
        field = self.page.get_by_role("combobox", name=label, exact=True)
        field.fill(words)
        self.page.get_by_role("option", name=re.compile(f"^{re.escape(words)}")).first.click()
        self.page.locator("h1").first.click()
        expect(self.page.get_by_role("listbox")).to_have_count(0)

    def pill(self, words: str) -> None:
        """Click a pill, a part of a row of buttons, or a type, whatever count stands behind its words."""
        name = re.compile(rf"^{re.escape(words)}( (· )?[\d,]+)?$")
        sidebar = self.page.get_by_test_id("stSidebar")
        buttons = sidebar.locator('[data-testid="stButtonGroup"] button').filter(has_text=name)
        types = sidebar.locator(".st-key-filter-types label").filter(has_text=name)
        buttons.or_(types).click()

    def clear(self) -> None:
        """Take all filters off."""
        self.page.locator(".st-key-clear button").click()

    def agrees(self, view: View, *, all_in_window: bool = True) -> None:
        """Check that sentence, cards, address and map show what the store says of a view.

        Without `all_in_window` the map may show a part of the events: what lies outside it.
        """
        with self.installation.store() as store:
            counts = store.counts(view)
            ids = [stored.event.id for stored in store.events(view, limit=10)]
        expect(self.sentence).to_have_text(sentence_text(counts, view, resources.region_name), timeout=PAINT_MS)
        self.lists(ids)
        if counts.not_placed:
            expect(self.page.get_by_role("button", name=f"{counts.not_placed:,} not placed")).to_be_visible()
        else:
            expect(self.page.get_by_role("button", name="not placed")).to_have_count(0)
        self.settled()
        url, answer = self.last_answer(view)
        found = json.loads(answer)
        total = sum(mark["count"] for kind in ("points", "cells", "areas") for mark in found[kind])
        agreed = total == counts.placed if all_in_window else 0 < total <= counts.placed
        assert agreed, f"{url} holds {total} events, the store {counts.placed}"
        loaded(self.page)  # the address is written at the end of a run

    def lists(self, ids: list[str]) -> None:
        """Check that the list holds the cards of just these events, in this order."""
        expect(self.cards).to_have_count(len(ids), timeout=PAINT_MS)
        for number, event_id in enumerate(ids):
            expect(self.cards.nth(number)).to_have_attribute("data-event", event_id)

    def last_answer(self, view: View) -> tuple[str, bytes]:
        """Return what the map was last told about a view, once it has asked for it."""
        from dashboard.maps.cell_layer import cells_query  # noqa: PLC0415  brings folium along

        wanted = cells_query(view)
        self.frame_handle().wait_for_function(
            "wanted => ConflictMap._live.query === wanted && !document.querySelector('[data-loading]')",
            arg=wanted,
            timeout=PAINT_MS,
        )
        path = self.frame_handle().evaluate("() => ConflictMap._live.asked.split('#')[0]")
        return path, self.installation.get("/" + path)


class ArticlesPage:
    """The articles page."""

    READ_MS = 90_000  # the first article of a server waits for the language model

    def __init__(self, page: Page, installation: Installation, watch: Watch) -> None:
        self.page = page
        self.installation = installation
        self.watch = watch

    def open(self) -> ArticlesPage:
        """Open it and wait until it stands there."""
        self.page.goto(f"{self.installation.url}/articles")
        expect(self.page.get_by_role("heading", name="Articles", exact=True)).to_be_visible(timeout=PAINT_MS)
        expect(self.page.get_by_role("heading", name="Stored articles")).to_be_visible(timeout=PAINT_MS)
        loaded(self.page)
        return self

    def paste(self, text: str, **details: str) -> None:
        """Paste a text, enter what is known of it (title, source), and have it read."""
        self.page.get_by_label("Text of the article").fill(text)
        for name, value in details.items():
            self.page.get_by_label(name.capitalize(), exact=True).fill(value)
        self.page.locator(".st-key-paste-read button").click()

    def upload(self, name: str, content: bytes) -> None:
        """Upload a file and have it read."""
        self.page.get_by_role("tab", name="Upload").click()
        field = self.page.locator('[data-testid="stFileUploader"] input[type="file"]')
        field.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
        expect(self.page.get_by_test_id("stFileUploader")).to_contain_text(name)
        self.page.locator(".st-key-upload-read button").click()

    def fetch(self, url: str) -> None:
        """Enter an address and have its page read."""
        self.page.get_by_role("tab", name="Address").click()
        self.page.get_by_label("Address of a page").fill(url)
        self.page.locator(".st-key-address-read button").click()

    @property
    def preview(self) -> Locator:
        """What stands above an article that is read and not saved."""
        return self.page.locator(".st-key-preview-head")

    @property
    def text(self) -> Locator:
        """The text of the article with its marks."""
        return self.page.get_by_test_id("article-text")

    @property
    def refusal(self) -> Locator:
        """The sentence that says why something is not read."""
        return self.page.locator('[data-testid="stAlertContentError"]')

    def is_read(self, words: str = "Not saved yet.") -> None:
        """Wait until the article is read."""
        expect(self.preview).to_contain_text(words, timeout=self.READ_MS)
        expect(self.text).to_be_visible()

    def save(self) -> None:
        """Save what was read."""
        self.page.locator(".st-key-save button").click()
        expect(self.page.locator('[data-testid="stAlertContentSuccess"]')).to_contain_text("Saved")
