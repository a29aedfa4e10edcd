"""A region: a country, an admin-1 unit or a named region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["country", "admin1", "named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A country, an admin-1 unit or a named region, without its shape.

    Parameters
    ----------
    id
        ISO 3166-1 alpha-2 (``IQ``), ISO 3166-2 (``IQ-KI``) or a slug (``iraqi-kurdistan``). Units
        that ISO 3166-2 does not know have their GeoNames code with a hyphen (``PS-GZ``).
    name
        In English.
    country
        ISO 3166-1 alpha-2; empty when a named region lies in several countries.
    lat, lon
        Where a label goes, well inside the biggest part. Decimal degrees, WGS 84.
    bbox
        South, west, north, east in degrees. Of a shape that is cut by the antimeridian only the
        bigger side counts, so that a map can be fitted to it.
    aliases
        Other names.
    approximate
        Whether a part of the outline was drawn for this project or lies half-way between towns.
    note
        What the region is and where its limits are from; empty for most.
    geonames
        GeoNames code of an admin-1 unit, such as ``IQ.13``.
    """

    id: str
    name: str
    kind: Kind
    country: str
    lat: float
    lon: float
    bbox: tuple[float, float, float, float]
    aliases: tuple[str, ...] = ()
    approximate: bool = False
    note: str = ""
    geonames: str = ""
