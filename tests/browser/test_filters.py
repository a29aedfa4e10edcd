"""Every filter that `test_map.py` has not, undo, table and keyboard; on a phone by night too."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from driving import PAINT_MS, STILL, loaded
from playwright.sync_api import expect

from dashboard.filters.more import CONFIDENCES, FATALITIES
from dashboard.listing import PAGE_SIZES
from dashboard.visits import COOKIE
from geodata.event import DateBasis, Precision
from geodata.ontology import EventType
from geodata.view import View

PHONE = {"width": 400, "height": 860}
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def unfold(the_map):
    the_map.page.get_by_test_id("stSidebar").get_by_text("More filters", exact=True).click()
    expect(the_map.page.get_by_role("combobox", name="Source", exact=True)).to_be_visible(timeout=PAINT_MS)
    # It unfolds for a while, and a click on what moves may miss.
    the_map.page.locator('[data-testid="stSidebar"] details[open]').last.evaluate(STILL)
    loaded(the_map.page)


def test_groups_sources_precision_confidence_deaths_and_how_dated(map_page):
    with map_page.installation.store() as store:
        source = store.facet(View(), "source")[0][0]
        sure = [
            step for step, n in zip(CONFIDENCES, store.at_least(View(), "confidence", CONFIDENCES), strict=True) if n
        ]
        dead = [step for step, n in zip(FATALITIES, store.at_least(View(), "fatalities", FATALITIES), strict=True) if n]
    map_page.choose("Actors", "State forces of Iraq")
    map_page.agrees(View(actors=("group:IQ:state-forces",)))
    expect(map_page.page.locator(".st-key-chips")).to_contain_text("State forces of Iraq")
    map_page.clear()
    map_page.agrees(View())
    unfold(map_page)
    map_page.choose("Source", source)
    view = View(sources=(source,))
    map_page.agrees(view)
    for words, changes in (
        ("Settlement", {"precisions": (Precision.SETTLEMENT,)}),
        ("Province only", {"precisions": (Precision.SETTLEMENT, Precision.PROVINCE)}),
        (f"{sure[0]:.0%}+", {"min_confidence": sure[0]}),
        (f"{dead[0]}+", {"min_fatalities": dead[0]}),
        ("Named", {"date_bases": (DateBasis.NAMED,)}),
    ):
        map_page.pill(words)
        view = replace(view, **changes)
        map_page.agrees(view)
    # Each stands above the map, and a click there takes it off.
    chips = map_page.page.locator('.st-key-chips [class*="st-key-chip-"]')
    expect(chips).to_have_count(5)
    chips.nth(4).get_by_role("button", name="With the date named").first.click()
    map_page.agrees(replace(view, date_bases=()))
    map_page.pill("Latest week")
    with map_page.installation.store() as store:
        last = store.extent().date_max
    map_page.agrees(replace(view, date_bases=(), date_from=last - dt.timedelta(days=6), date_to=last))


def test_only_what_is_new_since_the_last_visit(new_context, dashboard, map_page_of):
    context, watch = new_context(dashboard.url)
    seen = int(LONG_AGO.timestamp())
    context.add_cookies([{"name": COOKIE, "value": f"0-{seen}", "url": dashboard.url}])
    the_map = map_page_of(context, watch).open()
    unfold(the_map)
    the_map.page.get_by_text("Only since my last visit, 1 Jan 2020, 00:00 UTC").click()
    the_map.agrees(View(added_after=LONG_AGO))
    assert the_map.query()["added"] == ["2020-01-01T00:00:00Z"]
    cookie = next(one["value"] for one in context.cookies() if one["name"] == COOKIE)
    assert cookie.startswith(f"{seen}-"), "this visit does not count as the last one while it lasts"


def test_changes_are_undone_and_redone_by_button_and_by_key(map_page):
    page = map_page.page
    iraq = View(regions=("IQ",))
    both = replace(iraq, types=(EventType.ASSAULT,))
    map_page.choose("Region", "Iraq")
    map_page.agrees(iraq)
    map_page.pill("Assault")
    map_page.agrees(both)
    page.locator(".st-key-undo button").click()
    map_page.agrees(iraq)
    page.locator(".st-key-redo button").click()
    map_page.agrees(both)
    page.keyboard.press("u")
    map_page.agrees(iraq)
    page.keyboard.press("u")
    map_page.agrees(View())
    expect(page.locator(".st-key-undo button")).to_be_disabled()
    page.keyboard.press("Shift+U")
    map_page.agrees(iraq)


def test_the_table_is_sorted_paged_and_selects(the_map):
    the_map.open("v=1&region=IQ")
    page, view, size = the_map.page, View(regions=("IQ",)), PAGE_SIZES["table"]
    page.locator(".st-key-list-as").get_by_text("Table", exact=True).click()
    rows = page.get_by_test_id("event-row")

    def holds(order, offset=0):
        with the_map.installation.store() as store:
            ids = [stored.event.id for stored in store.events(view, limit=size, offset=offset, order=order)]
        expect(rows).to_have_count(len(ids), timeout=PAINT_MS)
        for number in (0, 1, len(ids) - 1):
            expect(rows.nth(number)).to_have_attribute("data-event", ids[number], timeout=PAINT_MS)
        return ids

    holds("-date")
    heading = page.get_by_role("columnheader", name=re.compile("^Date"))
    expect(heading).to_have_attribute("aria-sort", "descending")
    heading.get_by_role("button").click()
    holds("date")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("columnheader", name=re.compile("^Confidence")).get_by_role("button").click()
    holds("-confidence")
    page.locator(".st-key-page-older button").click()
    ids = holds("-confidence", size)
    page.locator(".st-key-page-newer button").click()
    ids = holds("-confidence")
    rows.nth(2).click()
    expect(page).to_have_url(re.compile(f"event={ids[2]}"))
    expect(rows.nth(2)).to_have_attribute("aria-current", "true")
    wide = page.locator(".st-key-map-frame").bounding_box()["width"]
    page.locator(".st-key-list-as").get_by_text("Cards", exact=True).click()
    expect(the_map.cards.first).to_be_visible()
    assert page.locator(".st-key-map-frame").bounding_box()["width"] < wide, "the table leaves the map the whole width"


def test_keys_go_through_events_to_the_search_and_to_the_help(map_page):
    page = map_page.page
    with map_page.installation.store() as store:
        ids = [stored.event.id for stored in store.events(View(), limit=11)]
    for key, wanted in (("ArrowDown", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(f"event={ids[wanted]}(&|$)"))
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("event="))
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Search")
    expect(field).to_be_focused()
    page.keyboard.type("juk?")
    expect(field).to_have_value("juk?")
    field.fill("")
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    expect(page.get_by_test_id("help")).to_contain_text("go to the search")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("help")).to_have_count(0)
    # The page turns when the arrows reach its end.
    page.locator(".st-key-page-older button").click()
    expect(map_page.cards.first).to_have_attribute("data-event", ids[10])
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(f"event={ids[10]}"))


def test_the_tab_key_leaves_a_field_whose_offers_are_open(map_page):
    page = map_page.page
    region, actors = (page.get_by_role("combobox", name=name, exact=True) for name in ("Region", "Actors"))
    region.focus()
    expect(page.get_by_role("option").nth(10)).to_be_attached(timeout=PAINT_MS)  # a list that scrolls
    page.keyboard.press("Tab")
    expect(actors).to_be_focused()


def test_filters_layers_and_playback_on_a_phone_by_night(new_context, dashboard, map_page_of):
    context, watch = new_context(dashboard.url, viewport=PHONE, color_scheme="dark", has_touch=True)
    the_map = map_page_of(context, watch).open("v=1&from=2017-10-01&to=2017-10-31&region=IQ")
    page = the_map.page
    page.get_by_role("button", name="Filters · 2").tap()
    expect(page.get_by_role("combobox", name="Region", exact=True)).to_be_visible()
    the_map.pill("Assault")
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    view = View(
        date_from=dt.date(2017, 10, 1),
        date_to=dt.date(2017, 10, 31),
        regions=("IQ",),
        types=(EventType.ASSAULT,),
    )
    the_map.agrees(view)
    top = page.locator(".st-key-map-frame").bounding_box()["y"]
    assert top < 0.4 * PHONE["height"], f"the map begins only at {top:.0f} px"
    the_map.frame.get_by_test_id("choose-regions").tap()
    expect(page).to_have_url(re.compile("layer=regions"))
    the_map.frame.get_by_test_id("choose-events").tap()
    the_map.frame.get_by_role("button", name="One step on").tap()
    expect(the_map.frame.get_by_test_id("playing")).to_be_visible()
    for name in ("Undo", "Help"):  # shown as icons, and named all the same
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
