"""The base map: an offline drawing of countries, borders, admin-1 lines and lakes.

One JSON object of FeatureCollections, made by the build so that serving it costs nothing:

``countries``
    Areas with ``id`` (ISO 3166-1 alpha-2) and ``name``. Fill them, never stroke them: their edges
    run along the antimeridian and the coast.
``country_lines``
    Lines with ``countries`` (two codes) and, where the line is contested, ``contested`` true.
``admin1_lines``
    Lines between the units of one ``country``.
``lakes``
    Areas, some with a ``name``.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from geodata.regions.geojson import feature
from geodata.regions.library import DIGITS, read_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.regions.library import Border
    from geodata.regions.region import Region


@cache
def as_json(*, gzipped: bool = False) -> bytes:
    """Give the base map as JSON, UTF-8."""
    data = read_data("basemap.json.gz")
    return data if gzipped else gzip.decompress(data)


@cache
def layers() -> dict[str, Any]:
    """Give the base map as parsed JSON. Shared: not to be changed."""
    parsed: dict[str, Any] = json.loads(as_json())
    return parsed


def line_features(borders: Mapping[Border, Any], digits: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Make the features of ``admin1_lines`` and of ``country_lines``."""
    inner, outer = [], []
    for (one, other, contested), line in borders.items():
        if one == other:
            inner.append(feature(line, {"country": one}, digits))
        else:
            props: dict[str, Any] = {"countries": [one, other]}
            outer.append(feature(line, props | ({"contested": True} if contested else {}), digits))
    return inner, outer


def fine(borders: Mapping[Border, Any], country: Region, shape: Any) -> bytes:
    """Fine fill and lines of a country as JSON: the layers ``countries``, ``country_lines`` and ``admin1_lines``.

    To be laid over the base map: hide its lines that have this country in their properties, but
    keep its fills, or the sea shines through where fine and coarse neighbours do not meet.
    """
    digits = DIGITS["fine"] - 1  # 0.001 degrees are 110 m: enough for the eye
    own = {border: line for border, line in borders.items() if country.id in (border.one, border.other)}
    inner, outer = line_features(own, digits)
    fill = [feature(shape, {"id": country.id, "name": country.name}, digits)]
    found = {"countries": fill, "country_lines": outer, "admin1_lines": inner}
    collections = {name: {"type": "FeatureCollection", "features": items} for name, items in found.items()}
    return json.dumps(collections, ensure_ascii=False, separators=(",", ":")).encode()
