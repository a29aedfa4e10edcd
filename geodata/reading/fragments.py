"""Pieces of longer names, which are no places of their own.

"Al-Shamsiyat al-Jadida" is one village that the gazetteer lacks: neither "Al" nor "al-Jadida", a town in
another country, is named there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.reading.sighting import Origin, Sighting

if TYPE_CHECKING:
    from collections.abc import Sequence

_ARTICLES = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "an", "az", "ez", "es", "der", "ed", "et"})
_OPENS_WITH_ARTICLE = re.compile(rf"(?:{'|'.join(sorted(_ARTICLES))})[- ]")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’-]*) $")
_JOINED_BEFORE = re.compile(r"[^\W\d_]-$")
_JOINED_BEHIND = re.compile(r"-[A-Z\u00c0-\u00de]")
# Capitalised only because a sentence begins with them.
_OPENERS = frozenset(
    """in at near from to of the and or around outside inside on for after before when while but as by with since into
    north south east west across between under over both""".split()  # noqa: SIM905 - a list of words
)


def without_fragments(body: str, sightings: Sequence[Sighting]) -> list[Sighting]:
    """Leave out sightings that are a piece of a longer name.

    Parameters
    ----------
    body
        The passage's text; the sightings' offsets are its characters.
    sightings
        What was seen in it.
    """
    starts = {sighting.start for sighting in sightings}
    ends = {sighting.end for sighting in sightings}
    return [sighting for sighting in sightings if not _is_fragment(body, sighting, starts, ends)]


def _is_fragment(body: str, sighting: Sighting, starts: set[int], ends: set[int]) -> bool:
    start, end = sighting.start, sighting.end
    if sighting.text.lower() in _ARTICLES and not sighting.text.isupper():
        return True
    # "Kirkuk-Erbil" names two places; "Umm-Qasrayn" with one of them unknown names neither, unless the model says so.
    doubtful = sighting.origin in {Origin.OTHER, Origin.LIST}
    if doubtful and _JOINED_BEHIND.match(body, end) and end + 1 not in starts:
        return True
    if (
        doubtful
        and _JOINED_BEFORE.search(body[max(0, start - 2) : start])
        and body[start].isupper()
        and start - 1 not in ends
    ):
        return True
    if not _OPENS_WITH_ARTICLE.match(sighting.text):
        return False
    before = _WORD_BEFORE.search(body[max(0, start - 40) : start])
    if before is None or start - 1 in ends:
        return False
    word = before[1]
    if word.endswith(("'s", "’s")):
        return False  # "Iraq's al-Qaim"
    return word[0].isupper() and word.lower() not in _OPENERS
