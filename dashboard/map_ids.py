"""How places and regions name each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.event import Place

_REGION_PREFIXES = ("iso:", "region:")


def area_id(place: Place) -> str:
    """Return the id of the region that a place known only as an area stands for.

    Ids of such places are region ids with a prefix: ``iso:IQ-KI``, ``region:donbas``. Seas and
    continents have no region; their own id is returned.
    """
    return place.id.split(":", 1)[1] if place.id.startswith(_REGION_PREFIXES) else place.id
