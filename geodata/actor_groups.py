"""Groups of actors, such as all state forces of Iraq: a kind of actor, a country, or both.

A group has an id that stands among the names of actors in a view and in a link::

    group:IQ:state-forces     state forces of Iraq
    group:IQ:any              all actors of Iraq
    group:any:rebel-group     all rebel groups, wherever they are from
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.event import ActorKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geodata.event import Actor

PREFIX = "group:"
ANY = "any"

# Without "unknown": actors of whom nothing is known have nothing in common.
_SLUGS: dict[ActorKind, str] = {
    kind: kind.value.replace(" ", "-") for kind in ActorKind if kind is not ActorKind.UNKNOWN
}
_KINDS = {slug: kind for kind, slug in _SLUGS.items()}
_ID = re.compile(r"group:(any|[A-Z]{2}):([a-z-]+)")
_PLURALS: dict[ActorKind, str] = {
    ActorKind.GOVERNMENT: "governments",
    ActorKind.STATE_FORCES: "state forces",
    ActorKind.REBEL_GROUP: "rebel groups",
    ActorKind.MILITIA: "militias",
    ActorKind.PARTY: "parties",
    ActorKind.CIVILIANS: "civilians",
    ActorKind.PROTESTERS: "protesters",
    ActorKind.INTERNATIONAL: "international organisations",
    ActorKind.CIVIL_SOCIETY: "civil society",
    ActorKind.BUSINESS: "businesses",
    ActorKind.MEDIA: "media",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Actors of a kind (None: of any) from a country (ISO 3166-1 alpha-2, empty: from anywhere)."""

    kind: ActorKind | None = None
    country: str = ""

    @property
    def key(self) -> str:
        """The id without its prefix, as it stands in the columns of the store: "IQ:state-forces"."""
        return f"{self.country or ANY}:{_SLUGS[self.kind] if self.kind else ANY}"

    @property
    def id(self) -> str:
        """The id that stands among the actors of a view: "group:IQ:state-forces"."""
        return PREFIX + self.key

    def holds(self, actor: Actor) -> bool:
        """Tell whether an actor belongs to it."""
        return (self.kind is None or actor.kind is self.kind) and (not self.country or actor.country == self.country)


def parse_group(value: str) -> Group | None:
    """Return the group of an id, None when the text is none (an actor's name, say)."""
    found = _ID.fullmatch(value)
    if found is None:
        return None
    country, slug = found.groups()
    kind = _KINDS.get(slug)
    if (kind is None and slug != ANY) or (country == ANY and kind is None):
        return None
    return Group(kind=kind, country="" if country == ANY else country)


def groups_of(actors: Iterable[Actor]) -> list[str]:
    """Return the keys of all groups to which any of some actors belongs, each once."""
    keys: dict[str, None] = {}
    for actor in actors:
        kind = actor.kind if actor.kind in _SLUGS else None
        # A code that no id could name would make a group that nobody can ask for.
        country = actor.country if re.fullmatch("[A-Z]{2}", actor.country) else ""
        if kind and country:
            keys[Group(kind=kind, country=country).key] = None
        if country:
            keys[Group(country=country).key] = None
        if kind:
            keys[Group(kind=kind).key] = None
    return list(keys)


def group_in_words(group: Group, country_name: Callable[[str], str]) -> str:
    """Name a group in the middle of a sentence: "state forces of Iraq", "all rebel groups".

    Parameters
    ----------
    group
        What to name.
    country_name
        Gives the name of a country by its ISO 3166-1 code.
    """
    if group.kind is None:
        return f"all actors of {country_name(group.country)}"
    plural = _PLURALS[group.kind]
    if not group.country:
        return f"all {plural}"
    if group.kind is ActorKind.GOVERNMENT:
        # Not "government of": one actor of that name is the "Government of Iraq", the group holds ministries too.
        return f"government bodies of {country_name(group.country)}"
    return f"{plural} of {country_name(group.country)}"
