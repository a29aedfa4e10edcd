"""What the page and the pictures of a snapshot are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard import resources
from dashboard.maps.data import region_shape
from geodata.errors import ConflictmapError

if TYPE_CHECKING:
    from dashboard.maps.data import Window
    from dashboard.snapshots.marks import Mark, Marks
    from dashboard.snapshots.record import Record
    from geodata.store.results import StoredEvent
    from geodata.view import View

Box = tuple[float, float, float, float]  # south, west, north, east in degrees; east may lie beyond 180
DRAWN = "drawn-shape"  # the id of a shape that was drawn by hand
_NOWHERE: Box = (20.0, 20.0, 45.0, 65.0)
_AROUND = 0.4  # degrees around a single place
_HALF, _FULL = 180.0, 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A snapshot before it is drawn.

    `events` are those that the page lists, `box` is what the map shows at first where the view
    has no window of its own.
    """

    record: Record
    view: View
    marks: Marks
    events: list[StoredEvent]
    box: Box


def first_box(view: View, marks: Marks) -> Box:
    """Return what a map shows at first: the regions that are filtered by, else all marks.

    Of an area that is not filtered by, the place of its label counts, not its outline: one report
    from somewhere in Russia is no reason to show the world.
    """
    boxes = [box for region in view.regions if (box := _region_box(region))]
    if view.shape:
        lats, lons = [lat for lat, _ in view.shape], [lon for _, lon in view.shape]
        boxes = [(min(lats), min(lons), max(lats), max(lons))]  # narrower than the regions, or it would be none
    if boxes:
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    drawn: list[Mark] = [*marks.spots, *(area for area in marks.areas if area["kind"])]
    if not drawn:
        return _NOWHERE
    lats = [mark["lat"] for mark in drawn]
    west, east = _sides([mark["lon"] for mark in drawn])
    return max(min(lats) - _AROUND, -_FULL / 4), west - _AROUND, min(max(lats) + _AROUND, _FULL / 4), east + _AROUND


def box_within(sheet: Sheet, window: Window) -> Box | None:
    """Return what of `Sheet.box` lies in a window and has all marks of that window; None where it has none.

    Windows across the antimeridian have none either: there, longitudes of a box go on past 180.
    """
    drawn: list[Mark] = [*sheet.marks.spots, *(area for area in sheet.marks.areas if area["kind"])]
    inside = [mark for mark in drawn if window.holds(mark["lat"], mark["lon"])]
    if not inside or window.west < -_HALF or window.east > _HALF:
        return None
    lats, lons = [mark["lat"] for mark in inside], [mark["lon"] for mark in inside]
    south, west, north, east = sheet.box
    return (
        min(*lats, max(south, window.south)),
        min(*lons, max(west, window.west)),
        max(*lats, min(north, window.north)),
        max(*lons, min(east, window.east)),
    )


def _region_box(region_id: str) -> Box | None:
    try:
        return resources.regions().get(region_id).bbox
    except ConflictmapError:
        return None


def _sides(lons: list[float]) -> tuple[float, float]:
    """Return the west and the east side of longitudes, across the antimeridian where that is shorter."""
    eastward = [lon % _FULL for lon in lons]
    if max(eastward) - min(eastward) < max(lons) - min(lons) and min(eastward) <= _HALF:
        return min(eastward), max(eastward)
    return min(lons), max(lons)


def outlines(view: View) -> dict[str, dict[str, Any]]:
    """Return what a view is limited to, by id: regions and the drawn shape, as GeoJSON features (lon, lat)."""
    found = {}
    for region in view.regions:
        try:
            found[region] = region_shape(resources.regions(), region)
        except ConflictmapError:
            continue
    if view.shape:
        ring = [[lon, lat] for lat, lon in (*view.shape, view.shape[0])]
        found[DRAWN] = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    return found
