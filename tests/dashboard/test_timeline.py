"""The timeline: what it shows around a period, and in which steps."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from dashboard.timeline import spoken, step_end, step_start, steps_between, timeline_as_dict, timeline_view
from geodata.ontology import EventType
from geodata.store.results import Timeline
from geodata.view import View

DAY = dt.date(2017, 10, 16)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
STEPS = st.sampled_from(["day", "week", "month"])


@given(DAYS, STEPS)
def test_every_day_lies_in_one_step(day, step):
    first = step_start(day, step)
    end = step_end(first, step)
    assert first <= day < end
    assert step_start(first, step) == first
    assert step != "month" or end.day == 1
    assert step != "week" or first.weekday() == 0


@given(DAYS, st.integers(0, 400), STEPS)
def test_steps_follow_each_other_without_a_gap(day, length, step):
    last = day + dt.timedelta(days=length)
    days = steps_between(day, last, step)
    assert days[0] <= day
    assert days[-1] <= last < step_end(days[-1], step)
    assert all(step_end(one, step) == other for one, other in itertools.pairwise(days))


def test_what_lies_around_the_period_is_shown_too():
    around = timeline_view(View(date_from=DAY, date_to=DAY, types=(EventType.ASSAULT,)))
    assert around.date_from < DAY < around.date_to
    assert around.types == (EventType.ASSAULT,)
    assert timeline_view(View(date_from=DAY)).date_from is None
    assert timeline_view(View(date_from=dt.date.min, date_to=dt.date.max)).date_from is None


def test_words_name_the_highest_bar():
    timeline = Timeline(step="day", rows=[(DAY, 1, 2), (DAY, 4, 3), (dt.date(2017, 10, 20), 4, 1)])
    assert spoken(timeline) == "6 reported events by day; most, 5, in the day of 2017-10-16"
    assert spoken(Timeline(step="day", rows=[])) == "No dated events in this period"


def test_axis_holds_all_bars_and_the_period(filled_store):
    found = timeline_as_dict(filled_store, View(date_from=dt.date(2017, 10, 10), date_to=dt.date(2017, 10, 17)))
    assert found["step"] == "day"
    assert found["first"] <= "2017-10-10"
    assert found["end"] > "2017-10-20"
    assert all(found["first"] <= day < found["end"] for day, _, _ in found["rows"])
    assert sum(count for _, _, count in found["rows"]) == 5


def test_axis_of_nothing_is_empty(filled_store):
    found = timeline_as_dict(filled_store, View(text="no such words"))
    assert (found["first"], found["end"], found["rows"]) == (None, None, [])
