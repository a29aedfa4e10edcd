"""The digest of a view as rows that a map is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.store.digest import places_of
from geodata.store.numbers import KINDS, QUADS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.store.asking import Asked
    from geodata.store.digest import Digest
    from geodata.store.places import PlaceTable


class ByPlace:
    """The placed events of a view: for each place and kind a number of the place, a quad, a type, and a count."""

    def __init__(self, engine: Asked, found: Digest) -> None:
        self.table: PlaceTable = places_of(engine, found)
        code, n = found.places.code, found.places.n
        first = int(np.searchsorted(code, KINDS))
        self.place, kind = np.divmod(code[first:], KINDS)
        self.type, self.quad = np.divmod(kind, QUADS)
        self.n = n[first:]

    def some(self, wanted: NDArray[np.bool_]) -> ByPlace:
        """Return those rows alone."""
        made = object.__new__(ByPlace)
        made.table = self.table
        made.place, made.type, made.quad, made.n = (
            column[wanted] for column in (self.place, self.type, self.quad, self.n)
        )
        return made
