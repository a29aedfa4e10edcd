"""Quarters of cities, most of which no gazetteer has: "al-Zuhur neighbourhood in Mosul".

What is called so far away is another place, and the city that is named with it holds what happened there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.reading.sighting import Sighting

_DIRECTION = r"(?:(?:north|south|east|west|central)[a-z-]*\s+)?"
_QUARTER = r"\s+(?:neighbou?rhood|quarter)"
_BEHIND = re.compile(
    rf"{_QUARTER}(?:\s+(?:in|of|within|inside)\s+|,\s+(?:in\s+)?|\s+{_DIRECTION}of\s+)(?:the\s+)?{_DIRECTION}"
    r"(?:of\s+)?(?:(?:city|town)\s+of\s+)?$"
)
_CALLED_ONE = re.compile(rf"{_QUARTER}\b")
_ANY = re.compile(r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ss]ome)\s+$")
_OWNED = re.compile(r"['’]s\s+$")
_REACH = 60  # characters from a quarter to its city behind it
_OWNS = 3  # ... and from its owner


def city_of(sighting: Sighting, starts: Mapping[int, Sighting], text: str) -> Sighting | None:
    """Return the city that the text names as the one whose quarter a name is, or None.

    Parameters
    ----------
    sighting
        The name.
    starts
        All place names of the article by where they start.
    text
        The article.
    """
    if not is_called_one(sighting, text):
        return None
    for gap in range(1, _REACH):
        follower = starts.get(sighting.end + gap)
        if follower is not None:
            if _BEHIND.fullmatch(text[sighting.end : follower.start]):
                return follower
            break
    owner = next((s for s in starts.values() if s.end == sighting.start - _OWNS), None)
    return owner if owner is not None and _OWNED.search(text[owner.end : sighting.start]) else None


def is_called_one(sighting: Sighting, text: str) -> bool:
    """Whether the text calls what bears a name a quarter; "a Kabul neighbourhood" bears another."""
    return _CALLED_ONE.match(text, sighting.end) is not None and not _ANY.search(text, 0, sighting.start)
