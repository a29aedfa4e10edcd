"""Where a label goes, and the box to fit a map to."""

from __future__ import annotations

from typing import Any

import shapely

Box = tuple[float, float, float, float]


def label_and_box(shape: Any) -> tuple[float, float, Box]:
    """Latitude and longitude of a point well inside the biggest part, and (south, west, north, east).

    Of a shape that is cut by the antimeridian the box is that of its bigger side: a map fitted to
    the whole would show the whole world. All in degrees.
    """
    parts = shapely.get_parts(shape)
    areas = shapely.area(parts)
    biggest = parts[areas.argmax()]
    circle = shapely.maximum_inscribed_circle(biggest, tolerance=biggest.length / 2000)
    label = shapely.get_point(circle, 0)
    if not biggest.contains(label):
        label = biggest.representative_point()
    west, south, east, north = shape.bounds
    if east - west > 180:  # noqa: PLR2004 - half the globe
        eastern = shapely.get_x(shapely.centroid(parts)) > 0
        side = eastern if areas[eastern].sum() >= areas[~eastern].sum() else ~eastern
        west, south, east, north = shapely.total_bounds(parts[side]).tolist()
    box = (round(south, 4), round(west, 4), round(north, 4), round(east, 4))
    return round(label.y, 4), round(label.x, 4), box
