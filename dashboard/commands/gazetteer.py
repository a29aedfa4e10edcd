"""`conflictmap gazetteer`: build it, add to it, look into it, find a name in it."""

import json
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.commands.common import console, output, plain, progress, say, warn, warn_all
from geodata.settings import settings

if TYPE_CHECKING:
    from geodata.gazetteer import Candidate

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Names of places: build the gazetteer, add to it, look into it, find a name.",
    epilog='Example: conflictmap gazetteer find "Tuz Khurmatu"',
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(epilog="Example: conflictmap gazetteer build")
def build(
    *,
    force: Annotated[bool, typer.Option("--force", help="Build it even when it is up to date.")] = False,
) -> None:
    """Build the gazetteer, under a minute; does nothing when it is up to date."""
    path = settings().gazetteer
    if not force and is_current(path):
        say(f"The gazetteer is up to date: {path}")
        return
    from geodata.gazetteer import build_gazetteer  # noqa: PLC0415 - not for --help

    added = _added(path)
    if added:
        warn("What was added from GeoNames dumps is not in a new gazetteer until it is added again.")
    with progress("Building the gazetteer") as move:
        report = build_gazetteer(path, progress=move)
    note_inputs(path)
    say(
        f"The gazetteer has {report.places:,} places and {report.names:,} names; "
        f"built in {report.seconds:.0f} seconds: {path}"
    )
    for note in added:
        say(f"To add again: {_command(note)}")


@app.command(epilog="Example: conflictmap gazetteer add IQ SY --from allCountries.zip")
def add(
    countries: Annotated[list[str], typer.Argument(help="Two-letter codes (ISO 3166-1), or “all”.")],
    *,
    sources: Annotated[
        list[str],
        typer.Option(
            "--from",
            help="GeoNames dump: a zip or text file, a folder of them, or an address. May be given several times.",
        ),
    ],
    alternate_names: Annotated[
        str, typer.Option("--alternate-names", help="alternateNamesV2.zip, or its address, for more names.")
    ] = "",
    any_host: Annotated[
        bool, typer.Option("--any-host", help="Allow addresses elsewhere than at download.geonames.org.")
    ] = False,
) -> None:
    """Add all places of some countries from GeoNames dumps; curated places and what is there stay as they are."""
    path = settings().gazetteer
    was_current = is_current(path)
    from geodata.gazetteer.geonames_dump import add_geonames  # noqa: PLC0415 - not for --help

    with progress("Adding places") as move:
        report = add_geonames(
            path, countries, sources, alternate_names=alternate_names, any_host=any_host, progress=move
        )
    warn_all(report.problems)
    if not report.changed:
        say(f"Nothing to add: the gazetteer has all {report.rows:,} places that were read.")
        return
    if was_current:
        note_inputs(path)
    say(
        f"Added {report.places:,} places and {report.names:,} names from {report.rows:,} rows "
        f"in {report.seconds:.0f} seconds: {path}"
    )
    say(
        f"{report.known:,} were there already, {report.folded:,} are curated places under another id, "
        f"{report.gone:,} are abandoned and were left out."
    )
    before, after = report.surfaces
    say(f"Names looked for in texts: {after:,} (before: {before:,}).")


@app.command(epilog="Example: conflictmap gazetteer info")
def info(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of lines.")] = False,
) -> None:
    """Say how many places and names the gazetteer has, when it was built and from what."""
    from geodata.gazetteer import Gazetteer  # noqa: PLC0415

    path = settings().gazetteer
    stats = Gazetteer(path).stats() | {"path": str(path), "current": is_current(path)}
    if as_json:
        typer.echo(json.dumps(stats, ensure_ascii=False))
        return
    say(f"Places:  {stats['places']:,}")
    say(f"Names:   {stats['names']:,}")
    say(f"Built:   {stats['built']}")
    say(f"File:    {path}")
    for source in stats["sources"]:
        say(f"Source:  {source}")
    for note in stats["added"]:
        say(
            f"Added:   {note['date']}, {', '.join(note['countries'])} from {', '.join(note['from'])}: "
            f"{note['places']:,} places and {note['names']:,} names of {note['rows']:,} rows"
        )
    if not stats["current"]:
        say("It was built from other data or by another version: run “conflictmap gazetteer build”.")
        if stats["added"]:
            say("What was added is not in a new gazetteer until it is added again.")


@app.command(epilog='Example: conflictmap gazetteer find "Tuz Khurmatu" --country IQ')
def find(
    name: Annotated[str, typer.Argument(help="In any script.")],
    *,
    country: Annotated[str, typer.Option(help="Only in this country (ISO 3166-1, two letters).")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False,
) -> None:
    """Show the places that a name may stand for, the likeliest first."""
    from geodata.gazetteer import Gazetteer  # noqa: PLC0415

    found = Gazetteer(settings().gazetteer).search(name, country=country.strip() or None, limit=limit)
    if as_json:
        with output(None) as file:
            for candidate in found:
                file.write(json.dumps(as_dict(candidate), ensure_ascii=False).encode() + b"\n")
    elif found:
        _show(found)
    else:
        where = f" in {plain(country)}" if country.strip() else ""
        say(f"The gazetteer knows no “{plain(name, 60)}”{where}.")
    if not found:
        raise typer.Exit(1)


def as_dict(candidate: "Candidate") -> dict[str, Any]:
    """Return a candidate as JSON values; `lat`, `lon` are decimal degrees, WGS 84."""
    place = asdict(candidate.place) | {"precision": candidate.place.precision.value}
    return place | {"matched": candidate.matched, "quality": candidate.quality}


def _show(found: "list[Candidate]") -> None:
    from rich.table import Table  # noqa: PLC0415

    table = Table("Place", "Kind", "Where", "lat, lon", "Precision", "People", "Matched", "Id")
    for candidate in found:
        place = candidate.place
        table.add_row(
            place.name,
            place.kind,
            place.admin1 or place.country,
            f"{place.lat:.4f}, {place.lon:.4f}",
            place.precision.value,
            f"{place.population:,}" if place.population else "",
            f"{candidate.matched} ({candidate.quality:.2f})",
            place.id,
        )
    console().print(table)


def _added(path: Path) -> list[dict[str, Any]]:
    """Return what was added to the gazetteer there, nothing when there is none that can be read."""
    from geodata.errors import GazetteerError  # noqa: PLC0415
    from geodata.gazetteer import Gazetteer  # noqa: PLC0415

    try:
        return list(Gazetteer(path).stats()["added"])
    except (GazetteerError, ValueError):
        return []


def _command(note: dict[str, Any]) -> str:
    """Return the command that adds once more what a note says was added."""
    words = ["conflictmap", "gazetteer", "add", *note["countries"]]
    for source in note["from"]:
        words += ["--from", source]
    if note["alternate_names"]:
        words += ["--alternate-names", note["alternate_names"]]
    return shlex.join(words)


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.inputs.json")


def _state(path: Path) -> dict[str, Any]:
    from geodata.gazetteer.fingerprint import inputs_fingerprint  # noqa: PLC0415

    status = path.stat()
    return {"inputs": inputs_fingerprint(), "size": status.st_size, "modified_ns": status.st_mtime_ns}


def note_inputs(path: Path) -> None:
    """Write beside the gazetteer what it was made from, so that a later build can tell."""
    _note(path).write_text(json.dumps(_state(path)), encoding="utf-8")


def is_current(path: Path) -> bool:
    """Tell whether the gazetteer there was made by this code from these data."""
    from geodata.errors import GazetteerError  # noqa: PLC0415
    from geodata.gazetteer import Gazetteer  # noqa: PLC0415

    try:
        Gazetteer(path)
        return bool(json.loads(_note(path).read_text(encoding="utf-8")) == _state(path))
    except (GazetteerError, OSError, ValueError):
        return False
