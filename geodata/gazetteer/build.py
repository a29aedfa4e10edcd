"""Make the gazetteer's file from the packages, the tables in `data/` and the regions.

The file is written under a temporary name and renamed when it is whole, so a killed build leaves
nothing behind that could be taken for a gazetteer. The same inputs give the same rows.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import GazetteerError
from geodata.gazetteer import curated
from geodata.gazetteer.airports import add_airports
from geodata.gazetteer.cells import cell_of
from geodata.gazetteer.entries import Entry, NameSource
from geodata.gazetteer.gather import Gathered, correct_quarters, gather_countries, gather_towns
from geodata.gazetteer.normalise import fold_plain, is_latin, plain, romanise
from geodata.gazetteer.packages import load_packages, source_versions
from geodata.gazetteer.priors import doubt_contested_names, label_rank, set_priors
from geodata.gazetteer.regional import country_regions, named_regions, province_regions, recount, yield_to_provinces
from geodata.gazetteer.schema import INDEXES, SCHEMA_VERSION, TABLES
from geodata.gazetteer.surfaces import surfaces
from geodata.gazetteer.units import LEFT_TO_NAMED_REGIONS, admin1_codes, gather_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Scripts that write their vowels: only there does letter-by-letter transliteration give a usable name.
_WITH_VOWELS = (("\u0370", "\u03ff"), ("\u0400", "\u052f"), ("\u0530", "\u058f"), ("\u10a0", "\u10ff"))

NameRow = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: number of places, of different (name, place) pairs, and the time it took in seconds."""

    places: int
    names: int
    seconds: float


def build_gazetteer(path: Path, *, progress: Callable[[str, float], None] | None = None) -> BuildReport:
    """Build the gazetteer at `path`, replacing what is there.

    Parameters
    ----------
    path
        The file to make; its folder is created.
    progress
        Called now and then with what is being done, in words, and the part done (0 to 1).

    Raises
    ------
    GazetteerError
        When a source cannot be read, an alias names no place, or the file cannot be written.
    """
    say = progress or (lambda _words, _part: None)
    started = time.perf_counter()
    path = Path(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        entries, same = _gather(say)
        places, names = _write(part, entries, same, say)
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        message = f"The gazetteer cannot be written to {path}: {error}."
        raise GazetteerError(message) from error
    finally:
        with contextlib.suppress(OSError):  # never in the way of the error that brought us here
            part.unlink()
    say("Gazetteer ready", 1.0)
    return BuildReport(places, names, time.perf_counter() - started)


def _gather(say: Callable[[str, float], None]) -> tuple[list[Entry], dict[str, str]]:
    say("Reading GeoNames and ISO 3166 tables", 0.0)
    packages = load_packages()
    provinces = province_regions()
    admin1_of = admin1_codes(packages, provinces)
    gathered = Gathered()
    say("Gathering towns", 0.15)
    gather_towns(packages, admin1_of, gathered)
    correct_quarters(gathered.entries)
    say("Gathering countries, provinces and districts", 0.25)
    gather_countries(packages, country_regions(), curated.country_names(), gathered)
    gather_units(packages, admin1_of, provinces, gathered)
    entries = gathered.entries
    say("Adding curated places and regions", 0.35)
    same = curated.merge_places(curated.places(), entries)
    add_airports(entries)
    entries += curated.areas()
    entries += named_regions()
    same |= {
        f"iso:{provinces[code].id}": f"region:{slug}"
        for code, slug in LEFT_TO_NAMED_REGIONS.items()
        if code in provinces
    }
    curated.apply_aliases(entries)
    entries.sort(key=lambda entry: entry.id)
    doubt_contested_names(entries)
    recount(entries)
    set_priors(entries)
    yield_to_provinces(entries)
    return entries, same


def _write(
    path: Path, entries: list[Entry], same: dict[str, str], say: Callable[[str, float], None]
) -> tuple[int, int]:
    number = {entry.id: n for n, entry in enumerate(entries, 1)}
    if len(number) != len(entries):
        message = "Two places of the gazetteer have one id: look for doubles in places.csv and areas.csv."
        raise GazetteerError(message)
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
        connection.executescript(TABLES)
        say("Writing places", 0.45)
        connection.executemany(
            f"INSERT INTO place VALUES ({', '.join('?' * 13)})",  # noqa: S608 - only question marks
            (place_row(n, entry) for n, entry in enumerate(entries, 1)),
        )
        connection.executemany(
            "INSERT INTO same VALUES (?, ?)", sorted((old, number[new]) for old, new in same.items())
        )
        say("Choosing names to look for in text", 0.5)
        connection.executemany("INSERT INTO surface VALUES (?, ?)", sorted(surfaces(entries).items()))
        rows: list[NameRow] = []
        for n, entry in enumerate(entries, 1):
            if n % 20_000 == 0:
                say("Spelling out names", 0.55 + 0.3 * n / len(entries))
            rows.extend(name_rows(n, entry))
        entries.clear()
        rows.sort()
        say("Writing names", 0.85)
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", rows)
        say("Indexing", 0.95)
        connection.executescript(INDEXES)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", _meta(len(number), len(rows)))
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()
    finally:
        connection.close()
    return len(number), len(rows)


def place_row(n: int, entry: Entry) -> tuple[object, ...]:
    """Return the row of table `place` for an entry whose prior is set; `n` is its number."""
    return (
        n,
        entry.id,
        entry.name,
        round(entry.lat, 6),
        round(entry.lon, 6),
        entry.country,
        entry.admin1,
        entry.precision.value,
        entry.kind,
        entry.population,
        round(entry.prior, 4),
        cell_of(entry.lat, entry.lon),
        label_rank(kind=entry.kind, precision=entry.precision, population=entry.population),
    )


def name_rows(n: int, entry: Entry) -> Iterator[NameRow]:
    """Yield one row for each spelling of a place: several of one key where they differ in more than accents."""
    best: dict[tuple[str, str], tuple[NameSource, str]] = {}

    def offer(name: str, source: NameSource) -> None:
        text = plain(name)
        at = fold_plain(text), text
        if at not in best or source < best[at][0]:
            best[at] = source, name

    for name, source in entry.names.items():
        offer(name, source)
        if not is_latin(name) and any(low <= name[0] <= high for low, high in _WITH_VOWELS):
            offer(romanise(name), NameSource.DOUBTFUL)
    for (key, _), (source, name) in best.items():
        if key:
            yield key, n, int(source), "" if name == entry.name else name


def _meta(places: int, names: int) -> list[tuple[str, str]]:
    sources = [f"{package} {version}" for package, version in source_versions().items()]
    sources += ["curated places, aliases and areas (conflictmap)", "region label points (Natural Earth, public domain)"]
    return [
        ("built", datetime.now(UTC).date().isoformat()),
        ("names", str(names)),
        ("places", str(places)),
        ("schema", str(SCHEMA_VERSION)),
        ("sources", "\n".join(sources)),
    ]
