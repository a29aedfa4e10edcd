"""One passage's characters, and the place names that are taken from them, each character once."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer import demonyms, not_places
from geodata.gazetteer.surfaces import CONFLICT_COUNTRIES
from geodata.reading import place_words as words
from geodata.reading.candidates import abbreviations, level, trimmed
from geodata.reading.headline_case import is_common
from geodata.reading.matcher import Hit
from geodata.reading.sighting import Origin, Sighting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.reading.candidates import CandidateFinder

_WORD_BEFORE = re.compile(r"\b([A-Z][\w'’\-]+) $")
_BEFORE_PARENT = re.compile(r"(?P<name>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2}), (?P<county>Co\. )?$")
_LOOK = 50
_SURE = 0.9
_LETTER = re.compile(r"[^\W\d_]")
_AFTER_TOWN = re.compile(r",\s+([A-Z][A-Za-z]*(?:\.\s?[A-Z][a-z]*)*\.?)(?=[\s,.;:)]|$)")
_OWNS = ("'s", "’s")
_WITH_LAND = frozenset({"village", "town", "city", "capital", "province", "district"})


class Field:
    """The characters of one passage, taken by one sighting each."""

    def __init__(self, body: str, hits: list[Hit], finder: CandidateFinder) -> None:
        self.body = body
        self.hits = hits
        self.starts = [hit.start for hit in hits]
        self.finder = finder
        self.taken = bytearray(len(body))
        self.found: list[Sighting] = []

    def close(self, spans: Sequence[tuple[int, int]]) -> None:
        """Let nothing be found in these spans."""
        for start, end in spans:
            self.taken[start:end] = b"\x01" * (end - start)

    def close_name(self, start: int, end: int, *, keep_places: bool) -> None:
        """Let nothing be found in a name, except places that stand for themselves in it, if there may be any."""
        for hit in self.hits_in(start, end) if keep_places else ():
            if hit.start < start or hit.end > end:
                continue
            owns = hit.start == start and self.body[hit.end : hit.end + 2] in _OWNS
            within = self.body[max(start, hit.start - 4) : hit.start] == " in "
            if owns or within or (hit.start == start and _is_local(self.body[start:end])):
                self.close([(start, hit.start)])
                start = hit.end
        self.close([(start, end)])

    def add(self, start: int, end: int, origin: Origin, label: str, *, known: bool = True) -> None:
        """Take a span, unless part of it is taken."""
        if start >= end or any(self.taken[start:end]):
            return
        self.taken[start:end] = b"\x01" * (end - start)
        name = self.body[start:end]
        population = max(
            (h.population for h in self.hits_in(start, end) if (h.start, h.end) == (start, end)), default=-1
        )
        self.found.append(Sighting(start, end, name, origin, label, known, population))

    def hits_in(self, start: int, end: int) -> list[Hit]:
        """Return the gazetteer's names that touch a span."""
        first = max(0, bisect_left(self.starts, start) - 1)
        found = []
        for hit in self.hits[first:]:
            if hit.start >= end:
                break
            if hit.end > start:
                found.append(hit)
        return found

    def place_entity(self, start: int, end: int, label: str) -> None:
        """Take what the model calls a place: whole, widened to a known name, or in parts."""
        start, end = self._trim(start, end)
        if end <= start or self.body[start:end] in demonyms():
            return
        touching = self.hits_in(start, end)
        wide = next((h for h in touching if h.start <= start and h.end >= end), None)
        if wide is not None:
            self.add(wide.start, self._without_unit(wide.start, wide.end), Origin.PLACE, label)
            return
        hyphenated = words.HYPHENATED.search(self.body[start:end])
        if hyphenated is not None and not self.finder.known(self.body[start:end]):
            self.place_entity(start, start + hyphenated.start(), label)
            return
        if self._add_known(start, end, Origin.PLACE, label):
            return
        parts = [(start + a, start + b) for a, b in split_at(self.body[start:end], words.PART_JOINT)]
        if len(parts) > 1:
            for a, b in parts:
                self.place_entity(a, b, label)
            return
        self._place_unknown(start, end, label, touching)

    def _place_unknown(self, start: int, end: int, label: str, touching: Sequence[Hit]) -> None:
        """Take the names in or around a span that is no name itself, or the span as an unknown place."""
        local = _is_local(self.body[start:end])
        inner = [h for h in touching if h.start >= start and h.end <= end and not (local and self._is_called(h, start))]
        if inner and local:
            for hit in inner:
                self.add(hit.start, hit.end, Origin.NESTED, label)
            return
        over = next((h for h in touching if h.start < start or h.end > end), None)
        if over is not None:
            self.add(over.start, over.end, Origin.PLACE, label)
            return
        # a building that no word calls one is as often a person's name
        name = self.body[start:end]
        if _LETTER.search(name) and _is_capital(name) and (local or label != "FAC"):
            self.add(start, end, Origin.PLACE, label, known=bool(self.finder.find(name)))

    def _add_known(self, start: int, end: int, origin: Origin, label: str) -> bool:
        """Take a span, or what is left of it without a unit or a direction, if the gazetteer has it."""
        a, b = start, end
        for pattern in (None, words.TRIMMED_UNIT, words.LEADING_UNIT, words.DIRECTION, words.COMPASS):
            if pattern is not None:
                match = pattern.search(self.body[a:b])
                if match is None:
                    continue
                if match.start() == 0:
                    a += match.end()
                else:
                    b = a + match.start()
            name = self.body[a:b]
            if pattern is not None and words.BARE_DIRECTION.fullmatch(name):
                continue  # "West" is no name left of "Central West"
            if a < b and _is_capital(name) and name not in demonyms() and self.finder.known(name):
                if (
                    pattern is None
                    and (unit := words.TRIMMED_UNIT.search(name))
                    and self.finder.known(name[: unit.start()])
                ):
                    b = a + unit.start()
                self.add(a, b, origin, label)
                return True
        return self._add_owner_of_land(start, end, origin, label)

    def _add_owner_of_land(self, start: int, end: int, origin: Origin, label: str) -> bool:
        """Take the town after which a desert or the like is called that is in no list: "Marib" of "Marib Desert"."""
        land = words.LAND.search(self.body, start, end)
        name = self.body[start : land.start()] if land is not None else ""
        found = self.finder.find(name) if name and name.lower() not in not_places() else ()
        place = found.first.place if found and found.first.quality >= _SURE else None
        if place is None or place.country not in CONFLICT_COUNTRIES or place.kind not in _WITH_LAND:
            return False
        self.add(start, start + len(name), origin, label)
        return True

    def _without_unit(self, start: int, end: int) -> int:
        """Return where the name proper ends: before "province" in "Diyala province"."""
        unit = words.UNIT_IN_SMALL_LETTERS.search(self.body, start, end)
        return unit.start() if unit is not None and self.finder.known(self.body[start : unit.start()]) else end

    def other_entity(self, start: int, end: int, label: str) -> None:
        """Take another name that the gazetteer knows, or the place in the name of what stands there."""
        start, end = self._trim(start, end)
        name = self.body[start:end]
        if end <= start or name in demonyms():
            return
        touching = self.hits_in(start, end)
        whole = next((h for h in touching if h.start <= start and h.end >= end), None)
        if whole is not None:
            self.add(whole.start, whole.end, Origin.OTHER, label)
        elif label in {"PERSON", "ORG"} and (" " not in name or self._is_gone_to(start)) and self.finder.known(name):
            self.add(start, end, Origin.OTHER, label)
        elif not self._add_owner_of_land(start, end, Origin.OTHER, label) and label not in {"PERSON", "NORP"}:
            self._in_name(start, name, label, [h for h in touching if h.start >= start and h.end <= end])
        self.close([(start, end)])

    def _is_gone_to(self, start: int) -> bool:
        """Whether "to", "in" or the like stands before a character."""
        return self.body[:start].rstrip().rpartition(" ")[2].lower() in words.LOCATIVE

    def _in_name(self, start: int, name: str, label: str, inner: Sequence[Hit]) -> None:
        """Take places in an organisation's name: where it stands, whose it is, or names that only a comma joins."""
        owner = next((h for h in inner if h.start == start and self.body[h.end : h.end + 2] in _OWNS), None)
        if _is_local(name):
            for hit in inner or self._head_of(start, name):
                if not self._is_called(hit, start):
                    self.add(hit.start, hit.end, Origin.NESTED, label)
        elif owner is not None:
            self.add(owner.start, owner.end, Origin.NESTED, label)
        elif _acts_for_a_place(name) or words.OFFICE_BEHIND.match(self.body, start + len(name)):
            for hit in inner:
                if hit.start == start or self.body[hit.start - 4 : hit.start] == " of ":
                    self.add(hit.start, hit.end, Origin.PART, label)
        else:
            parts = [(start + a, start + b) for a, b in split_at(name, words.PART_JOINT)]
            for hit in inner:
                if (hit.start, hit.end) in parts:
                    self.add(hit.start, hit.end, Origin.OTHER, label)

    def _is_called(self, hit: Hit, start: int) -> bool:
        """Tell a name within a body's name that is only the end of a person's: "George Washington University"."""
        before = self.body[start : hit.start].rsplit(None, 1)
        if not before or self.body[hit.start - 1] != " ":
            return False
        word = before[-1]
        general = is_common(word) or word.isupper() or word.lower() in words.OF_HONOUR or word in demonyms()
        return word[0].isupper() and not general and not words.COMPASS.match(f"{word} ")

    def _head_of(self, start: int, name: str) -> list[Hit]:
        """Return the small town that opens a body's name: "Litchfield" in "Litchfield Superior Court"."""
        pieces = name.split(" ")
        for width in (2, 1):
            head = " ".join(pieces[:width])
            if (
                len(pieces) > width
                and head[:1].isupper()
                and not _is_local(head)
                and not words.OF_HONOUR & set(head.lower().split())
                and head.lower() not in not_places()
                and not is_common(head)
                and self.finder.known(head)
            ):
                return [Hit(start, start + len(head), 0)]
        return []

    def before_parents(self) -> None:
        """Take the town before a province: "Ada" in "Ada, Oklahoma", whatever the model makes of it."""
        for parent in list(self.found):
            match = _BEFORE_PARENT.search(self.body[max(0, parent.start - _LOOK) : parent.start])
            if match is None:
                continue
            is_county = match["county"] or parent.text.startswith("County ")
            units = (Precision.PROVINCE, Precision.DISTRICT) if is_county else (Precision.PROVINCE,)
            provinces = {
                c.place.admin1
                for c in self.finder.find(parent.text, Precision.DISTRICT if is_county else None).candidates[:2]
                if level(c.place) in units and c.place.admin1
            }
            words_before = match["name"].split(" ")
            for first in range(len(words_before) if provinces else 0):
                if first and words_before[first - 1].lower() in words.OPENS_NAME:
                    break
                name = " ".join(words_before[first:])
                end = parent.start - len(match[0]) + len(match["name"])
                towns = self.finder.find(name).candidates if self.finder.known(name) else ()
                if any(town.place.admin1 in provinces and town.quality > _SURE for town in towns):
                    self.add(end - len(name), end, Origin.PLACE, "GPE")
                    break

    def called(self, *, with_article: bool = False) -> None:
        """Take what the text calls a village, known or not; first names with an article, which the model splits."""
        for match in words.CALLED_PLACE.finditer(self.body):
            name = match["name"]
            if trimmed(name).lower() in words.DAYS_AND_MONTHS:
                continue  # "in the neighbourhood of Saturday's battle"
            if name not in demonyms() and (not with_article or "-" in name):
                self.add(*match.span("name"), Origin.PLACE, "GPE", known=bool(self.finder.find(name)))

    def homes(self) -> None:
        """Take what people are residents of, if the gazetteer knows it."""
        for match in words.PEOPLE_OF.finditer(self.body):
            name = match["name"]
            if name not in demonyms() and name.lower() not in not_places() and self.finder.known(name):
                self.add(*match.span("name"), Origin.PLACE, "GPE")

    def whereabouts(self) -> None:
        """Take what stands after "near" or the like and is in no list, if the gazetteer knows it."""
        for match in words.WHERE.finditer(self.body):
            start, end = match.span("name")
            name = match["name"]
            if any(self.taken[start:end]) or name in demonyms() or name.lower() in not_places():
                continue
            if trimmed(name).lower() not in words.DAYS_AND_MONTHS and self.finder.known(name):
                self.add(start, end, Origin.OTHER, "ORG")

    def units(self) -> None:
        """Take what the text calls a district or a province by the word behind it, known or not."""
        for match in words.COUNTY_BEFORE_NAME.finditer(self.body):
            if self.finder.known(match["name"]):
                self.add(*match.span("name"), Origin.PLACE, "GPE")
        for match in words.UNIT_OF_NAME.finditer(self.body):
            start, end = self._whole(*match.span("name"))
            name = self.body[start:end]
            lower = name.lower()
            if name not in demonyms() and lower not in not_places() and lower not in words.NO_UNITS:
                self.add(start, end, Origin.PLACE, "GPE", known=bool(self.finder.find(name)))

    def kinds(self) -> None:
        """Take what the text calls a village or a neighbourhood by the word behind it, known or not."""
        for match in words.KIND_OF_NAME.finditer(self.body):
            name = match["name"]
            first = name.split(" ")[0]
            if (
                name in demonyms()
                or is_common(first)
                or first.lower() in words.NO_UNITS
                or name.lower() in not_places()
            ):
                continue
            self.add(*match.span("name"), Origin.PLACE, "GPE", known=bool(self.finder.find(name)))

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """Return a name with the word that it begins with: of "Deh Kran district" all, though "Kran" is a place elsewhere."""
        before = _WORD_BEFORE.search(self.body, max(0, start - _LOOK), start)
        if before is None or self.finder.known(self.body[start:end]) == self.finder.known(
            self.body[before.start() : end]
        ):
            return start, end
        word = before[1]
        general = is_common(word) or word.isupper() or word.lower() in words.OF_HONOUR or word in demonyms()
        opens = self.body[: before.start()].rstrip()[-1:] in {"", ".", "!", "?", ":", "”", '"'}
        if general or opens or words.COMPASS.match(f"{word} "):
            return start, end
        return before.start(), end

    def rest(self) -> None:
        """Take the gazetteer's names in what is left."""
        for hit in self.hits:
            self.add(hit.start, hit.end, Origin.LIST, "")

    def abbreviations(self) -> None:
        """Take "Calif." and "TX" after a town."""
        for town in list(self.found):
            match = _AFTER_TOWN.match(self.body, town.end)
            if match is not None and match[1] in abbreviations():
                self.add(match.start(1), match.end(1), Origin.PLACE, "GPE")

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        name = self.body[start:end]
        core = trimmed(name)
        at = name.find(core)
        if at < 0:
            return start, end
        core = words.DIRECTION_BEHIND.sub("", core)
        stop = at + len(core)
        if words.ENDS_WITH_ARTICLE.search(core) and (rest := words.JOINED_NAME.match(self.body, start + stop)):
            stop = rest.end() - start  # "Bab al" + "-Yemen" is one name, split
        # the dot of "U.S." and "Calif." is part of the name
        if (name[stop : stop + 1] == "." and name[at : stop + 1] in abbreviations()) or (
            start + stop < len(self.body) and self.body[start + stop] == "." and name[at:stop] + "." in abbreviations()
        ):
            stop += 1
        return start + at, start + stop


def _is_capital(name: str) -> bool:
    """Whether a name begins with a capital, or with a small article: "al-Bokamal"."""
    return name[:1].isupper() or words.SMALL_ARTICLE.match(name) is not None


def _acts_for_a_place(name: str) -> bool:
    return any(word in words.PUBLIC_BODIES for word in re.findall(r"[a-z]+", name.lower()))


def _is_local(name: str) -> bool:
    """Whether it names a body that stands at the place in its name."""
    return any(word in words.LOCAL_BODIES for word in re.findall(r"[a-z]+", name.lower()))


def split_at(text: str, joint: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return (start, end) of the parts of a text between joints, empty ones left out."""
    parts, position = [], 0
    for match in joint.finditer(text):
        parts.append((position, match.start()))
        position = match.end()
    parts.append((position, len(text)))
    return [(a, b) for a, b in parts if text[a:b].strip()]
