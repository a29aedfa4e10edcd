"""One-degree cells of the Earth, so that places around a point are found without an extension of SQLite."""

from __future__ import annotations

import math

CELLS_IN_ROW = 360
_ROWS = 180
_KM_PER_DEGREE = 111.195  # of latitude, on a sphere of mean radius
_SOUTH_POLE, _NORTH_POLE, _HALF_TURN = -90.0, 90.0, 180.0


def is_point(lat: float, lon: float) -> bool:
    """Whether (lat, lon) in decimal degrees lies on Earth."""
    return _SOUTH_POLE <= lat <= _NORTH_POLE and -_HALF_TURN <= lon <= _HALF_TURN


def row_of(lat: float) -> int:
    """Return the row of cells of a latitude, from the south."""
    return min(int(lat - _SOUTH_POLE), _ROWS - 1)


def column_of(lon: float) -> int:
    """Return the column of cells of a longitude, from the antimeridian eastward."""
    return min(int(lon + _HALF_TURN), CELLS_IN_ROW - 1)


def cell_of(lat: float, lon: float) -> int:
    """Return the number of the cell that holds a point; cells of one row follow each other."""
    return row_of(lat) * CELLS_IN_ROW + column_of(lon)


def windows(lat: float, lon: float, radius_km: float) -> list[tuple[float, float, float, float]]:
    """Return boxes (south, west, north, east) that hold a circle: two where it crosses the antimeridian."""
    half_lat = radius_km / _KM_PER_DEGREE
    south, north = max(_SOUTH_POLE, lat - half_lat), min(_NORTH_POLE, lat + half_lat)
    half_lon = _half_width(lat, half_lat)
    west, east = lon - half_lon, lon + half_lon
    if half_lon >= _HALF_TURN:
        return [(south, -_HALF_TURN, north, _HALF_TURN)]
    if west < -_HALF_TURN:
        return [(south, -_HALF_TURN, north, east), (south, west + 2 * _HALF_TURN, north, _HALF_TURN)]
    if east > _HALF_TURN:
        return [(south, west, north, _HALF_TURN), (south, -_HALF_TURN, north, east - 2 * _HALF_TURN)]
    return [(south, west, north, east)]


def _half_width(lat: float, half_lat: float) -> float:
    """Return how many degrees of longitude a circle reaches east of its centre: all round when it holds a pole."""
    if abs(lat) + half_lat >= _NORTH_POLE:
        return _HALF_TURN
    return math.degrees(math.asin(min(1.0, math.sin(math.radians(half_lat)) / math.cos(math.radians(lat)))))
