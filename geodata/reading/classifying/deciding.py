"""From candidates to acts: the model's chances and the rules' word, weighed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.ontology import EventType
from geodata.reading.classifying.describing import describe
from geodata.reading.classifying.model import CLASSES, learnt
from geodata.reading.factuality import FAILING, SAYING, WISHING, Status
from geodata.reading.headlines import is_headline
from geodata.reading.lexicon import Rule
from geodata.reading.noun_classes import is_of_class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.reading.act import Act
    from geodata.reading.classifying.candidates import Candidate
    from geodata.reading.passages import Passage

# The training text was written to be hard for the rules. In running text they are right more often, by so
# many logits: found on the project's own sample articles.
_TRUST = 4.0
_TRUST_GATE = 1.0  # of an event at all
_TRUST_IN_HEADLINE = 3.0  # which names little that did not happen
# Chance of "no event" above which a candidate without a rule is dropped: beside other acts, and where it
# is what the sentence mainly tells of somebody who counts.
_DOUBT = 0.01
_DOUBT_ALONE = 0.06
_DOUBT_LEAD = 0.4  # in the sentence that opens the article
_TYPES = tuple(EventType(name) for name in CLASSES[:-1])
_ROW = {kind: number for number, kind in enumerate(_TYPES)}


def decide(candidates: Sequence[Candidate], passage: Passage, *, lead: bool = False) -> list[Act]:
    """Return the acts that the candidates of a sentence report, with their types.

    Parameters
    ----------
    candidates
        What may report an event.
    passage
        Where they stand.
    lead
        Whether the sentence opens the article: that one tells the news, whatever its verb.
    """
    judged = [(candidate, *_judged(candidate, passage)) for candidate in candidates]
    kept = [(act, nothing, c) for c, act, nothing in judged if nothing <= (0.5 if c.proposed is not None else _DOUBT)]
    if not any(act.status is Status.FACT for act, _, _ in kept):
        alone = [(act, nothing, c) for c, act, nothing in judged if c.proposed is None and _is_main(act, passage)]
        best = min(alone, key=lambda one: one[1], default=None)
        if best is not None and _DOUBT < best[1] <= (_DOUBT_LEAD if lead else _DOUBT_ALONE):
            kept.append(best)
    return sorted((act for act, _, _ in kept), key=lambda act: act.trigger.i)


def _judged(candidate: Candidate, passage: Passage) -> tuple[Act, float]:
    """Return the act of a candidate, with its likeliest type, and the chance that it is no event."""
    if candidate.act.sure:
        return candidate.act, 0.0
    scores = learnt().scores(describe(candidate, passage), passage.doc.vocab)
    proposed = candidate.proposed
    if proposed is not None:
        scores[_ROW[proposed]] += _TRUST
        scores[-1] -= _TRUST_IN_HEADLINE if is_headline(passage.doc) else _TRUST_GATE
    powers = np.exp(scores - scores.max())
    chances = powers / powers.sum()
    best = int(chances[:-1].argmax())
    kind = _TYPES[best]
    act = candidate.act
    if kind is not proposed:
        act = replace(act, rule=Rule(kind, weak=proposed is None, order=act.rule.order))
    return replace(act, chance=float(chances[best])), float(chances[-1])


def _is_main(act: Act, passage: Passage) -> bool:
    """Tell the main clause, or what is said in it, with somebody who counts as the one who acts."""
    verb = act.verb
    if act.status is not Status.FACT or act.nominal or verb.lemma_.lower() in WISHING | FAILING:
        return False  # "failed to", "plotted to": what they govern did not happen
    told = verb.dep_ == "ccomp" and verb.head.dep_ == "ROOT" and verb.head.lemma_.lower() in SAYING
    return (verb.dep_ == "ROOT" or told) and any(is_of_class(token, "leader", passage) for token in act.sources[:1])
