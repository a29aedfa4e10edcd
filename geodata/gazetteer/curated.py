"""What is written by hand: places and aliases that no package has, areas, country names, demonyms.

The tables lie in `data/`; its README says where each comes from.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from geodata.errors import GazetteerError
from geodata.event import Precision
from geodata.gazetteer.cells import cell_of, is_point, windows
from geodata.gazetteer.entries import Entry, NameSource, distance_km
from geodata.gazetteer.normalise import fold, plain, romanise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SAME_PLACE_KM = 3.0
# What is in the table is in the news: it counts as a town of so many people when its name is weighed.
_FAME = 1_000
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of `data/`; nothing where the table does not exist."""
    table = files("geodata.gazetteer").joinpath("data", name)
    if not table.is_file():
        return
    for row in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"), newline="")):
        yield {key: (value or "").strip() for key, value in row.items() if key}


def slug(name: str) -> str:
    """Make an id of a name: lower-case ASCII letters and digits with hyphens between."""
    return _NOT_SLUG.sub("-", romanise(plain(name)).lower()).strip("-")


@cache
def demonyms() -> Mapping[str, str]:
    """Return whom a demonym belongs to: "Iraqi" -> "IQ" (ISO 3166-1 alpha-2)."""
    return MappingProxyType({row["demonym"]: row["country"] for row in rows_of("demonyms.csv")})


@cache
def not_places() -> frozenset[str]:
    """Return names, lower case, that must not be taken for places in running text without further evidence."""
    text = files("geodata.gazetteer").joinpath("data", "not_places.txt").read_text(encoding="utf-8")
    names = (name for line in text.splitlines() for name in line.split("#", 1)[0].split(","))
    return frozenset(key for name in names if (key := name.strip().casefold()))


class Point(NamedTuple):
    """A position, decimal degrees (WGS 84)."""

    lat: float
    lon: float


def country_points() -> dict[str, Point]:
    """Return the point of countries by code: GeoNames', as of the towns; of territories the World Factbook's."""
    return {row["country"]: Point(float(row["lat"]), float(row["lon"])) for row in rows_of("country_points.csv")}


def country_names() -> list[tuple[str, str]]:
    """Return further names of countries, each with its code."""
    return [(row["name"], row["country"]) for row in rows_of("country_names.csv")]


def areas() -> list[Entry]:
    """Return continents, seas, rivers and world regions."""
    entries = []
    for row in rows_of("areas.csv"):
        entry = _entry(row, f"area:{row['slug']}", Precision.COUNTRY)
        entries.append(entry)
    return entries


def places() -> list[Entry]:
    """Return the curated places.

    Raises
    ------
    GazetteerError
        When a row has no readable point or precision; says which.
    """
    entries: list[Entry] = []
    taken: set[str] = set()
    for line, row in enumerate(rows_of("places.csv"), 2):
        identifier = f"cm:{slug(row['name'])}"
        if identifier in taken:
            identifier = f"{identifier}-{(row['admin1'] or row['country']).lower()}"
        if identifier in taken:
            identifier = f"{identifier}-{slug(row['kind'])}"
        try:
            if identifier in taken:
                message = f"{row['name']} stands there twice"
                raise ValueError(message)  # noqa: TRY301 - one handler names the line for all of them
            entry = _entry(row, identifier, Precision(row["precision"]))
            entry.fame = _FAME
            entries.append(entry)
        except (KeyError, ValueError) as error:
            message = f"places.csv, line {line}, cannot be read: {error}."
            raise GazetteerError(message) from error
        taken.add(identifier)
    return entries


def _entry(row: dict[str, str], identifier: str, precision: Precision) -> Entry:
    lat, lon = float(row["lat"]), float(row["lon"])
    if not is_point(lat, lon):
        message = f"{lat}, {lon} is no point"
        raise ValueError(message)
    entry = Entry(
        id=identifier,
        name=row["name"],
        lat=lat,
        lon=lon,
        country=row["country"].upper(),
        admin1=row.get("admin1", "").upper(),
        precision=precision,
        kind=row["kind"],
        curated=True,
    )
    entry.add(row["name"], NameSource.MAIN)
    for alias in row["aliases"].split(";"):
        entry.add(alias, NameSource.CURATED)
    return entry


def merge_places(curated: Iterable[Entry], entries: list[Entry]) -> dict[str, str]:
    """Put curated places among `entries`, folding into them the same towns of GeoNames.

    The same is: same country, within `SAME_PLACE_KM`, one name in common, both settlements. The curated
    record wins; population and the other names come from GeoNames.

    Returns
    -------
    dict
        Which ids now stand for which: GeoNames id -> curated id.
    """
    curated = list(curated)
    near: dict[int, list[Entry]] = defaultdict(list)
    for place in curated:
        if place.precision is Precision.SETTLEMENT:
            for south, west, north, east in windows(place.lat, place.lon, SAME_PLACE_KM):
                for cell in {cell_of(lat, lon) for lat in (south, north) for lon in (west, east)}:
                    near[cell].append(place)
    same: dict[str, str] = {}
    kept = []
    for entry in entries:
        around = near.get(cell_of(entry.lat, entry.lon), ()) if entry.precision is Precision.SETTLEMENT else ()
        twin = next((place for place in around if _is_same(entry, place)), None)
        if twin is None:
            kept.append(entry)
            continue
        same[entry.id] = twin.id
        twin.population = max(twin.population, entry.population)
        twin.admin1 = twin.admin1 or entry.admin1
        for name, source in entry.names.items():
            twin.add(name, max(source, NameSource.CURATED))
    entries[:] = kept + curated
    return same


def _is_same(entry: Entry, place: Entry) -> bool:
    return (
        entry.country == place.country
        and distance_km(entry.lat, entry.lon, place.lat, place.lon) <= SAME_PLACE_KM
        and not {fold(name) for name in place.names}.isdisjoint(
            fold(name) for name, source in entry.names.items() if source <= NameSource.ALTERNATE
        )
    )


def apply_aliases(entries: list[Entry]) -> None:
    """Give existing places the names of `aliases.csv`.

    Raises
    ------
    GazetteerError
        When an alias names a place that is not there; lists all such lines.
    """
    rows = list(rows_of("aliases.csv"))
    wanted = {row["name"].casefold() for row in rows}
    by_name: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in {name.casefold() for name in entry.names} & wanted:
            by_name[key].append(entry)
    missing = []
    for line, row in enumerate(rows, 2):
        found = _targets(row, by_name[row["name"].casefold()]) or _targets(row, _spelt_otherwise(row, entries))
        if found:
            _name(max(found, key=_importance), row)
        else:
            missing.append(f"line {line}: {row['alias']} -> {', '.join(row[k] for k in _TARGET if row.get(k))}")
    if missing:
        message = f"aliases.csv names places that do not exist: {'; '.join(missing)}."
        raise GazetteerError(message)


def _name(entry: Entry, row: dict[str, str]) -> None:
    """Give a place another name; the one that English news uses becomes the name it is shown by."""
    if row["note"] == _SHOWN:
        entry.add(row["alias"], NameSource.MAIN)
        entry.name = row["alias"]
    else:
        entry.add(row["alias"], NameSource.CURATED)


_SHOWN = "news name"
_TARGET = ("name", "country", "admin1", "kind")


def _spelt_otherwise(row: dict[str, str], entries: list[Entry]) -> list[Entry]:
    """Return places of the row's country that bear its name with other accents, hyphens or apostrophes."""
    name, country = plain(row["name"]), row["country"].upper()
    return [e for e in entries if e.country == country and any(plain(other) == name for other in e.names)]


def _targets(row: dict[str, str], candidates: list[Entry]) -> list[Entry]:
    def fits(entry: Entry) -> bool:
        kind = row.get("kind", "")
        return (
            (not row["country"] or entry.country == row["country"].upper())
            and (not row.get("admin1") or entry.admin1 == row["admin1"].upper())
            and (not kind or kind in {entry.kind, entry.precision} or kind in _KINDS.get(entry.precision, ()))
        )

    return [entry for entry in candidates if fits(entry)]


# What aliases.csv may call a place of each precision.
_KINDS = {
    Precision.SETTLEMENT: ("town", "city", "village", "capital"),
    Precision.DISTRICT: ("district", "admin2", "adm2"),
    Precision.PROVINCE: ("province", "admin1", "governorate", "oblast", "state", "region"),
}


def _importance(entry: Entry) -> tuple[bool, int]:
    return entry.precision is Precision.SETTLEMENT, entry.population
