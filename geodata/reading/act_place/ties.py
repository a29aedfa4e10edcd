"""The tie between a place name and an act, step by step: the path through the parse, and what it leads over.

A path goes up from the name to the first word that stands above both, then down to the act:
"in, nsubj, > advcl" is a place in the subject of a clause on whose verb the act's clause hangs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geodata.reading.act_place.toponyms import CARRIERS
from geodata.reading.factuality import SAYING
from geodata.reading.lexicon import lexicon
from geodata.reading.roles import KIND_OF
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.reading.act_place.features import Focus

_AT_START = 2  # tokens
_LONGEST = 6  # steps; longer ones are all alike
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "csubj", "pcomp", "parataxis"})
_VERBS = frozenset({"VERB", "AUX"})
_BODIES = word_set(
    """ministry government parliament court council embassy assembly office headquarters commission agency department
    authority university hospital newspaper station party bureau mission prosecutor administration"""
)
_COMING = word_set(
    "come flee arrive travel return fly send deploy bring move go head leave bear base live station hail"
)


def tie_of(focus: Focus, head: Token, link: str, governor: Token | None, group: str) -> list[str]:
    """Describe the tie of a place name to an act.

    Parameters
    ----------
    focus
        The act.
    head
        The token that ties the name to the sentence.
    link, governor
        How it hangs, and on what.
    group
        The kind of link.
    """
    word = focus.word
    path, over = _path(head, word)
    kind = type_of(word)
    lemma = word.lemma_.lower()
    found = [f"path {path}", f"word {link}", f"lemma {lemma} {group}", f"type {kind} {group}", f"clauses {over}"]
    found += [f"act {word.dep_}", f"act {word.dep_} {group} over {over}", f"type {kind}"]
    if word.pos_ not in _VERBS:
        found += ["a noun", f"a noun, {group} over {over}"]
    found += _governor(focus, governor, group)
    found += _between(head, word)
    return found


@cache
def _type_of(lemma: str, *, noun: bool) -> str:
    known = lexicon()
    if noun:
        rule = known.nouns.get(lemma)
        return str(rule.type) if rule is not None else "noun"
    rules = known.verbs.get(lemma)
    return str(rules[-1].type) if rules else "says" if lemma in SAYING else "verb"


def type_of(word: Token) -> str:
    """Return the type of event that a word reports most plainly, as far as the lexicon has it."""
    return _type_of(word.lemma_.lower(), noun=word.pos_ not in _VERBS)


def _governor(focus: Focus, governor: Token | None, group: str) -> list[str]:
    """Describe what the place hangs on: a verb, an event, a body, a person."""
    if governor is None:
        return []
    lemma = governor.lemma_.lower()
    own = governor.i in focus.own
    if governor.pos_ in _VERBS:
        if own:
            return [f"on act {group}"]
        kind = "says" if lemma in SAYING else "comes" if lemma in _COMING else type_of(governor)
        return [f"on verb {kind}", f"on verb {kind} {group}", f"on verb {governor.dep_} {group}"]
    kind = (
        "carrier" if lemma in CARRIERS
        else "body" if lemma in _BODIES
        else str(KIND_OF[lemma]) if lemma in KIND_OF
        else "event" if lemma in lexicon().nouns
        else governor.ent_type_ or "noun"
    )  # fmt: skip
    role = (
        "own"
        if own
        else "target"
        if governor.i in focus.targets
        else "source"
        if governor.i in focus.sources
        else "other"
    )
    return [f"on {kind}", f"on {kind} {group}", f"on {kind} {role}", f"on {lemma}", f"{governor.dep_} {group} {role}"]


def _between(head: Token, word: Token) -> list[str]:
    """Describe what stands between the name and the act in the order of words."""
    first, last = sorted((head.i, word.i))
    inner = word.doc[first + 1 : last]
    side = "before" if head.i < word.i else "after"
    verbs = min(2, sum(token.pos_ == "VERB" for token in inner))
    commas = min(2, sum(token.text in {",", ";", ":", "-", "–", "—"} for token in inner))
    found = [f"{verbs} verbs, {side}", f"{commas} commas, {side}", f"{verbs} verbs, {commas} commas, {side}"]
    if any(token.lemma_.lower() in SAYING for token in inner):
        found.append(f"saying between, {side}")
    if any(token.lower_ in {"and", "but"} and token.head.pos_ in _VERBS for token in inner):
        found.append(f"joined between, {side}")
    if head.i - head.sent.start <= _AT_START:
        found.append("begins")
    return found


def _path(head: Token, word: Token) -> tuple[str, str]:
    """Return the steps from a name to an act's word, and how many clauses they lead out of and into."""
    ups = _chain(head)
    above = {token.i: n for n, token in enumerate(ups)}
    downs: list[Token] = []
    token = word
    while token.i not in above and token.head != token:
        downs.append(token)
        token = token.head
    if token.i not in above:
        return "none", "none"
    up = ups[: above[token.i]]
    steps: list[str] = []
    for one in up:
        step = _step(one)
        if step and (not steps or steps[-1] != step):
            steps.append(step)
    out = min(2, sum(one.dep_ in _CLAUSES or (one.dep_ == "conj" and one.pos_ in _VERBS) for one in up))
    into = [one.dep_ for one in reversed(downs) if one.dep_ in _CLAUSES or one.dep_ in {"conj", "xcomp"}]
    down = [f">{_step(one)}" for one in reversed(downs) if _step(one)]
    whole = [*steps, *down]
    path = " ".join(whole) if len(whole) <= _LONGEST else "long"
    return path, f"{out}>{' '.join(into[:2]) or 0}"


def _chain(token: Token) -> list[Token]:
    found = [token]
    while token.head != token:
        token = token.head
        found.append(token)
    return found


def _step(token: Token) -> str:
    """Name one step of a path; those that only join or describe names are none."""
    if token.dep_ in {"pobj", "appos"}:
        return ""
    if token.dep_ == "conj" and token.pos_ not in _VERBS:
        return ""
    if token.dep_ in {"prep", "agent"}:
        return token.lower_
    return token.dep_
