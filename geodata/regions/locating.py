"""Which shape holds a point."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping

# Degrees. Room for rounding when a point has been moved onto a coast.
ROUNDING = 1e-9

# Degrees. A harbour or a pier may lie off a simplified coast: the nearest shape within this holds it.
OFF_COAST = 0.1


# A cell of the grid is wholly in one shape, wholly at sea, or must be looked at closer.
CELLS_PER_DEGREE = 4
SEA, LOOK = 65535, 65534


class Found(NamedTuple):
    """Key of a shape, and which of its parts is nearest where the point lies off it."""

    key: str
    off: int | None = None


class Locator:
    """Finds the shape of a coverage that holds a point, or the nearest one just off it.

    Most points lie in a cell that the build has settled. For the others each polygon is looked at
    on its own, not with the islands of its region, so that few candidates come out of the tree;
    each is prepared, so that a candidate costs about a microsecond.

    Parameters
    ----------
    shapes
        Shapes by key.
    cells
        What the build made of the same shapes in the same order: see geodata.regions.build.cells.
    """

    def __init__(self, shapes: Mapping[str, Any], cells: bytes) -> None:
        keys: list[str] = list(shapes)
        parts, owners = shapely.get_parts(np.array(list(shapes.values()), dtype=object), return_index=True)
        shapely.prepare(parts)
        self._parts: list[Any] = parts.tolist()
        self._keys: list[str] = [keys[i] for i in owners.tolist()]
        self._tree = shapely.STRtree(parts)
        self._settled = [Found(key) for key in keys]
        # an array reads one number several times faster than NumPy does
        self._cells = array("H")
        self._cells.frombytes(cells)
        if sys.byteorder == "big":
            self._cells.byteswap()

    def find(self, lat: float, lon: float) -> Found | None:
        """Find the shape that holds a point, or the nearest one within `OFF_COAST` degrees.

        A point on the border of two shapes belongs to the one that comes first.
        """
        row = min(int((lat + 90) * CELLS_PER_DEGREE), 180 * CELLS_PER_DEGREE - 1)
        column = min(int((lon + 180) * CELLS_PER_DEGREE), 360 * CELLS_PER_DEGREE - 1)
        cell = self._cells[row * 360 * CELLS_PER_DEGREE + column]
        if cell < LOOK:
            return self._settled[cell]
        return None if cell == SEA else self._look(lat, lon)

    def _look(self, lat: float, lon: float) -> Found | None:
        around = shapely.box(lon - OFF_COAST, lat - OFF_COAST, lon + OFF_COAST, lat + OFF_COAST)
        candidates: list[int] = self._tree.query(around).tolist()
        candidates.sort()
        for i in candidates:
            if shapely.intersects_xy(self._parts[i], lon, lat):
                return Found(self._keys[i])
        point = shapely.points(lon, lat)
        near = [i for i in candidates if shapely.dwithin(self._parts[i], point, OFF_COAST)]
        if not near:
            return None
        nearest = near[0] if len(near) == 1 else min(near, key=lambda i: self._parts[i].distance(point))
        return Found(self._keys[nearest], nearest)

    def on_land(self, part: int, lat: float, lon: float) -> tuple[float, float]:
        """Latitude and longitude of the point of a part that is nearest to a point."""
        land = shapely.get_point(shapely.shortest_line(self._parts[part], shapely.points(lon, lat)), 0)
        return land.y, land.x
