"""Candidates: every verb or noun of a sentence that may report an event, with a rule of its own or without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.reading.act import Act
from geodata.reading.factuality import status_of
from geodata.reading.grammar import after, agents, objects
from geodata.reading.lexicon import OPEN
from geodata.reading.speech import speaker_of
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.ontology import EventType
    from geodata.reading.lexicon import Rule

# Verbs that report nothing without a rule of their own.
_EMPTY = word_set("be have do say get go add seem become come let keep need")
# What is kept from being done was not done: "police foil an attack".
_KEEPING_FROM = word_set("foil thwart avert prevent deter")
_NEVER = _EMPTY | _KEEPING_FROM
_TO_WHOM = ("against", "on", "with", "at", "to", "toward", "towards", "from", "for", "over", "upon", "into", "of")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may report an event.

    Parameters
    ----------
    act
        Who takes part, as the rules have it; its type counts only where `proposed` is set.
    rule
        The rule of the lexicon that the word meets, if any.
    proposed
        The type that the rules propose, announcements already turned into promises and threats.
    """

    act: Act
    rule: Rule | None = None
    proposed: EventType | None = None


def bare(verb: Token) -> Candidate | None:
    """Return the candidate of a verb that no rule knows, or None when such a verb reports nothing."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() in _NEVER or verb.dep_ in {"amod", "aux", "auxpass", "compound"}:
        return None
    if verb.lemma_.lower() == "seek" and any(child.dep_ == "xcomp" for child in verb.children):
        return None  # "sought to end the siege": what one seeks to do is asked of nobody
    targets = objects(verb) or after(verb, *_TO_WHOM)
    act = Act(verb, verb, OPEN, tuple(agents(verb)), tuple(targets), status_of(verb), speaker_of(verb))
    return Candidate(act)
