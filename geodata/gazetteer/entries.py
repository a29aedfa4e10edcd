"""What the gazetteer is built from, before it is written: places with all their names."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.event import Precision

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


class NameSource(IntEnum):
    """How far a name can be trusted to be this place's, best first."""

    MAIN = 0  # the name it is shown by
    CURATED = 1  # written by hand, or an official name
    ALTERNATE = 2  # GeoNames' alternate names: any language, any age
    UNIT_CORE = 3  # "Kirkuk" of "Kirkuk District"
    DOUBTFUL = 4  # made letter by letter from a native name, or the main name of another place of that country
    UNLIKELY = (
        5  # in its own script, of a place that hardly anybody lives in: found when asked for, not in running text
    )


@dataclass(slots=True, kw_only=True)
class Entry:
    """A place that is being gathered. Fields as in `geodata.event.Place`; `names` maps a name to its source."""

    id: str
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    precision: Precision
    kind: str
    population: int = 0
    names: dict[str, NameSource] = field(default_factory=dict)
    prior: float = 0.0
    curated: bool = False
    fame: int = 0  # where nobody lives: as how many people it counts when its name is weighed

    def add(self, name: str, source: NameSource) -> None:
        """Give the place another name; a better source wins over a worse one."""
        name = " ".join(name.split())
        if name and source < self.names.get(name, max(NameSource) + 1):
            self.names[name] = source


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance in kilometres between two points in decimal degrees (haversine)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = (
        math.sin((phi_b - phi_a) / 2) ** 2
        + math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))
