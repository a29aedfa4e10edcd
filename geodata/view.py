"""A view: what is being looked at. Filters, map window, selected event.

`geodata.view_url` turns a view into the query of a link and back, `geodata.view_words` into a
sentence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from geodata.ontology import EventType

if TYPE_CHECKING:
    import datetime as dt

HALF_TURN = 180.0  # degrees
MAX_ZOOM = 24.0  # past this a map shows less than a metre


class Role(StrEnum):
    """In which role an actor is looked for."""

    EITHER = "either"
    SOURCE = "source"
    TARGET = "target"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Filters and map window. An empty filter lets everything pass.

    Within one filter values are alternatives (or), between filters all must hold (and).
    An event passes a period when its [date_start, date_end] meets [date_from, date_to];
    an undated event passes only when no period is set.

    A view has one form: values of a filter are sorted and stand once, because their order means
    nothing; the window is brought into range and rounded (1 m, 0.01 zoom levels). So equal views
    compare equal, and make the same link.

    Parameters
    ----------
    date_from, date_to
        First and last day, inclusive, UTC.
    actors
        Canonical names, looked for in `role`.
    types
        PLOVER types and VOTE.
    regions
        Region ids: "IQ", "IQ-KI", "iraqi-kurdistan".
    text
        Words that must all occur in the quote or the title; case does not matter.
    lat, lon, zoom
        Centre and zoom of the map window; None lets the map fit the events. They do not filter.
    event
        Id of the selected event; does not filter.
    """

    date_from: dt.date | None = None
    date_to: dt.date | None = None
    actors: tuple[str, ...] = ()
    role: Role = Role.EITHER
    types: tuple[EventType, ...] = ()
    regions: tuple[str, ...] = ()
    text: str = ""
    lat: float | None = None
    lon: float | None = None
    zoom: float | None = None
    event: str = ""

    def __post_init__(self) -> None:
        """Bring the view into its one form."""
        order = {kind: place for place, kind in enumerate(EventType)}
        types = sorted({EventType(kind) for kind in self.types}, key=order.__getitem__)
        object.__setattr__(self, "types", tuple(types))
        object.__setattr__(self, "role", Role(self.role))
        for name in ("actors", "regions"):
            values = {_writable(value).strip() for value in getattr(self, name)}
            object.__setattr__(self, name, tuple(sorted(values - {""})))
        object.__setattr__(self, "text", " ".join(_writable(self.text).split()))
        object.__setattr__(self, "event", _writable(self.event).strip())
        lat, lon = _in_range(self.lat, -90.0, 90.0, digits=5), _longitude(self.lon)
        if lat is None or lon is None:  # one coordinate alone is no centre
            lat = lon = None
        object.__setattr__(self, "lat", lat)
        object.__setattr__(self, "lon", lon)
        object.__setattr__(self, "zoom", _in_range(self.zoom, 0.0, MAX_ZOOM, digits=2))

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set; the map window and the selected event are none."""
        return bool(self.date_from or self.date_to or self.actors or self.types or self.regions or self.text)


def _writable(text: str) -> str:
    # Half of a surrogate pair cannot be written to UTF-8, so neither to a link nor to a store.
    return text.encode("utf-8", "replace").decode("utf-8")


def _in_range(value: float | None, low: float, high: float, *, digits: int) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return round(min(max(float(value), low), high), digits) + 0.0  # adding 0.0 turns -0.0 into 0.0


def _longitude(value: float | None) -> float | None:
    # Leaflet counts on past 180 degrees when the world is panned round.
    if value is None or not math.isfinite(value):
        return None
    if abs(value) > HALF_TURN:
        value = (value + HALF_TURN) % (2 * HALF_TURN) - HALF_TURN
    return _in_range(value, -HALF_TURN, HALF_TURN, digits=5)
