"""The place names of a sentence: those of the gazetteer, and names that only the grammar shows to be places.

A village that no gazetteer has is still where something happened: what happened there must not be put on the
next town that the sentence happens to name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.event import Mention
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from geodata.reading.passages import Passage

# Nouns that a place name describes: "the Shalman area", "in the town of Kirkuk".
CARRIERS = word_set(
    """city town village province governorate district region area outskirts suburb suburbs north south east west northeast
    northwest southeast southwest part side edge centre center airport base border kilometre kilometer mile km camp
    field crossing countryside front frontline capital state vicinity neighbourhood neighborhood peninsula valley mountain
    island oilfield dam"""
)
# The last word of such a name, when it is a part of it: "Guelaguetza Auditorium", "Firlalaq Forests".
_LAST_WORDS = word_set(
    """square hospital camp forest forests airport street road avenue station bridge mosque church university market
    hotel prison barracks base hill hills mountain mountains junction quarter suburb district province governorate
    valley village town city island beach crossing stadium park school complex palace port river lake refinery dam
    desert farm farms highway neighbourhood neighborhood sector region county airbase academy factory countryside"""
)
_FIRST_WORDS = word_set("tal tel tell jabal jebel kafr kfar wadi deir mount fort camp port umm ain khirbet hill")
_IN = word_set("in at near outside inside around across throughout within")
_TOWARDS = word_set("into to towards toward from over through on of off")
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NO_PLACE_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "LAW", "LANGUAGE",
                              "NORP", "EVENT", "WORK_OF_ART"})  # fmt: skip
_NO_PLACES = word_set("internet parliament congress senate cabinet assembly twitter facebook telegram")
_UNKNOWN = "no place of this name is in the gazetteer"


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name where it stands; `head` is the token that ties it to the rest of the sentence."""

    mention: Mention
    head: Token

    @property
    def is_known(self) -> bool:
        """Whether it is known which place it is."""
        return self.mention.place is not None


def toponyms_of(sentence: Span, passage: Passage) -> list[Toponym]:
    """Return the place names of a sentence, in order, those that stand for a government included."""
    found: list[Toponym] = []
    seen: set[int] = set()
    for token in sentence:
        mention = passage.places.get(token.i)
        if mention is None or id(mention) in seen:
            continue
        seen.add(id(mention))
        if not passage.is_inside_name(mention):  # not the town in "the Kirkuk Provincial Council"
            found.append(Toponym(mention, head_of(passage.tokens_of(mention.start, mention.end))))
    heads = {toponym.head.i for toponym in found}
    for run in _names(sentence, passage):
        head = head_of(run)
        if _is_place(run, head, heads):
            found.append(Toponym(_unlisted(run, passage), head))
            heads.add(head.i)
    return sorted(found, key=lambda toponym: toponym.head.i)


def head_of(tokens: Sequence[Token]) -> Token:
    """Return the token of a name that hangs on something outside it."""
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside or token.head == token), tokens[-1])


def _names(sentence: Span, passage: Passage) -> Iterator[list[Token]]:
    """Yield the runs of proper nouns that are neither known places nor listed actors."""
    run: list[Token] = []
    for token in sentence:
        joins = token.text in {"-", "/"} and bool(run)
        if (token.pos_ == "PROPN" and token.i not in passage.places and token.i not in passage.named) or joins:
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_place(run: list[Token], head: Token, known: set[int]) -> bool:
    label = head.ent_type_
    if label in _NO_PLACE_LABELS or head.lower_ in _NO_PLACES or not run[0].text[:1].isupper():
        return False
    if label in _PLACE_LABELS:
        return True
    if len(run) > 1 and (run[-1].lower_ in _LAST_WORDS or run[0].lower_ in _FIRST_WORDS):
        return True
    if head.dep_ in {"compound", "nmod", "poss", "appos"} and (
        head.head.lemma_.lower() in CARRIERS or head.head.lower_ in _LAST_WORDS
    ):
        return True
    if head.dep_ == "conj" and head.head.i in known:
        return label != "PERSON"
    if head.dep_ != "pobj":
        return False
    prep = head.head.lower_
    if prep == "of":
        return head.head.head.lower_ in CARRIERS
    return prep in _IN or (prep in _TOWARDS and label == "" and len(run) == 1)


def _unlisted(run: list[Token], passage: Passage) -> Mention:
    start, _ = passage.chars(run[0])
    _, end = passage.chars(run[-1])
    text = passage.doc[run[0].i : run[-1].i + 1].text
    return Mention(start=start, end=end, text=text, place=None, confidence=0.0, reason=_UNKNOWN)
