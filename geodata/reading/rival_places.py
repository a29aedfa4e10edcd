"""The places that a name was weighed as, and what spoke against those that it was not taken for, in words.

The ranking is a sum (`WEIGHTS` in `resolution.py`), so what a place lost by can be read off it: the groups of features
in which it falls furthest behind the best one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geodata.event import Considered, Precision
from geodata.gazetteer import fold
from geodata.gazetteer.entries import distance_km
from geodata.reading.resolution import THRESHOLD, WEIGHTS, feature, is_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geodata.event import Place
    from geodata.gazetteer import Gazetteer
    from geodata.gazetteer.lookup import Candidate
    from geodata.reading.features import Floats, Question
    from geodata.reading.resolution import Answer

    Ranked = tuple[Candidate, float, Floats]

MOST = 5  # the best and four more
_LOOKED_AT = 100  # a text with more names than this is no report of one happening
_REASONS = 2
_TELLS = 0.5  # logits: a smaller difference decides nothing
_GROUPS = {
    "parent": ("parent behind",),
    "unit": ("unit fits", "unit differs"),
    "country": ("country share", "country named", "demonym", "home", "stranger", "far village"),
    "distance": ("near", "close to all"),
    "province": ("province share", "province named", "seat"),
    "size": ("prior",),
    "kind": ("country", "province", "district", "site", "capital", "overshadowed"),
    "name": ("quality",),
}


_WANTS_ARTICLE = re.compile(
    r"(?:United |Netherlands|Philippines|Bahamas|Maldives|Gambia|Comoros|Seychelles|Czech Republic|Central African|"
    r"Dominican Rep|Democratic Rep|Republic of|Vatican|Palestinian Terr|District of|.* Islands$)"
)


class AreaNames:
    """What countries and provinces are called, by the codes that places carry."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._get = cache(gazetteer.get)

    def of(self, code: str) -> str:
        """Return the name of a country (``IQ``) or a province (``IQ-KI``); the code itself when there is none."""
        place = self._get(f"iso:{code}") if code else None
        return place.name if place is not None else code

    def within(self, code: str) -> str:
        """Return the name as it stands after "in": with "the" where English wants it."""
        name = self.of(code)
        return f"the {name}" if _WANTS_ARTICLE.match(name) else name

    def where(self, place: Place) -> str:
        """Name a place with its province and country."""
        return place.in_words(self.of)


def considered(question: Question, answer: Answer, others: Sequence[Place], names: AreaNames) -> tuple[Considered, ...]:
    """Return the likeliest places of a name, best first, each but the one taken with what spoke against it.

    Parameters
    ----------
    question, answer
        The name and what came of it.
    others
        The places that the other names of the article stand for.
    names
        What countries and provinces are called.
    """
    if not answer.ranked:
        return ()
    best = answer.ranked[0]
    if question.elsewhere:
        why = f"the text speaks of a place {question.elsewhere}"
        return tuple(Considered(place=c.place, score=round(score, 1), why=why) for c, score, _ in answer.ranked[:MOST])
    first = "" if answer.place is not None else _too_doubtful(answer)
    found = [Considered(place=best[0].place, score=round(best[1], 1), why=first)]
    for rival in answer.ranked[1:MOST]:
        why = "; ".join(_against(rival, best, question, others, names))
        found.append(Considered(place=rival[0].place, score=round(rival[1], 1), why=why))
    return tuple(found)


def _too_doubtful(answer: Answer) -> str:
    if answer.strange:
        return "only called something like it, and nothing else in the article speaks of its country"
    return f"fits best, but only {answer.confidence:.0%} sure: at least {THRESHOLD:.0%} is needed for a place"


def _against(
    rival: Ranked, best: Ranked, question: Question, others: Sequence[Place], names: AreaNames
) -> Iterator[str]:
    lost = {
        group: sum(WEIGHTS[name] * (feature(best[2], name) - feature(rival[2], name)) for name in features)
        for group, features in _GROUPS.items()
    }
    told = 0
    place, other = rival[0].place, best[0].place
    if is_same(other, place) and place.precision is not Precision.PROVINCE:
        km = round(distance_km(place.lat, place.lon, other.lat, other.lon))
        yield f"much the same spot, {km} km away" if km else "the same spot"
        told += 1
    for group in sorted(lost, key=lambda name: -lost[name]):
        if lost[group] < _TELLS or told == _REASONS:
            break
        words = _WORDS[group](rival, best, question, others, names)
        if words:
            told += 1
            yield words
    if not told:
        yield "fits a little less well"


def _of_parent(rival: Ranked, _best: Ranked, _question: Question, _others: Sequence[Place], names: AreaNames) -> str:
    del rival, names
    return "does not lie in what stands behind the name in the text"


def _of_unit(rival: Ranked, _best: Ranked, question: Question, _others: Sequence[Place], _names: AreaNames) -> str:
    return f"the text speaks of a {question.unit}, and this is a {rival[0].place.kind}" if question.unit else ""


def _of_country(rival: Ranked, best: Ranked, _question: Question, others: Sequence[Place], names: AreaNames) -> str:
    code, other = rival[0].place.country, best[0].place.country
    if not code or code == other:
        return ""
    here = sum(place.country == code for place in others)
    if here and other:
        return f"fewer places of the article lie in {names.within(code)} than in {names.within(other)}"
    if here:
        return ""
    return f"no other place of the article lies in {names.within(code)}"


def _of_province(rival: Ranked, best: Ranked, _question: Question, others: Sequence[Place], names: AreaNames) -> str:
    code = rival[0].place.admin1
    if not code or code == best[0].place.admin1 or rival[0].place.country != best[0].place.country:
        return ""  # where the countries differ, these say more
    if any(place.admin1 == code for place in others):
        return f"fewer places of the article lie in {names.within(code)}"
    return f"no other place of the article lies in {names.within(code)}"


def _of_distance(rival: Ranked, best: Ranked, _question: Question, others: Sequence[Place], _names: AreaNames) -> str:
    place = rival[0].place
    near = [
        (distance_km(place.lat, place.lon, other.lat, other.lon), other.name)
        for other in others[:_LOOKED_AT]
        if other.precision is not Precision.COUNTRY and other.id not in {place.id, best[0].place.id}
    ]
    if not near or place.precision is Precision.COUNTRY:
        return ""
    km, name = min(near)
    return f"{km:,.0f} km from {name}, the nearest other place of the article"


def _of_size(rival: Ranked, best: Ranked, _question: Question, _others: Sequence[Place], _names: AreaNames) -> str:
    here, there = rival[0].place.population, best[0].place.population
    if 0 < here < there:
        return f"smaller: {here:,} people against {there:,}"
    return "less well known"


def _of_kind(rival: Ranked, best: Ranked, _question: Question, _others: Sequence[Place], _names: AreaNames) -> str:
    here, there = rival[0].place.kind, best[0].place.kind
    return f"a {here} is less likely meant by the bare name than a {there}" if here != there else ""


def _of_name(rival: Ranked, best: Ranked, question: Question, _others: Sequence[Place], _names: AreaNames) -> str:
    candidate = rival[0]
    if fold(candidate.place.name) == fold(question.candidates.name):
        return f"spelt “{candidate.matched}”" if candidate.matched != best[0].matched else ""
    return f"“{candidate.matched}” is only another name of it"


_WORDS: dict[str, Callable[[Ranked, Ranked, Question, Sequence[Place], AreaNames], str]] = {
    "parent": _of_parent,
    "unit": _of_unit,
    "country": _of_country,
    "province": _of_province,
    "distance": _of_distance,
    "size": _of_size,
    "kind": _of_kind,
    "name": _of_name,
}
