"""Who says what a verb reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.reading.factuality import SAYING
from geodata.reading.grammar import after, agents, is_charged, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

_HOW_TOLD = frozenset({"speak", "talk", "ask", "decline", "refuse", "request", "insist", "call", "contact", "reach"})


def speaker_of(verb: Token) -> Token | None:
    """Find who says what a verb reports: the subject of the nearest verb of saying above it."""
    if is_charged(verb):
        return next(iter(agents(verb.head.head)), None)
    token = verb
    while token.head != token:
        token = token.head
        if token.lemma_.lower() in SAYING and token.pos_ == "VERB":
            saying = agents(token)
            if saying and saying[0].head != verb:
                return saying[0]
    for child in verb.children:
        if child.dep_ == "parataxis" and child.lemma_.lower() in SAYING:  # "..., the governor said" hung below
            saying = subjects(child)
            if saying:
                return saying[0]
        if child.dep_ == "prep" and child.lower_ == "according":
            told = after(child, "to")
            if told:
                return told[0]
    return None


def verbs_of_speech(verb: Token) -> set[int]:
    """Return the token indices of a verb and of those above it in which the same speaker goes on.

    "Said in Istanbul that the vote was void and threatened to ...": what was said was said there.
    """
    found = {verb.i}
    token = verb
    while token.head != token and token.dep_ in {"conj", "ccomp", "xcomp", "advcl"}:
        token = token.head
        if token.pos_ not in {"VERB", "AUX"}:
            break
        found.add(token.i)
    return found


def is_attribution(verb: Token) -> bool:
    """Tell how a source spoke from what it reports: "two residents, who spoke by telephone", "who asked not to be named"."""
    if verb.dep_ != "relcl" or verb.lemma_.lower() not in _HOW_TOLD:
        return False
    source = verb.head
    cited = source.dep_ == "pobj" and source.head.lower_ == "to" and source.head.head.lower_ == "according"
    return cited or (source.dep_ == "nsubj" and source.head.lemma_.lower() in SAYING)
