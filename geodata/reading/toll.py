"""Deaths and injuries that a sentence states, and which of its acts they belong to.

Counted by the parse first: whoever is the object of "kill", the subject of "die"; where that finds nothing, by
phrases ("left 12 dead", "the death toll rose to 41").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.reading.casualties import MOST, dead_in, hurt_in, is_of_both
from geodata.reading.doers import is_deed
from geodata.reading.grammar import conjuncts, governors, objects, subjects
from geodata.reading.numbers import Count, count_of
from geodata.reading.unsaid import is_toll
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Span, Token

    from geodata.event import Event
    from geodata.reading.act import Act

_KILLING = word_set("kill murder execute assassinate slay massacre slaughter behead lynch")
_DYING = word_set("die perish")
_HURTING = word_set("wound injure maim hurt")
_SUFFERING = word_set("suffer sustain receive")
_INJURIES = word_set("injury wound")
_ANIMALS = word_set(
    """cow sheep goat cattle livestock animal horse camel donkey mule pig chicken hen duck dog cat buffalo bull ox calf
    lamb herd flock bird fish elephant poultry"""
)
# Of these no number is known when none stands beside them, though they are one.
_MANY = word_set(
    "family group crowd number people personnel staff convoy team couple dozen hundred score thousand unit crew"
)


# "The shelling raised to 90 the number of those killed since May".
_SUMMING = word_set("raise rise bring increase take push drive")
_NEW_TOTAL = re.compile(
    r"\w+(?:\s+(?:[\w'’]+)){0,12}?\s+(?:toll|number|total|count)\b[^.;]*?\bto\b|\w+\s+to\s+[^.;]{0,60}?\b(?:toll|number|total)\b",
    re.IGNORECASE,
)
_OVER_TIME = re.compile(
    r"\bsince\b|\b(?:in|within|during|over|for)\s+(?:the\s+)?(?:\w+\s+){0,3}?(?:hours|days|weeks|months|years)\b"
    r"|\bthis (?:week|month|year)\b",
    re.IGNORECASE,
)
_SPELLS = word_set("escalation violation breach campaign operation violence fighting day week month")
# One of these stands in whatever is read below; most sentences have none.
_MAY_STATE = re.compile(
    r"kill|dead|death|died?|dying|murder|execut|assassinat|sl(?:ay|ew|ain|aughter)|massacr|behead|lynch|fatalit|lives|toll|"
    r"perish|casualt|wound|injur|hurt|maim|\bno one\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """One number of a sentence: how many, killed or hurt, and the word that says so."""

    count: Count
    hurt: bool
    word: Token


def stated_in(sentence: Span) -> list[Stated]:
    """Return the deaths and injuries that a sentence states."""
    if _MAY_STATE.search(sentence.text) is None:
        return []
    total = _sum_over(sentence)
    end = total.i if total is not None else sentence.end
    found = [stated for token in sentence if token.i < end for stated in _of_verb(token)]
    text = sentence.text if total is None else sentence.text[: total.idx - sentence.start_char]
    for hurt, read in ((False, dead_in), (True, hurt_in)):
        if any(one.hurt is hurt for one in found):
            continue
        said = read(text)
        if said is not None:
            at = sentence.start_char + said[1]
            word = next((token for token in sentence if token.idx + len(token.text) > at), sentence.root)
            if not _is_of_animals(word):
                found.append(Stated(said[0], hurt, word))
    return found


def tells_of_dead(stated: Iterable[Stated], sentence: Span) -> bool:
    """Whether somebody was killed, as a sentence has it, also where it does not say how many of them in this attack."""
    return (
        any(one.count.best and not one.hurt for one in stated)
        or is_of_both(sentence.text)
        or _sum_over(sentence) is not None
    )


def with_tolls(coded: Sequence[tuple[Act, Event]], stated: Iterable[Stated]) -> list[Event]:
    """Give each number to the one attack of a sentence that it belongs to: the nearest in the parse.

    Parameters
    ----------
    coded
        Acts of one sentence that became events, all of them attacks.
    stated
        What the sentence states.
    """
    events = [event for _, event in coded]
    for one in stated:
        near = [(_distance(act, one.word), number) for number, (act, _) in enumerate(coded)]
        if not near:
            break
        number = min(near)[1]
        event = events[number]
        if one.hurt and one.count.best > (event.injured or -1):
            events[number] = replace(event, injured=one.count.best)
        elif not one.hurt and one.count.best > (-1 if event.fatalities is None else event.fatalities):
            events[number] = replace(
                event,
                fatalities=one.count.best,
                fatalities_low=one.count.low,
                fatalities_high=one.count.high,
            )
    return events


def told_later(before: Event, stated: Iterable[Stated]) -> Event:
    """Add what a later sentence without an attack of its own states ("Among the dead were two nurses") to the last one."""
    for one in stated:
        if one.hurt and before.injured is None:
            before = replace(before, injured=one.count.best)
        elif not one.hurt and before.fatalities is None:
            low, high = one.count.low, one.count.high
            before = replace(before, fatalities=one.count.best, fatalities_low=low, fatalities_high=high)
    return before


def larger_toll(event: Event, first: Event, second: Event) -> Event:
    """Give an event the larger number of two tellings, with its own bounds: the smaller is often a part of it."""
    deadlier = max((first, second), key=lambda told: -1 if told.fatalities is None else told.fatalities)
    hurt = [told.injured for told in (first, second) if told.injured is not None]
    return replace(
        event,
        fatalities=deadlier.fatalities,
        fatalities_low=deadlier.fatalities_low,
        fatalities_high=deadlier.fatalities_high,
        injured=max(hurt, default=None),
    )


def _of_verb(verb: Token) -> list[Stated]:
    lemma = verb.lemma_.lower()
    if verb.pos_ != "VERB":
        return []
    hurt = lemma in _HURTING
    if lemma in _KILLING or hurt or _is_deadly(verb):
        victims = objects(verb)
        if any(child.dep_ == "neg" for child in verb.children) or _is_either(verb):
            return []
    elif lemma in _DYING:
        victims = subjects(verb)
    elif lemma in _SUFFERING and any(child.lemma_.lower() in _INJURIES for child in verb.children):
        victims, hurt = subjects(verb), True
    else:
        return []
    count = _count(victims)
    return [Stated(count, hurt, verb)] if count is not None and count.best <= MOST else []


def _is_deadly(verb: Token) -> bool:
    """Tell "shot dead", "stabbed to death"."""
    return any(
        child.lower_ == "dead" or (child.lower_ == "to" and any(grand.lower_ == "death" for grand in child.children))
        for child in verb.children
        if child.i > verb.i
    )


def _is_either(verb: Token) -> bool:
    """Tell "killed or wounded" and "killed and wounded 12", which state neither."""
    joined = [child for child in verb.children if child.dep_ == "conj"] + ([verb.head] if verb.dep_ == "conj" else [])
    joined = [one for one in joined if one.lemma_.lower() in _KILLING | _HURTING and one.lemma_ != verb.lemma_]
    if any(child.dep_ == "cc" and child.lower_ == "or" for one in (verb, verb.head) for child in one.children):
        return bool(joined)
    victims = set(objects(verb))
    return any(victims == set(objects(one)) for one in joined) and bool(victims)


def _is_thing(noun: Token) -> bool:
    """Tell "a shell" and "strikes", which the parser joins to those who were hit by them."""
    return noun.pos_ == "NOUN" and is_deed(noun)


def _sum_over(sentence: Span) -> Token | None:
    """Find "bringing the death toll to 40 since May", by which a number is of more than what the sentence reports.

    What is found dead later ("two more bodies brought the toll to nine") adds to one happening; an attack adds to those
    before it.
    """
    return next((token for token in sentence if token.lemma_.lower() in _SUMMING and _is_sum(token, sentence)), None)


def _is_sum(verb: Token, sentence: Span) -> bool:
    if verb.pos_ not in {"VERB", "AUX"} and verb.dep_ != "ROOT":
        return False
    behind = sentence.text[verb.idx - sentence.start_char :]
    if _NEW_TOTAL.match(behind) is None:
        return False
    return _OVER_TIME.search(behind) is not None or any(
        is_deed(noun) or is_toll(noun) or noun.lemma_.lower() in _SPELLS for noun in subjects(verb)
    )


def _count(victims: Sequence[Token]) -> Count | None:
    """Add up whoever is counted; who is not ("and several guards") leaves no upper bound."""
    counted = [_of_noun(noun) for noun in dict.fromkeys(victims) if not (_is_of_animals(noun) or _is_thing(noun))]
    numbers = [count for count in counted if count is not None]
    if not numbers:
        return None
    total = numbers[0]
    for count in numbers[1:]:
        total += count
    return total if len(numbers) == len(counted) else replace(total, high=None)


def _of_noun(noun: Token) -> Count | None:
    if noun.pos_ == "NUM" and noun.ent_type_ not in {"DATE", "TIME"}:
        return _read(noun)
    for child in noun.children:
        if child.dep_ == "nummod" and child.i < noun.i:
            return _read(child)
    if noun.lemma_.lower() in _MANY:
        return None
    if noun.tag_ == "NN" and any(child.lower_ in {"a", "an", "another", "one"} for child in noun.children):
        return Count(1, 1, 1)
    # "killed Ahmad Yassin": a person's name is one person.
    return Count(1, 1, 1) if noun.ent_type_ == "PERSON" and noun.tag_ == "NNP" else None


def _read(number: Token) -> Count | None:
    """Read a number with the words around it."""
    words = sorted([number, *number.subtree], key=lambda token: token.i)
    first = max(0, words[0].i - 3)
    span = number.doc[first : words[-1].i + 1]
    return count_of(span.text, words[0].idx - span.start_char if words[0].like_num else number.idx - span.start_char)


def _is_of_animals(noun: Token) -> bool:
    near = [noun, noun.head, *conjuncts(noun)] if noun.pos_ == "NUM" else [noun]
    return any(token.lemma_.lower() in _ANIMALS for token in near)


def _distance(act: Act, word: Token) -> tuple[int, int]:
    """Return how far a word stands from an act: steps through the parse, then words between."""
    if word in {act.trigger, act.verb}:
        return 0, 0
    above = {token.i: steps for steps, token in enumerate((word, *governors(word)))}
    for steps, token in enumerate((act.trigger, *governors(act.trigger))):
        if token.i in above:
            return steps + above[token.i], abs(act.trigger.i - word.i)
    return len(above), abs(act.trigger.i - word.i)
