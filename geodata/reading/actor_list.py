"""The list of actors (data/actors.yaml) and how texts name them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import ahocorasick_rs
import yaml

from geodata.event import ActorKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

# A group is named in reports a little before it is founded and long after; only the years of
# persons' offices and of young groups keep an old text from being read with new names.
_SLACK_YEARS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedActor:
    """An actor of the list. `first_year` and `last_year` bound when it is meant; 0 is open."""

    name: str
    kind: ActorKind
    country: str = ""
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    first_year: int = 0
    last_year: int = 0
    person: bool = False
    region: str = ""  # id of the named region that stands for it
    seat: str = ""  # place it speaks from, when not its country's capital

    def lived(self, published: dt.date | None) -> bool:
        """Whether a text of that day can mean it; afterwards is always possible."""
        return published is None or not self.first_year or published.year >= self.first_year - _SLACK_YEARS


@dataclass(frozen=True, slots=True)
class Named:
    """A listed actor named in a text: characters `start` to `end`."""

    start: int
    end: int
    actor: ListedActor


class ActorList:
    """Finds listed actors in a text, all names in one pass.

    Names are found whatever their case, acronyms only as written ("IS", not "is"). Only whole
    words count, and of names that overlap the longest.
    """

    def __init__(self, actors: Iterable[ListedActor]) -> None:
        self.actors = tuple(actors)
        self._names: list[tuple[str, ListedActor]] = []
        self._short: list[tuple[str, ListedActor]] = []
        for actor in self.actors:
            self._names.extend((_plain(name).casefold(), actor) for name in {actor.name, *actor.names})
            self._short.extend((_plain(short), actor) for short in actor.short)
        self.by_region = {f"region:{actor.region}": actor for actor in self.actors if actor.region}
        self.seats = {actor.name: actor.seat for actor in self.actors if actor.seat}
        self._find_names = ahocorasick_rs.AhoCorasick([name for name, _ in self._names])
        self._find_short = ahocorasick_rs.AhoCorasick([name for name, _ in self._short])

    def find(self, text: str, published: dt.date | None = None) -> list[Named]:
        """Return the listed actors named in `text`, in order, not overlapping."""
        plain = _plain(text)
        lower = plain.casefold()
        if len(lower) != len(plain):  # casefold may lengthen ("ß"); offsets must hold
            lower = plain.lower() if len(plain.lower()) == len(plain) else plain
        hits = [
            Named(start, end, book[index][1])
            for finder, book, haystack in (
                (self._find_names, self._names, lower),
                (self._find_short, self._short, plain),
            )
            for index, start, end in finder.find_matches_as_indexes(haystack, overlapping=True)
            if _is_whole(plain, start, end) and _is_name(plain[start:end], book[index][0])
        ]
        hits = [hit for hit in hits if hit.actor.lived(published)]
        hits.sort(key=lambda hit: (hit.start - hit.end, hit.start))
        taken: list[Named] = []
        for hit in hits:
            if all(hit.end <= other.start or other.end <= hit.start for other in taken):
                taken.append(hit)
        return sorted(taken, key=lambda hit: hit.start)


def _plain(text: str) -> str:
    """Make apostrophes alike; every character stays one character."""
    return text.replace("’", "'").replace("ʼ", "'").replace("‘", "'")


def _is_name(found: str, listed: str) -> bool:
    """Tell whether it is written as a name, with a capital ("Change Movement"), unless the list has it with an article ("the junta")."""
    return listed.startswith("the ") or any(letter.isupper() or letter.isdigit() for letter in found)


def _is_whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    return not (before.isalnum() or before == "-") and not behind.isalnum()


def actors_from(entries: Iterable[dict[str, object]]) -> list[ListedActor]:
    """Read actors as data/actors.yaml writes them."""
    made = []
    for entry in entries:
        names, short = entry.get("names") or (), entry.get("short") or ()
        made.append(
            ListedActor(
                name=str(entry["name"]),
                kind=ActorKind(str(entry["kind"])),
                country=str(entry.get("country") or ""),
                names=tuple(map(str, names)) if isinstance(names, (list, tuple)) else (),
                short=tuple(map(str, short)) if isinstance(short, (list, tuple)) else (),
                first_year=int(str(entry.get("from") or 0)),
                last_year=int(str(entry.get("to") or 0)),
                person=bool(entry.get("person")),
                region=str(entry.get("region") or ""),
                seat=str(entry.get("seat") or ""),
            )
        )
    return made


@cache
def actor_list() -> ActorList:
    """Load the list that ships with the package, once."""
    text = files("geodata.reading").joinpath("data/actors.yaml").read_text(encoding="utf-8")
    return ActorList(actors_from(yaml.safe_load(text)))
