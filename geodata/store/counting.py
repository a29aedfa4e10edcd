"""Counts of codes: what a view is in memory (`geodata.store.digest`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64] | NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Count:
    """How often each of some codes occurs: codes without repetition in ascending order, counts above 0."""

    code: Ints
    n: Ints

    @classmethod
    def of(cls, codes: NDArray[np.int64], n: NDArray[np.int64]) -> Count:
        """Return counts of codes that may repeat."""
        found, where = np.unique(codes, return_inverse=True)
        summed = np.zeros(len(found), np.int64)
        np.add.at(summed, where, n)
        return cls(found, summed)

    @classmethod
    def of_dense(cls, n: NDArray[np.int64], codes: NDArray[np.int64] | None = None) -> Count:
        """Return counts of the codes 0, 1, 2 ..., or of those given, of which some may occur never."""
        there = np.flatnonzero(n)
        return cls(there if codes is None else codes[there], n[there])

    def __add__(self, other: Count) -> Count:
        if not len(other.code):
            return self
        if not len(self.code):
            return other
        return Count.of(np.concatenate([self.code, other.code]), np.concatenate([self.n, other.n]))

    def narrow(self) -> Count:
        """Return the same in half of the memory, where the numbers are small enough: for what is kept."""
        return Count(_narrow(self.code), _narrow(self.n))

    @property
    def total(self) -> int:
        """How many there are altogether."""
        return int(self.n.sum())

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self.code.nbytes + self.n.nbytes

    def dense(self, size: int) -> NDArray[np.int64]:
        """Return the counts of the codes 0 ... size - 1."""
        made = np.zeros(size, np.int64)
        made[self.code] = self.n
        return made


def _narrow(numbers: Ints) -> Ints:
    bounds = np.iinfo(np.int32)
    small = not len(numbers) or (numbers.min() >= bounds.min and numbers.max() <= bounds.max)
    return numbers.astype(np.int32) if small else numbers
