"""What the numbers of events stand for (`geodata.store.numbers`), in memory until something is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
        numbers = coded.indices.to_numpy().astype(np.int32)
        kept = engine.legends[column] = (table.num_rows + 1, of_side, numbers, coded.dictionary.to_pylist())
    return kept[1], kept[2], kept[3]
