"""The places where an act happened, of those that its sentence names; none is an answer too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geodata.event import Precision
from geodata.reading.act_place.features import AROUND, Focus, describe
from geodata.reading.act_place.toponyms import toponyms_of
from geodata.reading.act_place.weights import FAINT, LIKELY, MOST_LIKELY, learnt_weights
from geodata.reading.grammar import after, agents, clause_of, objects

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Span, Token

    from geodata.event import Mention
    from geodata.reading.act import Act
    from geodata.reading.act_place.toponyms import Toponym
    from geodata.reading.act_place.weights import Description, Limits
    from geodata.reading.passages import Passage


class Judged(NamedTuple):
    """A place name, and the probability, 0 to 1, that the act happened there."""

    toponym: Toponym
    described: Description
    likelihood: float


def judged_places(focus: Focus, sentence: Span, passage: Passage) -> list[Judged]:
    """Judge each place name of a sentence, in order."""
    toponyms = toponyms_of(sentence, passage)
    model = learnt_weights()
    vocab = passage.doc.vocab
    described = describe(focus, toponyms)
    return [Judged(one, seen, model.likelihood(seen, vocab)) for one, seen in zip(toponyms, described, strict=True)]


def place_of_act(
    act: Act, sentence: Span, passage: Passage, *, leave_out: Callable[[Token, Mention], bool]
) -> tuple[Mention, bool] | None:
    """Return the likeliest place of an act told in a sentence, and whether it is more likely than not.

    Where that is a name that no gazetteer has, it is what the sentence says lies around it, if anything;
    else the mention has no place, and another place may not stand for it.

    Parameters
    ----------
    act, sentence, passage
        The act and where it is told.
    leave_out
        Which names are none of a place of the act, by their token and mention.
    """

    def judge(focus: Focus) -> list[Judged]:
        return [
            one
            for one in judged_places(focus, sentence, passage)
            if not one.toponym.mention.metonymic and not leave_out(one.toponym.head, one.toponym.mention)
        ]

    sources, targets = (frozenset(token.i for token in found) for found in (act.sources, act.targets))
    judged = judge(Focus(act.verb, frozenset({act.trigger.i, act.verb.i}), sources, targets, act.trigger))
    described = _told_of(act.verb, judged)
    if described is not None:
        return described.toponym.mention, True
    best = max(judged, key=lambda one: one.likelihood, default=None)
    known = _likeliest_known(judged)
    if known is not None and known.likelihood >= LIKELY:
        return _finest(known, judged).toponym.mention, known.likelihood >= MOST_LIKELY
    for verb in _sharing(act.verb):
        shared = [one for one in judge(focus_of(sentence.doc[verb.i : verb.i + 1])) if _is_there(one)]
        known = _likeliest_known(shared)
        if known is not None and known.likelihood >= LIKELY:
            return _finest(known, shared).toponym.mention, False
    if best is None or best.likelihood < MOST_LIKELY:
        faint = _likeliest_known(
            [one for one in judged if one.likelihood >= FAINT and _is_there(one) and not _is_aside(one, act)]
        )
        return (faint.toponym.mention, False) if faint is not None else None
    # "In Kanpetlet in Chin State": no gazetteer has the village; what is said to be around it may be known.
    around = next((one for one in judged if one.toponym.is_known and _is_around(one, best)), None)
    return (best if around is None else around).toponym.mention, around is None


def _is_there(one: Judged) -> bool:
    """Tell "killed and wounded in Gao" from "wounded and flown to Gao"."""
    return not {f"link {group}" for group in ("in", "near", "through")}.isdisjoint(one.described.features)


def _is_aside(one: Judged, act: Act) -> bool:
    """Tell a place in a clause that only describes somebody: "the man, whom a court in Oslo knew, was killed"."""
    clause = clause_of(one.toponym.head)
    return clause.dep_ in {"relcl", "acl"} and clause not in {act.verb, *act.verb.ancestors}


def _likeliest_known(judged: Sequence[Judged]) -> Judged | None:
    return max((one for one in judged if one.toponym.is_known), key=lambda one: one.likelihood, default=None)


def _told_of(verb: Token, judged: Sequence[Judged]) -> Judged | None:
    """Return the place of which a relative clause tells: "in eastern Chad, where rebels attacked a convoy"."""
    clause = verb
    while clause.dep_ in {"conj", "xcomp", "advcl"} and clause.head != clause:
        clause = clause.head
    if clause.dep_ != "relcl" or not any(child.lower_ == "where" for child in clause.children):
        return None
    noun = clause.head
    fitting = [
        one
        for one in judged
        if one.toponym.is_known
        and one.toponym.head.i < clause.i
        and (one.toponym.head == noun or noun in one.toponym.head.ancestors)
        and AROUND not in one.described.features
    ]
    return fitting[0] if fitting else None


def _sharing(verb: Token) -> list[Token]:
    """Return verbs joined to one without a helping verb of their own, with which it shares where it was.

    "Ten were killed and five injured in a raid on Gao."
    """
    joined = [child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB" and child.i > verb.i]
    return [
        other
        for other in joined
        if other.tag_ == verb.tag_ == "VBN" and not any(child.dep_ in {"aux", "auxpass"} for child in other.children)
    ]


def _finest(chosen: Judged, judged: list[Judged]) -> Judged:
    """Return what lies in a chosen country and may be the place too: "killed in Iraq on a patrol outside Mosul"."""
    country = chosen.toponym.mention.place
    if country is None or country.precision is not Precision.COUNTRY:
        return chosen
    inner = [
        one
        for one in judged
        if (place := one.toponym.mention.place) is not None
        and place.country == country.country
        and place.precision is not Precision.COUNTRY
        and one.likelihood >= LIKELY
    ]
    return max(inner, key=lambda one: one.likelihood, default=chosen)


def _is_around(one: Judged, inner: Judged) -> bool:
    """Tell a place that is named as what another lies in, or beside: "a village, in a province", "near a town"."""
    return inner.toponym.head in one.toponym.head.ancestors


def focus_of(words: Span) -> Focus:
    """Return what places are looked for, from an act's words: "was arrested", "an attack", "pulled out"."""
    word = words.root
    if word.pos_ in {"VERB", "AUX"}:
        sources, targets = agents(word), objects(word)
        verb = word
    else:
        sources, targets = after(word, "by"), after(word, "of", "on", "against")
        verb = clause_of(word)
    done_by, done_to = (frozenset(token.i for token in found) for found in (sources, targets))
    return Focus(verb, frozenset({verb.i, word.i}), done_by, done_to, word)


def places_of_words(words: Span, passage: Passage) -> list[Mention]:
    """Return the place names that say where the act of these words happened, several where the sentence joins them.

    A name that no gazetteer knows counts: such a mention has no place.
    """
    return [one.mention for one in taken(judged_places(focus_of(words), words.sent, passage), learnt_weights().limits)]


def taken(judged: Sequence[Judged], limits: Limits) -> list[Toponym]:
    """Return the places that are likely enough, in order."""
    best = max(judged, key=lambda one: one.likelihood, default=None)
    if best is None or best.likelihood < LIKELY:
        return []
    joined = _first_joined(best.toponym.head)
    found = [best.toponym]
    for one in judged:
        enough = limits.joined if _first_joined(one.toponym.head) == joined else limits.other
        if one.toponym != best.toponym and one.likelihood >= enough and AROUND not in one.described.features:
            found.append(one.toponym)
    return sorted(found, key=lambda toponym: toponym.mention.start)


def _first_joined(head: Token) -> Token:
    """Return the first of names that are joined: "in Kirkuk, Mosul and Erbil"."""
    while head.dep_ in {"conj", "appos"} and head.head != head:
        head = head.head
    return head
