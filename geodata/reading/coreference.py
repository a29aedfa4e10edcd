"""Who was named before: what "he", "they", "the military", "both sides" stand for."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.event import Actor, ActorKind
from geodata.reading.countries import WITHOUT_ARMY, countries
from geodata.reading.roles import PERSON_TITLES, POLICE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

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
_BODIES = _ARMED | {ActorKind.PARTY, ActorKind.CIVIL_SOCIETY}
_GROUPS = dict.fromkeys(GROUP_NOUNS, _BODIES) | {
    "militia": _ARMED,
    "party": frozenset({ActorKind.PARTY}),
    "organisation": _BODIES | {ActorKind.INTERNATIONAL},
    "organization": _BODIES | {ActorKind.INTERNATIONAL},
}
# Words for forces that stand for a country's own when nothing says whose they are.
OWN_FORCES = frozenset({"army", "military", "troop", "force", "soldier", "police"})
_WHOLE_ARMIES = frozenset({"army", "military", "navy"})
ARMY_WORDS = _WHOLE_ARMIES | {"troop", "soldier"}
_LOOK_BACK = 6  # members among which a subject is preferred


@dataclass(frozen=True, slots=True)
class CastMember:
    """An actor where it is named.

    `position` in the article's text; `words` of the phrase, in small letters; `is_where`: a country that is only where
    something is ("in Kenya"); `is_name`: by a name of its own, and not by its nation ("Syrian rebels").
    """

    position: int
    actor: Actor
    is_person: bool
    is_subject: bool
    words: frozenset[str] = frozenset()
    is_where: bool = False
    is_name: bool = False


class NamedBefore:
    """The actors of an article in the order in which they are named.

    Parameters
    ----------
    home
        ISO 3166-1 alpha-2 code of the country that the article is mostly about, or empty.
    is_mostly_home
        Whether at least half of the places that the article names lie there.
    """

    def __init__(self, home: str, *, is_mostly_home: bool = False) -> None:
        self._home = home
        self._is_mostly_home = is_mostly_home
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
            member
            for member in reversed(self.until(position))
            if member.is_person or (member.actor.kind in _SIDES and not member.is_where)
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
        return [] if persons else self._states_of(before, text, apart_from)

    @staticmethod
    def _states_of(latest_first: Iterable[CastMember], text: str, apart_from: Collection[str]) -> list[Actor]:
        """Tell who "the sides" are after two statesmen met: their states, and not that of one of `apart_from`."""
        found: list[Actor] = []
        states: set[str] = set()
        for member in latest_first:
            country = member.actor.country
            if member.is_where or member.actor.kind is not ActorKind.GOVERNMENT or not country or country in states:
                continue
            states.add(country)
            if member.actor.name in apart_from:
                continue
            name = countries().government(country)
            found.append(Actor(name=name, text=text, kind=ActorKind.GOVERNMENT, country=country))
            if len(found) == _A_PAIR:
                return found[::-1]
        return []

    def stands_for(self, lemma: str, kind: ActorKind | None, position: int) -> Actor | None:
        """Find who "the military", "the minister", "the group" are among those named before."""
        before = self.until(position)
        called = [member for member in before if lemma in member.words]
        if lemma in PERSON_TITLES:
            return latest([m for m in called if m.is_person]) or latest(
                [m for m in before if m.is_person and m.actor.kind in {kind, ActorKind.UNKNOWN}]
            )
        if lemma in POLICE:
            police = [m for m in before if not POLICE.isdisjoint(m.words) and m.actor.country]
            return self._own(police) or latest(police)
        if kind is ActorKind.STATE_FORCES:
            return self._forces(lemma, [m for m in before if m.actor.kind in _FORCES and not m.is_person])
        if kind in _ARMED or lemma in GROUP_NOUNS:
            # "The rebels" are no militia that was named before; "the group" may be either.
            wanted = _ARMED if lemma in GROUP_NOUNS or kind is None else {kind}
            return self.group(lemma, position) or latest(
                [m for m in before if m.actor.kind in wanted and not m.is_person]
            )
        if kind is ActorKind.GOVERNMENT:
            governing = [m for m in before if m.actor.kind is ActorKind.GOVERNMENT and not m.is_person]
            return self._government(lemma, governing)
        if kind is ActorKind.INTERNATIONAL:
            names = ("coalition", "alliance", "mission", "union")
            return latest([m for m in before if any(name in m.actor.name.lower() for name in names)])
        return None

    def group(self, lemma: str, position: int, *, country: str = "") -> Actor | None:
        """Find who "the movement", "the party" is among those named before by names of their own."""
        wanted = _GROUPS.get(lemma, frozenset())
        named = [m for m in self.until(position) if m.is_name and m.actor.kind in wanted and not m.is_person]
        return latest([m for m in named if country in {"", m.actor.country}], subject_first=True)

    def _own(self, members: Iterable[CastMember]) -> Actor | None:
        """Return whoever of them is of the country that the article is about."""
        return latest([member for member in members if self._home and member.actor.country == self._home])

    def _forces(self, lemma: str, forces: Sequence[CastMember]) -> Actor | None:
        """Tell whose "the army" is, and who "the soldiers" are: the latter rather those named last."""
        whole = lemma in _WHOLE_ARMIES
        no_army = self._home in WITHOUT_ARMY and lemma in ARMY_WORDS
        forces = [
            member
            for member in forces
            if POLICE.isdisjoint(member.words) and not (lemma in ARMY_WORDS and member.actor.country in WITHOUT_ARMY)
        ]
        called = [member for member in forces if lemma in member.words and member.actor.country]
        if called:
            return (self._own(called) if whole else None) or latest(called)
        if self._home and lemma in OWN_FORCES and not no_army:
            return latest([m for m in forces if m.actor.name == countries().forces(self._home)])
        return latest(forces)

    def _government(self, lemma: str, governing: Sequence[CastMember]) -> Actor | None:
        """Tell whose "the government" is: called so before, of the country that the article is about, or named last."""
        acting = [member for member in governing if not member.is_where]
        called = [member for member in acting if lemma in member.words]
        found = self._own(called) or latest(called) or self._own(acting)
        if found is not None or (self._home and self._is_mostly_home):
            return found  # else its own, though only its name was told
        return latest(acting) or latest(governing)


def _position(member: CastMember) -> int:
    return member.position


def latest(members: Sequence[CastMember], *, subject_first: bool = False) -> Actor | None:
    """Return the actor named last, of the last few rather one who was a subject."""
    if subject_first:
        last = [member for member in members[-_LOOK_BACK:] if member.is_subject]
        if last:
            return last[-1].actor
    return members[-1].actor if members else None
