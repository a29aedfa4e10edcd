"""What stands behind a name may rule places out: "Berlin, Vt." is no Berlin outside Vermont, whether one in it is known or not.

Where a place lies in what is named behind, ranking sees to it (`features.py`). Here is the other case: none does, and a
namesake far away must not be taken instead.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer.entries import distance_km
from geodata.reading import place_words as words
from geodata.reading.candidates import abbreviations, level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.event import Place
    from geodata.gazetteer import Gazetteer
    from geodata.reading.candidates import CandidateFinder, CandidateSet
    from geodata.reading.sighting import Sighting

# "Berlin, Vermont" and what shows that it is no list: "in Mosul, Anbar and Diyala", "in Kherson, Russia said".
_COMMA = re.compile(r"\s*[,(]\s*$")
_CLOSED = re.compile(
    r"\s*(?:[.;:()\]\n]|$|,\s+(?:\d|(?:on|in|at|after|before|during|late|early|last|this|where|since|for|from|to|near|killing)\b))"
)
_DIRECTION = r"(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?"
# "Shevchenko, south of Pokrovsk", "Kilworth near Fermoy".
_BESIDE = re.compile(
    rf",?\s+(?:(?:about|around|some|just|roughly)\s+)?(?:(?P<number>\d+)\s?(?P<unit>km|kilomet(?:er|re)s?|miles?)\s+)?(?:"
    rf"(?P<near>near|outside|on the (?:outskirts|edge) of|not far from)|(?:to the )?{_DIRECTION}\s+of|from)\s+(?:the\s+(?:city|town|village)\s+of\s+)?$"
)
_VILLAGE_BEFORE = re.compile(r"\b(?:village|villages|hamlet|settlement)s?\s+of\s+$")
_REACH = 60  # characters from a name to what it is beside
_MOST_PARENTS = 4
_SURE_QUALITY, _OWN_NAME = 0.9, 0.95
# So near a country's or a province's towns a place may be counted to it by others: Sevastopol, Tuz Khurmatu.
_NEAR_COUNTRY_KM, _NEAR_PROVINCE_KM, _TOWNS = 300.0, 100.0, 4_000
_NEXT_TO_KM, _IN_THAT_DIRECTION_KM = 100.0, 500.0  # "Mosul, north of Baghdad" is 350 km away, a village is not
_IN_CITY_KM, _KNOWN_CITY = 30.0, 500_000
_QUARTERS = frozenset({"neighbourhood", "camp", "borough", "square"})
_KM_OF_MILE = 1.6
_ROUGHLY = 1.5


def confine(
    found: CandidateSet, sighting: Sighting, starts: Mapping[int, Sighting], text: str, finder: CandidateFinder
) -> tuple[CandidateSet, str]:
    """Leave out candidates that what stands behind the name rules out.

    Returns
    -------
    found, elsewhere
        What is left; and where none of them lies, in words ("in Vermont"), or "" when some may. Then all are left, to be shown.
    """
    if not found:
        return found, ""
    for gap in range(1, _REACH):
        follower = starts.get(sighting.end + gap)
        if follower is None:
            continue
        joint = text[sighting.end : follower.start]
        if _COMMA.match(joint) and (follower.text in abbreviations() or _CLOSED.match(text, follower.end)):
            return _in_parent(found, follower, finder)
        beside = _BESIDE.fullmatch(joint)
        if beside is not None:
            return _beside(found, follower, _reach_km(beside, text[: sighting.start]), finder)
        return found, ""
    return found, ""


def in_city(found: CandidateSet, city: Sighting, finder: CandidateFinder) -> tuple[CandidateSet, str]:
    """Leave out candidates that are no quarter of a city; returns the same as `confine`."""
    return _beside(found, city, _IN_CITY_KM, finder) if found else (found, "")


def is_known_city(found: CandidateSet) -> bool:
    """Whether a name is a great city's own, which has quarters and is none: "the Bronx neighbourhood of Kingsbridge"."""
    if not found or found.first.quality < _OWN_NAME:
        return False
    place = found.first.place
    return place.population >= _KNOWN_CITY and place.precision is Precision.SETTLEMENT


def as_quarter(
    found: CandidateSet, sighting: Sighting, starts: Mapping[int, Sighting], finder: CandidateFinder
) -> tuple[CandidateSet, str]:
    """Leave out candidates that are no quarter and far from all else that is named; returns the same as `confine`."""
    if not found or is_known_city(found):
        return found, ""
    others = [finder.find(s.text).candidates[:1] for s in starts.values() if s.text != sighting.text]
    near = [c.place for first in others for c in first if not _is_wide(c.place)]
    kept = [
        n
        for n, c in enumerate(found.candidates)
        if c.place.kind in _QUARTERS
        or any(distance_km(c.place.lat, c.place.lon, p.lat, p.lon) <= _IN_CITY_KM for p in near)
    ]
    return _only(found, kept), "" if kept else "that is a quarter of a city"


def _in_parent(found: CandidateSet, follower: Sighting, finder: CandidateFinder) -> tuple[CandidateSet, str]:
    above = finder.find(follower.text).candidates[:_MOST_PARENTS]
    short = follower.text in abbreviations()
    if not above or above[0].quality < _SURE_QUALITY or not _is_area(above[0].place):
        return found, ""
    first, own = above[0].place, found.first.place
    if _is_area(own) and level(own) is level(first):
        return found, ""  # "Oklahoma, Texas, in" is a list
    parents = [(c.place.country, c.place.admin1) for c in above if _is_area(c.place)]
    candidates = found.candidates
    if any(_lies_in(c.place, parents) for c in candidates):
        return found, ""
    kept = [n for n, c in enumerate(candidates) if not short and _lies_near(c.place, parents, finder.gazetteer)]
    return _only(found, kept), "" if kept else f"in {first.name}"


def _is_area(place: Place) -> bool:
    return place.kind == "country" or (level(place) is Precision.PROVINCE and place.admin1 != "")


def _lies_in(place: Place, parents: Sequence[tuple[str, str]]) -> bool:
    return any(place.country == country and admin1 in {"", place.admin1} for country, admin1 in parents)


def _lies_near(place: Place, parents: Sequence[tuple[str, str]], gazetteer: Gazetteer) -> bool:
    """Whether a place is so near to one of the parents that it may be counted to it."""
    if not place.country:
        return False
    for country, admin1 in parents:
        reach = _NEAR_PROVINCE_KM if admin1 else _NEAR_COUNTRY_KM
        around = gazetteer.nearest(place.lat, place.lon, radius_km=reach, limit=_TOWNS)
        if any(_lies_in(town, [(country, admin1)]) for _, town in around):
            return True
    return False


def _reach_km(beside: re.Match[str], before: str) -> float:
    if beside["number"]:
        km = int(beside["number"]) * (_KM_OF_MILE if beside["unit"].startswith("mile") else 1.0)
        return max(_NEXT_TO_KM, km * _ROUGHLY)
    village = _VILLAGE_BEFORE.search(before[-30:]) is not None
    return _NEXT_TO_KM if beside["near"] or village else _IN_THAT_DIRECTION_KM


def _beside(
    found: CandidateSet, follower: Sighting, reach_km: float, finder: CandidateFinder
) -> tuple[CandidateSet, str]:
    anchors = finder.find(follower.text).candidates
    if not anchors or any(_is_wide(c.place) for c in (anchors[0], found.first)):
        return found, ""
    kept = [
        n
        for n, c in enumerate(found.candidates)
        if any(
            distance_km(c.place.lat, c.place.lon, a.place.lat, a.place.lon) <= reach_km
            for a in anchors
            if a.place.id != c.place.id
        )
    ]
    return _only(found, kept), "" if kept else f"that near to {words.ARTICLE.sub('', follower.text)}"


def _is_wide(place: Place) -> bool:
    return place.precision is Precision.COUNTRY or level(place) is Precision.PROVINCE


def _only(found: CandidateSet, kept: Sequence[int]) -> CandidateSet:
    if not kept or len(kept) == len(found.candidates):
        return found
    return replace(
        found,
        candidates=tuple(found.candidates[n] for n in kept),
        points=found.points[list(kept)],
        prior=found.prior[list(kept)],
        quality=found.quality[list(kept)],
    )
