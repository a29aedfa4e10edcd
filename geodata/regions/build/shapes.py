"""Clean, simplify and round the shapes so that neighbours still share their borders."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.regions.build.units import Piece

# Natural Earth gives five decimals: whatever is nearer than this is the same point.
SNAP = 1e-5


def clean(pieces: Sequence[Piece]) -> None:
    """Make the pieces one coverage: no overlap, and equal vertices along shared borders."""
    geometries = np.array([piece.geometry for piece in pieces])
    # the stubs of shapely do not know its newest function yet
    cleaned = shapely.coverage_clean(geometries, snapping_distance=SNAP)  # type: ignore[attr-defined]
    for piece, geometry in zip(pieces, cleaned, strict=True):
        piece.geometry = geometry


def merge(pieces: Sequence[Piece], shapes: Sequence[Any], keys: Sequence[str]) -> dict[str, Any]:
    """Union of the shapes by key, in the order of the keys; pieces of no key are left out."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for _piece, geometry, key in zip(pieces, shapes, keys, strict=True):
        if key and not geometry.is_empty:
            groups[key].append(geometry)
    return {key: _union(groups[key]) for key in sorted(groups)}


def _union(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else shapely.coverage_union_all(parts)


def simplify(shapes: Sequence[Any], *, tolerance: float, min_area: float) -> list[Any]:
    """Simplify a coverage (tolerance in degrees) and leave out islands under `min_area` square degrees.

    The biggest part of a shape always stays.
    """
    simple = shapely.coverage_simplify(np.array(shapes), tolerance)
    return [_without_islets(shape, min_area) for shape in simple]


def _without_islets(shape: Any, min_area: float) -> Any:
    parts = shapely.get_parts(shape)
    if len(parts) <= 1:
        return shape
    areas = shapely.area(parts)
    keep = (areas >= min_area) | (areas == areas.max())
    return shapely.multipolygons(parts[keep])


def on_grid(shapes: Sequence[Any], grid: float) -> list[Any]:
    """Round all vertices to `grid` degrees; repair what rounding broke.

    Rounding moves a shared vertex alike on both sides, so shared borders stay shared. A shape that
    would vanish keeps its vertices unrounded by being blown up to the size of the grid.
    """
    cells = round(1 / grid)
    rounded = shapely.transform(np.array(shapes), lambda xy: np.rint(xy * cells) / cells)
    result = []
    for before, after in zip(shapes, rounded, strict=True):
        shape = after if shapely.is_valid(after) else _repaired(after, grid)
        if shape.is_empty:
            lon, lat = np.rint(np.array(before.representative_point().coords[0]) * cells) / cells
            shape = shapely.box(lon - grid, lat - grid, lon + grid, lat + grid)
        result.append(shapely.normalize(shape))
    return result


def _repaired(shape: Any, grid: float) -> Any:
    parts = [
        part
        for made in shapely.get_parts(shapely.set_precision(shapely.make_valid(shape), grid))
        for part in shapely.get_parts(made)
        if part.geom_type == "Polygon"
    ]
    return shapely.union_all(parts, grid_size=grid) if parts else shapely.Polygon()


# How long a degree counts when simplifying for the eye: the jagged coasts of the far north and
# south would take most of the base map, and few events happen there.
_LATITUDES = np.linspace(-90.0, 90.0, 361)
_WEIGHTS = np.interp(np.abs(_LATITUDES), [0.0, 38.0, 55.0, 65.0, 90.0], [1.0, 1.0, 0.6, 0.25, 0.25])
_STRETCHED = np.concatenate([[0.0], np.cumsum((_WEIGHTS[1:] + _WEIGHTS[:-1]) / 2 * np.diff(_LATITUDES))])


def shrink_north(shape: Any) -> Any:
    """Shrink a shape (degrees) the more the farther it is from the equator; `grow_north` undoes it."""
    return shapely.transform(
        shape,
        lambda xy: np.column_stack(
            [xy[:, 0] * np.interp(xy[:, 1], _LATITUDES, _WEIGHTS), np.interp(xy[:, 1], _LATITUDES, _STRETCHED)]
        ),
    )


def grow_north(shape: Any) -> Any:
    """Undo `shrink_north`."""

    def grown(xy: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        lat = np.interp(xy[:, 1], _STRETCHED, _LATITUDES)
        return np.column_stack([xy[:, 0] / np.interp(lat, _LATITUDES, _WEIGHTS), lat])

    return shapely.transform(shape, grown)
