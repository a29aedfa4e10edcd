"""What lies inside a shape drawn on the map: dots by their pixel, areas when all of them does.

Sides are straight on the map, so everything is counted in Web Mercator pixels at zoom 20, in
whole numbers: every database, and Python, gives the same answer to the last pixel.
"""

from __future__ import annotations

import functools
import math
import operator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from shapely import affinity

from geodata.regions import regions
from geodata.store.mercator import WORLD_PX, pixel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.view_shape import Ring


class Side(NamedTuple):
    """A side of a ring in pixels, from its upper end (smaller y) to its lower one."""

    x: int
    y: int
    x_low: int
    y_low: int


class Drawn(NamedTuple):
    """A ring in pixels; `east` may lie beyond the world's width, `west` never does."""

    west: int
    east: int
    top: int
    bottom: int
    sides: tuple[Side, ...]  # without level ones, which no line to the east ever crosses


@functools.lru_cache(maxsize=64)
def in_pixels(ring: Ring) -> Drawn:
    """Return a ring (lat, lon in degrees, in its one form) in pixels."""
    vertices = [_vertex(lat, lon) for lat, lon in ring]
    sides = []
    for a, b in zip(vertices, vertices[1:] + vertices[:1], strict=True):
        upper, lower = sorted((a, b), key=lambda vertex: vertex[1])
        if upper[1] != lower[1]:
            sides.append(Side(*upper, *lower))
    xs, ys = zip(*vertices, strict=True)
    return Drawn(min(xs), max(xs), min(ys), max(ys), tuple(sides))


def _vertex(lat: float, lon: float) -> tuple[int, int]:
    return math.floor((lon + 180.0) / 360.0 * WORLD_PX), pixel(lat, 0.0)[1]


def holds(ring: Ring, mx: int, my: int) -> bool:
    """Tell whether a pixel lies inside a ring (even-odd)."""
    drawn = in_pixels(ring)
    x = mx if mx >= drawn.west else mx + WORLD_PX
    crossed = sum(
        side.y <= my < side.y_low and (x - side.x) * (side.y_low - side.y) < (side.x_low - side.x) * (my - side.y)
        for side in drawn.sides
    )
    return crossed % 2 == 1


def inside(ring: Ring, mx: Any, my: Any) -> Any:
    """Return `holds` as an Ibis condition on two columns of pixels."""
    drawn = in_pixels(ring)
    wide, y = mx.cast("int64"), my.cast("int64")  # products take 58 bits
    x = wide if drawn.west <= 0 else (wide >= drawn.west).ifelse(wide, wide + WORLD_PX)
    crossings = [
        (
            y.between(side.y, side.y_low - 1)
            & ((x - side.x) * (side.y_low - side.y) < (y - side.y) * (side.x_low - side.x))
        ).ifelse(1, 0)
        for side in drawn.sides
    ]
    odd = functools.reduce(operator.add, crossings) % 2 == 1
    # The box first: a database leaves the sum to the few that are near.
    return my.between(drawn.top, drawn.bottom) & (x <= drawn.east) & (x >= drawn.west) & odd


@functools.lru_cache(maxsize=64)
def whole_regions(ring: Ring) -> tuple[str, ...]:
    """Return the ids of all regions that lie inside a ring as a whole, in their coarse shapes.

    The coarse shapes are good to about 5 km, which is less than a hand can draw on a map of them.
    """
    drawn = in_pixels(ring)
    shape = shapely.make_valid(shapely.Polygon([_vertex(lat, lon) for lat, lon in ring]))
    shapely.prepare(shape)
    found = []
    for region in regions().all():
        south, west, north, east = region.bbox
        (left, bottom), (right, top) = _vertex(south, west), _vertex(north, east)
        # The box leaves out what lies beyond the antimeridian, so here it only says what surely is not.
        low, high = drawn.top - _SLACK, drawn.bottom + _SLACK
        if top < low or bottom > high or right - left > drawn.east - drawn.west + _SLACK:
            continue
        if not any(left + turn >= drawn.west - _SLACK and right + turn <= drawn.east + _SLACK for turn in _TURNS):
            continue
        if all(any(shape.covers(affinity.translate(part, turn)) for turn in _TURNS) for part in _parts(region.id)):
            found.append(region.id)
    return tuple(found)


_TURNS = (0, WORLD_PX)
_SLACK = WORLD_PX // 3600  # pixels of 0.1 degrees: boxes are those of the fine shapes


def _parts(region_id: str) -> Iterator[Any]:
    """Yield the polygons of a region in pixels."""
    for part in shapely.get_parts(regions().shape(region_id, detail="coarse")):
        yield shapely.transform(part, _pixels)


def _pixels(at: Any) -> Any:
    """Return (lon, lat) in degrees as pixels; see `mercator.pixel`."""
    sine = np.sin(np.radians(np.clip(at[:, 1], -85.05, 85.05)))
    x = (at[:, 0] + 180.0) / 360.0
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return np.column_stack((x, y)) * WORLD_PX
