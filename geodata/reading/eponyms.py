"""Whether a person's name is only part of a longer name: of a street, a suburb, a hospital, of somebody else.

"Lake Assad", "the Nehru hospital", "the Ataturk Dam" and "Basel al-Assad" are not the men whom their words alone
would name. Told by the words around and by the model's entities, since parsers often go wrong within names.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from geodata.reading import place_words
from geodata.reading.phrases import entity_of
from geodata.reading.roles import KIND_OF, PERSON_TITLES
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

# What is called after people, in capital and small letters. "Camp", "base" and "palace" are not here: "the Trump camp"
# is his side, "Saddam's palace" his own.
_GROUND = word_set(
    """street square avenue road boulevard highway expressway roundabout intersection junction bridge tunnel dam canal
    lake reservoir park garden gardens cemetery district suburb quarter neighbourhood neighborhood village town township
    city county area zone island mountain mount hill peak valley gate crossing"""
)
_CALLED = _GROUND | word_set(
    """airport airfield airbase port harbour harbor hospital clinic mosque church cathedral temple shrine mausoleum synagogue
    university college school academy institute library museum stadium arena theatre theater cinema zoo prison hall fort
    fortress castle barracks metro"""
)
# What is called after people with a capital only: "the Carter Center", but "the Assad brigades" are his.
_CALLED_IN_CAPITALS = word_set(
    """Camp Base Palace Tower Towers Terminal Refinery Market Station Plant Complex Hotel Center Centre Foundation Institute Organization Organisation
    Association Trust Fund Prize Award Medal Cup Trophy Brigade Brigades Battalion Battalions Regiment Legion Corps Column
    Nagar Chowk Marg Bagh Colony Ganj Pura Mahalle Mahallesi Caddesi Meydani Prospekt Plaza Drive Lane Place"""
)
# Between a name and such a word: "al-Assad military academy", "Kenyatta International Airport", "Zayed air base".
_BETWEEN = frozenset({"ADJ", "NOUN", "PROPN"})
_KINDS_OF_BASES = frozenset({"air", "naval", "military", "army"})
_MOST_BETWEEN = 3
# Before a name, words of many languages for places that are called after people.
_BEFORE = word_set(
    """Dahiyat Dahiyet Dahiya Dahieh Madinat Medinat Hayy Hay Hai Tal Tel Tell Tall Jabal Jebel Jabel Mount Mt Mt. Wadi Nahr Bab
    Ain Ayn Ein Bir Beit Bayt Deir Dayr Kafr Kafar Kfar Kufr Sahat Saha Midan Maidan Meydan Maydan Souq Souk Suq Qalat
    Khirbet Khirbat Mazraat Qaryat Marj Ras Shatt Jisr Jazirat Masjid Jamia Lake Lac Lago Camp Fort Port Cape Isla Ciudad
    Villa Vila Puerto Rue Avenue Avenida Boulevard Calle Plaza Place Praça Parque Barrio Colonia Hospital Hôpital Stade
    Estadio Aeropuerto Lycée Université Universidad"""
)
_ALSO_FIRST_NAMES = word_set("Tal Hay Hai Bir Ras Lake Camp Fort Port Mount Place Rue")
_DASHES = frozenset({"-", "–", "—", "/"})
_OWNING = frozenset({"'s", "’s", "'", "’"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_SAME_WORD = 0.7  # so alike are two spellings of a first name


def is_part_of_name(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a person's name at tokens `start` to `end` (excluded) is only part of what something is called."""
    if start and doc[start - 1].text in _BEFORE:
        return True
    if any(_is_called(token, doc) for token in doc[start + 1 : end]) or is_called_a_place(doc, start, end):
        return True  # the model took the whole for a person
    entity = entity_of(doc[end - 1])
    if entity is not None and entity.label_ in _PLACES:
        rest = [token for token in entity if not start <= token.i < end]
        if any(_is_first_name(token) for token in rest):
            return True
    return goes_on(doc, end)


def is_somebody_else(doc: Doc, start: int, end: int, names: Iterable[str]) -> bool:
    """Tell "Basel al-Assad" from the Assad of the list, at tokens `start` to `end` (excluded) by his surname.

    `names` are all the listed one's; another first name than any of his makes another person.
    """
    if len([token for token in doc[start:end] if _is_first_name(token)]) != 1:
        return False
    entity = entity_of(doc[end - 1])
    if entity is None or entity.label_ != "PERSON":
        return False
    beside = [token for token in entity if token.i < start and token.pos_ == "PROPN" and _is_first_name(token)]
    known = {word for name in names for word in name.lower().replace("-", " ").split()}
    return bool(beside) and not any(_is_like(token.lower_, word) for token in beside for word in known)


def goes_on(doc: Doc, end: int) -> bool:
    """Tell whether the words behind a name make it that of a place or a body."""
    at = end
    if at + 1 < len(doc) and doc[at].text in _DASHES and doc[at + 1].text[:1].isupper():
        at += 2  # "the Putin-Erdogan area"
    for token in doc[at : at + _MOST_BETWEEN + 1]:
        if token.text in _OWNING or token.pos_ not in _BETWEEN or token.is_sent_start:
            return False
        if _is_called(token, doc):
            return True
        plural_or_people = token.tag_ == "NNS" or token.lemma_.lower() in KIND_OF
        if token.lower_ not in _KINDS_OF_BASES and token.text.islower() and plural_or_people:
            return False
    return False


def is_ground(token: Token) -> bool:
    """Tell the noun of a street, a suburb, a village: what is called so is where, and never who."""
    return token.lower_ in _GROUND


def is_called_a_place(doc: Doc, start: int, end: int) -> bool:
    """Tell whether the words at tokens `start` to `end` (excluded) are a place's by themselves: "Dahiyat al-Assad"."""
    if is_ground(doc[end - 1]):
        return True
    opens = doc[start].text in _BEFORE and end - start > 1
    return opens and not (doc[end - 1].ent_type_ == "PERSON" and doc[start].text in _ALSO_FIRST_NAMES)


def _is_called(token: Token, doc: Doc) -> bool:
    if token.lower_ in _CALLED or token.text in _CALLED_IN_CAPITALS:
        return True
    return token.lower_ == "base" and token.i > 0 and doc[token.i - 1].lower_ in _KINDS_OF_BASES


def _is_first_name(token: Token) -> bool:
    """Tell a word of a name from a title, an initial, an article, a nation's adjective."""
    word = token.lower_
    is_title = word in place_words.TITLES or word in KIND_OF or word in PERSON_TITLES
    return token.text[:1].isupper() and len(word.strip(".")) > 1 and not is_title and word not in place_words.NAME_PARTS


def _is_like(word: str, other: str) -> bool:
    return word == other or SequenceMatcher(None, word, other).ratio() >= _SAME_WORD
