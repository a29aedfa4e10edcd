"""The words of a noun phrase: its text as shown, its entity, what stands before it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.tokens import Span

from geodata.event import Actor, ActorKind
from geodata.reading.countries import countries
from geodata.reading.roles import GENERIC_NAME, HELD, KIND_OF, TOLLS
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.event import Mention

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_NUMBERS = (
    r"\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-\w+|hundred|thousand|million|dozen"
)
_COUNT = re.compile(
    rf"^(?:(?:the|a|an|all|both|some|several|many|most|few|various|other|another|any|at least|at most|up to|about|around|"
    rf"nearly|almost|more than|fewer than|less than|over|as many as|some of|{_NUMBERS})\s+)+",
    re.IGNORECASE,
)
# Offices in a body that the word before names: "rebel leader", "police chief".
_OFFICES = word_set(
    """spokesman spokeswoman spokesperson official officer source leader chief commander head representative negotiator
    general delegate delegation leadership command candidate member"""
)
_SPOKEN_FOR = frozenset(
    {
        ActorKind.STATE_FORCES,
        ActorKind.REBEL_GROUP,
        ActorKind.MILITIA,
        ActorKind.PARTY,
        ActorKind.CIVIL_SOCIETY,
        ActorKind.PROTESTERS,
    }
)
# "Armed groups", "a terrorist organisation".
_BODIES = word_set("group organisation organization movement network faction cell gang wing outfit alliance element")
_IN_ARMS = word_set(
    "armed militant rebel insurgent guerrilla terrorist terror extremist jihadist jihadi separatist paramilitary radical"
)
_ALSO_AIRCRAFT = frozenset({"bomber", "fighter"})
_AIRCRAFT = re.compile(
    r"[A-Z][A-Za-z]{0,2}-?\d+\w*|MiG|[Ss]tealth|[Ss]trategic|[Hh]eavy|[Ff]ighter|[Dd]ive|[Ll]ong-range|range"
)
OWNING = frozenset({"amod", "compound", "nmod"})


def holding_kind(thing: Token) -> ActorKind | None:
    """Return who holds a thing, by the word before it: "a police convoy"."""
    if thing.lemma_.lower() not in HELD:
        return None
    before = (KIND_OF.get(child.lemma_.lower()) for child in thing.children if child.dep_ in OWNING)
    return next((kind for kind in before if kind is not None), None)


def role_of(noun: Token) -> tuple[str, ActorKind | None]:
    """Return the word for whom a noun stands and what kind of actor that is: of "army spokesman" the army."""
    lemma = _singular(noun)
    if lemma in _OFFICES:
        for child in _before(noun):
            kind = KIND_OF.get(child.lemma_.lower())
            if kind in _SPOKEN_FOR and not child.ent_type_:
                return child.lemma_.lower(), kind
    if lemma in _BODIES and any(child.lemma_.lower() in _IN_ARMS for child in _before(noun)):
        return lemma, ActorKind.REBEL_GROUP
    if lemma in TOLLS:  # "civilian casualties"
        return lemma, next((kind for child in _before(noun) if (kind := KIND_OF.get(child.lemma_.lower()))), None)
    if lemma in _ALSO_AIRCRAFT and any(_AIRCRAFT.fullmatch(child.text) for child in noun.children):
        return "warplane", ActorKind.STATE_FORCES
    return lemma, KIND_OF.get(lemma)


def _before(noun: Token) -> list[Token]:
    return [child for child in noun.children if child.dep_ in OWNING]


def _singular(noun: Token) -> str:
    """Return a noun's lemma in small letters; names keep their plural in the model's: "Lebanese Ministers"."""
    lemma = noun.lemma_.lower()
    return lemma if lemma in KIND_OF or noun.pos_ != "PROPN" else _without_ending(lemma)


@lru_cache(maxsize=20_000)
def _without_ending(lemma: str) -> str:
    endings = (lemma.removesuffix("s"), f"{lemma.removesuffix('ies')}y", f"{lemma.removesuffix('men')}man")
    return next((word for word in endings if word != lemma and word in KIND_OF), lemma)


def kind_of_titles(titles: list[str]) -> ActorKind:
    """Return what kind of actor the words before a person's name make him: of "rebel leader" a rebel."""
    for place, title in reversed(list(enumerate(titles))):
        kind = KIND_OF.get(title)
        body = KIND_OF.get(titles[place - 1]) if place and title in _OFFICES else None
        if kind is not None:
            return body if body in _SPOKEN_FOR else kind
    return ActorKind.UNKNOWN


def entity_of(token: Token) -> Span | None:
    """Return the entity that a token is part of, or None; asking `doc.ents` would make all of them."""
    if not token.ent_type_:
        return None
    doc, start, end = token.doc, token.i, token.i + 1
    while doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return Span(doc, start, end, label=token.ent_type_)


def phrase_text(phrase: Span) -> str:
    """Return a phrase's words without the marks around it and a closing possessive."""
    return strip_possessive(phrase.text.strip(" \"'“”‘’,.;:()[]\n"))


def strip_possessive(text: str) -> str:
    """Take a possessive off the end of a text."""
    return text.removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")


def without_article(text: str) -> str:
    """Take an article off the beginning of a text, and off one that is no proper name a number or the like.

    "Three Syrian rebels", "some Syrian rebels" and "Syrian rebels" are one actor.
    """
    bare = _ARTICLE.sub("", text)
    counted = without_count(bare)
    return counted if counted.split()[-1:] and counted.split()[-1].islower() else bare


def without_count(text: str) -> str:
    """Take articles and numbers off the beginning of a text, unless nothing is left."""
    return _COUNT.sub("", text) or text


def plural(text: str, lemma: str) -> str:
    """Return a text that ends in a noun for one person with its plural: "a Syrian gunman" is one of "Syrian gunmen"."""
    if not text.lower().endswith(lemma) or lemma == "militia":
        return text
    return f"{text[:-3]}men" if lemma.endswith("man") else f"{text}s"


def surname(word: str) -> str:
    """Return a surname as it is compared: small letters, no article, no possessive."""
    return strip_possessive(word).lower().removeprefix("al-")


def people_of(mention: Mention | None) -> Actor | None:
    """Return those who live at a place, for acts that are done to all of them."""
    if mention is None or mention.place is None:
        return None
    country = mention.place.country
    name = f"{GENERIC_NAME[ActorKind.CIVILIANS]} ({countries().names.get(country, country)})"
    return Actor(name=name, text=mention.text, kind=ActorKind.CIVILIANS, country=country)
