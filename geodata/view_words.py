"""A view in words: the filters as one line for titles, captions and snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.actor_groups import group_in_words, parse_group
from geodata.event import DateBasis
from geodata.ontology import EventType, Quad
from geodata.view import Role

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from geodata.event import Precision
    from geodata.view import View

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE_BASES: dict[DateBasis, str] = {
    DateBasis.NAMED: "named",
    DateBasis.RELATIVE: "counted from publication",
    DateBasis.CARRIED: "carried over",
    DateBasis.PUBLICATION: "taken from publication",
}
_MOST = 6  # values of one filter that are spelled out; of more, the first five and a count


def view_in_words(view: View, *, region_name: Callable[[str], str], capital: bool = True) -> str:
    """Say which events a view shows.

    Parameters
    ----------
    view
        Its filters are told; the map window and the selected event are not.
    region_name
        Gives the name of a region by its id.
    capital
        Whether the first letter is made a capital; without, it can go on a sentence.

    Returns
    -------
    str
        Plain text, unescaped, without a full stop: "Kirkuk and Iraqi Kurdistan, 1-31 October
        2017, Iraqi Armed Forces as source, assault or coerce, from Agency A, confidence of at
        least 50%" (with an en dash in the dates).
        "All events" when nothing is filtered.
    """
    parts = [
        _listed([region_name(region_id) for region_id in view.regions], "and"),
        "inside the drawn area" if view.shape else "",
        period_in_words(view.date_from, view.date_to),
        actors_in_words(view, region_name),
        pair_in_words(view.pair),
        types_in_words(view.types),
        text_in_words(view.text),
        f"from {_listed(view.sources, 'or')}" if view.sources else "",
        precisions_in_words(view.precisions),
        dates_in_words(view.date_bases),
        confidence_in_words(view.min_confidence),
        fatalities_in_words(view.min_fatalities),
        added_in_words(view.added_after),
    ]
    said = ", ".join(part for part in parts if part)
    if not said:
        return "All events" if capital else "all events"
    return said[:1].upper() + said[1:] if capital else said


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


def actors_in_words(view: View, region_name: Callable[[str], str]) -> str:
    """Name the actors and groups of a view, and their role; nothing without any."""
    names = [actor_in_words(actor, region_name) for actor in view.actors]
    said = _listed(names, "or")
    return said if not said or view.role is Role.EITHER else f"{said} as {view.role.value}"


def pair_in_words(pair: Sequence[str]) -> str:
    """Say who acts towards whom; nothing without a pair."""
    return " towards ".join(pair)


def actor_in_words(actor: str, region_name: Callable[[str], str]) -> str:
    """Name an actor of a view: a name as it is, a group in words."""
    group = parse_group(actor)
    return group_in_words(group, region_name) if group else actor


def types_in_words(types: Sequence[EventType]) -> str:
    """Name types; a whole class of them by the name of the class."""
    names: list[str] = []
    left = list(types)
    for quad in Quad:
        whole = [kind for kind in EventType if kind.quad is quad]
        # A class of one type is called by the type: "vote" says more than "political process".
        if len(whole) > 1 and set(whole) <= set(left):
            names.append(quad.label.lower())
            left = [kind for kind in left if kind not in whole]
    return _listed(names + [kind.label.lower() for kind in left], "or")


def text_in_words(text: str) -> str:
    """Say which words are looked for; nothing without any."""
    if not text:
        return ""
    return f"with the word{'s' if ' ' in text else ''} “{text}”"


def precisions_in_words(precisions: Sequence[Precision]) -> str:
    """Say how precisely places are known: "placed to a site or settlement"; nothing when it does not matter."""
    return f"placed to a {_listed([precision.value for precision in precisions], 'or')}" if precisions else ""


def dates_in_words(bases: Sequence[DateBasis]) -> str:
    """Say how dates are known; nothing when it does not matter."""
    return f"with the date {_listed([_DATE_BASES[basis] for basis in bases], 'or')}" if bases else ""


def confidence_in_words(least: float | None) -> str:
    """Say the least confidence; nothing when it does not matter."""
    return "" if least is None else f"confidence of at least {least * 100:.0f}%"


def fatalities_in_words(least: int | None) -> str:
    """Say the least number of deaths; nothing when it does not matter."""
    return "" if least is None else f"at least {least:,} {'death' if least == 1 else 'deaths'} stated"


def added_in_words(moment: dt.datetime | None) -> str:
    """Say since when an article must have been added; nothing when it does not matter."""
    return f"added since {day_in_words(moment)}, {moment:%H:%M} UTC" if moment else ""


def _listed(values: Sequence[str], joiner: str) -> str:
    if len(values) > _MOST:
        return f"{', '.join(values[: _MOST - 1])} {joiner} {len(values) - _MOST + 1} more"
    if len(values) > 1:
        return f"{', '.join(values[:-1])} {joiner} {values[-1]}"
    return "".join(values)
