"""From candidates to acts: the model's chances and the rules' word, weighed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.ontology import EventType
from geodata.reading.classifying.describing import describe
from geodata.reading.classifying.model import CLASSES, learnt
from geodata.reading.factuality import Status
from geodata.reading.headlines import is_headline
from geodata.reading.lexicon import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.reading.act import Act
    from geodata.reading.classifying.candidates import Candidate
    from geodata.reading.passages import Passage

# The training text was written to be hard for the rules. In running text they are right more often, by so
# many logits: found on the project's own sample articles.
_TRUST = 4.0
_TRUST_GATE = 2.0  # of an event at all
_TRUST_IN_HEADLINE = 3.0  # which names little that did not happen
# Chance of "no event" above which a candidate is dropped: with a rule of its own, and without. Found on the samples
# too: more would find little more of what is labelled there.
_DOUBT = 0.5
_DOUBT_UNRULED = 0.15
_TYPES = tuple(EventType(name) for name in CLASSES[:-1])
_ROW = {kind: number for number, kind in enumerate(_TYPES)}


def decide(candidates: Sequence[Candidate], passage: Passage) -> list[Act]:
    """Return the acts that the candidates of a sentence report as facts, in order, with their types."""
    told = (candidate for candidate in candidates if candidate.act.status is Status.FACT)
    headline = is_headline(passage.doc)
    judged = ((candidate, *_judged(candidate, passage, headline=headline)) for candidate in told)
    kept = (act for candidate, act, nothing in judged if nothing <= _limit(candidate, headline=headline))
    return sorted(kept, key=lambda act: act.trigger.i)


def _limit(candidate: Candidate, *, headline: bool) -> float:
    # A headline has no room for what did not happen: there, a word without a rule need not be surer than one with it.
    return _DOUBT if candidate.proposed is not None or headline else _DOUBT_UNRULED


def _judged(candidate: Candidate, passage: Passage, *, headline: bool) -> tuple[Act, float]:
    """Return the act of a candidate, with its likeliest type, and the chance that it is no event."""
    if candidate.act.sure:
        return candidate.act, 0.0
    scores = learnt().scores(describe(candidate, passage), passage.doc.vocab)
    proposed = candidate.proposed
    if proposed is not None:
        scores[_ROW[proposed]] += _TRUST
        scores[-1] -= _TRUST_IN_HEADLINE if headline else _TRUST_GATE
        if candidate.rule is not None and candidate.rule.type is not proposed:
            scores[_ROW[candidate.rule.type]] = -np.inf  # what is only announced or refused is not done
    powers = np.exp(scores - scores.max())
    chances = powers / powers.sum()
    best = int(chances[:-1].argmax())
    kind = _TYPES[best]
    act = candidate.act
    if kind is not proposed:
        act = replace(act, rule=Rule(kind, weak=proposed is None, order=act.rule.order))
    return replace(act, chance=float(chances[best])), float(chances[-1])
