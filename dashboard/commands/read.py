"""`conflictmap read`: text in, events out; nothing is stored."""

import json
import logging
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.commands.common import console, day, output, progress, recipe, warn, warn_all
from dashboard.commands.intake import STANDARD_INPUT, Taken

if TYPE_CHECKING:
    from dashboard.commands.batch import Answer
    from geodata.reading.pool import Recipe

_EPILOG = """\b
Examples:
  conflictmap read article.txt --published 2017-10-23
  cat article.txt | conflictmap read --json
  conflictmap read --jsonl in.jsonl -o out.jsonl --processes 4
  conflictmap read article.txt --only-places

\b
A line of in.jsonl:  {"id": "a1", "text": "...", "published": "2017-10-23"}
and, if known, "title", "url", "source", and "toponyms": [{"start": 0, "end": 6}].
"""

log = logging.getLogger(__name__)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("read", epilog=_EPILOG)(read)


def read(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Text, HTML, JSON lines or CSV; “-”, or nothing when piped to, is standard input."),
    ] = None,
    *,
    jsonl: Annotated[
        Path | None,
        typer.Option("--jsonl", help="Batch work: one text a line as JSON, one line of JSON out for each."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write JSON lines to this file instead of standard output.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False,
    published: Annotated[
        str, typer.Option(help="Day of publication, as 2017-10-23, where a file does not give it.")
    ] = "",
    title: Annotated[str, typer.Option(help="Title, where a file does not give it.")] = "",
    given_toponyms: Annotated[
        bool,
        typer.Option("--given-toponyms", help="With --jsonl: place the spans of “toponyms” instead of finding names."),
    ] = False,
    only_places: Annotated[
        bool, typer.Option("--only-places", help="Find place names and no events, in about half the time.")
    ] = False,
    processes: Annotated[int, typer.Option(min=1, max=256, help="How many processes read.")] = 1,
) -> None:
    """Read articles and show their events. Nothing is stored."""
    if jsonl is not None:
        if files:
            msg = "Give either files or --jsonl."
            raise typer.BadParameter(msg)
        _read_batch(jsonl, out, recipe(only_places=only_places), given=given_toponyms, processes=processes)
        return
    if given_toponyms:
        msg = "--given-toponyms needs --jsonl, whose lines give the spans."
        raise typer.BadParameter(msg)
    if not files and sys.stdin.isatty():
        msg = "Name a file, or pipe a text into the command."
        raise typer.BadParameter(msg)
    taken = Taken()
    taken.add_files(files or [Path(STANDARD_INPUT)])
    taken.set_details(published=day(published), title=title)
    warn_all(taken.failed + taken.remarks)
    if taken.articles:
        _read_articles(taken, out, recipe(only_places=only_places), as_json=as_json, processes=processes)
    if taken.failed:
        raise typer.Exit(1)


def _read_articles(taken: Taken, out: Path | None, made: "Recipe", *, as_json: bool, processes: int) -> None:
    from dashboard.commands.tables import show  # noqa: PLC0415 - not for --help
    from geodata.reading.pool import PooledReader  # noqa: PLC0415
    from geodata.reading.to_dict import reading_to_dict  # noqa: PLC0415

    count = 0
    readings = PooledReader(made).read_many(taken.articles, processes=processes)
    if not as_json and out is None:
        drawn = console()
        for count, reading in enumerate(readings, start=1):  # noqa: B007 - used after the loop
            show(reading, drawn, only_places=made.only_places)
    else:
        with output(out) as file:
            for count, reading in enumerate(readings, start=1):  # noqa: B007
                file.write(json.dumps(reading_to_dict(reading), ensure_ascii=False).encode() + b"\n")
    missing = len(taken.articles) - count
    if missing:
        taken.failed.append("")
        warn(f"{missing:,} of {len(taken.articles):,} articles could not be read; the log says more.")


def _read_batch(jsonl: Path, out: Path | None, made: "Recipe", *, given: bool, processes: int) -> None:
    from dashboard.commands.batch import lines_of, read_line  # noqa: PLC0415
    from dashboard.commands.tables import batch_summary  # noqa: PLC0415
    from geodata.reading.pool import read_in_order  # noqa: PLC0415

    piped = str(jsonl) == STANDARD_INPUT
    texts = events = toponyms = failed = doubtful = done = 0
    with sys.stdin.buffer if piped else jsonl.open("rb") as lines, output(out) as file, progress("Reading") as move:
        size = 0 if piped else jsonl.stat().st_size
        task = partial(read_line, given=given)
        answers = read_in_order(task, lines_of(lines), made, processes=processes)
        for answer in answers:
            file.write(answer.out)
            _log(answer)
            texts += 1
            events += answer.events
            toponyms += answer.toponyms
            failed += answer.failed
            doubtful += bool(answer.problems) and not answer.failed
            done += answer.size
            move(f"{texts:,} texts read", min(1.0, done / size) if size else 0.0)
    warn(batch_summary(texts=texts, events=events, toponyms=toponyms, failed=failed, doubtful=doubtful))


def _log(answer: "Answer") -> None:
    if answer.trace:
        log.warning("A line could not be read:\n%s", answer.trace)
