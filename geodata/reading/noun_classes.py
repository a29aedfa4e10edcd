"""Classes of nouns that the rules of the lexicon speak of: places, persons, forces, civilians."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import ActorKind
from geodata.reading.grammar import after
from geodata.reading.roles import KIND_OF, MEMBERS, PEOPLES, PERSON_TITLES
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from geodata.reading.passages import Passage

PLACE_NOUNS = word_set(
    """city town village district province area region territory neighbourhood neighborhood airport airbase base
    airfield checkpoint position field oilfield hill mountain road highway crossing border dam bridge camp refinery
    station headquarters building compound stronghold outskirts suburb quarter island port
    square centre center valley peninsula facility complex plant barracks land enclave ground junction
    cave height ridge peak bastion hideout trench
    palace settlement hospital university mosque governorate sub-district subdistrict countryside"""
)
FORCE_NOUNS = word_set(
    """force army troop soldier military police militia fighter militant rebel unit brigade division convoy tank
    insurgent group peshmerga commando paramilitary marine guard"""
)
PROJECTILES = word_set("shell rocket missile bomb mortar projectile round drone")
_HELPING = frozenset({"aid", "relief", "humanitarian", "food", "medical"})
_PERSONAL_PRONOUNS = frozenset({"he", "she", "him", "her", "them", "they"})
_THINGS = frozenset({"it", "that", "this", "which"})
_ARMED = frozenset({ActorKind.STATE_FORCES, ActorKind.MILITIA, ActorKind.REBEL_GROUP})
_REBELLING = frozenset({ActorKind.REBEL_GROUP, ActorKind.MILITIA})
_LEADING = _ARMED | {ActorKind.GOVERNMENT, ActorKind.PARTY}
_GOVERNING = frozenset({ActorKind.GOVERNMENT, ActorKind.PARTY, ActorKind.INTERNATIONAL})
_CIVIL = frozenset(
    {ActorKind.CIVILIANS, ActorKind.MEDIA, ActorKind.CIVIL_SOCIETY, ActorKind.BUSINESS, ActorKind.PROTESTERS}
)
_MANY = word_set("people population family community household townspeople tribe minority")
_DOINGS = word_set(
    """action announcement attitude ban call decision demand move refusal rejection remark statement step stance threat
    veto vote withdrawal"""
)
_NATIONAL = frozenset({"NORP", "GPE", "ORG", "PERSON"})
_VOTERS = frozenset({"voter", "elector", "electorate"})
_SHARES = MEMBERS | frozenset({"%", "percent", "percentage", "share", "half", "third", "quarter", "fifth", "most"})
_INQUIRING = frozenset({"police", "detective", "investigator", "inspector", "tribunal", "auditor", "authority"})
_NAMES = frozenset({"PERSON", "ORG", "NORP"})


def names_of(noun: Token) -> set[str]:
    """Return a noun's lemma, alone and with what specifies it: "air strike", "exchange of fire", "thousands of soldiers"."""
    lemma = noun.lemma_.lower()
    of = {inner.lemma_.lower() for inner in after(noun, "of")}
    named = {lemma} | {f"{c.lemma_.lower()} {lemma}" for c in noun.children if c.dep_ in {"compound", "amod"}}
    named |= {f"{lemma} of {inner}" for inner in of}
    return named | of if lemma in MEMBERS else named


def is_of_class(noun: Token, wanted: str, passage: Passage) -> bool:
    """Tell whether a noun is of a class that rules speak of ("@place", "@force", ...)."""
    return _CLASSES.get(wanted, _is_actor)(noun, passage)


def _kind(noun: Token, passage: Passage) -> ActorKind | None:
    listed = passage.named.get(noun.i)
    return listed.actor.kind if listed is not None else KIND_OF.get(noun.lemma_.lower())


def _is_named(noun: Token, passage: Passage) -> bool:
    return noun.ent_type_ in _NAMES or noun.i in passage.named


def _is_place(noun: Token, passage: Passage) -> bool:
    if noun.lemma_.lower() in _SHARES and noun.i not in passage.places:  # "the last part of the province"
        return any(_is_place(inner, passage) for inner in after(noun, "of"))
    return noun.lemma_.lower() in PLACE_NOUNS or noun.i in passage.places


def _is_protester(noun: Token, passage: Passage) -> bool:
    return _kind(noun, passage) is ActorKind.PROTESTERS


def _is_leader(noun: Token, passage: Passage) -> bool:
    known = noun.i in passage.named or noun.ent_type_ in {"PERSON", "ORG"} or noun.i in passage.places
    return known or noun.lower_ in _PERSONAL_PRONOUNS or _kind(noun, passage) in _LEADING


def _is_statesman(noun: Token, passage: Passage) -> bool:
    """Tell whether it names or describes somebody who travels and talks for a government or a party."""
    if noun.lower_ in {"he", "she", "him", "her"}:
        return True
    return _is_person_name(noun, passage) or _kind(noun, passage) in _GOVERNING


def _is_person_name(noun: Token, passage: Passage) -> bool:
    listed = passage.named.get(noun.i)
    return noun.ent_type_ == "PERSON" or (listed is not None and listed.actor.person)


def _is_recipient(noun: Token, passage: Passage) -> bool:
    """Tell whether goods can be given to it: a group or a country, not a frontier."""
    return _is_country(noun, passage) or (noun.i not in passage.places and _is_group(noun, passage))


def _is_civilian(noun: Token, passage: Passage) -> bool:
    if noun.lemma_.lower() in MEMBERS and any(_is_civilian(inner, passage) for inner in after(noun, "of")):
        return True
    return _kind(noun, passage) is ActorKind.CIVILIANS or noun.lower_ in PEOPLES


def _is_crowd(noun: Token, passage: Passage) -> bool:
    """Tell people who flee together from one who leaves the country."""
    many = noun.tag_ in {"NNS", "NNPS"} or noun.lemma_.lower() in MEMBERS or noun.lower_ in PEOPLES
    return (many or noun.lemma_.lower() in _MANY) and _is_civilian(noun, passage)


def _is_voter(noun: Token, passage: Passage) -> bool:
    """Tell voters, "some of the voters" and "90 % of voters"."""
    lemma = noun.lemma_.lower()
    share = lemma in _SHARES
    return lemma in _VOTERS or (share and any(_is_voter(inner, passage) for inner in after(noun, "of")))


def _is_projectile(noun: Token, passage: Passage) -> bool:
    _ = passage
    return noun.lemma_.lower() in PROJECTILES


def _is_force(noun: Token, passage: Passage) -> bool:
    lemma = noun.lemma_.lower()
    if lemma == "convoy" and any(child.lower_ in _HELPING for child in noun.children):
        return False  # "an aid convoy"
    return lemma in FORCE_NOUNS or _kind(noun, passage) in _ARMED


def _is_rebel(noun: Token, passage: Passage) -> bool:
    return _kind(noun, passage) in _REBELLING


def _is_official(noun: Token, passage: Passage) -> bool:
    """Tell who may inquire and charge: police, prosecutors, courts, governments."""
    return noun.lemma_.lower() in _INQUIRING or _kind(noun, passage) in _GOVERNING


def _is_person(noun: Token, passage: Passage) -> bool:
    if noun.pos_ in {"PRON", "NUM"} and noun.lemma_.lower() in MEMBERS and (whole := after(noun, "of")):
        return any(_is_person(inner, passage) for inner in whole)  # "all of the hills", "one of the hostages"
    if noun.i in passage.places or noun.lower_ in _THINGS:
        return False
    listed = passage.named.get(noun.i)
    named = noun.ent_type_ in {"PERSON", "NORP"} or noun.pos_ == "PRON" or (listed is not None and listed.actor.person)
    kind = _kind(noun, passage)
    return named or (kind is not None and kind is not ActorKind.BUSINESS)


def _is_group(noun: Token, passage: Passage) -> bool:
    return _is_named(noun, passage) or _kind(noun, passage) is not None


def _is_actor(noun: Token, passage: Passage) -> bool:
    if _is_group(noun, passage) or noun.lemma_.lower() in MEMBERS:
        return True
    return noun.pos_ == "PRON" or noun.i in passage.places


def _is_warring(noun: Token, passage: Passage) -> bool:
    """Tell forces, governments and countries: whose strike is no walkout."""
    kind = _kind(noun, passage)
    return noun.i in passage.places or _is_force(noun, passage) or (noun.i in passage.named and kind in _GOVERNING)


def _is_unarmed(noun: Token, passage: Passage) -> bool:
    """Tell a person and people without arms, who take no town by entering it."""
    kind = _kind(noun, passage)
    if _is_force(noun, passage) or kind in _ARMED:
        return False
    alone = noun.lower_ in {"he", "she", "i", "you"} or _is_person_name(noun, passage)
    return alone or kind in _CIVIL or noun.lemma_.lower() in PERSON_TITLES or _is_civilian(noun, passage)


def _is_country(noun: Token, passage: Passage) -> bool:
    mention = passage.places.get(noun.i)
    return mention is not None and mention.place is not None and mention.place.kind == "country"


def _is_theirs(noun: Token, passage: Passage) -> bool:
    """Tell what another has done: "the Kenyan decision", "Oslo's refusal"."""
    _ = passage
    return noun.lemma_.lower() in _DOINGS and any(
        child.dep_ in {"poss", "amod", "compound", "nmod"} and child.ent_type_ in _NATIONAL for child in noun.children
    )


_CLASSES: dict[str, Callable[[Token, Passage], bool]] = {
    "place": _is_place,
    "protester": _is_protester,
    "leader": _is_leader,
    "any": lambda _noun, _passage: True,
    "civilian": _is_civilian,
    "crowd": _is_crowd,
    "voter": _is_voter,
    "statesman": _is_statesman,
    "named": _is_person_name,
    "recipient": _is_recipient,
    "projectile": _is_projectile,
    "force": _is_force,
    "rebel": _is_rebel,
    "official": _is_official,
    "person": _is_person,
    "warring": _is_warring,
    "unarmed": _is_unarmed,
    "theirs": _is_theirs,
    "country": _is_country,
    "pronoun": lambda noun, _passage: noun.pos_ == "PRON",
    "group": _is_group,
    "actor": _is_actor,
}
