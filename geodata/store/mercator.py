"""Web Mercator as integers, so that a map cell is two shifts in any query language.

The world is a square of 2**28 pixels a side (zoom 20, tiles of 256 pixels; EPSG:3857). `mx`
grows eastwards from 180 degrees west, `my` southwards from 85.0511 degrees north.
"""

from __future__ import annotations

import math

ZOOM = 20
WORLD_PX = 256 << ZOOM
MAX_LAT = 85.05112877980659  # where the Mercator square ends
CELL_PX = 64  # side of a cell on the screen


def pixel(lat: float, lon: float) -> tuple[int, int]:
    """Return (mx, my) of a position in decimal degrees; latitudes beyond the square are cut.

    Returns
    -------
    tuple of int
        Pixels at zoom 20, each from 0 to 2**28 - 1.
    """
    sine = math.sin(math.radians(max(-MAX_LAT, min(MAX_LAT, lat))))
    x = (lon + 180.0) / 360.0
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return _whole(x), _whole(y)


def _whole(share: float) -> int:
    return max(0, min(WORLD_PX - 1, math.floor(share * WORLD_PX)))


def position(mx: float, my: float) -> tuple[float, float]:
    """Return (lat, lon) in decimal degrees of the north-western corner of a pixel at zoom 20."""
    lon = mx / WORLD_PX * 360.0 - 180.0
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * my / WORLD_PX))))
    return lat, lon


def cell_shift(zoom: float) -> int:
    """Return how many bits to shift `mx`, `my` right so that a cell is `CELL_PX` wide at `zoom`."""
    whole = max(0, min(ZOOM, math.floor(zoom)))
    return ZOOM - whole + CELL_PX.bit_length() - 1


def wrap(west: float, east: float) -> tuple[float, float] | None:
    """Bring a window's sides to -180 ... 180 degrees; None when it holds all longitudes.

    Maps that repeat the world report sides beyond 180 degrees. In the answer, west > east
    means that the window crosses the antimeridian.
    """
    full, half = 360.0, 180.0
    if east - west >= full:
        return None
    return (west + half) % full - half, east if east == half else (east + half) % full - half
