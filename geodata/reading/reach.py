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
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from geodata.reading.act import Act

# Prepositions in the order in which they lead to whoever is acted on; what is not listed leads nowhere.
_TOWARDS = (
    "on", "against", "to", "with", "upon", "toward", "towards", "from", "for", "of", "by", "between", "into",
    "about", "over", "inside", "in",
)  # fmt: skip
_DOERS = ("by", "between", "from")
# Who is blamed, refused or praised for a deed is who did it: "condemned the shelling of the town by the army".
_DOER_FIRST = (*_DOERS, *(name for name in _TOWARDS if name not in _DOERS))
_JUDGED = frozenset({EventType.ACCUSE, EventType.REJECT, EventType.SUPPORT, EventType.REQUEST})
# Of a deed "with" names the means or the help, and "in" the place.
_ORDER: dict[EventType, tuple[str, ...]] = {
    EventType.ASSAULT: ("against", "on", "upon", "at", "from", "of", "to", "toward", "towards"),
    EventType.MOBILIZE: ("against", "on", "to", "toward", "towards", "into", "in"),
    EventType.PROTEST: ("against", "at", "of", "by", "for"),
    EventType.VOTE: (),
} | dict.fromkeys(_JUDGED, _DOER_FIRST)
_DIRECT = {
    "dative": 0, "dobj": 1, "nsubjpass": 1, "oprd": 2, "pcomp": 3, "xcomp": 20, "ccomp": 21, "acl": 22,
}  # fmt: skip
_PREPOSITION = 4  # where the prepositions begin among these ranks
_SENT = frozenset({EventType.MOBILIZE, EventType.AID, EventType.RETREAT})  # whose object is what is sent, not whom to
_PURPOSE = frozenset({EventType.MOBILIZE, EventType.AID})
_OWN = frozenset({"its", "their", "his", "her", "our", "own"})
_SENT_NOUNS = word_set(
    """troop soldier force fighter unit brigade division battalion regiment guard marine tank warship jet police
    convoy army helicopter aircraft plane reinforcement commando paratrooper personnel vehicle"""
)
_SENDING = word_set(
    "send dispatch deploy supply provide ship deliver give move withdraw pull contribute commit offer lend"
)
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_VERBS = frozenset({"VERB", "AUX"})
_APART = frozenset({"relcl", "parataxis"})
_PARTS_OF_NAMES = frozenset({"compound", "amod", "nmod", "npadvmod", "attr"})
_MOST_STEPS = 4  # further down, a name has nothing to do with the act


def reached(act: Act) -> Iterator[Token]:
    """Yield the nouns that may name whom an act reaches, the nearest first.

    Parameters
    ----------
    act
        The act. Its own sources and targets are left out, and what stands before its word in another clause.
    """
    order = _ORDER.get(act.type, _TOWARDS)
    taken = {token.i for token in (*act.sources, *act.targets)}
    light = act.trigger != act.verb and act.trigger.dep_ in {"dobj", "nsubjpass"} and act.trigger.head == act.verb
    layer = [act.trigger, act.verb] if light else [act.trigger]
    seen = {token.i for token in layer}
    for _ in range(_MOST_STEPS if order else 0):
        found = [one for token in layer for one in _below(token, order, for_what=act.type in _PURPOSE)]
        layer = []
        for _rank, token in sorted(found, key=lambda one: one[0]):
            if token.i in seen:
                continue
            seen.add(token.i)
            layer.append(token)
            sending = act.type in _SENT or token.head.lemma_.lower() in _SENDING
            sent = sending and token.lemma_.lower() in _SENT_NOUNS
            own = any(child.lower_ in _OWN for child in token.children)
            if token.pos_ in _NOUNS and token.i not in taken and not sent and not own:
                yield token


def beneath(act: Act) -> Iterator[Token]:
    """Yield the nouns behind an act's word that hang on its verb however far down, as they stand.

    What is tried last: "is ready to consider talks on the future of the base with Oman". What a relative clause or
    a second verb tells is left out: that is another happening. Of our samples' labels, two in three of the targets found
    in clauses of "after" and "because" are right, so these are looked through.

    Parameters
    ----------
    act
        The act. Its own sources and targets are left out.
    """
    taken = {token.i for token in (*act.sources, *act.targets)}
    waiting = [act.verb]
    found: list[Token] = []
    while waiting:
        for child in waiting.pop().children:
            if not _is_apart(child):
                waiting.append(child)
                found.append(child)
    for token in sorted(found, key=lambda one: one.i):
        names = token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in _PARTS_OF_NAMES
        own = any(child.lower_ in _OWN for child in token.children)
        if token.i > act.trigger.i and names and token.i not in taken and not own:
            yield token


def _is_apart(token: Token) -> bool:
    """Tell the head of a clause that tells another happening."""
    return token.dep_ in _APART or (token.dep_ == "conj" and token.pos_ in _VERBS)


def _below(token: Token, order: Sequence[str], *, for_what: bool) -> Iterator[tuple[int, Token]]:
    """Yield (rank, token) of the nouns and verbs one step below a noun or a verb."""
    passive = token.pos_ in _VERBS and is_passive(token)
    for child in token.children:
        link = child.dep_
        if link in {"prep", "dative", "agent"} and child.pos_ in {"ADP", "SCONJ", "PART"}:
            if link == "agent" and not (token.dep_ == "acl" and order is _DOER_FIRST):
                continue
            yield from _behind(child, order)
        elif link in _DIRECT:
            if link == "acl" and token.pos_ in _VERBS:
                continue
            for noun in conjuncts(child) if child.pos_ in _NOUNS else (child,):
                yield _DIRECT[link], noun
        elif link == "nsubj" and token.dep_ in {"ccomp", "pcomp"} and not passive:
            yield 0, child  # "demanded that the militia leave"
        elif (
            for_what
            and link == "advcl"
            and any(grand.lower_ == "to" and grand.dep_ == "aux" for grand in child.children)
        ):
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
