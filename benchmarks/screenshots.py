"""Take the pictures of the documentation: docs/map.png, docs/snapshot.png and so on.

    python benchmarks/screenshots.py [--into docs]

Uses the data of the settings (`make run` once before) and a Chromium that is installed. The article
that is pasted was written for this project and is not saved.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, cast

from playwright.sync_api import sync_playwright
from start import HOST, wait_until_healthy

from dashboard.commands.doctor import find_chromium
from dashboard.commands.serve import argv, free_port
from dashboard.snapshots import making
from geodata.canonical import to_canonical
from geodata.view_url import Known, decode_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from geodata.store import Store

VIEW = "/?v=1&from=2017-10-01&to=2017-10-31&region=IQ"
WIDE, NARROW = {"width": 1400, "height": 900}, {"width": 400, "height": 860}
ARTICLE = """KIRKUK, Iraq, Oct. 19 - A roadside bomb killed two policemen near Daquq on Wednesday, police said.

Federal troops closed the road from Kirkuk to Tuz Khurmatu for several hours. In Baghdad, the interior ministry
blamed Islamic State.

Some families left the village of Al-Shamsiyat al-Jadida, residents said."""
SETTLED = 1500  # ms after the last change: a picture has no state to wait for


def map_page(page: Page, base: str) -> None:
    """Open the map page and wait until events are drawn."""
    page.goto(base + VIEW)
    frame = page.frame_locator(".st-key-map-frame iframe")
    frame.locator("[data-testid=map-point]").first.wait_for(state="attached")
    frame.locator("canvas.cm-areas[data-areas]:not([data-areas='0'])").wait_for(state="attached")
    frame.locator(".cm-time-bar").first.wait_for(state="attached")
    page.get_by_test_id("event-card").first.wait_for()
    page.wait_for_timeout(SETTLED)


def preview(page: Page, base: str) -> None:
    """Paste an article and wait for what was read."""
    page.goto(base + "/articles")
    page.locator(".st-key-paste-text textarea").fill(ARTICLE)
    page.locator(".st-key-paste-read button").click()
    page.locator(".st-key-save button").wait_for(timeout=60_000)
    page.locator(".st-key-preview-head").scroll_into_view_if_needed()
    page.wait_for_timeout(SETTLED)


def method(page: Page, base: str) -> None:
    """Open the method page."""
    page.goto(base + "/method")
    page.get_by_role("heading", name="What it gets wrong").wait_for()
    page.wait_for_timeout(SETTLED)


PICTURES = (
    ("map", map_page, WIDE, "light"),
    ("map-dark", map_page, WIDE, "dark"),
    ("map-phone", map_page, NARROW, "light"),
    ("articles", preview, WIDE, "light"),
    ("method", method, WIDE, "light"),
)


SNAPSHOT = "from=2017-10-01&to=2017-10-31&region=IQ"
TITLE = "Kirkuk and the disputed areas, October 2017"
NOTE = "The month in which federal forces took Kirkuk: what the sample articles of this project report."


def snapshot(path: Path) -> None:
    """Draw the picture of a snapshot, as every snapshot has it."""
    view, _ = decode_view(SNAPSHOT, Known(actors=(), regions=lambda _: True))
    order = making.Order(view=view, title=TITLE, note=NOTE)
    taken = making.take(order)
    hashed = to_canonical(cast("Store", taken), view, io.BytesIO())
    now = dt.datetime.now(tz=dt.UTC)
    record = making.describe(order, taken, snapshot_id="", sha256=hashed.sha256, now=now)
    path.write_bytes(making.picture(making.sheet_of(order, taken, record), "map.png"))
    print(path)


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1] / "docs")
    parser.add_argument("--only-snapshot", action="store_true", help="docs/snapshot.png alone: needs no browser")
    options = parser.parse_args()
    into: Path = options.into
    snapshot(into / "snapshot.png")
    if options.only_snapshot:
        return
    port = free_port(HOST, 8600)
    server = subprocess.Popen(argv(HOST, port, browser=False), stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        wait_until_healthy(port, server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=str(find_chromium()),
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            for name, show, size, scheme in PICTURES:
                page = browser.new_context(viewport=size, color_scheme=scheme).new_page()
                show(page, f"http://{HOST}:{port}")
                page.screenshot(path=into / f"{name}.png")
                print(into / f"{name}.png")
                page.context.close()
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
