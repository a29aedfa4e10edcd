"""The list of actors (data/actors.yaml, and a file of the user's own) and how texts name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import ahocorasick_rs
import yaml

from geodata.errors import ConflictmapError
from geodata.event import ActorKind
from geodata.reading.countries import countries
from geodata.settings import settings

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

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
    people: str = ""  # whose adjective means it before "forces" or "authorities", in news of its country: "Kurdish"
    parent: str = ""  # canonical name of the actor that it belongs to
    coalition_in: tuple[str, ...] = ()  # countries (ISO 3166-1 alpha-2) in whose wars "the coalition" is this one

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
    words count, and of names that overlap the longest; of two actors with one name, the first.
    """

    def __init__(self, actors: Iterable[ListedActor]) -> None:
        self.actors = tuple(actors)
        self._names: list[tuple[str, ListedActor]] = []
        self._short: list[tuple[str, ListedActor]] = []
        for actor in self.actors:
            self._names.extend((_folded(_plain(name)), actor) for name in dict.fromkeys((actor.name, *actor.names)))
            self._short.extend((_plain(short), actor) for short in actor.short)
        self._rank = {actor: rank for rank, actor in enumerate(self.actors)}
        self.by_region = {f"region:{actor.region}": actor for actor in self.actors if actor.region}
        self._by_people = {
            (actor.people.lower(), actor.country, actor.kind): actor for actor in self.actors if actor.people
        }
        self.coalitions = {code: actor for actor in self.actors for code in actor.coalition_in}
        self.seats = {actor.name: actor.seat for actor in self.actors if actor.seat}
        self._find_names = ahocorasick_rs.AhoCorasick([name for name, _ in self._names])
        self._find_short = ahocorasick_rs.AhoCorasick([name for name, _ in self._short])

    def of_people(self, adjective: str, country: str, kind: ActorKind) -> ListedActor | None:
        """Return the actor of a people without a state of its own, in news of a country (ISO 3166-1 alpha-2)."""
        return self._by_people.get((adjective.lower(), country, kind))

    def find(self, text: str, published: dt.date | None = None) -> list[Named]:
        """Return the listed actors named in `text`, in order, not overlapping."""
        plain = _plain(text)
        hits = [
            Named(start, end, book[index][1])
            for finder, book, haystack in (
                (self._find_names, self._names, _folded(plain)),
                (self._find_short, self._short, plain),
            )
            for index, start, end in finder.find_matches_as_indexes(haystack, overlapping=True)
            if _is_whole(plain, start, end) and _is_name(plain[start:end], book[index][0])
        ]
        hits = [hit for hit in hits if hit.actor.lived(published)]
        hits.sort(key=lambda hit: (hit.start - hit.end, hit.start, self._rank[hit.actor]))
        taken: list[Named] = []
        for hit in hits:
            if all(hit.end <= other.start or other.end <= hit.start for other in taken):
                taken.append(hit)
        return sorted(taken, key=lambda hit: hit.start)


_APOSTROPHES = re.compile("[’ʼ‘´`]")
_SPACES = re.compile(r"[\n\r\t\u00a0\u202f]")  # lines are wrapped within names
_HYPHENS = re.compile("[\u2010\u2011]")
_SURROGATES = re.compile("[\ud800-\udfff]")  # JSON can hold halves of characters, which no search takes


def _plain(text: str) -> str:
    """Make apostrophes, spaces and hyphens alike; every character stays one character."""
    text = _APOSTROPHES.sub("'", text)
    text = _SPACES.sub(" ", text)
    return _SURROGATES.sub("?", _HYPHENS.sub("-", text))


def _folded(text: str) -> str:
    """Fold case; every character stays one character, so that offsets hold ("İ", "ß")."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(fold if len(fold := letter.casefold()) == 1 else letter for letter in text)


def _is_name(found: str, listed: str) -> bool:
    """Tell whether it is written as a name, with a capital ("Change Movement"), unless the list has it with an article ("the Kremlin")."""
    return listed.startswith("the ") or any(letter.isupper() or letter.isdigit() for letter in found)


def _is_whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    return not (before.isalnum() or before == "-") and not behind.isalnum()


# What an entry may say: field of the file -> field of ListedActor.
_FIELDS = {field.name: field.name for field in fields(ListedActor)}
_FIELDS = {"from": _FIELDS.pop("first_year"), "to": _FIELDS.pop("last_year")} | _FIELDS
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False, "": False}
_SHORTEST_NAME = 2  # a single letter names nobody


def actors_from(entries: Iterable[Mapping[str, object]]) -> list[ListedActor]:
    """Read actors as data/actors.yaml writes them.

    Raises
    ------
    ConflictmapError
        An entry is not of that form: one sentence that names the entry and says what is wrong.
    """
    made: list[ListedActor] = []
    owner: dict[str, str] = {}
    for number, entry in enumerate(entries, 1):
        try:
            actor = _actor(entry)
            _claim(owner, actor)
        except ValueError as wrong:
            label = str(entry.get("name") or "") if isinstance(entry, Mapping) else ""
            where = f"entry {number} ({label})" if label else f"entry {number}"
            message = f"{where} {wrong}."
            raise ConflictmapError(message) from wrong
        made.append(actor)
    return made


def _actor(entry: Mapping[str, object]) -> ListedActor:
    if not isinstance(entry, Mapping):
        message = "is not a mapping such as {name: Some Group, kind: rebel group}"
        raise ValueError(message)  # noqa: TRY004 - the caller makes it a sentence for the user
    unknown = sorted(str(key) for key in entry if key not in _FIELDS)
    if unknown:
        message = f"has a field {unknown[0]!r}, which is none of {', '.join(_FIELDS)}"
        raise ValueError(message)
    kind = _word(entry, "kind")
    if kind not in set(ActorKind):
        message = f"needs a kind, one of: {', '.join(ActorKind)}"
        raise ValueError(message)
    country = _word(entry, "country")
    if country and country not in countries().names:
        message = f"has the country {country!r}, which is no ISO 3166-1 code of two capital letters"
        raise ValueError(message)
    first, last = _year(entry, "from"), _year(entry, "to")
    if first and last and first > last:
        message = f"ends in {last}, before it begins in {first}"
        raise ValueError(message)
    person = _word(entry, "person").lower()
    if person not in _TRUTHS:
        message = "says for person neither true nor false"
        raise ValueError(message)
    name = _word(entry, "name")
    if len(name) < _SHORTEST_NAME:
        message = "needs a name of two characters or more"
        raise ValueError(message)
    return ListedActor(
        name=name,
        kind=ActorKind(kind),
        country=country,
        names=_words(entry, "names"),
        short=_words(entry, "short"),
        first_year=first,
        last_year=last,
        person=_TRUTHS[person],
        seat=_word(entry, "seat"),
        region=_word(entry, "region"),
        people=_word(entry, "people"),
        parent=_word(entry, "parent"),
        coalition_in=_words(entry, "coalition_in"),
    )


def _claim(owner: dict[str, str], actor: ListedActor) -> None:
    """Note whose each name is; a name that two actors share names neither."""
    keys = [_folded(_plain(name)) for name in (actor.name, *actor.names)]
    if owner.get(keys[0]) == actor.name:
        message = "stands in the list twice"
        raise ValueError(message)
    for key in (*keys, *(_plain(short) for short in actor.short)):
        if owner.setdefault(key, actor.name) != actor.name:
            message = f"shares the name {key!r} with {owner[key]}"
            raise ValueError(message)


def _word(entry: Mapping[str, object], field: str) -> str:
    value = entry.get(field)
    if isinstance(value, (list, tuple, Mapping)):
        message = f"needs one word or name for {field}, not a list"
        raise ValueError(message)  # noqa: TRY004 - the caller makes it a sentence for the user
    return "" if value is None else str(value).strip()


def _words(entry: Mapping[str, object], field: str) -> tuple[str, ...]:
    value = entry.get(field)
    if isinstance(value, str) and value.strip():
        value = [value]
    value = value or ()
    if not isinstance(value, (list, tuple)) or not all(isinstance(word, (str, int)) for word in value):
        message = f"needs a list for {field}, such as [One Name, Another Name]"
        raise ValueError(message)
    words = tuple(str(word).strip() for word in value)
    if any(len(word) < _SHORTEST_NAME for word in words):
        message = f"has a name of fewer than two characters under {field}"
        raise ValueError(message)
    return words


def _year(entry: Mapping[str, object], field: str) -> int:
    word = _word(entry, field)
    if word and not re.fullmatch(r"[12][0-9]{3}", word):
        message = f"needs a year such as 2014 for {field}, not {word!r}"
        raise ValueError(message)
    return int(word or 0)


# Everything as text: "NO" is Norway, not a negation. The parser in C is ten times as fast.
_LOADER: type[yaml.BaseLoader | yaml.cyaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _entries(text: str) -> list[Mapping[str, object]]:
    try:
        raw = yaml.load(text, Loader=_LOADER)  # noqa: S506 - makes texts, lists and mappings only
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        message = f"line {mark.line + 1} is not YAML." if mark else "it is not YAML."
        raise ConflictmapError(message) from wrong
    except RecursionError as wrong:
        message = "its lists are nested too deeply."
        raise ConflictmapError(message) from wrong
    if not isinstance(raw or [], list):
        message = "it must be a list, with one actor a line that begins with a dash."
        raise ConflictmapError(message)
    return raw or []


def load_actors(own: Path | None = None) -> ActorList:
    """Load the list that ships with the package, and before it the user's own.

    Parameters
    ----------
    own
        YAML file of the form of data/actors.yaml. An entry with the name of one of ours takes its
        place; a name that one of ours has too means the user's.

    Raises
    ------
    ConflictmapError
        The user's file cannot be read or is not of that form.
    """
    ours = actors_from(_entries(files("geodata.reading").joinpath("data/actors.yaml").read_text(encoding="utf-8")))
    if own is None:
        return ActorList(ours)
    try:
        theirs = actors_from(_entries(own.read_text(encoding="utf-8-sig")))
        _check_parents(theirs, {actor.name for actor in (*ours, *theirs)})
    except OSError as wrong:
        message = (
            f"The file of actors {own} cannot be read ({wrong.strerror}): correct CONFLICTMAP_ACTORS, or unset it."
        )
        raise ConflictmapError(message) from wrong
    except UnicodeDecodeError as wrong:
        message = f"The file of actors {own} is not UTF-8 text: save it as UTF-8."
        raise ConflictmapError(message) from wrong
    except ConflictmapError as wrong:
        message = f"The file of actors {own} cannot be used: {wrong}"
        raise ConflictmapError(message) from wrong
    replaced = {_folded(_plain(actor.name)) for actor in theirs}
    return ActorList([*theirs, *(actor for actor in ours if _folded(_plain(actor.name)) not in replaced)])


def _check_parents(actors: Iterable[ListedActor], listed: set[str]) -> None:
    for actor in actors:
        if actor.parent and actor.parent not in listed and not is_made_by_rule(actor.parent):
            message = f"{actor.name} belongs to {actor.parent}, which is no actor of the list."
            raise ConflictmapError(message)


def is_made_by_rule(name: str) -> bool:
    """Tell whether it is the name of a country's government, armed forces or police."""
    table = countries()
    return any(name in {table.government(code), table.forces(code), table.police(code)} for code in table.names)


@cache
def actor_list() -> ActorList:
    """Load the list of this installation, once: ours, and the file that the settings name."""
    return load_actors(settings().actors)
