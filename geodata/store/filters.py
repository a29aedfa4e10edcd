"""A view's filters as Ibis conditions. What each filter means is said in `geodata.view.View`."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import ibis

from geodata.store.mercator import pixel, wrap
from geodata.store.schema import TABLES
from geodata.view import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.view import View

# Tables without a database: the same expression runs wherever tables of these names are.
ARTICLES, MENTIONS, EVENTS, PROBLEMS = (
    ibis.table(ibis.Schema.from_pyarrow(TABLES[name]), name=name)
    for name in ("articles", "mentions", "events", "problems")
)

FilterName = Literal["period", "actors", "types", "regions", "text"]


def filters_of(view: View) -> View:
    """Return the view without what does not filter: map window and selected event."""
    return replace(view, lat=None, lon=None, zoom=None, event="")


def passing(view: View, *, but: FilterName | None = None) -> Any:
    """Return the events that pass a view as a table expression.

    Parameters
    ----------
    view
        The filters.
    but
        A filter that is not applied.
    """
    wanted = conditions(view)
    return keep(EVENTS, [condition for name, condition in wanted.items() if name != but])


def keep(table: Any, wanted: Sequence[Any]) -> Any:
    """Return the rows that meet all conditions, of which there may be none."""
    return table.filter(*wanted) if wanted else table


def conditions(view: View) -> dict[FilterName, Any]:
    """Return the conditions that a view sets, by the filter that each belongs to."""
    makers: dict[FilterName, Callable[[View], Any]] = {
        "period": _period,
        "actors": _actors,
        "types": lambda v: EVENTS.type.isin([str(t) for t in v.types]) if v.types else None,
        "regions": _regions,
        "text": _text,
    }
    made = {name: maker(view) for name, maker in makers.items()}
    return {name: condition for name, condition in made.items() if condition is not None}


def _period(view: View) -> Any:
    wanted = []
    if view.date_to is not None:
        wanted.append(EVENTS.date_start <= ibis.literal(view.date_to))
    if view.date_from is not None:
        wanted.append(EVENTS.date_end >= ibis.literal(view.date_from))
    return _all(wanted)


def _actors(view: View) -> Any:
    column = {Role.SOURCE: EVENTS.source_actors, Role.TARGET: EVENTS.target_actors, Role.EITHER: EVENTS.actors}[
        view.role
    ]
    return _any([column.contains(actor) for actor in view.actors])


def _regions(view: View) -> Any:
    return _any([EVENTS.regions.contains(region) for region in view.regions])


def _text(view: View) -> Any:
    def holds(word: str) -> Any:
        titled = ARTICLES.filter(ARTICLES.title.lower().contains(word)).id
        return EVENTS.quote.lower().contains(word) | EVENTS.article_id.isin(titled)

    return _all([holds(word) for word in view.text.lower().split()])


def within(*, south: float, west: float, north: float, east: float) -> Any:
    """Return the condition that an event has a dot inside a map window (decimal degrees)."""
    _, top = pixel(north, 0.0)
    _, bottom = pixel(south, 0.0)
    inside = EVENTS.mx.notnull() & EVENTS.my.between(top, bottom)
    sides = wrap(west, east)
    if sides is None:
        return inside
    left, right = (pixel(0.0, lon)[0] for lon in sides)
    if left <= right:
        return inside & EVENTS.mx.between(left, right)
    return inside & ((EVENTS.mx >= left) | (EVENTS.mx <= right))


def _all(wanted: list[Any]) -> Any:
    return functools.reduce(lambda a, b: a & b, wanted) if wanted else None


def _any(wanted: list[Any]) -> Any:
    return functools.reduce(lambda a, b: a | b, wanted) if wanted else None
