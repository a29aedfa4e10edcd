"""What stands beside an act in its sentence and belongs to another one.

Reports in one line string happenings together: "Clashes near Gao and jets bomb Kidal", "Shelling hit Gao and the army
entered Kidal"; others say of an attack only when it was: "the raid came a day after A met B". Whoever acts in the one
has no part in the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.ontology import EventType
from geodata.reading.doers import is_deed
from geodata.reading.grammar import conjuncts
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.reading.act import Act

_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Verbs that say of an act only that or when it was, and the prepositions by which they name its sides.
_HAPPENING = word_set("come follow coincide precede break erupt begin start happen occur take flare resume")
_PARTIES = frozenset({"between", "among", "with", "against", "by", "on", "of"})


def is_beside(token: Token, act: Act) -> bool:
    """Tell whom "the raid came a day after A met B", "clashes broke out over the handover to A" only has beside it."""
    link = _link_of_happening(token, act)
    return link is not None and not (link.dep_ in {"prep", "agent"} and link.lower_ in _PARTIES)


def is_told_beside(token: Token, act: Act) -> bool:
    """Tell what stands in the other clause of "the raid came a day after A met B in Bonn"."""
    link = _link_of_happening(token, act)
    return link is not None and (link.dep_ == "advcl" or link.lower_ in {"after", "before"})


def _link_of_happening(token: Token, act: Act) -> Token | None:
    """Return by what a word behind a verb such as "came" hangs on it, where that verb only says that an attack was."""
    verb = act.verb
    if (
        not act.nominal
        or act.type is not EventType.ASSAULT
        or verb.lemma_.lower() not in _HAPPENING
        or token.i < verb.i
    ):
        return None
    return next((one for one in (token, *token.ancestors) if one.head == verb and one != verb), None)


def is_of_other(token: Token, act: Act) -> bool:
    """Tell who acts or is acted on in a clause, or beside a noun, that is only joined to the act's own by "and"."""
    if token in act.sources or token in act.targets:
        return False  # "two were killed and ten wounded"
    return _is_in_joined_clause(token, act) or (act.nominal and _is_outside(token, act.trigger))


def _is_in_joined_clause(token: Token, act: Act) -> bool:
    own, other = _clause(act.trigger), _clause(token)
    if own == other or not (_has_subject(own) and _has_subject(other)):
        return False
    return _first(own) == _first(other)


def _clause(token: Token) -> Token:
    while token.head != token and token.pos_ not in _VERBS:
        token = token.head
    return token


def _first(verb: Token) -> Token:
    while verb.dep_ == "conj" and verb.head.pos_ in _VERBS:
        verb = verb.head
    return verb


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)


def _is_outside(token: Token, deed: Token) -> bool:
    """Tell the rest of "clashes near Gao and jets bomb Kidal", where nobody clashes and bombs."""
    first = deed
    while first.dep_ == "conj" and first.head.pos_ not in _VERBS:
        first = first.head
    if first.dep_ == "conj":  # a report without a verb ("joints.py")
        return not _is_under(token, deed)
    joined = [other for other in conjuncts(first) if other != deed]
    if first.dep_ not in _SUBJECTS or all(is_deed(other) for other in joined):
        return False
    return not _is_under(token, deed)


def _is_under(token: Token, deed: Token) -> bool:
    while token != deed:
        if token.head == token or (token.dep_ == "conj" and token.head == deed):
            return False
        token = token.head
    return True
