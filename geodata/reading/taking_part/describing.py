"""How a phrase is tied to an act, as numbers that a linear model can weigh.

Each tie is some twenty base numbers (the way through the parse, what the phrase is, what the rules propose, the act's
type and word); templates pair them up, and every pair is hashed to one of the model's weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.reading.grammar import is_passive
from geodata.reading.lexicon import UNRULED
from geodata.reading.reach import reached
from geodata.reading.taking_part.phrases import code

if TYPE_CHECKING:
    from collections.abc import Collection

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
_REACHED = 4  # of those that an act reaches, tried by the rules
_MASK = (1 << 62) - 1


def _columns() -> Keys:
    """Return the base numbers that each template pairs, shape (3, templates)."""
    named = [one.split() for one in _TEMPLATES.replace("\n", _SEPARATOR).split(_SEPARATOR) if one.strip()]
    padded = [[*names, *(["one"] * (_WIDEST - len(names)))] for names in named]
    return np.array([[_BASES.index(name) for name in names] for names in padded]).T


_COLUMNS = _columns()
TEMPLATES = _COLUMNS.shape[1]
_FACTORS = (np.int64(0x9E3779B97F4A7C15 - (1 << 64)), np.int64(0x2545F4914F6CDD1D), np.int64(0x27D4EB2F165667C5))
_SEEDS = np.arange(1, TEMPLATES + 1, dtype=np.int64) * np.int64(0x165667B19E3779F9)


def keys_of(act: Act, sources: Collection[Token], phrases: Phrases) -> Keys:
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
    return (mixed >> (63 - BITS)) & (SIZE - 1)


def _rows(act: Act, sources: Collection[Token], phrases: Phrases) -> list[tuple[int, ...]]:
    start = phrases.start
    trigger = act.trigger.i - start
    of_act = _of_act(act, sources)
    proposed_sources = {token.i - start: n for n, token in enumerate(sources)}
    proposed_targets = {token.i - start: n for n, token in enumerate(act.targets)}
    ways = _Ways(phrases, trigger)
    verb = act.verb.i - start
    speaker = act.speaker.i - start if act.speaker is not None else -1
    met = _met(act, start)
    places = [token.i - start for token in phrases.heads]
    before = sum(place < trigger for place in places)
    rows: list[tuple[int, ...]] = []
    for n, (place, own) in enumerate(zip(places, phrases.own, strict=True)):
        path, step, top = ways.to(place)
        order = max(-_MOST, n - before) if place < trigger else min(_MOST, n - before + 1)
        distance = sum(abs(place - trigger) > near for near in _NEAR)
        proposed = (
            min(proposed_sources.get(place, 2), 2) * 32
            + min(proposed_targets.get(place, 2), 2) * 8
            + (place == speaker) * 4
            + (place == trigger) * 2
        )
        same = 1 + (phrases.clause_of(place) == verb)
        rows.append(
            (
                1,
                *own,
                path,
                step,
                top,
                order + _MOST + 1,
                (distance + 1) * (1 if place > trigger else 16),
                proposed + 1,
                met.get(place, 9),
                same,
                *of_act,
            )
        )
    nobody = tuple(code(f"nobody {name}") for name in _BASES[1 : -len(of_act)])
    rows.append((1, *nobody, *of_act))
    return rows


def _of_act(act: Act, sources: Collection[Token]) -> tuple[int, ...]:
    verb = act.verb
    passive = is_passive(verb)
    voice = f"{'noun' if act.nominal else act.trigger.pos_} {passive} {verb.tag_ == 'VBG'} {verb.dep_ == 'ROOT'}"
    known = "none" if act.rule.order == UNRULED else "weak" if act.rule.weak else "rule"
    found = f"{min(len(sources), 2)} {min(len(act.targets), 2)} {known}"
    link = act.trigger.dep_ if act.nominal else ""
    return (code(str(act.type)), act.trigger.lemma, code(voice), code(found), code(f"nominal {link}"))


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
        self._up: dict[int, int] = {}  # token above the trigger -> number of the way up
        token, way = trigger, 17
        above, links = phrases.above, phrases.links
        while token not in self._up:
            self._up[token] = way
            way = (way * 1000003 + code(f"up {links[token]}")) & _MASK
            token = above[token]
        self._trigger = trigger

    def to(self, place: int) -> tuple[int, int, int]:
        """Return the way to a token, its last steps, and the word at its top."""
        above, links, tokens = self._phrases.above, self._phrases.links, self._phrases.tokens
        down: list[int] = []
        token = place
        while token not in self._up:
            link = links[token]
            if link in {"prep", "agent"}:
                down.append(code(f"down {tokens[token].lower_}"))
            elif link not in {"conj", "pobj"} or (link == "conj" and tokens[token].pos_ in {"VERB", "AUX"}):
                down.append(code(f"down {link}"))
            token = above[token]
        up = self._up[token]
        top = tokens[token].lemma if token != self._trigger else 1
        if len(down) > _LONGEST:
            return _FAR, down[0], top
        way = up
        for part in reversed(down):
            way = (way * 1000003 + part) & _MASK
        last = (up * 31 + (down[0] if down else 0) * 7 + len(down)) & _MASK
        return way, last, top
