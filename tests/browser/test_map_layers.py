"""The layers of the map, the shape drawn on it, the charts under it, and what is seen while it waits or fails."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from geodata.ontology import EventType
from geodata.store.by_region import region_counts
from geodata.store.pairs import actor_pairs
from geodata.view import Layer, Role, View
from geodata.view_shape import bounds_of, decode_shape, is_box

IRAQ = "v=1&lat=34.5&lon=44&z=6"
COLOURED = """
name => {
  const canvas = document.querySelector('canvas.' + name);
  if (!canvas) return 0;
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let n = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) n++;
  return n / (data.length / 4);
}
"""


def chosen_layer(the_map, name: str) -> None:
    the_map.frame.get_by_test_id(f"choose-{name}").click()
    expect(the_map.map).to_have_attribute("data-layer", name)
    the_map.settled()


def painted(the_map, name: str) -> float:
    the_map.frame_handle().wait_for_function(f"() => ({COLOURED})('{name}') > 0.001")
    return the_map.frame_handle().evaluate(COLOURED, name)


def test_heat_is_drawn_and_follows_map_and_filters(the_map):
    the_map.open(IRAQ)
    chosen_layer(the_map, "heat")
    expect(the_map.page).to_have_url(re.compile("[?&]layer=heat"))
    whole = painted(the_map, "cm-heat")
    legend = the_map.frame.get_by_test_id("layer-legend")
    expect(legend).to_contain_text(re.compile(r"Densest: about [\d,]+ within [\d.,]+ km"))
    expect(legend).to_contain_text("known only by area")
    expect(the_map.marks).to_have_count(0)
    runs = the_map.watch.runs
    asked = the_map.watch.asked
    the_map.frame.locator(".leaflet-control-zoom-in").click()
    the_map.page.wait_for_function("() => location.search.includes('z=7')")
    the_map.frame_handle().wait_for_function("() => ConflictMap._live.asked.includes('z=7')")
    the_map.settled()
    assert [url for url in asked if "/api/heat?" in url and "&z=7" in url]
    assert the_map.watch.runs == runs, "Streamlit ran the page again"
    the_map.pill("Retreat")
    expect(the_map.page).to_have_url(re.compile("[?&]type=retreat"))
    the_map.frame_handle().wait_for_function("() => ConflictMap._live.asked.includes('type=retreat')")
    the_map.settled()
    assert painted(the_map, "cm-heat") != whole


def test_a_link_opens_with_its_layer(the_map):
    the_map.open(f"{IRAQ}&layer=regions")
    expect(the_map.frame.get_by_test_id("choose-regions")).to_have_attribute("aria-pressed", "true")
    painted(the_map, "cm-choropleth")
    chosen_layer(the_map, "events")
    expect(the_map.marks.first).to_be_visible()
    expect(the_map.page).not_to_have_url(re.compile("layer="))


def test_regions_are_coloured_named_and_filter_when_clicked(the_map):
    the_map.open(IRAQ)
    chosen_layer(the_map, "regions")
    painted(the_map, "cm-choropleth")
    with the_map.installation.store() as store:
        kirkuk = next(row for row in region_counts(store, View()).units if row.region_id == "IQ-KI")
    at = the_map.frame_handle().evaluate(
        "() => { const p = ConflictMap._live.map.latLngToContainerPoint([35.45, 44.2]); return [p.x, p.y]; }"
    )
    box = the_map.map.bounding_box()
    the_map.page.mouse.move(box["x"] + at[0], box["y"] + at[1])
    tip = the_map.frame.locator(".cm-tooltip")
    expect(tip).to_contain_text("Kirkuk")
    expect(tip).to_contain_text(f"{kirkuk.count} reported events")
    expect(tip).to_contain_text("known only to the country")
    the_map.page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    expect(the_map.page).to_have_url(re.compile("[?&]region=IQ-KI"))
    expect(the_map.sentence).to_contain_text(f"{kirkuk.count} reported events")
    expect(the_map.frame.locator("path.cm-outline").first).to_have_attribute("stroke-dasharray", "6 4")


def test_classes_have_limits_and_can_be_rates(the_map):
    the_map.open(IRAQ)
    chosen_layer(the_map, "regions")
    legend = the_map.frame.get_by_test_id("layer-legend")
    expect(legend).to_contain_text("Reported events by province")
    expect(legend).to_contain_text("and more")
    classes = legend.locator(".cm-swatch-wide").count()
    assert 2 <= classes - 1 <= 5
    legend.get_by_test_id("choose-rate").click()
    expect(legend).to_contain_text("per 1,000 km²")
    for _ in range(2):
        the_map.frame.locator(".leaflet-control-zoom-out").click()
        the_map.look()
    expect(legend).to_contain_text("by country")


def test_a_rectangle_filters_and_is_part_of_the_link(the_map):
    the_map.open(IRAQ)
    frame = the_map.frame
    frame.get_by_test_id("draw-box").click()
    box = the_map.map.bounding_box()
    mouse = the_map.page.mouse
    mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.3 * box["height"])
    mouse.down()
    mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.7 * box["height"], steps=5)
    mouse.up()
    expect(the_map.page).to_have_url(re.compile("[?&]shape="))
    ring = decode_shape(parse_qs(urlsplit(the_map.page.url).query)["shape"][0])
    assert is_box(ring)
    south, west, north, east = bounds_of(ring)
    assert south < 34.5 < north
    assert west < 44 < east
    the_map.agrees(View(shape=ring))
    expect(the_map.sentence).to_contain_text("inside the drawn area")
    expect(frame.locator("path.cm-shape")).to_be_visible()
    again = the_map.page.url
    frame.get_by_test_id("draw-clear").click()
    expect(the_map.page).not_to_have_url(re.compile("shape="))
    expect(the_map.sentence).not_to_contain_text("drawn area")
    expect(frame.locator("path.cm-shape")).to_have_count(0)
    the_map.page.goto(again)
    the_map.ready()
    the_map.agrees(View(shape=ring))


def test_an_outline_is_drawn_corner_by_corner_and_given_up_by_escape(the_map):
    the_map.open(IRAQ)
    box = the_map.map.bounding_box()
    mouse = the_map.page.mouse
    corners = [(0.4, 0.3), (0.7, 0.35), (0.6, 0.7)]

    def click(x, y):
        mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])

    the_map.frame.get_by_test_id("draw-polygon").click()
    click(*corners[0])
    the_map.page.keyboard.press("Escape")
    expect(the_map.frame.locator("path.cm-shape")).to_have_count(0)
    the_map.frame.get_by_test_id("draw-polygon").click()
    for corner in [*corners, corners[0]]:
        click(*corner)
        the_map.page.wait_for_timeout(350)  # apart, or two clicks are a double click
    expect(the_map.page).to_have_url(re.compile("[?&]shape="))
    ring = decode_shape(parse_qs(urlsplit(the_map.page.url).query)["shape"][0])
    assert len(ring) == 3
    the_map.agrees(View(shape=ring))


def test_charts_filter_when_clicked(map_page):
    page = map_page.page
    frame = page.locator(".st-key-charts-frame")
    frame.scroll_into_view_if_needed()
    with map_page.installation.store() as store:
        region = region_counts(store, View()).units[0]
        kinds = store.facet(View(), "type")
    kind = EventType(kinds[0][0])
    row = page.get_by_test_id("chart-types").get_by_role(
        "button", name=f"{kind.label}: {kinds[0][1]:,} reported events"
    )
    row.click()
    map_page.agrees(View(types=(kind,)))
    expect(row).to_have_attribute("aria-pressed", "true")
    row.click()
    map_page.agrees(View())
    page.get_by_test_id("chart-regions").get_by_role("button").first.click()
    map_page.agrees(View(regions=(region.region_id,)))
    page.get_by_test_id("chart-regions").get_by_role("button").first.click()
    map_page.agrees(View())
    actor = page.get_by_test_id("chart-pairs").get_by_role("button", name="Show only what is done to").first
    name = actor.inner_text()
    actor.click()
    map_page.agrees(View(actors=(name,), role=Role.TARGET))
    map_page.clear()
    map_page.agrees(View())
    with map_page.installation.store() as store:
        pair = actor_pairs(store, View(), limit=1)[0]
    both = page.get_by_test_id("chart-pairs").get_by_role("button", name=f"{pair.source} towards {pair.target}: ")
    both.click()
    map_page.agrees(View(pair=(pair.source, pair.target)))  # and not all that either does
    expect(both).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".st-key-chips")).to_contain_text(f"{pair.source} → {pair.target}")
    both.click()
    map_page.agrees(View())


def test_charts_wait_until_somebody_comes_near(new_context, dashboard, map_page_of):
    context, watch = new_context(dashboard.url, viewport={"width": 1200, "height": 500})
    the_map = map_page_of(context, watch).open()
    assert not [url for url in watch.asked if "/api/charts" in url]
    the_map.page.locator(".st-key-charts-frame").scroll_into_view_if_needed()
    expect(the_map.page.get_by_test_id("chart-pairs")).to_be_visible()


def test_a_failing_request_is_said_and_tried_again(the_map):
    fail = {"yes": True}

    def answer(route):
        if fail["yes"]:
            route.fulfill(status=503, body='{"error": "no"}')
        else:
            route.continue_()

    the_map.page.route("**/api/cells?*", answer)
    the_map.page.goto(f"{the_map.installation.url}/?{IRAQ}")
    problem = the_map.frame.locator(".cm-problem")
    expect(problem).to_contain_text("The events could not be loaded.", timeout=30_000)
    the_map.look()  # a map that still moves asks again by itself
    fail["yes"] = False
    problem.get_by_role("button", name="Try again").click()
    expect(problem).to_have_count(0)
    expect(the_map.marks.first).to_be_visible()


def test_a_slow_request_shows_a_line_and_a_superseded_one_is_given_up(the_map):
    held = []
    the_map.open(IRAQ)
    the_map.page.route("**/api/cells?*z=7*", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks its handlers
    aborted = []
    the_map.page.on("requestfailed", lambda request: aborted.append(request.url))
    the_map.frame.locator(".leaflet-control-zoom-in").click()
    expect(the_map.frame.locator(".cm-progress")).to_be_visible()
    the_map.frame.locator(".leaflet-control-zoom-in").click()
    the_map.settled()
    expect(the_map.frame.locator(".cm-progress")).to_have_count(0)
    assert held
    assert any("z=7" in url for url in aborted)


def test_the_map_says_when_a_query_is_painted(the_map):
    the_map.open(IRAQ)
    said = (
        the_map.frame_handle()
        .wait_for_function("() => window.__conflictmap && window.__conflictmap.painted")
        .json_value()
    )
    assert said["query"] == "v=1"
    assert said["path"].startswith("api/cells?")
    before = said["count"]
    the_map.pill("Assault")
    the_map.frame_handle().wait_for_function(
        "before => window.__conflictmap.painted.count > before && window.__conflictmap.painted.query.includes('type=assault')",
        arg=before,
    )
    assert the_map.frame_handle().evaluate("() => performance.getEntriesByName('conflictmap-painted').length") > before


def test_layer_is_kept_by_the_page(the_map):
    """What else reads the view, a snapshot say, must know what is looked at."""
    the_map.open(f"{IRAQ}&layer={Layer.HEAT.value}")
    expect(the_map.frame.get_by_test_id("choose-heat")).to_have_attribute("aria-pressed", "true")
    the_map.pill("Assault")
    expect(the_map.page).to_have_url(re.compile("type=assault.*layer=heat"))
    expect(the_map.frame.get_by_test_id("choose-heat")).to_have_attribute("aria-pressed", "true")
