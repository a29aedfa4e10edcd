"""How likely it is that an act happened at a place that its sentence names: weights learnt from our own sentences."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "weights.json"
MOST_LIKELY = 0.5  # from here on it is named as the place of the act
LIKELY = 0.25  # below, an act that has only this place has none


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model; see `geodata.reading.act_place.features.describe` for the features."""

    weights: Mapping[str, float]
    bias: float

    def likelihood(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1, that a place so described is where the act happened."""
        logit = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-logit))


@cache
def learnt_weights() -> Weights:
    """Load the weights that ship with the package, once."""
    raw = json.loads(files("geodata.reading.act_place").joinpath(FILE).read_text(encoding="utf-8"))
    return Weights(raw["weights"], raw["bias"])
