"""Events over time by type: which kinds rise, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.store.counting import Count
from geodata.store.filters import filters_of
from geodata.store.numbers import QUADS, TYPES
from geodata.store.queries import as_date, dated, first_of_step

if TYPE_CHECKING:
    import datetime as dt

    from geodata.ontology import EventType
    from geodata.store.answers import Answers
    from geodata.store.results import Step
    from geodata.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeOverTime:
    """The dated events of one type: rows of (first day of the step, count), ordered by day."""

    type: EventType
    count: int
    rows: tuple[tuple[dt.date, int], ...]


def types_over_time(store: Answers, view: View, *, step: Step) -> list[TypeOverTime]:
    """Count the dated events of a view by type and time, as `queries.timeline` does by quad.

    An event counts once, at its first possible day; one that began before the view's period
    counts at the period's first day.

    Returns
    -------
    list of TypeOverTime
        Most events first. Remembered by the store until it changes.
    """
    return list(store.once(("types", filters_of(view), step), lambda: _types_over_time(store, view, step)))


def _types_over_time(store: Answers, view: View, step: Step) -> list[TypeOverTime]:
    days, kinds, n = dated(store.engine, view)
    counted = Count.of(first_of_step(days, step) * len(TYPES) + kinds // QUADS, n)
    rows: dict[EventType, list[tuple[dt.date, int]]] = {}
    for code, many in zip(counted.code.tolist(), counted.n.tolist(), strict=True):
        rows.setdefault(TYPES[code % len(TYPES)], []).append((as_date(code // len(TYPES)), many))
    made = [
        TypeOverTime(type=kind, count=sum(many for _day, many in found), rows=tuple(found))
        for kind, found in rows.items()
    ]
    return sorted(made, key=lambda one: (-one.count, one.type.value))
