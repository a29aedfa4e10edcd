"""What the map fetches: cells of a view, the base map, shapes of regions. No server in here."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from geodata.errors import RegionError
from geodata.event import Precision
from geodata.gazetteer import label_zoom
from geodata.store.mercator import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.event import Place
    from geodata.gazetteer import Gazetteer
    from geodata.regions import Regions
    from geodata.store.results import Area, Cells

# Of the towns those from 20,000 people on are named (rank 3 of the gazetteer), and all places
# that were added to it by hand (rank 2): crossings, dams, fields, camps.
_TOWN_RANK, _SITE_RANK = 3, 2
_MOST = 200_000
_SEAM = 179.9  # degrees: a shape that reaches so far is cut by the antimeridian


@dataclass(frozen=True, slots=True)
class Window:
    """A map window in decimal degrees, WGS 84."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        """Tell whether a point lies inside."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east

    def meets(self, box: tuple[float, float, float, float]) -> bool:
        """Tell whether a part of a region may lie inside, given the region's box.

        Parameters
        ----------
        box
            South, west, north, east in degrees, -180 to 180. One that reaches the antimeridian is taken to go on
            behind it, because the box of a region that is cut there tells of its bigger side alone.
        """
        south, west, north, east = box
        if north < self.south or south > self.north:
            return False
        sides = wrap(self.west, self.east)
        if sides is None or west <= -_SEAM or east >= _SEAM:
            return True
        left, right = sides
        return (west <= right and east >= left) if left <= right else (east >= left or west <= right)


def _rounded(number: float) -> float:
    return round(number, 5)


def cells_as_dict(cells: Cells, regions: Regions, window: Window | None = None) -> dict[str, Any]:
    """Return cells in the form that `events.js` draws.

    Parameters
    ----------
    cells
        What a view shows.
    regions
        Where the labels of areas are.
    window
        Leaves out the areas that do not reach into it, of which there may be a thousand; those without a shape stay,
        because the map tells how many there are.
    """
    return {
        "kind": cells.kind,
        "points": [
            {
                "lat": _rounded(point.lat),
                "lon": _rounded(point.lon),
                "id": point.place_id,
                "name": point.name,
                "precision": point.precision.value,
                "count": point.count,
                "quads": {str(quad): count for quad, count in point.quads.items()},
                **({"events": list(point.event_ids)} if point.event_ids else {}),
            }
            for point in cells.points
        ],
        "cells": [
            {
                "lat": _rounded(cell.lat),
                "lon": _rounded(cell.lon),
                "bounds": [_rounded(n) for n in (cell.south, cell.west, cell.north, cell.east)],
                "count": cell.count,
                "quads": {str(quad): count for quad, count in cell.quads.items()},
            }
            for cell in cells.cells
        ],
        "areas": with_labels((_area(area) for area in cells.areas if _in_window(area, regions, window)), regions),
    }


def _in_window(area: Area, regions: Regions, window: Window | None) -> bool:
    if window is None or area.region_id not in regions:
        return True
    return window.meets(regions.get(area.region_id).bbox)


def heat_as_dict(cells: Cells) -> dict[str, Any]:
    """Return cells in the form that `heat.js` draws: rows of lat, lon, count.

    ``areas`` is the number of events that have no point, because only an area is known.
    """
    return {
        "rows": [
            *([_rounded(point.lat), _rounded(point.lon), point.count] for point in cells.points),
            *([_rounded(cell.lat), _rounded(cell.lon), cell.count] for cell in cells.cells),
        ],
        "areas": sum(area.count for area in cells.areas),
    }


def _area(area: Area) -> dict[str, Any]:
    return {
        "region": area.region_id,
        "name": area.name,
        "count": area.count,
        "quads": {str(quad): count for quad, count in area.quads.items()},
    }


def with_labels(areas: Iterable[dict[str, Any]], regions: Regions) -> list[dict[str, Any]]:
    """Return areas with their kind, the position of their label (lat, lon), and a name instead of a bare id.

    Seas and continents are counted too, but there is no shape to draw: they get no position.
    """
    made = []
    for area in areas:
        try:
            region = regions.get(area["region"])
        except RegionError:
            made.append({**area, "kind": "", "lat": None, "lon": None})
            continue
        # Events may only be known to lie in it: then none of them brings its name.
        name = region.name if area["name"] == area["region"] else area["name"]
        place = {"name": name, "kind": region.kind, "lat": _rounded(region.lat), "lon": _rounded(region.lon)}
        made.append({**area, **place})
    return made


@lru_cache(maxsize=2)
def named_places(gazetteer: Gazetteer) -> list[Place]:
    """Return the settlements and sites that the base map names, most important first."""
    towns = gazetteer.labels(_TOWN_RANK, limit=_MOST)
    sites = [place for place in gazetteer.labels(_SITE_RANK, limit=_MOST) if place.id.startswith("cm:")]
    wanted = (Precision.SETTLEMENT, Precision.SITE)
    return [place for place in {p.id: p for p in [*towns, *sites]}.values() if place.precision in wanted]


def basemap_as_json(regions: Regions, places: Iterable[Place] = ()) -> bytes:
    """Return the base map as JSON: its ``layers`` as GeoJSON, and its ``labels``, names with their positions.

    The layers are taken as they are written: read, they would hold a good 20 MB.
    """
    return b'{"layers":%b,"labels":%b}' % (regions.basemap_json(), compact_json(labels_of(regions, places)))


def labels_of(regions: Regions, places: Iterable[Place], *, window: Window | None = None) -> dict[str, list[Any]]:
    """Return the names on the base map.

    Parameters
    ----------
    regions
        Countries and provinces, with how much room their names have.
    places
        Settlements and sites to name, most important first, with the zoom from which they are.
    window
        Leaves out what lies outside (for a saved file).

    Returns
    -------
    dict
        Rows of name, lat, lon and a number, for ``countries``, ``admin1`` and ``towns``.
    """

    def inside(lat: float, lon: float) -> bool:
        return window is None or window.holds(lat, lon)

    def rows(kind: Literal["country", "admin1"]) -> list[Any]:
        return [
            [region.name, round(region.lat, 3), round(region.lon, 3), _size(region.bbox)]
            for region in regions.all(kind)
            if inside(region.lat, region.lon)
        ]

    towns = [
        [place.name, round(place.lat, 3), round(place.lon, 3), max(4, label_zoom(place))]
        for place in places
        if inside(place.lat, place.lon)
    ]
    return {"countries": rows("country"), "admin1": rows("admin1"), "towns": towns}


def region_shape(regions: Regions, region_id: str) -> dict[str, Any]:
    """Return a region as a GeoJSON feature, as fine as the lines of the base map around it.

    Raises
    ------
    RegionError
        If there is no such region.
    """
    detail: Literal["coarse", "fine"] = "coarse" if regions.get(region_id).kind == "country" else "fine"
    return regions.geojson(region_id, detail=detail)


def _size(bbox: tuple[float, float, float, float]) -> float:
    """Return roughly how much room a name has, in square degrees; only ever compared."""
    south, west, north, east = bbox
    return round(max(north - south, 0.0) * max(east - west, 0.0), 2)


def compact_json(value: object) -> bytes:
    """Write JSON without spaces, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def packed(content: bytes) -> bytes:
    """Compress once what is sent often; the same content gives the same bytes."""
    return gzip.compress(content, compresslevel=6, mtime=0)
