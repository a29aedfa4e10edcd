"""Fitting of the choice of a phrase: a conditional logit by L-BFGS, in plain numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.reading.classifying.fitting import minimise

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

_AT_ONCE = 4096  # options whose features are added up at once: more do not fit in the processor's cache


@dataclass(frozen=True, slots=True)
class Choices:
    """Questions to choose in, the options of all below each other.

    Parameters
    ----------
    keys
        Features of each option, shape (options, templates).
    starts
        Where the options of each question begin.
    shares
        What part of the choice falls to each option, shape (options,); of each question they add up to 1.
    weights
        How much each question counts.
    """

    keys: Ints
    starts: Ints
    shares: Floats
    weights: Floats


def fit(choices: Choices, *, size: int, pull: float, steps: int) -> Floats:
    """Fit the weights of the features, shape (size,).

    Parameters
    ----------
    choices
        What to learn from.
    size
        Features there can be.
    pull
        Towards zero: half of it for each squared logit.
    steps
        At most so many.
    """
    met = np.unique(choices.keys)
    columns = np.searchsorted(met, choices.keys)
    sizes = np.diff(np.append(choices.starts, len(choices.shares)))
    counts = np.repeat(choices.weights, sizes)
    width = columns.shape[1]
    parts = [slice(at, at + _AT_ONCE) for at in range(0, len(columns), _AT_ONCE)]

    def loss(values: Floats) -> tuple[float, Floats]:
        scores = np.concatenate([values[columns[part]].sum(axis=1) for part in parts])
        scores -= np.repeat(np.maximum.reduceat(scores, choices.starts), sizes)
        powers = np.exp(scores)
        whole = np.add.reduceat(powers, choices.starts)
        likely = scores - np.repeat(np.log(whole), sizes)
        slope = (powers / np.repeat(whole, sizes) - choices.shares) * counts
        gradient = pull * values
        for part in parts:
            falls = np.repeat(slope[part], width)
            gradient += np.bincount(columns[part].ravel(), weights=falls, minlength=len(met))
        value = -float((likely * choices.shares * counts).sum()) + 0.5 * pull * float((values**2).sum())
        return value, gradient

    made = np.zeros(size)
    made[met] = minimise(loss, np.zeros(len(met)), steps=steps)
    return made
