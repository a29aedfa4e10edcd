"""Learn where acts happen: `python -m geodata.reading.act_place.train [--verify] [--out FILE]`.

All that it learns from was written for this project, see examples.py. From which likelihood on a second place is taken
is chosen on sentences that the fit did not see, each fifth in turn. Two runs on one gazetteer write the same file, byte
for byte; `--verify` tells whether the weights that come along are what is learnt.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.errors import ConflictmapError
from geodata.reading.act_place.choosing import taken
from geodata.reading.act_place.examples import (
    DEEDS,
    HERE,
    SENTENCES,
    SHORT,
    WORDS,
    examples,
    read_reports,
    read_sentences,
)
from geodata.reading.act_place.weights import FILE, SLOTS, Limits, Weights
from geodata.reading.classifying import fitting
from geodata.reading.classifying.model import unit_vector
from geodata.reading.pool import Recipe, reader_of
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt
    from spacy.vocab import Vocab

    from geodata.reading.act_place.examples import Example
    from geodata.reading.act_place.weights import Description
    from geodata.reading.reader import Reader

    Floats = npt.NDArray[np.float64]

PULL = 8.0  # towards zero, for named features and for vectors
FOLDS = 5
_RAREST = 3  # a feature seen less often teaches nothing
_STEPS = 400
_DIGITS = 3
_JOINED = (0.2, 0.3, 0.4)
_OTHER = (0.5, 0.6, 0.7, 0.8)


@dataclass(slots=True)
class Hits:
    """Counts of place names over acts."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.given + self.wanted)

    def as_dict(self) -> dict[str, float]:
        """Return the figures, rounded."""
        precision, recall = self.right / max(1, self.given), self.right / max(1, self.wanted)
        return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(self.f1, 3)}


def fit(found: Sequence[Description], right: Sequence[bool], vocab: Vocab | None = None) -> Weights:
    """Fit a logistic model.

    Parameters
    ----------
    found
        Place names, described.
    right
        Whether the act happened at each.
    vocab
        Where word vectors are looked up; without, none is learnt.
    """
    seen = Counter(name for one in found for name in one.features)
    names = sorted(name for name, count in seen.items() if count >= _RAREST)
    column = {name: n for n, name in enumerate(names)}
    cells = [(row, column[name]) for row, one in enumerate(found) for name in sorted(one.features) if name in column]
    rows, columns = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    made = fitting.fit(
        fitting.Examples(columns, rows, _vectors(found, vocab), np.array(right, dtype=np.int64), np.ones(len(found))),
        features=len(names),
        classes=2,
        pull=PULL,
        pull_dense=PULL,
        steps=_STEPS,
    )
    named = {name: _logit(pair) for name, pair in zip(names, made.table, strict=True)}
    vectors = np.array([_logit(pair) for pair in made.dense]).reshape(len(SLOTS), -1)
    return Weights({name: value for name, value in named.items() if value}, _logit(made.bias), vectors)


def _logit(pair: Floats) -> float:
    """Return how much is in favour, from the logits of both answers."""
    return round(float(pair[1] - pair[0]), _DIGITS)


def _vectors(found: Sequence[Description], vocab: Vocab | None) -> Floats:
    size = vocab.vectors_length if vocab is not None else 0
    table = np.zeros((len(found), len(SLOTS), size))
    known: dict[str, npt.NDArray[np.float32] | None] = {"": None}
    for row, one in enumerate(found):
        for slot, word in enumerate(one.words):
            if word not in known and vocab is not None:
                known[word] = unit_vector(word, vocab, size)
            if (vector := known.get(word)) is not None:
                table[row, slot] = vector
    return table.reshape(len(found), -1)


def fit_examples(found: Iterable[Example], vocab: Vocab) -> Weights:
    """Fit the model to acts."""
    pairs = [(one.described, example.is_place(one)) for example in found for one in example.judged]
    return fit([described for described, _ in pairs], [right for _, right in pairs], vocab)


def kept_apart(found: Sequence[Example], vocab: Vocab) -> list[Example]:
    """Judge acts of sentences that the fit did not see, each fifth in turn."""
    judged: list[Example] = []
    for fold in range(FOLDS):
        model = fit_examples([one for one in found if one.sentence % FOLDS != fold], vocab)
        judged += [
            replace(
                one,
                judged=[name._replace(likelihood=model.likelihood(name.described, vocab)) for name in one.judged],
            )
            for one in found
            if one.sentence % FOLDS == fold
        ]
    return judged


def hits(judged: Iterable[Example], limits: Limits) -> Hits:
    """Count how many of the places taken are right, and how many there are."""
    total = Hits()
    for one in judged:
        spans = [(top.mention.start, top.mention.end) for top in taken(one.judged, limits)]
        total.right += sum(any(a < end and start < b for start, end in one.places) for a, b in spans)
        total.given += len(spans)
        total.wanted += len(one.places)
    return total


def best_limits(judged: Sequence[Example]) -> Limits:
    """Choose from which likelihood on places beside the likeliest are taken: the best F1 on sentences kept apart."""
    choices = [Limits(*pair) for pair in product(_JOINED, _OTHER)]
    return max(choices, key=lambda limits: hits(judged, limits).f1)


def train(reader: Reader) -> dict[str, Any]:
    """Learn the weights; returns what the file holds."""
    sentences = [*read_sentences(HERE / SENTENCES), *read_reports()]
    found = examples(reader, sentences)
    apart = kept_apart(found, reader.vocab)
    limits = best_limits([one for one in apart if one.group != WORDS])  # what is said is placed by other rules
    made = fit_examples(found, reader.vocab)
    return {
        "weights": dict(made.weights),
        "bias": made.bias,
        "vectors": dict(zip(SLOTS, made.vectors.tolist(), strict=True)),
        "limits": limits._asdict(),
        "made with": {
            "sentences": len(sentences),
            "acts": len(found),
            "language model": reader.version,
        },
        "on sentences kept apart": {
            group: hits([one for one in apart if one.group == group], limits).as_dict()
            for group in (SHORT, DEEDS, WORDS)
        },
    }


def main() -> None:
    """Train, and write the weights or compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE / FILE)
    parser.add_argument("--verify", action="store_true", help="write nothing; fail when the weights would change")
    options = parser.parse_args()
    made = train(reader_of(Recipe(settings().gazetteer, settings().model)))
    written = json.dumps(made, ensure_ascii=False, separators=(",\n", ":")) + "\n"
    told = {key: made[key] for key in ("limits", "made with", "on sentences kept apart")}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    if not options.verify:
        options.out.write_text(written, encoding="utf-8")
    elif options.out.read_text(encoding="utf-8") != written:
        sys.exit(f"{options.out} is not what is learnt from these sentences.")


if __name__ == "__main__":
    try:
        main()
    except ConflictmapError as problem:
        sys.exit(str(problem))
