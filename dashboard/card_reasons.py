"""How each field of an event is known, in words: what a card unfolds. Pure, and escaped here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dashboard.texts import DATE_BASIS_WORDS, PLACE_BASIS_WORDS, PRECISION_WORDS, day_words, when_words
from geodata.crosswalk import acled_like
from geodata.event import ActorKind, DateBasis, SpanKind
from geodata.ontology import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geodata.event import Actor, Event
    from geodata.store.results import StoredEvent

TITLE = "How this is known"
_SURE, _LIKELY = 0.8, 0.5  # of the confidence


def reasons_html(stored: StoredEvent) -> str:
    """Return what a card unfolds: for each field the words of the report that it was read from, and how."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in _rows(stored))
    return f'<details class="cm-why"><summary>{TITLE}</summary><dl>{rows}</dl></details>'


def _rows(stored: StoredEvent) -> Iterator[tuple[str, str]]:
    event = stored.event
    said = "; ".join(f"“{words}”" for words in _marked(event, SpanKind.VERB))
    mode = f", {event.mode}" if event.mode else ""
    yield "What", f"{said + ': ' if said else ''}{event.type.label}{mode} ({TYPES[event.type].gloss})"
    yield "Who", _actors(event.source_actors) or "the sentence does not say"
    yield "To whom", _actors(event.target_actors) or "the sentence does not say"
    yield "When", _when(stored)
    yield "Where", _where(event)
    if event.claimed_by:
        yield "Claimed", f"by {event.claimed_by}; nobody else is said to confirm it"
    if words := acled_like(event):
        yield "Like ACLED’s", f"{words}; ACLED has not coded this report"
    sure = "surely" if event.confidence >= _SURE else "probably" if event.confidence >= _LIKELY else "perhaps"
    yield "Read rightly", f"{sure} (confidence {event.confidence:.2f} of 1)"


def _actors(actors: Sequence[Actor]) -> str:
    """Write each actor as the text has it, and who that is."""
    told = []
    for actor in actors:
        kind = "" if actor.kind is ActorKind.UNKNOWN else f" ({actor.kind.value})"
        same = not actor.name or actor.name.casefold() == actor.text.casefold()
        told.append(f"“{actor.text}”{kind}" if same else f"“{actor.text}” is {actor.name}{kind}")
    return "; ".join(dict.fromkeys(told))


def _when(stored: StoredEvent) -> str:
    event = stored.event
    if event.date_start is None:
        return event.undated_reason or "no day is named"
    words = _first(_marked(event, SpanKind.DATE))
    how = DATE_BASIS_WORDS.get(event.date_basis, "") if event.date_basis else ""
    if event.date_basis is DateBasis.RELATIVE and stored.published:
        how = f"counted from publication, {day_words(stored.published)}"
    elif event.date_basis is DateBasis.PUBLICATION:
        how = "day of publication, since the sentence names none"
    elif event.date_basis is DateBasis.CARRIED:
        how = "counted from the day named before" if words else "named before, and still holding"
    day = when_words(event.date_start, event.date_end, event.date_precision)
    return ", ".join(part for part in (f"“{words}”" if words else "", how) if part) + f": {day}"


def _where(event: Event) -> str:
    place = event.place
    if place is None:
        return event.unplaced_reason or "no place is named"
    how = PLACE_BASIS_WORDS.get(event.place_basis, "") if event.place_basis else ""
    words = f"“{event.place_text}”" if event.place_text else ""
    return ", ".join(part for part in (words, how) if part) + f": {place.name}, {PRECISION_WORDS[place.precision]}"


def _marked(event: Event, kind: SpanKind) -> list[str]:
    """Return the marked words of a kind."""
    return [
        event.quote[span.start - event.start : span.end - event.start]
        for span in event.spans
        if span.kind is kind and event.start <= span.start < span.end <= event.start + len(event.quote)
    ]


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")
