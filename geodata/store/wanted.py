"""A view's filters as numbers: which events of `geodata.store.columns` pass.

What a filter means is said once, in `geodata.store.filters`, and asked of the legends, which are small. For the
filters that people set most, the answer is looked up in memory; a test compares both.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.actor_groups import parse_group
from geodata.ontology import EventType
from geodata.store import legends
from geodata.store.columns import Wanted
from geodata.store.numbered import numbers_passing
from geodata.store.numbers import KINDS, QUADS, TYPES
from geodata.view import Role, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from geodata.store.asking import Asked

    Mask = NDArray[np.bool_]

_EPOCH = dt.date(1970, 1, 1).toordinal()
_KEPT = 64  # answers of the legends
_SIDES = {Role.SOURCE: "source_actors", Role.TARGET: "target_actors", Role.EITHER: "actors"}
_WITHOUT: dict[str, Any] = {
    "date_from": None, "date_to": None, "types": (), "regions": (), "precisions": (), "shape": (),
    "actors": (), "role": Role.EITHER, "pair": (), "sources": (),
}  # fmt: skip


def wanted(engine: Asked, view: View) -> Wanted | None:
    """Return which events of a numbered store pass a view; None where numbers alone cannot tell."""
    if replace(view.filters, **_WITHOUT) != View():
        return None

    def mask(name: str, value: Any, find: Callable[[], Mask]) -> Mask | None:
        if not value:
            return None
        kept = engine.legends.setdefault("passing", {})
        key = (name, value)
        found: Mask | None = kept.get(key)
        if found is None:
            found = find()
            if len(kept) >= _KEPT:
                kept.clear()  # also under the hands of another thread, which has its own answer by then
            kept[key] = found
        return found

    def asked(filtered: View) -> Callable[[], Mask]:
        return lambda: _mask(numbers_passing(engine, filtered))

    places = [
        mask("regions", view.regions, lambda: _in_regions(engine, view.regions)),
        mask("precisions", view.precisions, asked(View(precisions=view.precisions))),
        mask("shape", view.shape, asked(View(shape=view.shape))),
    ]
    sides = [
        mask("actors", view.actors and (view.actors, view.role), lambda: _of_actors(engine, view)),
        mask("pair", view.pair, asked(View(pair=view.pair))),
    ]
    return Wanted(
        first=_day(view.date_from),
        last=_day(view.date_to),
        kinds=_of_types(view.types) if view.types else None,
        places=_both(places),
        sides=_both(sides),
        sources=mask("sources", view.sources, lambda: _of_sources(engine, view.sources)),
    )


def _day(day: dt.date | None) -> int | None:
    return None if day is None else day.toordinal() - _EPOCH


def _mask(numbers: NDArray[np.int64]) -> Mask:
    made = np.zeros(int(numbers.max()) + 1 if len(numbers) else 0, np.bool_)
    made[numbers] = True
    return made


def _both(masks: Iterable[Mask | None]) -> Mask | None:
    """Return what passes all masks; what lies beyond the end of one does not."""
    there = [mask for mask in masks if mask is not None]
    if not there:
        return None
    size = min(len(mask) for mask in there)
    return np.asarray(np.logical_and.reduce([mask[:size] for mask in there]))


def _of_types(types: Iterable[EventType]) -> Mask:
    made = np.zeros((KINDS // QUADS, QUADS), np.bool_)
    made[[TYPES.index(EventType(kind)) for kind in types]] = True
    return made.ravel()


def _in_regions(engine: Asked, regions: Iterable[str]) -> Mask:
    place, region, names = legends.places(engine).regions
    wanted_regions = set(regions)
    numbers = [number for number, name in enumerate(names) if name in wanted_regions]
    return _mask(place[np.isin(region, numbers)])


def _of_actors(engine: Asked, view: View) -> Mask:
    if any(parse_group(actor) for actor in view.actors):
        return _mask(numbers_passing(engine, View(actors=view.actors, role=view.role)))
    side, value, names = legends.values_of_sides(engine, _SIDES[view.role])
    actors = set(view.actors)
    numbers = [number for number, name in enumerate(names) if name in actors]
    return _mask(side[np.isin(value, numbers)])


def _of_sources(engine: Asked, sources: Iterable[str]) -> Mask:
    names = set(sources)
    return _mask(np.array([n for n, name in enumerate(legends.sources(engine)) if n and name in names], np.int64))
