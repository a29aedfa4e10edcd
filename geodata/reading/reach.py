"""Whom an act reaches when the lexicon's own place for its target names nobody.

English puts the one who is acted on at many depths: "imposed sanctions on Iran", "demanded the release of the
hostages", "agreed to send troops to Mali", "criticised a ruling by the court". The nouns below the act's word are
tried from the nearest outwards; within one step, a preposition that leads to a person or a side goes before one
that only says what something is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.ontology import EventType
from geodata.reading.grammar import conjuncts, is_passive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from geodata.reading.act import Act

# Prepositions in the order in which they lead to whoever is acted on; what is not listed leads nowhere.
_TOWARDS = (
    "on", "against", "to", "with", "upon", "toward", "towards", "at", "from", "for", "of", "by", "between", "into",
    "about", "over", "inside", "in",
)  # fmt: skip
# Who is blamed, refused or praised for a deed is who did it: "condemned the shelling of the town by the army".
_DOER_FIRST = ("by", "between", "from", *(name for name in _TOWARDS if name not in {"by", "between", "from"}))
_JUDGED = frozenset({EventType.ACCUSE, EventType.REJECT, EventType.SUPPORT, EventType.REQUEST})
_DIRECT = {
    "dative": 0,
    "dobj": 1,
    "nsubjpass": 1,
    "oprd": 2,
    "xcomp": 20,
    "ccomp": 21,
    "acl": 22,
    "pcomp": 3,
    "relcl": 23,
}
_PREPOSITION = 4  # where the prepositions begin among these ranks
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_VERBS = frozenset({"VERB", "AUX"})
_MOST_STEPS = 4  # further down, a name has nothing to do with the act


def reached(act: Act) -> Iterator[Token]:
    """Yield the nouns that may name whom an act reaches, the nearest first.

    Parameters
    ----------
    act
        The act. Its own sources and targets are left out, and what stands before its word in another clause.
    """
    order = _DOER_FIRST if act.type in _JUDGED else _TOWARDS
    taken = {token.i for token in (*act.sources, *act.targets)}
    layer = [act.trigger] if act.trigger == act.verb else [act.trigger, act.verb]
    seen = {token.i for token in layer}
    for _ in range(_MOST_STEPS):
        found = [one for token in layer for one in _below(token, order)]
        layer = []
        for _rank, token in sorted(found, key=lambda one: one[0]):
            if token.i in seen:
                continue
            seen.add(token.i)
            layer.append(token)
            if token.pos_ in _NOUNS and token.i not in taken:
                yield token


def _below(token: Token, order: Sequence[str]) -> Iterator[tuple[int, Token]]:
    """Yield (rank, token) of the nouns and verbs one step below a noun or a verb."""
    passive = token.pos_ in _VERBS and is_passive(token)
    for child in token.children:
        link = child.dep_
        if link in {"prep", "dative", "agent"} and child.pos_ in {"ADP", "SCONJ", "PART"}:
            if link == "agent" and not (token.dep_ == "acl" and order is _DOER_FIRST):
                continue
            yield from _behind(child, order)
        elif link in _DIRECT:
            if link in {"acl", "relcl"} and token.pos_ in _VERBS:
                continue
            for noun in conjuncts(child) if child.pos_ in _NOUNS else (child,):
                yield _DIRECT[link], noun
        elif link == "nsubj" and token.dep_ in {"ccomp", "pcomp"} and not passive:
            yield 0, child  # "demanded that the militia leave"
        elif link == "advcl" and any(grand.lower_ == "to" and grand.dep_ == "aux" for grand in child.children):
            yield _DIRECT["acl"], child  # "sent troops to fight the rebels"


def _behind(preposition: Token, order: Sequence[str]) -> Iterator[tuple[int, Token]]:
    name = preposition.lower_
    if name not in order:
        return
    rank = _PREPOSITION + order.index(name)
    for child in preposition.children:
        if child.dep_ == "pobj":
            if child.ent_type_ in {"DATE", "TIME"}:
                continue
            for noun in conjuncts(child):
                yield rank, noun
        elif child.dep_ == "pcomp":
            yield rank, child
        elif child.dep_ == "prep":  # "from inside Syria"
            yield from _behind(child, order)
