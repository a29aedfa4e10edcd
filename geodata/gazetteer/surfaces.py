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
from geodata.gazetteer.normalise import fold, is_latin, plain, romanise
from geodata.gazetteer.priors import CONFLICT_COUNTRIES, is_uncounted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geodata.gazetteer.entries import Entry

__all__ = ["CONFLICT_COUNTRIES", "spellings", "surfaces"]

SMALLEST_IN_CONFLICT = 1_000
SMALLEST_ELSEWHERE = 15_000
# Other names than the main one are mostly other languages': only there, and only where they are the same word ("Kiev").
SMALLEST_WITH_ALTERNATES = 5_000
SHORTEST = 4
SHORTEST_CURATED = 2
# So many people live there that the name means the place even though it is also a word or a surname.
LARGE_ENOUGH_FOR_ANY_NAME = 3_000_000

_ARTICLE = re.compile(r"^(?:[aAeE]l|[Aa](?:[dnrstz]|dh|sh|th)|[Ee](?:[dnrstz]|sh))[- ](?=[A-Z‘'ʿ`])")
_FUSED_STEM = 5  # "Alhawija" for al-Hawija; shorter ones are other words ("Also")
_FINAL_H = re.compile(r"(?<=[a-z]{3})ah\b")
_VOWELS = re.compile(r"[aeiouyhw]")  # and the letters that come and go with them
_DOUBLE = re.compile(r"(.)\1+")
_CONSONANTS = (
    ("kh", "k"),
    ("gh", "g"),
    ("q", "k"),
    ("c", "k"),
    ("ph", "f"),
    ("sch", "s"),
    ("z", "s"),
    ("p", "b"),
)
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
        forms += [f"Al{stem.lstrip(chr(39)).lower()}"] if article.lower() == "al" and len(stem) >= _FUSED_STEM else []
    forms += [form.replace("'", "’") for form in list(forms) if "'" in form] + [
        form.replace("'", "") for form in list(forms)
    ]
    forms += [_FINAL_H.sub("a", form) for form in list(forms)]
    yield from dict.fromkeys(form.strip() for form in forms if form.strip())


def _names_of(entry: Entry) -> Iterator[str]:
    """Yield the names of one place that can be looked for."""
    trusted = (
        entry.curated or entry.precision in {Precision.PROVINCE, Precision.COUNTRY} or entry.id.startswith("iata:")
    )
    in_conflict = entry.country in CONFLICT_COUNTRIES
    smallest = SMALLEST_IN_CONFLICT if in_conflict else SMALLEST_ELSEWHERE
    unknown = in_conflict and entry.population == 0  # seats of districts are in GeoNames without their people
    if not trusted and not unknown and entry.population < smallest:
        return
    if entry.precision is Precision.DISTRICT and not in_conflict and not entry.curated:
        return
    with_alternates = in_conflict and (entry.population >= SMALLEST_WITH_ALTERNATES or is_uncounted(entry))
    skeleton = _skeleton(entry.name)
    for name, source in entry.names.items():
        # "eastern Libya" is a name, "state of emergency" is none: a small letter to begin with only for named regions
        if not is_latin(name) or not (name[0].isupper() or entry.id.startswith("region:")):
            continue
        if source <= NameSource.CURATED or (
            source is NameSource.ALTERNATE and with_alternates and _skeleton(name) == skeleton
        ):
            yield name


def _skeleton(name: str) -> str:
    """Return the consonants of a name, brought together: equal for two romanisations of one word."""
    word = fold(romanise(name)).replace(" ", "")
    for several, one in _CONSONANTS:
        word = word.replace(several, one)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", word))


def _is_worth_it(form: str, entry: Entry, refused: frozenset[str]) -> bool:
    shortest = SHORTEST_CURATED if entry.curated or entry.precision is Precision.COUNTRY else SHORTEST
    if len(form) < shortest or not any(char.isupper() for char in form):
        return False
    if form == entry.name and (entry.precision is Precision.COUNTRY or entry.population >= LARGE_ENOUGH_FOR_ANY_NAME):
        return entry.precision is not Precision.PROVINCE or plain(form) not in refused
    return form.casefold() not in refused and plain(form) not in refused


def _without_accents(name: str) -> str:
    if name.isascii():
        return name
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return bare if bare.isascii() else romanise(bare)
