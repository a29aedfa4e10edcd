"""The linear model that training left: how likely each phrase is the source, or the target, of an act."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from geodata.reading.taking_part.describing import Keys

    Floats = npt.NDArray[np.float32]

FILE = "weights.npz"
SOURCE, TARGET = 0, 1


class Model:
    """A conditional logit for each role.

    Parameters
    ----------
    table
        What each hashed feature adds to the score of a phrase, shape (features, roles).
    """

    def __init__(self, table: Floats) -> None:
        self._table = table

    def chances(self, keys: Keys) -> tuple[Floats, Floats]:
        """Return the chance of each phrase to be the source, and the target; last is the chance of nobody.

        Whoever is likeliest to be the source is out of the question for a target.

        Parameters
        ----------
        keys
            As `describing.keys_of` makes them.
        """
        scores: Floats = self._table[keys].sum(axis=1)
        source = _shares(scores[:, SOURCE])
        best = int(source.argmax())
        if best < len(keys) - 1:
            scores[best, TARGET] = -np.inf
        return source, _shares(scores[:, TARGET])


def _shares(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


@cache
def learnt() -> Model:
    """Load the model that comes with the package."""
    raw = files("geodata.reading.taking_part").joinpath(FILE).read_bytes()
    with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
        return Model(kept["table"].astype(np.float32))
