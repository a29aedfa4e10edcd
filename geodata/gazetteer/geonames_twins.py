"""Which place of the gazetteer a new record of GeoNames is, when it is one under another id.

Curated places, areas and named regions have ids of their own. A record that is one of them must not become
a second place of that name beside it: it gives its names, and its id leads to the curated place.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from geodata.event import Precision
from geodata.gazetteer.cells import cell_of, windows
from geodata.gazetteer.curated import SAME_PLACE_KM
from geodata.gazetteer.entries import NameSource, distance_km
from geodata.gazetteer.geonames_features import same_kind
from geodata.gazetteer.normalise import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from geodata.gazetteer.entries import Entry

# How far two points of one thing may lie apart, in kilometres: bases and dams are large, mountains larger,
# and a river's label can be anywhere along it.
_SITE_KM, _DISTRICT_KM, _REGION_KM, _AREA_KM = 10.0, 30.0, 300.0, 1_500.0

_CURATED = (
    "SELECT n, id, lat, lon, country, precision, kind FROM place "
    "WHERE id LIKE 'cm:%' OR id LIKE 'area:%' OR id LIKE 'region:%'"
)
# Names are not indexed by place: one pass over all of them.
_NAMES = (
    "SELECT DISTINCT place, key FROM name WHERE place IN "
    "(SELECT n FROM place WHERE id LIKE 'cm:%' OR id LIKE 'area:%' OR id LIKE 'region:%')"
)


class Twin(NamedTuple):
    """A place with an id of its own; `n` is its row."""

    n: int
    id: str
    lat: float
    lon: float
    country: str
    precision: Precision
    kind: str
    keys: set[str]


class Twins:
    """The curated places, areas and named regions of a gazetteer, by the keys of their names.

    Parameters
    ----------
    connection
        To the gazetteer.
    countries
        Only curated places of these (ISO 3166-1 alpha-2); empty for all.
    """

    def __init__(self, connection: sqlite3.Connection, countries: Collection[str]) -> None:
        keys: dict[int, set[str]] = defaultdict(set)
        for n, key in connection.execute(_NAMES):
            keys[n].add(key)
        self._in_cell: dict[int, list[Twin]] = defaultdict(list)
        self._large: list[Twin] = []
        for n, place_id, lat, lon, country, precision, kind in connection.execute(_CURATED):
            twin = Twin(n, place_id, lat, lon, country, Precision(precision), kind, keys[n])
            if not place_id.startswith("cm:"):
                self._large.append(twin)
            elif not countries or country in countries:
                for south, west, north, east in windows(lat, lon, _DISTRICT_KM):
                    for cell in {cell_of(a, b) for a in (south, north) for b in (west, east)}:
                        self._in_cell[cell].append(twin)

    def of(self, entry: Entry) -> int | None:
        """Return the row of the place that an entry is, None when it is a new one; the nearest where several fit."""
        near = self._in_cell.get(cell_of(entry.lat, entry.lon), [])
        if entry.precision is not Precision.SETTLEMENT:
            near = near + self._large
        fitting = [
            (km, twin)
            for twin in near
            if (reach_km := _reach_km(entry, twin)) > 0
            and (km := distance_km(entry.lat, entry.lon, twin.lat, twin.lon)) <= reach_km
        ]
        if not fitting:  # nearly always: the names need not be folded
            return None
        keys = {fold(name) for name, source in entry.names.items() if source <= NameSource.ALTERNATE}
        return min(((km, twin.n) for km, twin in fitting if not keys.isdisjoint(twin.keys)), default=(0.0, None))[1]


def _reach_km(entry: Entry, twin: Twin) -> float:
    """Return how far apart both may lie and still be one place; negative when they cannot be one."""
    if not twin.id.startswith("cm:"):
        if entry.precision is Precision.SETTLEMENT or not same_kind(entry.kind, twin.kind):
            return -1.0
        return _AREA_KM if twin.id.startswith("area:") else _REGION_KM
    if twin.country != entry.country:
        return -1.0
    if entry.precision is Precision.SETTLEMENT:  # as `curated.merge_places` does when it builds
        return SAME_PLACE_KM if twin.precision is Precision.SETTLEMENT else -1.0
    if not same_kind(entry.kind, twin.kind):
        return -1.0
    large = Precision.DISTRICT in {entry.precision, twin.precision}
    reach_km = _DISTRICT_KM if large else _SITE_KM
    # two quarters or two mosques of one name in one city are two
    return SAME_PLACE_KM if entry.kind in _MANY_OF_A_NAME else reach_km


_MANY_OF_A_NAME = frozenset(("neighbourhood", "mosque", "church", "school", "hospital", "shrine", "square", "street"))
