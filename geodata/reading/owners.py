"""Whose forces and machines those are that a phrase says the owner of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import Actor, ActorKind
from geodata.reading.grammar import after
from geodata.reading.phrases import OWNING, role_of
from geodata.reading.unsaid import is_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from geodata.reading.naming import Names

RULE = frozenset({"government", "regime"})
_FLYING = frozenset({ActorKind.GOVERNMENT, ActorKind.STATE_FORCES, ActorKind.INTERNATIONAL})


def owners_of(head: Token, text: str, names: Names, known: Callable[[Token], Actor | None]) -> list[Actor]:
    """Return the forces whose machines or soldiers a phrase names, by the owners that it tells.

    Parameters
    ----------
    head, text
        The phrase's noun, and its words.
    names
        The names of the article.
    known
        From the noun of an owner to who that is.
    """
    machine = is_machine(head)
    body = role_of(head)[0]
    before = [child for child in head.children if child.dep_ == "poss" or (machine and child.dep_ in OWNING)]
    found: list[Actor] = []
    for owner in (*before, *after(head, "of")):
        if is_machine(owner) or (not machine and owner.lemma_.lower() not in RULE):
            continue
        adjective = next((child for child in owner.children if child.dep_ in OWNING), owner)
        nation = names.nation(adjective, armed=True) if machine else None
        actor = nation or known(owner)  # "warplanes of the Russian guarantor"
        if actor is None or actor.kind not in _FLYING:
            continue
        if actor.kind is not ActorKind.GOVERNMENT:
            found.append(Actor(name=actor.name, text=text, kind=actor.kind, country=actor.country))
        elif actor.country:
            name = names.national_name(actor.country, ActorKind.STATE_FORCES, body, text)
            found.append(Actor(name=name, text=text, kind=ActorKind.STATE_FORCES, country=actor.country))
    return found
