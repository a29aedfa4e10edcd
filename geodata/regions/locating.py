"""Which shape holds a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping

# Degrees. Room for rounding when a point has been moved onto a coast.
ROUNDING = 1e-9

# Degrees. A harbour or a pier may lie off a simplified coast: the nearest shape within this holds it.
OFF_COAST = 0.1


class Found(NamedTuple):
    """Key of a shape, and the point on it in degrees."""

    key: str
    lat: float
    lon: float


class Locator:
    """Finds the shape of a coverage that holds a point, or the nearest one just off it.

    Each polygon is looked at on its own, not with the islands of its region, so that few
    candidates come out of the tree; each is prepared, so that a point costs about a microsecond.
    """

    def __init__(self, shapes: Mapping[str, Any]) -> None:
        keys: list[str] = list(shapes)
        parts, owners = shapely.get_parts(np.array(list(shapes.values()), dtype=object), return_index=True)
        shapely.prepare(parts)
        self._parts: list[Any] = parts.tolist()
        self._keys: list[str] = [keys[i] for i in owners.tolist()]
        self._tree = shapely.STRtree(parts)

    def find(self, lat: float, lon: float) -> Found | None:
        """Key of the shape that holds a point, and the point itself or the nearest one on land.

        None when there is no shape within `OFF_COAST` degrees. A point on the border of two shapes
        belongs to the one that comes first.
        """
        point = shapely.points(lon, lat)
        inside: list[int] = self._tree.query(point).tolist()
        for i in sorted(inside):
            if shapely.intersects_xy(self._parts[i], lon, lat):
                return Found(self._keys[i], lat, lon)
        near: list[int] = self._tree.query(point, predicate="dwithin", distance=OFF_COAST).tolist()
        if not near:
            return None
        nearest = min(sorted(near), key=lambda i: self._parts[i].distance(point))
        on_land = shapely.get_point(shapely.shortest_line(self._parts[nearest], point), 0)
        return Found(self._keys[nearest], on_land.y, on_land.x)
