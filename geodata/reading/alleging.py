"""What somebody is said to have done: alleged in passing, it is no act that the text tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.reading.grammar import agents, is_charged
from geodata.reading.habits import is_present
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

# Held for it, wanted for it: whether it was so is not said.
_HELD = word_set("arrest detain hold apprehend capture want seek hunt investigate question charge try wanted")
_ALLEGING = frozenset({"accuse", "allege", "suspect", "blame"})
_SIDE = frozenset({"acl", "relcl", "amod"})
_WHEN, _WHERE = frozenset({"DATE", "TIME"}), frozenset({"GPE", "LOC", "FAC"})
_AT = frozenset({"in", "at", "near", "outside", "around"})
# "Groups fighting the government": who they are, not what they did.
_BEING = word_set("fight battle oppose back support seek resist")
# "The two men providing food to the camp were shot": what they were there for.
_SERVING = word_set("provide supply deliver carry guard protect escort serve assist accompany transport")


def is_allegation(verb: Token) -> bool:
    """Tell what is only alleged: "a group suspected of backing rebels", "held for fighting"; not what has a day or a place.

    "A accused B of burning the school in Tal Afar" tells of a fire, as A has it. Said in passing, of somebody
    described, it tells of none.
    """
    prep = verb.head
    if verb.dep_ != "pcomp" or prep.dep_ != "prep":
        return False
    charging = prep.head
    if is_charged(verb):
        return charging.dep_ in _SIDE or not _has_day_or_place(verb)
    return prep.lower_ in {"for", "over"} and charging.lemma_.lower() in _HELD


def is_standing(verb: Token) -> bool:
    """Tell what somebody is by a participle: "groups fighting the government", "people seeking asylum"."""
    return verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.lemma_.lower() in _BEING | _SERVING


def is_said_of(verb: Token) -> bool:
    """Tell what is alleged by nobody and at no time: "the mayor is accused of", "is alleged to have helped"."""
    if verb.lemma_.lower() not in _ALLEGING or not is_present(verb) or verb.tag_ != "VBN":
        return False
    return not agents(verb)


def _has_day_or_place(verb: Token) -> bool:
    return any(
        token.ent_type_ in _WHEN
        or ((token.pos_ == "PROPN" or token.ent_type_ in _WHERE) and token.dep_ == "pobj" and token.head.lower_ in _AT)
        for token in verb.subtree
    )
