"""What several commands share: words for the terminal, files that are never half-written, progress."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import typer

from geodata.settings import settings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

    from geodata.reading.pool import Recipe

_MOST_PROBLEMS = 20  # that are written out one by one
_WIDTH_OF_NO_TERMINAL = 120  # columns, when a table goes into a file or a pipe


def plain(text: str, longest: int = 0) -> str:
    """Return text that is safe to print: one line, nothing that moves the cursor, colours or turns writing round.

    Titles and texts come from anybody; a terminal obeys what it is sent.
    """
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if not longest or len(line) <= longest else line[: longest - 1].rstrip() + "…"


def say(text: str) -> None:
    """Print a line for the person at the terminal."""
    typer.echo(plain(text))


def warn(text: str) -> None:
    """Print a line to standard error."""
    typer.echo(plain(text), err=True)


def warn_all(messages: Iterable[str]) -> None:
    """Print the first problems to standard error, and how many more there are."""
    told = list(messages)
    for message in told[:_MOST_PROBLEMS]:
        warn(message)
    if len(told) > _MOST_PROBLEMS:
        warn(f"{len(told) - _MOST_PROBLEMS:,} more problems are not shown.")


def console() -> Console:
    """Return what draws tables on standard output."""
    from rich.console import Console  # noqa: PLC0415 - not needed for --help

    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=int(os.environ.get("COLUMNS") or _WIDTH_OF_NO_TERMINAL))


def recipe(*, only_places: bool = False) -> Recipe:
    """Return how the reader of this installation is made."""
    from geodata.reading.pool import Recipe  # noqa: PLC0415

    return Recipe(settings().gazetteer, settings().model, only_places)


def day(value: str) -> dt.date | None:
    """Read a day as people enter it; an empty one is None.

    Raises
    ------
    typer.BadParameter
        If it is no day on which an article can have been published.
    """
    if not value.strip():
        return None
    from geodata.sources.dates import parse_published  # noqa: PLC0415

    try:
        return parse_published(value)
    except ValueError as error:
        msg = f"“{plain(value, 40)}” {error}."
        raise typer.BadParameter(msg) from error


@contextlib.contextmanager
def progress(title: str) -> Iterator[Callable[[str, float], None]]:
    """Show a progress bar on standard error, when that is a terminal; yields what moves it.

    What is yielded takes a sentence and the share done (0 to 1), as the library reports them.
    """
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    drawn = Console(stderr=True)
    with Progress(*columns, console=drawn, transient=True, disable=not drawn.is_terminal) as bar:
        task = bar.add_task(title, total=1.0)

        def move(words: str, share: float) -> None:
            bar.update(task, description=plain(words, 60), completed=share)

        yield move


@contextlib.contextmanager
def output(path: Path | None) -> Iterator[IO[bytes]]:
    """Open a file that appears under its name only when it is whole; None or "-" is standard output.

    It is written beside its place, synced and renamed. When anything goes wrong before the end,
    what stood there stays as it was.
    """
    if path is None or str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path.exists() and not path.is_file():
        if path.is_dir():
            msg = f"{plain(str(path))} is a folder: name a file."
            raise typer.BadParameter(msg)
        with path.open("wb") as device:  # /dev/null, a named pipe: must not be replaced
            yield device
        return
    place = path.resolve()  # through a link: the file changes, not the link
    part = place.with_name(f".{place.name[:200]}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)


class _LogFile(logging.FileHandler):
    """A log that makes its folder with the first line, and never gets in the way."""

    def _open(self) -> Any:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Do without the line: a full disk must not fill the terminal too."""


def log_path() -> Path:
    """Where the details of what went wrong are written."""
    return settings().data_dir / "conflictmap.log"


@contextlib.contextmanager
def logged() -> Iterator[None]:
    """Send warnings of our own code to the log file instead of the terminal."""
    handler = _LogFile(log_path(), encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    loggers = [logging.getLogger(name) for name in ("geodata", "dashboard")]
    before = [(one, one.propagate) for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.propagate = False
    try:
        yield
    finally:
        for one, was in before:
            one.removeHandler(handler)
            one.propagate = was
        handler.close()
