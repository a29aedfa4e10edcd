"""A link: it opens what was looked at, and says what of it could not be applied."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from geodata.ontology import EventType
from geodata.view import Role, View


def test_copied_link_opens_the_same_view(the_map, another_map_page):
    view = View(
        date_from=dt.date(2017, 10, 1),
        date_to=dt.date(2017, 10, 31),
        actors=("Peshmerga",),
        role=Role.SOURCE,
        types=(EventType.RETREAT, EventType.ASSAULT),
        regions=("IQ",),
    )
    the_map.open("v=1&from=2017-10-01&to=2017-10-31&actor=Peshmerga&role=source&type=retreat&type=assault&region=IQ")
    the_map.agrees(view)
    zoom = the_map.look()[2]
    the_map.frame.locator(".leaflet-control-zoom-in").click()
    expect(the_map.page).to_have_url(re.compile(rf"[?&]z={zoom + 1:g}$"))
    look = the_map.look()
    the_map.looks_at(*look)
    the_map.settled()
    the_map.page.get_by_test_id("copy-link").click()
    link = the_map.page.get_by_test_id("copied-link").input_value()
    assert "from=2017-10-01&to=2017-10-31" in link

    other = another_map_page.open(link.partition("?")[2])
    other.agrees(view, all_in_window=False)
    there = other.look()
    assert there[2] == look[2] == zoom + 1
    assert abs(there[0] - look[0]) < 0.01
    assert abs(there[1] - look[1]) < 0.01
    assert other.shown_on_map() == the_map.shown_on_map()
    expect(other.page.locator('.st-key-filter-from [data-type="year"]')).to_have_text("2017")


def test_window_changed_by_hand_is_in_the_link(the_map, another_map_page):
    the_map.open("v=1&region=IQ-KI")
    box = the_map.map.bounding_box()
    mouse = the_map.page.mouse
    mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 40)
    mouse.down()
    mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 90, steps=5)
    mouse.up()
    lat, lon, zoom = the_map.look()
    the_map.looks_at(lat, lon, zoom)
    other = another_map_page.open(the_map.page.url.partition("?")[2])
    there = other.look()
    assert abs(there[0] - lat) < 0.01
    assert abs(there[1] - lon) < 0.01
    assert there[2] == zoom


def test_link_with_a_selected_event(the_map):
    with the_map.installation.store() as store:
        event = store.events(View(regions=("IQ-KI",)), limit=30)[-1].event
    the_map.open(f"v=1&event={event.id}")
    the_map.frame.locator(".cm-selected-ring, .cm-pill-selected").first.wait_for(state="attached")
    expect(the_map.page.locator(f".st-key-card-{event.id}")).to_have_css("outline-style", "solid")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("v=1&type=assault&type=earthquake", "event type “earthquake”"),
        ("v=1&type=assault&region=atlantis", "region “atlantis”"),
        ("v=1&type=assault&actor=Nobody+at+all", "actor “Nobody at all”"),
        ("v=1&type=assault&from=2017-02-30", "“2017-02-30” is no day of the calendar"),
        ("v=1&type=assault&to=yesterday", "“yesterday” is no date like 2017-10-23"),
        ("v=1&type=assault&colour=red", "“colour”"),
    ],
)
def test_unknown_values_are_told_and_the_rest_applied(the_map, query, said):
    the_map.open(query)
    the_map.agrees(View(types=(EventType.ASSAULT,)))
    note = the_map.page.get_by_test_id("stAlert")
    expect(note).to_contain_text("Part of the link could not be applied")
    expect(note).to_contain_text(said)
    expect(note).to_contain_text("it was not applied")


def test_everything_unknown_at_once(the_map):
    the_map.open(
        "v=1&type=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&region=nowhere&actor=**nobody**&from=31.12.2017&lat=95&lon=5&event=gone"
    )
    expect(the_map.page.get_by_test_id("stAlert").first).to_contain_text("“<img src=x onerror=alert(1)>”")
    expect(the_map.page.get_by_test_id("stMain")).to_contain_text(
        "The event of this link is not in the store any more."
    )
    the_map.agrees(View())


def test_going_to_another_page_and_back_keeps_the_view(the_map):
    the_map.open("v=1&type=assault&region=IQ")
    view = View(types=(EventType.ASSAULT,), regions=("IQ",))
    the_map.agrees(view)
    the_map.page.get_by_role("link", name="Method").click()
    expect(the_map.page.get_by_role("heading", name="Method", exact=True)).to_be_visible()
    the_map.page.get_by_role("link", name="Map").click()
    the_map.ready().agrees(view)
    assert the_map.query()["type"] == ["assault"]
