"""The timeline and playback: the period by dragging and by key; the map follows without a run of the page."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from geodata.view import View

OCTOBER = "v=1&from=2017-10-01&to=2017-10-31"
# Keeps what is said over the map while it plays: it changes faster than a test can look.
TOLD = """
() => {
  window.__told = [];
  const look = () => {
    const said = document.querySelector('[data-testid="playing"]');
    if (said && said.textContent) window.__told.push(said.textContent);
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}
"""
PERIOD = View(date_from=dt.date(2017, 10, 1), date_to=dt.date(2017, 10, 31))


def drag(the_map, start: float, end: float) -> None:
    chart = the_map.frame.locator(".cm-time-chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    mouse = the_map.page.mouse
    row = box["y"] + 0.4 * box["height"]
    mouse.move(box["x"] + start * box["width"], row)
    mouse.down()
    mouse.move(box["x"] + end * box["width"], row, steps=4)
    mouse.up()


def period_of(the_map) -> tuple[dt.date, dt.date]:
    expect(the_map.page).to_have_url(re.compile("[?&]from=.*&to="))
    query = the_map.query()
    return dt.date.fromisoformat(query["from"][0]), dt.date.fromisoformat(query["to"][0])


def test_dragging_over_the_bars_sets_the_period(map_page):
    drag(map_page, 0.25, 0.45)
    first, last = period_of(map_page)
    assert first < last
    assert first.day == 1, "the bars are months"
    assert (last + dt.timedelta(days=1)).day == 1
    map_page.agrees(View(date_from=first, date_to=last))
    expect(map_page.page.locator('.st-key-filter-from [data-type="year"]')).to_have_text(str(first.year))
    expect(map_page.frame.locator(".cm-time-window")).to_be_visible()
    map_page.frame.get_by_test_id("time-whole").click()
    map_page.agrees(View())


def test_the_map_does_not_wait_for_the_page_when_the_period_is_dragged(map_page):
    before = map_page.watch.runs
    drag(map_page, 0.25, 0.45)
    first, last = period_of(map_page)
    map_page.agrees(View(date_from=first, date_to=last))
    asked = [url for url, _ in map_page.answers if f"from={first}" in url]
    assert len(asked) == 1, "the map asked at once, and not again when the page had been told"
    assert map_page.watch.runs == before + 1


def test_clicking_a_bar_chooses_its_time(the_map):
    the_map.open(OCTOBER)
    bars = the_map.frame.locator(".cm-time-bar rect")
    bars.nth(20).click(force=True)
    the_map.page.wait_for_function("() => !location.search.includes('to=2017-10-31')")
    first, last = period_of(the_map)
    assert first == last
    the_map.agrees(View(date_from=first, date_to=last))


def test_the_ends_of_the_period_move_by_key(the_map):
    the_map.open(OCTOBER)
    handle = the_map.frame.get_by_test_id("time-last")
    expect(handle).to_have_attribute("aria-valuetext", "31 Oct 2017")
    handle.focus()
    for _ in range(3):
        the_map.page.keyboard.press("ArrowLeft")
    expect(handle).to_have_attribute("aria-valuetext", "28 Oct 2017")
    the_map.agrees(View(date_from=PERIOD.date_from, date_to=dt.date(2017, 10, 28)))
    expect(handle).to_be_focused()


def test_the_period_of_the_sidebar_is_the_window_of_the_timeline(map_page):
    map_page.enter_date("from", "2017-10-16")
    map_page.enter_date("to", "2017-10-20")
    map_page.agrees(View(date_from=dt.date(2017, 10, 16), date_to=dt.date(2017, 10, 20)))
    expect(map_page.frame.get_by_test_id("time-first")).to_have_attribute("aria-valuetext", "16 Oct 2017")
    expect(map_page.frame.get_by_test_id("time-last")).to_have_attribute("aria-valuetext", "20 Oct 2017")


def test_playback_goes_through_the_period_and_the_page_does_not_run(the_map):
    the_map.open(OCTOBER)
    the_map.agrees(PERIOD)
    before = the_map.watch.runs
    frame = the_map.frame
    frame.get_by_test_id("play-window").select_option("week")
    frame.get_by_test_id("play-speed").select_option("fast")
    the_map.frame_handle().evaluate(TOLD)
    frame.get_by_test_id("play").click()
    playing = frame.get_by_test_id("playing")
    expect(playing).to_contain_text("End of the period", timeout=60_000)
    told = the_map.frame_handle().evaluate("window.__told.join(' ')")
    assert all(f"{step} of 5" in told for step in range(1, 5)), told
    windows = {
        (query["from"], query["to"])
        for url, _ in the_map.answers
        if (query := dict(re.findall(r"[?&](from|to)=([\d-]+)", url)))
    }
    assert {
        ("2017-10-01", "2017-10-07"),
        ("2017-10-08", "2017-10-14"),
        ("2017-10-15", "2017-10-21"),
        ("2017-10-22", "2017-10-28"),
        ("2017-10-29", "2017-10-31"),
    } <= windows
    expect(playing).to_contain_text("31 Oct 2017")
    expect(the_map.page.get_by_test_id("sentence")).to_contain_text("29–31 October 2017")
    assert the_map.watch.runs <= before + 2, "Streamlit runs the page where it rests, and not with each step"
    frame.get_by_test_id("play-stop").click()
    expect(playing).to_be_hidden()
    the_map.agrees(PERIOD)


def test_sentence_and_cards_follow_playback_where_it_rests(the_map):
    the_map.open(OCTOBER)
    the_map.agrees(PERIOD)
    frame, page = the_map.frame, the_map.page
    before = the_map.watch.runs
    frame.get_by_test_id("play-window").select_option("day")
    for _ in range(16):
        frame.get_by_test_id("play-forward").click()
    sentence = page.get_by_test_id("sentence")
    expect(sentence).to_contain_text("16 October 2017")
    day = View(date_from=dt.date(2017, 10, 16), date_to=dt.date(2017, 10, 16))
    with the_map.installation.store() as store:
        counts, whole = store.counts(day), store.counts(PERIOD)
        first = store.events(day, limit=1)[0].event.id
    assert 0 < counts.events < whole.events
    expect(sentence).to_contain_text(f"{counts.events} reported event")
    expect(page.locator(f".st-key-card-{first}")).to_be_visible()
    expect(frame.get_by_test_id("playing")).to_contain_text("16 Oct 2017")
    assert "from=2017-10-01" in page.url, "the view itself is the same"
    assert the_map.watch.runs <= before + 3, "steps that follow soon are told once"
    frame.get_by_test_id("play-stop").click()
    the_map.agrees(PERIOD)


def test_playback_by_steps_shows_what_the_store_says(the_map):
    the_map.open(OCTOBER)
    frame = the_map.frame
    frame.get_by_test_id("play-window").select_option("day")
    for _ in range(16):
        frame.get_by_test_id("play-forward").click()
    expect(frame.get_by_test_id("playing")).to_contain_text("16 Oct 2017")
    day = View(date_from=dt.date(2017, 10, 16), date_to=dt.date(2017, 10, 16))
    the_map.settled()
    with the_map.installation.store() as store:
        placed = store.counts(day).placed
    the_map.frame_handle().wait_for_function(
        "n => { const d = ConflictMap._live.events._data; return [...d.points, ...d.cells, ...d.areas].reduce((s, m) => s + m.count, 0) === n; }",
        arg=placed,
    )
    frame.get_by_test_id("play-cumulative").check()
    expect(frame.get_by_test_id("playing")).to_contain_text("1–16 Oct 2017")
    the_map.page.keyboard.press("Escape")
    expect(frame.get_by_test_id("playing")).to_be_hidden()
    the_map.agrees(PERIOD)


def test_a_new_filter_ends_playback(the_map):
    the_map.open(OCTOBER)
    the_map.frame.get_by_test_id("play-forward").click()
    expect(the_map.frame.get_by_test_id("playing")).to_be_visible()
    the_map.pill("Assault")
    expect(the_map.frame.get_by_test_id("playing")).to_be_hidden(timeout=30_000)


@pytest.mark.parametrize("width", [400, 1400])
def test_timeline_and_playback_fit_their_frame(new_context, dashboard, map_page_of, width):
    context, watch = new_context(dashboard.url, viewport={"width": width, "height": 900})
    page = map_page_of(context, watch)
    page.open()
    inside = page.frame_handle().evaluate(
        """() => ['.cm-time-chart', '.cm-play', '.cm-time-foot', '.cm-play-check'].map(name => {
          const box = document.querySelector(name).getBoundingClientRect();
          return [name, box.left >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1 && box.height > 10];
        })"""
    )
    assert all(fits for _, fits in inside), inside
