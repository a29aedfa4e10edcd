"""Cuts the base map down to a window, so that a saved file stays small."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import mapping, shape

from geodata.regions.geojson import feature as as_feature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.maps.data import Window
    from geodata.regions import Regions

# The base map of a saved file is some three times as wide as what is seen of it at first; finer
# detail than a pixel cannot be seen until one zooms in by two steps, and there its purpose ends.
_PIXELS = 4000
# Provinces are outlined from zoom 5 on, where a screen shows some 40 degrees.
_PROVINCES_UP_TO = 90.0  # degrees
# In a window narrower than this the fine shapes of countries are used.
_FINE_UP_TO = 40.0  # degrees
LINES = ("country_lines", "admin1_lines")  # layers in which fine lines stand in place of coarse ones


def layers_in(regions: Regions, window: Window) -> dict[str, Any]:
    """Return the base map's layers with only what lies inside a window.

    Parameters
    ----------
    regions
        Give the shapes, coarse and fine.
    window
        What to keep, with its margin already added; degrees, WGS 84.

    Returns
    -------
    dict
        GeoJSON FeatureCollections by name, lon before lat, simplified to what can be seen.
    """
    layers: dict[str, list[dict[str, Any]]] = {
        name: list(layer["features"]) for name, layer in regions.basemap().items()
    }
    fine = fine_in(regions, window)
    for name in LINES:
        layers[name] = [feature for feature in layers[name] if not fine & set(countries_of(feature))]
    for country in sorted(fine):
        for name, layer in json.loads(regions.basemap_fine(country)).items():
            layers[name] += layer["features"]
    if not shows_provinces(window):
        del layers["admin1_lines"]
    return {
        name: {"type": "FeatureCollection", "features": list(_clipped(features, window))}
        for name, features in layers.items()
    }


def fine_in(regions: Regions, window: Window) -> frozenset[str]:
    """Return the countries whose fine shapes are used in a window: none where it is wide."""
    if window.east - window.west > _FINE_UP_TO:
        return frozenset()
    box = shapely.box(window.west, window.south, window.east, window.north)
    # Boxes first: the shape of most countries need not be made for this.
    near = (one for one in regions.basemap()["countries"]["features"] if _may_meet(regions, one, window))
    return frozenset(one["properties"]["id"] for one in near if shapely.intersects(shape(one["geometry"]), box))


def shows_provinces(window: Window) -> bool:
    """Tell whether a window is narrow enough for the lines of provinces."""
    return window.east - window.west <= _PROVINCES_UP_TO


def countries_of(feature: dict[str, Any]) -> list[str]:
    """Return the countries that a line of the base map belongs to."""
    properties = feature["properties"]
    return properties.get("countries") or [properties.get("country", "")]


def region_in(regions: Regions, region_id: str, window: Window) -> dict[str, Any]:
    """Return a region as a GeoJSON feature with no more corners than the base map of a window; its tiniest parts are kept.

    Raises
    ------
    RegionError
        If there is no such region.
    """
    region = regions.get(region_id)
    fine = regions.shape(region_id, detail="coarse" if region.kind == "country" else "fine")
    tolerance = _tolerance(window)
    shown = shapely.simplify(fine, tolerance, preserve_topology=True)
    about = {"id": region.id, "name": region.name, "kind": region.kind, "country": region.country}
    return as_feature(shown, about, _digits(tolerance))


def _may_meet(regions: Regions, feature: dict[str, Any], window: Window) -> bool:
    country = feature["properties"]["id"]
    if country not in regions:
        return True
    south, west, north, east = regions.get(country).bbox
    # A box across the antimeridian goes on past 180 degrees: seen from the other side it lies a turn away.
    sides = any(west + turn <= window.east and east + turn >= window.west for turn in (-360.0, 0.0, 360.0))
    return sides and south <= window.north and north >= window.south


def _tolerance(window: Window) -> float:
    return max(window.east - window.west, window.north - window.south) / _PIXELS


def _digits(tolerance: float) -> int:
    return 3 if tolerance > 0.005 else 4  # noqa: PLR2004  0.001 degrees are 0.1 km


def _clipped(features: list[dict[str, Any]], window: Window) -> Iterator[dict[str, Any]]:
    tolerance = _tolerance(window)
    digits = _digits(tolerance)
    box = (window.west, window.south, window.east, window.north)
    for feature in features:
        # One by one: most of the parts of a many-part geometry lie outside of any window.
        for part in shapely.get_parts(shape(feature["geometry"])):
            west, south, east, north = part.bounds
            if east < box[0] or west > box[2] or north < box[1] or south > box[3]:
                continue
            if part.geom_type == "Polygon" and max(east - west, north - south) < tolerance:
                continue  # smaller than a pixel
            inside = shapely.simplify(shapely.clip_by_rect(part, *box), tolerance, preserve_topology=False)
            if inside.is_empty:
                continue
            about = {"contested": True} if feature["properties"].get("contested") else {}
            yield {"type": "Feature", "properties": about, "geometry": _rounded(mapping(inside), digits)}


def _rounded(geometry: Any, digits: int) -> Any:
    if isinstance(geometry, dict):
        return {key: _rounded(value, digits) for key, value in geometry.items()}
    if isinstance(geometry, (list, tuple)):
        return [_rounded(value, digits) for value in geometry]
    return round(geometry, digits) if isinstance(geometry, float) else geometry
