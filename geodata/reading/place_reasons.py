"""Why a name was placed where it is, or not at all, in a few words for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer.entries import distance_km
from geodata.reading.resolution import feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.event import Place
    from geodata.reading.features import Floats, Question
    from geodata.reading.resolution import Answer
    from geodata.reading.rival_places import AreaNames

_NEIGHBOUR_KM = 200.0
_LOOKED_AT = 300  # a text with more names than this is no report of one happening
_TOLD = 2  # neighbours named in a reason
_SHARED = 0.3


def reason(question: Question, answer: Answer, others: Sequence[Place], names: AreaNames) -> str:
    """Say why.

    Parameters
    ----------
    question, answer
        The name and what came of it.
    others
        The places that the other names of the article stand for.
    names
        What countries and provinces are called.
    """
    if answer.place is None:
        return f"no place of this name {question.elsewhere} is known" if question.elsewhere else _why_not(answer, names)
    _, _, row = answer.ranked[0]
    place = answer.place
    said = []
    if question.in_dateline:
        said.append("named in the dateline")
    if question.unit is not None and feature(row, "unit fits"):
        said.append(f"the text calls it a {question.unit}")
    if feature(row, "parent behind"):
        said.append("what stands after the name says so")
    company = _company(row, place, others)
    if company:
        said.append(company)
    if not said:
        said.append(
            "the only place of this name that is known"
            if len(answer.ranked) == 1
            else "the best-known place of this name"
        )
    return "; ".join(said)


def _company(row: Floats, place: Place, others: Sequence[Place]) -> str:
    """Say what else in the article speaks for the place; empty when nothing does."""
    neighbours = _neighbours(place, others)
    if neighbours:
        return f"near {' and '.join(neighbours)}, also named"
    if feature(row, "province named"):
        return "its province is named in the article"
    if feature(row, "country share") >= _SHARED:
        return "other places of the article are in the same country"
    if feature(row, "country named") and place.precision is not Precision.COUNTRY:
        return "its country is named in the article"
    if feature(row, "demonym") >= _SHARED:
        return "the article speaks of people of that country"
    if feature(row, "home") and place.precision is not Precision.COUNTRY:
        return "the article was written or published in that country"
    return ""


def _neighbours(place: Place, others: Sequence[Place]) -> list[str]:
    if place.precision is Precision.COUNTRY:
        return []
    near = sorted(
        (distance_km(place.lat, place.lon, other.lat, other.lon), other.name)
        for other in others[:_LOOKED_AT]
        if other.id != place.id and other.precision in (Precision.SITE, Precision.SETTLEMENT, Precision.DISTRICT)
    )
    names = dict.fromkeys(name for km, name in near if km <= _NEIGHBOUR_KM and name != place.name)
    return list(names)[:_TOLD]


def _why_not(answer: Answer, names: AreaNames) -> str:
    if not answer.ranked:
        return "no place of this name is in the gazetteer"
    first = names.where(answer.ranked[0][0].place)
    if answer.strange:
        return f"only a place far from all others of the article is called something like it ({first})"
    if len(answer.ranked) == 1:
        return f"the only place of this name that is known ({first}) does not fit the article"
    return f"several places fit about as well ({first}; {names.where(answer.ranked[1][0].place)})"
