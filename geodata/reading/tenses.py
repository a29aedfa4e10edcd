"""In which tense a verb stands, and of which time a sentence therefore speaks."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_HAVE = frozenset({"have", "'ve", "’ve", "'s", "’s"})
_MODALS = frozenset({"will", "would", "shall", "should", "can", "could", "may", "might", "must", "'ll", "’ll", "'d", "’d", "wo", "ca"})  # fmt: skip
_PRESENT = frozenset({"VBZ", "VBP"})
_VERBS = frozenset({"VERB", "AUX"})
_AUXILIARIES = frozenset({"aux", "auxpass"})


class Tense(StrEnum):
    """The tense of a verb, as far as dates go."""

    PAST = "past"
    PLUPERFECT = "pluperfect"
    PRESENT = "present"
    PERFECT = "perfect"  # "has arrested"
    FUTURE = "future"  # with a modal verb: "will", "would", "could"
    NONE = ""


def tense_of(verb: Token) -> Tense:
    """Return the tense of a verb; that of the verb above it where it has none itself ("forcing them to flee")."""
    while True:
        found = _own_tense(verb)
        if found is not Tense.NONE or verb.head == verb:
            return found
        verb = verb.head


def _own_tense(verb: Token) -> Tense:
    if verb.pos_ not in _VERBS:
        return Tense.NONE
    helpers = [child for child in verb.children if child.dep_ in _AUXILIARIES]
    if any(child.lower_ in _MODALS or child.tag_ == "MD" for child in helpers) or verb.tag_ == "MD":
        return Tense.FUTURE
    first = helpers[0] if helpers else verb
    if not helpers and verb.dep_ == "conj" and verb.head.pos_ in _VERBS and not _has_subject(verb):
        shared = _own_tense(verb.head)
        # "has met the envoy and called on": one "has" for both, whatever the second verb's form
        if shared in {Tense.PERFECT, Tense.PLUPERFECT} and verb.tag_ in {"VBN", "VBD"}:
            return shared
    if first.lower_ == "to" or first.tag_ in {"VB", "VBG"}:
        return Tense.NONE
    if helpers and (first.lemma_ == "have" or first.lower_ in _HAVE) and verb.tag_ != "VBG":
        return Tense.PLUPERFECT if first.tag_ == "VBD" or first.lower_ == "had" else Tense.PERFECT
    if helpers and first.lemma_ == "have":
        return Tense.PLUPERFECT if first.tag_ == "VBD" or first.lower_ == "had" else Tense.PERFECT
    if first.tag_ in _PRESENT:
        return Tense.PRESENT
    return Tense.PAST if first.tag_ == "VBD" else Tense.NONE


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass", "csubj", "expl"} for child in verb.children)
