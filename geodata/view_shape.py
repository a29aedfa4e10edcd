"""A shape drawn on the map: one form for equal shapes, and a short text for links.

A shape is one ring of (lat, lon) in decimal degrees, without the first vertex repeated at the
end. Its sides are straight on the map (Web Mercator), as they were drawn; where it crosses
itself, what lies inside twice lies outside (even-odd).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Ring = tuple[tuple[float, float], ...]
Vertex = tuple[int, int]  # latitude, longitude in steps of 1e-4 degrees

STEPS = 10_000  # in a degree: 11 m, finer than anybody draws
MAX_VERTICES = 40  # a link stays under 300 characters for it, and a query quick
MAX_GIVEN = 2_000  # of more, as a free hand draws them, every second or third is taken first
LEAST_VERTICES = 3
_TURN = 360 * STEPS
_TOP = 90 * STEPS
_FARTHEST_LON = 1e6  # degrees; nothing that a map gives is beyond
# Five bits of a number in each letter, the sixth says that more follow: Google's polyline coding,
# but in letters that stand in a link as they are.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_BITS = 5
_MORE = 1 << _BITS
_MAX_SHIFT = 7 * _BITS  # more than twice round the globe
_MAX_CODE = 14 * MAX_VERTICES  # letters


def one_form(points: Iterable[Sequence[float]]) -> Ring:
    """Bring a ring into its one form: the same shape is the same tuple, whoever drew it.

    Vertices are rounded to 1e-4 degrees; of many, those that matter least for the outline go.
    The ring begins at its least vertex, its western side lies between -180 and 180 degrees, and
    it is at most 360 degrees wide; a shape across the antimeridian so reaches beyond 180.

    Parameters
    ----------
    points
        Vertices (lat, lon) in decimal degrees, the first one repeated at the end or not.

    Returns
    -------
    tuple
        Empty when the vertices span no area.
    """
    vertices = [
        (max(-_TOP, min(_TOP, round(lat * STEPS))), round(lon * STEPS))
        for lat, lon in points
        if math.isfinite(lat) and math.isfinite(lon) and abs(lon) <= _FARTHEST_LON
    ]
    vertices = _distinct(vertices[:: 1 + len(vertices) // MAX_GIVEN])
    if vertices:
        west = min(lon for _, lon in vertices)
        vertices = _distinct([(lat, min(lon, west + _TURN)) for lat, lon in vertices])
    while len(vertices) > MAX_VERTICES:
        del vertices[_least(vertices)]
        vertices = _distinct(vertices)
    if len(vertices) < LEAST_VERTICES or _is_line(vertices):
        return ()
    west = min(lon for _, lon in vertices)
    shift = (west + _TURN // 2) // _TURN * _TURN
    return tuple((lat / STEPS, lon / STEPS) for lat, lon in _first([(lat, lon - shift) for lat, lon in vertices]))


def _distinct(vertices: list[Vertex]) -> list[Vertex]:
    kept = [vertex for i, vertex in enumerate(vertices) if i == 0 or vertex != vertices[i - 1]]
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return kept


def _twice_area(a: Vertex, b: Vertex, c: Vertex) -> int:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]))


def _least(vertices: list[Vertex]) -> int:
    """Return the vertex whose triangle with its neighbours is the smallest (Visvalingam)."""
    count = len(vertices)
    return min(range(count), key=lambda i: _twice_area(vertices[i - 1], vertices[i], vertices[(i + 1) % count]))


def _is_line(vertices: list[Vertex]) -> bool:
    a, b = min(vertices), max(vertices)
    return all(_twice_area(a, b, vertex) == 0 for vertex in vertices)


def _first(vertices: list[Vertex]) -> list[Vertex]:
    """Return the ring from its least vertex on, in the direction that comes first."""
    least = min(vertices)
    turned = [
        ring[i:] + ring[:i] for ring in (vertices, vertices[::-1]) for i, vertex in enumerate(ring) if vertex == least
    ]
    return min(turned)


def encode_shape(ring: Ring) -> str:
    """Write a ring as a short text of letters, figures, "-" and "_"."""
    letters: list[str] = []
    before = (0, 0)
    for lat, lon in ring:
        vertex = (round(lat * STEPS), round(lon * STEPS))
        for step in (vertex[0] - before[0], vertex[1] - before[1]):
            number = step * 2 if step >= 0 else -step * 2 - 1
            while number >= _MORE:
                letters.append(_LETTERS[number % _MORE + _MORE])
                number >>= _BITS
            letters.append(_LETTERS[number])
        before = vertex
    return "".join(letters)


def decode_shape(text: str) -> Ring:
    """Read a ring from its text, in its one form.

    Raises
    ------
    ValueError
        If the text is none of ours: wrong letters, half a vertex, too long, or no area in it.
    """
    if len(text) > _MAX_CODE:
        msg = "too long"
        raise ValueError(msg)
    steps: list[int] = []
    number = shift = 0
    for letter in text:
        value = _VALUES.get(letter)
        if value is None:
            msg = "a letter that no shape has"
            raise ValueError(msg)
        number |= (value % _MORE) << shift
        shift += _BITS
        if shift > _MAX_SHIFT:
            msg = "a number too large"
            raise ValueError(msg)
        if value < _MORE:
            steps.append(-(number + 1) // 2 if number % 2 else number // 2)
            number = shift = 0
    if shift or len(steps) % 2:
        msg = "cut off"
        raise ValueError(msg)
    points: list[tuple[float, float]] = []
    lat = lon = 0
    for north, east in zip(steps[::2], steps[1::2], strict=True):
        lat, lon = lat + north, lon + east
        points.append((lat / STEPS, lon / STEPS))
    ring = one_form(points)
    if not ring:
        msg = "no area"
        raise ValueError(msg)
    return ring


def box(*, south: float, west: float, north: float, east: float) -> Ring:
    """Return the ring of a box (decimal degrees)."""
    return one_form(((south, west), (south, east), (north, east), (north, west)))


def is_box(ring: Ring) -> bool:
    """Tell whether a ring is a box with sides along the meridians and parallels."""
    corners = 4
    return len(ring) == corners and len({lat for lat, _ in ring}) == len({lon for _, lon in ring}) == 2  # noqa: PLR2004


def bounds_of(ring: Ring) -> tuple[float, float, float, float]:
    """Return (south, west, north, east) of a ring in decimal degrees; east may lie beyond 180."""
    lats, lons = zip(*ring, strict=True)
    return min(lats), min(lons), max(lats), max(lons)
