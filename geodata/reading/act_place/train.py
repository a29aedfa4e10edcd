"""Learn where acts happen: `python -m geodata.reading.act_place.train [--sentences FILE] [--out FILE]`.

Reads sentences.tsv: sentences written for this project, in which <a verb> is marked and the
[places] where its act happened; every other place name of the sentence is one where it did not happen.
The fit is exact (Newton's method), so that two runs on one gazetteer write the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.article import Article
from geodata.errors import ConflictmapError
from geodata.reading.act_place.weights import FILE, LIKELY, Weights
from geodata.reading.pool import Recipe, reader_of
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from geodata.reading.reader import Reader

    Floats = npt.NDArray[np.float64]
    Features = dict[str, float]

PULL = 8.0  # towards zero, in log-likelihood for each squared logit of a weight
FOLDS = 10
_RAREST = 2  # a feature seen once teaches nothing
_STEPS = 30
_SETTLED = 1e-9
_DIGITS = 4
HERE = Path(__file__).parent
SENTENCES = "sentences.tsv"
_MARK = re.compile(r"<([^<>]+)>|\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its marks taken out; spans are characters (start, end) of `text`."""

    text: str
    verbs: tuple[tuple[int, int], ...]
    places: tuple[tuple[int, int], ...]


def sentence_of(line: str) -> Sentence:
    """Read a line of the file of sentences.

    Raises
    ------
    ConflictmapError
        No verb is marked.
    """
    text, at = "", 0
    verbs: list[tuple[int, int]] = []
    places: list[tuple[int, int]] = []
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        word = mark[1] or mark[2]
        (verbs if mark[1] else places).append((len(text), len(text) + len(word)))
        text += word
        at = mark.end()
    if not verbs:
        message = f"No verb is marked in this line, put <> around one: {line}"
        raise ConflictmapError(message)
    return Sentence(text + line[at:], tuple(verbs), tuple(places))


def read_sentences(path: Path) -> list[Sentence]:
    """Read the file of sentences; lines that begin with "#" are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [sentence_of(line) for line in lines if line.strip() and not line.startswith("#")]


def examples(reader: Reader, sentences: Iterable[Sentence]) -> tuple[list[Features], Floats, list[int]]:
    """Return the described place names of the sentences, whether the act happened at each, and its sentence's number."""
    found: list[Features] = []
    right: list[bool] = []
    numbers: list[int] = []
    for number, sentence in enumerate(sentences):
        article = Article(text=sentence.text, language="en")
        for start, end in sentence.verbs:
            for mention, features in reader.described_places(article, start, end):
                found.append(features)
                right.append(any(mention.start < b and a < mention.end for a, b in sentence.places))
                numbers.append(number)
    return found, np.array(right, dtype=float), numbers


def fit(found: Sequence[Features], right: Floats, *, pull: float = PULL) -> Weights:
    """Fit a logistic model by Newton's method."""
    seen = Counter(name for features in found for name in features)
    names = sorted(name for name, count in seen.items() if count >= _RAREST)
    column = {name: n for n, name in enumerate(names)}
    table = np.zeros((len(found), len(names) + 1))
    table[:, -1] = 1.0
    for row, features in enumerate(found):
        for name, value in features.items():
            if name in column:
                table[row, column[name]] = value
    pulls = np.full(len(names) + 1, pull)
    pulls[-1] = 1e-2
    values = np.zeros(len(names) + 1)
    for _ in range(_STEPS):
        stated = 1.0 / (1.0 + np.exp(-(table @ values)))
        slope = table.T @ (stated - right) + pulls * values
        curve = (table * (stated * (1.0 - stated))[:, None]).T @ table + np.diag(pulls)
        step = np.linalg.solve(curve, slope)
        values = values - step
        if np.abs(step).max() < _SETTLED:
            break
    weights = {name: round(float(value), _DIGITS) for name, value in zip(names, values, strict=False)}
    return Weights(weights, round(float(values[-1]), _DIGITS))


def kept_apart(found: Sequence[Features], right: Floats, numbers: Sequence[int]) -> dict[str, float]:
    """Return precision and recall on sentences that the fit did not see, each tenth in turn."""
    stated = np.zeros(len(found))
    for fold in range(FOLDS):
        seen = [n for n, number in enumerate(numbers) if number % FOLDS != fold]
        model = fit([found[n] for n in seen], right[seen])
        for n, number in enumerate(numbers):
            if number % FOLDS == fold:
                stated[n] = model.likelihood(found[n])
    chosen = stated >= LIKELY
    good = float(((right > 0) & chosen).sum())
    return {"precision": round(good / chosen.sum(), 3), "recall": round(good / right.sum(), 3)}


def train(reader: Reader, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """Learn the weights; returns what the file holds."""
    found, right, numbers = examples(reader, sentences)
    model = fit(found, right)
    return {
        "weights": dict(model.weights),
        "bias": model.bias,
        "made with": {
            "sentences": len(sentences),
            "place names": len(found),
            "of them where the act happened": int(right.sum()),
            "language model": reader.version,
        },
        "on sentences kept apart": kept_apart(found, right, numbers),
    }


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path, default=HERE / SENTENCES)
    parser.add_argument("--out", type=Path, default=HERE / FILE)
    options = parser.parse_args()
    reader = reader_of(Recipe(settings().gazetteer, settings().model))
    made = train(reader, read_sentences(options.sentences))
    options.out.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps({key: value for key, value in made.items() if key != "weights"}, indent=1) + "\n")


if __name__ == "__main__":
    try:
        main()
    except ConflictmapError as problem:
        sys.exit(str(problem))
