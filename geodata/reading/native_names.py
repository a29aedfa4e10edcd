"""Place names in other scripts, in texts of any language: looked up word by word.

No model names them and capitals, where there are any, say little; so only names that many people
know are taken, and smaller ones where the text speaks of their country anyway.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.reading.matcher import native_words
from geodata.reading.sighting import Origin, Sighting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.reading.candidates import CandidateFinder, CandidateSet

_MOST_WORDS = 3
_SHORTEST = 3
_SURE_QUALITY = 0.8
_SURE_PRIOR = 0.5  # 100,000 people
# "and", "in", "to", "of", "the" are written to the word in Arabic script.
_PREFIXES = ("وال", "بال", "لل", "و", "ب", "ل", "ف", "ك")
# Words for kinds of place, which are names of places elsewhere: "the city" is Medina, "the island" a state of Sudan.
_COMMON = frozenset(
    [
        "مدينة",
        "المدينة",
        "مدينه",
        "قرية",
        "القرية",
        "بلدة",
        "البلدة",
        "منطقة",
        "المنطقة",
        "محافظة",
        "المحافظة",
        "قضاء",
        "ناحية",
        "حي",
        "الحي",
        "شارع",
        "جبل",
        "الجبل",
        "نهر",
        "النهر",
        "وادي",
        "الوادي",
        "مطار",
        "المطار",
        "ميناء",
        "الميناء",
        "معبر",
        "المعبر",
        "مخيم",
        "المخيم",
        "قاعدة",
        "القاعدة",
        "جزيرة",
        "الجزيرة",
        "العربية",
        "الشمال",
        "الجنوب",
        "الشرق",
        "الغرب",
        "الحدود",
        "السوق",
        "القلعة",
        "الجيش",
        "النصر",
        "السلام",
        "الرئيس",
        "الوزراء",
        "شهر",
        "شهرستان",
        "روستا",
        "استان",
        "باژێڕ",
        "شار",
        "گوند",
        "город",
        "село",
        "посёлок",
        "область",
        "район",
        "остров",
        "река",
        "гора",
        "площадь",
        "мир",
        "победа",
        "юг",
        "север",
        "восток",
        "запад",
    ]
)


def native_sightings(text: str, finder: CandidateFinder, taken: Sequence[Sighting] = ()) -> list[Sighting]:
    """Return the known names in other scripts, in order, clear of those already `taken`."""
    if text.isascii():
        return []
    spans = native_words(text)
    maybe: list[tuple[Sighting, CandidateSet]] = []
    position = 0
    while position < len(spans):
        step = 1
        for width in range(min(_MOST_WORDS, len(spans) - position), 0, -1):
            start, end = spans[position][0], spans[position + width - 1][1]
            if width > 1 and not _joined(text, spans[position : position + width]):
                continue
            found = _look_up(text, start, end, finder)
            if found is not None and all(found[0].end <= s.start or s.end <= found[0].start for s in taken):
                maybe.append(found)
                step = width
                break
        position += step
    sure = {s: c for s, c in maybe if c.first.prior >= _SURE_PRIOR or c.first.place.precision is Precision.COUNTRY}
    near = {c.first.place.country for c in sure.values()} | {
        finder.find(s.text).first.place.country for s in taken if finder.find(s.text)
    }
    return [
        s
        for s, c in maybe
        if s in sure or any(candidate.place.country in near - {""} for candidate in c.candidates[:3])
    ]


def _look_up(text: str, start: int, end: int, finder: CandidateFinder) -> tuple[Sighting, CandidateSet] | None:
    whole = text[start:end]
    for prefix in ("", *_PREFIXES):
        if not whole.startswith(prefix) or len(whole) - len(prefix) < _SHORTEST:
            continue
        name = whole[len(prefix) :]
        if (
            name[0].isspace() or name[0].islower() or name.lower() in _COMMON
        ):  # scripts with capitals write names with them
            continue
        candidates = finder.find(name)
        if candidates and candidates.first.quality >= _SURE_QUALITY:
            return Sighting(start + len(prefix), end, name, Origin.LIST), candidates
    return None


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    return all(
        text[a_end:b_start].strip() == "" and "\n" not in text[a_end:b_start]
        for (_, a_end), (b_start, _) in pairwise(spans)
    )
