"""The base map as paths: land, lakes, lines, regions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.path import Path

from dashboard import resources
from dashboard.maps.clip import layers_in
from dashboard.maps.data import Window, labels_of, named_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    from dashboard.snapshots.picture.camera import Camera

_STEP = 0.25  # degrees: windows are widened to this grid, so that pictures of one snapshot share the work


@lru_cache(maxsize=16)
def _layers(south: float, west: float, north: float, east: float) -> dict[str, Any]:
    return layers_in(resources.regions(), Window(south, west, north, east))


def layers(camera: Camera) -> list[tuple[int, dict[str, Any]]]:
    """Return the base map's layers for each copy of the world that is seen."""
    found = []
    for copy, window in camera.copies():
        low = [float(np.floor(side / _STEP) * _STEP) for side in (window.south, window.west)]
        high = [float(np.ceil(side / _STEP) * _STEP) for side in (window.north, window.east)]
        found.append((copy, _layers(low[0], low[1], high[0], high[1])))
    return found


def names(camera: Camera) -> dict[str, list[Any]]:
    """Return the names that may be written."""
    gazetteer = resources.gazetteer()
    places = named_places(gazetteer) if gazetteer else []
    made: dict[str, list[Any]] = {"countries": [], "admin1": [], "towns": []}
    for _, window in camera.copies():
        for kind, rows in labels_of(resources.regions(), places, window=window).items():
            made[kind] += rows
    return made


def path(features: Iterable[dict[str, Any]], camera: Camera, copy: int) -> Path | None:
    """Return the lines and rings of GeoJSON features as one path in pixels; None when there are none."""
    vertices, codes = [], []
    for feature in features:
        for line, closed in _lines(feature["geometry"]):
            points = camera.pixels(np.asarray(line, dtype=np.float64)[:, :2], copy)
            if len(points) < 2:  # noqa: PLR2004  a point is no line
                continue
            vertices.append(points)
            code = np.full(len(points), Path.LINETO, dtype=np.uint8)
            code[0] = Path.MOVETO
            if closed:
                code[-1] = Path.CLOSEPOLY
            codes.append(code)
    if not vertices:
        return None
    return Path(np.concatenate(vertices), np.concatenate(codes))


def _lines(geometry: dict[str, Any]) -> Iterator[tuple[npt.ArrayLike, bool]]:
    """Yield the lines of a geometry, and whether they are rings; holes run against their outlines (RFC 7946)."""
    kind, coordinates = geometry["type"], geometry.get("coordinates", ())
    if kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _lines(part)
    elif kind == "LineString":
        yield coordinates, False
    elif kind == "MultiLineString":
        yield from ((line, False) for line in coordinates)
    elif kind == "Polygon":
        yield from ((_turned(ring, outline=number == 0), True) for number, ring in enumerate(coordinates))
    elif kind == "MultiPolygon":
        for polygon in coordinates:
            yield from ((_turned(ring, outline=number == 0), True) for number, ring in enumerate(polygon))


def _turned(ring: Any, *, outline: bool) -> npt.NDArray[np.float64]:
    """Return a ring anticlockwise if it is an outline, clockwise if it is a hole."""
    points = np.asarray(ring, dtype=np.float64)
    x, y = points[:, 0], points[:, 1]
    area = np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])
    return points if (area > 0) == outline else points[::-1]
