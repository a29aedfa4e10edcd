"""Headlines In Title Case or IN CAPITALS, written as a sentence is: the parser takes capitals for names.

What is no common word (see `geodata.reading.common_words`) keeps its capital.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = Path(__file__).with_name("data") / "common_words.txt"
_SHORT = 3  # letters; shorter words keep their small letters in title case
_FEWEST = 3  # words that tell how a headline is written
_MOST_PLAIN = 0.2  # of them in small letters
_ENDINGS = ("s", "es", "d", "ed", "ing")
_ACRONYMS = frozenset({"US", "UN", "EU", "UK"})
# Common words that are parts of names when they stand beside one: "New Delhi", "Basra Province", "Mount Sinjar".
_IN_NAMES = word_set(
    """new old south north east west southern northern eastern western central upper lower great greater black red white
    green golden lake mount port cape fort saint gulf sea strait valley province district city island islands river
    square bridge airport university hospital street road gate hills mountains desert coast republic kingdom state
    states united nations council party front movement army union"""
)


def in_sentence_case(words: Sequence[str]) -> list[str]:
    """Return the words of a headline as they would stand in a sentence; unchanged if that is how they stand."""
    longer = [word for word in words if len(word) > _SHORT and word[0].isalpha()]
    plain = sum(word.islower() for word in longer)
    lowered = [n for n, word in enumerate(words) if n and word[:1].isupper() and is_common(word)]
    if len(longer) < _FEWEST or plain > _MOST_PLAIN * len(longer) or len(lowered) + plain < _FEWEST - 1:
        return list(words)
    shouted = all(word.isupper() for word in longer)
    cased = [_spelt(word, shouted=shouted) for word in words]
    common = [is_common(word) for word in words]
    made: list[str] = []
    for n, word in enumerate(cased):
        beside = [near for near in (n - 1, n + 1) if 0 <= near < len(words)]
        named = any(cased[near][:1].isupper() and not common[near] for near in beside)
        in_name = word.lower() in _IN_NAMES and named
        made.append(word if n == 0 or not common[n] or in_name or word.isupper() else word.lower())
    return made


def is_common(word: str) -> bool:
    """Tell whether a word is none of those that are written with a capital: as it stands, or in another form."""
    if word in _ACRONYMS or not word[:1].isalpha():
        return False
    plain = word.lower()
    forms = {plain, *(plain + ending for ending in _ENDINGS)}
    forms |= {plain.removesuffix(ending) for ending in _ENDINGS if len(plain) > len(ending) + _SHORT}
    return not forms.isdisjoint(common_words())


@cache
def common_words() -> frozenset[str]:
    """Load the words that are no names, in small letters."""
    return frozenset(FILE.read_text(encoding="utf-8").split())


def _spelt(word: str, *, shouted: bool) -> str:
    return word.capitalize() if shouted and len(word) > 1 and word not in _ACRONYMS else word
