"""What the gazetteer takes from the regions: label points of countries and provinces, and named regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geodata.event import Precision
from geodata.gazetteer.entries import Entry, NameSource
from geodata.regions import regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geodata.regions import Region


def country_regions() -> Mapping[str, Region]:
    """Return countries by ISO 3166-1 alpha-2 code."""
    return {region.id: region for region in regions().all(kind="country")}


def province_regions() -> Mapping[str, Region]:
    """Return admin-1 units by GeoNames code, such as "IQ.13"."""
    return {region.geonames: region for region in regions().all(kind="admin1") if region.geonames}


def middle_of(region: Region) -> tuple[float, float]:
    """Return (lat, lon) of the middle of a region's largest part, decimal degrees.

    The label point of a region lies where a label reads well; as the position of a province it would be
    off by a hundred kilometres where a province is large or has islands.
    """
    shape = regions().shape(region.id)
    largest = max(getattr(shape, "geoms", (shape,)), key=lambda part: part.area)
    return round(largest.centroid.y, 2), round(largest.centroid.x, 2)


def recount(towns: Iterable[Entry]) -> None:
    """Count towns to the country that the table of disputed areas (`regions/data/disputed.yaml`) gives their ground to.

    GeoNames files settlements on the Golan Heights and in the West Bank under Israel, and Smara under Morocco.
    A town near a line stays where GeoNames has it: the lines here are simplified.
    """
    for town in towns:
        if town.country not in _FILED_BY_CONTROL:
            continue
        country, *within = regions().locate(town.lat, town.lon) or (town.country,)
        if (town.country, country) not in _RECOUNTED:
            continue
        if regions().shape(town.country).distance(shapely.Point(town.lon, town.lat)) > _ON_THE_LINE:
            town.country = country
            town.admin1 = next((code for code in within if code.startswith(f"{country}-")), "")


_RECOUNTED = frozenset((("IL", "PS"), ("IL", "SY"), ("MA", "EH")))
_FILED_BY_CONTROL = frozenset(filed for filed, _ in _RECOUNTED)
_ON_THE_LINE = 0.02  # degrees, about 2 km


def named_regions() -> list[Entry]:
    """Return the named regions ("Iraqi Kurdistan", "Donbas") as places whose area is their shape."""
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
        for alias in region.aliases:
            entry.add(alias, NameSource.CURATED)
        entries.append(entry)
    return entries


def yield_to_provinces(entries: Iterable[Entry]) -> None:
    """Rank a named region just behind the province that is the same ground ("Tigray"): the province says more."""
    priors = {entry.id.removeprefix("iso:"): entry.prior for entry in entries if entry.kind == "province"}
    provinces = [region for region in regions().all(kind="admin1") if region.id in priors]
    for entry in entries:
        if not entry.id.startswith("region:"):
            continue
        region = regions().get(entry.id.removeprefix("region:"))
        same = next((p for p in provinces if p.country == region.country and _is_same_box(p, region)), None)
        if same is not None:
            entry.prior = priors[same.id] - _JUST_BEHIND


def _is_same_box(one: Region, other: Region) -> bool:
    return max(abs(a - b) for a, b in zip(one.bbox, other.bbox, strict=True)) <= _SAME_EDGE


_JUST_BEHIND = 0.01
_SAME_EDGE = 0.02  # degrees: the same outline, simplified once more
