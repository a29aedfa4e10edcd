"""Places and names of GeoNames merged into a gazetteer that is open for writing: a copy, never the one in use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geodata.event import Precision
from geodata.gazetteer.build import name_rows, place_row
from geodata.gazetteer.entries import Entry, NameSource
from geodata.gazetteer.geonames_entries import NewPlace, Units, distrust_native_names, new_place
from geodata.gazetteer.geonames_features import is_gone
from geodata.gazetteer.geonames_twins import Twins
from geodata.gazetteer.normalise import plain
from geodata.gazetteer.priors import CONFLICT_COUNTRIES
from geodata.gazetteer.surfaces import SMALLEST_WITH_ALTERNATES, surfaces

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

    from geodata.gazetteer.geonames_rows import DumpRow

BATCH = 5_000  # places

_STAGE = """
CREATE TABLE stage.name (key TEXT NOT NULL, place INTEGER NOT NULL, source INTEGER NOT NULL, form TEXT NOT NULL);
"""
_INSERT_PLACE = f"INSERT INTO main.place VALUES ({', '.join('?' * 13)})"  # noqa: S608 - only question marks
_INSERT_SURFACE = (
    "INSERT INTO main.surface VALUES (?, ?) "
    "ON CONFLICT (form) DO UPDATE SET population = max(population, excluded.population)"
)
_INTO_MAIN = "INSERT OR IGNORE INTO main.name VALUES (?, ?, ?, ?)"
_INTO_STAGE = "INSERT INTO stage.name VALUES (?, ?, ?, ?)"
_MERGE = (
    "INSERT OR IGNORE INTO main.name SELECT key, place, source, form FROM stage.name WHERE place >= ? "
    "ORDER BY key, place, form"
)
# An alternate name that another town of the country bears as its own is trusted less: `priors.doubt_contested_names`.
_DOUBT = """
UPDATE main.name SET source = :doubtful WHERE (key, place, form) IN (
    SELECT s.key, s.place, s.form
    FROM stage.name s
    JOIN main.place p ON p.n = s.place
    JOIN main.name m ON m.key = s.key AND m.place <> s.place
    JOIN main.place o ON o.n = m.place
    WHERE s.source = :alternate AND m.source = :main AND p.precision = 'settlement' AND o.precision = 'settlement'
        AND p.country = o.country
        AND casefold(CASE m.form WHEN '' THEN o.name ELSE m.form END) = casefold(s.form)
)
"""


@dataclass(slots=True)
class Tally:
    """What became of the rows of the wanted countries."""

    rows: int = 0
    new: int = 0
    known: int = 0  # there already, under their own id or as a unit or country
    folded: int = 0  # one of the curated places, areas or named regions
    gone: int = 0  # abandoned or historical
    by_country: Counter[str] = field(default_factory=Counter)


class Merger:
    """Takes rows one by one and writes them in batches.

    Parameters
    ----------
    connection
        To the gazetteer to change; a database ``stage`` is attached to it, for what is written last.
    countries
        ISO 3166-1 alpha-2 codes; empty for all.
    """

    def __init__(self, connection: sqlite3.Connection, countries: Collection[str]) -> None:
        self.tally = Tally()
        self._db = connection
        connection.create_function("casefold", 1, str.casefold, deterministic=True)
        connection.executescript(_STAGE)
        self._twins = Twins(connection, countries)
        self._first_new = self._next = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM main.place").fetchone()[
            0
        ]
        self._batch: list[tuple[int, NewPlace]] = []
        self._surfaces: dict[str, int] = {}
        self._units = Units(connection)

    def take(self, row: DumpRow) -> None:
        """Add a place, or its names to the place that it is."""
        self.tally.rows += 1
        self.tally.by_country[row.country] += 1
        if is_gone(row.code):
            self.tally.gone += 1
            return
        place_id = f"gn:{row.geonames_id}"
        known = self._known(place_id)
        if known is not None:
            self.tally.known += 1
            self._give(known, ((row.name, NameSource.ALTERNATE), *((n, NameSource.ALTERNATE) for n in row.alternates)))
            return
        unit = self._known(unit_id) if (unit_id := self._units.id_of(row)) else None
        if unit is not None:
            self.tally.known += 1
            self._lead(place_id, unit[0])
            self._give(unit, ((n, NameSource.ALTERNATE) for n in (row.name, *row.alternates)))
            return
        new = new_place(row, self._units)
        if new is None:
            self.tally.known += 1
            return
        twin = self._twins.of(new.entry)
        if twin is not None:
            self.tally.folded += 1
            self._lead(place_id, twin)
            found = self._db.execute("SELECT * FROM main.place WHERE n = ?", (twin,)).fetchone()
            self._give(found, ((n, max(s, NameSource.CURATED)) for n, s in new.entry.names.items()))
            return
        self.tally.new += 1
        distrust_native_names(new.entry)
        if new.entry.id != place_id:
            self._lead(place_id, self._next)
        self._db.execute(_INSERT_PLACE, _row_of(self._next, new))
        self._batch.append((self._next, new))
        self._next += 1
        if len(self._batch) >= BATCH:
            self.flush()

    def name(self, geonames_id: str, name: str, source: NameSource, countries: Collection[str]) -> None:
        """Give another name to the place of a GeoNames id, if it is there and in one of the countries (empty: any).

        Call `merge` before, so that the names of new places are known.
        """
        found = self._known(f"gn:{geonames_id}")
        if found is None or (countries and found[5] not in countries):
            return
        self._give(found, ((name, source),))

    def flush(self) -> None:
        """Write the names of the batch."""
        self._db.executemany(
            _INTO_STAGE,
            (row for n, new in self._batch for row in name_rows(n, new.entry)),
        )
        looked_for = surfaces(new.entry for _, new in self._batch if new.is_looked_for)
        for form, population in (*looked_for.items(), *self._surfaces.items()):
            self._db.execute(_INSERT_SURFACE, (form, population))
        self._batch.clear()
        self._surfaces.clear()

    def merge(self) -> None:
        """Bring the names of new places in, in the order in which they lie in the file."""
        self.flush()
        self._db.execute(_MERGE, (self._first_new,))

    def doubt(self) -> None:
        """Trust those new names less that another town of the country bears as its own."""
        self.flush()
        self._db.execute(
            _DOUBT,
            {"doubtful": NameSource.DOUBTFUL, "alternate": NameSource.ALTERNATE, "main": NameSource.MAIN},
        )

    def _known(self, place_id: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._db.execute(
            "SELECT * FROM main.place WHERE id = ?", (place_id,)
        ).fetchone()
        if found is None:
            found = self._db.execute(
                "SELECT p.* FROM main.same s JOIN main.place p ON p.n = s.place WHERE s.id = ?", (place_id,)
            ).fetchone()
        return found

    def _lead(self, place_id: str, n: int) -> None:
        self._db.execute("INSERT OR IGNORE INTO main.same VALUES (?, ?)", (place_id, n))

    def _give(self, found: tuple[Any, ...], names: Iterable[tuple[str, NameSource]]) -> None:
        """Give a place that is there those names that it lacks; in all else it stays as it is."""
        n, place_id, own, lat, lon, country, admin1, precision, kind, population, *_ = found
        if kind in {"country", "province"}:
            return  # they have the names they need; more of them would be taken for towns
        entry = Entry(
            id=place_id,
            name=own,
            lat=lat,
            lon=lon,
            country=country,
            admin1=admin1,
            precision=Precision(precision),
            kind=kind,
            population=population,
            curated=place_id.startswith("cm:"),
        )
        for name, source in names:
            entry.add(name, source)
        distrust_native_names(entry)
        fresh: dict[str, NameSource] = {}
        for key, _, trust, form in name_rows(n, entry):
            name = form or own
            there = self._db.execute("SELECT form FROM main.name WHERE key = ? AND place = ?", (key, n))
            if any(plain(other or own) == plain(name) for (other,) in there):
                continue
            for table in (_INTO_MAIN, _INTO_STAGE):  # there for what comes next, and to be doubted in the end
                self._db.execute(table, (key, n, trust, form))
            fresh[name] = NameSource(trust)
        if fresh and _is_looked_for(entry):
            entry.names = fresh
            for form, most in surfaces([entry]).items():
                self._surfaces[form] = max(most, self._surfaces.get(form, 0))


def _row_of(n: int, new: NewPlace) -> tuple[object, ...]:
    row = place_row(n, new.entry)
    return row if new.rank is None else (*row[:-1], new.rank)


def _is_looked_for(entry: Entry) -> bool:
    """Whether new names of a place that was there are looked for in running text: curated places and larger towns."""
    if entry.curated:
        return True
    return (
        entry.precision is Precision.SETTLEMENT
        and entry.country in CONFLICT_COUNTRIES
        and entry.population >= SMALLEST_WITH_ALTERNATES
    )
