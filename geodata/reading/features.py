"""What speaks for a candidate: one row of numbers each, which a formula or a trained ranker turns into a score.

The columns are named in `FEATURES`; all lie between about 0 and 1.4, so that weights can be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from geodata.event import Precision
from geodata.gazetteer import fold
from geodata.gazetteer.entries import EARTH_RADIUS_KM
from geodata.reading.candidates import level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from geodata.event import Place
    from geodata.reading.candidates import CandidateSet

    Floats = npt.NDArray[np.float64]

FEATURES = (
    "prior",  # the gazetteer's: population and kind
    "quality",  # how well the name fits
    "country",  # it is a country
    "province",  # it is an admin-1 unit or a named region
    "district",
    "site",
    "capital",  # the capital of its country
    "overshadowed",  # a province, and the town it is called after holds much of its people or is the capital: "New York"
    "unit fits",  # "Kirkuk province" and it is a province
    "unit differs",  # the text says province and it is a town
    "parent behind",  # "Paris, Texas" and it lies in Texas
    "province named",  # its admin-1 unit is named in the article
    "country named",  # its country is named
    "country share",  # part of the article's other names that lie in its country
    "province share",  # ... in its admin-1 unit
    "near",  # how near the nearest other name is
    "close to all",  # how near the other names are on the whole
    "stranger",  # a lesser place of a country that nothing else speaks for, or any where a namesake is among the others
    "far village",  # a stranger of few people, where the article is of towns of one other country
    "demonym",  # part of the article's demonyms that belong to its country
    "home",  # in the country of the dateline or of the article's place
    "seat",  # in the admin-1 unit of the dateline
)
COLUMN = {name: n for n, name in enumerate(FEATURES)}

# Names in one report lie this far apart: towns of one front, towns of one country.
NEAR_KM, WIDE_KM = 120.0, 600.0
_SMOOTHING = 1.0  # one name that says nothing: two names in one country are no proof yet


@dataclass(slots=True)
class Question:
    """One name of an article, all its mentions together.

    Parameters
    ----------
    candidates
        What it may stand for.
    unit
        What the text says it is, or None.
    count
        How often it is mentioned.
    parents
        Places named right behind it ("Paris, Texas"), as (country, admin-1); admin-1 empty for a country.
    later_parents
        The same, behind later mentions only, which may mean another place.
    in_dateline
        Whether a dateline names it.
    elsewhere
        Where the text says that it lies though no candidate does, in words ("in Vermont"), or "".
    """

    candidates: CandidateSet
    unit: Precision | None = None
    count: int = 1
    parents: tuple[tuple[str, str], ...] = ()
    later_parents: tuple[tuple[str, str], ...] = ()
    in_dateline: bool = False
    elsewhere: str = ""


@dataclass(slots=True)
class Context:
    """What the article as a whole says."""

    demonyms: Mapping[str, float] = field(default_factory=dict)  # country -> part of all demonyms
    home: frozenset[str] = frozenset()  # countries of the dateline and of the article's place
    seats: frozenset[str] = frozenset()  # admin-1 units of the dateline


# GeoNames knows no second capital; a small town that has a capital's name is none.
_SMALLEST_CAPITAL = 50_000
# People everywhere read of a city of this size.
_GREAT = 150_000
_SOME_SUPPORT = 0.08
_AT_HOME = 0.3
_STATES = ("country", "capital")  # these are named wherever they are: "Minsk said" in a report from Poland
_UNITS = (Precision.PROVINCE, Precision.DISTRICT)
# Of so many towns and provinces of one country an article must speak before a village elsewhere is out of place.
_TOWNS_OF_ONE_COUNTRY, _FEW_PEOPLE = 3, 25_000
# From this quality on a name is the town's own, or one that was given it by hand.
_AS_GOOD = 0.97
# From this share of a province's people on, the bare name means the town.
_MUCH = 0.1
# How much a parent counts that stands behind later mentions only.
_LATER = 0.25


def own_features(question: Question, context: Context) -> Floats:
    """Return the features that need no other name, shape (n, len(FEATURES))."""
    candidates = question.candidates.candidates
    rows = np.zeros((len(candidates), len(FEATURES)))
    towns: dict[str, int] = {}
    capitals: set[str] = set()
    units = {c.place.admin1: fold(c.place.name) for c in candidates if level(c.place) is Precision.PROVINCE}
    for candidate in candidates:
        # "New York" for New York City, "Arbil" for Erbil, as its province is; but Nineveh is not Mosul
        name = fold(candidate.place.name)
        called = name.startswith(fold(question.candidates.name)) or (
            name == units.get(candidate.place.admin1) and candidate.quality >= _AS_GOOD
        )
        if called and candidate.place.precision is Precision.SETTLEMENT:
            admin1 = candidate.place.admin1
            towns[admin1] = max(towns.get(admin1, 0), candidate.place.population)
            if candidate.place.kind == "capital":
                capitals.add(candidate.place.country)
    rows[:, COLUMN["prior"]] = question.candidates.prior
    rows[:, COLUMN["quality"]] = question.candidates.quality
    for row, candidate in zip(rows, candidates, strict=True):
        place = candidate.place
        what = level(place)
        column = _COLUMN_OF_PRECISION.get(what)
        if column is not None and (place.kind == "country" or what is not Precision.COUNTRY):
            row[column] = 1.0
        if question.unit is not None:
            row[COLUMN["unit fits" if what is question.unit else "unit differs"]] = 1.0
        if _lies_in(place, question.parents):
            row[COLUMN["parent behind"]] = 1.0
        elif _lies_in(place, question.later_parents):
            row[COLUMN["parent behind"]] = _LATER
        row[COLUMN["capital"]] = place.kind == "capital" and place.population > _SMALLEST_CAPITAL
        if what is Precision.PROVINCE and question.unit is not Precision.PROVINCE:
            seat_is_meant = towns.get(place.admin1, 0) > _MUCH * place.population
            row[COLUMN["overshadowed"]] = seat_is_meant or place.country in capitals
        row[COLUMN["demonym"]] = context.demonyms.get(place.country, 0.0)
        row[COLUMN["home"]] = place.country in context.home
        row[COLUMN["seat"]] = place.admin1 != "" and place.admin1 in context.seats
    return rows


def _lies_in(place: Place, parents: Sequence[tuple[str, str]]) -> bool:
    if place.precision is Precision.COUNTRY:
        return False
    return any(
        place.country == country and (not admin1 or (place.admin1 == admin1 and level(place) is not Precision.PROVINCE))
        for country, admin1 in parents
    )


_COLUMN_OF_PRECISION = {
    Precision.COUNTRY: COLUMN["country"],
    Precision.PROVINCE: COLUMN["province"],
    Precision.DISTRICT: COLUMN["district"],
    Precision.SITE: COLUMN["site"],
}


def add_shared_features(
    rows: Sequence[Floats], questions: Sequence[Question], beliefs: Sequence[Floats]
) -> list[Floats]:
    """Return `rows` with the features that compare a name with the article's other names.

    Parameters
    ----------
    rows
        One array of `own_features` for each question.
    questions
        The article's names.
    beliefs
        For each question how likely each candidate is, from the pass before; shape (n,).
    """
    weights = [1.0 + 0.5 * min(q.count - 1, 4) for q in questions]
    countries = [_votes(q, p, "country") for q, p in zip(questions, beliefs, strict=True)]
    provinces = [_votes(q, p, "admin1") for q, p in zip(questions, beliefs, strict=True)]
    all_countries = _total(countries, weights)
    all_provinces = _total(provinces, weights)
    named_countries, named_provinces = _named(questions, beliefs)
    whole = sum(weights)
    nearness = _nearness(questions, beliefs, weights)
    settled = _is_of_one_country(questions, beliefs)
    made = []
    for i, (question, own) in enumerate(zip(questions, rows, strict=True)):
        row = own.copy()
        weight = weights[i]
        others = whole - weight + _SMOOTHING
        for j, candidate in enumerate(question.candidates.candidates):
            place = candidate.place
            if place.country:
                share = all_countries.get(place.country, 0.0) - weight * countries[i].get(place.country, 0.0)
                row[j, COLUMN["country share"]] = max(share, 0.0) / others
                row[j, COLUMN["country named"]] = any(k != i for k in named_countries.get(place.country, ()))
            if place.admin1:
                share = all_provinces.get(place.admin1, 0.0) - weight * provinces[i].get(place.admin1, 0.0)
                row[j, COLUMN["province share"]] = max(share, 0.0) / others
                row[j, COLUMN["province named"]] = any(k != i for k in named_provinces.get(place.admin1, ()))
        _mark_strangers(row, question, spoken_of=others > _SMOOTHING, settled=settled)
        row[:, COLUMN["near"]], row[:, COLUMN["close to all"]] = nearness[i]
        made.append(row)
    return made


def _is_of_one_country(questions: Sequence[Question], beliefs: Sequence[Floats]) -> bool:
    """Whether some towns or provinces of one country are named, which is then what the article is about."""
    told: dict[str, int] = {}
    for question, belief in zip(questions, beliefs, strict=True):
        if len(belief) and belief.max() > 0.5:  # noqa: PLR2004 - more likely than all else
            place = question.candidates.candidates[int(np.argmax(belief))].place
            if place.precision is not Precision.COUNTRY:
                told[place.country] = told.get(place.country, 0) + 1
    return max(told.values(), default=0) >= _TOWNS_OF_ONE_COUNTRY


def _mark_strangers(row: Floats, question: Question, *, spoken_of: bool, settled: bool) -> None:
    if not spoken_of:
        return
    support = row[:, [COLUMN[name] for name in ("country share", "country named", "demonym", "home")]].sum(axis=1)
    # where a namesake is at home among the other names, even a great city of the name is out of place
    found = row[row[:, COLUMN["country share"]] >= _AT_HOME]
    best = float(found[:, COLUMN["quality"]].max(initial=0.0))
    for j, candidate in enumerate(question.candidates.candidates):
        place = candidate.place
        # of regions and some provinces no number is known, but they are no hamlets
        uncounted = place.precision is Precision.PROVINCE and not place.population
        lesser = place.precision is not Precision.COUNTRY and place.population < _GREAT and not uncounted
        outdone = place.country != "" and place.kind not in _STATES and best >= row[j, COLUMN["quality"]]
        stranger = (lesser or outdone) and bool(support[j] < _SOME_SUPPORT)
        row[j, COLUMN["stranger"]] = stranger
        row[j, COLUMN["far village"]] = stranger and settled and lesser and place.population < _FEW_PEOPLE


def _votes(question: Question, belief: Floats, of: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for candidate, part in zip(question.candidates.candidates, belief.tolist(), strict=True):
        code = getattr(candidate.place, of)
        if code:
            found[code] = found.get(code, 0.0) + part
    return found


def _total(votes: Sequence[Mapping[str, float]], weights: Sequence[float]) -> dict[str, float]:
    total: dict[str, float] = {}
    for vote, weight in zip(votes, weights, strict=True):
        for code, part in vote.items():
            total[code] = total.get(code, 0.0) + weight * part
    return total


def _named(questions: Sequence[Question], beliefs: Sequence[Floats]) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Return which countries and admin-1 units are named, by which questions."""
    countries: dict[str, set[int]] = {}
    provinces: dict[str, set[int]] = {}
    for n, (question, belief) in enumerate(zip(questions, beliefs, strict=True)):
        for candidate, part in zip(question.candidates.candidates, belief.tolist(), strict=True):
            if part < 0.3:  # noqa: PLR2004 - a third: Georgia may name both the country and the state
                continue
            place = candidate.place
            if place.precision is Precision.COUNTRY and place.country:
                countries.setdefault(place.country, set()).add(n)
            elif level(place) is Precision.PROVINCE and place.admin1:
                provinces.setdefault(place.admin1, set()).add(n)
        for country, admin1 in question.parents:
            (provinces if admin1 else countries).setdefault(admin1 or country, set()).add(-1)
    return countries, provinces


def _nearness(
    questions: Sequence[Question], beliefs: Sequence[Floats], weights: Sequence[float]
) -> list[tuple[Floats, Floats]]:
    """Return for each question how near the nearest other name is and how near they are on the whole."""
    anchors: list[tuple[int, int, float]] = []
    for n, (question, belief) in enumerate(zip(questions, beliefs, strict=True)):
        if not len(belief):
            continue
        best = int(np.argmax(belief))
        if question.candidates.candidates[best].place.precision is not Precision.COUNTRY:
            anchors.append((n, best, float(belief[best]) * weights[n]))
    empty = [(np.zeros(len(q.candidates.candidates)), np.zeros(len(q.candidates.candidates))) for q in questions]
    if not anchors:
        return empty
    points = np.array([questions[n].candidates.points[best] for n, best, _ in anchors])
    weight = np.array([part for *_, part in anchors])
    owner = np.array([n for n, *_ in anchors])
    ids = np.array([questions[n].candidates.candidates[best].place.id for n, best, _ in anchors])
    found = []
    for n, question in enumerate(questions):
        if not question.candidates:
            found.append(empty[n])
            continue
        mask = owner != n
        if not mask.any():
            found.append(empty[n])
            continue
        km = EARTH_RADIUS_KM * np.arccos(np.clip(question.candidates.points @ points[mask].T, -1.0, 1.0))
        # "Mexico City" is no reason to take "Mexico" for the city: a place is not near itself
        own = [c.place for c in question.candidates.candidates]
        km[np.equal.outer(np.array([place.id for place in own]), ids[mask])] = np.inf
        # nor "Slemani" to take "Sulaymaniyah" for the province: no unit is near the town that it is called after
        called = {place.id: place.admin1 for place in own if place.admin1}
        seats = np.array([called.get(one, "") for one in ids[mask].tolist()])
        units = np.array([place.admin1 if level(place) in _UNITS else "-" for place in own])
        km[np.equal.outer(units, seats)] = np.inf
        strength = np.minimum(weight[mask], 1.0)
        near = (np.exp(-km / NEAR_KM) * strength).max(axis=1)
        close = (np.exp(-km / WIDE_KM) * weight[mask]).sum(axis=1) / (weight[mask].sum() + _SMOOTHING)
        wide = np.array([c.place.precision is Precision.COUNTRY for c in question.candidates.candidates])
        near[wide], close[wide] = 0.0, 0.0
        found.append((near, close))
    return found
