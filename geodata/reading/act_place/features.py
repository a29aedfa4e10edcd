"""How a place name is tied to an act in its sentence, in words that a linear model can weigh.

The tie is read off the parse: the preposition, what it hangs on, and how that stands to the act's word; besides
order, distance, the kind of place, and what other place names there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.reading.act_place.ties import tie_of
from geodata.reading.act_place.toponyms import CARRIERS
from geodata.reading.act_place.weights import Description
from geodata.reading.factuality import SAYING
from geodata.reading.grammar import clause_of, governors
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from geodata.reading.act_place.toponyms import Toponym

_GROUPS = {
    "in": "in at inside within",
    "near": "near outside around north south east west northeast northwest southeast southwest off beside beyond over above by",
    "through": "across throughout along through between on",
    "to": "to into toward towards onto for",
    "from": "from out",
    "of": "of",
    "against": "against with than as like including about",
}  # fmt: skip
_GROUP_OF = {word: name for name, words in _GROUPS.items() for word in words.split()}
_INSIDE_NOUN = {"compound": "part", "nmod": "part", "amod": "part", "poss": "poss"}
# The feature of a name that only says where another place of the sentence lies.
AROUND = "around another"
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
DIRECTIONS = word_set(
    """north south east west northern southern eastern western central north-eastern north-western south-eastern
    south-western northeastern northwestern southeastern southwestern downtown upper lower rural"""
)
_NEAR, _FAR = 4, 12  # tokens
_MOVING = word_set(
    """go come arrive travel fly visit enter march advance cross flee move return head reach leave withdraw retreat
    send deploy patrol land tour roll push pull evacuate storm raid escape"""
)
_SEIZING = word_set(
    """capture seize take retake recapture occupy overrun attack bomb shell storm liberate besiege hit strike target
    pound raid enter control hold surround destroy reach visit patrol shoot burn clear secure regain lose leave"""
)
_STATEMENTS = frozenset({"accord", "statement", "spokesman", "spokeswoman", "source", "official", "witness", "report"})
# Of the heads of a name that joined and described names are followed up by.
_MOST_CLIMBS = 8


@dataclass(frozen=True, slots=True)
class Focus:
    """An act's word, as far as this goes: `own` its token indices, `verb` the verb of its clause."""

    verb: Token
    own: frozenset[int]
    sources: frozenset[int]
    targets: frozenset[int]
    word: Token  # the act's own word: the verb, or a noun in its clause


def attachment(head: Token) -> tuple[str, Token | None]:
    """Return how a place hangs in the sentence: the preposition or label, and what it hangs on."""
    token = head
    for _ in range(_MOST_CLIMBS):
        if (token.dep_ in {"conj", "appos"} and token.head != token) or (
            token.dep_ in {"compound", "nmod", "amod", "poss"} and token.head.lemma_.lower() in CARRIERS
        ):
            token = token.head
        elif token.dep_ == "pobj" and token.head.lower_ in {"of", "from"} and _carrier(token.head.head):
            token = token.head.head
        else:
            break
    if token.dep_ != "pobj":
        if token.dep_ in {"advmod", "npadvmod"} and token.lemma_.lower() in CARRIERS:
            return "near", token.head  # "30 km north of"
        return token.dep_, token.head
    prep = token.head
    governor = _without_date(prep.head)
    if governor.dep_ == "prep" or (governor.pos_ == "ADP" and prep.dep_ == "prep"):
        governor = governor.head  # "from inside Syria"
    if governor.dep_ in {"advmod", "npadvmod"} and governor.lemma_.lower() in CARRIERS:
        return "near", governor.head
    return prep.lower_, governor


def _without_date(governor: Token) -> Token:
    """Return what a date hangs on to which the parser lays a place: "signed on May 5 in Oslo"."""
    if governor.ent_type_ not in {"DATE", "TIME"}:
        return governor
    if governor.dep_ == "pobj":
        return governor.head.head
    return governor.head if governor.dep_ == "npadvmod" else governor


def _carrier(token: Token) -> bool:
    return token.lemma_.lower() in CARRIERS and token.dep_ in {"pobj", "conj", "advmod", "npadvmod", "dobj", "nsubj",
                                                                  "nsubjpass", "appos", "attr"}  # fmt: skip


def describe(focus: Focus, toponyms: Sequence[Toponym]) -> list[Description]:
    """Describe how each place name of a sentence is tied to an act.

    Parameters
    ----------
    focus
        The act.
    toponyms
        The place names, in order.

    Returns
    -------
    list of Description
        One for each place name.
    """
    attached = [attachment(toponym.head) for toponym in toponyms]
    related = [
        _relation(focus, toponym.head, governor) for toponym, (_, governor) in zip(toponyms, attached, strict=True)
    ]
    close = [_is_close(link, relation) for (link, _), relation in zip(attached, related, strict=True)]
    parents = _parents(toponyms)
    following = next((n for n, toponym in enumerate(toponyms) if toponym.head.i > focus.verb.i), -1)
    found = []
    for n, toponym in enumerate(toponyms):
        link, governor = attached[n]
        group = _GROUP_OF.get(link) or _INSIDE_NOUN.get(link) or ("subject" if link in _SUBJECTS else link)
        features = [*_of_name(toponym, group, related[n]), *_of_order(focus, toponym)]
        features += _of_others(n, toponyms, close, parents) + _of_verb(focus, toponym, group, related[n])
        features += tie_of(focus, toponym.head, link, governor, group)
        if n == following:
            features.append("first after")
        if governor is not None and governor.lemma_.lower() in _STATEMENTS:
            features.append("of who says so")
        above = governor if governor is not None and governor.i != focus.word.i and not governor.ent_type_ else None
        words = (focus.word.lemma_.lower(), above.lemma_.lower() if above is not None else "")
        found.append(Description(frozenset(features), words))
    return found


def _of_name(toponym: Toponym, group: str, relation: str) -> list[str]:
    """Describe the name by itself, and what it hangs on."""
    kind = _kind(toponym)
    found = [
        f"link {group}",
        f"at {relation}",
        f"{group} at {relation}",
        kind,
        f"{kind} {group}",
        f"{kind} at {relation}",
    ]
    if any(token.dep_ in {"amod", "compound"} and token.lower_ in DIRECTIONS for token in toponym.head.children):
        found += ["a part of it", f"a part of it, {kind}"]  # "in western Algeria"
    if toponym.mention.metonymic:
        found.append("stands for a government")
    return found


def _of_order(focus: Focus, toponym: Toponym) -> list[str]:
    """Describe where the name stands, seen from the act's word."""
    side = "after" if toponym.head.i > focus.verb.i else "before"
    distance = min(abs(toponym.head.i - i) for i in focus.own)
    reach = "near" if distance <= _NEAR else "far" if distance > _FAR else "middling"
    return [side, reach, f"{side} and {reach}"]


def _of_others(n: int, toponyms: Sequence[Toponym], close: Sequence[bool], parents: dict[int, int]) -> list[str]:
    """Describe what other place names of the sentence there are; `parents` is wider name -> narrower name."""
    found = []
    if n in parents:
        found.append(AROUND)
    if n in parents.values():
        found.append("within another")
    near = [m for m, good in enumerate(close) if good and m != n and m not in parents]
    if near and not close[n]:
        found.append("another is closer")
    ranks = [_rank(toponyms[m]) for m in near if parents.get(n) != m] if close[n] else []
    if any(rank < _rank(toponyms[n]) for rank in ranks):
        found.append("a finer one is as close")
    if any(rank > _rank(toponyms[n]) for rank in ranks):
        found.append("a wider one is as close")
    if len(toponyms) == 1:
        found.append("alone")
    return found


def _of_verb(focus: Focus, toponym: Toponym, group: str, relation: str) -> list[str]:
    """Describe the verb: one of saying is placed by nothing that is said."""
    lemma = focus.verb.lemma_.lower()
    found = []
    if lemma in SAYING:
        found += ["verb says", f"verb says at {relation}"]
    if lemma in _MOVING:
        found.append(f"verb moves, {group}")
    if lemma in _SEIZING and toponym.head.i in focus.targets:
        found.append("taken")
    return found


def _kind(toponym: Toponym) -> str:
    place = toponym.mention.place
    if place is None:
        return "unlisted"
    return "country" if place.precision is Precision.COUNTRY else "province" if place.precision is Precision.PROVINCE else "local"  # fmt: skip


def _is_close(link: str, relation: str) -> bool:
    return (_GROUP_OF.get(link) in {"in", "near", "through"} and relation in {"act", "target", "source", "shared"}) or (
        relation == "target itself"
    )


def _relation(focus: Focus, head: Token, governor: Token | None) -> str:  # noqa: PLR0911 - one answer a case
    """Say where what a place name hangs on stands, seen from the act."""
    if head.i in focus.targets:
        return "target itself"
    if head.i in focus.sources:
        return "source itself"
    if governor is None:
        return "nothing"
    if governor.i in focus.own:
        return "act"
    if governor.i in focus.targets:
        return "target"
    if governor.i in focus.sources:
        return "source"
    above = [token.i for token in governors(head)]
    same = clause_of(head).i in focus.own
    if any(i in focus.targets for i in above):
        return "below target" if same else "clause of target"
    if any(i in focus.sources for i in above):
        return "below source" if same else "clause of source"
    if any(i in focus.own for i in above):
        return "clause" if same else "clause below"
    return _from_above(focus, head, governor, set(above))


def _from_above(focus: Focus, head: Token, governor: Token, above: set[int]) -> str:
    """Say how a place outside the act's own clause stands to it, through the clauses above the act."""
    token = focus.verb
    if token.dep_ in {"relcl", "acl"} and (token.head.i == head.i or token.head.i in {head.head.i, head.head.head.i}):
        return "described"  # "in Homs, where rebels killed"
    ways = []
    for step, upper in enumerate(governors(focus.verb)):
        if upper.pos_ in {"VERB", "AUX"} or step == 0:
            ways.append(token.dep_)
            if upper in {governor, governor.head} or (upper.i in above and clause_of(head) == upper):
                at = "at" if governor == upper else "in"
                return f"{at} clause above by {ways[0]}" if len(ways) == 1 else "clause further above"
        token = upper
    return "elsewhere"


def _parents(toponyms: Sequence[Toponym]) -> dict[int, int]:
    """Tell which place name only says where another lies: index of the wider -> index of the narrower."""
    found: dict[int, int] = {}
    for n, toponym in enumerate(toponyms):
        for m, other in enumerate(toponyms):
            if m == n or found.get(m) == n:
                continue
            if _lies_in(other, toponym):
                found[n] = m
                break
    return found


def _lies_in(inner: Toponym, outer: Toponym) -> bool:
    """Tell whether `outer` is named only to say where `inner` is: "Mubi, Adamawa", "Kandahar's Loi Karez"."""
    top = _whole(inner.head)
    if _stands_before(inner, outer, top):
        return True
    if outer.head.i < inner.head.i:
        return False
    between = outer.head.doc[inner.head.i + 1 : outer.head.i]
    if any(token.lower_ in {"and", "or"} for token in between):
        return False
    if any(token.lower_ in DIRECTIONS or token.lower_ in {"near", "outside"} for token in between):
        told = [token for token in between if not _measures(token)]
        if not told:
            return True  # "Hit, 70 km west of Ramadi"
    if _is_named_part(between):
        return True
    if _rank(outer) < _rank(inner) or (outer.head.dep_ == "conj" and _rank(outer) == _rank(inner)):
        return False
    if not {inner.head, top}.isdisjoint(governors(outer.head)):
        return True
    plain = all(_measures(token) or token.dep_ in {"amod", "compound", "det"} for token in between)
    opened = any(token.text in {",", "("} or token.lower_ == "in" for token in between)
    return len(between) <= _NEAR and plain and opened and _rank(outer) > _rank(inner)


def _stands_before(inner: Toponym, outer: Toponym, top: Token) -> bool:
    """Tell "Kandahar's Loi Karez", "China's Yunnan province", "the Nairobi suburb of Syokimau"."""
    narrower = _rank(inner) < _WIDE or _rank(inner) < _rank(outer)
    if outer.head.dep_ not in {"poss", "compound", "nmod"} or outer.head.i > inner.head.i or not narrower:
        return False
    whole = outer.head.head
    if whole in {inner.head, top}:
        return True
    # but not "the Zahra area of Jeddah"
    called = any(token.lower_ == "of" for token in outer.head.doc[whole.i + 1 : inner.head.i])
    named_behind = whole.lemma_.lower() in _NAMED_BY_OF or _rank(outer) > _rank(inner)
    return called and named_behind and whole.lemma_.lower() in CARRIERS and whole in set(governors(inner.head))


def _is_named_part(between: Span) -> bool:
    """Tell "the Zahra neighbourhood of Jeddah", "Karim village in the Wukari area", by the words between the names."""
    words = [token for token in between if not token.is_space]
    if not words or words[0].lemma_.lower() not in _PARTS:
        return False
    joins = [token for token in words if token.lower_ in _JOINS or token.text in {",", "("}]
    # "the Ghouta town of Darayya" is Darayya
    if not joins or (joins[0].lower_ == "of" and words[0].lemma_.lower() in _NAMED_BY_OF):
        return False
    return all(
        token in joins or _measures(token) or token.dep_ in {"amod", "compound", "nmod", "poss", "case"}
        for token in words
    )


def _whole(head: Token) -> Token:
    """Return the noun of which a name is the first part: "the Mohammad Agha district"."""
    named = head.dep_ in {"compound", "nmod"} and head.head.lemma_.lower() in CARRIERS
    return head.head if named else head


def _measures(token: Token) -> bool:
    """Tell whether a word only says how one place lies to another: "about 70 km (43 miles) west of the town of"."""
    word = token.lower_
    measure = word in _BETWEEN or token.lemma_.lower() in CARRIERS or token.dep_ in {"quantmod", "det", "amod"}
    return token.is_punct or token.like_num or measure


def _rank(toponym: Toponym) -> int:
    """Rank by size, as far as it is known."""
    place = toponym.mention.place
    if place is None:
        return 0
    return {Precision.COUNTRY: 4, Precision.PROVINCE: _WIDE, Precision.DISTRICT: 1, Precision.SETTLEMENT: 1}.get(
        place.precision, 0
    )


_WIDE = 3
_PARTS = CARRIERS - word_set("state capital province governorate region") | word_set(
    "zone quarter community junction commune settlement hamlet market street road slum farm compound"
)
_NAMED_BY_OF = word_set("city town village suburb island camp")
_JOINS = word_set("of in near on under outside at within inside")
_BETWEEN = word_set("in the of from near outside about some miles kilometers kilometres kms mi just a")
