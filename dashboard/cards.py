"""An event as a card, as HTML. Pure: no Streamlit in here, so the saved file uses it too.

Everything that comes from an article is escaped here and nowhere else; the functions take plain
text and give markup.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.card_reasons import reasons_html
from dashboard.maps.colours import QUAD_COLOURS
from dashboard.texts import (
    DATE_BASIS_WORDS,
    PLACE_BASIS_WORDS,
    PRECISION_WORDS,
    count_words,
    day_words,
    toll_words,
    when_words,
)
from geodata.event import PlaceBasis
from geodata.ontology import Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.event import Actor, Event, Span
    from geodata.store.results import StoredEvent

_ACTORS_SHOWN = 3


def safe_link(url: str) -> str:
    """Return the address if it is an http or https one, else nothing.

    ``javascript:``, ``data:`` and everything else that a browser would run or open otherwise is
    left out, and so is an address that a browser would read differently (spaces, control signs).
    """
    if any(ord(letter) <= ord(" ") or letter in '"<>\\^`{|}' for letter in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname else ""


def marked_quote(quote: str, start: int, spans: Iterable[Span]) -> str:
    """Return the sentence with its verb, actors, place and date marked.

    Parameters
    ----------
    quote
        The sentence, as it stands in the article.
    start
        Where the sentence begins in the article's text; the spans count from the text's beginning.
    spans
        What to mark. Of two that overlap the longer one is marked; what lies outside is left out.
    """
    taken: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda s: s.start - s.end):
        first, last = span.start - start, span.end - start
        if first < 0 or last > len(quote) or first >= last:
            continue
        if all(last <= a or first >= b for a, b, _ in taken):
            taken.append((first, last, span.kind.value))
    pieces: list[str] = []
    position = 0
    for first, last, kind in sorted(taken):
        pieces.append(escape(quote[position:first]))
        pieces.append(f'<mark class="cm-span cm-span-{kind}" title="{kind}">{escape(quote[first:last])}</mark>')
        position = last
    pieces.append(escape(quote[position:]))
    return "".join(pieces)


def actors_words(actors: Sequence[Actor]) -> str:
    """Return the names of some actors as plain text."""
    names = list(dict.fromkeys(actor.name or actor.text for actor in actors))
    shown = ", ".join(names[:_ACTORS_SHOWN])
    return f"{shown} and {len(names) - _ACTORS_SHOWN} more" if len(names) > _ACTORS_SHOWN else shown


def who_html(event: Event) -> str:
    """Return who did it to whom."""
    source, target = actors_words(event.source_actors), actors_words(event.target_actors)
    arrow = ' <span class="cm-arrow" role="img" aria-label="to">→</span> '
    if source and target:
        return f"{escape(source)}{arrow}{escape(target)}"
    if target:
        return f"Not named{arrow}{escape(target)}"
    return escape(source) or "No actor named"


def place_html(event: Event) -> str:
    """Return where it was, how precisely and how that is known; or why it is not known."""
    place = event.place
    if place is None:
        reason = event.unplaced_reason or "no place is named"
        return f"Not placed: {escape(_lower_first(reason))}"
    how = PLACE_BASIS_WORDS.get(event.place_basis, "") if event.place_basis else ""
    if event.place_basis is PlaceBasis.ANAPHORA and event.place_text:
        how = f"“{event.place_text}” = {place.name}"
    return f"{escape(place.name)}, {PRECISION_WORDS[place.precision]}{_how(how)}"


def when_html(event: Event) -> str:
    """Return when it was and how that is known; or why it is not known."""
    if event.date_start is None:
        reason = f": {_lower_first(event.undated_reason)}" if event.undated_reason else ""
        return f"Date not known{escape(reason)}"
    how = DATE_BASIS_WORDS.get(event.date_basis, "") if event.date_basis else ""
    return f"{escape(when_words(event.date_start, event.date_end, event.date_precision))}{_how(how)}"


def _how(words: str) -> str:
    return f' <span class="cm-how">{escape(words)}</span>' if words else ""


def _lower_first(text: str) -> str:
    clean = text.strip().rstrip(".")
    # "UN" and "I" stay as they are; a plain capital at the start of a sentence goes.
    return clean[:1].lower() + clean[1:] if clean[1:2].islower() else clean


def chip_html(event: Event) -> str:
    """Return the type with the colour of its quad, and the mode."""
    words = event.type.label + (f" · {event.mode}" if event.mode else "")
    colour = QUAD_COLOURS[Quad(event.quad)]
    return (
        f'<span class="cm-chip" style="--quad:{colour}" title="{escape(Quad(event.quad).label)}">{escape(words)}</span>'
    )


def source_html(stored: StoredEvent) -> str:
    """Return the article: its publisher, its title as a link when it has a safe one, its day."""
    title = escape(stored.title or stored.url or "Article without a title")
    link = safe_link(stored.url)
    if link:
        title = f'<a href="{escape(link)}" target="_blank" rel="noopener noreferrer nofollow">{title}</a>'
    parts = [escape(stored.source)] if stored.source else []
    parts.append(title)
    if stored.published:
        parts.append(f"published {day_words(stored.published)}")
    return " · ".join(parts)


def card_html(stored: StoredEvent) -> str:
    """Return a card that reads like a sentence: what, who to whom, when, where, the evidence, the source."""
    event = stored.event
    extra = []
    if toll := toll_words(event):
        extra.append(f"<p class='cm-line'>{escape(toll)} stated</p>")
    if event.claimed_by:
        extra.append(f"<p class='cm-line'>Claimed by {escape(event.claimed_by)}</p>")
    return (
        f'<article class="cm-card" data-testid="event-card" data-event="{escape(event.id)}">'
        f'<div class="cm-card-top">{chip_html(event)}'
        f'<span class="cm-reports">{escape(count_words(stored.reports, "report"))}</span></div>'
        f'<h3 class="cm-who">{who_html(event)}</h3>'
        f'<p class="cm-line">{when_html(event)} · {place_html(event)}</p>'
        f'<blockquote class="cm-quote">{marked_quote(event.quote, event.start, event.spans)}</blockquote>'
        f"{''.join(extra)}"
        f"{reasons_html(stored)}"
        f'<p class="cm-source">{source_html(stored)}</p>'
        "</article>"
    )
