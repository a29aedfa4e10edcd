"""Cuts the base map down to a window, so that a saved file stays small."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import mapping, shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.maps.data import Window

# The base map of a saved file is some three times as wide as what is seen of it at first; finer
# detail than a pixel cannot be seen until one zooms in by two steps, and there its purpose ends.
_PIXELS = 4000
# Provinces are outlined from zoom 5 on, where a screen shows some 40 degrees.
_PROVINCES_UP_TO = 90.0  # degrees


def clip_layers(layers: dict[str, Any], window: Window) -> dict[str, Any]:
    """Return the layers with only what lies inside a window, simplified to what can be seen there.

    Parameters
    ----------
    layers
        GeoJSON objects by name, lon before lat.
    window
        What to keep, with its margin already added.
    """
    tolerance = max(window.east - window.west, window.north - window.south) / _PIXELS
    box = (window.west, window.south, window.east, window.north)
    digits = 3 if tolerance > 0.005 else 4  # noqa: PLR2004  0.001 degrees are 0.1 km
    clipped = {}
    for name, layer in layers.items():
        kept: list[Any] = []
        if name == "admin1_lines" and window.east - window.west > _PROVINCES_UP_TO:
            continue
        for geometry in _geometries(layer):
            west, south, east, north = geometry.bounds
            if east < box[0] or west > box[2] or north < box[1] or south > box[3]:
                continue
            if geometry.geom_type == "Polygon" and max(east - west, north - south) < tolerance:
                continue  # smaller than a pixel
            part = shapely.simplify(shapely.clip_by_rect(geometry, *box), tolerance, preserve_topology=False)
            if not part.is_empty:
                kept.append(_rounded(mapping(part), digits))
        clipped[name] = {"type": "GeometryCollection", "geometries": kept}
    return clipped


def _geometries(layer: dict[str, Any]) -> Iterator[Any]:
    kind = layer.get("type")
    if kind == "FeatureCollection":
        for feature in layer["features"]:
            yield from _geometries(feature)
    elif kind == "Feature":
        if layer.get("geometry"):
            yield from _geometries(layer["geometry"])
    elif kind == "GeometryCollection":
        for geometry in layer["geometries"]:
            yield from _geometries(geometry)
    else:
        # One by one: most of the parts of a many-part geometry lie outside of any window.
        yield from shapely.get_parts(shape(layer))


def _rounded(geometry: Any, digits: int) -> Any:
    if isinstance(geometry, dict):
        return {key: _rounded(value, digits) for key, value in geometry.items()}
    if isinstance(geometry, (list, tuple)):
        return [_rounded(value, digits) for value in geometry]
    return round(geometry, digits) if isinstance(geometry, float) else geometry
