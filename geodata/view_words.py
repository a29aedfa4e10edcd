"""A view in words: the filters as one line for titles, captions and snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.ontology import EventType, Quad
from geodata.view import Role

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from geodata.view import View

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MOST = 6  # values of one filter that are spelled out; of more, the first five and a count


def view_in_words(view: View, *, region_name: Callable[[str], str]) -> str:
    """Say which events a view shows.

    Parameters
    ----------
    view
        Its filters are told; the map window and the selected event are not.
    region_name
        Gives the name of a region by its id.

    Returns
    -------
    str
        Plain text, unescaped, without a full stop: "Kirkuk and Iraqi Kurdistan, 1-31 October
        2017, Iraqi Armed Forces as source, assault or coerce" (with an en dash in the dates).
        "All events" when nothing is filtered.
    """
    parts = [
        _listed([region_name(region_id) for region_id in view.regions], "and"),
        period_in_words(view.date_from, view.date_to),
        _actors(view),
        _types(view.types),
        _text(view.text),
    ]
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:] if said else "All events"


def day_in_words(day: dt.date) -> str:
    """Write a day as "23 October 2017"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def period_in_words(first: dt.date | None, last: dt.date | None) -> str:
    """Write a period without saying anything twice.

    Returns
    -------
    str
        "23 October 2017", "1-31 October 2017", "28 September - 3 October 2017", "since ...",
        "until ...", with en dashes; empty when both ends are open.
    """
    if first is None and last is None:
        return ""
    if last is None or first is None:
        return f"since {day_in_words(first)}" if first else f"until {day_in_words(last)}" if last else ""
    if first == last:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_in_words(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {day_in_words(last)}"
    return f"{day_in_words(first)} – {day_in_words(last)}"


def _actors(view: View) -> str:
    if not view.actors:
        return ""
    if view.role is Role.EITHER:
        return _listed(view.actors, "or")
    return f"{_listed(view.actors, 'or')} as {view.role.value}"


def _types(types: Sequence[EventType]) -> str:
    names: list[str] = []
    left = list(types)
    for quad in Quad:
        whole = [kind for kind in EventType if kind.quad is quad]
        # A class of one type is called by the type: "vote" says more than "political process".
        if len(whole) > 1 and set(whole) <= set(left):
            names.append(quad.label.lower())
            left = [kind for kind in left if kind not in whole]
    return _listed(names + [kind.label.lower() for kind in left], "or")


def _text(text: str) -> str:
    if not text:
        return ""
    return f"with the word{'s' if ' ' in text else ''} “{text}”"


def _listed(values: Sequence[str], joiner: str) -> str:
    if len(values) > _MOST:
        return f"{', '.join(values[: _MOST - 1])} {joiner} {len(values) - _MOST + 1} more"
    if len(values) > 1:
        return f"{', '.join(values[:-1])} {joiner} {values[-1]}"
    return "".join(values)
