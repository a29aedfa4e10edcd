"""The gazetteer as a reader: all its names looked for in a text in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ahocorasick_rs

from geodata.gazetteer.normalise import is_latin

if TYPE_CHECKING:
    from collections.abc import Iterable

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'"})
_JOINTS = "-\u2010\u2011"
# Where a name has a hyphen and where a space is anybody's guess: "Pul-e Khumri", "Pul-e-Khumri".
_TO_SPACES = str.maketrans(dict.fromkeys(_JOINTS, " "))
# Within a name, not before an owner's s: "Ma'arat al-Nu'man" is "Maarat al-Numan" elsewhere.
_INNER_APOSTROPHE = re.compile(r"[A-Z][\w-]*'(?=[^\W\d_])(?!s\b)")
# Names may be set in capitals (headlines); of so few letters they are acronyms.
_CAPITALS = re.compile(r"\b[A-Z][A-Z'’]+(?:[ -][A-Z][A-Z'’]+){0,3}\b")
_SHORTEST_CAPITALS = 5
# The Arabic article within a name.
_ARTICLE = re.compile(r"(?<=[A-Za-z][ -])(?:[AE]l|A[dnrstz]|E[dsz]|Ash|Esh)(?=[ -][A-Z])")
_LONGEST_COMPOUND = 60
# A run of words of another script: at most four, as names of places are.
NATIVE_WORDS = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]+(?:[\u200c'’-][^\W\d_\u0000-\u024f]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A name found in a text: characters `start` to `end`; `population` of the largest place so called."""

    start: int
    end: int
    population: int


class NameMatcher:
    """Finds names in running text, as written, whole words only, longest first.

    Parameters
    ----------
    names
        Pairs of a name and the largest population of a place so called, as `Gazetteer.names` gives them.
    """

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        forms: dict[str, int] = {}
        for name, population in names:
            form = name.translate(_APOSTROPHES).translate(_TO_SPACES)
            if form:
                forms[form] = max(population, forms.get(form, 0))
        self._populations = list(forms.values())
        self._finder = ahocorasick_rs.AhoCorasick(list(forms))

    def find(self, text: str) -> list[Hit]:
        """Return the names in `text`, in order, not overlapping."""
        plain = text.translate(_APOSTROPHES)
        found = self._hits(plain) + self._without_apostrophes(plain)
        if _ARTICLE.search(plain) is not None:  # "Jisr Al-Shughur", as others write Jisr al-Shughur
            found += self._hits(_ARTICLE.sub(lambda match: match[0].lower(), plain))
        # Set in capitals, "TUZ KHURMATU" is in no list: try it in title case, at the same place.
        for match in _CAPITALS.finditer(plain):
            titled = match[0].title()
            if len(titled) == len(match[0]) >= _SHORTEST_CAPITALS:
                found += [
                    Hit(match.start() + hit.start, match.start() + hit.end, hit.population)
                    for hit in self._hits(titled)
                    if hit.end - hit.start >= _SHORTEST_CAPITALS
                ]
        found.sort(key=lambda hit: (hit.start - hit.end, hit.start))
        taken: list[Hit] = []
        occupied = bytearray(len(plain))
        for hit in found:
            if not any(occupied[hit.start : hit.end]):
                occupied[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
                taken.append(hit)
        return sorted(taken)

    def _hits(self, plain: str) -> list[Hit]:
        return [
            Hit(start, end, self._populations[index])
            for index, start, end in self._finder.find_matches_as_indexes(plain.translate(_TO_SPACES), overlapping=True)
            if is_whole(plain, start, end)
        ]

    def _without_apostrophes(self, plain: str) -> list[Hit]:
        """Return the names that are there once apostrophes within words are left out, where they stand in `plain`."""
        marks = [match.end() - 1 for match in _INNER_APOSTROPHE.finditer(plain)]
        found = []
        for mark in marks:
            low, high = max(0, mark - _LONGEST_COMPOUND), min(len(plain), mark + _LONGEST_COMPOUND)
            kept = [at for at in range(low, high) if at not in marks]
            squeezed = "".join(plain[at] for at in kept)
            found += [
                Hit(kept[hit.start], kept[hit.end - 1] + 1, hit.population)
                for hit in self._hits(squeezed)
                if kept[hit.start] < mark < kept[hit.end - 1]
            ]
        return found


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether the characters `start` to `end` begin and end at words, and no longer hyphenated name holds them."""
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    if before.isalnum() or behind.isalnum() or before == "_" or behind == "_":
        return False
    if before in _JOINTS and start > 1 and text[start - 2].isalnum():
        # "al-Baghdadi" holds no Baghdad; but "Baghdad-Kirkuk" holds both, and agencies number: "UPDATE 1-Baghdad".
        first = max(text.rfind(" ", max(0, start - _LONGEST_COMPOUND), start) + 1, start - _LONGEST_COMPOUND, 0)
        if not text[first].isupper() and not text[first : start - 1].isdigit():
            return False
    if behind in _JOINTS and end + 1 < len(text) and text[end + 1].isalnum():
        # "Iran-backed", "Baghdad-based" speak of the place; "Abu-Jaber" is another name.
        return text[end + 1].islower() or text[start].isupper()
    return not (behind in ".@" and end + 1 < len(text) and text[end + 1].isalnum() and text[end + 1].islower())


def native_words(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of the words of `text` that are written in no Latin script."""
    return [match.span() for match in NATIVE_WORDS.finditer(text) if not is_latin(match[0])]
