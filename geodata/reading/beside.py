"""What stands beside an act in its sentence and belongs to another one.

Reports in one line string happenings together: "Clashes near Gao and jets bomb Kidal", "Shelling hit Gao and the army
entered Kidal". Whoever acts in the one has no part in the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.reading.doers import is_deed
from geodata.reading.grammar import conjuncts

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.reading.act import Act

_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


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
