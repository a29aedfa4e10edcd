"""Settle most of the globe beforehand: cells that lie wholly in one shape, or wholly at sea."""

from __future__ import annotations

import lzma
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.regions.locating import CELLS_PER_DEGREE, LOOK, OFF_COAST, SEA

if TYPE_CHECKING:
    from collections.abc import Sequence


def make_cells(shapes: Sequence[Any]) -> bytes:
    """Bytes of cells.bin: for every cell the number of its shape, `SEA` or `LOOK`; rows from the south pole."""
    shape = (180 * CELLS_PER_DEGREE, 360 * CELLS_PER_DEGREE)
    near, inside = np.zeros(shape, dtype=bool), np.full(shape, LOOK, dtype="<u2")
    parts, owners = shapely.get_parts(np.array(shapes, dtype=object), return_index=True)
    shapely.prepare(parts)
    for part, owner in zip(parts, owners.tolist(), strict=True):
        west, south, east, north = part.bounds
        columns = _span(west + 180, east + 180, shape[1])
        rows = _span(south + 90, north + 90, shape[0])
        column, row = (axis.ravel() for axis in np.meshgrid(columns, rows))
        left, low = column / CELLS_PER_DEGREE - 180, row / CELLS_PER_DEGREE - 90
        boxes = shapely.box(left, low, left + 1 / CELLS_PER_DEGREE, low + 1 / CELLS_PER_DEGREE)
        close = shapely.dwithin(part, boxes, OFF_COAST)
        near[row[close], column[close]] = True
        within = shapely.contains(part, boxes)
        inside[row[within], column[within]] = owner
    grid = np.where(near, inside, np.uint16(SEA)).astype("<u2")
    return lzma.compress(grid.tobytes(), lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, preset=9)


def _span(low: float, high: float, cells: int) -> np.ndarray[Any, Any]:
    """Cells from `low` to `high` degrees, with room for `OFF_COAST`."""
    first = int(np.floor((low - OFF_COAST) * CELLS_PER_DEGREE))
    last = int(np.floor((high + OFF_COAST) * CELLS_PER_DEGREE))
    return np.arange(max(first, 0), min(last, cells - 1) + 1)
