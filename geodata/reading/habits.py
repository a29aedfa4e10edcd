"""What is told of no time: habits ("we often get"), general truths ("when it rains"), what a paper provides for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.reading.grammar import governors, subjects
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_HABITS = word_set(
    "always often usually regularly sometimes typically normally generally routinely frequently rarely seldom"
)
_REGULARLY = word_set("regularly routinely frequently often always usually")
# "The accord calls for elections": it lies there and says so.
_PAPERS = word_set("accord agreement blueprint charter constitution deal law memorandum pact plan roadmap treaty")
# "Attacks on convoys remain common": how often, and none in particular.
_HOW_OFTEN = word_set(
    "common commonplace frequent infrequent rare regular routine rife constant widespread likely unlikely possible inevitable imminent"
)
_BEING = word_set("be remain become stay seem appear look")
_WHENEVER = frozenset({"when", "whenever", "once", "until", "till"})
_OPENING = 6  # tokens: "it is only the second time"
_HOLDING = word_set("occupy hold control rule besiege blockade")
_STOPS = frozenset(".!?\"'”’")
_TO_COME = frozenset({"will", "wo", "'ll", "can", "ca", "must", "should", "may", "might"})


def is_present(verb: Token) -> bool:
    """Whether a verb is in the simple present: "plays", "is blamed"; not "is fighting", "has been blamed"."""
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if not helpers:
        return verb.tag_ in {"VBZ", "VBP"}
    return verb.tag_ == "VBN" and len(helpers) == 1 and helpers[0].lemma_ == "be" and helpers[0].tag_ in {"VBZ", "VBP"}


def is_habit(verb: Token) -> bool:
    """Tell what is done time and again, or laid down: "we often get reports of people asking", "the plan calls for"."""
    if is_present(verb) and any(subject.lemma_.lower() in _PAPERS for subject in subjects(verb)[:1]):
        return True
    return any(
        is_present(above) and any(child.lower_ in _HABITS for child in above.children)
        for above in (verb, *governors(verb))
    )


def is_done_regularly(verb: Token) -> bool:
    """Tell "has regularly attacked", which sums up, from "has attacked"; "has often accused" is still said."""
    own = {child.lower_ for child in verb.children}
    return bool(own & {"has", "have"}) and bool(own & _REGULARLY) and verb.tag_ in {"VBN", "VBG"}


def is_reckoned(verb: Token) -> bool:
    """Tell "it is the first time guards have been killed there", which counts, from "it was the first time that"."""
    opening = verb.sent[:_OPENING]
    counted = (
        len(opening) == _OPENING and opening[0].lower_ in {"it", "this", "that"} and opening[1].lower_ in {"is", "'s"}
    )
    if not counted or verb.i <= opening[1].i or not any(token.lower_ == "time" for token in opening):
        return False
    return any(child.lower_ in {"have", "has"} for child in verb.children)


def is_kept(verb: Token) -> bool:
    """Tell "continues to occupy the island", which has been so all along, from "occupied the island"."""
    return verb.lemma_.lower() in _HOLDING and verb.dep_ == "xcomp" and verb.head.lemma_.lower() == "continue"


def is_how_often(verb: Token) -> bool:
    """Tell "remain common", "are rare", which say of a deed how often it is done and not that it was."""
    if verb.lemma_.lower() not in _BEING or not is_present(verb):
        return False
    said = [child for child in verb.children if child.dep_ in {"acomp", "attr", "oprd"}]
    return any(word.lemma_.lower() in _HOW_OFTEN for word in said)


def in_general(clause: Token) -> bool:
    """Tell "when they attack, we flee" from "when they attacked, we fled"; headlines tell what happened in the present."""
    if clause.dep_ != "advcl" or not is_present(clause) or clause.sent.text.rstrip()[-1:] not in _STOPS:
        return False  # a headline has no full stop
    main = clause.head
    lasting = is_present(main) or any(child.lower_ in _TO_COME for child in main.children if child.dep_ == "aux")
    return lasting and any(child.lower_ in _WHENEVER or _is_as_long_as(child) for child in clause.children)


def _is_as_long_as(mark: Token) -> bool:
    return mark.dep_ == "mark" and mark.lower_ == "as" and mark.i > 0 and mark.nbor(-1).lower_ in {"long", "soon"}
