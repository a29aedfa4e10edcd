"""Which names are worth looking for in running text, and in which spellings.

A matcher without any feeling for language gets these. So: nothing short, nothing that is a common
word, a person's name or a month, small towns only where conflicts are reported, and native script left out.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer.curated import not_places
from geodata.gazetteer.entries import NameSource
from geodata.gazetteer.normalise import is_latin, plain, romanise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geodata.gazetteer.entries import Entry

# Where armed conflict or unrest is reported often enough that small towns make the news. To be kept by hand.
CONFLICT_COUNTRIES = frozenset(
    ["AF", "AM", "AZ", "BF", "BI", "BJ", "CD", "CF", "CM", "CO", "DZ", "EC", "EG", "EH", "ER", "ET", "GE", "GT", "HN", "HT", "IL", "IN", "IQ", "IR", "JO", "KE", "KP", "LB", "LK", "LY", "ML", "MM", "MX", "MZ", "NE", "NG", "NI", "PG", "PH", "PK", "PS", "RU", "RW", "SA", "SD", "SN", "SO", "SS", "SV", "SY", "TD", "TG", "TH", "TJ", "TN", "TR", "UA", "UG", "VE", "XK", "YE"]
)  # fmt: skip
SMALLEST_IN_CONFLICT = 1_000
SMALLEST_ELSEWHERE = 15_000
# Other names than the main one ("Kiev", "Cologne"): from here; below it they are mostly in other languages.
SMALLEST_WITH_ALTERNATES = 100_000
SMALLEST_WITH_ALTERNATES_IN_CONFLICT = 5_000
SHORTEST = 4
SHORTEST_CURATED = 2
# So many people live there that the name means the place even though it is also a word or a surname.
LARGE_ENOUGH_FOR_ANY_NAME = 3_000_000

_ARTICLE = re.compile(r"^(?:[aAeE]l|[Aa](?:[dnrstz]|dh|sh|th)|[Ee](?:[dnrstz]|sh))[- ](?=[A-Z‘'ʿ`])")
_FINAL_H = re.compile(r"(?<=[a-z]{3})ah\b")
_TURNED = str.maketrans(dict.fromkeys("‘’ʻʼʿʾ`´ʹ", "'"))


def surfaces(entries: Iterable[Entry]) -> dict[str, int]:
    """Return the spellings worth looking for, each with the largest population of any place so called."""
    refused = not_places()
    found: dict[str, int] = {}
    for entry in entries:
        for name in _names_of(entry):
            for form in spellings(name):
                if not _is_worth_it(form, entry, refused):
                    continue
                found[form] = max(found.get(form, 0), entry.population)
    return found


def spellings(name: str) -> Iterator[str]:
    """Yield how a name is written in English text: without accents, without the article, with -a for -ah."""
    straight = name.translate(_TURNED)
    ascii_form = _without_accents(straight)
    stem = _ARTICLE.sub("", ascii_form)
    forms = [name, straight, ascii_form, stem, stem.lstrip("'")]
    if stem != ascii_form:
        article = ascii_form[: len(ascii_form) - len(stem) - 1]
        forms += [
            f"{variant}{joint}{stem.lstrip(chr(39))}"
            for variant in (article, article.lower(), "al", "Al")
            for joint in "- "
        ]
    forms += [form.replace("'", "’") for form in list(forms) if "'" in form] + [
        form.replace("'", "") for form in list(forms)
    ]
    forms += [_FINAL_H.sub("a", form) for form in list(forms)]
    yield from dict.fromkeys(form.strip() for form in forms if form.strip())


def _names_of(entry: Entry) -> Iterator[str]:
    """Yield the names of one place that can be looked for."""
    trusted = entry.curated or entry.precision in {Precision.PROVINCE, Precision.COUNTRY}
    in_conflict = entry.country in CONFLICT_COUNTRIES
    smallest = SMALLEST_IN_CONFLICT if in_conflict else SMALLEST_ELSEWHERE
    with_alternates = SMALLEST_WITH_ALTERNATES_IN_CONFLICT if in_conflict else SMALLEST_WITH_ALTERNATES
    if not trusted and (entry.population < smallest or (entry.precision is Precision.DISTRICT and not in_conflict)):
        return
    for name, source in entry.names.items():
        if not is_latin(name) or not name[0].isupper():
            continue
        if source <= NameSource.CURATED or (source is NameSource.ALTERNATE and entry.population >= with_alternates):
            yield name


def _is_worth_it(form: str, entry: Entry, refused: frozenset[str]) -> bool:
    shortest = SHORTEST_CURATED if entry.curated or entry.precision is Precision.COUNTRY else SHORTEST
    if len(form) < shortest or not any(char.isupper() for char in form):
        return False
    if entry.population >= LARGE_ENOUGH_FOR_ANY_NAME or entry.precision is Precision.COUNTRY:
        return form.casefold() not in refused or entry.name == form
    return form.casefold() not in refused and plain(form) not in refused


def _without_accents(name: str) -> str:
    if name.isascii():
        return name
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return bare if bare.isascii() else romanise(bare)
