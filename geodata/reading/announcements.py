"""What is only announced, turned into what it is: a promise, a threat or a refusal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.ontology import EventType, Quad
from geodata.reading.factuality import Status
from geodata.reading.lexicon import Rule

if TYPE_CHECKING:
    from geodata.reading.act import Act

_PROMISED = frozenset(
    {EventType.AID, EventType.COOPERATE, EventType.RETREAT, EventType.SUPPORT, EventType.CONCEDE, EventType.CONSULT}
)
_REFUSED = _PROMISED | {EventType.AGREE}
_WITHHELD = frozenset({EventType.SUPPORT, EventType.AGREE})
_FUTURE = frozenset({"will", "would", "wo", "'ll", "'d"})


def with_announcement(act: Act) -> Act:
    """Turn what is only announced into what it is: a promise, a threat or a refusal.

    PLOVER codes "will give aid" as AGREE, "will attack" as THREATEN and "will not negotiate" as
    REJECT, when somebody says it of himself; a mere forecast is none of them, and neither is what
    only describes: "the force, which will begin its deployment".
    """
    if not act.sources and act.speaker is not None and act.status is Status.ANNOUNCED and act.type in _PROMISED:
        act = replace(act, sources=(act.speaker,))  # "said that the troops would be withdrawn"
    if not act.sources:
        return act
    if act.status is Status.DENIED and _is_refusal(act):
        return _as(act, EventType.REJECT)
    if act.status is not Status.ANNOUNCED:
        return act
    if act.type in _PROMISED:
        return _as(act, EventType.AGREE)
    harm = act.type.quad is Quad.MATERIAL_CONFLICT and act.type is not EventType.PROTEST
    if harm and act.speaker is not None and act.verb.dep_ != "relcl":
        return _as(act, EventType.THREATEN)
    return act


def _is_refusal(act: Act) -> bool:
    """Tell "will not negotiate" and "does not support" from what merely did not happen."""
    if any(child.dep_ == "aux" and child.lower_ in _FUTURE for child in act.verb.children):
        return act.type in _REFUSED
    if act.type is EventType.AGREE and act.verb.head.lemma_ == "fail":
        return True  # "failed to reach an agreement"
    plain = any(child.dep_ == "neg" for child in act.verb.children)
    if act.verb.lemma_ == "be" and act.type is EventType.AGREE:
        return plain  # "is not ready to negotiate"
    done = {child.lower_ for child in act.verb.children if child.dep_ == "aux"}
    # "Does not recognise" refuses; "did not offer", "has not agreed" only did not happen, unless it is quoted.
    now = bool(done & {"do", "does"}) or (act.speaker is not None and "did" in done)
    return plain and now and act.type in _WITHHELD


def _as(act: Act, kind: EventType) -> Act:
    return replace(act, rule=Rule(kind, order=act.rule.order), status=Status.FACT)
