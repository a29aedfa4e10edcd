"""Whether a place name stands for those who govern there: "Baghdad rejected the vote"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.reading import place_words as words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.event import Place
    from geodata.reading.passages import Passage

_GOVERNED = frozenset({Precision.COUNTRY, Precision.PROVINCE, Precision.SETTLEMENT})
_LOOK = 60
_FILLER = (
    r"(?:has|have|had|also|will|would|could|may|might|must|should|never|not|later|again|then|now|still|already|repeatedly|"
    r"on \w+day|last \w+|this \w+|is|are|was|were|been|both|itself)"
)
_ACTS = re.compile(
    rf"^(?:,? (?:and|or|,) [A-Z][\w.'’-]+| and [A-Z][\w.'’-]+ [A-Z][\w.'’-]+)*(?: {_FILLER})*\s+(?P<verb>[a-z]+)\b"
)
_POSSESSES = re.compile(r"^['’]s?\s+(?:[a-z]+\s+)?(?P<noun>[a-z]+)\b")
_BY = re.compile(r"\b(?P<verb>[a-z]+ed|told|seen|sought) by (?:[A-Z][\w'’-]+ and )?$")
_NOT_SUBJECT = re.compile(
    r"\b(?:in|at|near|from|to|into|of|outside|around|toward|towards|for|over|across|inside|between|with|against|on|north|"
    r"south|east|west|northern|southern|eastern|western|central|city|town|village|province)"
    r"(?:\s+the)?(?:\s+[A-Z][\w'’-]+\s+(?:and|or|,))?\s+$|,\s+$|\(\s*$",
    re.IGNORECASE,
)
# "Ankara-backed rebels" are not in Ankara.
_STANDS_BEHIND = re.compile(
    r"-(?:backed|led|loyal|allied|aligned|supported|sponsored|funded|financed|trained|armed|affiliated|linked|brokered)\b"
)
_SUBJECTS = frozenset({"nsubj", "agent"})
_PASSIVE = "nsubjpass"


def is_metonymic(start: int, end: int, place: Place | None, passage: Passage | None, text: str) -> bool:
    """Tell whether the name at characters `start` to `end` of `text` stands for a government.

    Read off the parse where there is one, else off the words around.
    """
    if place is None or place.precision not in _GOVERNED:
        return False
    if _STANDS_BEHIND.match(text, end):
        return True
    if passage is not None and start >= passage.offset and passage.doc.has_annotation("DEP"):
        tokens = passage.tokens_of(start, end)
        return bool(tokens) and _by_parse(tokens)
    return _by_words(start, end, text)


def _by_parse(tokens: list[Token]) -> bool:
    head = tokens[-1]
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.head.i not in inside or token.head.i == token.i:
            head = token
            break
    while head.dep_ == "conj" and head.head.i != head.i and head.head.pos_ == "PROPN":
        head = head.head
    governor = head.head
    if head.dep_ in _SUBJECTS or head.dep_ == _PASSIVE:
        verb = governor
        return head.dep_ != _PASSIVE and (
            verb.lemma_.lower() in words.STATEMENT_LEMMAS or verb.lower_ in words.STATEMENT_FORMS
        )
    if head.dep_ == "pobj" and governor.dep_ == "agent":
        verb = governor.head
        return verb.lemma_.lower() in words.STATEMENT_LEMMAS or verb.lower_ in words.STATEMENT_FORMS
    if head.dep_ == "poss":
        return governor.lower_ in words.STATEMENT_NOUNS
    return False


def _by_words(start: int, end: int, text: str) -> bool:
    before, behind = text[max(0, start - _LOOK) : start], text[end : end + _LOOK]
    owns = _POSSESSES.match(behind)
    if owns is not None:
        return owns["noun"] in words.STATEMENT_NOUNS
    by = _BY.search(before)
    if by is not None:
        return by["verb"] in words.STATEMENT_FORMS
    acts = _ACTS.match(behind)
    return acts is not None and acts["verb"] in words.STATEMENT_FORMS and _NOT_SUBJECT.search(before) is None
