"""Add places of GeoNames' dumps to a built gazetteer.

The packages hold GeoNames' places of 500 and more people; the dumps (https://download.geonames.org/export/dump/,
CC BY 4.0) hold all 13 million, of every kind. They are read line by line into a copy of the gazetteer, in one
transaction; the copy takes the gazetteer's place when it is whole. Whatever stops it leaves the old file as it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import GazetteerError
from geodata.gazetteer.entries import NameSource
from geodata.gazetteer.geonames_download import check_dump_address, download, file_name
from geodata.gazetteer.geonames_files import EVERYTHING, dump_files, is_address, lines
from geodata.gazetteer.geonames_merge import Merger, Tally
from geodata.gazetteer.geonames_rows import BrokenLineError, alternate_name, country_of, dump_row
from geodata.gazetteer.lookup import Gazetteer
from geodata.regions import regions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

ALL = "ALL"
_TRIED = 1_000  # lines: when none of them can be read, it is another file
_SHOWN = 10  # broken lines that are told one by one
_OLD_S = 86_400  # seconds after which what a killed run left is cleared away
_CACHE_KIB = 65_536  # of pages, for each database
_SIZES = (
    "SELECT (SELECT count(*) FROM main.place), (SELECT count(*) FROM main.name), (SELECT count(*) FROM main.same), "
    "(SELECT count(*) FROM main.surface), (SELECT coalesce(sum(population), 0) FROM main.surface)"
)


@dataclass(slots=True)
class AddReport:
    """What was added.

    `rows` are those of the wanted countries: `new` places, `known` ones that were there, `folded` ones that are
    curated places, and `gone` ones that are abandoned and left out. `places` and `names` are what the gazetteer
    now has more; `surfaces` the names to look for in text, before and after. `broken` lines could not be read;
    `problems` say what is worth knowing, in sentences.
    """

    countries: tuple[str, ...]
    rows: int = 0
    new: int = 0
    known: int = 0
    folded: int = 0
    gone: int = 0
    broken: int = 0
    places: int = 0
    names: int = 0
    surfaces: tuple[int, int] = (0, 0)
    changed: bool = False
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


def add_geonames(
    path: Path,
    countries: Sequence[str],
    sources: Sequence[str],
    *,
    alternate_names: str = "",
    any_host: bool = False,
    progress: Callable[[str, float], None] | None = None,
) -> AddReport:
    """Add the places of some countries to the gazetteer at `path`.

    A place that is there keeps its name, point, kind and precision, and gets the names that it lacks.
    Adding the same again changes nothing.

    Parameters
    ----------
    path
        The built gazetteer.
    countries
        ISO 3166-1 alpha-2 codes, or "all".
    sources
        Each a file (``IQ.zip``, ``IQ.txt``, ``allCountries.zip``), a folder with such files, or the address of one.
    alternate_names
        File or address of ``alternateNamesV2.zip``, "" for none.
    any_host
        Whether addresses may lie elsewhere than at download.geonames.org.
    progress
        Called now and then with what is being done, in words, and the part done (0 to 1).

    Raises
    ------
    GazetteerError
        When a country is unknown, a file cannot be read or is none of GeoNames', or the gazetteer cannot be written.
    UnsafeAddressError, FetchError
        When an address is not allowed or gives no file.
    """
    say = progress or (lambda _words, _part: None)
    started = time.perf_counter()
    path = Path(path).resolve()
    Gazetteer(path).stats()  # says so when there is none, or one of another version
    wanted = _wanted(path, countries)
    for source in (*sources, alternate_names):
        if is_address(source):
            check_dump_address(source, any_host=any_host)
    _clear_old(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    stage = part.with_suffix(".stage")
    fetched: list[Path] = []
    try:
        files = [
            file for source in sources for file in _files(source, path, wanted, fetched, any_host=any_host, say=say)
        ]
        extra = _files(alternate_names, path, (), fetched, any_host=any_host, say=say) if alternate_names else []
        say("Copying the gazetteer", 0.02)
        before = path.stat()
        for old in (part, stage):
            old.unlink(missing_ok=True)
        shutil.copyfile(path, part)
        report = _add(part, stage, wanted, files, extra, say=say)
        report.countries = tuple(wanted) or (ALL.lower(),)
        if report.changed:
            _note(part, report, sources, alternate_names)
            _put_in_place(part, path, before)
    except (OSError, sqlite3.Error) as error:
        message = f"The gazetteer cannot be written to {path}: {error}."
        raise GazetteerError(message) from error
    finally:
        for left in (part, stage, *fetched):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
    report.seconds = time.perf_counter() - started
    say("Gazetteer ready", 1.0)
    return report


def _wanted(path: Path, countries: Sequence[str]) -> tuple[str, ...]:
    """Return the codes wanted, sorted; empty for all."""
    codes = sorted({code.strip().upper() for code in countries} - {""})
    if not codes:
        message = "Say which countries to add, by their two-letter codes (IQ SY), or “all”."
        raise GazetteerError(message)
    if ALL in codes:
        return ()
    known = {region.id for region in regions().all(kind="country")}
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        known |= {code for (code,) in connection.execute("SELECT country FROM place WHERE kind = 'country'")}
    unknown = [code for code in codes if code not in known]
    if unknown:
        words = ", ".join(f"“{code[:20]}”" for code in unknown)
        message = (
            f"{words} is no country code: use the two letters of ISO 3166-1, such as IQ for Iraq, or “all”."
            if len(unknown) == 1
            else f"{words} are no country codes: use the two letters of ISO 3166-1, such as IQ for Iraq, or “all”."
        )
        raise GazetteerError(message)
    return tuple(codes)


def _files(
    source: str,
    path: Path,
    wanted: Collection[str],
    fetched: list[Path],
    *,
    any_host: bool,
    say: Callable[[str, float], None],
) -> list[Path]:
    """Return the files of a source; one from the web is fetched to beside the gazetteer and noted in `fetched`."""
    if not is_address(source):
        return dump_files(Path(source).expanduser(), wanted)
    folder = source.endswith("/")
    urls = [f"{source}{code}.zip" for code in wanted or (EVERYTHING,)] if folder else [source]
    files = []
    for url in urls:
        name = file_name(url) or "dump"
        target = path.with_name(f".{path.name}.{os.getpid()}.{len(fetched)}.download")
        fetched.append(target)
        download(url, target, any_host=any_host, moved=_within(say, f"Downloading {name}", 0.0, 0.02))
        files.append(target)
    return files


def _add(
    part: Path,
    stage: Path,
    wanted: tuple[str, ...],
    files: Sequence[Path],
    extra: Sequence[Path],
    *,
    say: Callable[[str, float], None],
) -> AddReport:
    connection = sqlite3.connect(part, isolation_level=None)
    try:
        # The copy is thrown away when anything goes wrong: neither journal nor syncs are needed.
        connection.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{_CACHE_KIB};"
        )
        connection.execute("ATTACH ? AS stage", (str(stage),))
        connection.executescript(
            f"PRAGMA stage.journal_mode = OFF; PRAGMA stage.synchronous = OFF; PRAGMA stage.cache_size = -{_CACHE_KIB};"
        )
        before = connection.execute(_SIZES).fetchone()
        merger = Merger(connection, wanted)
        connection.execute("BEGIN")
        report = AddReport(wanted)
        end = 0.5 if extra else 0.8
        for number, file in enumerate(files):
            low, high = (0.05 + (end - 0.05) * n / len(files) for n in (number, number + 1))
            _read_places(file, wanted, merger, report, _within(say, f"Reading {_shown(file)}", low, high))
        say("Writing names", end)
        merger.merge()
        for file in extra:
            _read_names(file, wanted, merger, report, _within(say, f"Reading {_shown(file)}", 0.55, 0.8))
        say("Comparing names", 0.85)
        merger.doubt()
        connection.execute("COMMIT")
        after = connection.execute(_SIZES).fetchone()
        _fill(report, merger.tally, wanted, before, after)
        if report.changed:
            say("Tidying up", 0.95)
            connection.executescript("PRAGMA analysis_limit = 1000; ANALYZE main;")
    finally:
        connection.close()
    return report


def _fill(
    report: AddReport, tally: Tally, wanted: tuple[str, ...], before: tuple[int, ...], after: tuple[int, ...]
) -> None:
    report.rows, report.new, report.known = tally.rows, tally.new, tally.known
    report.folded, report.gone = tally.folded, tally.gone
    report.places, report.names = after[0] - before[0], after[1] - before[1]
    report.surfaces = before[3], after[3]
    report.changed = before != after
    if report.broken:
        were = "line was" if report.broken == 1 else "lines were"
        report.problems.append(f"{report.broken:,} {were} left out because they could not be read.")
    report.problems += [
        f"There is nothing of {code} in what was read." for code in wanted if not tally.by_country[code]
    ]


def _within(say: Callable[[str, float], None], words: str, low: float, high: float) -> Callable[[float], None]:
    return lambda share: say(words, low + (high - low) * share)


def _shown(file: Path) -> str:
    return "what was downloaded" if file.suffix == ".download" else file.name


def _read_places(
    file: Path, wanted: tuple[str, ...], merger: Merger, report: AddReport, moved: Callable[[float], None]
) -> None:
    codes = frozenset(wanted)
    good = 0
    for number, line in _numbered(file, moved):
        try:
            if line is None:
                message = "too long"
                raise BrokenLineError(message)  # noqa: TRY301 - one handler counts all of them
            fields = line.split(b"\t")
            country = country_of(fields)
            if not codes or country in codes:
                merger.take(dump_row(fields))
            good += 1
        except BrokenLineError as error:
            _broken(report, file, number, error)
            if number >= _TRIED and not good:
                break
    if not good:
        message = (
            f"{_shown(file)} is no dump of GeoNames, whose lines have 19 columns with tabs between: "
            "give a file such as IQ.zip or allCountries.zip."
        )
        raise GazetteerError(message)


def _read_names(
    file: Path, wanted: tuple[str, ...], merger: Merger, report: AddReport, moved: Callable[[float], None]
) -> None:
    codes = frozenset(wanted)
    good = 0
    for number, line in _numbered(file, moved):
        try:
            other = None if line is None else alternate_name(line.split(b"\t"))
            good += 1
        except BrokenLineError as error:
            _broken(report, file, number, error)
            if number >= _TRIED and not good:
                break
            continue
        if other is not None:
            source = NameSource.DOUBTFUL if other.is_historic else NameSource.ALTERNATE
            merger.name(other.geonames_id, other.name, source, codes)
    if not good:
        message = f"{_shown(file)} holds no alternate names of GeoNames: give alternateNamesV2.zip."
        raise GazetteerError(message)


def _numbered(file: Path, moved: Callable[[float], None]) -> Iterator[tuple[int, bytes | None]]:
    for number, line in enumerate(lines(file, moved), 1):
        if line is None or not line.startswith(b"#"):
            yield number, line


def _broken(report: AddReport, file: Path, number: int, error: BrokenLineError) -> None:
    report.broken += 1
    if report.broken <= _SHOWN:
        report.problems.append(f"{_shown(file)}, line {number:,}: {error}.")


def _note(part: Path, report: AddReport, sources: Sequence[str], alternate_names: str) -> None:
    """Write into the gazetteer what was added, for people and for whoever has to add it again."""
    today = datetime.now(UTC).date().isoformat()
    given = [source if is_address(source) else str(Path(source).expanduser().resolve()) for source in sources]
    names = Path(alternate_names).expanduser().resolve() if alternate_names else ""
    note = {
        "date": today,
        "countries": list(report.countries),
        "from": given,
        "alternate_names": alternate_names if is_address(alternate_names) else str(names),
        "rows": report.rows,
        "places": report.places,
        "names": report.names,
    }
    files = ", ".join(file_name(source) or source for source in given)
    line = f"GeoNames dump {files} of {', '.join(report.countries)}, added {today} (GeoNames, CC BY 4.0)"
    with contextlib.closing(sqlite3.connect(part)) as connection, connection:
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        rows = {
            "added": json.dumps([*json.loads(meta.get("added", "[]")), note], ensure_ascii=False),
            "places": connection.execute("SELECT count(*) FROM place").fetchone()[0],
            "names": connection.execute("SELECT count(*) FROM name").fetchone()[0],
            "sources": "\n".join(dict.fromkeys([*meta["sources"].split("\n"), line])),
        }
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(k, str(v)) for k, v in rows.items()])


def _put_in_place(part: Path, path: Path, before: os.stat_result) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    now = path.stat()
    if (now.st_ino, now.st_mtime_ns, now.st_size) != (before.st_ino, before.st_mtime_ns, before.st_size):
        message = "The gazetteer was built anew or added to meanwhile: nothing was changed, add it once more."
        raise GazetteerError(message)
    part.replace(path)


def _clear_old(path: Path) -> None:
    """Take away what killed runs left, once it is so old that none can be at work on it."""
    for suffix in ("part", "stage", "download"):
        for left in path.parent.glob(f".{path.name}.*.{suffix}"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _OLD_S:
                    left.unlink()
