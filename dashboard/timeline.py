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
    """Return a row for each piece of a bar: its days, its quad, its count, from where to where it reaches."""
    rows = []
    by_day: dict[dt.date, dict[Quad, int]] = {}
    for day, quad, count in timeline.rows:
        by_day.setdefault(day, {})[Quad(quad)] = count
    for day, quads in sorted(by_day.items()):
        end = step_end(day, timeline.step)
        inside = (view.date_from is None or end > view.date_from) and (view.date_to is None or day <= view.date_to)
        base = 0
        for quad in QUAD_ORDER:
            count = quads.get(quad, 0)
            if count:
                rows.append((pd.Timestamp(day), pd.Timestamp(end), quad.label, count, base, base + count, inside))
                base += count
    return pd.DataFrame(rows, columns=["day", "end", "quad", "events", "low", "high", "inside"])


def timeline_chart(frame: pd.DataFrame) -> alt.Chart:
    """Return the chart; its selection is called `BRUSH`.

    Bars reach from one day to another, which Vega-Lite does not stack by itself.
    """
    brush = alt.selection_interval(name=BRUSH, encodings=["x"])
    quads = [quad.label for quad in QUAD_ORDER]
    colours = [QUAD_COLOURS[quad] for quad in QUAD_ORDER]
    axis_x = alt.Axis(
        grid=False, tickCount=8, labelOverlap=True, labelFlush=True, labelFontSize=12, format=_day_format(frame)
    )
    axis_y = alt.Axis(tickCount=3, tickMinStep=1, format="d", domain=False, labelFontSize=12)
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_rect(xOffset=0.5, x2Offset=-0.5)
        .encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=axis_x),
            x2="end:T",
            y=alt.Y("low:Q", title=None, scale=alt.Scale(zero=True, nice=True), axis=axis_y),
            y2="high:Q",
            color=alt.Color("quad:N", scale=alt.Scale(domain=quads, range=colours), legend=None),
            opacity=alt.condition("datum.inside", alt.value(1), alt.value(0.28)),
            tooltip=[
                alt.Tooltip("day:T", title="From", format="%d %b %Y", formatType="utc"),
                alt.Tooltip("quad:N", title="Kind"),
                alt.Tooltip("events:Q", title="Events"),
            ],
        )
        .add_params(brush)
        .properties(height=150)
        .configure_view(strokeWidth=0)
    )
    return chart


def _day_format(frame: pd.DataFrame) -> str:
    if frame.empty:
        return "%d %b"
    days = (frame["end"].max() - frame["day"].min()).days
    return "%d %b" if days < 300 else "%b %Y"  # noqa: PLR2004  about a year


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
