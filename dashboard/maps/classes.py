"""Classes of a choropleth: from how many on a region is darker. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

MOST_CLASSES = 5  # more shades of one hue cannot be told apart
_SMALL = 10
_MOST_DISTINCT = 200  # more different values are put together first, too near to matter


def class_limits(values: Iterable[float], *, most: int = MOST_CLASSES) -> list[float]:
    """Return the least value of each class, ascending.

    Natural breaks (Fisher 1958, Jenks 1977) of the logarithms: counts of events are few in most
    places and very many in some, and a class should hold what is alike. Limits are then made as
    round as they can be without a value changing its class.

    Parameters
    ----------
    values
        Positive numbers; others are left out, as a region without events has no colour.
    most
        At most so many classes.

    Returns
    -------
    list of float
        The first one is no larger than the smallest value, no class is empty; no limits when
        there are no values.
    """
    ordered = np.sort(np.array([value for value in values if value > 0 and math.isfinite(value)], dtype=float))
    if not ordered.size:
        return []
    distinct, counts = np.unique(ordered, return_counts=True)
    if distinct.size > _MOST_DISTINCT:
        picked = np.unique(np.linspace(0, distinct.size - 1, _MOST_DISTINCT).round().astype(int))
        counts = np.add.reduceat(counts, picked)
        distinct = distinct[picked]
    starts = _natural_breaks(np.log(distinct), counts.astype(float), min(most, distinct.size))
    limits = [float(distinct[start]) for start in starts]
    below = [0.0, *(float(ordered[np.searchsorted(ordered, limit) - 1]) for limit in limits[1:])]
    return [_roundest(low, limit) for low, limit in zip(below, limits, strict=True)]


def _natural_breaks(x: NDArray[np.float64], weights: NDArray[np.float64], classes: int) -> list[int]:
    """Return where each class begins, so that the squared distances to the means of classes are least."""
    n = x.size
    w = np.concatenate([[0.0], np.cumsum(weights)])
    s = np.concatenate([[0.0], np.cumsum(weights * x)])
    q = np.concatenate([[0.0], np.cumsum(weights * x * x)])

    def costs(end: int) -> NDArray[np.float64]:
        """Cost of one class from each start below `end` up to it."""
        mass, total = w[end] - w[:end], s[end] - s[:end]
        spread: NDArray[np.float64] = (q[end] - q[:end]) - total**2 / mass
        return spread

    spans = [costs(end) for end in range(1, n + 1)]
    best = np.array([span[0] for span in spans])
    came: list[list[int]] = []
    for taken in range(1, classes):
        following = np.full(n, np.inf)
        origin = [0] * n
        for end in range(taken, n):
            tried = best[taken - 1 : end] + spans[end][taken : end + 1]
            at = int(np.argmin(tried))
            following[end], origin[end] = tried[at], at + taken
        came.append(origin)
        best = following
    starts, end = [], n - 1
    for origin in reversed(came):
        starts.append(origin[end])
        end = origin[end] - 1
    return [0, *reversed(starts)]


def _roundest(below: float, value: float) -> float:
    """Return the roundest number in (below, value], which parts the values just as `value` does."""
    if value < _SMALL and value.is_integer():
        return value  # 3 is as round as 2
    magnitude = math.floor(math.log10(value))
    for digits in range(16):
        step = 10.0 ** (magnitude - digits)
        for wide in (5 * step, 2 * step, step):
            tried = float(f"{math.floor(value / wide + 1e-9) * wide:.12g}")
            if below < tried <= value:
                return tried
    return value
