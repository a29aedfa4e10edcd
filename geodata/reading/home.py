"""Which country an article is about, by the places that it names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from geodata.reading.passages import Passage

_OF_ANY = frozenset({"regime forces"})
_GIVEAWAY = "egime"  # one of these words, whatever its capital


def home_country(codes: Iterable[str]) -> str:
    """Return the country that most place names of an article lie in, or empty when none leads."""
    counts = Counter(code for code in codes if code)
    if not counts:
        return ""
    (first, most), *rest = counts.most_common(2)
    return first if not rest or most > rest[0][1] else ""


def share_of(country: str, passages: Iterable[Passage]) -> float:
    """Return the part of the places named that lie in a country, from 0 to 1."""
    named = {(p.offset, m.start): m.place.country for p in passages for m in p.places.values() if m.place is not None}
    return sum(code == country for code in named.values()) / len(named) if named else 0.0


def country_before(passage: Passage, head: Token) -> str:
    """Return the country of the place or listed actor named last before a word in its sentence, or empty."""
    country = ""
    for token in head.sent[: head.i - head.sent.start]:
        mention, listed = passage.places.get(token.i), passage.named.get(token.i)
        named = mention.place if mention is not None else listed.actor if listed is not None else None
        country = (named.country if named is not None else "") or country
    return country


def forget_foreign(passages: Iterable[Passage], home: str) -> None:
    """Take back actors that were found by words that mean the forces of any country, in news of another one.

    "The regime forces" of an article on Myanmar are not Syria's, of which such words are used most.
    """
    for passage in passages if home else ():
        if _GIVEAWAY not in passage.text:
            continue
        for index, named in list(passage.named.items()):
            words = passage.text[named.start : named.end].lower().removeprefix("the ")
            if words in _OF_ANY and named.actor.country != home:
                del passage.named[index]
