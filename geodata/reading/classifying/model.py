"""The linear model that training left: scores of each type, and of no event, for a description."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from geodata.ontology import EventType
from geodata.reading.classifying.describing import SLOTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from spacy.vocab import Vocab

    from geodata.reading.classifying.describing import Description

    Floats = npt.NDArray[np.float32]

FILE = "weights.npz"
NEUTRAL = "NEUTRAL"
CLASSES: tuple[str, ...] = (*(str(kind) for kind in EventType), NEUTRAL)


class Model:
    """A multinomial logistic regression over named features and word vectors.

    Parameters
    ----------
    names
        The features that it knows, in the order of `table`.
    table
        Logits of each feature for each class, shape (features, classes).
    slots
        Logits of the word vectors in each slot, shape (slots, dimensions, classes).
    bias
        Logits of each class, shape (classes,).
    """

    def __init__(self, names: Sequence[str], table: Floats, slots: Floats, bias: Floats) -> None:
        self._index = {name: row for row, name in enumerate(names)}
        self._table = table
        self._slots = slots
        self._bias = bias
        self._known: dict[tuple[int, str], Floats] = {}
        self._nothing = np.zeros(len(CLASSES), dtype=np.float32)

    def scores(self, description: Description, vocab: Vocab) -> Floats:
        """Return the logits of each of `CLASSES`, shape (classes,)."""
        rows = [row for name in description.features if (row := self._index.get(name)) is not None]
        scores: Floats = self._bias + self._table[rows].sum(axis=0)
        for number, slot in enumerate(SLOTS):
            words = description.words[slot]
            if words:
                scores = scores + sum(self._of_word(number, word, vocab) for word in words) / len(words)
        return scores

    def _of_word(self, slot: int, word: str, vocab: Vocab) -> Floats:
        """Return what a word in a slot adds to the scores; looked up once."""
        key = (slot, word)
        known = self._known.get(key)
        if known is None:
            vector = unit_vector(word, vocab, self._slots.shape[1])
            known = self._nothing if vector is None else vector @ self._slots[slot]
            self._known[key] = known
        return known


def unit_vector(word: str, vocab: Vocab, size: int) -> Floats | None:
    """Return a word's vector scaled to length 1, or None when the language model has none for it."""
    if word.startswith("<") or vocab.vectors_length != size or not vocab.has_vector(word):
        return None
    vector = np.asarray(vocab.get_vector(word), dtype=np.float32)
    length = float(np.linalg.norm(vector))
    return vector / length if length else None


@cache
def learnt() -> Model:
    """Load the model that comes with the package."""
    raw = files("geodata.reading.classifying").joinpath(FILE).read_bytes()
    with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
        names = kept["names"].tobytes().decode().split("\n")
        table, slots, bias = (kept[name].astype(np.float32) for name in ("table", "slots", "bias"))
    return Model(names, table, slots, bias)
