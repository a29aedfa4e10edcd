"""Who was named before: what "he", "they", "the military", "both sides" stand for."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.event import Actor, ActorKind
from geodata.reading.countries import countries
from geodata.reading.roles import PERSON_TITLES, POLICE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_SINGULAR = frozenset({"he", "she", "him", "her", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "themselves"})
_SOME = frozenset({"some", "many", "others", "several", "most"})  # "some threw stones": of those named before
_THING = frozenset({"it", "itself"})
_SPEAKER = frozenset({"i", "we", "us", "me", "ours", "ourselves"})
PRONOUNS = _SINGULAR | _PLURAL | _THING | _SPEAKER | _SOME
_FORCES = frozenset({ActorKind.STATE_FORCES})
_ARMED = frozenset({ActorKind.REBEL_GROUP, ActorKind.MILITIA})
_SIDES = frozenset(
    {ActorKind.STATE_FORCES, ActorKind.REBEL_GROUP, ActorKind.MILITIA, ActorKind.GOVERNMENT, ActorKind.PARTY}
)
_A_PAIR = 2
_PERSONS = PERSON_TITLES | {"man", "woman", "official"}
_OPEN = frozenset({"two", "both", "other"})  # of the sort of who was the last to do something
GROUP_NOUNS = frozenset({"group", "organisation", "organization", "movement", "militia", "party"})
# Words for forces that stand for a country's own when nothing says whose they are.
OWN_FORCES = frozenset({"army", "military", "troop", "force", "soldier", "police"})
_LOOK_BACK = 6  # members among which a subject is preferred


@dataclass(frozen=True, slots=True)
class CastMember:
    """An actor where it is named: `position` in the article's text."""

    position: int
    actor: Actor
    is_person: bool
    is_subject: bool


class NamedBefore:
    """The actors of an article in the order in which they are named.

    Parameters
    ----------
    home
        ISO 3166-1 alpha-2 code of the country that the article is mostly about, or empty.
    """

    def __init__(self, home: str) -> None:
        self._home = home
        self._named: list[CastMember] = []
        self._all: list[CastMember] = []  # with those that are only described ("protesters")

    def add(self, member: CastMember, *, described: bool = False) -> None:
        """Add an actor; only pronouns stand for one that is merely described."""
        insort(self._all, member, key=_position)
        if not described:
            insort(self._named, member, key=_position)

    def until(self, position: int, *, described: bool = False) -> list[CastMember]:
        """Return those named before a position of the text."""
        members = self._all if described else self._named
        return members[: bisect_left(members, position, key=_position)]

    def pronoun(self, word: str, position: int, speaker: Actor | None) -> Actor | None:
        """Tell who a pronoun at a position of the text stands for; "we" is the speaker."""
        if word in _SPEAKER:
            return speaker
        before = self.until(position)
        if word in _SINGULAR:
            return latest([member for member in before if member.is_person], subject_first=True)
        groups = [member for member in self.until(position, described=True) if not member.is_person]
        if word in _PLURAL:
            return latest(groups, subject_first=True) or latest(before)
        if word in _SOME:
            return latest(groups, subject_first=True)
        return latest(groups, subject_first=True) if word in _THING else None

    def two_sides(self, position: int, lemma: str, text: str, apart_from: Collection[str]) -> list[Actor]:
        """Tell who "both sides", "the two men", "the two" are: the last two of that sort named before."""
        before = [
            member for member in reversed(self.until(position)) if member.is_person or member.actor.kind in _SIDES
        ]
        last = next((member for member in before if member.is_subject), None)
        persons = lemma in _PERSONS or (lemma in _OPEN and last is not None and last.is_person)
        found: list[Actor] = []
        for member in before:
            actor = member.actor
            known = {*apart_from, *(other.name for other in found)}
            if member.is_person is persons and actor.name not in known:
                found.append(Actor(name=actor.name, text=text, kind=actor.kind, country=actor.country))
                if len(found) == _A_PAIR:
                    return found[::-1]
        return []

    def stands_for(self, lemma: str, kind: ActorKind | None, position: int) -> Actor | None:
        """Find who "the military", "the minister", "the group" are among those named before."""
        before = self.until(position)
        if lemma in PERSON_TITLES:
            return latest([m for m in before if m.is_person and m.actor.kind in {kind, ActorKind.UNKNOWN}])
        if lemma in POLICE:
            return None
        if kind is ActorKind.STATE_FORCES:
            forces = [m for m in before if m.actor.kind in _FORCES and not m.is_person]
            if self._home and lemma in OWN_FORCES:
                own = [m for m in forces if m.actor.name == countries().forces(self._home)]
                return latest(own)
            return latest(forces)
        if kind in _ARMED or lemma in GROUP_NOUNS:
            # "The rebels" are no militia that was named before; "the group" may be either.
            wanted = _ARMED if lemma in GROUP_NOUNS or kind is None else {kind}
            return latest([m for m in before if m.actor.kind in wanted and not m.is_person])
        if kind is ActorKind.GOVERNMENT:
            return latest([m for m in before if m.actor.kind is ActorKind.GOVERNMENT and not m.is_person])
        if kind is ActorKind.INTERNATIONAL:
            names = ("coalition", "alliance", "mission", "union")
            return latest([m for m in before if any(name in m.actor.name.lower() for name in names)])
        return None


def _position(member: CastMember) -> int:
    return member.position


def latest(members: Sequence[CastMember], *, subject_first: bool = False) -> Actor | None:
    """Return the actor named last, of the last few rather one who was a subject."""
    if subject_first:
        last = [member for member in members[-_LOOK_BACK:] if member.is_subject]
        if last:
            return last[-1].actor
    return members[-1].actor if members else None
