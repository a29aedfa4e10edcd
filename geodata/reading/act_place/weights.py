"""How likely it is that an act happened at a place that its sentence names: weights learnt from our own sentences."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geodata.reading.classifying.model import unit_vector

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    from spacy.vocab import Vocab

    Floats = npt.NDArray[np.float64]

FILE = "weights.json"
SLOTS = ("act", "above")  # the words whose vectors count: the act's own, and the one that the place hangs on


class Description(NamedTuple):
    """How a place name is tied to an act: named features, and a lemma for each slot, empty where there is none."""

    features: frozenset[str]
    words: tuple[str, ...] = ("",) * len(SLOTS)


class Limits(NamedTuple):
    """From which likelihood on a place is taken, 0 to 1."""

    joined: float = 0.3  # one that is joined to the likeliest: "in Kirkuk and Mosul"
    other: float = 0.5  # any other


# Of the likeliest place. In articles a place in doubt is right more often than none, and than one from elsewhere:
# 0.15 to 0.2 place most events of geodata/samples. The sentences learnt from name more places that are none.
LIKELY = 0.15
MOST_LIKELY = 0.5  # from here on without doubt
# From here on a place that something is said to be in, rather than one from another sentence.
FAINT = 0.1


_USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model; see `geodata.reading.act_place.features.describe` for the features.

    Parameters
    ----------
    weights, bias
        Logits of the named features, and the logit of a place without any.
    vectors
        Logits of the word vectors in each slot, shape (slots, dimensions).
    limits
        From where on places beside the likeliest are taken.
    """

    weights: Mapping[str, float]
    bias: float
    vectors: Floats = field(default_factory=lambda: np.zeros((len(SLOTS), 0)))
    limits: Limits = _USUAL
    _known: dict[tuple[int, str], float] = field(default_factory=dict, compare=False)

    def likelihood(self, described: Description, vocab: Vocab | None = None) -> float:
        """Return the probability, 0 to 1, that a place so described is where the act happened.

        Parameters
        ----------
        described
            How the place is tied to the act.
        vocab
            Where word vectors are looked up; without, only the named features count.
        """
        logit = self.bias + sum(self.weights.get(name, 0.0) for name in sorted(described.features))
        if vocab is not None:
            logit += sum(self._of_word(slot, word, vocab) for slot, word in enumerate(described.words))
        return 1.0 / (1.0 + math.exp(-logit))

    def _of_word(self, slot: int, word: str, vocab: Vocab) -> float:
        if (slot, word) not in self._known:
            vector = unit_vector(word, vocab, self.vectors.shape[1]) if word else None
            self._known[slot, word] = 0.0 if vector is None else float(vector @ self.vectors[slot])
        return self._known[slot, word]


@cache
def learnt_weights() -> Weights:
    """Load the weights that ship with the package, once."""
    raw = json.loads(files("geodata.reading.act_place").joinpath(FILE).read_text(encoding="utf-8"))
    vectors = np.array([raw["vectors"][slot] for slot in SLOTS])
    return Weights(raw["weights"], raw["bias"], vectors, Limits(**raw["limits"]))
