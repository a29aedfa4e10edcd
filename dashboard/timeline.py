"""The timeline: events by day, week or month, stacked by quad. Brushing it sets the period."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from dashboard.maps.colours import QUAD_COLOURS, QUAD_ORDER
from geodata.ontology import Quad

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.store.results import Timeline
    from geodata.view import View

BRUSH = "period"
_LEAST_MARGIN = dt.timedelta(days=14)
_DAY = dt.timedelta(days=1)
_UTC = dt.UTC


def timeline_view(view: View) -> View:
    """Return the view whose events the timeline shows: the period and as much again around it.

    So one sees what lies just outside of the period, and can widen it by brushing.
    """
    first, last = view.date_from, view.date_to
    if first is None or last is None:
        return replace(view, date_from=None, date_to=None)
    margin = max(_LEAST_MARGIN, (last - first) / 2)
    try:
        return replace(view, date_from=first - margin, date_to=last + margin)
    except OverflowError:
        return replace(view, date_from=None, date_to=None)


def step_end(day: dt.date, step: str) -> dt.date:
    """Return the first day after the step that begins on a day."""
    if step == "month":
        return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return day + (7 * _DAY if step == "week" else _DAY)


def timeline_frame(timeline: Timeline, view: View) -> pd.DataFrame:
    """Return a row for each bar: its days, its quad, its count, whether it is in the period."""
    rows = []
    for day, quad, count in timeline.rows:
        end = step_end(day, timeline.step)
        inside = (view.date_from is None or end > view.date_from) and (view.date_to is None or day <= view.date_to)
        rows.append(
            {
                "day": pd.Timestamp(day),
                "end": pd.Timestamp(end),
                "quad": Quad(quad).label,
                "rank": QUAD_ORDER.index(Quad(quad)),
                "events": count,
                "inside": inside,
            }
        )
    columns = ["day", "end", "quad", "rank", "events", "inside"]
    return pd.DataFrame(rows, columns=columns)


def timeline_chart(frame: pd.DataFrame) -> alt.Chart:
    """Return the chart; its selection is called `BRUSH`."""
    brush = alt.selection_interval(name=BRUSH, encodings=["x"])
    quads = [quad.label for quad in QUAD_ORDER]
    colours = [QUAD_COLOURS[quad] for quad in QUAD_ORDER]
    return (
        alt.Chart(frame)
        .mark_bar(binSpacing=0)
        .encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(grid=False, tickCount=8, labelOverlap=True)),
            x2="end:T",
            y=alt.Y("events:Q", title=None, stack=True, axis=alt.Axis(tickCount=3, tickMinStep=1, format="d", domain=False)),
            color=alt.Color("quad:N", scale=alt.Scale(domain=quads, range=colours), legend=None),
            order=alt.Order("rank:Q"),
            opacity=alt.condition("datum.inside", alt.value(1), alt.value(0.28)),
            tooltip=[
                alt.Tooltip("day:T", title="From", format="%d %b %Y"),
                alt.Tooltip("quad:N", title="Kind"),
                alt.Tooltip("events:Q", title="Events"),
            ],
        )
        .add_params(brush)
        .properties(height=150)
        .configure_view(strokeWidth=0)
    )


def brushed_period(selection: Mapping[str, Any] | None) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of what was brushed, or None when nothing was.

    Parameters
    ----------
    selection
        What Streamlit gives for the chart: ``{"period": {"day": [from, to]}}``, in milliseconds
        since 1970 UTC.
    """
    days = ((selection or {}).get(BRUSH) or {}).get("day") or ()
    if len(days) < 2:  # noqa: PLR2004  a period has two ends
        return None
    try:
        first, last = sorted(dt.datetime.fromtimestamp(float(ms) / 1000, tz=_UTC) for ms in days)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    # A brush that ends on midnight does not reach into the day that begins there.
    end = (last - dt.timedelta(seconds=1)).date()
    return first.date(), max(first.date(), end)


def spoken(timeline: Timeline) -> str:
    """Return what the chart shows, in words, for those who do not see it."""
    total = sum(count for _, _, count in timeline.rows)
    if not timeline.rows:
        return "No dated events in this period"
    peak: dict[dt.date, int] = {}
    for day, _, count in timeline.rows:
        peak[day] = peak.get(day, 0) + count
    top = max(peak, key=peak.__getitem__)
    return f"{total} reported events by {timeline.step}; most, {peak[top]}, in the {timeline.step} of {top.isoformat()}"
