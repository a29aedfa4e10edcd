"""Who takes part in violence without a word for whom he fights, and words in the place of an actor that name none.

"Warplanes bombed the town" leaves open whose they were; "the faction" that attacks is in arms and no opposition in
parliament; "Saraqib" in "shelled Saraqib" is where, also when no gazetteer knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import Actor, ActorKind
from geodata.reading.actor_list import actor_list
from geodata.reading.doers import is_deed
from geodata.reading.grammar import after, conjuncts, core, is_passive, subjects
from geodata.reading.phrases import OWNING, entity_of, role_of
from geodata.reading.roles import GENERIC_NAME, GROUND, KIND_OF, MACHINES, MEMBERS, PERSON_TITLES, TOLLS
from geodata.reading.taking_part.phrases import first_joined
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.reading.act import Act
    from geodata.reading.passages import Passage

# Their words name a body of any sort: of violence they are armed ones.
_BODIES = word_set("group organisation organization movement")
_PARTIES = word_set("faction")
_POLITICAL = frozenset({GENERIC_NAME[ActorKind.PARTY], GENERIC_NAME[ActorKind.CIVIL_SOCIETY]})
# What is done from afar, to ground more often than to somebody by name.
_FROM_AFAR = frozenset({"aerial", "heavy-weapons", "drone", "explosives"})
_INCLUDING = "including"
_WITH_GUNS = frozenset({"aerial", "heavy-weapons", "drone"})
_UNIDENTIFIED = word_set("unknown unidentified unnamed masked hooded")
_PLACING = word_set("in at near around inside outside into over across")
_ON = word_set("on upon of towards toward")
_TO_PERSONS = word_set("kill wound injure assassinate murder execute hurt behead die arrest detain capture")
_WORDS_OF_A_NAME = 2
# Whoever flies them: somebody, so that the attack is no other's that is told without a source.
UNTOLD = Actor(name="", text="", kind=ActorKind.STATE_FORCES)


def is_machine(token: Token) -> bool:
    """Tell "warplanes" and "artillery", which somebody uses."""
    return role_of(token)[0] in MACHINES


def is_unowned(token: Token, actor: Actor | None) -> bool:
    """Tell machines of whom nothing says whose they are, by the actor read for them."""
    return is_machine(token) and (actor is None or actor.name == GENERIC_NAME[ActorKind.STATE_FORCES])


def is_hit(token: Token, act: Act) -> bool:
    """Tell "shot down a helicopter" from "raids by helicopters"."""
    return token.dep_ in {"dobj", "nsubjpass"} and token.head in {act.trigger, act.verb}


def cannot_strike(token: Token, act: Act) -> bool:
    """Tell those who were killed by shells, and civilians who were killed at all, from villagers who attack."""
    civilian = KIND_OF.get(token.lemma_.lower()) is ActorKind.CIVILIANS and not _is_unidentified(token)
    shelled = act.nominal and act.rule.mode in _WITH_GUNS
    if not (civilian or shelled):
        return False
    verb = token.head
    fell = token.dep_ in {"nsubjpass", "dobj"} or (token.dep_ == "nsubj" and is_passive(verb))
    hurt = fell and verb.lemma_.lower() in _TO_PERSONS
    suffers = hurt and not token.is_ancestor(act.trigger)  # "detained a man who had attacked"
    return suffers or (civilian and act.rule.mode in _WITH_GUNS)


def _is_unidentified(token: Token) -> bool:
    return any(child.lower_ in _UNIDENTIFIED for child in token.children)


def is_toll(token: Token) -> bool:
    """Tell "more casualties", "Martyrs" and "two members", which say how many and not who."""
    owned = any(child.dep_ in {*OWNING, "poss"} for child in token.children) or bool(after(token, "of", "from"))
    if token.lemma_.lower() == "member" and not owned:
        return True
    return {
        token.lemma_.lower(),
        token.lower_.removesuffix("s"),
        f"{token.lower_.removesuffix('ies')}y",
    } & TOLLS != set()


def in_arms(actor: Actor, head: Token, home: str, *, acts: bool = False) -> Actor:
    """Return who "the factions", "members of the organisation" and "the coalition" are in a report of violence.

    Parameters
    ----------
    actor, head
        The actor as read, and the head of the phrase that names it.
    home
        ISO 3166-1 alpha-2 code of the country that the article is mostly about, or empty.
    acts
        Whether it is they who do it: "unidentified people" who attack are in arms.
    """
    if actor.name == GENERIC_NAME[ActorKind.INTERNATIONAL]:
        listed = actor_list().coalitions.get(home) if "coalition" in head.doc[slice(*core(head))].text.lower() else None
        if listed is None:
            return actor
        return Actor(name=listed.name, text=actor.text, kind=listed.kind, country=listed.country)
    kind = ActorKind.REBEL_GROUP
    masked = acts and actor.name == GENERIC_NAME[ActorKind.CIVILIANS] and _is_unidentified(head)
    if masked:
        return Actor(name=GENERIC_NAME[kind], text=actor.text, kind=kind)
    if actor.name not in _POLITICAL:
        return actor
    nouns = [head, *after(head, "of"), *(child for child in head.children if child.dep_ in OWNING)]
    bare = any(
        noun.lemma_.lower() in _PARTIES
        or (noun.lemma_.lower() in _BODIES and not any(child.dep_ in OWNING for child in noun.children))
        for noun in nouns
    )
    return Actor(name=GENERIC_NAME[kind], text=actor.text, kind=kind, country=actor.country) if bare else actor


def with_included(victims: list[Token], act: Act) -> list[Token]:
    """Return the victims with those told beside them: "20 people, including four nurses", "members of the army and guards"."""
    groups = [
        first for one in victims if (first := first_joined(one)).lemma_.lower() in MEMBERS and first in act.targets
    ]
    victims = list(dict.fromkeys((*groups, *victims)))
    if not any(victim in act.targets or victim.head.lower_ == _INCLUDING for victim in victims):
        return victims
    lists = (child for head in (act.verb, *act.targets) for child in head.children if child.lower_ == _INCLUDING)
    among = (noun for one in lists for child in one.children if child.dep_ == "pobj" for noun in conjuncts(child))
    whose = (after(noun, "of") if noun.pos_ == "NUM" else [noun] for noun in among)  # "12 of the soldiers"
    return list(dict.fromkeys((*victims, *(noun for one in whose for noun in one if not _is_office(noun)))))


def _is_office(noun: Token) -> bool:
    """Tell "including a commander", one of those named before, from "including a police commander"."""
    beside = any(child.dep_ in {*OWNING, "poss", "prep"} for child in noun.children)
    return noun.lemma_.lower() in PERSON_TITLES and not beside


def is_rather_where(token: Token, act: Act, passage: Passage) -> bool:
    """Tell a name of which nothing is known, in the place of what is struck, that rather names the place of it.

    Parameters
    ----------
    token
        Head of a phrase that no list, no gazetteer and no office knows.
    act, passage
        The act of violence, and where it is told.
    """
    if token.pos_ != "PROPN" or token.i in passage.named or token.i in passage.places:
        return False
    if act.verb.lemma_.lower() in _TO_PERSONS or act.trigger.lemma_.lower() in _TO_PERSONS:
        return False
    entity = entity_of(token)
    label = entity.label_ if entity is not None else ""
    if label == "PERSON" and entity is not None and len(entity) >= _WORDS_OF_A_NAME and token.dep_ == "dobj":
        return False
    if token.dep_ == "pobj" and token.head.lower_ in _PLACING:
        return True
    from_afar = act.rule.mode in _FROM_AFAR or any(is_deed(subject) for subject in subjects(act.verb))
    above = token.head.head if token.dep_ == "pobj" else token
    if act.rule.mode == "territory" or above.lemma_.lower() in GROUND:
        return True  # "the outskirts of Duma"
    if token.dep_ == "pobj" and token.head.lower_ in _ON:
        return from_afar or label not in {"PERSON", "ORG", "NORP"}
    if token.dep_ in {"conj", "appos"}:
        return token.head.i in passage.places or is_rather_where(token.head, act, passage)
    return token.dep_ in {"dobj", "nsubjpass"} and (from_afar or not label)
