from __future__ import annotations

import pytest

from geodata.crosswalk import acled_like
from geodata.event import Actor, ActorKind, Event
from geodata.ontology import Context, EventType


def event(kind, mode="", by=None, against=None, contexts=()):
    sides = [(Actor(name="x", text="x", kind=side),) if side else () for side in (by, against)]
    return Event(
        id="e", article_id="a", type=EventType(kind), mode=mode, quad=EventType(kind).quad, contexts=contexts,
        source_actors=sides[0], target_actors=sides[1], start=0, end=1, quote="x",
    )  # fmt: skip


ARMY, REBELS, PEOPLE = ActorKind.STATE_FORCES, ActorKind.REBEL_GROUP, ActorKind.CIVILIANS


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (event("ASSAULT", "drone", ARMY, PEOPLE), "Air/drone strike"),
        (event("ASSAULT", "suicide-attack"), "Suicide bomb"),
        (event("ASSAULT", "heavy-weapons", ARMY, REBELS), "Shelling/artillery/missile attack"),
        (event("ASSAULT", "firearms", ARMY, REBELS), "Armed clash"),
        (event("ASSAULT", "", REBELS, PEOPLE), "Attack"),
        (event("ASSAULT", "firearms", ARMY, ActorKind.PROTESTERS), "Excessive force against protesters"),
        (event("ASSAULT", "territory", ARMY, REBELS), "Government regains territory"),
        (event("ASSAULT", "territory", REBELS, ARMY), "Non-state actor overtakes territory"),
        (event("ASSAULT", "territory"), ""),  # by whom is not said
        (event("ASSAULT", "firearms", ARMY), ""),  # whether whoever was shot at was armed is not said
        (event("PROTEST", "demo", PEOPLE), "Peaceful protest"),
        (event("PROTEST", "riot", PEOPLE), "Violent demonstration"),
        (event("COERCE", "arrest", ARMY, ActorKind.PROTESTERS), "Arrests"),
        (event("COERCE", "restrict", ARMY, ActorKind.PROTESTERS), "Excessive force against protesters"),
        (event("COERCE", "seize", ARMY), "Looting/property destruction"),
        (event("RETREAT", "withdraw", ARMY, contexts=(Context.TERRITORY,)), "Non-violent transfer of territory"),
        (event("RETREAT", "withdraw", ARMY), ""),
        (event("RETREAT", "ceasefire"), "Agreement"),
        (event("MOBILIZE", "troops", ARMY), "Change to group/activity"),
        (event("ACCUSE", "allege", ARMY, REBELS), ""),  # talk has no place there
        (event("VOTE", "election"), ""),
    ],
)
def test_events_have_the_words_that_users_of_acled_know(given, words):
    assert acled_like(given) == words
