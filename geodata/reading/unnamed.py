"""Phrases that say what an actor is and not who: "the central government", "regime's", "the Harris government"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import ActorKind
from geodata.reading.owners import RULE
from geodata.reading.phrases import OWNING, entity_of, strip_possessive, without_article

if TYPE_CHECKING:
    from spacy.tokens import Token

# "The central government" is a state's own, and no regional one.
CENTRAL = frozenset({"central", "federal"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their"})


def called_after(head: Token) -> str:
    """Return whose "the Northern Front forces" and "the Harris government" are, but not "the Border Guard", a name itself."""
    if head.ent_type_ or not head.text.islower():
        return ""
    owner = next(
        (child for child in head.children if child.dep_ in OWNING and child.ent_type_ in {"ORG", "PERSON"}), None
    )
    entity = entity_of(owner) if owner is not None else None
    if entity is None:
        return ""
    name = without_article(strip_possessive(entity.text))
    return name if entity.label_ == "ORG" and name[:1].isupper() else f"{name} {head.text}"


def is_bare_rule(head: Token, body: str) -> bool:
    """Tell headlines' "government" and "regime's", which leave the article out, from "a new government"."""
    return (
        body in RULE
        and body == head.lemma_.lower()
        and not any(c.dep_ in {*OWNING, "det", "poss"} for c in head.children)
    )


def is_definite(head: Token) -> bool:
    """Tell "the army" and "its army" from "an army"."""
    return any(c.dep_ in {"det", "poss"} and c.lower_ in _DEFINITE for c in head.children)


def is_central(head: Token, kind: ActorKind | None) -> bool:
    """Tell "the central government", a state's own, from a regional one named before."""
    return kind is ActorKind.GOVERNMENT and any(child.lower_ in CENTRAL for child in head.children)
