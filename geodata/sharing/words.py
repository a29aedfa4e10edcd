"""Words that are no names of persons: ordinary ones, those of the calendar, of countries and peoples, of offices. Pure."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from geodata.reading.countries import countries
from geodata.reading.roles import KIND_OF, PEOPLES, PERSON_TITLES
from geodata.sharing.persons import GROUP_WORDS

PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "bint", "abu", "van", "von", "der", "den", "de", "da", "di", "du", "la", "le", "ben"}
)
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "nor",
        "so",
        "yet",
        "if",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "over",
        "out",
        "per",
        "than",
        "to",
        "under",
        "up",
        "via",
        "with",
        "within",
        "without",
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "amid",
        "among",
        "around",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "besides",
        "between",
        "beyond",
        "despite",
        "down",
        "during",
        "except",
        "inside",
        "outside",
        "since",
        "through",
        "throughout",
        "till",
        "toward",
        "towards",
        "until",
        "upon",
        "while",
        "when",
        "where",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "why",
        "how",
        "that",
        "this",
        "these",
        "those",
        "there",
        "here",
        "then",
        "he",
        "she",
        "it",
        "they",
        "we",
        "you",
        "i",
        "his",
        "her",
        "its",
        "their",
        "our",
        "your",
        "my",
        "him",
        "them",
        "us",
        "me",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "some",
        "many",
        "most",
        "all",
        "both",
        "each",
        "few",
        "no",
        "not",
        "any",
        "other",
        "another",
        "such",
        "only",
        "also",
        "even",
        "just",
        "still",
        "more",
        "less",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "said",
        "says",
        "mr",
        "mrs",
        "ms",
        "dr",
    ]
)
_CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ]
)
_REMEMBERED = 4096


@cache
def ordinary_words() -> frozenset[str]:
    """Return words that are no names: what stands in lower case in the sentences that the reader was taught with."""
    found: set[str] = set()
    folders = [files("geodata.reading") / "data" / "sentences", files("geodata.reading") / "act_place"]
    for folder in folders:
        for file in folder.iterdir():
            if file.name.endswith(".tsv"):
                found.update(re.findall(r"(?<![\w'’-])[a-z]+(?![\w'’-])", file.read_text(encoding="utf-8")))
    return frozenset(found) | _SMALL | _CALENDAR | frozenset(KIND_OF)


@cache
def _countries() -> frozenset[str]:
    known = countries()
    return frozenset({*known.by_demonym, *known.by_name, *known.by_capital, *PEOPLES})


@cache
def peoples() -> frozenset[str]:
    """Return adjectives of countries and names of peoples, folded."""
    return frozenset(countries().by_demonym) | PEOPLES


def is_ordinary(word: str) -> bool:
    """Tell whether a folded word is, or may be, something else than a name of a person."""
    return word in ordinary_words() or word in _countries() or is_role(word)


@lru_cache(maxsize=_REMEMBERED)
def is_role(word: str) -> bool:
    """Tell whether a word is an office or a group, which may stand before a name and stay."""
    return word in PERSON_TITLES or word in KIND_OF or word in GROUP_WORDS or word in _SMALL or word in _CALENDAR
