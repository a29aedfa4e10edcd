"""How long people wait for the map: clicks on filters, moves, the first page; a real Chromium, synthetic events.

    python benchmarks/map.py --events 10000 [--json]
    python benchmarks/map.py --events 1000000

The server is started as `conflictmap serve` starts it, on a store of `benchmarks/synthetic.py` (made at first use
in the folder that --store names, then taken again). What is measured:

filter    from the click (its own time, as the browser stamps it) to the frame after the one that paints the answer
          on the map. Every choice is made once, so that nothing has been counted before; between two choices all
          filters are taken off.
pan, zoom from the map coming to rest (after Leaflet's own animation) to the new marks painted; how often the
          map's frame was thrown away meanwhile.
first     from the start of the navigation, in a fresh browser profile, to the map painted with its events.
server    resident memory of the server after all this (and its highest), and how long a new process takes to open
          the store and count all of it.
folium    with up to --folium events (10,000): the same events as plain Folium, one CircleMarker each, in Streamlit
          with one filter; click to all markers painted, in the same run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from plain_folium import folium
from playwright.sync_api import sync_playwright
from servers import LISTEN, WAIT_MS, WINDOW, dashboard, memory_mb, p95
from synthetic import FIRST_DAY, kept

from dashboard import resources
from dashboard.commands.doctor import find_chromium
from geodata.ontology import EventType
from geodata.store import Store
from geodata.view import View

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--no-proxy-server", "--disable-background-networking"]
GOALS = {  # ms, but the first page (s), memory (MB) and opening (s)
    10_000: {"filter": 150, "move": 100, "first": 2.5},
    1_000_000: {"filter": 200, "move": 100, "first": 3.0, "memory": 400, "open": 1.0},
    10_000_000: {"filter": 300, "move": 120, "first": 3.5, "memory": 800, "open": 2.0},
}

PAINTED = "() => { const p = (window.__conflictmap || {}).painted; return p ? p.count : 0; }"
PAINTED_AT = """
([before, other]) => {
  const p = (window.__conflictmap || {}).painted;
  return p && p.count > before && p.query !== other && !document.querySelector('[data-loading]')
    ? performance.timeOrigin + p.t : false;
}
"""
# In the map's frame: when it came to rest, and what was painted after that.
REST = """
() => {
  const map = ConflictMap._live.map;
  window.__rest = 0;
  map.on('moveend', () => { window.__rest = performance.timeOrigin + performance.now(); });
}
"""
MOVED = """
(before) => {
  const p = window.__conflictmap.painted;
  const done = p.count > before && window.__rest && performance.timeOrigin + p.t > window.__rest;
  return done ? [window.__rest, performance.timeOrigin + p.t] : false;
}
"""
_OPEN = """
import sys, time
from pathlib import Path
from geodata.store import Store
from geodata.view import View
started = time.perf_counter()
store = Store.open(Path(sys.argv[1]), read_only=True)
store.counts(View())
print(time.perf_counter() - started)
"""


def map_frame(page: Page) -> Frame:
    """Return the frame of the map."""
    frame = page.locator(".st-key-map-frame iframe").element_handle(timeout=WAIT_MS).content_frame()
    assert frame is not None  # noqa: S101 - an iframe has one
    return frame


def opened(browser: Browser, url: str) -> tuple[Page, float]:
    """Open the map in a fresh profile; return the page, and how long it took until the map was painted in seconds."""
    context = browser.new_context(viewport=WINDOW, locale="en-GB")
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    page.goto(url)
    handle = map_frame(page)
    handle.wait_for_url("**/component/**")  # what is asked of the empty frame before is never answered
    at = handle.wait_for_function(PAINTED_AT, arg=[0, None], timeout=WAIT_MS).json_value()
    page.evaluate(LISTEN)
    return page, (at - page.evaluate("() => performance.timeOrigin")) / 1000


def calm(page: Page) -> None:
    """Wait until Streamlit has run the page and the map waits for nothing."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    map_frame(page).wait_for_function(
        "() => !ConflictMap._live.foreseen.length && !document.querySelector('[data-loading]')"
    )
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(150)  # what the page does after it was painted is no part of the next click


class Filters:
    """Clicks on filters, as a person makes them."""

    def __init__(self, page: Page, store: Store) -> None:
        self.page = page
        self.base = map_frame(page).evaluate("() => ConflictMap._live.query")
        whole = View()
        self.actors = [name for name, _ in store.facet(whole, "actor", limit=60)][::2]
        self.regions = [r for r, _ in store.facet(whole, "region", limit=120) if "-" in r][:40]
        self.days = [FIRST_DAY + dt.timedelta(days=61 * n) for n in range(1, 60)]

    def painted_ms(self, press: Any) -> float:
        """Return the time from a click to the map painted with what it asks for."""
        frame = map_frame(self.page)
        before, query = frame.evaluate(PAINTED), frame.evaluate("() => ConflictMap._live.query")
        press()
        at = frame.wait_for_function(PAINTED_AT, arg=[before, query], timeout=WAIT_MS).json_value()
        return at - self.page.evaluate("() => window.__pressed")

    def clear(self) -> None:
        """Take all filters off again."""
        calm(self.page)
        self.page.locator(".st-key-clear button").click()
        map_frame(self.page).wait_for_function("base => ConflictMap._live.query === base", arg=self.base)
        calm(self.page)

    def date(self, n: int) -> float:
        """Type the first day of the period."""
        self.page.locator('.st-key-filter-from [data-type="year"]').focus()
        self.page.keyboard.type(self.days[n].isoformat().replace("-", ""))
        self.page.wait_for_timeout(50)
        return self.painted_ms(self.page.locator("h1").first.click)

    def _named(self, label: str, words: str) -> float:
        field = self.page.get_by_role("combobox", name=label, exact=True)
        field.fill(words)
        option = self.page.get_by_role("option").first
        option.filter(has_text=words).wait_for()
        return self.painted_ms(option.click)

    def actor(self, n: int) -> float:
        """Choose an actor."""
        return self._named("Actors", self.actors[n])

    def region(self, n: int) -> float:
        """Choose a province, to which the map flies."""
        return self._named("Region", resources.region_name(self.regions[n]))

    def type(self, n: int) -> float:
        """Tick a type."""
        kinds = [kind for kind in EventType if self.page.locator(f".st-key-filter-type-{kind.value}").count()]
        box = self.page.locator(f".st-key-filter-type-{kinds[n % len(kinds)].value} label")
        box.scroll_into_view_if_needed()
        return self.painted_ms(box.click)


def moves(page: Page, repetitions: int) -> tuple[list[float], list[float], int]:
    """Pan and zoom with the mouse; milliseconds of each, and how often the frame was remounted."""
    frame = map_frame(page)
    frame.evaluate(REST)
    frame.evaluate("() => { window.__same = true; }")
    box = page.locator(".st-key-map-frame iframe").bounding_box()
    assert box is not None  # noqa: S101 - it is on the screen
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.4
    pans, zooms, remounts = [], [], 0

    def timed(act: Any) -> float:
        before = frame.evaluate(PAINTED)
        frame.evaluate("() => { window.__rest = 0; }")
        act()
        rest, painted = frame.wait_for_function(MOVED, arg=before, timeout=WAIT_MS).json_value()
        return float(painted - rest)

    def drag(dx: float, dy: float) -> None:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + dx, y + dy, steps=6)
        page.wait_for_timeout(120)  # held still, the map does not glide on
        page.mouse.up()

    for n in range(repetitions):
        pans.append(timed(lambda n=n: drag(*[(-230, 40), (-190, -80), (210, 60), (180, 70), (60, -120)][n % 5])))
        page.wait_for_timeout(150)
        # In six levels, then out: where the events are, with other windows each time.
        inwards = n % 12 < 6
        zooms.append(
            timed(lambda inwards=inwards: (page.mouse.move(x, y), page.mouse.wheel(0, -120 if inwards else 120)))
        )
        page.wait_for_timeout(150)
        if frame.is_detached() or not frame.evaluate("() => window.__same === true"):
            remounts += 1
            frame = map_frame(page)
            frame.evaluate(REST)
            frame.evaluate("() => { window.__same = true; }")
    return pans, zooms, remounts


def measured(browser: Browser, store: Path, *, events: int, repetitions: int, with_folium: bool) -> dict[str, Any]:
    """Measure everything."""
    made: dict[str, Any] = {
        "events": events,
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "repetitions": repetitions,
    }
    opening = subprocess.run([sys.executable, "-c", _OPEN, str(store)], capture_output=True, text=True, check=True)  # noqa: S603
    made["open_s"] = float(opening.stdout)
    with dashboard(store) as (url, pid), Store.open(store, read_only=True) as look:
        firsts = []
        for _ in range(4):
            page, seconds = opened(browser, url)
            firsts.append(seconds)
            if len(firsts) < 4:
                page.context.close()
        made["first_page_s"] = firsts
        calm(page)
        filters = Filters(page, look)
        made["filter_ms"] = {}
        for name in ("date", "actor", "type", "region"):
            taken = []
            for n in range(repetitions):
                taken.append(getattr(filters, name)(n))
                filters.clear()
            made["filter_ms"][name] = taken
        made["pan_ms"], made["zoom_ms"], made["remounts"] = moves(page, repetitions)
        made["memory_mb"], made["memory_most_mb"] = memory_mb(pid)
        page.context.close()
    if with_folium:
        made["folium"] = folium(browser, store)
        medians = [float(np.median(values)) for values in made["filter_ms"].values()]
        made["folium"]["times_slower"] = made["folium"]["filter_median_ms"] / float(np.mean(medians))
    return made


def lines(made: dict[str, Any]) -> list[str]:
    """Return the figures as rows of a table: what, p95 or value, median, goal."""
    goal = GOALS.get(made["events"], {})
    said = [f"| what, {made['events']:,} events ({made['date']}) | p95 | median | goal |", "|---|---|---|---|"]

    def row(what: str, values: list[float], unit: str, aim: float | None, digits: int = 0) -> None:
        wanted = f"{aim:g} {unit}" if aim is not None else "-"
        said.append(f"| {what} | {p95(values):.{digits}f} {unit} | {np.median(values):.{digits}f} {unit} | {wanted} |")

    for name, values in made["filter_ms"].items():
        row(f"filter by {name}", values, "ms", goal.get("filter"))
    row("pan", made["pan_ms"], "ms", goal.get("move"))
    row("zoom", made["zoom_ms"], "ms", goal.get("move"))
    said.append(f"| remounts of the map | {made['remounts']} | - | 0 |")
    row("first page", made["first_page_s"], "s", goal.get("first"), 1)
    row("server memory", [made["memory_mb"]], "MB", goal.get("memory"))
    row("most memory", [made["memory_most_mb"]], "MB", None)
    row("open the store and count it", [made["open_s"]], "s", goal.get("open"), 2)
    if "folium" in made:
        plain = made["folium"]
        said.append(
            f"| plain Folium, filter | {plain['filter_p95_ms']:.0f} ms | {plain['filter_median_ms']:.0f} ms"
            f" | {plain['times_slower']:.1f} times ours |"
        )
    return said


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--store", type=Path, help="folder of a synthetic store with so many events; made if not there")
    parser.add_argument("--repetitions", type=int, default=15)
    parser.add_argument("--folium", type=int, default=10_000, help="compare with plain Folium up to so many events")
    parser.add_argument("--json", action="store_true", help="print all single times too")
    args = parser.parse_args()
    chromium = find_chromium()
    if not chromium:
        parser.exit(1, "No Chromium was found on the path.\n")
    store = kept(args.events, args.store)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), headless=True, args=ARGUMENTS)
        made = measured(
            browser, store, events=args.events, repetitions=args.repetitions, with_folium=args.events <= args.folium
        )
        browser.close()
    if args.json:
        print(json.dumps(made))
    else:
        print("\n".join(lines(made)))


if __name__ == "__main__":
    main()
