"""Fitting of the linear model: multinomial logistic regression by L-BFGS, in plain numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

_MEMORY = 12  # steps whose curvature is remembered (Nocedal and Wright 2006, ch. 7)
_ENOUGH = 1e-4  # of decrease, in the line search (Armijo)
_SMALLEST_STEP = 1e-10


@dataclass(frozen=True, slots=True)
class Examples:
    """What to learn from.

    Parameters
    ----------
    columns, rows
        The named features that examples have: column and row of each, sorted by row.
    dense
        Vectors of the examples, shape (n, dimensions).
    labels
        The class of each, shape (n,).
    weights
        How much each counts, shape (n,).
    """

    columns: Ints
    rows: Ints
    dense: Floats
    labels: Ints
    weights: Floats


@dataclass(frozen=True, slots=True)
class Fitted:
    """Logits: of named features, shape (features, classes), of vectors, shape (dimensions, classes), and the bias."""

    table: Floats
    dense: Floats
    bias: Floats


def scores_of(made: Fitted, examples: Examples) -> Floats:
    """Return the logits of each example, shape (n, classes)."""
    total = np.zeros((len(examples.labels), len(made.bias)))
    np.add.at(total, examples.rows, made.table[examples.columns])
    return total + examples.dense @ made.dense + made.bias


def fit(examples: Examples, *, features: int, classes: int, pull: float, pull_dense: float, steps: int) -> Fitted:
    """Fit the model.

    Parameters
    ----------
    examples
        What to learn from.
    features, classes
        How many there are.
    pull, pull_dense
        Towards zero, for the weights of named features and of vectors: half of it for each squared logit.
    steps
        At most so many.
    """
    n, dimensions = examples.dense.shape
    by_row = np.searchsorted(examples.rows, np.arange(n))
    filled = np.diff(np.append(by_row, len(examples.rows))) > 0
    order = np.argsort(examples.columns, kind="stable")
    sorted_columns = examples.columns[order]
    starts = np.flatnonzero(np.append(True, np.diff(sorted_columns) > 0))
    present = sorted_columns[starts]
    row_of = examples.rows[order]
    truth = np.zeros((n, classes))
    truth[np.arange(n), examples.labels] = 1.0
    cut, end = features * classes, (features + dimensions) * classes
    weigh = np.full(end + classes, pull)
    weigh[cut:end], weigh[end:] = pull_dense, 1e-6

    def loss(values: Floats) -> tuple[float, Floats]:
        table = values[:cut].reshape(features, classes)
        dense = values[cut:end].reshape(dimensions, classes)
        total = examples.dense @ dense + values[end:]
        total[filled] += np.add.reduceat(table[examples.columns], by_row[filled], axis=0)
        top = total.max(axis=1, keepdims=True)
        powers = np.exp(total - top)
        whole = powers.sum(axis=1, keepdims=True)
        likely = (total - top)[np.arange(n), examples.labels] - np.log(whole[:, 0])
        slope = (powers / whole - truth) * examples.weights[:, None]
        by_feature = np.zeros((features, classes))
        by_feature[present] = np.add.reduceat(slope[row_of], starts, axis=0)
        gradient = np.concatenate([by_feature.ravel(), (examples.dense.T @ slope).ravel(), slope.sum(axis=0)])
        value = -float((likely * examples.weights).sum()) + 0.5 * float((weigh * values**2).sum())
        return value, gradient + weigh * values

    made = minimise(loss, np.zeros(end + classes), steps=steps)
    return Fitted(made[:cut].reshape(features, classes), made[cut:end].reshape(dimensions, classes), made[end:])


def minimise(loss: Callable[[Floats], tuple[float, Floats]], values: Floats, *, steps: int) -> Floats:
    """Minimise a smooth function by L-BFGS with a backtracking line search.

    Parameters
    ----------
    loss
        Returns the value and the gradient.
    values
        Where to start.
    steps
        At most so many; it ends before when the gradient vanishes.
    """
    value, gradient = loss(values)
    moves: list[tuple[Floats, Floats, float]] = []
    for _ in range(steps):
        direction = -_newton(gradient, moves)
        fall = float(gradient @ direction)
        rate = 1.0 if moves else 1.0 / max(1.0, float(np.linalg.norm(gradient)))
        while True:
            found = values + rate * direction
            new_value, new_gradient = loss(found)
            if new_value <= value + _ENOUGH * rate * fall or rate < _SMALLEST_STEP:
                break
            rate *= 0.5
        step, turn = found - values, new_gradient - gradient
        curved = float(step @ turn)
        if curved > 0.0:
            moves = [*moves[-(_MEMORY - 1) :], (step, turn, 1.0 / curved)]
        done = abs(value - new_value) < 1e-7 * max(1.0, abs(value))
        values, value, gradient = found, new_value, new_gradient
        if done:
            break
    return values


def _newton(gradient: Floats, moves: list[tuple[Floats, Floats, float]]) -> Floats:
    """Return the gradient bent by the curvature that the last moves have shown."""
    bent = gradient.copy()
    shares: list[float] = []
    for step, turn, inverse in reversed(moves):
        share = inverse * float(step @ bent)
        shares.append(share)
        bent -= share * turn
    if moves:
        step, turn, inverse = moves[-1]
        bent /= inverse * float(turn @ turn)
    for (step, turn, inverse), share in zip(moves, reversed(shares), strict=True):
        bent += step * (share - inverse * float(turn @ bent))
    return bent
