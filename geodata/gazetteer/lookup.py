"""Names to places and points to places, from the built file, read-only and from any thread."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from geodata.errors import GazetteerError
from geodata.event import Place, Precision
from geodata.gazetteer.cells import CELLS_IN_ROW, column_of, is_point, row_of, windows
from geodata.gazetteer.entries import NameSource, distance_km
from geodata.gazetteer.normalise import article_free, fold, is_latin, joined_otherwise, plain, romanise, split_unit
from geodata.gazetteer.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

CACHED_SEARCHES = 20_000
LONGEST_QUERY = 200

# How much a name of each source is trusted, and how much a spelling apart takes off.
_TRUST = {
    NameSource.MAIN: 1.0,
    NameSource.CURATED: 0.98,
    NameSource.ALTERNATE: 0.92,
    NameSource.UNIT_CORE: 0.9,
    NameSource.DOUBTFUL: 0.8,
    NameSource.UNLIKELY: 0.75,
}
_NATIVE = 0.97  # an alternate name in its own script: seldom another language's
_ARTICLE_APART, _SPELLING_APART, _ROMANISED_QUERY, _WITHOUT_UNIT = 0.06, 0.25, 0.1, 0.35
_JOINED_QUERY = 0.1

_BY_KEY = "SELECT p.*, n.source, n.form FROM name n JOIN place p ON p.n = n.place WHERE n.key = ?"
_BY_ID = "SELECT p.* FROM place p WHERE p.id = ?"
_BY_OLD_ID = "SELECT p.* FROM same s JOIN place p ON p.n = s.place WHERE s.id = ?"
_BY_CELLS = "SELECT * FROM place WHERE cell BETWEEN ? AND ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
_BY_RANK = (
    "SELECT * FROM place WHERE rank >= ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? "
    "ORDER BY rank DESC, population DESC, id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may stand for.

    Parameters
    ----------
    place
        The place.
    matched
        The stored name that matched.
    quality
        1 for the place's own name as it is written, lower for other names and spellings.
    prior
        How likely the place is meant when only its name is known, about 0 to 1.4.
    """

    place: Place
    matched: str
    quality: float
    prior: float = 0.0


class Gazetteer:
    """The built gazetteer.

    Look-ups take well under a millisecond and may come from any thread.

    Parameters
    ----------
    path
        The file that `build_gazetteer` made.

    Raises
    ------
    GazetteerError
        When the file is missing, damaged or of another version; says what to do.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._local = threading.local()
        if not self.path.is_file():
            message = f"There is no gazetteer at {self.path}: run `conflictmap gazetteer build`."
            raise GazetteerError(message)
        try:
            (found,) = self._connection().execute("PRAGMA user_version").fetchone()
            self._meta = (
                dict(self._connection().execute("SELECT key, value FROM meta")) if found == SCHEMA_VERSION else {}
            )
        except sqlite3.Error as error:
            message = f"The gazetteer at {self.path} is damaged: run `conflictmap gazetteer build`."
            raise GazetteerError(message) from error
        if not {"built", "places", "names", "sources"} <= self._meta.keys():
            message = f"The gazetteer at {self.path} was made by another version: run `conflictmap gazetteer build`."
            raise GazetteerError(message)
        self._search = lru_cache(maxsize=CACHED_SEARCHES)(self._search_uncached)

    def search(self, name: str, *, country: str | None = None, limit: int = 20) -> list[Candidate]:
        """Return the places that a name may stand for, best first: how well the name fits, then how likely the place is meant.

        "Kirkuk province" and "Hawija district" give units before towns; a name in another script is found
        as it stands, or else letter by letter in Latin ones.

        Parameters
        ----------
        name
            As written in the text, in any script.
        country
            Only places of this country (ISO 3166-1 alpha-2).
        limit
            At most so many.
        """
        if len(name) > LONGEST_QUERY or limit < 1:
            return []
        name = " ".join(name.split())
        if not name:
            return []
        found = self._search(name)
        if country:
            code = country.upper()
            found = tuple(candidate for candidate in found if candidate.place.country == code)
        return list(found[:limit])

    def get(self, place_id: str) -> Place | None:
        """Return the place of an id, or None; ids that were folded into another place give that one."""
        for query in (_BY_ID, _BY_OLD_ID):
            row = self._rows(query, (place_id,))
            if row:
                return _place(row[0])
        return None

    def nearest(
        self,
        lat: float,
        lon: float,
        *,
        radius_km: float = 50.0,
        limit: int = 10,
        precisions: Collection[Precision] = (Precision.SITE, Precision.SETTLEMENT),
    ) -> list[tuple[float, Place]]:
        """Return places around a point, nearest first, each with its distance in kilometres.

        Parameters
        ----------
        lat, lon
            Decimal degrees, WGS 84.
        radius_km
            How far to look.
        limit
            At most so many.
        precisions
            Only places of these; of an area it is the point that stands for it.

        Raises
        ------
        ValueError
            When `lat`, `lon` is no point on Earth.
        """
        if not is_point(lat, lon):
            message = f"{lat}, {lon} is no point: latitude lies between -90 and 90, longitude between -180 and 180."
            raise ValueError(message)
        near: list[tuple[float, Place]] = []
        for south, west, north, east in windows(lat, lon, radius_km):
            for row in range(row_of(south), row_of(north) + 1):
                cells = row * CELLS_IN_ROW + column_of(west), row * CELLS_IN_ROW + column_of(east)
                for found in self._rows(_BY_CELLS, (*cells, south, north, west, east)):
                    place = _place(found)
                    if (
                        place.precision in precisions
                        and (km := distance_km(lat, lon, place.lat, place.lon)) <= radius_km
                    ):
                        near.append((km, place))
        near.sort(key=lambda pair: (pair[0], pair[1].id))
        return near[:limit]

    def names(self) -> Iterator[tuple[str, int]]:
        """Yield every spelling worth looking for in running text, with the largest population of a place so called."""
        yield from self._connection().execute("SELECT form, population FROM surface")

    def labels(
        self,
        min_rank: int = 5,
        *,
        south: float = -90.0,
        west: float = -180.0,
        north: float = 90.0,
        east: float = 180.0,
        limit: int = 5_000,
    ) -> list[Place]:
        """Return places to label on a map, most important first.

        Parameters
        ----------
        min_rank
            8 countries, continents and oceans, 7 cities of five million people, 6 capitals and seas and a million,
            5 from 300,000, 4 from 80,000, 3 from 20,000, 2 from 3,000 and curated sites, 1 everything.
            `geodata.gazetteer.label_zoom` says from which zoom a place shows.
        south, west, north, east
            Only inside this window, decimal degrees.
        limit
            At most so many.
        """
        # Thousands of rows from all over the file: read for once, and not mapped into memory for as long as the thread lives.
        with self._told(), contextlib.closing(self._opened()) as connection:
            rows = connection.execute(_BY_RANK, (min_rank, south, north, west, east, limit))
            return [_place(row) for row in rows]

    def stats(self) -> dict[str, Any]:
        """Return `places`, `names` (numbers), `built` (ISO date), `sources` (list of lines for people) and `added`.

        `added` lists what `add_geonames` added since it was built: dictionaries with `date`, `countries`, `from`,
        `alternate_names`, `rows`, `places` and `names`.
        """
        return {
            "places": int(self._meta["places"]),
            "names": int(self._meta["names"]),
            "built": self._meta["built"],
            "sources": self._meta["sources"].split("\n"),
            "added": json.loads(self._meta.get("added", "[]")),
        }

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._opened()
            connection.execute("PRAGMA mmap_size = 268435456")
            self._local.connection = connection
        return connection

    def _opened(self) -> sqlite3.Connection:
        # immutable: the file is only ever replaced by rename, so no locks are needed
        return sqlite3.connect(f"file:{quote(str(self.path.absolute()))}?mode=ro&immutable=1", uri=True)

    def _rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with self._told():
            return self._connection().execute(query, values).fetchall()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            message = f"The gazetteer at {self.path} is damaged: run `conflictmap gazetteer build`."
            raise GazetteerError(message) from error

    def _search_uncached(self, name: str) -> tuple[Candidate, ...]:
        core, unit = split_unit(name)
        found = self._by_key(fold(name), name)
        if unit:
            for candidate in self._by_key(fold(core), core):
                fits = unit == candidate.place.precision
                loss = 0.0 if fits else _WITHOUT_UNIT
                found.append(Candidate(candidate.place, candidate.matched, candidate.quality - loss, candidate.prior))
        if not found and not name.isascii():
            latin = romanise(name)
            found = [
                Candidate(c.place, c.matched, c.quality - _ROMANISED_QUERY, c.prior)
                for c in self._by_key(fold(latin), latin)
            ]
        if not found and (other := joined_otherwise(name)):
            found = [
                Candidate(c.place, c.matched, c.quality - _JOINED_QUERY, c.prior)
                for c in self._by_key(fold(other), other)
            ]
        best: dict[str, Candidate] = {}
        for candidate in found:
            if candidate.place.id not in best or candidate.quality > best[candidate.place.id].quality:
                best[candidate.place.id] = candidate
        return tuple(sorted(best.values(), key=_order))

    def _by_key(self, key: str, name: str) -> list[Candidate]:
        asked, asked_stem = plain(name), article_free(name)
        candidates = []
        for row in self._rows(_BY_KEY, (key,)):
            *_, prior, _cell, _rank, source, form = row
            matched = form or row[2]
            quality = _TRUST[NameSource(source)]
            if source == NameSource.ALTERNATE and not is_latin(matched):
                quality = _NATIVE
            if plain(matched) != asked:
                quality -= _ARTICLE_APART if article_free(matched) == asked_stem else _SPELLING_APART
            candidates.append(Candidate(_place(row), matched, round(quality, 3), prior))
        return candidates


def _order(candidate: Candidate) -> tuple[float, str]:
    return -(candidate.quality + candidate.prior), candidate.place.id


def _place(row: Sequence[Any]) -> Place:
    _, place_id, name, lat, lon, country, admin1, precision, kind, population, *_ = row
    return Place(
        id=place_id,
        name=name,
        lat=lat,
        lon=lon,
        country=country,
        admin1=admin1,
        precision=Precision(precision),
        kind=kind,
        population=population,
    )
