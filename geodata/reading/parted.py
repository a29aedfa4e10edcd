"""Parts of a headline that tells of several things: what is told in one is not told of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import PlaceBasis
from geodata.reading.headlines import is_headline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from geodata.reading.event_place import Where
    from geodata.reading.passages import Passage

_AT = frozenset({"in", "on", "at", "near", "around", "inside", "outside", "of"})


def is_alone(passages: Sequence[Passage]) -> bool:
    """Tell whether a headline is all there is."""
    return len(passages) == 1 and is_headline(passages[0].doc)


def is_of_other_part(where: Where, sentence: Span, passage: Passage) -> bool:
    """Tell "Shells hit Taiz and raids target Umm Qasrayn": the raids were not in Taiz, though the other is not known.

    Parameters
    ----------
    where
        The place found for an act of `sentence`, which is a part of a headline.
    """
    if where.basis is not PlaceBasis.PARAGRAPH:
        return False
    within = range(passage.offset + sentence.start_char, passage.offset + sentence.end_char)
    return where.start not in within and any(_is_place_unknown(token, passage) for token in sentence)


def _is_place_unknown(token: Token, passage: Passage) -> bool:
    """Tell a name that stands where a place stands, and is none that is known: "raids target Umm Qasrayn"."""
    if token.pos_ != "PROPN" or token.ent_type_ == "PERSON" or token.i in passage.places or token.i in passage.named:
        return False
    return token.dep_ == "dobj" or (token.dep_ == "pobj" and token.head.lower_ in _AT)
