"""The period: presets, and exact days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.filters.widgets import put, value_of
from dashboard.state import session
from dashboard.texts.filters import FROM, PERIOD, PRESETS, TO, counted

if TYPE_CHECKING:
    from geodata.store.results import Extent
    from geodata.store.store import Store
    from geodata.view import View

_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
_ALL = next(iter(PRESETS))


def today() -> dt.date:
    """Return the day it is, in UTC: the newest that a preset ends on."""
    return dt.datetime.now(tz=dt.UTC).date()


def latest(days: int | None, date_max: dt.date | None, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return a preset's period: the last days of what is stored, not beyond today.

    Counted from the newest stored event, so that presets are of use in an archive too.
    """
    if days is None or date_max is None:
        return None, None
    last = min(date_max, today)
    return last - dt.timedelta(days=days - 1), last


def period(store: Store, view: View, extent: Extent) -> None:
    """Draw the period."""
    periods = {name: latest(days, extent.date_max, today()) for name, days in PRESETS.items()}
    counts = dict(zip(periods, store.in_periods(view, list(periods.values())), strict=True))
    chosen = next((name for name, days in periods.items() if days == (view.date_from, view.date_to)), None)
    st.pills(
        PERIOD,
        list(PRESETS),
        format_func=lambda name: counted(name, counts[name]),
        key=put("filter-preset", chosen),
        on_change=_changed_preset,
        args=(extent.date_max, today()),
    )
    first, last = st.columns(2, gap="xsmall")
    with first:
        _day(FROM, "filter-from", view.date_from)
    with last:
        _day(TO, "filter-to", view.date_to)


def _day(label: str, key: str, value: dt.date | None) -> None:
    st.date_input(
        label,
        value=None,
        min_value=min(_EARLIEST, value or _EARLIEST),
        max_value=max(_LATEST, value or _LATEST),
        format="YYYY-MM-DD",
        key=put(key, value),
        on_change=_changed_days,
    )


def _changed_preset(date_max: dt.date | None, today: dt.date) -> None:
    first, last = latest(PRESETS.get(value_of("filter-preset") or _ALL), date_max, today)
    session().change(date_from=first, date_to=last)


def _changed_days() -> None:
    first, last = value_of("filter-from"), value_of("filter-to")
    if first and last and first > last:
        first, last = last, first  # whoever enters them the wrong way round means this
    session().change(date_from=first, date_to=last)
