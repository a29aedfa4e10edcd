"""The base map as one JSON document: fills without strokes, and borders as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.regions.areas import union_of
from geodata.regions.basemap import line_features
from geodata.regions.build.lines import border_lines
from geodata.regions.geojson import feature
from geodata.regions.library import country_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Square degrees, so that the Sea of Galilee is there and ponds are not; degrees.
MIN_LAKE, LAKE_TOLERANCE = 0.01, 0.01


def make_basemap(
    shapes: Mapping[str, Any],
    lakes: Sequence[tuple[str, Any]],
    names: Mapping[str, str],
    contested: Sequence[Sequence[str]],
    *,
    grid: float,
) -> dict[str, Any]:
    """Layers ``countries``, ``country_lines``, ``admin1_lines`` and ``lakes``, each a FeatureCollection.

    Parameters
    ----------
    shapes
        Regions by key, a coverage on a grid of `grid` degrees.
    lakes
        Name and shape of each lake.
    names
        Country names by code.
    contested
        Pairs of countries or units whose line is marked as contested.
    """
    digits = round(-np.log10(grid))
    owner = [country_of(key) for key in shapes]
    borders = border_lines(list(shapes), list(shapes.values()), contested, grid=grid)
    inner, outer = line_features(borders, digits)
    fills = []
    for code in sorted(set(owner)):
        whole = union_of([s for s, o in zip(shapes.values(), owner, strict=True) if o == code], grid=grid)
        fills.append(feature(whole, {"id": code, "name": names[code]}, digits))
    water = []
    for name, lake in lakes:
        if lake.area >= MIN_LAKE:
            simple = shapely.make_valid(shapely.set_precision(lake.simplify(LAKE_TOLERANCE), grid))
            water.append(feature(simple, {"name": name} if name else {}, digits))
    layers = {"countries": fills, "country_lines": outer, "admin1_lines": inner, "lakes": water}
    return {name: {"type": "FeatureCollection", "features": found} for name, found in layers.items()}
