"""How many events each value of a filter would leave (Ibis expressions).

The filter on the same thing is not applied, so that its other values can be offered too.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import ibis
from ibis import _

from geodata.store.counted import counted_by, top
from geodata.store.filters import ARTICLES, EVENTS, filters_of, passing
from geodata.view import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.store.answers import Answers
    from geodata.store.filters import FilterName
    from geodata.view import View

Facet = Literal[
    "type", "actor", "source_actor", "target_actor", "group", "source_group", "target_group",
    "region", "country", "source", "precision", "date_basis",
]  # fmt: skip
Scale = Literal["confidence", "fatalities"]
Period = tuple[dt.date | None, dt.date | None]  # first and last day, inclusive; None is open

_OWN: dict[str, FilterName] = {
    "type": "types", "actor": "actors", "source_actor": "actors", "target_actor": "actors",
    "group": "actors", "source_group": "actors", "target_group": "actors", "region": "regions",
    "country": "regions", "source": "sources", "precision": "precisions", "date_basis": "dates",
}  # fmt: skip
_NOTHING: dict[str, dict[str, Any]] = {
    "types": {"types": ()},
    "actors": {"actors": (), "role": Role.EITHER},
    "period": {"date_from": None, "date_to": None},
    "regions": {"regions": ()},
    "sources": {"sources": ()},
    "precisions": {"precisions": ()},
    "dates": {"date_bases": ()},
    "shape": {"shape": ()},
    "confidence": {"min_confidence": None},
    "fatalities": {"min_fatalities": None},
}


def without(view: View, *names: FilterName) -> View:
    """Return a view without some filters: what a facet of one depends on, and nothing else."""
    return replace(filters_of(view), **{key: value for name in names for key, value in _NOTHING[name].items()})


def depends_on(view: View, by: Facet | Scale) -> View:
    """Return the part of a view on which a facet depends: an answer can be kept by it."""
    return without(view, _OWN.get(by, by))  # type: ignore[arg-type]


def facet(
    store: Answers, view: View, by: Facet, *, limit: int = 200, prefix: str = "", search: str = ""
) -> list[tuple[str, int]]:
    """Count events by the values that a filter could be set to, most frequent first.

    The filter on the same thing is not applied, so that its other values can be offered.

    Parameters
    ----------
    store, view
        Where to look, and what for.
    by
        What to count by. Groups come as their keys, "IQ:state-forces".
    limit
        At most so many values.
    prefix
        Only values that begin like this; case does not matter.
    search
        Only values that hold all of these words, or beginnings and ends of words; case does not matter.
    """
    counted = counted_by(store.engine, filters_of(view), depends_on(view, by), by)
    if counted is not None:
        return top(counted, limit=limit, prefix=prefix, search=search)
    shown = passing(view, but=_OWN[by])
    if by.endswith(("actor", "group")):
        values = shown.select(value=EVENTS[f"{by}s"].unnest())
    elif by == "region":
        values = shown.select(value=EVENTS.regions.unnest())
    elif by == "source":
        counted = shown.group_by("article_id").aggregate(n=_.count())
        joined = counted.join(ARTICLES, counted.article_id == ARTICLES.id)
        return _top(store, joined.select("n", value=ARTICLES.source), limit, prefix, search)
    else:
        values = shown.select(value=EVENTS[by])
    return _top(store, values.group_by("value").aggregate(n=_.count()), limit, prefix, search)


def _top(store: Answers, counted: Any, limit: int, prefix: str, search: str) -> list[tuple[str, int]]:
    named = counted.filter(_.value.notnull() & (_.value != ""))
    if prefix:
        named = named.filter(_.value.lower().startswith(prefix.lower()))
    for word in search.lower().split():
        named = named.filter(_.value.lower().contains(word))
    summed = named.group_by("value").aggregate(n=_.n.sum())
    top = summed.order_by(ibis.desc("n"), "value").limit(limit)
    return [(row["value"], row["n"]) for row in store.run(top).to_pylist()]


def at_least(store: Answers, view: View, by: Scale, steps: Sequence[float]) -> list[int]:
    """Count the events that reach each step of a scale, in the order of the steps."""
    column = EVENTS[by]
    shown = passing(view, but=by)
    counted = shown.aggregate(**{f"n{i}": (column >= step).ifelse(1, 0).sum() for i, step in enumerate(steps)})
    row = store.run(counted).to_pylist()[0]
    return [int(row[f"n{i}"] or 0) for i in range(len(steps))]


def in_periods(store: Answers, view: View, periods: Sequence[Period]) -> list[int]:
    """Count the events that each period would leave, in the order given; see `View` for what passes."""
    shown = passing(view, but="period")
    made = {}
    for i, (first, last) in enumerate(periods):
        inside = [EVENTS.date_start.notnull()] if first or last else [EVENTS.id.notnull()]
        inside += [EVENTS.date_start <= ibis.literal(last)] if last else []
        inside += [EVENTS.date_end >= ibis.literal(first)] if first else []
        made[f"n{i}"] = functools.reduce(operator.and_, inside).ifelse(1, 0).sum()
    row = store.run(shown.aggregate(**made)).to_pylist()[0]
    return [int(row[f"n{i}"] or 0) for i in range(len(periods))]
