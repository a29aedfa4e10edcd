"""How many were killed, as the sentence states it."""

from __future__ import annotations

import re

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
_WORDS = _UNITS | _TENS | {"a": 1, "an": 1, "a dozen": 12, "hundred": 100}
_COMPOUND = "|".join(f"{ten}[- ](?:{'|'.join(list(_UNITS)[:9])})" for ten in _TENS)
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{_COMPOUND}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_ABOUT = r"(?:(?:at least|more than|nearly|about|around|some|up to|over|as many as|an estimated|another|the)\s+){0,2}"
_WHO = r"(?:[\w'’\-]+\s+){0,5}?"
_STOP = r"(?:wounded|injured|wounding|injuring|hurt|displaced|arrested|detained)"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<n>{_NUMBER})\s+(?!(?:{_STOP})\b){_WHO}(?:had been|have been|has been|were|was|are|is|being)\s+(?:also\s+)?(?:shot\s+|stabbed\s+)?(?:killed|dead|murdered|executed)\b",
        rf"\b(?:killed|killing|kills|kill|claimed the lives of|deaths? of|execution of|executed|murdered)\s+{_ABOUT}(?P<n>{_NUMBER})\b(?!\s*(?:%|percent|days?|hours?|years?|months?|weeks?|of the most))",
        rf"\b(?P<n>{_NUMBER})\s+(?:people\s+|civilians\s+|soldiers\s+|fighters\s+)?(?:dead|deaths|fatalities)\b",
        rf"\b(?P<n>{_NUMBER})\s+(?!(?:{_STOP})\b)(?:[\w'’\-]+\s+){{0,3}}?(?:killed|slain)(?=\s+(?:in|by|as|near|at|after|when|during|across|and|on)\b|\s*[,;]|\s*$)",
        rf"\bdeath toll\b[^.]{{0,40}}?\b(?P<n>{_NUMBER})\b",
        rf"\bleft\s+{_ABOUT}(?P<n>{_NUMBER})\s+{_WHO}dead\b",
        rf"\b(?P<n>{_NUMBER})\s+(?!(?:{_STOP})\b){_WHO}(?:died|perished)\b",
        rf"\bthe (?:killing|death|murder|execution) of\s+{_ABOUT}(?P<n>{_NUMBER})\b",
    )
)  # fmt: skip
_NONE = re.compile(r"\bno (?:one|casualties|deaths|fatalities)\b|\bwithout casualties\b", re.IGNORECASE)
_SINGLE = re.compile(r"\b(?:killed|killing|kills|murdered|executed)\s+(?:a|an)\s+\w+", re.IGNORECASE)
# No report of one happening states more; a larger number is the toll of a war.
_MOST = 5000


def number_of(word: str) -> int:
    """Read a number written in digits or in words up to ninety-nine."""
    plain = word.lower().replace(",", "")
    if plain.isdigit():
        return int(plain)
    if plain in _WORDS:
        return _WORDS[plain]
    ten, unit = re.split(r"[- ]", plain)
    return _TENS[ten] + _UNITS[unit]


def fatalities(sentence: str) -> int | None:
    """Return the number of deaths that a sentence states, or None when it states none.

    "At least 12" counts as 12; of several numbers the first.
    """
    for pattern in _PATTERNS:
        match = pattern.search(sentence)
        if match is not None:
            number = number_of(match["n"])
            return number if number <= _MOST else None
    if _SINGLE.search(sentence):
        return 1
    return 0 if _NONE.search(sentence) else None


_ACCIDENT = re.compile(
    r"\b(?:crash(?:ed|es|ing)?|accident|collision|collided|derail\w*|earthquake|quake|aftershock|flood\w*|landslide|mudslide|"
    r"avalanche|hurricane|typhoon|cyclone|tornado|lightning|drown\w*|capsiz\w*|stampede|heat ?wave|wildfire|"
    r"tree fell|collapsed|overturned|gas leak|short circuit|epidemic|outbreak|cholera|ebola)\b",
    re.IGNORECASE,
)
_VIOLENCE = re.compile(
    r"\b(?:attack\w*|shot|shooting|shell\w*|bomb\w*|gunm[ae]n|air ?strikes?|strikes?|raid\w*|clash\w*|militants?|rebels?|"
    r"missiles?|rockets?|drones?|suicide|assault\w*|ambush\w*|fighting|battle|fire|explosives?|blast|murder\w*|insurgents?)\b",
    re.IGNORECASE,
)


def is_accident(sentence: str) -> bool:
    """Tell whether a sentence speaks of an accident or of nature, and of no violence."""
    return _ACCIDENT.search(sentence) is not None and _VIOLENCE.search(sentence) is None
