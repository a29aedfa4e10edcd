"""Marks as the screen draws them: a dot for one event, a ring split by quad for several. See events.js, shapes.js."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.maps.colours import QUAD_COLOURS, QUAD_ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.snapshots.picture.camera import Camera

_CLOSEST = 20.0  # px: dots nearer than this become one mark
_BUCKET = 40.0  # px: more than two of the largest marks can be apart and still touch
_THOUSAND, _MILLION = 1000, 1_000_000


@dataclass(slots=True)
class Group:
    """Places drawn as one mark: at `x`, `y` pixels, under the name of the one with most events."""

    x: float
    y: float
    name: str
    count: int
    quads: dict[str, int]


def radius(count: int) -> float:
    """Return the radius of a mark in pixels."""
    return 6.0 if count <= 1 else min(16.0, float(round(9.5 + 2.1 * math.log2(count))))


def short(count: int) -> str:
    """Write a count so that it fits into a ring."""
    if count < _THOUSAND:
        return str(count)
    if count < 10 * _THOUSAND:
        return f"{count // 100 / 10:g}k"
    return f"{count // _THOUSAND}k" if count < _MILLION else f"{count // _MILLION}m"


def majority(quads: Mapping[str, int]) -> str:
    """Return the colour of the quad with most events, of equal ones the gravest."""
    best = max(QUAD_ORDER, key=lambda quad: quads.get(str(int(quad)), 0))
    return QUAD_COLOURS[best]


def shares(quads: Mapping[str, int]) -> list[tuple[str, float, float]]:
    """Return (colour, from, to) of each quad's part of a ring, in degrees clockwise from the top, gravest first."""
    total = sum(quads.values()) or 1
    parts, at = [], 0.0
    for quad in QUAD_ORDER:
        count = quads.get(str(int(quad)), 0)
        if count:
            to = at + 360.0 * count / total
            parts.append((QUAD_COLOURS[quad], at, to))
            at = to
    return parts


def merged(spots: Sequence[Mapping[str, Any]], camera: Camera) -> list[Group]:
    """Make one mark of those that would overlap, at the place that has most events; nothing is moved."""
    groups = []
    for spot in sorted(spots, key=lambda spot: (-spot["count"], spot.get("name") or "", spot["lat"], spot["lon"])):
        x, y = camera.at(spot["lat"], spot["lon"])
        groups.append(Group(x, y, spot.get("name") or "", spot["count"], dict(spot["quads"])))
    before = -1
    while before != len(groups):  # a mark grows with what it takes in and may then touch the next one
        before = len(groups)
        groups = _merged_once(groups)
    return groups


def _merged_once(groups: list[Group]) -> list[Group]:
    kept: list[Group] = []
    buckets: dict[tuple[int, int], list[int]] = {}
    for group in groups:
        column, row = int(group.x // _BUCKET), int(group.y // _BUCKET)
        near = [
            number
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for number in buckets.get((column + dx, row + dy), ())
            if _touch(kept[number], group)
        ]
        if near:
            _take_in(kept[min(near)], group)
        else:
            buckets.setdefault((column, row), []).append(len(kept))
            kept.append(group)
    return kept


def _touch(one: Group, other: Group) -> bool:
    apart = math.hypot(one.x - other.x, one.y - other.y)
    return apart < max(_CLOSEST, radius(one.count) + radius(other.count) - 1)


def _take_in(one: Group, other: Group) -> None:
    one.count += other.count
    for quad, count in other.quads.items():
        one.quads[quad] = one.quads.get(quad, 0) + count
