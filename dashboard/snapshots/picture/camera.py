"""Where a picture looks: web mercator, as on the screen. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.maps.data import Window

if TYPE_CHECKING:
    import numpy.typing as npt

MAX_LAT = 85.0511  # where the square of web mercator ends
TILE_PX = 256  # the world is this wide at zoom 0
_EARTH_M = 40_075_016.686  # equator, WGS 84
_FINEST = 10.0  # zoom: closer in, one place would have nothing around it
_COARSEST = 1.5
_NICE = (1, 2, 5)
_HALF, _FULL = 180.0, 360.0


def unit(lat: float, lon: float) -> tuple[float, float]:
    """Return (x, y) in the unit square, y southwards; `lon` beyond 180 degrees goes on past 1."""
    sine = math.sin(math.radians(max(-MAX_LAT, min(MAX_LAT, lat))))
    return lon / _FULL + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def units(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return (x, y) of many positions; the last axis of `lonlat` is (lon, lat) in degrees."""
    sine = np.sin(np.radians(np.clip(lonlat[..., 1], -MAX_LAT, MAX_LAT)))
    return np.stack(
        [lonlat[..., 0] / _FULL + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)],
        axis=-1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A map of `width` by `height` pixels; `x`, `y` its middle in the unit square.

    `zoom` counts as on the screen: the world is 256 * 2 ** zoom pixels wide.
    """

    x: float
    y: float
    zoom: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Pixels in one unit."""
        return float(TILE_PX * 2**self.zoom)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Return the pixel of a position, of its copies round the world the one nearest to the middle."""
        x, y = unit(lat, lon)
        x += round(self.x - x)
        return (x - self.x) * self.scale + self.width / 2, (y - self.y) * self.scale + self.height / 2

    def pixels(self, lonlat: npt.NDArray[np.float64], copy: int = 0) -> npt.NDArray[np.float64]:
        """Return the pixels of many positions (lon, lat) on one copy of the world."""
        moved = units(lonlat) * self.scale
        moved[..., 0] += (copy - self.x) * self.scale + self.width / 2
        moved[..., 1] += self.height / 2 - self.y * self.scale
        return moved

    def window(self, margin_px: float = 0.0) -> Window:
        """Return what is seen; `west` may lie below -180 and `east` beyond 180 degrees."""
        half_x = (self.width / 2 + margin_px) / self.scale
        half_y = (self.height / 2 + margin_px) / self.scale
        north, south = (
            math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y)))) for y in (self.y - half_y, self.y + half_y)
        )
        return Window(south, (self.x - half_x - 0.5) * _FULL, north, (self.x + half_x - 0.5) * _FULL)

    def copies(self) -> list[tuple[int, Window]]:
        """Return the copies of the world that are seen, each with its window between -180 and 180 degrees."""
        seen = self.window(margin_px=8)
        found = []
        for copy in (-1, 0, 1):
            west = max(seen.west - _FULL * copy, -_HALF)
            east = min(seen.east - _FULL * copy, _HALF)
            if west < east:
                found.append((copy, Window(max(seen.south, -MAX_LAT), west, min(seen.north, MAX_LAT), east)))
        return found

    def bar(self, longest_px: float) -> tuple[float, str]:
        """Return the length in pixels and the words of a scale bar, true in the middle of the picture."""
        lat = math.atan(math.sinh(math.pi * (1 - 2 * self.y)))
        metres_of_pixel = _EARTH_M * math.cos(lat) / self.scale
        most = longest_px * metres_of_pixel
        power = 10 ** math.floor(math.log10(most))
        metres = max(step * power for step in _NICE if step * power <= most)
        words = f"{metres / 1000:,.0f} km" if metres >= 1000 else f"{metres:,.0f} m"  # noqa: PLR2004
        return metres / metres_of_pixel, words


def looking_at(
    box: tuple[float, float, float, float], *, width: float, height: float, padding: float, lift: float = 0.0
) -> Camera:
    """Return a camera that sees a whole box.

    Parameters
    ----------
    box
        South, west, north, east in degrees; east may lie beyond 180.
    width, height
        Of the picture in pixels.
    padding
        Pixels to keep free on all sides.
    lift
        Pixels at the top that something else covers.
    """
    south, west, north, east = box
    (x0, y1), (x1, y0) = unit(south, west), unit(north, east)
    wide, tall = max(x1 - x0, 1e-9), max(y1 - y0, 1e-9)
    scale = min((width - 2 * padding) / wide, (height - lift - 2 * padding) / tall)
    zoom = min(max(math.log2(scale / TILE_PX), _COARSEST), _FINEST)
    y = (y0 + y1) / 2 - lift / 2 / (TILE_PX * 2**zoom)
    return Camera(x=(x0 + x1) / 2, y=y, zoom=zoom, width=width, height=height)


def looking_from(lat: float, lon: float, zoom: float, *, width: float, height: float) -> Camera:
    """Return the camera of a view's map window."""
    x, y = unit(lat, lon)
    return Camera(x=x, y=y, zoom=zoom, width=width, height=height)
