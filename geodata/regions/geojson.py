"""Shapes as GeoJSON with few digits. GeoJSON alone is lon, lat."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely


def feature(shape: Any, properties: dict[str, Any], digits: int) -> dict[str, Any]:
    """Make a GeoJSON Feature; coordinates are lon, lat in degrees, rounded to `digits` decimals."""
    return {"type": "Feature", "properties": properties, "geometry": geometry(shape, digits)}


def geometry(shape: Any, digits: int) -> dict[str, Any]:
    """Make a GeoJSON MultiPolygon, MultiLineString, or the single form where there is one part."""
    parts = shapely.get_parts(shape)
    if shape.geom_type.endswith("LineString"):
        lines = [_points(part, digits) for part in parts]
        return _one_or_many("LineString", lines)
    polygons = [[_points(ring, digits) for ring in shapely.get_rings(part)] for part in parts]
    return _one_or_many("Polygon", polygons)


def _one_or_many(kind: str, coordinates: list[Any]) -> dict[str, Any]:
    if len(coordinates) == 1:
        return {"type": kind, "coordinates": coordinates[0]}
    return {"type": "Multi" + kind, "coordinates": coordinates}


def _points(line: Any, digits: int) -> list[list[float]]:
    points: list[list[float]] = np.round(shapely.get_coordinates(line), digits).tolist()
    return points
