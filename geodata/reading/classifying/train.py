"""Learn which acts are events, and of which type: `python -m geodata.reading.classifying.train [--check] [--out FILE] [--verify]`.

Learns from the sentences in data/sentences and data/reports, all written for this project, and from nothing else. Two runs
with the same gazetteer and language model write the same file. With `--check` it also tells how well
sentences are read that were kept apart. With `--verify` nothing is written: it learns anew and fails when the
weights that come with the package are others.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.errors import ConflictmapError
from geodata.reading.annotated import FOLDER as REPORTS
from geodata.reading.annotated import annotated_sentences
from geodata.reading.classifying.describing import SLOTS
from geodata.reading.classifying.examples import annotated_lines, examples_of, lines_of
from geodata.reading.classifying.fitting import Examples, Fitted, fit, scores_of
from geodata.reading.classifying.model import CLASSES, FILE, NEUTRAL, unit_vector
from geodata.reading.pool import Recipe, reader_of
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt
    from spacy.vocab import Vocab

    from geodata.reading.classifying.examples import Example, Labelled
    from geodata.reading.reader import Reader

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

FOLDER = Path(__file__).parents[1] / "data" / "sentences"
SEED = 20171016
FOLDS = 5
# Chosen on a third of the sentences, kept apart.
_PULL, _PULL_DENSE, _STEPS = 0.3, 0.6, 100
_SCALE = 2.0  # of word vectors against named features
_LEAST = 2  # examples that have a feature
_YEAR_ZERO = (1980, 1, 1, 0, 0, 0)  # of files within the archive, so that it is the same every time


@dataclass(frozen=True, slots=True)
class Text:
    """The training text as numbers.

    Parameters
    ----------
    examples
        What there is to learn from.
    vectors
        The mean word vector of each slot of each example, shape (n, slots * dimensions).
    unmet
        Lines whose act is no candidate: such words are never seen by the model.
    """

    examples: list[Example]
    vectors: Floats
    unmet: list[Labelled]


def text_of(lines: Sequence[Labelled], reader: Reader) -> Text:
    """Read and describe the training text."""
    examples, unmet = examples_of(lines, reader)
    size = reader.vocab.vectors_length
    vectors = np.zeros((len(examples), len(SLOTS), size))
    known: dict[str, npt.NDArray[np.float32] | None] = {}
    for row, example in enumerate(examples):
        for column, slot in enumerate(SLOTS):
            words = example.description.words[slot]
            for word in words:
                if word not in known:
                    known[word] = _vector(word, reader.vocab, size)
                if (vector := known[word]) is not None:
                    vectors[row, column] += vector / len(words)
    return Text(examples, _SCALE * vectors.reshape(len(examples), -1), unmet)


def _vector(word: str, vocab: Vocab, size: int) -> npt.NDArray[np.float32] | None:
    return unit_vector(word, vocab, size)


def learn(text: Text, rows: Ints) -> tuple[dict[str, int], Fitted]:
    """Fit the model to some of the examples; returns the features that it knows, and their weights."""
    counts = Counter(name for row in rows for name in text.examples[row].description.features)
    names = {name: n for n, name in enumerate(sorted(name for name, count in counts.items() if count >= _LEAST))}
    made = fit(
        packed(text, rows, names),
        features=len(names),
        classes=len(CLASSES),
        pull=_PULL,
        pull_dense=_PULL_DENSE,
        steps=_STEPS,
    )
    return names, made


def packed(text: Text, rows: Ints, names: Mapping[str, int]) -> Examples:
    """Write some of the examples as numbers."""
    pairs = [
        (names[name], n)
        for n, row in enumerate(rows)
        for name in text.examples[row].description.features
        if name in names
    ]
    columns, at = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Examples(
        columns=columns,
        rows=at,
        dense=text.vectors[rows],
        labels=np.array([text.examples[row].label for row in rows]),
        weights=np.array([text.examples[row].weight for row in rows]),
    )


def checked(text: Text) -> Floats:
    """Return the chances of each class for every example, shape (n, classes), by models that did not see it."""
    groups = np.array([example.group for example in text.examples])
    order = np.random.default_rng(SEED).permutation(np.unique(groups))
    fold_of = {group: n % FOLDS for n, group in enumerate(order)}
    folds = np.array([fold_of[group] for group in groups])
    chances = np.zeros((len(groups), len(CLASSES)))
    for fold in range(FOLDS):
        kept_apart = np.flatnonzero(folds == fold)
        names, made = learn(text, np.flatnonzero(folds != fold))
        scores = scores_of(made, packed(text, kept_apart, names))
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances[kept_apart] = powers / powers.sum(axis=1, keepdims=True)
    return chances


def figures_of(text: Text, chances: Floats) -> dict[str, float]:
    """Return how well the labelled acts are read: by the model, and by the rules alone."""
    real = [n for n, example in enumerate(text.examples) if example.line is not None]
    truth = np.array([text.examples[n].label for n in real])
    guess = chances[real].argmax(axis=1)
    kinds = chances[real][:, :-1].argmax(axis=1)
    nothing = CLASSES.index(NEUTRAL)
    rules = np.array([CLASSES.index(text.examples[n].proposed or NEUTRAL) for n in real])
    event, neutral = truth != nothing, truth == nothing
    return {
        "acts": len(real),
        "type of events": float((kinds == truth)[event].mean()),
        "type of events, rules alone": float((rules == truth)[event].mean()),
        "type or none": float((guess == truth).mean()),
        "type or none, rules alone": float((rules == truth).mean()),
        "none: precision": float(neutral[guess == nothing].mean()),
        "none: recall": float((guess == nothing)[neutral].mean()),
    }


def packed_weights(names: Mapping[str, int], made: Fitted) -> bytes:
    """Return the file of the weights: rounded, so that it is small and the same every time."""
    size = len(made.dense) // len(SLOTS)
    arrays: dict[str, npt.NDArray[Any]] = {
        "names": np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        "table": made.table.astype(np.float16),
        "slots": (_SCALE * made.dense).reshape(len(SLOTS), size, len(CLASSES)).astype(np.float16),
        "bias": made.bias.astype(np.float16),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.save(held, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _YEAR_ZERO), held.getvalue(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def difference(shipped: bytes, anew: bytes) -> str:
    """Tell in what two files of weights differ; nothing when they are the same, bit for bit."""
    if shipped == anew:
        return ""
    with np.load(io.BytesIO(shipped), allow_pickle=False) as one, np.load(io.BytesIO(anew), allow_pickle=False) as two:
        names = [set(file["names"].tobytes().decode().split("\n")) for file in (one, two)]
        if names[0] != names[1]:
            return f"{len(names[0] - names[1])} features are no longer met, {len(names[1] - names[0])} are new"
        widest = max(
            float(np.abs(one[part].astype(np.float32) - two[part].astype(np.float32)).max(initial=0.0))
            for part in ("table", "slots", "bias")
        )
    return f"the same features; weights differ by {widest:.4f} at most"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path, default=FOLDER, help="folder of the training text")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder of the annotated sentences")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name(FILE))
    parser.add_argument("--check", action="store_true", help="tell how well sentences kept apart are read")
    parser.add_argument("--verify", action="store_true", help="write nothing; fail when the weights would change")
    given = parser.parse_args()
    reader = reader_of(Recipe(settings().gazetteer, settings().model))
    lines = [*lines_of(given.sentences), *annotated_lines(annotated_sentences(given.reports))]
    text = text_of(lines, reader)
    out = sys.stdout.write
    out(f"{len(text.examples)} examples; {len(text.unmet)} labelled acts are no candidates\n")
    if given.check:
        for name, value in figures_of(text, checked(text)).items():
            out(f"{name:<30} {value:.3f}\n")
    names, made = learn(text, np.arange(len(text.examples)))
    weights = packed_weights(names, made)
    if given.verify:
        if told := difference(given.out.read_bytes(), weights):
            sys.exit(f"{given.out} is not what is learnt from these sentences: {told}.")
        out(f"{given.out} is what is learnt from these sentences, bit for bit\n")
        return
    given.out.write_bytes(weights)
    out(f"{len(names)} features, {given.out.stat().st_size // 1000} kB: {given.out}\n")


if __name__ == "__main__":
    try:
        main()
    except ConflictmapError as problem:
        sys.exit(str(problem))
