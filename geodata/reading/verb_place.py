"""The places where the act of one verb happened, several where the sentence joins them; none is an answer too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.reading.grammar import agents, objects
from geodata.reading.spots import spots_of
from geodata.reading.tie_weights import LIKELY, MOST_LIKELY, tie_weights
from geodata.reading.ties import AROUND, Focus, ties

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.event import Mention
    from geodata.reading.passages import Passage
    from geodata.reading.spots import Spot


def ties_of_verb(verb: Token, passage: Passage) -> list[tuple[Spot, dict[str, float]]]:
    """Return the place names of a verb's sentence, and how each is tied to the verb."""
    spots = spots_of(verb.sent, passage)
    sources, targets = ({token.i for token in found} for found in (agents(verb), objects(verb)))
    focus = Focus(verb, frozenset({verb.i}), frozenset(sources), frozenset(targets))
    return list(zip(spots, ties(focus, spots), strict=True))


def places_of_verb(verb: Token, passage: Passage) -> list[Mention]:
    """Return the place names that say where the act of a verb happened, in order.

    A name that no gazetteer knows counts: such a mention has no place.
    """
    model = tie_weights()
    judged = [(spot, tie, model.likelihood(tie)) for spot, tie in ties_of_verb(verb, passage)]
    if not judged:
        return []
    best, _, most = max(judged, key=lambda one: one[2])
    if most < LIKELY:
        return []
    joined = _first_joined(best.head)
    found = [best.mention]
    for spot, tie, likely in judged:
        enough = LIKELY if _first_joined(spot.head) == joined else MOST_LIKELY
        if spot != best and likely >= enough and AROUND not in tie:
            found.append(spot.mention)
    return sorted(found, key=lambda mention: mention.start)


def _first_joined(head: Token) -> Token:
    """Return the first of names that are joined: "in Kirkuk, Mosul and Erbil"."""
    while head.dep_ in {"conj", "appos"} and head.head != head:
        head = head.head
    return head
