"""The map is asked with the click on a filter, not once the page was run; and never for something else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from driving import loaded
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.assets import assets
from dashboard.filters.period import latest
from dashboard.maps.cell_layer import cells_query
from geodata.ontology import EventType, Quad
from geodata.view import Role, View
from geodata.view_url import KEYS

NOTE = """
() => {
  const live = ConflictMap._live, foresee = live.foresee;
  window.__foreseen = [];
  live.foresee = (query, bounds) => { window.__foreseen.push(query); foresee(query, bounds); };
}
"""
IN_STEP = "() => !ConflictMap._live.foreseen.length"


def test_each_filter_is_foreseen_as_the_page_then_tells_it(map_page):
    page, frame = map_page.page, map_page.frame_handle()
    frame.evaluate(NOTE)
    with map_page.installation.store() as store:
        extent = store.extent()
        actor, _ = store.facet(View(), "actor")[0]
        kind = EventType(store.facet(View(), "type")[0][0])
    quad = Quad(4)
    fights = tuple(each for each in EventType if each.quad is quad)

    def foreseen(view):
        map_page.agrees(view)
        loaded(page)
        frame.wait_for_function(IN_STEP)
        assert frame.evaluate("() => window.__foreseen.pop()") == cells_query(view)
        assert frame.evaluate("() => window.__foreseen.length") == 0, "a click was taken for two"

    page.locator(f".st-key-filter-type-{kind.value} label").click()
    view = View(types=(kind,))
    foreseen(view)
    page.locator(f".st-key-filter-quad-{int(quad)} label").click()
    view = replace(view, types=tuple({kind, *fights}))
    foreseen(view)
    page.locator(f".st-key-filter-quad-{int(quad)} label").click()
    view = replace(view, types=tuple({kind} - set(fights)))
    foreseen(view)
    map_page.pill("Latest year")
    first, last = latest(365, extent.date_max, dt.datetime.now(tz=dt.UTC).date())
    view = replace(view, date_from=first, date_to=last)
    foreseen(view)
    map_page.clear()
    foreseen(View())
    map_page.enter_date("from", "2016-11-02")
    view = View(date_from=dt.date(2016, 11, 2))
    foreseen(view)
    map_page.choose("Actors", actor)
    view = replace(view, actors=(actor,))
    foreseen(view)
    map_page.pill("As source")
    view = replace(view, role=Role.SOURCE)
    foreseen(view)
    page.locator(".st-key-chips").get_by_role("button", name=f"{actor} as source").first.click()
    view = replace(view, actors=())
    foreseen(view)
    page.locator(".st-key-undo button").click()
    foreseen(replace(view, actors=(actor,)))
    page.locator(".st-key-redo button").click()
    foreseen(view)


def test_a_province_is_looked_at_before_the_page_was_run(map_page):
    page, frame = map_page.page, map_page.frame_handle()
    before = map_page.look()
    page.get_by_role("combobox", name="Region", exact=True).fill("Kirkuk")
    option = page.get_by_role("option", name="Kirkuk").first
    option.wait_for()
    # In one breath with the click: nothing can have come back from the server.
    look = """() => new Promise((done) => requestAnimationFrame(() => {
      const at = document.querySelector('.st-key-map-frame iframe').contentWindow.ConflictMap._live.map.getCenter();
      done([at.lat, at.lng]);
    }))"""
    option.dispatch_event("click")
    lat, lon = page.evaluate(look)
    assert (lat, lon) != before[:2]
    assert (35.0 < lat < 36.0, 43.5 < lon < 45.0) == (True, True)
    map_page.agrees(View(regions=("IQ-KI",)))
    frame.wait_for_function(IN_STEP)
    after = map_page.look()
    assert abs(after[0] - lat) < 0.01, "the page looks somewhere else"
    assert abs(after[1] - lon) < 0.01


def test_what_the_page_tells_of_an_earlier_click_does_not_undo_a_later_one(map_page):
    frame = map_page.frame_handle()
    shown = frame.evaluate(
        """(told) => {
          const live = ConflictMap._live, seen = [];
          const tell = (query) => { ConflictMap.show({ ...live.told, query: query }); seen.push(live.query); };
          live.foresee('v=1&type=fight', null);
          live.foresee('v=1&type=assault&type=fight', null);
          tell('v=1&type=fight');
          tell('v=1&type=assault&type=fight');
          live.foresee('v=1&type=fight', null);
          tell('v=1&type=agree');
          return seen;
        }"""
    )
    assert shown == ["v=1&type=assault&type=fight", "v=1&type=assault&type=fight", "v=1&type=agree"]


def test_values_are_written_as_the_server_writes_them(map_page):
    page = map_page.page
    asset = "ui/ahead.js"
    address = f"assets/{asset}?v={assets()[asset].tag}"
    page.evaluate(
        "async (address) => { window.__ahead = await import(new URL(address, document.baseURI).href); }", address
    )
    names = st.lists(st.text(max_size=12).map(str.strip).filter(str.isprintable).filter(bool), min_size=1, max_size=3)

    @given(names, st.booleans())
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def same(actors, dated):
        base = View(date_from=dt.date(2017, 10, 1) if dated else None, types=(EventType.ASSAULT,), text="a & b = c")
        view = replace(base, actors=tuple(actors))
        written = page.evaluate(
            "([query, values, order]) => window.__ahead.withValues(query, 'actor', values, order)",
            [cells_query(base), list(view.actors), list(KEYS)],
        )
        assert written == cells_query(view)
        assert tuple(page.evaluate("(query) => window.__ahead.valuesOf(query, 'actor')", written)) == view.actors

    same()
