"""The small map in a corner that shows where in the world a picture looks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.transforms import Affine2D, Bbox

from dashboard.maps.colours import palette
from dashboard.snapshots.picture import land
from dashboard.snapshots.picture.camera import Camera
from dashboard.snapshots.picture.fonts import drawable, width
from dashboard.snapshots.picture.labels import Box, Taken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.snapshots.picture.canvas import Canvas

COLOURS = palette()["light"]
_WIDE, _HIGH = 168.0, 124.0
_EDGE = 10.0  # px to the edge of the picture
_LEAST = (600.0, 380.0)  # px: smaller pictures have no room
_SHARE = 0.45  # of the inset's width is what the picture shows, at most
_ZOOM = (1.8, 3.0)  # with less than the first the picture shows continents itself; with more there are no neighbours
_TEXT = 12.0
_MOST_OF_SIDE, _FAR_IN_SIDE = 1.2, 0.35
_INK = "#111111"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """A camera that sees more, and the left upper corner of its picture in the larger one, in pixels."""

    camera: Camera
    left: float
    top: float


def plan_inset(camera: Camera, taken: Taken, chosen: Sequence[land.Line] = ()) -> Inset | None:
    """Find a corner that is free, of `chosen` outlines too, and take it; None where there is none or no need."""
    zoom = min(camera.zoom - math.log2(camera.width / (_SHARE * _WIDE)), _ZOOM[1])
    if zoom < _ZOOM[0] or camera.width < _LEAST[0] or camera.height < _LEAST[1]:
        return None
    right, bottom = camera.width - _WIDE - _EDGE, camera.height - _HIGH - _EDGE
    paths = [path for copy, _ in camera.copies() if (path := land.path(chosen, camera, copy))]
    for left, top in ((right, _EDGE), (right, bottom), (_EDGE, _EDGE)):
        box = Box(left, top, left + _WIDE, top + _HIGH)
        covers = any(path.intersects_bbox(Bbox.from_extents(*box), filled=True) for path in paths)
        if taken.is_free(box) and not covers:
            taken.add(box)
            small = Camera(x=camera.x, y=camera.y, zoom=zoom, width=_WIDE, height=_HIGH)
            return Inset(camera=small, left=left, top=top)
    return None


def draw_inset(canvas: Canvas, inset: Inset, seen: Camera, *, left: float, top: float) -> None:
    """Draw it onto a map whose left upper corner is at `left`, `top`; `seen` is what that map shows."""
    camera = inset.camera
    x, y = left + inset.left, top + inset.top
    frame = (x, y, camera.width, camera.height)
    canvas.clip_to(frame)
    canvas.box(frame, fill=COLOURS["sea"])
    for copy, layers in land.layers(camera):
        for lines, look in (
            (layers.countries, {"fill": COLOURS["land"]}),
            (layers.settled, {"edge": COLOURS["country"], "line": 0.7}),
            (layers.contested, {"edge": COLOURS["country"], "line": 0.7, "dash": (3, 2)}),
        ):
            path = land.path(lines, camera, copy)
            canvas.path(path.transformed(Affine2D().translate(x, y)) if path else None, **look)
    wide, high = (length * camera.scale / seen.scale for length in (seen.width, seen.height))
    middle = camera.width / 2, camera.height / 2
    shown = Box(middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2)
    for words, at_x, at_y in _names(camera, shown):
        canvas.text((x + at_x, y + at_y), words, size=_TEXT, colour=COLOURS["faint"], halo=COLOURS["halo"])
    canvas.box((x + shown.left, y + shown.top, wide, high), edge=_INK, line=1.6)
    canvas.clip_to(None)
    canvas.box(frame, edge=COLOURS["country"], line=1)


def _names(camera: Camera, shown: Box) -> list[tuple[str, float, float]]:
    """Return the names of countries that have room for theirs, largest first: words, left end, middle."""
    taken = Taken(Box(3, 3, camera.width - 3, camera.height - 3))
    taken.add(shown)
    made = []
    for name, lat, lon, size in sorted(land.names(camera)["countries"], key=lambda row: -row[3]):
        words, _ = drawable(name)
        wide = width(words, "regular", _TEXT)
        side = math.sqrt(size) / 360 * camera.scale  # of its box, in pixels
        if wide > _MOST_OF_SIDE * side:
            continue  # it would stand in its neighbours
        x, y = camera.at(lat, lon)
        # Its middle may be what the picture shows; the name then stands above or below that, if it stays inside.
        for middle in (y, shown.bottom + _TEXT, shown.top - _TEXT):
            box = Box(x - wide / 2, middle - _TEXT / 2, x + wide / 2, middle + _TEXT / 2)
            if abs(middle - y) < _FAR_IN_SIDE * side and taken.is_free(box):
                taken.add(box)
                made.append((words, box.left, middle))
                break
    return made
