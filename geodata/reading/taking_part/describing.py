"""How a phrase is tied to an act, as numbers that a linear model can weigh.

Each tie is some twenty base numbers (the way through the parse, what the phrase is, what the rules propose, the act's
type and word); templates pair them up, and every pair is hashed to one of the model's weights.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from geodata.reading.grammar import is_passive
from geodata.reading.lexicon import UNRULED
from geodata.reading.reach import reached
from geodata.reading.taking_part.phrases import code

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from spacy.tokens import Token

    from geodata.reading.act import Act
    from geodata.reading.taking_part.phrases import Phrases

    Keys = npt.NDArray[np.int64]

BITS = 18
SIZE = 1 << BITS  # weights of each role

# Names of the base numbers, in the order in which `_rows` makes them.
_BASES = (
    "one", "kind", "group", "lemma", "ending", "link", "governor", "determiner", "clause", "form",
    "path", "step", "top", "order", "distance", "proposed", "reached", "same",
    "type", "word", "voice", "found", "nominal",
)  # fmt: skip
_TEMPLATES = """
    kind|group|lemma|link|determiner|clause|form|path|step|order|distance|proposed|reached|same
    kind type|kind voice|kind path|kind step|kind order|kind proposed|kind link|kind determiner|kind reached
    group type step|group type link|group type order|group path|group order same|group voice distance
    group proposed reached|group word|group link found|group type found
    path type|path word|path voice|path found|path proposed|path type group
    step type|step word|step voice|step top|step type voice
    link type|link word|link governor|link same|link type same
    lemma type|lemma link|lemma proposed|lemma step
    ending|ending type|ending proposed|ending link|ending step
    governor type|governor step|governor group
    top path|top step|top step type|top group
    order type|order voice|order same|order found|order step
    proposed type|proposed word|proposed voice|proposed found|proposed reached found|proposed type found|proposed order
    proposed type voice|proposed same nominal|proposed link|proposed path
    reached type|reached found|reached word|reached order
    clause same type|determiner type link|form type step|form group proposed
    word found|word voice|word nominal|type found nominal|type voice
"""
_WIDEST = 3
_SEPARATOR = "|"
_FAR = code("far")
_LONGEST = 7  # steps down to a phrase; what is further away is far
_NEAR = (1, 2, 3, 5, 8, 12, 20)  # tokens
_MOST = 4  # phrases between, and places in an order
_AFTER = 16  # added to distances behind the act's word
_REACHED = 4  # of those that an act reaches, tried by the rules
_MASK = (1 << 62) - 1
_PRIME = 1000003


def _columns() -> Keys:
    """Return the base numbers that each template pairs, shape (3, templates)."""
    named = [one.split() for one in _TEMPLATES.replace("\n", _SEPARATOR).split(_SEPARATOR) if one.strip()]
    padded = [[*names, *(["one"] * (_WIDEST - len(names)))] for names in named]
    return np.array([[_BASES.index(name) for name in names] for names in padded]).T


_COLUMNS = _columns()
TEMPLATES = _COLUMNS.shape[1]
_NOBODY = tuple(code(f"nobody {name}") for name in _BASES[1 : _BASES.index("type")])
_FACTORS = (np.int64(0x9E3779B97F4A7C15 - (1 << 64)), np.int64(0x2545F4914F6CDD1D), np.int64(0x27D4EB2F165667C5))
_SEEDS = np.arange(1, TEMPLATES + 1, dtype=np.int64) * np.int64(0x165667B19E3779F9)


def keys_of(act: Act, sources: Sequence[Token], phrases: Phrases) -> Keys:
    """Return which weights count for each phrase of an act's sentence, and last for "nobody".

    Parameters
    ----------
    act
        The act; its own word is no phrase that takes part.
    sources
        Who does it, as the rules have it.
    phrases
        Those of its sentence.

    Returns
    -------
    array
        Shape (phrases + 1, templates), of 0 to `SIZE`.
    """
    bases = np.array(_rows(act, sources, phrases), dtype=np.uint64).astype(np.int64)
    first, second, third = (bases[:, columns] for columns in _COLUMNS)
    with np.errstate(over="ignore"):
        mixed = _SEEDS + first * _FACTORS[0] + (second ^ (second >> 7)) * _FACTORS[1] + third * _FACTORS[2]
        mixed = (mixed ^ (mixed >> 29)) * _FACTORS[1]
    keys: Keys = (mixed >> (63 - BITS)) & (SIZE - 1)
    return keys


def _rows(act: Act, sources: Sequence[Token], phrases: Phrases) -> list[tuple[int, ...]]:
    start = phrases.start
    trigger = act.trigger.i - start
    of_act = _of_act(act, sources)
    proposed = _proposed(act, sources, start)
    ways = _Ways(phrases, trigger)
    verb = act.verb.i - start
    met = _met(act, start)
    before = sum(place < trigger for place in phrases.places)
    rows: list[tuple[int, ...]] = []
    for n, (place, own, clause) in enumerate(zip(phrases.places, phrases.own, phrases.clauses, strict=True)):
        if place < trigger:
            order, distance = max(-_MOST, n - before), bisect_left(_NEAR, trigger - place) + 1
        else:
            order, distance = min(_MOST, n - before + 1), bisect_left(_NEAR, place - trigger) + _AFTER
        rows.append(
            (
                1,
                *own,
                *ways.to(place),
                order + _MOST + 1,
                distance,
                proposed.get(place, 1),
                met.get(place, _REACHED + 1),
                1 + (clause == verb),
                *of_act,
            )
        )
    rows.append((1, *_NOBODY, *of_act))
    return rows


def _proposed(act: Act, sources: Sequence[Token], start: int) -> dict[int, int]:
    """Return what the rules make of each phrase that they name: the first source, a target, who says so."""
    found: dict[int, int] = {}

    def add(token: Token, what: int) -> None:
        found[token.i - start] = found.get(token.i - start, 1) + what

    add(act.trigger, 2)
    if act.speaker is not None:
        add(act.speaker, 4)
    for tokens, first in ((sources, 8), (act.targets, 64)):
        for n, token in enumerate(tokens):
            add(token, first if n == 0 else 2 * first)
    return found


def _of_act(act: Act, sources: Sequence[Token]) -> tuple[int, ...]:
    verb = act.verb
    form = "noun" if act.nominal else act.trigger.pos_
    known = "none" if act.rule.order == UNRULED else "weak" if act.rule.weak else "rule"
    return (
        code(act.type),
        act.trigger.lemma,
        code(f"{form} {is_passive(verb)} {verb.tag_ == 'VBG'} {verb.dep_ == 'ROOT'}"),
        code(f"{min(len(sources), 2)} {min(len(act.targets), 2)} {known}"),
        code(f"nominal {act.trigger.dep_ if act.nominal else ''}"),
    )


def _met(act: Act, start: int) -> dict[int, int]:
    """Return the phrases that the act reaches by the rules: the nearest is 1."""
    found: dict[int, int] = {}
    for token in reached(act):
        found.setdefault(token.i - start, len(found) + 1)
        if len(found) == _REACHED:
            break
    return found


class _Ways:
    """The ways through the parse from an act's word to others of its sentence."""

    def __init__(self, phrases: Phrases, trigger: int) -> None:
        self._phrases = phrases
        self._trigger = trigger
        self._up: dict[int, int] = {}  # place above the trigger -> number of the way up
        token, way = trigger, 17
        above, up = phrases.above, phrases.up
        while token not in self._up:
            self._up[token] = way
            way = (way * _PRIME + up[token]) & _MASK
            token = above[token]

    def to(self, place: int) -> tuple[int, int, int]:
        """Return the way to a token, its last steps, and the word at its top."""
        above, steps, known = self._phrases.above, self._phrases.down, self._up
        down: list[int] = []
        while place not in known:
            if step := steps[place]:
                down.append(step)
            place = above[place]
        way = known[place]
        top = self._phrases.tokens[place].lemma if place != self._trigger else 1
        last = (way * 31 + (down[0] if down else 0) * 7 + len(down)) & _MASK
        if len(down) > _LONGEST:
            return _FAR, last, top
        for step in reversed(down):
            way = (way * _PRIME + step) & _MASK
        return way, last, top
