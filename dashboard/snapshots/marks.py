"""What a snapshot's map draws: points or cells, and areas, in the form that `events.js` draws."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard.maps.data import cells_as_dict, with_labels
from geodata.store.mercator import pixel, position

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pyarrow as pa

    from geodata.regions import Regions
    from geodata.store import Store
    from geodata.view import View

MOST_PLACES = 1500  # marks in one page: more than these take a browser a second to lay out
_WORLD = {"south": -85.0, "west": -180.0, "north": 85.0, "east": 180.0}
_ZOOMS = (11, 10, 9, 8, 7, 6, 5, 4, 3)
_CELL_SHIFTS = range(6, 20)  # cells of 64 pixels at zoom 20, and ever larger ones
_COLUMNS = ("id", "place_id", "place_name", "lat", "lon", "precision", "area", "quad")

Mark = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Points (exact places) or cells (many places), and areas (no closer place is known)."""

    points: list[Mark] = field(default_factory=list)
    cells: list[Mark] = field(default_factory=list)
    areas: list[Mark] = field(default_factory=list)

    @property
    def spots(self) -> list[Mark]:
        """All that is drawn at one position."""
        return [*self.points, *self.cells]


def of_table(table: pa.Table, regions: Regions, *, listed: Collection[str] = ()) -> Marks:
    """Gather events by place.

    Parameters
    ----------
    table
        Events in full.
    regions
        Give the position of an area's label.
    listed
        Events that can be shown when a mark is clicked; of others no id is kept.
    """
    points: dict[str, Mark] = {}
    areas: dict[str, Mark] = {}
    quads: dict[int, Counter[int]] = {}
    columns = (table[name].to_pylist() for name in _COLUMNS)
    for event, place, name, lat, lon, precision, area, quad in zip(*columns, strict=True):
        if place is None:
            continue
        if area is None:
            mark = points.get(place)
            if mark is None:
                about = {"id": place, "name": name, "lat": round(lat, 5), "lon": round(lon, 5), "precision": precision}
                mark = points[place] = about | {"events": []}
        else:
            mark = areas.setdefault(area, {"region": area, "name": name, "events": []})
        quads.setdefault(id(mark), Counter())[quad] += 1
        if event in listed:
            mark["events"].append(event)
    for mark in (*points.values(), *areas.values()):
        counted = quads[id(mark)]
        mark["count"] = counted.total()
        mark["quads"] = {str(quad): n for quad, n in sorted(counted.items())}
    by_count = sorted(points.values(), key=lambda mark: (-mark["count"], mark["id"]))
    labelled = with_labels(sorted(areas.values(), key=lambda mark: (-mark["count"], mark["region"])), regions)
    named = [area | {"name": _name(regions, area)} for area in labelled]
    return Marks(points=by_count, areas=named)


def of_store(store: Store, view: View, regions: Regions, *, places: int = MOST_PLACES) -> Marks:
    """Count all events of a view, of which there are more than a snapshot takes."""
    for zoom in _ZOOMS:
        found = cells_as_dict(store.cells(view, **_WORLD, zoom=zoom, max_points=places, event_ids=True), regions)
        if len(found["cells"]) <= places:
            break
    return Marks(points=found["points"], cells=found["cells"], areas=found["areas"])


def few(marks: Marks, *, places: int = MOST_PLACES) -> Marks:
    """Return the marks with cells in place of points where these are too many for a page."""
    if len(marks.points) <= places:
        return marks
    at = [pixel(point["lat"], point["lon"]) for point in marks.points]
    shift = next(
        (shift for shift in _CELL_SHIFTS if len({(x >> shift, y >> shift) for x, y in at}) <= places), _CELL_SHIFTS[-1]
    )
    return Marks(cells=_cells(marks.points, shift), areas=marks.areas)


def _name(regions: Regions, area: Mapping[str, Any]) -> str:
    # A place that is only known to lie in an area has a name of its own; the area's is wanted.
    return regions.get(area["region"]).name if area["kind"] else str(area["name"])


def _cells(points: list[Mark], shift: int) -> list[Mark]:
    groups: dict[tuple[int, int], list[Mark]] = {}
    for point in points:
        x, y = pixel(point["lat"], point["lon"])
        groups.setdefault((x >> shift, y >> shift), []).append(point)
    return [_cell(x, y, shift, group) for (x, y), group in groups.items()]


def _cell(x: int, y: int, shift: int, group: list[Mark]) -> Mark:
    north, west = position(x << shift, y << shift)
    south, east = position((x + 1) << shift, (y + 1) << shift)
    count = sum(point["count"] for point in group)
    quads: Counter[str] = Counter()
    for point in group:
        quads.update(point["quads"])
    return {
        "lat": round(sum(point["lat"] * point["count"] for point in group) / count, 5),
        "lon": round(sum(point["lon"] * point["count"] for point in group) / count, 5),
        "bounds": [round(side, 5) for side in (south, west, north, east)],
        "count": count,
        "quads": dict(sorted(quads.items())),
        "events": [event for point in group for event in point["events"]],
    }
