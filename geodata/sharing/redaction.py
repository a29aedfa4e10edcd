"""Names taken out of texts: persons, and places that are known too closely. Pure.

Nothing here understands a text. What is written with a capital and is not known to be something else
counts as a name, so that rather too much is left out than too little; a text in a script without capitals
cannot be judged, and is left out as a whole where persons are hidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import ahocorasick_rs

from geodata.reading.actor_list import actor_list
from geodata.sharing.persons import listed_persons
from geodata.sharing.words import PARTICLES, is_ordinary, is_role, ordinary_words, peoples

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAME, PLACE = "[name]", "[place]"
_WORD = re.compile(r"[^\W_]+(?:['’ʼ\-‐‑][^\W_]+)*")
_UNKNOWN, _KNOWN, _NAME = 0, 1, 2
_INITIAL = 2  # letters: "J. Smith", "Ch. Smith"
_SHORTEST = 3  # letters of a name that is looked for in an address


class Names:
    """Names that must not be shared, to be found in texts whatever their case.

    Parameters
    ----------
    names
        Full names; those of the persons in the list of actors are always looked for.
    """

    def __init__(self, names: Iterable[str]) -> None:
        listed = [name for name, person in listed_persons().items() if person]
        folded = sorted({_folded(name) for name in (*names, *listed) if name.strip()})
        self._all = ahocorasick_rs.AhoCorasick(folded)
        squeezed = sorted({text for name in folded if len(text := _letters(name)) >= 2 * _SHORTEST})
        self._squeezed = ahocorasick_rs.AhoCorasick(squeezed)
        words = {word for name in folded for word in _WORD.findall(name)}
        parts = {part for word in words for part in re.split(r"[^\w]", word)}
        self.words = frozenset(word for word in parts | words if len(word) >= _SHORTEST) - ordinary_words() - PARTICLES

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where whole names stand, first and last (excluded) character."""
        folded = _folded(text)
        hits = self._all.find_matches_as_indexes(folded, overlapping=True)
        return [(start, end) for _, start, end in hits if _is_whole(folded, start, end)]

    def stand_in(self, text: str) -> bool:
        """Tell whether a name stands in the letters of a text, however they are divided."""
        return bool(self._squeezed.find_matches_as_indexes(_letters(_folded(text))))


def without_names(text: str, names: Names, *, known: Sequence[str] = ()) -> str:
    """Return a text with the names of persons replaced by `NAME`, and nothing where that cannot be told.

    Parameters
    ----------
    text
        A quote, a title.
    names
        Looked for first.
    known
        Names of places in it, which may stay.
    """
    if any(letter.isalpha() and letter.lower() == letter.upper() for letter in text):
        return ""
    words = [(found.start(), found.end()) for found in _WORD.finditer(text)]
    marks = _marks(text, words, names, known)
    _widen(text, words, marks)
    return _replaced(text, [words[n] for n, mark in enumerate(marks) if mark == _NAME], NAME)


def without_places(text: str, places: Sequence[str]) -> str:
    """Return a text with some names of places replaced by `PLACE`, whatever their case."""
    return _replaced(text, _occurrences(text, places), PLACE)


def safe_address(url: str, names: Names | None, places: Sequence[str], title_words: Iterable[str] = ()) -> str:
    """Return an address that says no name: as it is, its site alone, or nothing.

    Parameters
    ----------
    url
        Address of an article, whose last part often is its title.
    names, places
        What must not be read in it.
    title_words
        Words that were taken out of the article's title.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    said = unquote(f"{parts.path} {parts.query} {parts.fragment}")
    hidden = {_folded(word) for word in title_words} | (names.words if names else frozenset())
    if _says(said, hidden, names, places) or "@" in parts.netloc:
        host = parts.netloc.rpartition("@")[2]
        return "" if _says(host, hidden, names, places) else f"{parts.scheme}://{host}/"
    return url if not _says(parts.netloc, hidden, names, places) else ""


def capitalised(text: str) -> list[str]:
    """Return the words of a text with a capital in them."""
    return [word for word in _WORD.findall(text) if any(letter.isupper() for letter in word)]


def _marks(text: str, words: list[tuple[int, int]], names: Names, known: Sequence[str]) -> list[int]:
    """Return for each word whether it belongs to a name, surely does not, or has no say."""
    kept = bytearray(len(text))
    hidden = bytearray(len(text))
    for named in actor_list().find(text):
        (hidden if named.actor.person else kept)[named.start : named.end] = b"\x01" * (named.end - named.start)
    for start, end in _occurrences(text, known):
        kept[start:end] = b"\x01" * (end - start)
    for start, end in names.spans(text):
        hidden[start:end] = b"\x01" * (end - start)
    marks = []
    for start, end in words:
        if any(hidden[start:end]):
            marks.append(_NAME)
        elif all(kept[start:end]) or not any(letter.isupper() for letter in text[start:end]):
            marks.append(_KNOWN)
        else:
            word = re.sub("[’ʼ]", "'", re.sub(r"['’ʼ]s?$", "", text[start:end])).casefold()
            pieces = re.split(r"[-‐‑]", word)
            if any(piece in peoples() for piece in pieces) and all(is_ordinary(piece) for piece in pieces):
                marks.append(_KNOWN)  # "Turkish" before a name is no part of it, as "Jordan" may be
            else:
                marks.append(_UNKNOWN if is_ordinary(word) or all(map(is_ordinary, pieces)) else _NAME)
    return marks


def _widen(text: str, words: list[tuple[int, int]], marks: list[int]) -> None:
    """Let names take in what belongs to them: given names that are ordinary words too, particles between."""

    def joined(left: int) -> bool:
        return _is_joined(text, *words[left], words[left + 1][0])

    def is_free(n: int) -> bool:
        return marks[n] == _UNKNOWN and not is_role(text[slice(*words[n])].casefold())

    for n in range(len(words) - 1):
        # Two ordinary words with capitals and no office among them may be a name ("Grace Hope").
        if is_free(n) and is_free(n + 1) and joined(n):
            marks[n] = marks[n + 1] = _NAME
    for order in (range(1, len(words)), range(len(words) - 2, -1, -1)):
        for n in order:
            beside = n - 1 if order.step > 0 else n + 1
            if marks[beside] == _NAME and is_free(n) and joined(min(n, beside)):
                marks[n] = _NAME
    for n in range(1, len(words) - 1):
        between = text[slice(*words[n])].casefold() in PARTICLES
        if between and marks[n - 1] == marks[n + 1] == _NAME and joined(n - 1) and joined(n):
            marks[n] = _NAME


def _replaced(text: str, spans: Iterable[tuple[int, int]], word: str) -> str:
    """Return the text with spans replaced, those that only blanks or a full stop of an initial part by one word."""
    together: list[tuple[int, int]] = []
    last = (0, 0)
    for start, end in sorted(spans):
        if together and (start < together[-1][1] or _is_joined(text, *last, start)):
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
        last = (start, end)
    at = 0
    pieces: list[str] = []
    for start, end in together:
        pieces += [text[at:start], word]
        at = end
    return "".join(pieces) + text[at:]


def _is_joined(text: str, start: int, end: int, following: int) -> bool:
    """Tell whether a word and the one behind it can be one name: a blank between them, or an initial's full stop."""
    between = text[end:following]
    return between == " " or (between in {".", ". "} and end - start <= _INITIAL)


def _occurrences(text: str, phrases: Sequence[str]) -> list[tuple[int, int]]:
    wanted = [re.escape(phrase.strip()) for phrase in sorted(set(phrases), key=len, reverse=True) if phrase.strip()]
    if not wanted:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", re.IGNORECASE)
    return [found.span() for found in pattern.finditer(text)]


def _says(text: str, hidden: Iterable[str], names: Names | None, places: Sequence[str]) -> bool:
    folded = _folded(text)
    words = set(re.split(r"[\W_]+", folded))
    squeezed = _letters(folded)
    if any(len(part := _letters(_folded(place))) >= _SHORTEST and part in squeezed for place in places):
        return True
    return not words.isdisjoint(hidden) or (names is not None and (names.stand_in(text) or bool(names.spans(text))))


def _folded(text: str) -> str:
    """Fold case; every character stays one character."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(fold if len(fold := letter.casefold()) == 1 else letter for letter in text)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _is_whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    return not before.isalnum() and not behind.isalnum()
