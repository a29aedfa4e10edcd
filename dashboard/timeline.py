"""The timeline: events by day, week or month, stacked by quad, around the period of a view. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geodata.store.results import Step, Timeline
    from geodata.store.store import Store
    from geodata.view import View

_LEAST_MARGIN = dt.timedelta(days=14)
_DAY = dt.timedelta(days=1)
_MOST_STEPS = 5000


def timeline_view(view: View) -> View:
    """Return the view whose events the timeline shows: the period and as much again around it.

    So one sees what lies just outside of the period, and can widen it by dragging.
    """
    first, last = view.date_from, view.date_to
    if first is None or last is None:
        return replace(view, date_from=None, date_to=None)
    margin = max(_LEAST_MARGIN, (last - first) / 2)
    try:
        return replace(view, date_from=first - margin, date_to=last + margin)
    except OverflowError:
        return replace(view, date_from=None, date_to=None)


def step_start(day: dt.date, step: Step) -> dt.date:
    """Return the first day of the step that holds a day; weeks begin on Monday."""
    if step == "month":
        return day.replace(day=1)
    return day - day.weekday() * _DAY if step == "week" else day


def step_end(day: dt.date, step: Step) -> dt.date:
    """Return the first day after the step that begins on a day."""
    if step == "month":
        return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return day + (7 * _DAY if step == "week" else _DAY)


def steps_between(first: dt.date, last: dt.date, step: Step) -> list[dt.date]:
    """Return the first days of all steps that meet the days from `first` to `last`, at most 5,000."""
    days = [step_start(first, step)]
    while len(days) < _MOST_STEPS and (following := step_end(days[-1], step)) <= last:
        days.append(following)
    return days


def timeline_as_dict(store: Store, view: View) -> dict[str, Any]:
    """Return the timeline around a view's period in the form that `timeline.js` draws.

    Returns
    -------
    dict
        ``step``; ``first`` and ``end``, the days between which the axis runs (`end` is no more
        part of it); ``rows`` of (first day, quad, count); ``words``, what the chart shows, for
        those who do not see it. `first` and `end` are None when nothing is dated.
    """
    shown = timeline_view(view)
    found = store.timeline(shown, step="auto")
    ends = [day for day, _, _ in found.rows] + [day for day in (view.date_from, view.date_to) if day]
    first = step_start(min(ends), found.step) if ends else None
    end = step_end(step_start(max(ends), found.step), found.step) if ends else None
    return {
        "step": found.step,
        "first": first.isoformat() if first else None,
        "end": end.isoformat() if end else None,
        "rows": [[day.isoformat(), quad, count] for day, quad, count in found.rows],
        "words": spoken(found),
    }


def spoken(timeline: Timeline) -> str:
    """Return what the chart shows, in words, for those who do not see it."""
    total = sum(count for _, _, count in timeline.rows)
    if not timeline.rows:
        return "No dated events in this period"
    peak: dict[dt.date, int] = {}
    for day, _, count in timeline.rows:
        peak[day] = peak.get(day, 0) + count
    top = max(peak, key=peak.__getitem__)
    return f"{total:,} reported events by {timeline.step}; most, {peak[top]:,}, in the {timeline.step} of {top.isoformat()}"
