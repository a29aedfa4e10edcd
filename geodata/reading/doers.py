"""Who did a violent deed, where a noun stands between them and the verb.

"Killed in an Islamic State attack", "Turkish shelling hit the camp", "clashes with the rebels left five dead": the
verb's own subject or none at all is no actor, but the noun of the deed has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.ontology import EventType
from geodata.reading.grammar import after
from geodata.reading.lexicon import lexicon
from geodata.reading.noun_classes import names_of
from geodata.reading.roles import KIND_OF
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from geodata.reading.act import Act
    from geodata.reading.passages import Passage

_DEEDS = frozenset({EventType.ASSAULT, EventType.COERCE})
# What is thrown, fired or blown up does nothing by itself.
_WEAPONS = word_set(
    """bomb mine ied shell rocket missile mortar drone bullet grenade airstrike strike raid fire gunfire blast
    explosion crossfire shrapnel device"""
)
_OF_SEVERAL = word_set(
    "wave series spate string dozen number hundred score barrage round flurry surge campaign bout rash"
)
_IN = ("in", "by", "during", "from", "amid", "after", "due")
_DESCRIBING = frozenset({"compound", "amod", "nmod"})
_PARTS = word_set(
    "northern southern eastern western central north south east west northeastern northwestern southeastern southwestern"
)
_PLACING = word_set("in inside at near outside across around over throughout through within into along via")
_SIDES = ("between", "with", "among", "against")
# States that news names by their letters before a noun as by an adjective: "US air strikes".
LETTERS = frozenset({"US", "U.S.", "UK", "U.K.", "UAE", "UN", "U.N.", "EU", "E.U.", "NATO"})


def doers(act: Act, passage: Passage) -> Sequence[Token]:
    """Return the nouns and adjectives that name who did what an act reports.

    Parameters
    ----------
    act
        The act; only of violence and force more is looked for than its own sources.
    passage
        Where it is told, with its places and listed actors.
    """
    if act.type not in _DEEDS:
        return act.sources
    own = [token for token in act.sources if not is_where(token, passage)]
    found: list[Token] = []
    for token in own:
        if is_deed(token):
            found.extend(_of_deed(token, passage))
        else:
            found.append(token)
    if found:
        return found
    nouns = [act.trigger] if act.nominal else []
    nouns += [noun for noun in after(act.verb, *_IN) if is_deed(noun)]
    return next((of for noun in nouns if (of := list(_of_deed(noun, passage)))), [])


def is_deed(noun: Token) -> bool:
    """Tell whether a noun names a violent deed or its weapon and no person."""
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    names = names_of(noun)
    if noun.lemma_.lower() in KIND_OF:  # "a suicide bomber"
        return False
    if names & _WEAPONS or (noun.lemma_.lower() in _OF_SEVERAL and any(is_deed(of) for of in after(noun, "of"))):
        return True
    nouns = lexicon().nouns
    return any(rule.type in _DEEDS for name in names if (rule := nouns.get(name)) is not None)


def _of_deed(noun: Token, passage: Passage) -> Iterator[Token]:
    """Yield who stands with the noun of a deed as the one who did it."""
    rule = next((rule for name in names_of(noun) if (rule := lexicon().nouns.get(name)) is not None), None)
    for child in noun.children:
        if child.dep_ == "poss" and child.ent_type_ not in {"DATE", "TIME"} and not is_where(child, passage):
            yield child
        elif child.dep_ in _DESCRIBING:
            known = child.i in passage.named or child.ent_type_ in {"NORP", "ORG", "PERSON"} or child.text in LETTERS
            if known and not is_where(child, passage):
                yield child
    yield from after(noun, "by")
    if rule is not None and rule.mutual:
        yield from after(noun, *_SIDES)
    if noun.lemma_.lower() in _OF_SEVERAL:
        for inner in after(noun, "of"):
            if is_deed(inner):
                yield from _of_deed(inner, passage)


def is_town(token: Token, passage: Passage) -> bool:
    """Tell a town or a province, which is where a deed is done, from a country, which may be whom it is done to."""
    mention = passage.places.get(token.i)
    if mention is None or mention.place is None or token.i in passage.named or mention.metonymic:
        return False
    return mention.place.precision is not Precision.COUNTRY


def is_part_of_country(token: Token) -> bool:
    """Tell "northern Iraq", a region, from the country that acts."""
    return any(child.lower_ in _PARTS for child in token.children if child.dep_ in _DESCRIBING)


def is_only_where(token: Token, passage: Passage) -> bool:
    """Tell "signed in Bonn, Germany" and "flown to Kenya", places of something, from "talks with Kenya"."""
    while token.dep_ in {"appos", "conj"} and token.head.i in passage.places:
        token = token.head
    mention = passage.places.get(token.i)
    if mention is None or mention.metonymic or token.i in passage.named:
        return False
    return token.dep_ == "pobj" and token.head.lower_ in _PLACING


def is_where(token: Token, passage: Passage) -> bool:
    """Tell "the Kabul bombing", "the Syria attacks", "Mosul's shelling" from "Israel's attack", "Russian strikes"."""
    mention = passage.places.get(token.i)
    if mention is None or token.i in passage.named or token.text in LETTERS:
        return False
    if token.dep_ in _DESCRIBING and not any(child.dep_ == "cc" for child in token.children):  # "Chad and rebel groups"
        return token.ent_type_ != "NORP"
    country = mention.place is not None and mention.place.precision is Precision.COUNTRY
    return token.dep_ == "poss" and not country and not mention.metonymic
