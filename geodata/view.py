"""A view: what is being looked at. Filters, map window, selected event.

`geodata.view_url` turns a view into the query of a link and back, `geodata.view_words` into a
sentence.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Self, TypeVar

from geodata.event import DateBasis, Precision
from geodata.ontology import EventType
from geodata.view_shape import one_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.view_shape import Ring

E = TypeVar("E", bound=StrEnum)

HALF_TURN = 180.0  # degrees
MAX_ZOOM = 24.0  # past this a map shows less than a metre
_SIDES = 2  # of a pair: who acts, and who is acted upon
MAX_FATALITIES = 1_000_000  # nobody asks for events with more


class Role(StrEnum):
    """In which role an actor is looked for."""

    EITHER = "either"
    SOURCE = "source"
    TARGET = "target"


class Layer(StrEnum):
    """What the map draws of the events."""

    EVENTS = "events"
    HEAT = "heat"
    REGIONS = "regions"


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
        Canonical names, and ids of groups (`geodata.actor_groups`), looked for in `role`.
    pair
        Who towards whom: canonical names of one actor that acts and one that is acted upon, in the
        same event; empty for any. It holds beside `actors`, not instead of them.
    types
        PLOVER types and VOTE.
    regions
        Region ids: "IQ", "IQ-KI", "iraqi-kurdistan".
    text
        Words that must all occur in the quote or the title; case does not matter.
    sources
        Names of publishers.
    precisions
        How exactly the place is known; an event without a place passes only when none is set.
    min_confidence
        Least confidence, more than 0 to 1, in steps of 0.01; None for any.
    min_fatalities
        Least number of deaths stated, from 1; None for any, also for none stated.
    added_after
        Only events of articles that were added to the store after this moment, UTC, to the second.
    date_bases
        How the date is known; an event without a date passes only when none is set.
    shape
        A ring (lat, lon) drawn on the map, in the form of `geodata.view_shape.one_form`. A dot
        passes when it lies inside; an event that is known only to an area passes when the whole
        area lies inside; an event without a place passes only when no shape is set.
    layer
        What the map draws; does not filter.
    lat, lon, zoom
        Centre and zoom of the map window; None lets the map fit the events. They do not filter.
    event
        Id of the selected event; does not filter.
    """

    date_from: dt.date | None = None
    date_to: dt.date | None = None
    actors: tuple[str, ...] = ()
    role: Role = Role.EITHER
    pair: tuple[str, str] | tuple[()] = ()
    types: tuple[EventType, ...] = ()
    regions: tuple[str, ...] = ()
    text: str = ""
    sources: tuple[str, ...] = ()
    precisions: tuple[Precision, ...] = ()
    min_confidence: float | None = None
    min_fatalities: int | None = None
    added_after: dt.datetime | None = None
    date_bases: tuple[DateBasis, ...] = ()
    shape: Ring = ()
    layer: Layer = Layer.EVENTS
    lat: float | None = None
    lon: float | None = None
    zoom: float | None = None
    event: str = ""

    def __post_init__(self) -> None:
        """Bring the view into its one form."""
        object.__setattr__(self, "types", _in_order(EventType, self.types))
        object.__setattr__(self, "precisions", _in_order(Precision, self.precisions))
        object.__setattr__(self, "date_bases", _in_order(DateBasis, self.date_bases))
        object.__setattr__(self, "role", Role(self.role))
        object.__setattr__(self, "layer", Layer(self.layer))
        object.__setattr__(self, "shape", one_form(self.shape))
        object.__setattr__(self, "min_confidence", _in_range(self.min_confidence, 0.0, 1.0, digits=2) or None)
        object.__setattr__(self, "min_fatalities", _count(self.min_fatalities))
        object.__setattr__(self, "added_after", _moment(self.added_after))
        for name in ("actors", "regions", "sources"):
            values = {_writable(value).strip() for value in getattr(self, name)}
            object.__setattr__(self, name, tuple(sorted(values - {""})))
        sides = tuple(_writable(name).strip() for name in self.pair)
        object.__setattr__(self, "pair", sides if len(sides) == _SIDES and all(sides) else ())
        object.__setattr__(self, "text", " ".join(_writable(self.text).split()))
        object.__setattr__(self, "event", _writable(self.event).strip())
        lat, lon = _in_range(self.lat, -90.0, 90.0, digits=5), _longitude(self.lon)
        if lat is None or lon is None:  # one coordinate alone is no centre
            lat = lon = None
        object.__setattr__(self, "lat", lat)
        object.__setattr__(self, "lon", lon)
        object.__setattr__(self, "zoom", _in_range(self.zoom, 0.0, MAX_ZOOM, digits=2))

    @property
    def filters(self) -> Self:
        """The view without what does not filter: map window, layer and selected event.

        Views with equal filters show the same events, so this is what to remember answers by. The
        role stays although it filters only with actors: it says which actors are offered.
        """
        return replace(self, lat=None, lon=None, zoom=None, layer=Layer.EVENTS, event="")

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set; the map window, the layer and the selected event are none."""
        return replace(self.filters, role=Role.EITHER) != View()


def _in_order(kind: type[E], values: Iterable[E]) -> tuple[E, ...]:
    wanted = {kind(value) for value in values}
    return tuple(member for member in kind if member in wanted)


def _count(value: int | None) -> int | None:
    return min(int(value), MAX_FATALITIES) if value is not None and value >= 1 else None


def _moment(value: dt.datetime | None) -> dt.datetime | None:
    """Return a moment in UTC to the second; one without a time zone is taken to be UTC."""
    if value is None:
        return None
    utc = value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
    return utc.replace(microsecond=0)


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
