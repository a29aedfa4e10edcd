"""From candidates to acts: the model's chances and the rules' word, weighed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.ontology import EventType
from geodata.reading.classifying.describing import describe
from geodata.reading.classifying.model import CLASSES, learnt
from geodata.reading.lexicon import Rule

if TYPE_CHECKING:
    from geodata.reading.act import Act
    from geodata.reading.classifying.candidates import Candidate
    from geodata.reading.passages import Passage

# Chances of "no event" above which a candidate is dropped, with a rule that knows it and without.
_DOUBT_WITH_RULE = 0.6
_DOUBT_WITHOUT = 0.4
_TYPES = tuple(EventType(name) for name in CLASSES[:-1])


def decide(candidate: Candidate, passage: Passage) -> Act | None:
    """Return the act that a candidate reports, with its type, or None when it reports none."""
    chances = learnt().chances(describe(candidate, passage), passage.doc.vocab)
    nothing = float(chances[-1])
    known = candidate.proposed is not None
    if nothing > (_DOUBT_WITH_RULE if known else _DOUBT_WITHOUT):
        return None
    best = int(chances[:-1].argmax())
    kind = _TYPES[best]
    act = candidate.act
    if kind is not candidate.proposed:
        act = replace(act, rule=Rule(kind, weak=not known))
    return replace(act, chance=float(chances[best]))
