"""Borders as lines: every stretch once, none along the edge of the map or the coast."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.regions.library import Border, country_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def border_lines(
    keys: Sequence[str], shapes: Sequence[Any], contested: Iterable[Sequence[str]], *, grid: float
) -> dict[Border, Any]:
    """Lines between the shapes, as MultiLineStrings.

    Parameters
    ----------
    keys
        Key of each shape, such as ``IQ-KI``; it begins with the country's code.
    shapes
        A coverage: neighbours have equal vertices along their border, on a grid of `grid` degrees.
    contested
        Pairs of countries or keys whose common line is contested.

    Notes
    -----
    A stretch of a border occurs in exactly two shapes, a stretch of coast in one. The edges at
    180 degrees and at the pole occur in one or join a country with itself, and are left out: they
    are made by cutting the globe open, not by people.
    """
    pairs = {frozenset(pair) for pair in contested}
    parts, owners = shapely.get_parts(np.array(shapes), return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    coords, of_ring = shapely.get_coordinates(rings, return_index=True)
    owner = owners[of_part[of_ring]]
    whole = np.rint(coords / grid).astype(np.int64)
    same = of_ring[:-1] == of_ring[1:]
    start, end = whole[:-1][same], whole[1:][same]
    of_segment = owner[:-1][same]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    low, high = np.where(swap[:, None], end, start), np.where(swap[:, None], start, end)
    edge = round(180 / grid) - 1
    seam = (np.abs(low[:, 0]) >= edge) & (np.abs(high[:, 0]) >= edge)
    segments = np.hstack([low, high])[~seam]
    of_segment = of_segment[~seam]
    order = np.lexsort((of_segment, *segments.T[::-1]))
    segments, of_segment = segments[order], of_segment[order]
    twice = np.flatnonzero((segments[:-1] == segments[1:]).all(axis=1) & (of_segment[:-1] != of_segment[1:]))
    groups: dict[Border, list[int]] = defaultdict(list)
    for i in twice.tolist():
        groups[_border(keys[of_segment[i]], keys[of_segment[i + 1]], pairs)].append(i)
    cells = round(1 / grid)
    return {border: _joined(segments[groups[border]] / cells) for border in sorted(groups)}


def _border(key: str, other_key: str, contested: set[frozenset[str]]) -> Border:
    one, other = sorted((country_of(key), country_of(other_key)))
    if one == other:
        return Border(one, other)
    named = [frozenset((a, b)) for a in (key, country_of(key)) for b in (other_key, country_of(other_key))]
    return Border(one, other, contested=any(pair in contested for pair in named))


def _joined(segments: np.ndarray[Any, Any]) -> Any:
    lines = shapely.linestrings(segments.reshape(-1, 2, 2))
    merged = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(lines)))
    return shapely.normalize(shapely.multilinestrings(shapely.get_parts(merged)))
