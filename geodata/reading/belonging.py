"""Whose those are who are only described, when the phrase says so: "his police", "police in Nairobi", "the Kabul government"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import Actor, ActorKind
from geodata.reading.actor_list import actor_list
from geodata.reading.countries import countries
from geodata.reading.grammar import after, core, governors, subjects
from geodata.reading.phrases import OWNING, phrase_text, without_article
from geodata.reading.roles import POLICE
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.event import Place
    from geodata.reading.coreference import NamedBefore
    from geodata.reading.naming import Names
    from geodata.reading.passages import Passage

_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
_FORCES = frozenset({ActorKind.REBEL_GROUP, ActorKind.MILITIA, ActorKind.STATE_FORCES})
_PERSONS = frozenset({"he", "she"})
_OF_STATE = frozenset({ActorKind.GOVERNMENT, ActorKind.STATE_FORCES})
_GOVERNING = word_set("government cabinet administration ministry minister ambassador envoy embassy parliament")
# Those of a place: who rules or keeps order there.
_SEATED = word_set("government authority administration regime junta")


def belonging(passage: Passage, head: Token, kind: ActorKind, *, before: NamedBefore, names: Names) -> Actor | None:
    """Tell who a phrase means by whose or of where they are; None when it does not say.

    Parameters
    ----------
    passage, head, kind
        The phrase's place, its noun, and what kind of actor that names.
    before, names
        The actors and the names of the article.
    """
    start, end = core(head)
    text = phrase_text(passage.doc[start:end])
    word = next((word for c in head.children if c.dep_ == "poss" and (word := _OWNERS.get(c.lower_))), "")
    owner = None
    if word:
        owner = _subject(passage, head, names, person=word in _PERSONS) or before.pronoun(
            word, passage.chars(head)[0], None
        )
    found = _of_owner(head, kind, text, owner, names) if owner is not None else None
    return found or _of_place(passage, head, kind, text, names)


def _subject(passage: Passage, head: Token, names: Names, *, person: bool) -> Actor | None:
    """Return who does what a phrase is the object of: in "the president, whom she met, sent his troops" he."""
    for verb in governors(head):
        found = subjects(verb) if verb.pos_ == "VERB" else [c for c in verb.children if c.dep_ == "nsubj"]
        for token in found[:1]:
            named = names.named(passage, token) if token.i < head.i else ()
            if named and named[0][1] is person:
                return named[0][0]
    return None


def _of_owner(head: Token, kind: ActorKind, text: str, owner: Actor, names: Names) -> Actor | None:
    """Tell whose "his police", "its troops" and "her ministers" are."""
    lemma = head.lemma_.lower()
    if kind is not ActorKind.STATE_FORCES and lemma not in _GOVERNING:
        return None
    if owner.kind in _FORCES and kind is ActorKind.STATE_FORCES:
        return Actor(name=owner.name, text=text, kind=owner.kind, country=owner.country)
    if not owner.country or owner.kind not in _OF_STATE:
        return None
    name = names.national_name(owner.country, kind, lemma, text)
    return Actor(name=name, text=text, kind=kind, country=owner.country)


def _of_place(passage: Passage, head: Token, kind: ActorKind, text: str, names: Names) -> Actor | None:
    """Tell whose "police in Nairobi", "the Kabul government", "the Punjab government" are."""
    lemma = head.lemma_.lower()
    if lemma not in POLICE and lemma not in _SEATED:
        return None
    before = [child for child in head.children if child.dep_ in OWNING]
    place = _place_of(passage, [*after(head, "in"), *before])
    if place is None or not place.country:
        return None
    posted = any(child.i in passage.places for child in before) and lemma in _SEATED
    if countries().by_capital.get(place.name.lower()) != place.country:
        if posted:
            return Actor(name=without_article(text), text=text, kind=kind, country=place.country)
        if place.name in actor_list().seats.values():
            return None  # "the government in Erbil"
    name = names.national_name(place.country, kind, lemma, text)
    return Actor(name=name, text=text, kind=kind, country=place.country)


def _place_of(passage: Passage, nouns: list[Token]) -> Place | None:
    mentions = (passage.places.get(noun.i) for noun in nouns)
    return next((mention.place for mention in mentions if mention is not None and mention.place is not None), None)
