"""Choose an English name for every admin-1 unit out of sources that disagree."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from geodata.regions.folding import fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.regions.build.sources import Unit

# Natural Earth's English names come from Wikidata by id, and some ids are wrong ("Wassoulou" for
# Sikasso, "West Soudan" for West Darfur): a name that resembles no other name is not taken.
ALIKE = 0.8

_ENGLISH_KIND = re.compile(r" (?:Governorate|Province|Region|State|District|County|Oblast|Department|Prefecture)$")


def english_name(unit: Unit, props: Sequence[dict[str, Any]]) -> str:
    """English name of a unit that is made of features with the properties `props`."""
    latin = [alias for alias in unit.aliases if _is_latin(alias)]
    bare = [plain(alias) for alias in latin]
    if len(props) == 1:
        own = props[0]
        name = plain(str(own.get("name_en") or own.get("name") or ""))
        # Natural Earth's own name counts only where all its codes mean this unit
        agrees = str(own["iso_3166_2"]) == unit.iso and own.get("gn_a1_code") == unit.code
        others = [unit.name, *bare, *([str(own.get("name") or "")] if agrees else [])]
        if name and _resembles(name, others):
            return name
    # an alias with an English word for its kind is an English name
    english = next((short for alias, short in zip(latin, bare, strict=True) if _ENGLISH_KIND.search(alias)), "")
    name = plain(unit.name)
    if english and fold(english) != fold(name):
        return english
    # "Kirkūk" and its alias "Kirkuk Governorate" are one name, better without marks
    return next((short for short in bare if fold(short) == fold(name) and short.isascii()), name)


def other_names(name: str, unit: Unit, props: Sequence[dict[str, Any]]) -> list[str]:
    """Further Latin names by which a person may look for the unit."""
    found = [unit.name, *(alias for alias in unit.aliases if _is_latin(alias))]
    if len(props) == 1:
        found += [str(props[0].get(key) or "") for key in ("name", "name_en", "name_local")]
    return _distinct(name, (item.strip() for item in found if item and _is_latin(item)))


def _distinct(name: str, others: Iterable[str]) -> list[str]:
    seen, result = {fold(name)}, []
    for other in others:
        key = fold(plain(other))
        if key and key not in seen:
            seen.add(key)
            result.append(plain(other))
    return result


def _resembles(name: str, others: Iterable[str]) -> bool:
    key = fold(name)
    return any(SequenceMatcher(None, key, fold(plain(other))).ratio() >= ALIKE for other in others)


def _is_latin(name: str) -> bool:
    return all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 or char in "‘’ʻʼ–" for char in name)  # noqa: PLR2004
