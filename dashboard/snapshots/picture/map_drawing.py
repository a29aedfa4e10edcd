"""The map itself: land, areas, marks, names, scale bar, as on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.patches import Circle, Wedge
from matplotlib.transforms import Affine2D

from dashboard.maps.colours import palette
from dashboard.snapshots.picture import land
from dashboard.snapshots.picture.fonts import PX, drawable, width
from dashboard.snapshots.picture.inset import Inset, draw_inset, plan_inset
from dashboard.snapshots.picture.labels import STYLES, Box, Placed, Taken, free_place, place
from dashboard.snapshots.picture.symbols import Group, majority, merged, radius, shares, short
from dashboard.snapshots.sheet import outlines

if TYPE_CHECKING:
    from matplotlib.path import Path

    from dashboard.snapshots.marks import Mark
    from dashboard.snapshots.picture.camera import Camera
    from dashboard.snapshots.picture.canvas import Canvas
    from dashboard.snapshots.sheet import Sheet

COLOURS = palette()["light"]
_PROVINCES_FROM = 5.0  # zoom
_PILL = 22.0  # px high
_PILL_TEXT = 13.0
_BAR_LONGEST = 130.0
_MOST_PILLS = 40


class Pill(NamedTuple):
    """The label of an area: its words, its colour, its middle and its width in pixels."""

    words: str
    colour: str
    x: float
    y: float
    wide: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What stands where on a map, before it is drawn.

    `outside` counts events at places that are not seen, `unlabelled` those of areas that have no
    outline or for whose label there is no room.
    """

    groups: list[Group]
    pills: list[Pill]
    names: list[Placed]
    outside: int
    unlabelled: int
    inset: Inset | None = None


def lay_out(sheet: Sheet, camera: Camera) -> Plan:
    """Decide what stands where: marks first, then labels of areas, then names."""

    def sees(group: Group) -> bool:
        reach = radius(group.count)
        return -reach < group.x < camera.width + reach and -reach < group.y < camera.height + reach

    groups = [group for group in merged(sheet.marks.spots, camera) if sees(group)]
    taken = Taken(Box(2, 2, camera.width - 2, camera.height - 2))
    bar, _ = camera.bar(_BAR_LONGEST)
    taken.add(Box(8, camera.height - 36, 20 + bar, camera.height - 6))
    for group in groups:
        reach = radius(group.count)
        taken.add(Box(group.x - reach, group.y - reach, group.x + reach, group.y + reach))
    inset = plan_inset(camera, taken, land.lines_of(outlines(sheet.view).values()))
    pills, unlabelled = _pills(sheet.marks.areas, camera, taken)
    named = [(group.x, group.y, radius(group.count), group.name) for group in groups]
    names = place(land.names(camera), named, camera, taken)
    outside = sum(spot["count"] for spot in sheet.marks.spots) - sum(group.count for group in groups)
    return Plan(groups=groups, pills=pills, names=names, outside=outside, unlabelled=unlabelled, inset=inset)


def _pills(areas: list[Mark], camera: Camera, taken: Taken) -> tuple[list[Pill], int]:
    """Find room for the areas' labels: they may stand anywhere in or near their area."""
    placed = []
    for area in [area for area in areas if area["kind"]][:_MOST_PILLS]:
        # On the screen the name shows under the pointer; a picture has to write it out.
        name, _ = drawable(area["name"])
        words = f"{area['count']:,} somewhere in {name}"
        wide = width(words, "regular", _PILL_TEXT) + 18
        side = wide / 2 + 24
        steps = ((0, 0), (0, 30), (0, -30), (side, 0), (-side, 0), (0, 60), (0, -60))
        found = free_place(camera.at(area["lat"], area["lon"]), (wide, _PILL), steps, taken)
        if found:
            x, y = found
            taken.add(Box(x - wide / 2, y - _PILL / 2, x + wide / 2, y + _PILL / 2))
            placed.append((area["count"], Pill(words, majority(area["quads"]), x, y, wide)))
    told = sum(count for count, _ in placed)
    return [pill for _, pill in placed], sum(area["count"] for area in areas) - told


class MapDrawing:
    """Draws a sheet's map into a rectangle of a canvas.

    Parameters
    ----------
    canvas, camera
        Where to, and what is seen; the camera's size is the rectangle's.
    left, top
        The rectangle's corner in the canvas's pixels.
    """

    def __init__(self, canvas: Canvas, camera: Camera, *, left: float, top: float) -> None:
        self.canvas, self.camera = canvas, camera
        self.left, self.top = left, top

    def draw(self, sheet: Sheet, plan: Plan) -> None:
        """Draw everything."""
        frame = (self.left, self.top, self.camera.width, self.camera.height)
        self.canvas.clip_to(frame)
        self.canvas.box(frame, fill=COLOURS["sea"])
        self._land(list(outlines(sheet.view).values()))
        self._areas(sheet.marks.areas)
        self._names(plan.names)
        self._marks(plan.groups)
        self._pills(plan.pills)
        self._scale()
        self.canvas.clip_to(None)
        if plan.inset:
            draw_inset(self.canvas, plan.inset, self.camera, left=self.left, top=self.top)
        self.canvas.box(frame, edge=COLOURS["edge"], line=1)

    def _moved(self, path: Path | None) -> Path | None:
        return None if path is None else path.transformed(Affine2D().translate(self.left, self.top))

    def _land(self, shapes: list[dict[str, Any]]) -> None:
        canvas, zoom = self.canvas, self.camera.zoom
        line = 1.4 if zoom >= 6 else 1.0 if zoom >= 4 else 0.7  # noqa: PLR2004  as basemap.js
        chosen = land.lines_of(shapes)
        for copy, layers in land.layers(self.camera):

            def path(lines: list[land.Line], copy: int = copy) -> Path | None:
                return self._moved(land.path(lines, self.camera, copy))

            canvas.path(path(layers.countries), fill=COLOURS["land"])
            canvas.path(path(chosen), fill=COLOURS["highlight"], alpha=0.9)
            canvas.path(path(layers.lakes), fill=COLOURS["lake"])
            if zoom >= _PROVINCES_FROM:
                canvas.path(path(layers.admin1), edge=COLOURS["province"], line=0.8)
            canvas.path(path(layers.settled), edge=COLOURS["country"], line=line)
            canvas.path(path(layers.contested), edge=COLOURS["country"], line=line, dash=(4, 3))
            canvas.path(path(chosen), edge=COLOURS["outline"], line=1.8, dash=(6, 4))

    def _areas(self, areas: list[Mark]) -> None:
        """Draw areas, those of one look as one path: there may be hundreds."""
        looks: dict[tuple[str, float], list[land.Line]] = {}
        for area in areas:
            if area["kind"]:
                alpha = 0.05 if area["kind"] == "country" else 0.13
                looks.setdefault((majority(area["quads"]), alpha), []).extend(land.region_lines(area["region"]))
        for (colour, alpha), lines in looks.items():
            for copy, _ in self.camera.copies():
                path = self._moved(land.path(lines, self.camera, copy))
                self.canvas.path(path, fill=colour, alpha=alpha, edge=colour, line=1.2, dash=(0.1, 4))

    def _names(self, names: list[Placed]) -> None:
        fills = {"mark": "ink", "country": "faint", "admin1": "faint", "town": "text"}
        dots = []
        for name in names:
            weight, size = STYLES[name.kind]
            at = (self.left + name.x, self.top + name.y)
            colour = COLOURS[fills[name.kind]]
            self.canvas.text(at, name.text, size=size, colour=colour, weight=weight, halo=COLOURS["halo"])
            if name.dot:
                x, y = name.dot
                dots.append(Circle((self.left + x, self.top + y), 1.8, facecolor=COLOURS["dot"], edgecolor="none"))
        self.canvas.patches(dots)

    def _marks(self, groups: list[Group]) -> None:
        patches: list[Any] = []
        for group in reversed(groups):  # the weightiest on top
            patches += mark_patches((self.left + group.x, self.top + group.y), group.count, group.quads)
        self.canvas.patches(patches)
        for group in groups:
            if group.count > 1:
                words = short(group.count)
                size = 13.5 if len(words) < 3 else 12.0  # noqa: PLR2004  digits that fit into the ring
                at = (self.left + group.x, self.top + group.y)
                self.canvas.text(at, words, size=size, colour=COLOURS["ink"], weight="bold", align="center")

    def _pills(self, pills: list[Pill]) -> None:
        for pill in pills:
            x, y = self.left + pill.x, self.top + pill.y
            box = (x - pill.wide / 2, y - _PILL / 2, pill.wide, _PILL)
            self.canvas.box(box, fill=COLOURS["paper"], edge=pill.colour, line=1.2, radius=_PILL / 2)
            self.canvas.text((x, y), pill.words, size=_PILL_TEXT, colour=COLOURS["text"], align="center")

    def _scale(self) -> None:
        wide, words = self.camera.bar(_BAR_LONGEST)
        x, y = self.left + 14, self.top + self.camera.height - 14
        ends = [[(x, y - 5), (x, y)], [(x, y), (x + wide, y)], [(x + wide, y), (x + wide, y - 5)]]
        self.canvas.lines(ends, colour=COLOURS["text"], line=1.6)
        self.canvas.text((x + 5, y - 9), words, size=12.5, colour=COLOURS["text"], halo=COLOURS["halo"])


def mark_patches(at: tuple[float, float], count: int, quads: dict[str, int], *, size: float = 0.0) -> list[Any]:
    """Return the mark of some events: a dot for one, a ring for several."""
    reach = size or radius(count)
    paper = COLOURS["paper"]
    if count <= 1:
        return [Circle(at, reach, facecolor=majority(quads), edgecolor=paper, linewidth=1.5 * PX)]
    thick = 5.0 if reach >= 14 else 4.0  # noqa: PLR2004  as shapes.js
    made: list[Any] = [Circle(at, reach + 1, facecolor=paper, edgecolor="none")]
    for colour, start, end in shares(quads):
        # Degrees of matplotlib run from the right and, with y downwards, clockwise.
        made.append(
            Wedge(at, reach, start - 90, end - 90, width=thick, facecolor=colour, edgecolor="none", linewidth=0)
        )
    return made
