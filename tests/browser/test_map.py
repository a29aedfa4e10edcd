"""The map page: what it paints, and that everything on it says the same."""

from __future__ import annotations

import datetime as dt
import json
import re

from playwright.sync_api import expect

from geodata.ontology import EventType, Quad
from geodata.view import Role, View

LEAST_COLOURS = 4  # land, sea, border, text

# Colours that each canvas of the map shows, taken at every few pixels.
COLOURS = """
() => Array.from(document.querySelectorAll('#map_div canvas, .cm-map canvas')).map(canvas => {
  const seen = new Set();
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  for (let i = 0; i < data.length; i += 4 * 7) if (data[i + 3] > 200) seen.add((data[i] << 16) + (data[i + 1] << 8) + data[i + 2]);
  return seen.size;
})
"""
# A number that is lost when the frame is thrown away.
BRAND = "() => { window.conflictmapTest = (window.conflictmapTest || 0) + 1; return window.conflictmapTest; }"
BRANDED = "() => window.conflictmapTest"


def test_base_map_and_events_are_painted(map_page):
    map_page.frame_handle().wait_for_function(f"() => Math.max(...({COLOURS})()) >= {LEAST_COLOURS}")
    expect(map_page.marks.nth(10)).to_be_attached()
    map_page.frame.locator("canvas.cm-areas[data-areas]:not([data-areas='0'])").wait_for(state="attached")
    expect(map_page.frame.get_by_test_id("map-legend")).to_contain_text("Material conflict")
    expect(map_page.frame.locator(".leaflet-control-attribution")).to_contain_text("Natural Earth")
    expect(map_page.frame.locator(".cm-time-bar rect").first).to_be_visible()
    map_page.agrees(View())
    _, answer = map_page.last_answer(View())
    found = json.loads(answer)
    shown = map_page.shown_on_map()
    assert sum(shown["places"]) == sum(mark["count"] for mark in [*found["points"], *found["cells"]])
    # Seas have no shape, and where areas lie close together some get no label: then the map says so.
    hidden = len(found["areas"]) - len(shown["areas"])
    said = re.compile("Zoom in for|only in the list")
    if hidden:
        expect(map_page.map).to_contain_text(said)
    else:
        expect(map_page.map).not_to_contain_text(said)


def test_words_filter(map_page):
    field = map_page.page.get_by_role("searchbox", name="Search")
    field.fill("oil")
    field.press("Enter")
    map_page.agrees(View(text="oil"))
    field.fill("no such words anywhere")
    field.press("Enter")
    map_page.agrees(View(text="no such words anywhere"))
    expect(map_page.page.locator(".st-key-nothing")).to_contain_text("No reported event passes these filters.")
    expect(map_page.marks).to_have_count(0)


def test_dates_filter(map_page):
    map_page.enter_date("from", "2017-10-16")
    map_page.agrees(View(date_from=dt.date(2017, 10, 16)))
    map_page.enter_date("to", "2017-10-20")
    map_page.agrees(View(date_from=dt.date(2017, 10, 16), date_to=dt.date(2017, 10, 20)))
    assert map_page.query()["from"] == ["2017-10-16"]
    assert map_page.query()["to"] == ["2017-10-20"]
    map_page.pill("All dates")
    map_page.agrees(View())
    with map_page.installation.store() as store:
        last = store.extent().date_max
    map_page.pill("Latest year")  # counted from the newest event, not from today
    map_page.agrees(View(date_from=last - dt.timedelta(days=364), date_to=last))


def test_actor_in_each_role(map_page):
    with map_page.installation.store() as store:
        acting = {name for name, _ in store.facet(View(), "source_actor")}
        name = next(name for name, _ in store.facet(View(), "target_actor") if name in acting)
    map_page.choose("Actors", name)
    map_page.agrees(View(actors=(name,)))
    map_page.pill("As source")
    map_page.agrees(View(actors=(name,), role=Role.SOURCE))
    map_page.pill("As target")
    map_page.agrees(View(actors=(name,), role=Role.TARGET))
    map_page.pill("Either role")
    map_page.agrees(View(actors=(name,)))


def test_type_and_quad_filter(map_page):
    map_page.pill("Assault")
    map_page.agrees(View(types=(EventType.ASSAULT,)))
    map_page.pill("Retreat")
    map_page.agrees(View(types=(EventType.ASSAULT, EventType.RETREAT)))
    map_page.pill("Assault")
    map_page.agrees(View(types=(EventType.RETREAT,)))
    map_page.pill("Retreat")
    map_page.page.locator(".st-key-filter-quad-4 label").click()
    quad = Quad(4)
    map_page.agrees(View(types=tuple(kind for kind in EventType if kind.quad is quad)))


def test_region_filter(map_page):
    frame = map_page.frame_handle()
    frame.evaluate(BRAND)
    for words, region in (
        ("Iraq", "IQ"),
        ("Kirkuk", "IQ-KI"),
        ("Iraqi Kurdistan", "iraqi-kurdistan"),
    ):
        map_page.choose("Region", words)
        map_page.agrees(View(regions=(region,)))
        expect(map_page.frame.locator("path.cm-outline").first).to_have_attribute("stroke-dasharray", "6 4")
        map_page.clear()
        map_page.agrees(View())
    assert frame.evaluate(BRANDED) == 1, "the map's frame was thrown away"


def test_filters_together_and_cleared(map_page):
    map_page.choose("Region", "Iraq")
    map_page.agrees(View(regions=("IQ",)))
    map_page.pill("Assault")
    map_page.agrees(View(regions=("IQ",), types=(EventType.ASSAULT,)))
    map_page.enter_date("from", "2017-10-16")
    map_page.agrees(View(regions=("IQ",), types=(EventType.ASSAULT,), date_from=dt.date(2017, 10, 16)))
    map_page.clear()
    map_page.agrees(View())
    expect(map_page.page.locator(".st-key-clear button")).to_be_disabled()
    assert set(map_page.query()) <= {"v", "lat", "lon", "z"}


def test_what_is_not_placed_is_listed_with_reasons(map_page):
    with map_page.installation.store() as store:
        counts = store.counts(View())
        missing = store.not_placed(View())
    assert counts.not_placed, "the samples hold an event without a place"
    map_page.page.get_by_role("button", name=f"{counts.not_placed} not placed").click()
    listed = map_page.page.locator('.st-key-unplaced-list [data-testid="event-card"]')
    expect(listed).to_have_count(len(missing))
    for number, stored in enumerate(missing):
        expect(listed.nth(number)).to_contain_text("Not placed: ")
        expect(listed.nth(number)).to_contain_text(stored.event.unplaced_reason.strip().rstrip(".")[1:])


def test_turning_pages_of_cards(map_page):
    with map_page.installation.store() as store:
        following = [stored.event.id for stored in store.events(View(), limit=10, offset=10)]
    map_page.page.locator(".st-key-page-older button").click()
    map_page.lists(following)
    map_page.page.locator(".st-key-page-newer button").click()
    map_page.agrees(View())


def test_choosing_a_card_selects_it_on_the_map(map_page):
    frame = map_page.frame_handle()
    frame.evaluate(BRAND)
    with map_page.installation.store() as store:
        chosen = next(
            stored.event
            for stored in store.events(View(), limit=10)
            if stored.event.place and not stored.event.place.precision.is_area
        )
    map_page.page.locator(f".st-key-show-{chosen.id} button").click()
    ring = map_page.frame.locator(".cm-selected-ring")
    expect(ring).to_have_count(1)
    card = map_page.page.locator(f".st-key-card-{chosen.id}")
    expect(card).to_have_css("outline-style", "solid")
    expect(map_page.page).to_have_url(re.compile(f"[?&]event={chosen.id}"))
    lat, lon, zoom = map_page.look()
    assert zoom >= 8
    assert abs(lat - chosen.place.lat) < 1
    assert abs(lon - chosen.place.lon) < 1
    assert frame.evaluate(BRANDED) == 1, "the map's frame was thrown away"


def test_choosing_a_card_known_by_area_selects_the_area(the_map):
    with the_map.installation.store() as store:
        area = next(
            stored.event
            for stored in store.events(View(regions=("IQ",)), limit=300)
            if stored.event.place and stored.event.place.precision.value == "province"
        )
    the_map.open(f"v=1&event={area.id}")
    expect(the_map.frame.locator(".cm-pill-selected")).to_have_count(1)
    expect(the_map.page.locator(f".st-key-card-{area.id}")).to_have_css("outline-style", "solid")


def test_clicking_a_mark_shows_its_events(the_map):
    the_map.open("v=1&region=IQ-KI")
    mark = the_map.frame.get_by_test_id("map-point").first
    count = the_map.count_of(mark)
    name = mark.get_attribute("aria-label").split(":")[0]
    mark.click()
    expect(the_map.page.locator(".st-key-picked")).to_contain_text(name)
    expect(the_map.cards).to_have_count(min(10, count))
    for card in the_map.cards.all():
        expect(card).to_contain_text(name)
    expect(the_map.frame.locator(".cm-selected-ring")).to_have_count(1)
    outlined = the_map.page.locator(f".st-key-card-{the_map.cards.first.get_attribute('data-event')}")
    expect(outlined).to_have_css("outline-style", "solid")
    the_map.page.locator(".st-key-unpick button").click()
    the_map.agrees(View(regions=("IQ-KI",)))


def test_clicking_an_area_shows_its_events(the_map):
    the_map.open("v=1&region=IQ")
    pill = the_map.frame.get_by_test_id("map-area").filter(has_text="in Anbar")  # where there is room for the name
    count = the_map.count_of(pill)
    name = pill.get_attribute("aria-label").split(":")[0]
    expect(pill).to_have_text(f"{count} in {name}")
    pill.click()
    expect(the_map.page.locator(".st-key-picked")).to_contain_text(
        re.compile(rf"^{count} reported events? somewhere in {re.escape(name)}")
    )
    expect(the_map.cards).to_have_count(min(10, count))
    expect(the_map.frame.locator(".cm-pill-selected")).to_have_count(1)


def test_names_on_the_map_are_drawn_in_their_font_however_late_it_comes(the_map, another_map_page):
    link = "v=1&region=IQ&from=2017-10-01&to=2017-10-31&lat=33&lon=44&z=6"
    drawn = "() => document.fonts.check('12px \"Source Sans\"') && ConflictMap._live.labels._container.toDataURL()"
    the_map.open(link)
    the_map.look()
    wanted = the_map.frame_handle().wait_for_function(drawn).json_value()
    held, page = [], another_map_page.page
    page.route("**/map.css*", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks its handlers
    another_map_page.open(link)
    assert held
    for route in held:
        route.continue_()
    another_map_page.frame_handle().wait_for_function(f"wanted => ({drawn})() === wanted", arg=wanted)


def test_a_mark_says_what_it_stands_for(the_map):
    the_map.open("v=1&region=IQ-KI")
    the_map.frame.get_by_test_id("map-point").first.hover()
    tip = the_map.frame.locator(".cm-tooltip")
    expect(tip).to_contain_text("Click to read the reports")


def test_pan_and_zoom_are_the_browsers_own_affair(the_map):
    watch = the_map.watch
    the_map.open("v=1&region=IQ")
    frame = the_map.frame_handle()
    frame.evaluate(BRAND)
    the_map.agrees(View(regions=("IQ",)))
    asked_before = len(the_map.answers)
    runs = watch.runs
    before = the_map.look()
    box = the_map.map.bounding_box()
    mouse = the_map.page.mouse
    mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.6 * box["height"])
    mouse.down()
    mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.65 * box["height"], steps=5)
    mouse.up()
    the_map.frame.locator(".leaflet-control-zoom-in").click()
    zoom = before[2] + 1
    expect(the_map.page).to_have_url(re.compile(f"[?&]z={zoom:g}$"))
    the_map.settled()
    after = the_map.look()
    assert after[1] > before[1]
    assert len(the_map.answers) > asked_before, "the map asked for the events of its new window"
    assert watch.runs == runs, "Streamlit ran the page again"
    assert frame.evaluate(BRANDED) == 1, "the map's frame was thrown away"


def test_nothing_in_the_sidebar_moves_when_a_list_is_left(map_page):
    """A long name leaves no room to type beside it; the click that leaves the list still meets what it aims at."""
    page = map_page.page
    with map_page.installation.store() as store:
        name = max((str(name) for name, _ in store.facet(View(), "actor", limit=200)), key=len)
    field = page.get_by_role("combobox", name="Actors", exact=True)
    field.fill(name)
    page.get_by_role("option", name=re.compile(f"^{re.escape(name)}")).first.click()
    expect(page.locator(".st-key-filter-actors")).to_contain_text(name[:10])
    map_page.agrees(View(actors=(name,)))
    page.keyboard.press("Escape")  # the offers go, the focus stays
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_be_focused()
    role = page.locator(".st-key-filter-role button").filter(has_text="As source")
    before = role.bounding_box()
    page.mouse.click(before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
    map_page.agrees(View(actors=(name,), role=Role.SOURCE))
    assert role.bounding_box() == before
