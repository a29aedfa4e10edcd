"""The kinds of event: PLOVER's 16 types, and VOTE.

PLOVER is the Political Language Ontology for Verifiable Event Records (Open Event Data
Alliance, 2018 and 2023). It has no vote, and referendums are at the heart of the conflicts
this project began with, so the project adds one type of its own, VOTE, in a class of its own,
"political process", and says so wherever types are listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Quad(IntEnum):
    """The four classes of PLOVER, and the class of VOTE."""

    POLITICAL_PROCESS = 0
    VERBAL_COOPERATION = 1
    MATERIAL_COOPERATION = 2
    VERBAL_CONFLICT = 3
    MATERIAL_CONFLICT = 4

    @property
    def label(self) -> str:
        """The name shown to people, in sentence case."""
        return self.name.replace("_", " ").capitalize()


# Of what is said rather than done.
SPOKEN = frozenset({Quad.VERBAL_COOPERATION, Quad.VERBAL_CONFLICT})


class EventType(StrEnum):
    """What was done."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    SANCTION = "SANCTION"
    PROTEST = "PROTEST"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    VOTE = "VOTE"

    @property
    def quad(self) -> Quad:
        """The class that the type belongs to."""
        return TYPES[self].quad

    @property
    def label(self) -> str:
        """The name shown to people, in sentence case."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """What there is to know about a type."""

    quad: Quad
    gloss: str  # one line for a person who meets the type for the first time
    modes: tuple[str, ...] = ()


# The quad of SANCTION: the PLOVER manual names both 3 and 4, its labelled data has 4.
TYPES: dict[EventType, TypeInfo] = {
    EventType.AGREE: TypeInfo(
        Quad.VERBAL_COOPERATION, "agrees or offers to act together, invites", ("meet", "invite", "settle", "cooperate")
    ),
    EventType.CONSULT: TypeInfo(
        Quad.VERBAL_COOPERATION, "meets, visits, talks or negotiates", ("visit", "third-party", "multilateral", "phone")
    ),
    EventType.SUPPORT: TypeInfo(Quad.VERBAL_COOPERATION, "backs, praises, thanks, apologises, recognises, signs or ratifies"),
    EventType.CONCEDE: TypeInfo(Quad.VERBAL_COOPERATION, "gives in, admits a wrong, eases a demand"),
    EventType.COOPERATE: TypeInfo(Quad.MATERIAL_COOPERATION, "acts together in deeds: trains, trades, shares", ("military", "economic")),
    EventType.AID: TypeInfo(
        Quad.MATERIAL_COOPERATION, "gives help, money, arms or shelter", ("humanitarian", "military", "economic", "asylum")
    ),
    EventType.RETREAT: TypeInfo(
        Quad.MATERIAL_COOPERATION,
        "yields: withdraws, frees, disarms, ceases fire",
        ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
    ),
    EventType.REQUEST: TypeInfo(Quad.VERBAL_CONFLICT, "demands, calls on, orders, appeals", ("assist", "change", "yield", "meet")),
    EventType.ACCUSE: TypeInfo(Quad.VERBAL_CONFLICT, "blames, condemns, alleges, investigates", ("disapprove", "investigate", "allege")),
    EventType.REJECT: TypeInfo(Quad.VERBAL_CONFLICT, "refuses, denies recognition, vetoes", ("assist", "change", "yield", "meet")),
    EventType.THREATEN: TypeInfo(Quad.VERBAL_CONFLICT, "warns of harm, gives an ultimatum", ("restrict", "ban", "arrest", "expel", "attack")),
    EventType.SANCTION: TypeInfo(
        Quad.MATERIAL_CONFLICT, "cuts ties, aid or trade, expels, halts talks", ("convict", "expel", "withdraw", "discontinue")
    ),
    EventType.PROTEST: TypeInfo(
        Quad.MATERIAL_CONFLICT, "demonstrates, strikes, riots, boycotts", ("demo", "riot", "strike", "hunger", "boycott", "obstruct")
    ),
    EventType.MOBILIZE: TypeInfo(Quad.MATERIAL_CONFLICT, "deploys or alerts forces", ("troops", "weapons", "police", "militia")),
    EventType.COERCE: TypeInfo(
        Quad.MATERIAL_CONFLICT,
        "arrests, seizes, bans, restricts, destroys property",
        ("seize", "restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "cyber", "misinformation"),
    ),
    EventType.ASSAULT: TypeInfo(
        Quad.MATERIAL_CONFLICT,
        "attacks, kills, shells, captures territory, abducts",
        (
            "beat", "torture", "execute", "sexual", "assassinate", "primitive", "firearms", "explosives",
            "suicide-attack", "heavy-weapons", "aerial", "drone", "crowd-control", "abduct", "territory", "massacre",
        ),
    ),
    EventType.VOTE: TypeInfo(Quad.POLITICAL_PROCESS, "holds an election or a referendum", ("election", "referendum")),
}  # fmt: skip


class Context(StrEnum):
    """What an event is about; an event may have several."""

    MILITARY = "military"
    TERRITORY = "territory"
    ELECTION = "election"
    INDEPENDENCE = "independence"
    DIPLOMATIC = "diplomatic"
    TERRORISM = "terrorism"
    RESOURCE = "resource"
    HUMANITARIAN = "humanitarian"
    HUMAN_RIGHTS = "human-rights"
    LEGAL = "legal"
    ECONOMIC = "economic"
    REFUGEE = "refugee"
