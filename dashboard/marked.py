"""The text of an article with what was read in it marked. Pure; everything is escaped here."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.event import SpanKind

if TYPE_CHECKING:
    from geodata.event import Mention, Reading

LEGEND = (
    ("cm-span-event", "sentence of an event"),
    ("cm-span-verb", "act"),
    ("cm-span-source", "actor"),
    ("cm-span-date", "date"),
    ("cm-span-place", "place"),
    ("cm-span-unplaced", "name without a place"),
)
# Of two marks on the same letters, the one further right is seen.
_RANK = {"date": 0, "target": 1, "source": 2, "verb": 3, "unplaced": 4, "place": 5}


def legend_html() -> str:
    """Return what the marks mean."""
    return (
        '<div class="cm-legend-line">'
        + "".join(f'<span><mark class="cm-span {name}">{escape(words)}</mark></span>' for name, words in LEGEND)
        + "</div>"
    )


def _mention_title(mention: Mention) -> str:
    if mention.place is None:
        return mention.reason or "could not be resolved"
    place = mention.place
    where = ", ".join(part for part in (place.name, place.admin1 or place.country) if part)
    words = f"{where} ({place.kind}, {mention.confidence:.0%} sure)"
    return f"{words}; stands for a government or organisation" if mention.metonymic else words


def marked_article(reading: Reading) -> str:
    """Return the whole text: sentences of events underlined, their parts and all place names tinted.

    The text is cut wherever any mark begins or ends, so overlapping marks never nest wrongly.
    """
    text = reading.article.text
    marks: list[tuple[int, int, str, str]] = []
    for event in reading.events:
        marks += [
            (span.start, span.end, span.kind.value, "") for span in event.spans if span.kind is not SpanKind.PLACE
        ]
    for mention in reading.mentions:
        kind = "place" if mention.place else "unplaced"
        marks.append((mention.start, mention.end, kind, _mention_title(mention)))
    marks = [mark for mark in marks if 0 <= mark[0] < mark[1] <= len(text)]
    quotes = [(event.start, event.end) for event in reading.events if 0 <= event.start < event.end <= len(text)]
    cuts = sorted({0, len(text), *(n for mark in marks for n in mark[:2]), *(n for quote in quotes for n in quote)})
    return f'<div class="cm-article" data-testid="article-text">{_pieces(text, cuts, marks, quotes)}</div>'


def _pieces(text: str, cuts: list[int], marks: list[tuple[int, int, str, str]], quotes: list[tuple[int, int]]) -> str:
    starts = sorted(marks)
    active: list[tuple[int, int, str, str]] = []
    following = 0
    open_quotes = sorted(quotes)
    pieces = []
    for first, last in pairwise(cuts):
        while following < len(starts) and starts[following][0] <= first:
            active.append(starts[following])
            following += 1
        active = [mark for mark in active if mark[1] > first]
        while open_quotes and open_quotes[0][1] <= first:
            open_quotes.pop(0)
        piece = escape(text[first:last])
        if active:
            _, _, kind, title = max(active, key=lambda mark: _RANK.get(mark[2], 0))
            said = f' title="{escape(title)}"' if title else ""
            piece = f'<mark class="cm-span cm-span-{kind}"{said}>{piece}</mark>'
        if any(a <= first < b for a, b in open_quotes[:4]):
            piece = f'<mark class="cm-span cm-span-event">{piece}</mark>'
        pieces.append(piece)
    return "".join(pieces)
