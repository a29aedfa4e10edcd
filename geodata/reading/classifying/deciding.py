"""From candidates to acts: the model's chances and the rules' word, weighed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.ontology import EventType
from geodata.reading.classifying.describing import describe
from geodata.reading.classifying.model import CLASSES, learnt
from geodata.reading.lexicon import Rule

if TYPE_CHECKING:
    from geodata.reading.act import Act
    from geodata.reading.classifying.candidates import Candidate
    from geodata.reading.passages import Passage

# The training text was written to be hard for the rules. In running text they are right more often, by so
# many logits: found on the project's own sample articles.
_TRUST = 4.0
_TRUST_GATE = 1.0  # of an event at all
# Chance of "no event" above which a candidate without a rule is dropped.
_DOUBT = 0.01
_TYPES = tuple(EventType(name) for name in CLASSES[:-1])
_ROW = {kind: number for number, kind in enumerate(_TYPES)}


def decide(candidate: Candidate, passage: Passage) -> Act | None:
    """Return the act that a candidate reports, with its type, or None when it reports none."""
    scores = learnt().scores(describe(candidate, passage), passage.doc.vocab)
    proposed = candidate.proposed
    if proposed is not None:
        scores[_ROW[proposed]] += _TRUST
        scores[-1] -= _TRUST_GATE
    powers = np.exp(scores - scores.max())
    chances = powers / powers.sum()
    if chances[-1] > (0.5 if proposed is not None else _DOUBT):
        return None
    best = int(chances[:-1].argmax())
    kind = _TYPES[best]
    act = candidate.act
    if kind is not proposed:
        act = replace(act, rule=Rule(kind, weak=proposed is None, order=act.rule.order))
    return replace(act, chance=float(chances[best]))
