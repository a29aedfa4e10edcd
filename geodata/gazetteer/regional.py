"""What the gazetteer takes from the regions: label points of countries and provinces, and named regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer.entries import Entry, NameSource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.gazetteer.gather import Point


def known_regions() -> Mapping[str, Point]:
    """Return countries and admin-1 units by ISO code."""
    try:
        from geodata.regions import regions
    except ImportError:
        return {}
    return {region.id: region for kind in ("country", "admin1") for region in regions().all(kind=kind)}


def named_regions() -> list[Entry]:
    """Return the named regions ("Iraqi Kurdistan", "Donbas") as places whose area is their shape."""
    try:
        from geodata.regions import regions
    except ImportError:
        return []
    entries = []
    for region in regions().all(kind="named"):
        entry = Entry(
            id=f"region:{region.id}",
            name=region.name,
            lat=region.lat,
            lon=region.lon,
            country=region.country,
            admin1="",
            precision=Precision.PROVINCE,
            kind="region",
        )
        entry.add(region.name, NameSource.MAIN)
        for alias in getattr(region, "aliases", ()):
            entry.add(alias, NameSource.CURATED)
        entries.append(entry)
    return entries
