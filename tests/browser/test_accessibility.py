"""Every page and state through axe, by day and by night, on a wide screen and on a phone.

axe-core (MPL-2.0, by Deque) comes inside the package axe-playwright-python, which only the tests use. Best practices
count too, not only what WCAG demands. What is Streamlit's own and out of our reach would be named in `NOT_OURS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from driving import PAINT_MS, ArticlesPage, MapPage, loaded
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

SIZES = {"wide": {"width": 1400, "height": 900}, "phone": {"width": 400, "height": 860}}
VIEW = "v=1&from=2017-10-01&to=2017-10-31&region=IQ&lat=34.5&lon=44&z=6"
# Rules by id, with the beginning of the element's selector: each with its reason.
NOT_OURS: dict[tuple[str, str], str] = {}
FREEZE_MS = 120_000  # pictures are drawn meanwhile
ARTICLE = "KIRKUK, Iraq, Oct. 19, 2017 - A roadside bomb killed two policemen near Daquq on Wednesday, police said."


def findings(page: Page) -> list[str]:
    """Return what axe has against a page and its frames, in a line each."""
    for frame in page.frames:
        frame.evaluate(AXE_SCRIPT)
    found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")
    said = []
    for rule in found["violations"]:
        for node in rule["nodes"]:
            where = " ".join(str(part) for part in node["target"])
            if any(rule["id"] == known and where.startswith(start) for known, start in NOT_OURS):
                continue
            reasons = "; ".join(check["message"] for check in node["any"] + node["all"] + node["none"])
            said.append(f"{rule['impact']} {rule['id']} at {where}: {reasons}\n    {node['html'][:200]}")
    return said


@dataclass
class Looked:
    """A page that is looked at in every theme and size without loading it anew."""

    page: Page

    def check(self, state: str, *sizes: str) -> None:
        """Fail on any finding in this state; in all sizes unless some are named."""
        wrong = []
        for size in sizes or SIZES:
            self.page.set_viewport_size(SIZES[size])
            for theme in ("light", "dark"):
                self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                drawn(self.page, theme)
                wrong += [f"{state}, {size}, {theme}: {finding}" for finding in findings(self.page)]
        assert not wrong, "\n".join(wrong)


def drawn(page: Page, theme: str) -> None:
    """Wait until a page has changed its colours, in its maps too, and has run."""
    for frame in page.frames:
        if frame.locator("[data-testid=conflict-map]").count():
            expect(frame.get_by_test_id("conflict-map")).to_have_attribute("data-theme", theme)
    if page.get_by_test_id("stApp").count():
        loaded(page)
    page.evaluate(
        """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
          for (const moving of document.getAnimations()) if (moving instanceof CSSTransition) moving.finish();
          done();
        })))"""
    )


@pytest.fixture
def look(new_context, own_dashboard) -> Callable[[str], Looked]:
    def at(path: str) -> Looked:
        context, _ = new_context(own_dashboard.url, viewport=SIZES["wide"], reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{own_dashboard.url}/{path}")
        return Looked(page)

    return at


@pytest.fixture
def on_map(look, own_dashboard) -> MapPage:
    return MapPage(look(f"?{VIEW}").page, own_dashboard, None).ready()


def test_map_with_cards_charts_and_lists(on_map):
    page = on_map.page
    looked = Looked(page)
    on_map.cards.get_by_role("heading").first.scroll_into_view_if_needed()
    page.get_by_role("button", name="Show on map").first.click()
    page.locator(".st-key-charts-frame").scroll_into_view_if_needed()
    expect(page.get_by_test_id("chart-pairs")).to_be_visible(timeout=PAINT_MS)
    on_map.settled()
    looked.check("the map")
    page.set_viewport_size(SIZES["wide"])
    page.get_by_role("combobox", name="Actors", exact=True).fill("iraq")
    expect(page.get_by_role("option").first).to_be_visible()
    looked.check("offers of names", "wide")
    page.keyboard.press("Escape")
    page.locator(".st-key-list-as").get_by_text("Table", exact=True).click()
    expect(page.get_by_role("table")).to_be_visible()
    looked.check("the table")


def test_layers_of_the_map_and_playback(on_map):
    page = on_map.page
    looked = Looked(page)
    for layer in ("regions", "heat"):
        on_map.frame.get_by_test_id(f"choose-{layer}").click()
        on_map.settled()
        looked.check(f"the layer {layer}", "wide")
    on_map.frame.get_by_role("button", name="One step on").click()
    expect(on_map.frame.get_by_test_id("playing")).to_be_visible()
    looked.check("playback")


def test_what_opens_over_the_map(look, own_dashboard):
    looked = look("?v=1")  # everything: some event of it has no place
    page = MapPage(looked.page, own_dashboard, None).ready().page
    page.keyboard.press("?")
    expect(page.get_by_test_id("help")).to_be_visible()
    looked.check("the help")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("help")).to_have_count(0)
    page.set_viewport_size(SIZES["wide"])
    page.locator(".st-key-download button").click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    looked.check("downloads", "wide")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("not placed")).click()
    expect(page.get_by_test_id("stPopoverBody").get_by_test_id("event-card").first).to_be_visible()
    looked.check("what is not placed", "wide")
    page.keyboard.press("Escape")
    page.get_by_test_id("stSidebar").get_by_text("More filters").click()
    expect(page.get_by_role("combobox", name="Source", exact=True)).to_be_visible()
    looked.check("more filters", "wide")


def test_nothing_passes_and_a_link_that_is_partly_wrong(look):
    looked = look("?v=1&q=nosuchword&region=IQ&type=nosuchtype")
    expect(looked.page.locator(".st-key-nothing")).to_be_visible(timeout=PAINT_MS)
    looked.check("nothing passes")


def test_articles(look, own_dashboard):
    looked = look("articles")
    articles = ArticlesPage(looked.page, own_dashboard, None).open()
    looked.check("articles")
    articles.paste(ARTICLE, title="A bomb near Daquq")
    articles.is_read()
    looked.check("an article that was read")


def test_method(look):
    looked = look("method")
    expect(looked.page.get_by_role("heading", name="Borders")).to_be_visible(timeout=PAINT_MS)
    loaded(looked.page)
    looked.check("method")


def test_snapshots(on_map, look):
    page = on_map.page
    looked = Looked(page)
    page.get_by_test_id("share-snapshot").click()
    expect(page.get_by_label("Title")).to_be_visible()
    looked.check("the dialog that shares")
    page.locator(".st-key-share-freeze button").click()
    opened = page.get_by_role("link", name="Open", exact=True)
    expect(opened).to_be_visible(timeout=FREEZE_MS)
    address = opened.get_attribute("href").split("/s/")[-1].removeprefix("s/")
    looked.check("what was shared", "wide")
    gallery = look("gallery")
    expect(gallery.page.get_by_test_id("snapshot-card")).to_be_visible(timeout=PAINT_MS)
    gallery.check("the gallery")
    frozen = look(f"s/{address}")
    expect(frozen.page.get_by_test_id("changes")).not_to_contain_text("Comparing", timeout=PAINT_MS)
    frozen.check("the page of a snapshot")
    look(f"s/{address}/embed").check("a snapshot in a frame")
    look("s/nosuchsnapshot").check("no snapshot")
