"""From PLOVER's words to those that users of ACLED know: a column beside the type, never ACLED's own coding.

The words are the sub-event types of ACLED's codebook (2024). What is only said has none there: most verbal events
get an empty text, and so does what ACLED's words would claim more of than a report states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import ActorKind
from geodata.ontology import Context, EventType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.event import Actor, Event

_ARMED = frozenset({ActorKind.STATE_FORCES, ActorKind.REBEL_GROUP, ActorKind.MILITIA})
_STATE = frozenset({ActorKind.STATE_FORCES, ActorKind.GOVERNMENT})
_UNARMED = frozenset(
    {ActorKind.CIVILIANS, ActorKind.CIVIL_SOCIETY, ActorKind.MEDIA, ActorKind.BUSINESS, ActorKind.PARTY}
)

CLASH = "Armed clash"
ATTACK = "Attack"
EXCESSIVE = "Excessive force against protesters"
_BY_MODE = {
    "aerial": "Air/drone strike",
    "drone": "Air/drone strike",
    "suicide-attack": "Suicide bomb",
    "explosives": "Remote explosive/landmine/IED",
    "heavy-weapons": "Shelling/artillery/missile attack",
    "abduct": "Abduction/forced disappearance",
    "sexual": "Sexual violence",
    "crowd-control": EXCESSIVE,
}
_BY_TYPE_AND_MODE = {
    (EventType.PROTEST, "riot"): "Violent demonstration",
    (EventType.COERCE, "arrest"): "Arrests",
    (EventType.COERCE, "seize"): "Looting/property destruction",
    (EventType.RETREAT, "ceasefire"): "Agreement",
}
_BY_TYPE = {
    EventType.PROTEST: "Peaceful protest",
    EventType.MOBILIZE: "Change to group/activity",
    EventType.AGREE: "Agreement",
}


def acled_like(event: Event) -> str:
    """Return the sub-event type of ACLED that comes nearest to an event, or an empty text where none does."""
    against = _kinds(event.target_actors)
    if event.type is EventType.ASSAULT:
        return _of_assault(event.mode, _kinds(event.source_actors), against)
    if event.type is EventType.COERCE and ActorKind.PROTESTERS in against and event.mode != "arrest":
        return EXCESSIVE
    if event.type is EventType.RETREAT and event.mode == "withdraw" and Context.TERRITORY in event.contexts:
        return "Non-violent transfer of territory"
    return _BY_TYPE_AND_MODE.get((event.type, event.mode)) or _BY_TYPE.get(event.type, "")


def _of_assault(mode: str, by: frozenset[ActorKind], against: frozenset[ActorKind]) -> str:
    if mode == "territory":
        if by & _STATE:
            return "Government regains territory"
        return "Non-state actor overtakes territory" if by & _ARMED else ""
    if mode in _BY_MODE:
        return _BY_MODE[mode]
    if ActorKind.PROTESTERS in against and by & _STATE:
        return EXCESSIVE
    if by & _ARMED and against & _ARMED:
        return CLASH
    # Of an attack on nobody in particular a report does not say whether it met armed people.
    return ATTACK if against & _UNARMED else ""


def _kinds(actors: Iterable[Actor]) -> frozenset[ActorKind]:
    return frozenset(actor.kind for actor in actors)
