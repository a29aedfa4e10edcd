"""Choose an English name for every admin-1 unit out of sources that disagree."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from geodata.regions.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.regions.build.sources import Unit

# Natural Earth's English names come from Wikidata by id, and some ids are wrong ("Wassoulou" for
# Sikasso, "West Soudan" for West Darfur): a name that resembles no other name is not taken.
ALIKE = 0.8

_KIND = re.compile(
    r"^(?:the\s+)?(?:state|province|governorate|region|muhafazat|provincia|wilaya|mkoa|kaunti)\s+(?:of|de|di|du|ya|wa)?\s*"
    r"|\s+(?:governorate|province|region|state|district|county|oblast|department|prefecture|municipality|"
    r"administrative region|regional state|voivodeship|oblysy)$",
    re.IGNORECASE,
)


def plain(name: str) -> str:
    """The name without the word for its kind: ``Kirkuk Governorate`` -> ``Kirkuk``."""
    return _KIND.sub("", name.strip()).strip() or name.strip()


def english_name(unit: Unit, props: Sequence[dict[str, Any]]) -> str:
    """English name of a unit that is made of features with the properties `props`."""
    latin = [plain(alias) for alias in unit.aliases if _is_latin(alias)]
    if len(props) == 1:
        own = props[0]
        name = plain(str(own.get("name_en") or own.get("name") or ""))
        others = [unit.name, *latin, *(str(own.get(key) or "") for key in ("name", "gn_name"))]
        if name and _resembles(name, others):
            return name
    name = plain(unit.name)
    # "Kirkūk" and its alias "Kirkuk Governorate" are one name, better without marks
    return next((alias for alias in latin if fold(alias) == fold(name) and alias.isascii()), name)


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
    return any(
        SequenceMatcher(None, key, fold(plain(part))).ratio() >= ALIKE
        for other in others
        for part in other.split("|")
        if part
    )


def _is_latin(name: str) -> bool:
    return all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 or char in "‘’ʻʼ–" for char in name)  # noqa: PLR2004
