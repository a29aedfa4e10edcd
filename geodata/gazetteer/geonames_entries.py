"""Rows of GeoNames turned into entries, as the build would have made them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geodata.event import Precision
from geodata.gazetteer.entries import Entry, NameSource
from geodata.gazetteer.gather import ROMANISED_COUNTRIES, kind_of_town
from geodata.gazetteer.geonames_features import CAPITALS, COUNTRY_CODES, QUARTER, SEATS, feature
from geodata.gazetteer.normalise import is_latin, readable, split_unit
from geodata.gazetteer.packages import SMALLEST_POPULATION
from geodata.gazetteer.priors import CONFLICT_COUNTRIES, set_priors
from geodata.gazetteer.surfaces import SMALLEST_ELSEWHERE, SMALLEST_IN_CONFLICT
from geodata.gazetteer.units import HELD_BY, LEFT_TO_NAMED_REGIONS
from geodata.regions import regions

if TYPE_CHECKING:
    import sqlite3

    from geodata.gazetteer.geonames_rows import DumpRow

LARGEST_QUARTER = 500_000  # a quarter with more people has been given those of its whole city
# A hamlet or a hill is seldom what a name means of which the packages or the curated tables know another place,
# even one that is called a little otherwise ("Ghouta" is Eastern Ghouta, not one of the hamlets).
_HARDLY_KNOWN, _LEAST_PRIOR = 0.2, -0.1


class NewPlace(NamedTuple):
    """A place to add; `rank` is that of its label (None: as the build ranks), `is_looked_for` says whether in running text."""

    entry: Entry
    rank: int | None = None
    is_looked_for: bool = False


class Units:
    """Which admin-1 unit GeoNames' codes mean.

    Parameters
    ----------
    connection
        To the gazetteer: where the regions have no shape of a unit, its districts say how it is called.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._regions = regions()
        self._of_districts: dict[str, str] = {}
        for place_id, admin1 in connection.execute("SELECT id, admin1 FROM place WHERE id LIKE 'adm2:%'"):
            self._of_districts.setdefault(".".join(place_id.removeprefix("adm2:").split(".")[:2]), admin1)

    def admin1(self, row: DumpRow) -> str:
        """Return the id of the admin-1 unit that holds a row (ISO 3166-2 where there is one), or ""."""
        code = f"{row.country}.{row.admin1}"
        return self._regions.of_geonames(code) or HELD_BY.get(code) or self._of_districts.get(code, "")

    def id_of(self, row: DumpRow) -> str:
        """Return the id under which the gazetteer files a country, a province or a district; "" for all else."""
        if row.feature_class != "A":
            return ""
        if row.code.startswith("PCL"):
            return f"iso:{row.country}"
        code = f"{row.country}.{row.admin1}"
        if row.code == "ADM1":
            region = self._regions.of_geonames(code)
            left = LEFT_TO_NAMED_REGIONS.get(code)
            return f"region:{left}" if left else f"iso:{region}" if region else ""
        if row.code == "ADM2" and row.admin1 and row.admin2:
            return f"adm2:{code}.{row.admin2}"
        return ""


def new_place(row: DumpRow, units: Units) -> NewPlace | None:
    """Return a row as a place of the gazetteer, or None where it is a country or no feature that GeoNames knows."""
    if row.feature_class == "A" and row.code in COUNTRY_CODES:
        return None
    if row.feature_class == "P":
        return _town(row, units)
    if row.feature_class == "A":
        return _unit(row, units)
    found = feature(row.feature_class, row.code)
    if found is None:
        return None
    entry = _entry(row, units, kind=found.kind, precision=found.precision)
    if found.kind == "river" and _crosses_borders(row):
        entry.precision = Precision.COUNTRY  # one point says nothing about where on it; its prior stays a stream's
    return NewPlace(entry, found.rank)


def distrust_native_names(entry: Entry) -> None:
    """Trust names in their own script less where hardly anybody lives.

    Scripts without capitals do not tell names from words, so a reader that looks every word up would take "the school"
    and "the house" for the farms and wells that are called so.
    """
    if entry.population >= SMALLEST_POPULATION or not entry.id.startswith("gn:"):
        return
    for name, source in entry.names.items():
        if source in {NameSource.ALTERNATE, NameSource.DOUBTFUL} and not is_latin(name):
            entry.names[name] = NameSource.UNLIKELY


def _town(row: DumpRow, units: Units) -> NewPlace:
    if row.code == QUARTER:
        people = 0 if row.population > LARGEST_QUARTER else row.population
        return NewPlace(_entry(row, units, kind="neighbourhood", precision=Precision.SITE, population=people), 1)
    if row.population == 0 and not row.code.startswith("PPLA") and row.code not in CAPITALS:
        kind = "village"  # of which GeoNames knows no people: nearly all are hamlets
    else:
        kind = kind_of_town(row.population, capital=row.code in CAPITALS)
    entry = _entry(row, units, kind=kind, precision=Precision.SETTLEMENT, population=row.population)
    in_conflict = row.country in CONFLICT_COUNTRIES
    smallest = SMALLEST_IN_CONFLICT if in_conflict else SMALLEST_ELSEWHERE
    # The build looks for towns without people too, because the packages only have those that are seats.
    return NewPlace(
        entry, is_looked_for=row.population >= smallest or (in_conflict and not row.population and row.code in SEATS)
    )


def _unit(row: DumpRow, units: Units) -> NewPlace:
    place_id = units.id_of(row)
    is_province = place_id.startswith("iso:")
    kind = "province" if is_province else "district" if row.code in {"ADM1", "ADM2"} else "subdistrict"
    entry = _entry(
        row,
        units,
        kind=kind,
        precision=Precision.PROVINCE if is_province else Precision.DISTRICT,
        population=row.population,
    )
    entry.id = place_id or entry.id
    for name in list(entry.names):
        core, unit = split_unit(name)
        if unit:
            entry.add(core.title() if is_latin(core) else core, NameSource.UNIT_CORE)
    return NewPlace(entry)


def _entry(row: DumpRow, units: Units, *, kind: str, precision: Precision, population: int = 0) -> Entry:
    name = readable(row.name) if row.country in ROMANISED_COUNTRIES else row.name
    entry = Entry(
        id=f"gn:{row.geonames_id}",
        name=name,
        lat=row.lat,
        lon=row.lon,
        country=row.country,
        admin1=units.admin1(row),
        precision=precision,
        kind=kind,
        population=population,
    )
    entry.add(name, NameSource.MAIN)
    entry.add(row.name, NameSource.MAIN)
    for other in row.alternates:
        entry.add(other, NameSource.ALTERNATE)
    set_priors([entry])
    if population < SMALLEST_POPULATION and row.code not in SEATS:
        entry.prior = max(entry.prior - _HARDLY_KNOWN, _LEAST_PRIOR)
    return entry


def _crosses_borders(row: DumpRow) -> bool:
    others = {code.strip() for code in row.other_countries.split(",")} - {"", row.country}
    return row.code == "STM" and bool(others)
