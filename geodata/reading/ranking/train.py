"""Learn to rank and to say how sure that is: `python -m geodata.reading.ranking.train [--gazetteer FILE] [--out FILE]`.

All that is learnt from is free: reports made up from our own sentences and the gazetteer's places, and the sample
articles of this project. Two runs on one gazetteer write the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.gazetteer import Gazetteer
from geodata.reading.candidates import CandidateFinder
from geodata.reading.features import FEATURES
from geodata.reading.ranking.confidence import SIGNALS, probability
from geodata.reading.ranking.examples import Example, is_right, made_up, samples
from geodata.reading.ranking.fitting import Choices, fit_probability, fit_ranking, table
from geodata.reading.ranking.scenes import World
from geodata.reading.ranking.weights import FILE
from geodata.reading.resolution import NOWHERE, WEIGHTS, formula, order_of, rank, signals_of
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ranker = Callable[[Floats], Floats]

SEED = 20170914
REPORTS = 4_000
# Features depend on what is believed of the other names: learn, look again, learn again.
ROUNDS = 2
_RANKING_PULL, _CONFIDENCE_PULL = 4e-4, 1e-4
_STEPS = 400
_DIGITS = 3
# Of ten made-up reports six teach the ranking, two the confidence, two are kept apart to check it.
_PARTS = {"ranking": range(6), "confidence": range(6, 8), "check": range(8, 10)}


def choices_of(examples: Sequence[Example], ranker: Ranker) -> Choices:
    """Gather what there is to choose from, as the ranker's last pass sees it."""
    rows, right, starts, seen = [], [], [], 0
    for example in examples:
        ranked = rank(example.questions, example.context, ranker)
        for (row, _), point, answers in zip(ranked, example.points, example.right, strict=True):
            if point is None or not len(row):
                continue
            starts.append(seen)
            seen += len(row)
            rows.append(row)
            right += [n in answers for n in range(len(row))]
    return Choices(np.concatenate(rows), np.array(starts), np.array(right))


def answers_of(examples: Sequence[Example], ranker: Ranker) -> tuple[Floats, Floats]:
    """Return the signals of every answer, shape (n, signals), and whether it is right, shape (n,)."""
    found, right = [], []
    for example in examples:
        ranked = rank(example.questions, example.context, ranker)
        for question, (row, scores), point in zip(example.questions, ranked, example.points, strict=True):
            if point is None or not len(row):
                continue
            order = order_of(question, row, scores)
            found.append(signals_of(order))
            right.append(is_right(order[0][0].place, point))
    return np.array(found), np.array(right, dtype=float)


def train(gazetteer: Gazetteer, folder: Path, *, reports: int = REPORTS) -> dict[str, Any]:
    """Learn the weights; returns what the file holds.

    Parameters
    ----------
    gazetteer
        The built gazetteer.
    folder
        With the labelled sample articles.
    reports
        How many reports to make up.
    """
    finder = CandidateFinder(gazetteer)
    made = list(made_up(World(gazetteer), finder, seed=SEED, count=reports))
    labelled = list(samples(folder, finder))
    part = {use: [one for n, one in enumerate(made) if n % 10 in which] for use, which in _PARTS.items()}
    for_ranking, for_confidence = part["ranking"] + labelled, part["confidence"] + labelled
    kept_apart = part["check"]
    start = np.array([WEIGHTS[name] for name in FEATURES])
    weights, offset = start, 0.0
    for _ in range(ROUNDS):
        choices = choices_of(for_ranking, _ranker(weights, offset))
        weights, offset = fit_ranking(choices, start, nowhere=NOWHERE, pull=_RANKING_PULL, steps=_STEPS)
        weights, offset = np.round(weights, _DIGITS), round(offset, _DIGITS)
    # The formula is what ranks by default (docs/places.md says why), so it is its answers that are judged.
    confidence, bias = fit_probability(*answers_of(for_confidence, formula), pull=_CONFIDENCE_PULL, steps=2 * _STEPS)
    of_signal = {name: round(float(weight), _DIGITS) for name, weight in zip(SIGNALS, confidence, strict=True)}
    bias = round(bias, _DIGITS)
    signals, right = answers_of(kept_apart, formula)
    stated = [probability(row, of_signal, bias) for row in signals.tolist()]
    return {
        "ranking": {name: round(float(weight), _DIGITS) for name, weight in zip(FEATURES, weights, strict=True)},
        "offset": offset,
        "confidence": of_signal,
        "bias": bias,
        "made with": {
            "seed": SEED,
            "made-up reports": reports,
            "sample articles": len(labelled),
            "places in the gazetteer": gazetteer.stats()["places"],
        },
        "on made-up reports kept apart": {
            "right by the formula": round(float(right.mean()), 3),
            "right by the learnt ranking": round(float(answers_of(kept_apart, _ranker(weights, offset))[1].mean()), 3),
            "confidence": [
                {"from": low, "right": round(part, 3), "answers": count}
                for low, part, count in table(stated, (right > 0).tolist())
            ],
        },
    }


def _ranker(weights: Floats, offset: float) -> Ranker:
    def score(features: Floats) -> Floats:
        scores: Floats = features @ weights + offset
        return scores

    return score


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteer", type=Path, default=settings().gazetteer)
    parser.add_argument("--samples", type=Path, default=Path(__file__).parents[2] / "samples")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name(FILE))
    parser.add_argument("--reports", type=int, default=REPORTS)
    options = parser.parse_args()
    made = train(Gazetteer(options.gazetteer), options.samples, reports=options.reports)
    text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    options.out.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
