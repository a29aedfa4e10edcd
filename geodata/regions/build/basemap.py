"""The base map as one JSON document: fills without strokes, and borders as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.regions.areas import union_of
from geodata.regions.build.lines import border_lines
from geodata.regions.geojson import feature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# square degrees; smaller lakes are not seen at the scale of a continent
MIN_LAKE = 0.02


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
        Pairs of countries whose line is marked as contested.
    """
    digits = round(-np.log10(grid))
    owner = [key.partition("-")[0].rstrip("~") for key in shapes]
    borders = border_lines(owner, list(shapes.values()), grid=grid)
    pairs = {tuple(sorted(pair)) for pair in contested}
    inner, outer = [], []
    for (one, other), line in borders.items():
        if one == other:
            inner.append(feature(line, {"country": one}, digits))
        else:
            props: dict[str, Any] = {"countries": [one, other]}
            if (one, other) in pairs:
                props["contested"] = True
            outer.append(feature(line, props, digits))
    fills = []
    for code in sorted(set(owner)):
        whole = union_of([s for s, o in zip(shapes.values(), owner, strict=True) if o == code], grid=grid)
        fills.append(feature(whole, {"id": code, "name": names[code]}, digits))
    water = []
    for name, lake in lakes:
        if lake.area >= MIN_LAKE:
            simple = shapely.make_valid(shapely.set_precision(lake.simplify(0.02), grid))
            water.append(feature(simple, {"name": name} if name else {}, digits))
    layers = {"countries": fills, "country_lines": outer, "admin1_lines": inner, "lakes": water}
    return {name: {"type": "FeatureCollection", "features": found} for name, found in layers.items()}
