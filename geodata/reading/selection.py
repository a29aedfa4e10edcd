"""Which sightings are place names: decided over the whole article, one name at a time.

A person or a common word that is called like a town gives itself away somewhere: by a title, by a
forename, by being written small. A place does too: after "in", before "province", in a dateline.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer import demonyms, fold
from geodata.gazetteer.surfaces import CONFLICT_COUNTRIES
from geodata.reading import place_words as words
from geodata.reading.headline_case import is_common
from geodata.reading.sighting import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.reading.candidates import CandidateFinder, CandidateSet
    from geodata.reading.sighting import Sighting, Sightings

_PREVIOUS = re.compile(r"([\w.'’-]+)\s+(?:the\s+)?$")
_NEXT = re.compile(r"\s+([\w.'’-]+)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n\r]|[\"“”'‘’(\[])\s*(?:the\s+)?$", re.IGNORECASE)
_LONG_WORD = re.compile(r"(?<!\w)[^\W\d_]{4,}(?!\w)")
_SMALL_WORD = re.compile(r"(?<!\w)[a-z][\w'’-]*")
_NAME = r"(?:(?:(?:al|el)-)?[A-Z][\w'’-]+[ ]?){1,3}"
_ANOTHER = rf"\s+{_NAME}(?:,|\sand)\s+$"
_LISTED = re.compile(r"\b(?:in|near|at|of|from|through|around|outside)" + _ANOTHER)
_BETWEEN = re.compile(r"\bbetween\s+(?:[A-Z][\w'’-]+ ?){1,3}\band\s+$")
_STRUCK = re.compile(
    rf"\b(?i:{'|'.join(sorted(words.STRUCK))}|(?:{words.BLOWS})\b(?:\s[^.,;:…]*)?\s(?:on|against|of|at|for))"
    rf"\s+(?:the\s+)?(?:{_NAME}(?:,|\sand)\s+)?$"
)
_FEW = 3
_LOOK, _LOOK_BACK = 40, 80  # characters looked at

# So many people live there that the bare name, found by the gazetteer alone, is the place.
_FAMOUS = 500_000
_SURE_PRIOR = 0.5
# A country, a province, a sea or a region that is called so, and little else is.
_WIDE = frozenset({Precision.COUNTRY, Precision.PROVINCE})
_SURE_QUALITY = 0.9
_OWN_NAME = 0.93  # what others call it has less


def select(sightings: Sightings, text: str, finder: CandidateFinder) -> list[Sighting]:
    """Return the sightings that are place names, in order."""
    groups: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings.found:
        groups[fold(sighting.text) or sighting.text].append(sighting)
    small_words = set(_SMALL_WORD.findall(text))
    near = _countries(sightings.found, text, finder) | set(sightings.fought_in)
    told_ends = {sighting.end for sighting in sightings.found if sighting.origin <= Origin.PLACE}
    chosen: list[Sighting] = []
    for group in groups.values():
        chosen += _of_group(
            group,
            text,
            finder,
            person_words=sightings.person_words,
            small_words=small_words,
            near=near,
            told_ends=told_ends,
            surnames=sightings.surnames,
            found=sightings.found,
        )
    return sorted(chosen, key=lambda s: s.start)


def _of_group(
    group: list[Sighting],
    text: str,
    finder: CandidateFinder,
    *,
    person_words: set[str],
    small_words: set[str],
    near: set[str],
    told_ends: set[int],
    surnames: set[str],
    found: list[Sighting],
) -> Iterable[Sighting]:
    views = [_Surroundings(sighting, text) for sighting in group]
    name = group[0].text
    is_person = name in person_words or (" " not in name and name.title() in person_words)
    if is_person and name not in surnames and _is_country(finder.find(name)):
        # nobody is called by his forename in the news: after "Jordan Pickford", "Jordan" is the country if it is about it
        rest = [sighting for sighting in found if sighting.text != name]
        is_person = not any(c.place.country in _countries(rest, text, finder) for c in finder.find(name).candidates[:1])
    strong = any(
        s.origin is Origin.DATELINE
        or (s.origin is Origin.PLACE and s.known and not (is_person and not v.locative) and not v.titled)
        for s, v in zip(group, views, strict=True)
    )
    small = name.lower() in small_words
    candidates = finder.find(name)
    own = _is_own_name(candidates)
    strong = strong or (own and _is_no_persons_name(group[0], candidates))
    for sighting, around in zip(group, views, strict=True):
        around.locative = around.locative or _is_gone_to_here(
            sighting, around, candidates, text, told_ends, is_person=is_person
        )
    locative = any(v.locative and not v.titled for v in views)
    coherent = any(c.place.country in near for c in candidates.candidates[:8] if c.quality > 0.7)  # noqa: PLR2004
    certain = (
        bool(candidates) and candidates.first.quality >= _SURE_QUALITY and candidates.first.place.precision in _WIDE
    )
    foreign = bool(near & CONFLICT_COUNTRIES) and any(
        c.place.country in CONFLICT_COUNTRIES for c in candidates.candidates[:3]
    )
    # "the South" is a province only where the other names are of its country
    bare = words.BARE_DIRECTION.fullmatch(name) is not None and not any(
        c.place.country in _countries([s for s in found if s.text != name], text, finder) for c in candidates.candidates
    )
    # "Marburg virus" names a disease, and so does "Marburg" further on, unless the article also says "in Marburg"
    ailing = any(v.disease for v in views) and not locative
    for sighting, around in zip(group, views, strict=True):
        if around.other_thing or ailing or (bare and not around.unit) or (around.operation and not own):
            continue
        if around.titled and sighting.origin is not Origin.DATELINE:
            continue
        if is_person and sighting.origin is not Origin.DATELINE and not around.locative:
            continue
        if (
            sighting.label == "PERSON" and not strong and foreign and sighting.population >= 0 and not small
        ) or _is_mention(
            sighting, around, strong=strong, locative=locative, small=small, coherent=coherent or certain, own=own
        ):
            yield sighting


def _is_country(candidates: CandidateSet) -> bool:
    return bool(candidates) and candidates.first.place.kind == "country"


def _is_gone_to_here(
    sighting: Sighting,
    around: _Surroundings,
    candidates: CandidateSet,
    text: str,
    told_ends: set[int],
    *,
    is_person: bool,
) -> bool:
    """Whether what stands before a sighting makes it a place because of what it may be, or of what else is one."""
    if around.struck and not is_person and _is_likely_target(candidates):
        return True
    if around.upon and candidates and candidates.first.place.kind == "island":
        return True
    start = sighting.start
    if start - len("'s ") in told_ends and text[start - 2 : start] == "s " and _is_likely_target(candidates):
        return True  # "Syria's Afrin"
    # between Hanoi and Lao Cai, not between Bush and Steele
    return start - len(" and ") in told_ends and _BETWEEN.search(text[max(0, start - _LOOK) : start]) is not None


def _is_likely_target(candidates: CandidateSet) -> bool:
    """Whether what is struck and called so is a place rather than a person: where wars are, or a great city."""
    if not candidates or candidates.first.quality < _SURE_QUALITY:
        return False
    place = candidates.first.place
    return place.country in CONFLICT_COUNTRIES or place.population >= _FAMOUS


def _is_own_name(candidates: CandidateSet) -> bool:
    """Whether a place where wars are is called so itself, and not only by some."""
    if not candidates or candidates.first.quality < _OWN_NAME:
        return False
    return candidates.first.place.country in CONFLICT_COUNTRIES


def _is_no_persons_name(sighting: Sighting, candidates: CandidateSet) -> bool:
    """Whether nobody is called like a place: by how its name begins, or since the model takes it for a people's."""
    first, _, rest = sighting.text.partition(" ")
    if rest and first.lower() in words.OPENS_PLACE:
        return True
    town = candidates.first.place.precision is Precision.SETTLEMENT
    return sighting.label == "NORP" and sighting.population >= 0 and town


def _is_mention(
    sighting: Sighting, around: _Surroundings, *, strong: bool, locative: bool, small: bool, coherent: bool, own: bool
) -> bool:
    several = " " in sighting.text
    match sighting.origin:
        case Origin.DATELINE | Origin.PLACE | Origin.NESTED | Origin.PART:
            # of a single word that the gazetteer does not know the model alone is no witness: "in" or "near" must agree
            return sighting.origin is not Origin.PLACE or sighting.known or several or locative
        case Origin.OTHER if sighting.label == "PERSON":
            return (
                strong
                or (around.locative and not around.in_name and (coherent or own or sighting.population >= 0))
                or (coherent and (around.articled or sighting.population >= _FAMOUS))
            )
        case Origin.OTHER:
            if sighting.population < 0:  # not in the matcher's list: rare names and short ones
                return strong or (around.locative and (coherent or own))
            return strong or several or locative or coherent or sighting.population >= _FAMOUS
        case _:
            if around.in_name:
                return False
            if several or strong:
                return True
            if small or (around.opens and not coherent):
                return around.unit
            return around.locative or coherent or sighting.population >= _FAMOUS


def gone_to(sighting: Sighting, text: str) -> bool:
    """Whether a word before a sighting says that it is a place: "in", "near", "residents of"."""
    return _Surroundings(sighting, text).locative


class _Surroundings:
    """What stands around a sighting."""

    __slots__ = (
        "articled",
        "disease",
        "in_name",
        "locative",
        "opens",
        "operation",
        "other_thing",
        "struck",
        "titled",
        "unit",
        "upon",
    )

    def __init__(self, sighting: Sighting, text: str) -> None:
        before = text[max(0, sighting.start - _LOOK_BACK) : sighting.start]
        behind = text[sighting.end : sighting.end + _LOOK]
        previous_match = _PREVIOUS.search(before)
        previous = previous_match[1] if previous_match else ""
        following_match = _NEXT.match(behind)
        following = following_match[1] if following_match else ""
        self.disease = (
            words.DISEASE_BEHIND.match(behind) is not None or words.DISEASE_BEHIND.search(sighting.text) is not None
        )
        self.other_thing = (
            self.disease
            or words.IN_OPERATION.match(behind) is not None
            or words.NOT_BEHIND.match(behind) is not None
            or words.NOT_BEFORE.search(before) is not None
        )
        self.operation = (
            words.OPERATION_BEFORE.search(before) is not None or words.OPERATION_BEHIND.match(behind) is not None
        ) or (words.QUOTE_BEFORE.search(before) is not None and words.QUOTED.match(behind) is not None)
        self.unit = words.UNIT_BEHIND.match(behind) is not None or words.UNIT_BEFORE.search(before) is not None
        after_locative = previous.lower() in words.LOCATIVE and words.OF_A_SOURCE.search(before) is None
        # nobody is called "the Aude"; "the Jordan" is a river; but "the Bush administration" is that of a Bush
        self.articled = before.endswith(" the ") and following.lower() not in words.OF_A_LEADER
        self.upon = previous.lower() in {"on", "off"}
        self.struck = _STRUCK.search(before) is not None or words.BLOW_BEHIND.match(behind) is not None
        bare = words.BARE_DIRECTION.fullmatch(sighting.text) is not None  # "Eastern countryside"
        land = not bare and words.LAND_BEHIND.match(behind) is not None
        self.locative = (
            after_locative
            or self.unit
            or _before_comma(before)
            or words.AGE_BEFORE.search(before) is not None
            or words.PEOPLE_BEFORE.search(before) is not None
            or land
        )
        if words.AGE_BEHIND.match(behind) and not after_locative:
            self.other_thing = True  # "Chad, 34, lives in Lincoln"
        # "Governor Anbar" is odd, "President Jordan" a person; but "Minister of Iraq" has its "of" between
        self.titled = (
            previous.lower() in words.TITLES and previous_match is not None and " the" not in previous_match[0].lower()
        )
        self.opens = _SENTENCE_START.search(before) is not None
        capital_before = (
            previous[:1].isupper()
            and not self.opens
            and previous not in demonyms()
            and previous.lower() not in words.LOCATIVE
            and previous.lower() not in words.PART_BEFORE
            and not previous.endswith(("'s", "’s"))
        )
        # "Yesterday Goma"; but "Kfar Darom" is one name
        starts_sentence = (
            previous_match is not None
            and (is_common(previous) or previous.isupper() or previous.lower() in words.SENTENCE_OPENERS)
            and _SENTENCE_START.search(before[: previous_match.start()]) is not None
        )
        capital_behind = following[:1].isupper() and following.lower().strip(".") not in words.LOCAL_BODIES
        # where every word has a capital, as in headlines, capitals say nothing
        all_capitals = _is_title_case(f"{before} {behind}")
        behind_name = capital_behind and following not in demonyms() and not self.unit and not land
        self.in_name = not all_capitals and ((capital_before and not starts_sentence) or behind_name)


def _is_title_case(text: str) -> bool:
    words_around = _LONG_WORD.findall(text)
    return len(words_around) >= _FEW and all(word[0].isupper() for word in words_around)


def _before_comma(before: str) -> bool:
    """Whether a name and a comma stand before it, as in "Hawija, Kirkuk" after "in"."""
    return _LISTED.search(before) is not None


def _countries(found: Iterable[Sighting], text: str, finder: CandidateFinder) -> set[str]:
    """Return the countries that the text is surely about."""
    near = {code for word in set(re.findall(r"\b[A-Z][a-z]+\b", text)) if (code := demonyms().get(word))}
    for sighting in found:
        told = sighting.origin <= Origin.PLACE or sighting.population >= _FAMOUS
        if told and (candidates := finder.find(sighting.text)):
            first = candidates.first
            if first.prior >= _SURE_PRIOR or first.place.precision is Precision.COUNTRY:
                near.add(first.place.country)
    near.discard("")
    return near
