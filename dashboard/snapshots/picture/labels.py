"""Names on a picture. Each is placed only where it covers no other name and no mark: see labels.js. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.snapshots.picture.fonts import drawable, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.snapshots.picture.camera import Camera

GAP = 3.0  # px between two names
_BUCKET = 64.0  # px: boxes are kept by the squares that they touch
_TOWNS_FROM, _COUNTRIES_FROM, _WIDE_FROM = 4.0, 3.0, 5.0
_ADMIN1_BETWEEN = (6.0, 10.0)
_SPACE = "\u202f"  # a narrow space: the names of countries are spaced out


class Box(NamedTuple):
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    right: float
    bottom: float


class Placed(NamedTuple):
    """A name to write: its left end and its middle, in pixels."""

    text: str
    x: float
    y: float
    kind: str  # "mark", "country", "admin1", "town"
    dot: tuple[float, float] | None = None


STYLES: dict[str, tuple[str, float]] = {
    "mark": ("bold", 14.0),
    "country": ("regular", 14.0),
    "admin1": ("italic", 13.0),
    "town": ("regular", 12.5),
}


@dataclass(slots=True)
class Taken:
    """The rectangles that are taken, found again by where they are."""

    area: Box
    buckets: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def add(self, box: Box) -> None:
        """Take a rectangle."""
        for key in _keys(box):
            self.buckets.setdefault(key, []).append(box)

    def is_free(self, box: Box) -> bool:
        """Tell whether a rectangle lies wholly inside the picture and touches no other."""
        inside = (
            box.left >= self.area.left
            and box.right <= self.area.right
            and box.top >= self.area.top
            and box.bottom <= self.area.bottom
        )
        return inside and not any(_touch(box, other) for key in _keys(box) for other in self.buckets.get(key, ()))


def _keys(box: Box) -> list[tuple[int, int]]:
    columns = range(int((box.left - GAP) // _BUCKET), int((box.right + GAP) // _BUCKET) + 1)
    rows = range(int((box.top - GAP) // _BUCKET), int((box.bottom + GAP) // _BUCKET) + 1)
    return [(column, row) for column in columns for row in rows]


def _touch(a: Box, b: Box) -> bool:
    return a.left < b.right + GAP and a.right + GAP > b.left and a.top < b.bottom + GAP and a.bottom + GAP > b.top


def place(
    labels: Mapping[str, Sequence[Sequence[Any]]],
    marks: Sequence[tuple[float, float, float, str]],
    camera: Camera,
    taken: Taken,
) -> list[Placed]:
    """Choose the names to write.

    Parameters
    ----------
    labels
        As `dashboard.maps.data.labels_of` gives them.
    marks
        x, y, radius and name of each mark, the weightiest first; they are named before all else.
    camera
        Where the picture looks.
    taken
        What is taken already, marks among it; what is placed here is added.
    """
    names = _Names(camera, taken)
    named = {name for _, _, _, name in marks}
    for x, y, radius, name in marks:
        names.beside(name, (x, y), radius, "mark")
    if camera.zoom >= _COUNTRIES_FROM:
        names.countries(labels["countries"])
    if camera.zoom >= _TOWNS_FROM:
        names.towns([row for row in labels["towns"] if row[0] not in named])
    if _ADMIN1_BETWEEN[0] <= camera.zoom < _ADMIN1_BETWEEN[1]:
        for name, lat, lon, _ in sorted(labels["admin1"], key=lambda row: -row[3]):
            if name not in named:
                names.centred(name, camera.at(lat, lon), "admin1")
    return names.made


@dataclass(slots=True)
class _Names:
    """The names that are placed, and how to place one more."""

    camera: Camera
    taken: Taken
    made: list[Placed] = field(default_factory=list)

    def countries(self, rows: Sequence[Sequence[Any]]) -> None:
        """Name countries in capitals, the largest first."""
        # Square degrees of a country's box from which it is named.
        zoom = self.camera.zoom
        least = 250 if zoom < _TOWNS_FROM else 40 if zoom < _WIDE_FROM else 0
        space = _SPACE * (3 if zoom >= _WIDE_FROM else 1)
        for name, lat, lon, size in sorted(rows, key=lambda row: -row[3]):
            if size < least:
                break
            self.centred(space.join(drawable(name)[0].upper()), self.camera.at(lat, lon), "country")

    def towns(self, rows: Sequence[Sequence[Any]]) -> None:
        """Name towns beside their dots, the most important first."""
        for name, lat, lon, zoom in sorted(rows, key=lambda row: row[3]):
            if zoom > self.camera.zoom:
                break
            at = self.camera.at(lat, lon)
            dot = Box(at[0] - 3, at[1] - 3, at[0] + 3, at[1] + 3)
            if self.taken.is_free(dot) and self.beside(name, at, 3.5, "town"):
                self.taken.add(dot)

    def centred(self, text: str, at: tuple[float, float], kind: str) -> bool:
        """Place a name in the middle of what it names."""
        weight, size = STYLES[kind]
        wide = width(text, weight, size)
        return self._keep(text, (at[0] - wide / 2, at[1]), kind)

    def beside(self, name: str, at: tuple[float, float], radius: float, kind: str) -> bool:
        """Place a name to the right of a mark, else to its left, else below."""
        weight, size = STYLES[kind]
        text, _ = drawable(name, weight)
        wide = width(text, weight, size)
        x, y = at
        places = (
            (x + radius + 4, y),
            (x - radius - 4 - wide, y),
            (x - wide / 2, y + radius + size / 2 + 3),
        )
        return bool(text) and any(self._keep(text, there, kind, dot=at if kind == "town" else None) for there in places)

    def _keep(self, text: str, left: tuple[float, float], kind: str, dot: tuple[float, float] | None = None) -> bool:
        weight, size = STYLES[kind]
        x, y = left
        box = Box(x, y - size / 2, x + width(text, weight, size), y + size / 2)
        if not text or not self.taken.is_free(box):
            return False
        self.taken.add(box)
        self.made.append(Placed(text, x, y, kind, dot))
        return True


def free_place(
    at: tuple[float, float], size: tuple[float, float], steps: Sequence[tuple[float, float]], taken: Taken
) -> tuple[float, float] | None:
    """Return the first place near `at` where a box of `size` is free, or None."""
    wide, tall = size
    for dx, dy in steps:
        x, y = at[0] + dx, at[1] + dy
        box = Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
        if taken.is_free(box):
            return x, y
    return None
