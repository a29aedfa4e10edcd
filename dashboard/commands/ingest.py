"""`conflictmap ingest`: articles into the store."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.commands.common import day, plain, progress, recipe, say, warn_all
from dashboard.commands.intake import STANDARD_INPUT, Taken
from dashboard.texts import count_words
from geodata.settings import settings

if TYPE_CHECKING:
    from geodata.article import Article
    from geodata.event import Reading
    from geodata.pipeline import ArticleReader
    from geodata.store import Written

_LABEL = 200  # characters

_EPILOG = """\b
Examples:
  conflictmap ingest --samples
  conflictmap ingest reports/*.html news.csv --processes 2
  conflictmap ingest --url https://news.example/2017/10/23/kirkuk
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ingest", epilog=_EPILOG)(ingest)


def ingest(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Text, HTML, JSON lines or CSV; “-” is standard input.")
    ] = None,
    *,
    urls: Annotated[list[str] | None, typer.Option("--url", help="Address of a page; may be repeated.")] = None,
    samples: Annotated[bool, typer.Option("--samples", help="The articles that come with the program.")] = False,
    published: Annotated[
        str, typer.Option(help="Day of publication, as 2017-10-23, where a source does not give it.")
    ] = "",
    source: Annotated[str, typer.Option(help="The publisher's name, where a source does not give it.")] = "",
    processes: Annotated[int, typer.Option(min=1, max=256, help="How many processes read.")] = 1,
) -> None:
    """Read articles into the store; those that it has are not read again."""
    if not (files or urls or samples):
        msg = "Name files, or give --url or --samples."
        raise typer.BadParameter(msg)
    taken = Taken()
    if files:
        taken.add_files(files)
    if urls:
        taken.add_addresses(urls)
    taken.set_details(published=day(published), source=source)
    if samples:
        from geodata.samples import sample_articles  # noqa: PLC0415 - not for --help

        taken.articles += sample_articles()
    warn_all(taken.failed + taken.remarks)
    if taken.articles:
        _store(taken.articles, label=_label(files, urls, samples=samples), processes=processes)
    if taken.failed:
        raise typer.Exit(1)


def _store(articles: list["Article"], *, label: str, processes: int) -> None:
    from geodata.pipeline import read_into_store  # noqa: PLC0415
    from geodata.reading.pool import PooledReader  # noqa: PLC0415
    from geodata.store import Store  # noqa: PLC0415

    reader = _Counting(PooledReader(recipe()))
    with Store.open(settings().location) as store, progress("Reading") as move:
        written = read_into_store(articles, reader, store, processes=processes, progress=move, label=label)
    say(summary(written, not_placed=reader.not_placed, remarks=reader.remarks))
    warn_all(problem.message for problem in written.problems)
    if written.problems and not (written.articles_new or written.articles_known):
        raise typer.Exit(1)


def summary(written: "Written", *, not_placed: int, remarks: int) -> str:
    """Say what was stored, in two sentences at most."""
    known = f" ({written.articles_known:,} known already)" if written.articles_known else ""
    said = f"{count_words(written.articles_new, 'new article')}{known}, {count_words(written.events, 'event')}"
    said += f", {not_placed:,} of them not placed." if not_placed else "."
    if written.problems:
        said += f" {count_words(len(written.problems), 'article')} could not be read."
    if remarks:
        said += f" {count_words(remarks, 'remark')} on what is uncertain: see the Articles page."
    return said


class _Counting:
    """A reader that counts what could not be placed, on its way into the store."""

    def __init__(self, reader: "ArticleReader") -> None:
        self._reader = reader
        self.not_placed = 0
        self.remarks = 0

    def read(self, article: "Article") -> "Reading":
        return self._counted(self._reader.read(article))

    def read_many(self, articles: Iterable["Article"], *, processes: int = 1) -> Iterator["Reading"]:
        for reading in self._reader.read_many(articles, processes=processes):
            yield self._counted(reading)

    def _counted(self, reading: "Reading") -> "Reading":
        self.not_placed += sum(event.place is None for event in reading.events)
        self.remarks += len(reading.problems)
        return reading


def _label(files: list[Path] | None, urls: list[str] | None, *, samples: bool) -> str:
    names = [
        *(["samples"] if samples else []),
        *("standard input" if str(path) == STANDARD_INPUT else path.name for path in files or []),
        *(urls or []),
    ]
    # The name of a file need not be text; the label must be.
    return plain(", ".join(names).encode(sys.getfilesystemencoding(), "replace").decode(errors="replace"), _LABEL)
