"""A view: what is being looked at. Filters, map window, selected event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from geodata.ontology import EventType


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
