"""How sure an answer is: a probability that holds, from what the ranking left open.

A logistic map of a few signals, each the surer the larger, so no weight is negative. The ranking's own
probability is one of them; alone it is too sure of itself, since it takes its signs to be independent and knows
nothing of places that the gazetteer is without.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer.priors import UNCOUNTED, is_uncounted
from geodata.reading.features import COLUMN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt
    from numpy import float64

    from geodata.gazetteer.lookup import Candidate

    Floats = npt.NDArray[float64]

SIGNALS = (
    "belief",  # the ranking's own probability, in logits
    "margin",  # how far the best stands above the next other place, or above "none of them"
    "few rivals",  # how few other places have the name
    "larger than rivals",  # decimal places that it has more people than the largest of them
    "large",  # decimal places of its people; a country or named area counts as 100 million
    "good name",  # how well the name fits
    "country agrees",  # other names, people or the dateline point to its country
    "near others",  # other names lie near
    "parent",  # what stands behind the name says so
)
_MOST_BELIEF, _MOST_MARGIN, _MOST_RIVALS, _AREA = 6.0, 15.0, 20, 100_000_000


def signals(
    ranked: Sequence[tuple[Candidate, float, Floats]], same: Sequence[bool], *, belief: float, nowhere: float
) -> list[float]:
    """Return the signals of one answer, in the order of `SIGNALS`.

    Parameters
    ----------
    ranked
        The candidates with scores in logits and features, best first.
    same
        Which of them are the first one for a map.
    belief
        The ranking's probability of the first.
    nowhere
        Score of "none of them".
    """
    first, score, row = ranked[0]
    place = first.place
    others = [one for one, is_same in zip(ranked, same, strict=True) if not is_same]
    next_best = max(others[0][1], nowhere) if others else nowhere
    people = max((candidate.place.population for candidate, _, _ in others), default=0)
    area = place.precision is Precision.COUNTRY or (place.precision is Precision.PROVINCE and not place.population)
    own = math.log10((_AREA if area else UNCOUNTED if is_uncounted(place) else place.population) + 10)
    part = row.item
    country = (
        part(COLUMN["country share"]) + part(COLUMN["country named"]) + part(COLUMN["demonym"]) + part(COLUMN["home"])
    )
    clipped = min(max(belief, 1e-6), 1.0 - 1e-6)
    return [
        min(math.log(clipped / (1.0 - clipped)), _MOST_BELIEF),
        min(max(score - next_best, 0.0), _MOST_MARGIN) / _MOST_MARGIN,
        -math.log1p(min(len(others), _MOST_RIVALS)),
        min(max(own - math.log10(people + 10), -3.0), 3.0) if others else 3.0,
        own,
        part(COLUMN["quality"]),
        min(country, 1.0),
        max(part(COLUMN["near"]), part(COLUMN["close to all"])),
        part(COLUMN["parent behind"]),
    ]


def probability(found: Sequence[float], weights: Mapping[str, float], bias: float) -> float:
    """Return the probability that an answer with these signals is right."""
    logit = bias + sum(weights[name] * value for name, value in zip(SIGNALS, found, strict=True))
    return 1.0 / (1.0 + math.exp(-min(max(logit, -30.0), 30.0)))
