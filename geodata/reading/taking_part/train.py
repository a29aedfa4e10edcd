"""Learn who takes part in an act: `python -m geodata.reading.taking_part.train [--check] [--out FILE] [--verify]`.

Learns from the sentences in data/sentences and data/reports, all written for this project, and from nothing else. Two
runs with the same gazetteer and language model write the same file. With `--check` it also tells how often source and
target are right in sentences that were kept apart, by the rules alone and as learnt. With `--verify` nothing is
written: it learns anew and fails when the weights that come with the package are others.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import ConflictmapError
from geodata.reading.annotated import FOLDER as REPORTS
from geodata.reading.annotated import annotated_sentences
from geodata.reading.classifying.examples import lines_of
from geodata.reading.classifying.train import FOLDER, FOLDS, SEED
from geodata.reading.pool import Recipe, reader_of
from geodata.reading.taking_part.choosing import chosen
from geodata.reading.taking_part.describing import SIZE
from geodata.reading.taking_part.examples import Example, examples_of, hits, told_in_lines, told_in_reports
from geodata.reading.taking_part.fitting import Choices, fit
from geodata.reading.taking_part.model import FILE, SOURCE, TARGET, Model
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

# Chosen on sentences kept apart.
_PULL, _STEPS = 0.5, 60
_YEAR_ZERO = (1980, 1, 1, 0, 0, 0)  # of files within the archive, so that it is the same every time


def learn(examples: Sequence[Example]) -> Floats:
    """Fit the weights to examples, shape (features, roles)."""
    return np.stack(
        [fit(_choices(examples, role), size=SIZE, pull=_PULL, steps=_STEPS) for role in (SOURCE, TARGET)], axis=1
    )


def _choices(examples: Sequence[Example], role: int) -> Choices:
    """Write examples as questions; who is said to be the source is no target unless the label says so."""
    keys, shares = [], []
    for example in examples:
        right = example.right[role]
        if right is None:
            continue
        share = np.zeros(len(example.keys))
        share[list(right) or [-1]] = 1.0 / max(1, len(right))
        asked = np.ones(len(share), dtype=np.bool_)
        asked[list(example.left_out)] = False
        if role == TARGET:
            asked[[n for n in example.right[SOURCE] or () if n not in right]] = False
        keys.append(example.keys[asked])
        shares.append(share[asked])
    starts = np.cumsum([0, *(len(share) for share in shares[:-1])])
    return Choices(np.concatenate(keys), starts, np.concatenate(shares), np.ones(len(shares)))


def figures_of(examples: Sequence[Example]) -> dict[str, float]:
    """Return how often source and target are right, by the rules and by models that did not see the sentence."""
    groups = np.array([example.group for example in examples])
    order = np.random.default_rng(SEED).permutation(np.unique(groups))
    fold_of = {group: n % FOLDS for n, group in enumerate(order)}
    told: list[tuple[list[bool], list[bool], list[bool]]] = []  # for each act: named, by rules, as learnt
    for fold in range(FOLDS):
        model = Model(learn([one for one in examples if fold_of[one.group] != fold]).astype(np.float32))
        for one in (one for one in examples if fold_of[one.group] == fold and not one.left_out):
            roles = [chosen(chances, one.joined) for chances in model.chances(one.keys)]
            are_named = [bool(one.told.parts[role]) for role in (SOURCE, TARGET)]
            by_rules = [hits(one.proposed[role], one.told, role) for role in (SOURCE, TARGET)]
            by_model = [hits([one.heads[n] for n in roles[role]], one.told, role) for role in (SOURCE, TARGET)]
            told.append((are_named, by_rules, by_model))
    named, ruled, learnt = np.array(told).transpose(1, 0, 2)
    found = {"acts": float(len(told))}
    for role, name in ((SOURCE, "source"), (TARGET, "target")):
        for which, right in (("rules alone", ruled), ("learnt", learnt)):
            found[f"{name}, {which}"] = float(right[:, role].mean())
            found[f"{name} where one is named, {which}"] = float(right[named[:, role], role].mean())
    found["both, rules alone"] = float(ruled.all(axis=1).mean())
    found["both, learnt"] = float(learnt.all(axis=1).mean())
    return found


def packed_weights(made: Floats) -> bytes:
    """Return the file of the weights: rounded, so that it is small and the same every time."""
    held, file = io.BytesIO(), io.BytesIO()
    np.save(held, made.astype(np.float16), allow_pickle=False)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("table.npy", _YEAR_ZERO), held.getvalue(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path, default=FOLDER, help="folder of the short sentences")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder of the annotated sentences")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name(FILE))
    parser.add_argument("--check", action="store_true", help="tell how well sentences kept apart are read")
    parser.add_argument("--verify", action="store_true", help="write nothing; fail when the weights would change")
    given = parser.parse_args()
    told = [*told_in_reports(annotated_sentences(given.reports)), *told_in_lines(lines_of(given.sentences))]
    examples, unmet = examples_of(told, reader_of(Recipe(settings().gazetteer, settings().model)).passages)
    out = sys.stdout.write
    out(f"{len(examples)} acts; {unmet} labelled acts are no candidates\n")
    if given.check:
        for name, value in figures_of(examples).items():
            out(f"{name:<42} {value:.3f}\n")
    weights = packed_weights(learn(examples))
    if given.verify:
        if given.out.read_bytes() != weights:
            sys.exit(f"{given.out} is not what is learnt from these sentences.")
        out(f"{given.out} is what is learnt from these sentences, bit for bit\n")
        return
    given.out.write_bytes(weights)
    out(f"{len(weights) // 1000} kB: {given.out}\n")


if __name__ == "__main__":
    try:
        main()
    except ConflictmapError as problem:
        sys.exit(str(problem))
