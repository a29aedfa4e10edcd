"""How geopy's geocoders answer: one location, a list, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geopy.location import Location


def one_or_all(locations: list[Location], *, exactly_one: bool) -> Location | list[Location] | None:
    """Return the first location or all of them; None when there is none."""
    if not locations:
        return None
    return locations[0] if exactly_one else locations
