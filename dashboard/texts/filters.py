"""What the sidebar, the chips and the state without results say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import DateBasis, Precision
from geodata.view import Role

if TYPE_CHECKING:
    import datetime as dt

_FIXED_SPACE = "\u2005"  # a quarter of an em; does not grow when a line is spread

SEARCH = "Search"
SEARCH_HINT = "Words in sentences and titles"
PERIOD = "Period"
FROM, TO = "From", "To"
PRESETS: dict[str, int | None] = {"All dates": None, "Latest week": 7, "Latest month": 31, "Latest year": 365}
REGION = "Region"
REGION_HINT = "Add a country, province or region"
ACTORS = "Actors"
ACTORS_HINT = "Add an actor or a group"
ROLE = "Role of the actors"
ROLES: dict[Role, str] = {Role.EITHER: "Either role", Role.SOURCE: "As source", Role.TARGET: "As target"}
TYPES = "Event types"
NO_TYPES = "None chosen: all types are shown."
MORE = "More filters"
MORE_HINT = "How precise, confidence, deaths, source, new"
PRECISION = "How precise"
PRECISIONS: dict[Precision, str] = {
    Precision.SITE: "Site",
    Precision.SETTLEMENT: "Settlement",
    Precision.DISTRICT: "District",
    Precision.PROVINCE: "Province only",
    Precision.COUNTRY: "Country only",
}
CONFIDENCE = "Confidence at least"
FATALITIES = "Deaths stated, at least"
DATED = "How the date is known"
DATE_BASES: dict[DateBasis, str] = {
    DateBasis.NAMED: "Named",
    DateBasis.RELATIVE: "Counted from publication",
    DateBasis.CARRIED: "Carried over",
    DateBasis.PUBLICATION: "Day of publication",
}
SOURCE = "Source"
SOURCE_HINT = "Add a publisher"
FIRST_VISIT = "This is the first visit from this browser, so everything is new."

TAKE_OFF = "Remove"
OFFERED = "offers"
NOTHING_OFFERED = "Nothing of that name in these events."
OFFERS_FAILED = "The names could not be loaded. Type again to retry."

CLEAR_ALL = "Clear all"
UNDO, REDO = "Undo", "Redo"
FILTERS = "Filters"
FILTERS_SET = "Filters that are set"
LOOSEN = "Take off what is in the way:"
LOOSEN_MORE = "No one or two filters stand in the way. Clear all of them, or undo the last changes."
BOTH = " and "


def counted(words: str, count: int) -> str:
    """Return an option with the number of events that it leaves, for a widget's label."""
    return f"{words} · {count:,}"


def counted_row(words: str, count: int) -> str:
    """Return an option of a list, whose number the style sheet puts at the end of the line.

    It does so by spreading the line at its one plain space, so the words stand apart by others.
    """
    return f"{words.replace(' ', _FIXED_SPACE)} {count:,}"


def since_last_visit(moment: dt.datetime, day: str, count: int) -> str:
    """Return the option that leaves what was added since the last visit."""
    return f"Only since my last visit, {day}, {moment:%H:%M} UTC ({count:,})"


def without(labels: str, events: str) -> str:
    """Return the words of a button that takes off filters when nothing passes."""
    return f"Without {labels}: {events}"
