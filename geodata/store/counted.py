"""How many events each value has, from the digest of a view: without a question to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.store import legends
from geodata.store.digest import WHOLE, digest, places_of
from geodata.store.numbers import KINDS, QUADS, SIDE_COLUMNS, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geodata.store.asking import Asked
    from geodata.store.counting import Count
    from geodata.store.digest import Digest, Part
    from geodata.view import View

PARTS: dict[str, Part] = {
    "type": "days",
    "region": "places",
    "country": "places",
    "precision": "places",
    "source": "sources",
}
PARTS |= {name.removesuffix("s"): "sides" for name in SIDE_COLUMNS}


def counted_by(engine: Asked, view: View, wider: View, by: str) -> dict[str, int] | None:
    """Count the events of a view by a value.

    Parameters
    ----------
    engine
        Where to look.
    view
        The view that is shown.
    wider
        The same without the filter on that value: these events are counted.
    by
        What to count by, see `facets.Facet`.

    Returns
    -------
    dict
        Counts above 0; None where the store cannot tell without being asked.
    """
    part = PARTS.get(by)
    if part is None or (not engine.numbered and part in ("sides", "sources")):
        return None
    # Of the view that is shown everything will be asked for; of a wider one this alone.
    whole = WHOLE if engine.numbered else ("places", "days", "articles")
    found = digest(engine, wider, whole if wider == view else [part])
    if part == "days":
        _days, kinds, n = found.day_kinds()
        return _named(np.bincount(kinds // QUADS, n, len(TYPES)), [kind.value for kind in TYPES])
    if part == "places":
        return _by_place(engine, found, by)
    if part == "sources":
        names = legends.sources(engine, _size(found.parts["sources"]))
        return _named(found.parts["sources"].dense(len(names)), names)
    of_side, value, names = legends.values_of_sides(engine, f"{by}s", _size(found.parts["sides"]))
    sides: Count = found.parts["sides"]
    size = int(of_side[-1]) + 1 if len(of_side) else 0
    return _named(np.bincount(value, sides.dense(max(size, _size(sides)))[of_side], len(names)), names)


def _by_place(engine: Asked, found: Digest, by: str) -> dict[str, int]:
    table = places_of(engine, found)
    n = np.bincount(found.places.code // KINDS, found.places.n, table.size)
    n[0] = 0  # not placed
    if by == "region":
        place, region, names = table.regions
        return _named(np.bincount(region, n[place], len(names)), names)
    values, where = np.unique(table.texts(by)[1:].astype(str), return_inverse=True)
    return _named(np.bincount(where, n[1:], len(values)), values.tolist())


def _named(n: NDArray[Any], names: Iterable[str | None]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for name, many in zip(names, n.astype(np.int64).tolist(), strict=True):
        if many and name:
            counted[name] = counted.get(name, 0) + many
    return counted


def _size(counted: Count) -> int:
    return int(counted.code[-1]) + 1 if len(counted.code) else 0


def top(counted: dict[str, int], *, limit: int, prefix: str = "", search: str = "") -> list[tuple[str, int]]:
    """Return the most frequent values that begin and hold what is asked for; among equals the first by letters."""
    begins, words = prefix.lower(), search.lower().split()
    named = [
        (value, n)
        for value, n in counted.items()
        if value.lower().startswith(begins) and all(word in value.lower() for word in words)
    ]
    return sorted(named, key=lambda pair: (-pair[1], pair[0]))[:limit]
