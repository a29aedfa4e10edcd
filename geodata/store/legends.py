"""What the numbers of events stand for (`geodata.store.numbers`), in memory until something is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geodata.store.numbered import PLACE_LEGEND, SIDE_LEGEND, SOURCE_LEGEND
from geodata.store.places import PlaceTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.store.asking import Asked


def places(engine: Asked, size: int = 0) -> PlaceTable:
    """Return all places; numbers up to `size` are asked for."""
    made = engine.legends.get("places")
    if made is None or made.size < size:
        made = PlaceTable(engine.run(PLACE_LEGEND))
        engine.legends["places"] = made
    return made


def sources(engine: Asked, size: int = 0) -> list[str]:
    """Return the names of all sources by number, from 0, which is none."""
    kept = engine.legends.get("sources")
    if kept is None or len(kept) < size:
        table = engine.run(SOURCE_LEGEND.order_by("source_no"))
        kept = engine.legends["sources"] = ["", *table["source"].to_pylist()]
    return kept


def values_of_sides(engine: Asked, column: str, size: int = 0) -> tuple[NDArray[Any], NDArray[Any], list[str]]:
    """Return pairs of (number of sides, number of a value), by sides, and the values."""
    kept = engine.legends.get(column)
    if kept is None or kept[0] < size:
        table = engine.run(SIDE_LEGEND.select("side_no", column).order_by("side_no")).combine_chunks()
        lists = table[column].combine_chunks()
        coded = lists.flatten().dictionary_encode()
        of_side = np.repeat(table["side_no"].to_numpy(), lists.value_lengths().fill_null(0).to_numpy())
        numbers = coded.indices.to_numpy().astype(np.min_scalar_type(max(1, len(coded.dictionary))))
        kept = engine.legends[column] = (table.num_rows + 1, of_side, numbers, coded.dictionary.to_pylist())
    return kept[1], kept[2], kept[3]


class Pairs(NamedTuple):
    """Who acts towards whom: pairs of (number of sides, number of a pair), and the two names of each pair.

    `size` is more than the highest number of sides.
    """

    size: int
    side: NDArray[Any]
    pair: NDArray[Any]
    sources: list[str]
    targets: list[str]


def pairs_of_sides(engine: Asked, size: int = 0) -> Pairs:
    """Return every pair of two actors, of which one acts towards the other, by the numbers of sides."""
    kept: Pairs | None = engine.legends.get("pairs")
    if kept is None or kept.size < size:
        kept = engine.legends["pairs"] = _pairs(engine, size)
    return kept


def _pairs(engine: Asked, size: int) -> Pairs:
    of_source, source, sources = values_of_sides(engine, "source_actors", size)
    of_target, target, targets = values_of_sides(engine, "target_actors", size)
    n_sides = max(size, *(int(of[-1]) + 1 if len(of) else 1 for of in (of_source, of_target)))
    n_source, n_target = (np.bincount(of, minlength=n_sides) for of in (of_source, of_target))
    first_source, first_target = (np.cumsum(n) - n for n in (n_source, n_target))
    # Everybody on one side with everybody on the other.
    side = np.repeat(np.arange(n_sides), n_source * n_target)
    nth = np.arange(len(side)) - np.repeat(np.cumsum(n_source * n_target) - n_source * n_target, n_source * n_target)
    one = source[first_source[side] + nth // np.maximum(n_target[side], 1)]
    other = target[first_target[side] + nth % np.maximum(n_target[side], 1)]
    number = {name: n for n, name in enumerate(sources)}
    same = np.array([number.get(name, -1) for name in targets], np.int64)
    named = [np.array([bool(name) for name in names], np.bool_) for names in (sources, targets)]
    meets = (same[other] != one) & named[0][one] & named[1][other]
    codes, pair = np.unique(one[meets].astype(np.int64) * max(1, len(targets)) + other[meets], return_inverse=True)
    who, whom = np.divmod(codes, max(1, len(targets)))
    return Pairs(
        n_sides,
        side[meets].astype(np.int32),
        pair.astype(np.int32),
        [sources[n] for n in who.tolist()],
        [targets[n] for n in whom.tolist()],
    )
