"""From the place names of an article to the questions that ranking answers: one for each name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer import demonyms, fold
from geodata.reading import place_words as words
from geodata.reading.candidates import abbreviations, level
from geodata.reading.confines import as_quarter, confine, in_city, is_known_city
from geodata.reading.features import Context, Question
from geodata.reading.quarters import city_of, is_called_one
from geodata.reading.sighting import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.reading.candidates import CandidateFinder, CandidateSet
    from geodata.reading.sighting import Sighting

    Parents = tuple[tuple[str, str], ...]

_DEMONYM = re.compile(r"\b[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b")
# What joins a name to its parent, as in "Paris, Texas" and "Tripoli in northern Lebanon".
_TO_PARENT = re.compile(
    r"(?:\s*[,(]\s*|(?=\s+in\s))(?:\s*in\s+(?:the\s+)?(?:(?:north|south|east|west|central)[a-z-]*\s+)?)?(?:Co\.\s+)?$"
)
# What joins names that share what stands behind the last of them: "Paris, Dover and Aurora, Ohio".
_IN_LIST = re.compile(r",?\s+(?:and|or)\s+|,\s+")
_COUNTY = re.compile(r"\bCo\.\s+$")
_PARENT_REACH = 24  # characters from a name to the parent behind it: ", in northeastern "
_MOST_PARENTS = 4
_SURE_QUALITY = 0.9
_LOOK = 60
_SHORT = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the mentions that its answer is for; `city` is the one whose quarter the name is, if any."""

    question: Question
    members: tuple[Sighting, ...]
    city: Sighting | None = None


def ask(sightings: Sequence[Sighting], text: str, finder: CandidateFinder) -> list[Asked]:
    """Group mentions into questions.

    A name stands for one place throughout an article, except where a mention is followed by another
    parent than the name had when it came up first ("Tripoli in northern Lebanon" in a report from Libya).
    """
    groups: dict[tuple[str, Precision | None], list[tuple[Sighting, Parents]]] = defaultdict(list)
    starts = {sighting.start: sighting for sighting in sightings}
    behind = {s.start: _parents(s, starts, text, finder) for s in sightings}
    shared = _shared_parents(sightings, behind, text, finder)
    for sighting in sightings:
        key = sighting.text if sighting.text in abbreviations() else (fold(sighting.text) or sighting.text)
        groups[key, unit_of(sighting, text)].append((sighting, behind[sighting.start]))
    asked = []
    for (_, unit), group in groups.items():
        first = group[0][1]
        base = [s for s, parents in group if not parents or parents == first]
        others: dict[Parents, list[Sighting]] = defaultdict(list)
        for sighting, parents in group:
            if parents and parents != first:
                others[parents].append(sighting)
        later = tuple(dict.fromkeys(parent for parents in others for parent in parents))
        later += tuple(parent for s in base for parent in shared.get(s.start, ()))
        for members, parents, hinted in ((base, first, later), *((m, p, ()) for p, m in others.items())):
            known = finder.find(_spelling(members), unit)
            city = None if is_known_city(known) else city_of(members[0], starts, text)
            if city is not None:
                found, elsewhere = in_city(known, city, finder)
            else:
                found, elsewhere = confine(known, members[0], starts, text, finder)
            if city is None and not elsewhere and is_called_one(members[0], text):
                found, elsewhere = as_quarter(found, members[0], starts, finder)
            asked.append(
                Asked(
                    Question(
                        candidates=found,
                        unit=unit,
                        count=len(members),
                        parents=parents,
                        later_parents=hinted,
                        in_dateline=any(s.origin is Origin.DATELINE for s in members),
                        elsewhere=elsewhere,
                    ),
                    tuple(members),
                    city,
                )
            )
    return asked


def context_of(
    asked: Sequence[Asked], text: str, home: str, finder: CandidateFinder, fought_in: Mapping[str, int] | None = None
) -> Context:
    """Gather what the article as a whole says: demonyms, dateline, where it was written (`home`), whose groups fight."""
    counted = Counter(code for word in _DEMONYM.findall(text) if (code := demonyms().get(word)))
    counted.update(fought_in or {})
    total = sum(counted.values()) + 1
    sets: list[CandidateSet] = [a.question.candidates for a in asked if a.question.in_dateline]
    sets += [finder.find(part.strip()) for part in home.split(",") if part.strip()]
    firsts = [found.first.place for found in sets if found]
    return Context(
        demonyms={code: count / total for code, count in counted.items()},
        home=frozenset(place.country for place in firsts if place.country),
        seats=frozenset(place.admin1 for place in firsts if place.admin1),
    )


def unit_of(sighting: Sighting, text: str) -> Precision | None:
    """Return what the words beside a name say it is: "Kirkuk province" is a province."""
    behind = words.UNIT_BEHIND.match(text, sighting.end)
    before = words.UNIT_BEFORE.search(text[max(0, sighting.start - _LOOK) : sighting.start])
    for match in (behind, before):
        if match is not None:
            return next((unit for name, unit in words.PRECISION_OF.items() if match.groupdict().get(name)), None)
    return None


def _spelling(members: Sequence[Sighting]) -> str:
    """Return the spelling to look up: the commonest, and not in capitals when another is there."""
    counted = Counter(s.text for s in members)
    return max(counted, key=lambda name: (not name.isupper(), counted[name], name))


def _parents(sighting: Sighting, starts: Mapping[int, Sighting], text: str, finder: CandidateFinder) -> Parents:
    """Return what stands right behind a name as (country, admin-1): "Texas" in "Paris, Texas"."""
    for gap in range(1, _PARENT_REACH):
        follower = starts.get(sighting.end + gap)
        if follower is None:
            continue
        if not _TO_PARENT.match(text[sighting.end : follower.start]):
            return ()
        own = finder.find(sighting.text).candidates
        found = []
        county = follower.text.startswith("County ") or _COUNTY.search(text[: follower.start][-_SHORT:])
        unit = Precision.DISTRICT if county else None
        for candidate in finder.find(follower.text, unit).candidates[:_MOST_PARENTS]:
            place = candidate.place
            # "Oklahoma, Texas and Kansas" is a list, no parent: both are provinces of one country
            peers = follower.text not in abbreviations() and any(
                c.quality > _SURE_QUALITY and c.place.precision is place.precision and c.place.country == place.country
                for c in own
            )
            if (
                place.precision is Precision.COUNTRY
                and place.country
                and not any(c.place.precision is Precision.COUNTRY for c in own[:1])
            ):
                found.append((place.country, ""))
            elif place.admin1 and not peers and (level(place) is Precision.PROVINCE or level(place) is unit):
                found.append((place.country, place.admin1))
        return tuple(dict.fromkeys(found))
    return ()


def _shared_parents(
    sightings: Sequence[Sighting], behind: Mapping[int, Parents], text: str, finder: CandidateFinder
) -> dict[int, Parents]:
    """Return what stands behind a list for the names before its last: it may be theirs too, and need not."""
    shared: dict[int, Parents] = {}
    for one, following in reversed(list(pairwise(sightings))):
        parents = behind[following.start] or shared.get(following.start, ())
        if not parents or behind[one.start] or not _IN_LIST.fullmatch(text[one.end : following.start]):
            continue
        found = finder.find(one.text)
        if found and found.first.place.precision is not Precision.COUNTRY:
            shared[one.start] = parents
    return shared
