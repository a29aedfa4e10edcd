"""A view's filters as Ibis conditions. What each filter means is said in `geodata.view.View`."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Literal

import ibis

from geodata.actor_groups import parse_group
from geodata.store.drawn import inside, whole_regions
from geodata.store.mercator import pixel, wrap
from geodata.store.schema import TABLES
from geodata.store.threads import compare_anew
from geodata.view import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from geodata.actor_groups import Group
    from geodata.view import View

compare_anew()

# Tables without a database: the same expression runs wherever tables of these names are.
ARTICLES, MENTIONS, EVENTS, PROBLEMS = (
    ibis.table(ibis.Schema.from_pyarrow(TABLES[name]), name=name)
    for name in ("articles", "mentions", "events", "problems")
)

FilterName = Literal[
    "period", "actors", "types", "regions", "text", "sources", "precisions", "confidence", "fatalities",
    "added", "dates", "shape", "pair",
]  # fmt: skip

# What an event without a place cannot pass: these ask where it was, not what it was.
ON_PLACE: frozenset[FilterName] = frozenset({"regions", "precisions", "shape"})


def filters_of(view: View) -> View:
    """Return the view without what does not filter: map window, layer and selected event."""
    return view.filters


def passing(view: View, *, but: FilterName | Collection[FilterName] = ()) -> Any:
    """Return the events that pass a view as a table expression.

    Parameters
    ----------
    view
        The filters.
    but
        A filter, or filters, that are not applied.
    """
    wanted = conditions(view)
    left_out = {but} if isinstance(but, str) else set(but)
    return keep(EVENTS, [condition for name, condition in wanted.items() if name not in left_out])


def keep(table: Any, wanted: Sequence[Any]) -> Any:
    """Return the rows that meet all conditions, of which there may be none."""
    return table.filter(*wanted) if wanted else table


def conditions(view: View) -> dict[FilterName, Any]:
    """Return the conditions that a view sets, by the filter that each belongs to."""
    makers: dict[FilterName, Callable[[View], Any]] = {
        "period": _period,
        "actors": _actors,
        "types": lambda v: _among(EVENTS.type, v.types),
        "regions": _regions,
        "text": _text,
        "sources": _sources,
        "precisions": lambda v: _among(EVENTS.precision, v.precisions),
        "confidence": lambda v: None if v.min_confidence is None else EVENTS.confidence >= v.min_confidence,
        "fatalities": lambda v: None if v.min_fatalities is None else EVENTS.fatalities >= v.min_fatalities,
        "added": _added,
        "dates": lambda v: _among(EVENTS.date_basis, v.date_bases),
        "shape": _shape,
        "pair": _pair,
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


def _among(column: Any, values: Sequence[str]) -> Any:
    return column.isin([str(value) for value in values]) if values else None


def _actors(view: View) -> Any:
    names, groups, details = {
        Role.SOURCE: (EVENTS.source_actors, EVENTS.source_groups, [EVENTS.source_details]),
        Role.TARGET: (EVENTS.target_actors, EVENTS.target_groups, [EVENTS.target_details]),
        Role.EITHER: (EVENTS.actors, EVENTS.groups, [EVENTS.source_details, EVENTS.target_details]),
    }[view.role]
    wanted = []
    for actor in view.actors:
        group = parse_group(actor)
        if group is None:
            wanted.append(names.contains(actor))
            continue
        # Events that were stored before there were groups say the same in their details.
        found = [groups.contains(group.key)]
        found += [groups.isnull() & detail.re_search(_details_of(group)) for detail in details]
        wanted.append(_any(found))
    return _any(wanted)


def _pair(view: View) -> Any:
    if not view.pair:
        return None
    who, whom = view.pair
    return EVENTS.source_actors.contains(who) & EVENTS.target_actors.contains(whom)


def _details_of(group: Group) -> str:
    """Return the pattern of an actor of a group among the details, [[name, text, kind, country], ...]."""
    kind = f'"{group.kind.value}"' if group.kind else '"[a-z ]+"'
    country = f'"{group.country}"' if group.country else '"[^"]*"'
    return rf", {kind}, {country}\]"


def _sources(view: View) -> Any:
    if not view.sources:
        return None
    return EVENTS.article_id.isin(ARTICLES.filter(ARTICLES.source.isin(list(view.sources))).id)


def _added(view: View) -> Any:
    if view.added_after is None:
        return None
    moment = ibis.literal(view.added_after.replace(tzinfo=None), type="timestamp")  # the column is UTC too
    return EVENTS.article_id.isin(ARTICLES.filter(ARTICLES.added > moment).id)


def _shape(view: View) -> Any:
    if not view.shape:
        return None
    dot = EVENTS.mx.notnull() & inside(view.shape, EVENTS.mx, EVENTS.my)
    areas = whole_regions(view.shape)
    if not areas:
        return dot
    # One list is translated in no time; `isin` would make an expression of each of thousands.
    inside_as_a_whole = ibis.literal(list(areas), type="array<string>").unnest().name("id").as_table().id
    return dot | EVENTS.area.isin(inside_as_a_whole)


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
