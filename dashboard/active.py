"""The filters that are set, one by one, so that each can be named and taken off. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from geodata.actor_groups import parse_group
from geodata.ontology import EventType, Quad
from geodata.view import Role, View
from geodata.view_words import (
    actor_in_words,
    added_in_words,
    confidence_in_words,
    dates_in_words,
    fatalities_in_words,
    period_in_words,
    precisions_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.store.store import Store

_MOST_IN_PAIRS = 8  # filters: 28 pairs, each of them a count
_NOTHING = View()
_ROLE_WORDS = {Role.EITHER: "", Role.SOURCE: " as source", Role.TARGET: " as target"}


@dataclass(frozen=True, slots=True)
class Active:
    """A filter that is set: how it is called, the field of the view, and its values that belong to it.

    Without values the whole field, or several fields, are meant.
    """

    label: str
    fields: tuple[str, ...]
    values: tuple[Any, ...] = ()

    def off(self, view: View) -> dict[str, Any]:
        """Return what to change in a view to take it off."""
        if not self.values:
            return {field: getattr(_NOTHING, field) for field in self.fields}
        (field,) = self.fields
        return {field: tuple(value for value in getattr(view, field) if value not in self.values)}

    def without(self, view: View) -> View:
        """Return a view without it."""
        return replace(view, **self.off(view))


def active_filters(view: View, region_name: Callable[[str], str]) -> list[Active]:
    """Return the filters of a view, each value of a list by itself, in the order of the sidebar.

    Parameters
    ----------
    view
        What is looked at.
    region_name
        Gives the name of a region by its id.
    """
    found = []
    if view.text:
        found.append(Active(f"“{view.text}”", ("text",)))
    if view.date_from or view.date_to:
        words = period_in_words(view.date_from, view.date_to)
        found.append(Active(_sentence(words), ("date_from", "date_to")))
    found += [Active(region_name(region), ("regions",), (region,)) for region in view.regions]
    if view.shape:
        found.append(Active("Drawn area", ("shape",)))
    for actor in view.actors:
        words = _sentence(actor_in_words(actor, region_name)) if parse_group(actor) else actor
        found.append(Active(words + _ROLE_WORDS[view.role], ("actors",), (actor,)))
    if view.pair:
        found.append(Active(" → ".join(view.pair), ("pair",)))
    found += _types(view)
    found += [Active(source, ("sources",), (source,)) for source in view.sources]
    rest = [
        (precisions_in_words(view.precisions), "precisions"),
        (confidence_in_words(view.min_confidence), "min_confidence"),
        (fatalities_in_words(view.min_fatalities), "min_fatalities"),
        (dates_in_words(view.date_bases), "date_bases"),
        (added_in_words(view.added_after), "added_after"),
    ]
    return found + [Active(_sentence(words), (field,)) for words, field in rest if words]


def _types(view: View) -> list[Active]:
    found = []
    left = list(view.types)
    for quad in Quad:
        whole = tuple(kind for kind in EventType if kind.quad is quad)
        if len(whole) > 1 and set(whole) <= set(left):
            found.append(Active(quad.label, ("types",), whole))
            left = [kind for kind in left if kind not in whole]
    return found + [Active(kind.label, ("types",), (kind,)) for kind in left]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def loosening(
    store: Store, view: View, region_name: Callable[[str], str], *, most: int = 4
) -> list[tuple[tuple[Active, ...], int]]:
    """Return which filters to take off so that events pass again, with how many; the most first.

    Single filters where one is enough, else pairs.
    """
    active = active_filters(view, region_name)
    for together in (1, 2):
        if together > 1 and len(active) > _MOST_IN_PAIRS:
            break
        found = []
        for some in combinations(active, together):
            loose = view
            for one in some:
                loose = one.without(loose)
            count = store.counts(loose).events
            if count:
                found.append((some, count))
        if found:
            return sorted(found, key=lambda pair: -pair[1])[:most]
    return []
