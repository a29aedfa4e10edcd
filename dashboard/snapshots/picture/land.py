"""The base map as paths: land, lakes, lines, regions.

A picture shows far less than the shapes hold. They are turned into the plane once and kept; for each
picture what lies outside is left out, and so is every corner that no eye could see.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from matplotlib.path import Path

from dashboard import resources
from dashboard.maps.clip import LINES, countries_of, fine_in
from dashboard.maps.data import labels_of, named_places, region_shape
from dashboard.snapshots.picture.camera import units
from geodata.errors import ConflictmapError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy.typing as npt

    from dashboard.snapshots.picture.camera import Camera
    from geodata.gazetteer.lookup import Gazetteer

_FINEST = 0.2  # px: corners that stand out less are left out (less than half a pixel at 2x)
_MARGIN = 16.0  # px around the map: what lies beyond is not drawn


class Line(NamedTuple):
    """A line or a ring: corners in the unit square of web mercator, shape (n, 2), and their box (x0, y0, x1, y1)."""

    points: npt.NDArray[np.float64]
    closed: bool
    box: tuple[float, float, float, float]


class Layers(NamedTuple):
    """The base map of a window, as lines."""

    countries: list[Line]
    lakes: list[Line]
    admin1: list[Line]
    settled: list[Line]  # lines between countries
    contested: list[Line]


class _Piece(NamedTuple):
    """A feature of the base map as lines, with the countries that it belongs to."""

    countries: frozenset[str]
    contested: bool
    lines: list[Line]


def _pieces(layers: Mapping[str, Any]) -> dict[str, list[_Piece]]:
    return {
        name: [
            _Piece(frozenset(countries_of(one)), bool(one["properties"].get("contested")), lines_of([one]))
            for one in layer["features"]
        ]
        for name, layer in layers.items()
    }


@lru_cache(maxsize=1)
def _coarse() -> dict[str, list[_Piece]]:
    return _pieces(resources.regions().basemap())


@lru_cache(maxsize=64)
def _fine(country: str) -> dict[str, list[_Piece]]:
    return _pieces(json.loads(resources.regions().basemap_fine(country)))


@lru_cache(maxsize=32)
def _layers(fine: frozenset[str]) -> Layers:
    """Return the base map with some countries finely drawn, as `dashboard.maps.clip` does for a page."""
    pieces = {
        name: [one for one in found if name not in LINES or not fine & one.countries]
        for name, found in _coarse().items()
    }
    for country in sorted(fine):
        for name, found in _fine(country).items():
            pieces[name] = [*pieces[name], *found]

    def of(name: str, *, contested: bool = False) -> list[Line]:
        return [line for one in pieces[name] if one.contested == contested for line in one.lines]

    return Layers(
        countries=of("countries"),
        lakes=of("lakes"),
        admin1=of("admin1_lines"),
        settled=of("country_lines"),
        contested=of("country_lines", contested=True),
    )


def layers(camera: Camera) -> list[tuple[int, Layers]]:
    """Return the base map's layers for each copy of the world that is seen."""
    return [(copy, _layers(fine_in(resources.regions(), window))) for copy, window in camera.copies()]


@lru_cache(maxsize=2)
def _names(gazetteer: Gazetteer | None) -> dict[str, list[Any]]:
    return labels_of(resources.regions(), named_places(gazetteer) if gazetteer else [])


def names(camera: Camera) -> dict[str, list[Any]]:
    """Return the names that may be written."""
    everywhere = _names(resources.gazetteer())
    made: dict[str, list[Any]] = {kind: [] for kind in everywhere}
    for _, window in camera.copies():
        for kind, rows in everywhere.items():
            made[kind] += [row for row in rows if window.holds(row[1], row[2])]
    return made


@lru_cache(maxsize=4096)
def region_lines(region_id: str) -> tuple[Line, ...]:
    """Return the outline of a region; nothing where there is no such region."""
    try:
        return tuple(lines_of([region_shape(resources.regions(), region_id)]))
    except ConflictmapError:
        return ()


def lines_of(features: Iterable[dict[str, Any]]) -> list[Line]:
    """Return the lines and rings of GeoJSON features in the plane."""
    made = []
    for feature in features:
        for line, closed in _lines(feature["geometry"]):
            points = units(np.asarray(line, dtype=np.float64)[:, :2])
            if len(points) > 1:
                low, high = points.min(axis=0), points.max(axis=0)
                made.append(Line(points, closed, (float(low[0]), float(low[1]), float(high[0]), float(high[1]))))
    return made


def path(lines: Iterable[Line], camera: Camera, copy: int) -> Path | None:
    """Return what a picture shows of some lines as one path in pixels; None when it shows none."""
    size = np.array([camera.width, camera.height])
    middle = np.array([camera.x - copy, camera.y])
    (west, north), (east, south) = (middle + side * (size / 2 + _MARGIN) / camera.scale for side in (-1, 1))
    seen = []
    for line in lines:
        x0, y0, x1, y1 = line.box
        if x1 < west or x0 > east or y1 < north or y0 > south:
            continue
        if line.closed and max(x1 - x0, y1 - y0) * camera.scale < _FINEST:
            continue  # an island smaller than any dot
        seen.append(line)
    if not seen:
        return None
    # All lines at once: there are thousands of them, and most have few corners.
    corners = (np.concatenate([line.points for line in seen]) - middle) * camera.scale + size / 2
    number = np.repeat(np.arange(len(seen)), [len(line.points) for line in seen])
    return _as_path(*_near(corners, number, size), closed=np.array([line.closed for line in seen]))


def _near(
    points: npt.NDArray[np.float64], number: npt.NDArray[np.intp], size: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp]]:
    """Return lines in pixels without what they do far away, and without corners on top of each other.

    What lies further than a picture's size outside is pulled to there, where it cannot be seen: an edge
    would have to be longer than the picture to look otherwise, and no border has such. `number` says
    which line a corner belongs to.
    """
    pulled = np.clip(points, -size, 2 * size)
    kept = np.ones(len(pulled), dtype=bool)
    inside = (number[1:-1] == number[:-2]) & (number[1:-1] == number[2:])  # neither first nor last of its line
    kept[1:-1] = ~inside | (pulled[1:-1] != pulled[:-2]).any(axis=1)
    return pulled[kept], number[kept]


def _as_path(points: npt.NDArray[np.float64], number: npt.NDArray[np.intp], *, closed: npt.NDArray[np.bool_]) -> Path:
    """Join lines in pixels, without the corners that no eye can see (Douglas and Peucker, 1973)."""
    made = shapely.linestrings(points, indices=number)
    vertices, number = shapely.get_coordinates(
        shapely.simplify(made, _FINEST, preserve_topology=False), return_index=True
    )
    codes = np.full(len(vertices), Path.LINETO, dtype=np.uint8)
    first = np.diff(number, prepend=-1) != 0
    last = np.roll(first, -1)
    codes[last & closed[number]] = Path.CLOSEPOLY
    codes[first] = Path.MOVETO
    return Path(vertices, codes)


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
