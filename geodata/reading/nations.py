"""The nations whose adjectives or names stand within a noun phrase: "Turkish troops", "Chadian and Libyan officials"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.reading.countries import countries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

_JOINTS = frozenset({"and", "or", "&", ",", "as", "well"})
# "Iran-backed militias" are not Iran's.
_ALLIED = frozenset(
    {"backed", "led", "allied", "aligned", "supported", "funded", "trained", "armed", "linked", "controlled"}
)
_BESIDE = frozenset(
    {"loyal", "allied", "close", "friendly", "sympathetic", "hostile", "opposed", "backed", "supported"}
)
_LONGEST = 2  # words: "South Korean"
_LOOK = 12  # tokens before a noun
_PEOPLE = frozenset({"NNS", "NNPS"})


def nation_of(phrase: Span) -> str:
    """Return the country (ISO 3166-1 alpha-2) that a demonym or a possessive in the phrase names, or empty."""
    if phrase.text.islower():
        return ""
    words = [token.text_with_ws for token in phrase]
    for size in range(_LONGEST, 0, -1):
        for i in range(len(words) - size + 1):
            text = "".join(words[i : i + size]).rstrip()
            code = "" if text.islower() else _code(text)
            if code and not _is_ally(phrase.doc, phrase.start + i + size):
                return code
    return ""


def is_allied(phrase: Span) -> bool:
    """Tell "Turkish-backed forces", who are not of the nation that is named with them."""
    return any(_code(token.text) and _is_ally(phrase.doc, token.i + 1) for token in phrase)


def _is_ally(doc: Doc, end: int) -> bool:
    return end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].lower_ in _ALLIED


def names_ally(token: Token) -> bool:
    """Tell "UN" in "UN-backed troops", who are not the United Nations', from "UN" in "UN troops"."""
    word = token.lower_
    return ("-" in word and word.rpartition("-")[2] in _ALLIED) or _is_ally(token.doc, token.i + 1)


def is_stood_by(token: Token) -> bool:
    """Tell "the army" in "gunmen loyal to the army", who are not it."""
    head = token.head if token.dep_ == "compound" else token
    return head.dep_ == "pobj" and head.head.head.lower_ in _BESIDE


def nations_joined(phrase: Span, head: Token) -> list[str]:
    """Return the countries whose adjectives stand joined before a noun, in their order; none for less than two.

    Read off the words, also of a little before the phrase: parsers hang "Chadian" in "Chadian and Libyan officials" on
    many things.
    """
    if not nation_of(phrase):
        return []
    first = head.i
    while first and head.i - first < _LOOK and not head.doc[first].is_sent_start:
        first -= 1
    if not any(token.lower_ in _JOINTS for token in head.doc[first : head.i]):
        return []
    found: list[str] = []
    end = -1  # of the adjective before
    inside = False
    for start, stop, code in _nations(head.doc[first : head.i]):
        between = head.doc[end:start] if found else ()
        if not (between and all(token.lower_ in _JOINTS for token in between)):
            found = []
        found.append(code)
        end, inside = stop, start >= phrase.start
    goes_on = all(token.pos_ in {"ADJ", "NOUN", "PROPN"} for token in head.doc[end : head.i]) if found else False
    return found if inside and goes_on and len(set(found)) > 1 else []


def _nations(words: Span) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, country) of the nations' names and adjectives, their tokens counted in the text."""
    place = 0
    while place < len(words):
        for size in range(_LONGEST, 0, -1):
            piece = words[place : place + size]
            code = _code(piece.text) if len(piece) == size and piece[-1].tag_ not in _PEOPLE else ""
            if code and not _is_ally(piece.doc, piece.end):
                yield piece.start, piece.end, code
                place += size
                break
        else:
            place += 1


def _code(text: str) -> str:
    word = text.lower().replace("’s", "").replace("'s", "")
    table = countries()
    code = table.by_demonym.get(word) or table.by_name.get(word, "")
    if code or "-" not in word or word.endswith("-") or word.rpartition("-")[2] in _ALLIED:
        return code
    return table.by_demonym.get(word.split("-")[0], "")
