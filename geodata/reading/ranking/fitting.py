"""Fitting of the two small models, in plain numpy: the ranking and the confidence.

Nothing here is random, and no sum depends on the number of threads, so that a fit can be repeated bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_FAST, _SLOW, _TINY = 0.9, 0.999, 1e-8  # of Adam (Kingma and Ba 2015), as published


@dataclass(frozen=True, slots=True)
class Choices:
    """Questions to choose in: candidates of all questions below each other.

    Parameters
    ----------
    features
        Shape (n, features).
    starts
        Where each question's candidates begin; none is without candidates.
    right
        Whether a candidate is right, shape (n,); where none is, "none of them" is right.
    """

    features: Floats
    starts: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]


def fit_ranking(choices: Choices, start: Floats, *, nowhere: float, pull: float, steps: int) -> tuple[Floats, float]:
    """Fit a conditional logit: weights of the features and the offset of all scores.

    Parameters
    ----------
    choices
        What to learn from.
    start
        Weights to start from; the fit is pulled towards them, and keeps their signs.
    nowhere
        Score of "none of them".
    pull
        How hard, in log-likelihood per question for each squared logit.
    steps
        Of gradient descent.
    """
    starts = choices.starts
    sizes = np.diff(np.append(starts, len(choices.right)))
    none_right = ~np.logical_or.reduceat(choices.right, starts)
    columns = np.ascontiguousarray(choices.features.T)

    def gradient(values: Floats) -> Floats:
        scores = _weighed(columns, values[:-1]) + values[-1]
        top = np.maximum(np.maximum.reduceat(scores, starts), nowhere)
        powers = np.exp(scores - np.repeat(top, sizes))
        nothing = np.exp(nowhere - top)
        parts = powers / np.repeat(np.add.reduceat(powers, starts) + nothing, sizes)
        of_right = np.where(choices.right, powers, 0.0)
        whole = np.add.reduceat(of_right, starts)
        wanted = of_right / np.repeat(np.where(none_right, 1.0, np.maximum(whole, 1e-300)), sizes)
        slope = (parts - wanted) / len(starts)
        by_weight = np.array([(column * slope).sum() for column in columns])
        return np.append(by_weight + 2.0 * pull * (values[:-1] - start), slope.sum())

    signs = np.append(np.sign(start), 0.0)
    made = _descend(gradient, np.append(start, 0.0), signs, rate=0.1, steps=steps)
    return made[:-1], float(made[-1])


def fit_probability(signals: Floats, right: Floats, *, pull: float, steps: int) -> tuple[Floats, float]:
    """Fit a logistic map with no negative weight: weights of the signals, shape (n, signals), and the bias.

    Parameters
    ----------
    signals
        Of each answer.
    right
        1 for a right answer, 0 for a wrong one, shape (n,).
    pull
        Towards zero, in log-likelihood per answer for each squared logit.
    steps
        Of gradient descent.
    """
    columns = np.ascontiguousarray(signals.T)

    def gradient(values: Floats) -> Floats:
        slope = (1.0 / (1.0 + np.exp(-(_weighed(columns, values[:-1]) + values[-1]))) - right) / len(right)
        by_weight = np.array([(column * slope).sum() for column in columns])
        return np.append(by_weight + 2.0 * pull * values[:-1], slope.sum())

    made = _descend(
        gradient, np.zeros(signals.shape[1] + 1), np.append(np.ones(signals.shape[1]), 0.0), rate=0.03, steps=steps
    )
    return made[:-1], float(made[-1])


def _weighed(columns: Floats, weights: Floats) -> Floats:
    total = np.zeros(columns.shape[1])
    for column, weight in zip(columns, weights, strict=True):
        total += column * weight
    return total


def _descend(gradient: Callable[[Floats], Floats], values: Floats, signs: Floats, *, rate: float, steps: int) -> Floats:
    """Minimise by Adam with a falling rate; where `signs` is not zero, values keep that sign."""
    first, second = np.zeros_like(values), np.zeros_like(values)
    for step in range(1, steps + 1):
        slope = gradient(values)
        first = _FAST * first + (1 - _FAST) * slope
        second = _SLOW * second + (1 - _SLOW) * slope**2
        now = rate * (1.0 - 0.95 * step / steps)
        values = values - now * (first / (1 - _FAST**step)) / (np.sqrt(second / (1 - _SLOW**step)) + _TINY)
        values = np.where(values * signs < 0.0, 0.0, values)
    return values


def table(stated: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float, int]]:
    """Return for each tenth of confidence: its lower end, the part that was right, how many."""
    bins: dict[int, list[bool]] = {}
    for confidence, is_right in zip(stated, right, strict=True):
        bins.setdefault(min(9, int(confidence * 10)), []).append(is_right)
    return [(n / 10, sum(found) / len(found), len(found)) for n, found in sorted(bins.items())]
