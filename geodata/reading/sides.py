"""Who stands on whose side in an act, and who is named in its sentence without taking part.

"Fought alongside the militia" makes an ally and no target; "killed him at the behest of a minister" makes none of the
minister; what is "in Bonn, Germany" or comes "from Kenya" is where, and not who.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import ActorKind
from geodata.ontology import EventType, Quad
from geodata.reading.beside import is_beside
from geodata.reading.doers import is_only_where
from geodata.reading.grammar import after, subjects
from geodata.reading.nominal import noun_rule
from geodata.reading.roles import KIND_OF
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.reading.act import Act
    from geodata.reading.passages import Passage

_FIGHTING = frozenset({"fight", "battle", "fighting", "serve"})
_BESIDE = ("alongside", "beside", "for", "behind")
_ORDERS = word_set(
    "behest request order instruction behalf direction urging insistence invitation instigation bidding command"
)
_HELPING = word_set("support back assist aid help accompany escort cover")
_TAKING_PART = word_set("participate join take share")
_UNDER_ORDERS = frozenset({"at", "on", "under", "upon", "by"})
# Those who join somebody else's fight; villagers and police who "fought with rebels" fought them.
_JOINING = frozenset({ActorKind.CIVILIANS, ActorKind.CIVIL_SOCIETY, ActorKind.UNKNOWN})
_JOINED = frozenset({ActorKind.REBEL_GROUP, ActorKind.MILITIA})
_NO_SIDES = frozenset({"DATE", "TIME", "CARDINAL", "QUANTITY", "MONEY", "PERCENT", "GPE", "LOC", "FAC"})
_JOINED_TO, _WITHIN = frozenset({"conj", "appos"}), frozenset({"amod", "compound", "nmod", "poss"})
_JUDGING = frozenset({EventType.ACCUSE, EventType.SUPPORT})
_OWN = frozenset({"its", "their", "his", "her", "our", "own"})
_MEETING = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})
# What moves "from" a country is not done by it, nor to it.
_MOVING = frozenset({EventType.AID, EventType.ASSAULT, EventType.MOBILIZE})


def allies_of(act: Act, passage: Passage) -> list[Token]:
    """Return those on whose side somebody fights; of other acts none."""
    if act.type is not EventType.ASSAULT:
        return []
    helping = [*_helpers(act), *_joining(act)]
    if act.trigger.lemma_.lower() not in _FIGHTING:
        return helping
    found = helping + after(act.trigger, *_BESIDE)
    along = [noun for noun in after(act.trigger, "with") if noun not in found]
    if along and (after(act.trigger, "against") or _joins(act, along[0], passage)):
        found += along
    return [noun for noun in found if noun.pos_ in {"NOUN", "PROPN", "PRON"} and noun.ent_type_ not in _NO_SIDES]


def _helpers(act: Act) -> list[Token]:
    """Return who helps: "launched an operation, supported by the coalition"."""
    objects = [child for child in act.verb.children if child.dep_ == "dobj"]
    beside = dict.fromkeys([act.verb, act.trigger, *act.sources, *objects])
    return [
        noun
        for one in beside
        for child in one.children
        if child.dep_ in {"advcl", "acl"} and child.tag_ == "VBN" and child.lemma_.lower() in _HELPING
        for noun in after(child, "by")
        if child.i > act.trigger.i
    ]


def _joining(act: Act) -> list[Token]:
    """Return who takes part: "the militia is taking part in the operation launched by the army"."""
    noun = act.trigger if act.nominal else act.verb.head if act.verb.dep_ == "acl" else None
    if noun is None or noun.pos_ != "NOUN":
        return []
    above = noun
    if noun.dep_ == "dobj":
        above = noun.head  # "joined the operation"
    elif noun.dep_ == "pobj" and noun.head.lower_ == "in":
        above = noun.head.head  # "participated in", "took part in"
        above = above.head if above.lemma_.lower() == "part" and above.dep_ == "dobj" else above
    return subjects(above) if above.lemma_.lower() in _TAKING_PART else []


def _joins(act: Act, other: Token, passage: Passage) -> bool:
    """Tell "a student who fought with the Houthis" from "students fought with police"."""
    listed = passage.named.get(other.i)
    if listed is None or listed.actor.kind not in _JOINED:
        return False
    return bool(act.sources) and all(_kind(token, passage) in _JOINING for token in act.sources)


def _kind(token: Token, passage: Passage) -> ActorKind:
    listed = passage.named.get(token.i)
    if listed is not None:
        return listed.actor.kind
    if token.i in passage.places:
        return ActorKind.GOVERNMENT
    return KIND_OF.get(token.lemma_.lower(), ActorKind.UNKNOWN)


def is_bystander(token: Token, act: Act, passage: Passage) -> bool:
    """Tell who or what is named with an act without a part in it: whose orders it followed, where it was."""
    above = token.head
    named_where = token.dep_ == "appos" and token.i in passage.places and above.i in passage.places
    if named_where or is_beside(token, act):
        return True  # "in Bonn, Germany"
    if act.type is EventType.MOBILIZE and any(child.lower_ in _OWN for child in token.children):
        return True  # "ordered his forces to"
    if act.type in _MEETING and is_only_where(token, passage):
        return True
    inside = _JOINED_TO | _WITHIN if act.type in _JUDGING else _JOINED_TO  # "against Kurdish protesters"
    while token.dep_ in inside and above.pos_ in {"NOUN", "PROPN"}:
        token, above = above, above.head
    if token.dep_ != "pobj":
        return False
    noun = above.head
    if above.lower_ == "of" and noun.lemma_.lower() in _ORDERS and act.trigger != noun:
        return noun.dep_ == "pobj" and noun.head.lower_ in _UNDER_ORDERS
    if act.type in _JUDGING and _is_victim(above, noun):
        return True
    if above.lower_ == "from" and act.type in _MOVING and act.rule.mode != "territory":
        mention = passage.places.get(token.i)
        return mention is not None and not mention.metonymic and token.i not in passage.named
    return False


def _is_victim(prep: Token, noun: Token) -> bool:
    """Tell "condemned the raid on the camp", "the killing of guards", which blame nobody there, from "the raid by"."""
    deed = noun.head if noun.dep_ == "acl" else noun
    rule = noun_rule(deed) if deed.pos_ == "NOUN" else None
    if rule is None or rule.type.quad is not Quad.MATERIAL_CONFLICT:
        return False
    return prep.lower_ in {"on", "against"} or (prep.lower_ == "of" and rule.of == "target")


def may_be_source(token: Token, act: Act, passage: Passage) -> bool:
    """Tell who may act from where it was done, on whose orders, from where, and from who tells of it: "Police: 12 killed"."""
    if is_only_where(token, passage) or is_bystander(token, act, passage):
        return False
    return not any(between.text == ":" for between in token.doc[token.i + 1 : max(token.i + 1, act.trigger.i)])
