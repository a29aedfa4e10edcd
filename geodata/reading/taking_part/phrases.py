"""The phrases of a sentence that may name who takes part in an act, and what each is by itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from geodata.event import Precision
from geodata.reading.countries import countries
from geodata.reading.doers import LETTERS
from geodata.reading.factuality import SAYING
from geodata.reading.grammar import RELATIVE, is_joined
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
_NO_BODIES = frozenset({"force", "power", "office", "effect"})
_ENDING = 3  # letters: what ends in "-ist" or "-ers" is somebody, in "-ion" a thing
_MOST_JOINED = 12  # of an endless chain of "and"


@cache
def code(text: str) -> int:
    """Return a number for a text, the same on every machine."""
    return crc32(text.encode())


_PLAIN = code("plain")
_NO_STEP = 0


@cache
def _up(link: str) -> int:
    return code(f"up {link}")


@cache
def _step(name: str) -> int:
    return code(f"down {name}")


def _down(token: Token) -> int:
    """Return the step down to a token: a preposition's own word; joined words and what stands behind it are none."""
    link = token.dep_
    if link in {"prep", "agent"}:
        return _step(token.lower_)
    if link == "pobj" or (link == "conj" and token.pos_ not in _VERBS):
        return _NO_STEP
    return _step(link)


class Phrases:
    """The phrases of one sentence, and its parse as lists that are quick to walk.

    Parameters
    ----------
    sentence, passage
        The sentence and where it is told.

    Attributes
    ----------
    start, tokens
        Index of the sentence's first token, and its tokens. All other places of tokens are counted in the sentence.
    above, up, down
        For each token the place of its head, and numbers of the steps up to it and down from it; 0 is no step.
    heads, places
        The phrases' heads, in order, and their places.
    clauses
        For each phrase the place of the verb in whose clause it stands.
    own
        For each phrase what it is by itself: numbers for kind, group of kinds, lemma, ending, link, preposition, what it
        hangs on, determiner, clause, joined or not.
    joined
        For each phrase the first of those that it is joined to.
    """

    def __init__(self, sentence: Span, passage: Passage) -> None:
        self.start = start = sentence.start
        tokens = list(sentence)
        self.tokens = tokens
        self.above = [token.head.i - start for token in tokens]
        self.up = [_up(token.dep_) for token in tokens]
        self.down = [_down(token) for token in tokens]
        self.heads = list(_heads(tokens, passage))
        self.places = [token.i - start for token in self.heads]
        first = [first_joined(token) for token in self.heads]
        clauses = [_clause(token) for token in first]
        self.clauses = [_clause(token).i - start for token in self.heads]
        self.own = [
            self._own(token, upper, clause, passage)
            for token, upper, clause in zip(self.heads, first, clauses, strict=True)
        ]
        numbers = {token.i: n for n, token in enumerate(self.heads)}
        self.joined = [numbers.get(one.i, n) for n, one in enumerate(first)]

    @staticmethod
    def _own(token: Token, first: Token, clause: Token, passage: Passage) -> tuple[int, ...]:
        kind, group = _kind(token, passage)
        link, upper = first.dep_, first.head
        preposition = ""
        if link == "pobj":
            preposition = upper.lower_
            upper = upper.head
        bare = token.pos_ == "NOUN" and not token.ent_type_ and token.i not in passage.named
        lemma = token.lemma if bare else code(kind)
        governor = upper.lemma if upper.pos_ != "PROPN" else _PLAIN
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


def first_joined(token: Token) -> Token:
    """Return the first of phrases that are joined: "the army, the police and the courts"."""
    for _ in range(_MOST_JOINED):
        if not is_joined(token) or token.head.pos_ in _VERBS:
            break
        token = token.head
    return token


def _is_idiom(token: Token) -> bool:
    """Tell "came into force", "by force" and "rose to power" from forces and powers that act."""
    return token.dep_ == "pobj" and token.lower_ in _NO_BODIES and not list(token.children)


def _heads(tokens: list[Token], passage: Passage) -> Iterator[Token]:
    for token in tokens:
        link = token.dep_
        if token.ent_type_ in _NEVER or link in _NO_PHRASE or _is_idiom(token):
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
