"""Which actors are persons, and what they are called when they must not be named. Pure.

An event does not keep whether an actor is a person. The list of actors says it of those that it has; of
the others, whatever is not surely a group, an office or a description counts as a person: a group that is
not named is the lesser harm.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geodata.event import ActorKind
from geodata.reading.actor_list import actor_list
from geodata.reading.countries import countries
from geodata.reading.roles import GENERIC_NAME, PEOPLES

if TYPE_CHECKING:
    from geodata.event import Actor

_LABELS: dict[ActorKind, str] = {
    ActorKind.GOVERNMENT: "A government official",
    ActorKind.STATE_FORCES: "A member of state forces",
    ActorKind.REBEL_GROUP: "A member of a rebel group",
    ActorKind.MILITIA: "A member of a militia",
    ActorKind.PARTY: "A politician",
    ActorKind.CIVILIANS: "A civilian",
    ActorKind.PROTESTERS: "A protester",
    ActorKind.INTERNATIONAL: "An international official",
    ActorKind.CIVIL_SOCIETY: "A member of civil society",
    ActorKind.BUSINESS: "A businessperson",
    ActorKind.MEDIA: "A journalist",
    ActorKind.UNKNOWN: "A person",
}
# A name with one of these words is a group's, whatever else is in it; surnames are none of them.
GROUP_WORDS = frozenset(
    [
        "academy",
        "administration",
        "affairs",
        "agency",
        "airlines",
        "alliance",
        "armed",
        "army",
        "assembly",
        "association",
        "authority",
        "battalion",
        "battalions",
        "bloc",
        "board",
        "brigade",
        "brigades",
        "bureau",
        "cabinet",
        "campaign",
        "caucus",
        "cell",
        "centre",
        "center",
        "chamber",
        "church",
        "coalition",
        "college",
        "command",
        "commission",
        "committee",
        "company",
        "confederation",
        "conference",
        "congress",
        "corporation",
        "corps",
        "council",
        "court",
        "defence",
        "defense",
        "delegation",
        "department",
        "directorate",
        "division",
        "embassy",
        "faction",
        "federation",
        "fighters",
        "force",
        "forces",
        "foundation",
        "front",
        "fund",
        "gang",
        "government",
        "group",
        "groups",
        "guards",
        "headquarters",
        "institute",
        "institution",
        "intelligence",
        "islamic",
        "jihad",
        "junta",
        "kingdom",
        "league",
        "legion",
        "liberation",
        "media",
        "militants",
        "militia",
        "militias",
        "ministry",
        "mission",
        "mobilisation",
        "mobilization",
        "movement",
        "municipality",
        "national",
        "nations",
        "navy",
        "network",
        "news",
        "observatory",
        "office",
        "organisation",
        "organization",
        "parliament",
        "parties",
        "party",
        "patriotic",
        "peacekeepers",
        "people's",
        "peshmerga",
        "police",
        "popular",
        "press",
        "programme",
        "project",
        "protesters",
        "rebels",
        "regiment",
        "regime",
        "republic",
        "resistance",
        "security",
        "senate",
        "service",
        "services",
        "society",
        "soldiers",
        "squad",
        "state",
        "states",
        "supreme",
        "syndicate",
        "times",
        "tribe",
        "tribes",
        "tribunal",
        "troops",
        "union",
        "united",
        "unit",
        "units",
        "university",
        "villagers",
        "watch",
        "workers",
    ]
)
_ACRONYM = range(2, 8)  # letters


@cache
def listed_persons() -> dict[str, bool]:
    """Return the names of the list of actors, folded, with whether they name a person."""
    found: dict[str, bool] = {}
    for actor in actor_list().actors:
        for name in (actor.name, *actor.names, *actor.short):
            known = found.get(name.casefold())
            found[name.casefold()] = actor.person if known is None else known or actor.person
    return found


@cache
def _groups() -> frozenset[str]:
    """Return names that this program makes itself, and those of countries and peoples, folded."""
    known = countries()
    made = [make(code) for code in known.names for make in (known.government, known.forces, known.police)]
    generic = [*GENERIC_NAME.values(), *_LABELS.values()]
    made += [*generic, *(f"{name} ({country})" for name in generic for country in known.names.values())]
    names = [*known.names.values(), *known.adjectives.values(), *made]
    return frozenset(name.casefold() for name in names) | frozenset(known.by_demonym) | PEOPLES


def is_person(name: str) -> bool:
    """Tell whether an actor of this name has to be taken for a person."""
    folded = name.casefold().strip()
    listed = listed_persons().get(folded)
    if listed is not None:
        return listed
    if not folded or folded in _groups() or folded.removeprefix("the ") in _groups():
        return False
    words = folded.replace("-", " ").split()
    if any(word.strip(".,'’()") in GROUP_WORDS for word in words):
        return False
    if name.isascii() and name.isalpha() and name.isupper() and len(name) in _ACRONYM:
        return False
    has_case = any(letter.isupper() or letter.islower() for letter in name)
    # Written without any capital it describes: "gunmen in uniform". Scripts without case tell nothing.
    return not has_case or any(letter.isupper() for letter in name)


def label_of(actor: Actor) -> str:
    """Return what a person is called instead of by name: "A government official (Iraq)"."""
    label = _LABELS[actor.kind]
    country = countries().names.get(actor.country, "")
    return f"{label} ({country})" if country else label
