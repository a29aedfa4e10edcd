"""Which place each name of an article stands for: candidates scored in two passes.

The first pass looks at each name alone; the second also at what the first made of the others, since
places named together lie together. All mentions of a name in one article stand for one place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.event import Precision
from geodata.gazetteer.entries import distance_km
from geodata.reading.candidates import level
from geodata.reading.features import COLUMN, FEATURES, Context, Question, add_shared_features, own_features
from geodata.reading.ranking.confidence import probability, signals
from geodata.reading.ranking.weights import learnt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from geodata.event import Place
    from geodata.gazetteer.lookup import Candidate

    Floats = npt.NDArray[np.float64]

# In logits. The ratios follow what an ablation found: being among the others is nearly everything, population
# is the prior; a parent behind the name settles it.
WEIGHTS = {
    "prior": 13.0,
    "quality": 14.0,
    "country": 2.0,
    "province": 1.5,
    "district": -1.0,
    "site": 0.5,
    "capital": 2.0,
    "overshadowed": -3.5,
    "unit fits": 2.5,
    "unit differs": -1.5,
    "parent behind": 16.0,
    "province named": 1.5,
    "country named": 1.0,
    "country share": 4.0,
    "province share": 3.0,
    "near": 2.5,
    "close to all": 2.0,
    "stranger": -2.5,
    "far village": -4.0,
    "demonym": 2.0,
    "home": 2.0,
    "seat": 0.8,
}
_VECTOR = np.array([WEIGHTS[name] for name in FEATURES])
# Score of "a place that the gazetteer does not have": a lone village across the world must beat it.
NOWHERE = 17.5
# Well below an even chance no dot is better than a wrong one. Not at .45: a one-line alert ("Syrian troops captured
# Palmyra") has no other names to agree with, and leaves even the plain reading at .4.
THRESHOLD = 0.38
PASSES = 2
# A place that is not called so itself ("Rajo" is Rio's name in Arabic letters) needs something that speaks for its country.
_CALLED_SO = 0.95
_SUPPORT = ("country named", "demonym", "home", "parent behind")
_STATES = frozenset({"country", "capital"})
_GREAT = 1_000_000  # people of a city that is known by its names in other languages too
_NOT_FAR = 0.2  # some 190 km from another place of the article
# Candidates this near each other are one place for a map (a town, its district).
_ONE_PLACE_KM = 40.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one name was resolved to.

    `ranked` holds the candidates with their score (higher is better) and features, best first. `strange` says that the
    first of them was not taken because it is only called something like it, in a country that nothing else speaks of.
    """

    place: Place | None
    confidence: float
    ranked: tuple[tuple[Candidate, float, Floats], ...]
    strange: bool = False


def formula(features: Floats) -> Floats:
    """Return the score of each row of features, shape (n,), in logits."""
    scores: Floats = features @ _VECTOR
    return scores


def resolve(
    questions: Sequence[Question], context: Context, *, ranker: Callable[[Floats], Floats] = formula
) -> list[Answer]:
    """Resolve the names of one article.

    Parameters
    ----------
    questions
        One for each name.
    context
        What the article as a whole says.
    ranker
        From features, shape (n, len(FEATURES)), to scores in logits.
    """
    answers = [
        _answer(question, row, scores)
        for question, (row, scores) in zip(questions, rank(questions, context, ranker), strict=True)
    ]
    towns = Counter(
        a.place.country for a in answers if a.place is not None and a.place.precision is not Precision.COUNTRY
    )
    return [replace(answer, place=None, strange=True) if _is_strange(answer, towns) else answer for answer in answers]


def _is_strange(answer: Answer, towns: Mapping[str, int]) -> bool:
    """Whether a place of another name is taken though nothing speaks for its country, and other towns for another."""
    place = answer.place
    if place is None or not place.country or place.kind in _STATES or place.precision is Precision.COUNTRY:
        return False
    candidate, _, row = answer.ranked[0]
    alone = towns[place.country] == 1 and len(towns) > 1
    known = candidate.quality >= _CALLED_SO or place.population >= _GREAT
    if known or not alone or feature(row, "near") >= _NOT_FAR:
        return False
    return not any(feature(row, name) for name in _SUPPORT)


def rank(
    questions: Sequence[Question], context: Context, ranker: Callable[[Floats], Floats]
) -> list[tuple[Floats, Floats]]:
    """Return features, shape (n, len(FEATURES)), and scores, shape (n,), of each question's candidates."""
    own = [own_features(question, context) for question in questions]
    rows = own
    scores = [ranker(row) for row in rows]
    for _ in range(PASSES):
        rows = add_shared_features(own, questions, [_belief(s) for s in _possible(questions, scores)])
        scores = [ranker(row) for row in rows]
    return list(zip(rows, scores, strict=True))


def _possible(questions: Sequence[Question], scores: Sequence[Floats]) -> list[Floats]:
    """Return scores that leave no chance to places that the text itself rules out."""
    return [
        np.full(len(found), -np.inf) if question.elsewhere else found
        for question, found in zip(questions, scores, strict=True)
    ]


def _belief(scores: Floats) -> Floats:
    """Turn scores into probabilities; what is missing to 1 says that it is none of them."""
    if not len(scores):
        return scores
    top = max(float(scores.max()), NOWHERE)
    powers = np.exp(scores - top)
    belief: Floats = powers / (powers.sum() + np.exp(NOWHERE - top))
    return belief


def order_of(question: Question, row: Floats, scores: Floats) -> tuple[tuple[Candidate, float, Floats], ...]:
    """Return a question's candidates with scores and features, best first."""
    candidates = question.candidates.candidates
    return tuple((candidates[n], float(scores[n]), row[n]) for n in np.argsort(-scores, kind="stable").tolist())


def _answer(question: Question, row: Floats, scores: Floats) -> Answer:
    if not question.candidates:
        return Answer(None, 0.0, ())
    ranked = order_of(question, row, scores)
    if question.elsewhere:
        return Answer(None, 0.0, ranked)
    weights = learnt()
    confidence = probability(signals_of(ranked), weights.confidence, weights.bias)
    return Answer(ranked[0][0].place if confidence >= THRESHOLD else None, round(confidence, 3), ranked)


def signals_of(ranked: Sequence[tuple[Candidate, float, Floats]]) -> list[float]:
    """Return what tells how sure the first of ranked candidates is."""
    best = ranked[0][0].place
    same = [n == 0 or is_same(best, candidate.place) for n, (candidate, _, _) in enumerate(ranked)]
    belief = _belief(np.array([score for _, score, _ in ranked]))
    mass = sum(part for part, is_one in zip(belief.tolist(), same, strict=True) if is_one)
    return signals(ranked, same, belief=mass, nowhere=NOWHERE)


def is_same(best: Place, other: Place) -> bool:
    """Whether confusing the two moves no dot: a town and its district, a province and its seat."""
    if best.id == other.id:
        return True
    if best.country != other.country or Precision.COUNTRY in (best.precision, other.precision):
        return False
    if best.admin1 and best.admin1 == other.admin1 and Precision.PROVINCE in (level(best), level(other)):
        return True
    return distance_km(best.lat, best.lon, other.lat, other.lon) <= _ONE_PLACE_KM


def feature(row: Floats, name: str) -> float:
    """Return one feature of a row."""
    return float(row[COLUMN[name]])
