"""Numbers in digits and in words, and what the words before them say of how exact they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"), start=1
    )
}  # fmt: skip
_TENS = {word: 10 * n for n, word in enumerate(
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
)}  # fmt: skip
_WORDS = _UNITS | _TENS | {"a": 1, "an": 1, "another": 1, "dozen": 12, "hundred": 100}
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_COMPOUND = "|".join(f"{ten}[- ](?:{'|'.join(list(_UNITS)[:9])})" for ten in _TENS)
_MANY = rf"(?:\d+|a|{'|'.join([*list(_UNITS)[:9], *_TENS])}) (?:{'|'.join(_TIMES)})"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|{_MANY}|\d+|{_COMPOUND}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"

_RANGE = re.compile(rf"\b(?:(\d+)\s*[-–]\s*(\d+)|({NUMBER})\s+(to|and)\s+({NUMBER}))\b", re.IGNORECASE)
_ONE = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)
_AT_LEAST = re.compile(
    r"\b(?:at least|more than|over|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|upwards of)\s*$",
    re.IGNORECASE,
)
_AT_MOST = re.compile(r"\b(?:up to|as many as|at most|no more than|not more than|fewer than|under)\s*$", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|an estimated|estimated|close to)\s*$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:between|from)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Count:
    """A number as stated: `best`, and the least and the most that it can be, None where nothing bounds it."""

    best: int
    low: int | None = None
    high: int | None = None

    def __add__(self, other: Count) -> Count:
        """Add two numbers; a bound is known where both are."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Count(self.best + other.best, low, high)


def number_of(word: str) -> int:
    """Read a number written in digits, in words up to ninety-nine, or in dozens, hundreds and thousands."""
    plain = word.lower().replace(",", "")
    if plain.isdigit():
        return int(plain)
    if plain in _WORDS:
        return _WORDS[plain]
    first, second = re.split(r"[- ]", plain)
    if second in _TIMES:
        return number_of(first) * _TIMES[second]
    return _TENS[first] + _UNITS[second]


def count_of(text: str, at: int = 0) -> Count | None:
    """Read the first number of a text from character `at` on, with the words before it.

    "At least 12" bounds it from below, "up to 12" from above, "about 12" not at all; of "12 to 15" both are
    bounds, and the smaller is the best, as in `docs/labelling.md`.
    """
    found = _ONE.search(text, at)
    if found is None:
        return None
    before = text[: found.start()]
    pair = _RANGE.match(text, found.start())
    if pair is not None and (pair[4] is None or pair[4].lower() == "to" or _BETWEEN.search(before)):
        low, high = sorted((number_of(pair[1] or pair[3]), number_of(pair[2] or pair[5])))
        return Count(low, low, high)
    number = number_of(found[0])
    if _AT_LEAST.search(before):
        return Count(number, low=number)
    if _AT_MOST.search(before):
        return Count(number, high=number)
    if _ABOUT.search(before):
        return Count(number)
    return Count(number, number, number)
