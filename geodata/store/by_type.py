"""Events over time by type: which kinds rise, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from geodata.ontology import EventType
from geodata.store.filters import EVENTS, filters_of, passing
from geodata.store.queries import UNIT, day_of

if TYPE_CHECKING:
    import datetime as dt

    from geodata.store.results import Step
    from geodata.store.store import Store
    from geodata.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeOverTime:
    """The dated events of one type: rows of (first day of the step, count), ordered by day."""

    type: EventType
    count: int
    rows: tuple[tuple[dt.date, int], ...]


def types_over_time(store: Store, view: View, *, step: Step) -> list[TypeOverTime]:
    """Count the dated events of a view by type and time, as `queries.timeline` does by quad.

    An event counts once, at its first possible day; one that began before the view's period
    counts at the period's first day.

    Returns
    -------
    list of TypeOverTime
        Most events first. Remembered by the store until it changes.
    """
    return list(store.once(("types", filters_of(view), step), lambda: _types_over_time(store, view, step)))


def _types_over_time(store: Store, view: View, step: Step) -> list[TypeOverTime]:
    first = EVENTS.date_start
    if view.date_from is not None:
        first = ibis.greatest(first, ibis.literal(view.date_from))
    grouped = (
        passing(view)
        .filter(EVENTS.date_start.notnull())
        .select("type", day=first.truncate(UNIT[step]))
        .group_by("type", "day")
        .aggregate(n=_.count())
        .order_by("type", "day")
    )
    rows: dict[str, list[tuple[dt.date, int]]] = {}
    for row in store.run(grouped).to_pylist():
        rows.setdefault(row["type"], []).append((day_of(row["day"]), row["n"]))
    made = [
        TypeOverTime(type=EventType(name), count=sum(n for _day, n in found), rows=tuple(found))
        for name, found in rows.items()
    ]
    return sorted(made, key=lambda one: (-one.count, one.type.value))
