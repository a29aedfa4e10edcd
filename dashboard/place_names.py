"""What every place name of an article stands for, why, and which places lost, as HTML. Pure; all text is escaped here."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from dashboard.texts import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.event import Mention, Reading

    NameOf = Callable[[str], str]

MOST_NAMES = 150
_CERTAIN = 0.995  # from here on rounding would say 100%
HINT = (
    "Every place that a name may mean gets a score: how well known it is, how well the name fits, and what the rest of "
    "the article speaks of. The highest is taken if it is sure enough."
)


def grouped(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Put mentions of one name that came to one answer together, in the order of the text.

    The reasons for one answer differ with what stands beside each mention; the first is told.
    """
    groups: dict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[
            mention.text.casefold(), mention.place.id if mention.place else "", "" if mention.place else mention.reason
        ].append(mention)
    return list(groups.values())


def place_names_html(reading: Reading, name_of: NameOf) -> str:
    """Return one line for each name, which opens to the reasons and the places that lost.

    Parameters
    ----------
    reading
        What was read.
    name_of
        From a country's or province's code to its name.
    """
    groups = grouped(reading.mentions)[:MOST_NAMES]
    return f'<div class="cm-names" data-testid="place-names">{"".join(_name(group, name_of) for group in groups)}</div>'


def _name(group: Sequence[Mention], name_of: NameOf) -> str:
    mention = group[0]
    place = mention.place
    facts = []
    if place is None:
        answer = "not placed"
    else:
        answer = place.in_words(name_of)
        facts += [place.kind, sure_words(mention.confidence)]
    if len(group) > 1:
        facts.append(f"named {count_words(len(group), 'time')}")
    if all(one.metonymic for one in group):
        facts.append("stands for a government or organisation")
    head = f"<b>{escape(mention.text)}</b> → {escape(answer)}"
    if facts:
        head += f' <span class="cm-names-facts">{escape(" · ".join(facts))}</span>'
    return f"<details><summary>{head}</summary>{_body(mention, name_of)}</details>"


def _body(mention: Mention, name_of: NameOf) -> str:
    taken = mention.place
    told = mention.reason or ("the best-known place of this name" if taken else "no place of this name is known")
    parts = [f'<p class="cm-names-why">{"Why here" if taken else "Why nowhere"}: {escape(told)}.</p>']
    if not mention.considered:
        return "".join(parts)
    items = []
    for one in mention.considered:
        is_taken = taken is not None and one.place.id == taken.id
        why = "taken" if is_taken else one.why
        people = f", {one.place.population:,} people" if one.place.population else ""
        facts = f"{one.place.kind}{people} · score {one.score:.1f}"
        lines = [f'{escape(one.place.in_words(name_of))} <span class="cm-names-facts">{escape(facts)}</span>']
        if why:
            lines.append(escape(why[:1].upper() + why[1:]))
        opening = '<li class="cm-names-taken">' if is_taken else "<li>"
        items.append(f"{opening}{'<br>'.join(lines)}</li>")
    parts.append(f"<ol>{''.join(items)}</ol>")
    if len(mention.considered) == 1:
        parts.append('<p class="cm-names-why">No other place of this name is known.</p>')
    return "".join(parts)


def sure_words(confidence: float) -> str:
    """Say how sure an answer is; nothing that a program reads is certain."""
    return "over 99% sure" if confidence >= _CERTAIN else f"{confidence:.0%} sure"
