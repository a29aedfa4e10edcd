"""The phrases of a sentence that may name who takes part in an act, and what each is by itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from geodata.event import Precision
from geodata.reading.countries import countries
from geodata.reading.doers import LETTERS
from geodata.reading.factuality import SAYING
from geodata.reading.grammar import RELATIVE
from geodata.reading.roles import KIND_OF, MEMBERS, PEOPLES, SITES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from geodata.reading.passages import Passage

_HEADS = frozenset({"NOUN", "PROPN", "PRON"})
# Parts of a phrase that may name somebody by themselves: "Israeli jets", "a rebel camp", "the court's ruling".
_PARTS = frozenset({"amod", "compound", "nmod"})
_NEVER = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
_NAMING = frozenset({"NORP", "GPE", "ORG", "PERSON"})
_NO_PHRASE = frozenset({"expl", "dep", "punct", "det"})
_DETERMINERS = {"the": "the", "a": "a", "an": "a", "this": "the", "that": "the", "these": "the", "those": "the",
                "no": "no", "some": "some", "any": "some", "all": "all", "both": "all", "its": "own", "their": "own",
                "his": "own", "her": "own", "our": "own"}  # fmt: skip
_VERBS = frozenset({"VERB", "AUX"})
_ENDING = 3  # letters: what ends in "-ist" or "-ers" is somebody, in "-ion" a thing
_MOST_JOINED = 12  # of an endless chain of "and"


@cache
def code(text: str) -> int:
    """Return a number for a text, the same on every machine."""
    return crc32(text.encode())


_PLAIN, _PLACE, _THING, _MODIFIER = code("plain"), code("place"), code("thing"), code("modifier")


class Phrases:
    """The phrases of one sentence, and its parse as lists that are quick to walk.

    Parameters
    ----------
    sentence, passage
        The sentence and where it is told.

    Attributes
    ----------
    heads
        The phrases' heads, in order.
    own
        For each phrase what it is by itself: numbers for kind, group of kinds, lemma, ending, link, preposition, what it
        hangs on, determiner, clause, joined or not.
    joined
        For each phrase the first of those that it is joined to.
    """

    def __init__(self, sentence: Span, passage: Passage) -> None:
        self.start = sentence.start
        tokens = list(sentence)
        self.above = [token.head.i - self.start for token in tokens]
        self.links = [token.dep_ for token in tokens]
        self.tokens = tokens
        self.heads = list(_heads(tokens, passage))
        self.own = [self._own(token, passage) for token in self.heads]
        places = {token.i: n for n, token in enumerate(self.heads)}
        self.joined = [places.get(first_joined(token).i, n) for n, token in enumerate(self.heads)]

    def _own(self, token: Token, passage: Passage) -> tuple[int, ...]:
        kind, group = _kind(token, passage)
        first = first_joined(token)
        link, upper = first.dep_, first.head
        preposition = ""
        if link == "pobj":
            preposition = upper.lower_
            upper = upper.head
        bare = token.pos_ == "NOUN" and not token.ent_type_ and token.i not in passage.named
        lemma = token.lemma if bare else code(kind)
        governor = upper.lemma if upper.pos_ != "PROPN" else _PLAIN
        clause = _clause(first)
        says = link == "nsubj" and upper.lemma_ in SAYING
        return (
            code(kind),
            code(group),
            lemma,
            code(token.lemma_[-_ENDING:]) if bare else code(group),
            code(f"{link} {preposition}"),
            governor,
            code(_determiner(token)),
            code(f"{clause.dep_} {says}"),
            code(f"{first is not token} {_is_national(token)} {token.tag_}"),
        )

    def clause_of(self, place: int) -> int:
        """Return which token is the verb of the clause that a token stands in; both are counted in the sentence."""
        return _clause(self.tokens[place]).i - self.start


def first_joined(token: Token) -> Token:
    """Return the first of phrases that are joined: "the army, the police and the courts"."""
    for _ in range(_MOST_JOINED):
        if token.dep_ != "conj" or token.head.pos_ in _VERBS:
            break
        token = token.head
    return token


def _heads(tokens: list[Token], passage: Passage) -> Iterator[Token]:
    for token in tokens:
        link = token.dep_
        if token.ent_type_ in _NEVER or link in _NO_PHRASE:
            continue
        if link in _PARTS:
            if _names_by_itself(token, passage):
                yield token
        elif (token.pos_ in _HEADS and token.lower_ not in RELATIVE) or _is_many(token):
            yield token


def _is_many(token: Token) -> bool:
    """Tell "dozens", "52", "the wounded" that stand for people."""
    return token.pos_ in {"NUM", "ADJ"} and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}


def _names_by_itself(token: Token, passage: Passage) -> bool:
    """Tell "Israeli", "Houthi", "rebel" before a noun, once for a name of several words."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    goes_on = following is not None and following.ent_iob_ == "I" and following.head.i == token.head.i
    if token.ent_type_ in _NAMING or token.i in passage.named:
        return not goes_on
    return token.text in LETTERS or token.lemma_.lower() in KIND_OF or token.lower_ in countries().by_demonym


def _kind(token: Token, passage: Passage) -> tuple[str, str]:  # noqa: PLR0911 - one answer a case
    """Return what a phrase names, and the group of such kinds."""
    part = "part of " if token.dep_ in _PARTS else ""
    listed = passage.named.get(token.i)
    if listed is not None:
        return f"{part}listed {listed.actor.kind}", f"{part}actor"
    mention = passage.places.get(token.i)
    if mention is not None:
        if mention.place is None:
            return f"{part}unknown place", f"{part}place"
        country = mention.place.precision is Precision.COUNTRY
        metonymic = mention.metonymic
        return (
            f"{part}{'country' if country else 'place'}{' as government' if metonymic else ''}",
            f"{part}{'country' if country or metonymic else 'place'}",
        )
    if token.pos_ == "PRON":
        return f"pronoun {token.lower_}", "pronoun"
    lemma = token.lemma_.lower()
    if (kind := KIND_OF.get(lemma)) is not None:
        return f"{part}role {kind}", f"{part}actor"
    if token.ent_type_:
        return f"{part}{token.ent_type_}", f"{part}name"
    if lemma in PEOPLES or token.lower_ in countries().by_demonym:
        return f"{part}people", f"{part}actor"
    if lemma in MEMBERS:
        return "members", "members"
    if lemma in SITES:
        return "site", "thing"
    return f"{token.pos_} thing", "thing"


def _determiner(token: Token) -> str:
    for child in token.children:
        if child.dep_ == "poss":
            return _DETERMINERS.get(child.lower_, "whose")
        if child.dep_ == "det":
            return _DETERMINERS.get(child.lower_, "other")
        if child.dep_ == "nummod":
            return "number"
    return "none"


def _is_national(token: Token) -> bool:
    """Tell whether it is somebody's: "the court's ruling", "an American demand"."""
    return any(
        (child.dep_ in _PARTS and child.ent_type_ in _NAMING) or (child.dep_ == "poss" and child.pos_ != "PRON")
        for child in token.children
    )


def _clause(token: Token) -> Token:
    while token.head != token and token.pos_ not in _VERBS:
        token = token.head
    return token
