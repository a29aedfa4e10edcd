"""The weights that training left, as the file beside this one has them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from geodata.reading.features import FEATURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt.

    Parameters
    ----------
    ranking
        Logits for each feature of a candidate.
    offset
        Added to each candidate's score, so that "none of them" stands where the formula has it.
    confidence
        Logits for each signal of an answer.
    bias
        Logits of an answer without any signal.
    """

    ranking: Mapping[str, float]
    offset: float
    confidence: Mapping[str, float]
    bias: float


@cache
def learnt() -> Weights:
    """Load the weights."""
    made = json.loads(files("geodata.reading.ranking").joinpath(FILE).read_text(encoding="utf-8"))
    return Weights(made["ranking"], made["offset"], made["confidence"], made["bias"])


def ranker(features: Floats) -> Floats:
    """Return the learnt score of each row of features, shape (n,), in logits."""
    scores: Floats = features @ _vector() + learnt().offset
    return scores


@cache
def _vector() -> Floats:
    return np.array([learnt().ranking[name] for name in FEATURES])
