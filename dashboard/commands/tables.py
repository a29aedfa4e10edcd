"""A reading as a table for the terminal. Everything from articles is made harmless first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.commands.common import plain
from dashboard.texts import PRECISION_WORDS, PUBLISHED_BASIS_WORDS, count_words, day_words, toll_words, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console
    from rich.table import Table

    from geodata.article import Article
    from geodata.event import Actor, Event, Mention, Reading

_TITLE = 80  # characters
_QUOTE = 300


def show(reading: Reading, console: Console, *, only_places: bool = False) -> None:
    """Print what was read in one article: events (unless none were looked for), places, what could not be read."""
    console.print(heading(reading.article), style="bold", markup=False)
    if reading.events:
        console.print(_events(reading.events))
    elif not only_places:
        console.print("No event was found.", markup=False)
    if reading.mentions:
        console.print(f"Places: {_places(reading.mentions)}", markup=False)
    elif only_places:
        console.print("No place name was found.", markup=False)
    for problem in reading.problems:
        console.print(f"! {plain(problem.message)}", markup=False)
    console.print()


def heading(article: Article) -> str:
    """Name an article: its title or first words, source and date."""
    name = plain(article.title or article.text[:1000], _TITLE)
    published = "date of publication not known"
    if article.published:
        published = f"published {day_words(article.published)}"
        published += f" ({PUBLISHED_BASIS_WORDS[article.published_basis.value]})"
    return " · ".join(part for part in (name, plain(article.source, _TITLE), published) if part)


def _events(events: Sequence[Event]) -> Table:
    from rich.table import Table  # noqa: PLC0415 - not needed for --help
    from rich.text import Text  # noqa: PLC0415

    table = Table(show_lines=True, expand=False)
    for name in ("When", "What", "Who → whom", "Where"):
        table.add_column(name, overflow="fold")
    table.add_column("Sentence", ratio=1, overflow="fold")
    for event in events:
        table.add_row(*(Text(cell) for cell in _cells(event)))
    return table


def _cells(event: Event) -> Iterator[str]:
    yield when_words(event.date_start, event.date_end, event.date_precision)
    what = event.type.label + (f" ({plain(event.mode)})" if event.mode else "")
    if toll := toll_words(event):
        what += f"; {toll.lower()}"
    yield what
    yield f"{_names(event.source_actors)} → {_names(event.target_actors)}"
    if event.place is None:
        yield f"Not placed: {plain(event.unplaced_reason)}"
    else:
        yield f"{plain(event.place.name)} ({PRECISION_WORDS[event.place.precision]})"
    yield plain(event.quote, _QUOTE)


def _names(actors: Sequence[Actor]) -> str:
    return ", ".join(plain(actor.name, _TITLE) for actor in actors) or "not said"


def _places(mentions: Sequence[Mention]) -> str:
    counted: dict[str, int] = {}
    for mention in mentions:
        place = mention.place
        where = f"{place.name}, {place.country}" if place and place.country else place.name if place else ""
        name = plain(where or f"{mention.text} (not placed)")
        counted[name] = counted.get(name, 0) + 1
    return "; ".join(name if count == 1 else f"{name} ×{count}" for name, count in counted.items())


def batch_summary(*, texts: int, events: int, toponyms: int, failed: int, doubtful: int) -> str:
    """Say what a batch gave, in one sentence."""
    said = f"{count_words(texts, 'text')}: {count_words(events, 'event')}, {count_words(toponyms, 'place name')}"
    said += f"; {failed:,} could not be read" if failed else ""
    return said + (f"; {doubtful:,} with problems noted" if doubtful else "") + "."
