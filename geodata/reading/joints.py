"""Clauses that a parser joins to the place before them: "Shelling hit Gao and the rebels attacked Kidal".

Reports in one line leave out the comma that would tell "Gao and the rebels", no two of a kind, from two clauses. What
follows "and" and is at once followed by a verb is that verb's subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.reading.doers import is_deed
from geodata.reading.factuality import SAYING
from geodata.reading.grammar import NEEDS_OBJECT
from geodata.reading.roles import GROUND, KIND_OF, TOLLS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_AUXILIARY = frozenset({"aux", "auxpass"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_DESCRIBING = frozenset({"nmod", "amod", "compound"})
_BODIES = frozenset({"ORG", "NORP"})
_BETWEEN = frozenset({"between", "among", "with", "by", "against", "from"})
_IN = frozenset({"in", "at", "near", "around", "outside"})


def mend_joints(doc: Doc) -> Doc:
    """Part such clauses in a parsed text; returns it."""
    joined = (doc.to_array("DEP") == doc.vocab.strings["conj"]).nonzero()[0].tolist()  # asking each token is slow
    for token in [doc[number] for number in joined]:
        noun = token if token.pos_ in _NOUNS else _untangled(token)
        if noun is not None:
            _part(noun)
    return doc


def _untangled(adjective: Token) -> Token | None:
    """Read "hit Goma and Congolese soldiers shot" as two nouns joined, where the parser has two adjectives of one."""
    place, noun = adjective.head, adjective.head.head
    if (
        adjective.ent_type_ != "NORP"
        or place.ent_type_ not in _PLACES
        or place.dep_ not in _DESCRIBING
        or noun.i <= adjective.i
    ):
        return None
    above = noun.head
    if noun.dep_ in _SUBJECTS:
        hit = above.head  # which stands with an object: "attacked Goma"
        if above.dep_ != "ccomp" or hit.i > place.i or hit.lemma_.lower() not in NEEDS_OBJECT:
            return None
        if any(child.dep_ == "dobj" for child in hit.children):
            return None
        place.head, place.dep_ = hit, "dobj"
        above.dep_ = "conj"
        adjective.head, adjective.dep_ = noun, "amod"
        return None
    end = noun.right_edge.i + 1
    if end >= len(noun.doc) or noun.doc[end].tag_ not in _FINITE:
        return None
    place.head, place.dep_ = above, noun.dep_
    noun.head, noun.dep_ = place, "conj"
    adjective.head, adjective.dep_ = noun, "amod"
    return noun


def _part(noun: Token) -> None:
    place, doc = noun.head, noun.doc
    end = noun.right_edge.i + 1
    word = next((child for child in place.children if child.dep_ == "cc" and place.i < child.i < noun.i), None)
    if word is None or word.lower_ != "and" or end >= len(doc) or not (_is_place(place) and _is_somebody(noun)):
        return
    verb = doc[end]
    if verb.tag_ not in _FINITE or verb.pos_ not in _VERBS or verb.sent != noun.sent:
        return
    passive = verb.dep_ == "auxpass"
    verb = verb.head if verb.dep_ in _AUXILIARY else verb
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if any(child.i > noun.i for child in own):
        return
    first = _before_it(own, noun, verb) if own else _clause_before(place, verb)
    if first is not None:
        word.head = first
        noun.head, noun.dep_ = verb, "nsubjpass" if passive else "nsubj"


def _before_it(own: list[Token], noun: Token, verb: Token) -> Token | None:
    """Part a verb from what was taken for its subject; returns the head of what stands before the "and"."""
    if not all(_is_of_deed(child) and child.is_ancestor(noun) for child in own):
        return None
    if is_deed(noun) and verb.tag_ != "VBZ":
        return None  # "Attacks in Gao and raids were condemned": both; "and shelling hits Kidal": one of them
    above = verb.head
    if verb.dep_ == "ccomp" and above.pos_ in _VERBS and above.lemma_.lower() not in SAYING:
        # "Strikes cause casualties in Gao and the army retakes Kidal"
        for child in own:
            child.head, child.dep_ = above, "dobj"
        verb.dep_ = "conj"
        return above
    for child in own:
        child.dep_ = "conj"  # a report without a verb: "Clashes in Gao and jets bomb Kidal"
    return own[0]


def _clause_before(place: Token, verb: Token) -> Token | None:
    """Join a verb without a subject to that of the clause before; returns the latter."""
    first = _governor(place)
    if first is None or first == verb:
        return None
    if verb.dep_ != "ROOT":
        if not first.is_ancestor(verb):
            return None
        verb.head, verb.dep_ = first, "conj"
    return first


def _is_place(token: Token) -> bool:
    if token.ent_type_ in _PLACES or token.lemma_.lower() in GROUND:
        return True
    if token.dep_ == "pobj" and token.head.lower_ in _BETWEEN:
        return False
    if token.dep_ == "pobj" and token.head.lower_ in _IN and token.text[:1].isupper():
        return True
    return token.pos_ == "PROPN" and token.ent_type_ not in _BODIES and token.dep_ in {"pobj", "dobj", "appos"}


def _is_somebody(token: Token) -> bool:
    """Tell those who act and what they act with from another place."""
    if token.ent_type_ in _PLACES or token.lemma_.lower() in GROUND:
        return False
    lemma = token.lemma_.lower()
    return token.ent_type_ in _BODIES or lemma in KIND_OF or lemma.removesuffix("s") in KIND_OF or is_deed(token)


def _is_of_deed(token: Token) -> bool:
    return is_deed(token) or token.lemma_.lower() in TOLLS or token.lower_.removesuffix("s") in TOLLS


def _governor(token: Token) -> Token | None:
    while token.head != token:
        token = token.head
        if token.pos_ in _VERBS:
            return token
    return None
