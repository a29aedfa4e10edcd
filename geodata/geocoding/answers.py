"""What geopy's geocoders are asked with and answer: points; one location, a list, or None."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from geopy.exc import GeocoderQueryError
from geopy.point import Point

if TYPE_CHECKING:
    from geopy.location import Location


def point_of(query: Point | tuple[float, float] | str) -> Point:
    """Return the point that geopy takes a query for, latitude first.

    Raises
    ------
    geopy.exc.GeocoderQueryError
        When it is none.
    """
    try:
        if not isinstance(query, str) and any(part is None for part in query):
            message = "geopy takes None for zero"
            raise ValueError(message)  # noqa: TRY301 - one sentence for all that can be wrong
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # geopy warns before it raises
            return Point(query)
    except (TypeError, ValueError) as error:
        message = f"{query!r} is no point: give latitude and longitude in degrees."
        raise GeocoderQueryError(message) from error


def one_or_all(locations: list[Location], *, exactly_one: bool) -> Location | list[Location] | None:
    """Return the first location or all of them; None when there is none."""
    if not locations:
        return None
    return locations[0] if exactly_one else locations
