"""Where a headline goes on to a second thing: "Clashes in Basra and air strikes on Mosul".

Each part tells of something of its own, and the parser, which takes the second for a piece of the first, is told where
it begins. All is judged by the words, before the parse.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geodata.reading.factuality import FAILING, SAYING, WISHING
from geodata.reading.headline_words import (
    BEHIND_ACT,
    LOSSES,
    PREPOSITIONS,
    STOPS,
    WAS,
    WHERE,
    WITH_WHOM,
    bases,
    is_doer,
    is_doing,
    is_force,
    is_place_word,
    is_verb_form,
    names_act,
)
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

_JOINTS = frozenset({"and", ",", "while"})
_BREAKS = frozenset({"…", "...", "..", ";"})
_OPENING = PREPOSITIONS | {"as", "despite", "before", "since", "because"}
_LEADING_TO = word_set("cause causes caused causing leave leaves left leaving inflict inflicts inflicted inflicting")
_GONE_ON = frozenset({"continued", "renewed", "escalated"})  # "renewed clashes"
_OPENING_CLAUSE = frozenset({"after", "as", "while", "when", "before", "since"})
_FAR = 7  # tokens in which the second thing is named
_FEWEST = 3  # tokens of a part
_COUNTED = word_set("tens dozens scores hundreds number series wave spate several more less than")
_POINTING = word_set("there it them here today yesterday ago overnight")
_OF_ONE = frozenset({"death", "deaths", "calm", "tension"})  # "the death of a fighter", and not "casualties of"
# Behind these nothing is told as a fact, or somebody tells it; the others of their sets have harmless meanings as well.
_NO_FACT = word_set("deny fear concern foil thwart talk")
_ALSO_FACT = word_set("set order right direct command call press push leave kill begin")


def joints(words: Sequence[str]) -> list[int]:
    """Return the tokens at which a headline is parted: each part is a sentence of its own, the "and" between too.

    Parameters
    ----------
    words
        The tokens of a headline.
    """
    small = [word.lower() for word in words]
    found: list[int] = []
    start = 0
    for at in range(1, len(words) - _FEWEST):
        if small[at] == ":":
            start = at + 1
        if at - start < _FEWEST or _is_opening(small[start:at], small[at]):
            continue
        if small[at] in _BREAKS and small[at + 1] not in _BREAKS:
            found.append(at + 1)
        elif small[at] in _JOINTS and _is_closed(words, start, at) and _goes_on(words, start, at):
            found += [at, at + 1]
        else:
            continue
        start = found[-1]
    return found


def _is_opening(before: Sequence[str], joint: str) -> bool:
    """Tell "In the hills of Basra, gunmen attack a post", where nothing is told yet at the comma."""
    counting = before[0] == "at" and before[1] in {"least", "most"}
    opens = joint in _JOINTS and before[0] in _OPENING and not counting and "," not in before
    return opens and not any(map(is_verb_form, before))


def _is_closed(words: Sequence[str], start: int, at: int) -> bool:
    """Tell whether what stands before can end there, and is told as a fact."""
    before = [word.lower() for word in words[start:at]]
    if before[-1] == ",":
        before.pop()
    last, word = before[-1], words[start + len(before) - 1]
    ends = word[:1].isupper() or word.isdigit() or last in _POINTING or is_place_word(last)
    led_to = last in LOSSES and not _LEADING_TO.isdisjoint(before)  # "causing casualties and clashes in"
    if (names_act(last) and not led_to) or not (ends or (last.endswith("s") and last not in STOPS)):
        return False
    paired = "between" in before and "and" not in before[before.index("between") :]
    guarded = any(other.islower() and bases(other) & _guarded() for other in words[start:at])
    return not paired and not guarded and any(other in PREPOSITIONS or is_verb_form(other) for other in before)


def _goes_on(words: Sequence[str], start: int, at: int) -> bool:
    """Tell whether an act of its own stands behind: "air strikes on Mosul", "rebels attack a base"."""
    small = [word.lower() for word in words]
    first = at + 1 + (small[at + 1] == "and")
    shared = is_verb_form(small[first]) and small[first] not in _GONE_ON
    if words[first].islower() and shared and not is_doer(words[first]):
        return False  # "shelled the camp and killed ten"
    if small[at - 1] in LOSSES and small[first] in LOSSES:
        return False  # "leaving casualties and wounded"
    for place in range(first, min(first + _FAR, len(words))):
        word, behind = small[place], small[place + 1] if place + 1 < len(words) else ""
        if _is_barrier(small, first, place):
            return False
        told = is_verb_form(behind) and not _is_part(small, place + 1)
        if names_act(word) and not names_act(behind) and (behind != "and" or word in LOSSES):
            named = any(words[other][:1].isupper() for other in range(first, place))
            ended = not behind and not named and word not in LOSSES
            return told or ended or _follows_act(word, behind)
        if told and (is_doer(words[place]) or word.isdigit() or word in {"”", '"'}):
            if bases(behind) & SAYING or _is_again(small, start, at, place + 1):
                return False  # "ten killed in Basra, police say"
            return _has_told(small[start:at], listed=small[at] == ",")
    return False


def _is_again(small: Sequence[str], start: int, at: int, place: int) -> bool:
    """Tell "60 were killed yesterday and 12 were killed in Basra", who may be among them."""
    before, behind = small[start:at], small[place + 1] if place + 1 < len(small) else ""
    return small[place] in WAS and (behind in before or (small[place - 1].isdigit() and not WAS.isdisjoint(before)))


def _is_barrier(small: Sequence[str], first: int, place: int) -> bool:
    """Tell whether a word ends the phrase that opens the second part, before an act was named in it."""
    word = small[place]
    if is_doing(word) and not names_act(word):
        return True  # "the army and the police, leaving casualties"
    counted = word == "of" and small[place - 1] in _COUNTED  # "dozens of raids"
    joined = word == "and" and place > first  # "artillery and aerial shelling"
    return word in STOPS and not counted and not joined


def _follows_act(word: str, behind: str) -> bool:
    """Tell whether a word can follow the noun of an act that stands for a sentence: "clashes near", "losses in"."""
    if word in LOSSES and word not in _OF_ONE:
        return behind in WHERE or behind in {"by", "and", "due"}
    return behind in BEHIND_ACT or is_doing(behind) or (word.endswith("ing") and behind in {"the", "a", "areas"})


def _has_told(before: Sequence[str], *, listed: bool) -> bool:
    """Tell "Clashes in Basra and planes bomb" from "Planes of the army and helicopters bomb", "raids by A and B kill"."""
    if "," in before and before[0] in _OPENING:
        before = before[before.index(",") + 1 :]  # "after two days, the army and the police seize"
    opened = max((place for place, word in enumerate(before) if word in _OPENING_CLAUSE), default=0)
    if any(is_verb_form(word) and not names_act(word) for word in before[opened:]):
        return True
    if opened or listed or not before:
        return False  # "after Houthis, government agree"
    prepositions = [word for word in before if word in PREPOSITIONS]
    doers = (prepositions and prepositions[-1] in WITH_WHOM) or is_force(before[-1])
    return not doers and any(names_act(word) for word in before)


def _is_part(small: Sequence[str], place: int) -> bool:
    """Tell "Basra raids kill ten", where the word is a noun, from "the army raids Basra"."""
    behind = small[place + 1] if place + 1 < len(small) else ""
    noun = names_act(small[place]) or is_force(small[place])
    return noun and (bool(bases(behind) & SAYING) or not behind or behind in STOPS or is_verb_form(behind))


@cache
def _guarded() -> frozenset[str]:
    return (WISHING | FAILING | SAYING | _NO_FACT) - _ALSO_FACT
