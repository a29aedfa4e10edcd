"""Place names of an article, and the places they stand for."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from geodata.event import Mention, Precision
from geodata.gazetteer import demonyms, fold
from geodata.reading import place_words as words
from geodata.reading.candidates import CandidateFinder, abbreviations
from geodata.reading.features import Context, Question
from geodata.reading.matcher import NameMatcher
from geodata.reading.metonymy import is_metonymic
from geodata.reading.native_names import native_sightings
from geodata.reading.passages import passage_at
from geodata.reading.place_reasons import reason
from geodata.reading.resolution import resolve
from geodata.reading.selection import select
from geodata.reading.sightings import Origin, Sighting, Sightings, Spotter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.article import Article
    from geodata.gazetteer import Gazetteer
    from geodata.reading.passages import Passage
    from geodata.regions import Regions

_WORD = re.compile(r"\b[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b")
_PARENT = re.compile(r"\s*(?:,|\()\s*(?:in\s+(?:the\s+)?)?$")
_PARENT_REACH = 12  # characters between a name and the parent behind it: ", in the "


class PlaceReader:
    """Reads place names and resolves them.

    Parameters
    ----------
    gazetteer
        The built gazetteer.
    regions
        Shapes of regions; not needed to read.
    """

    def __init__(self, gazetteer: Gazetteer, regions: Regions | None = None) -> None:
        self.gazetteer = gazetteer
        self.regions = regions
        self.finder = CandidateFinder(gazetteer)
        self.spotter = Spotter(NameMatcher(gazetteer.names()), self.finder)
        # Seconds spent so far, for benchmarks.
        self.seconds = {"looking for names": 0.0, "looking up and ranking": 0.0}

    def mentions(
        self,
        passages: Sequence[Passage],
        article: Article,
        *,
        given: Sequence[tuple[int, int]] | None = None,
    ) -> list[Mention]:
        """Return the place names of an article, in order, not overlapping.

        Parameters
        ----------
        passages
            The article's blocks with their entities; a parse is used where there is one.
        article
            The article they are of.
        given
            Characters (start, end) of names that are known to be places; then only these are resolved,
            each as it stands.
        """
        began = time.perf_counter()
        if given is None:
            sightings = select(self.spotter.spot(passages, article.text), article.text, self.finder)
            sightings += native_sightings(article.text, self.finder, sightings)
            sightings.sort(key=lambda s: s.start)
        else:
            sightings = [
                Sighting(start, end, article.text[start:end], _origin(start, passages)) for start, end in given
            ]
        found = time.perf_counter()
        made = self._resolve(sightings, passages, article.text, article.place)
        self.seconds["looking for names"] += found - began
        self.seconds["looking up and ranking"] += time.perf_counter() - found
        return made

    def mentions_in_text(self, text: str) -> list[Mention]:
        """Return the place names that the gazetteer alone finds in a text of any language."""
        hits = [
            Sighting(h.start, h.end, text[h.start : h.end], Origin.LIST, "", population=h.population)
            for h in self.spotter.matcher.find(text)
        ]
        sightings = select(Sightings(hits, set()), text, self.finder)
        sightings += native_sightings(text, self.finder, sightings)
        return self._resolve(sorted(sightings, key=lambda s: s.start), (), text, "")

    def _resolve(
        self, sightings: Sequence[Sighting], passages: Sequence[Passage], text: str, home: str
    ) -> list[Mention]:
        groups: dict[tuple[str, Precision | None], list[Sighting]] = defaultdict(list)
        for sighting in sightings:
            groups[_name_key(sighting.text), _unit_of(sighting, text)].append(sighting)
        questions = [
            Question(
                candidates=self.finder.find(_spelling(group), unit),
                unit=unit,
                count=len(group),
                parents=self._parents(group, sightings, text),
                in_dateline=any(s.origin is Origin.DATELINE for s in group),
            )
            for (_, unit), group in groups.items()
        ]
        answers = resolve(questions, self._context(questions, text, home))
        places = [answer.place for answer in answers if answer.place is not None]
        listed = list(passages)
        made = []
        for question, answer, group in zip(questions, answers, groups.values(), strict=True):
            why = reason(question, answer, places)
            for s in group:
                made.append(
                    Mention(
                        start=s.start,
                        end=s.end,
                        text=text[s.start : s.end],
                        place=answer.place,
                        confidence=answer.confidence,
                        metonymic=s.origin is not Origin.DATELINE
                        and is_metonymic(s.start, s.end, answer.place, passage_at(listed, s.start), text),
                        reason=why,
                    )
                )
        return sorted(made, key=lambda m: (m.start, m.end))

    def _parents(
        self, group: Sequence[Sighting], sightings: Sequence[Sighting], text: str
    ) -> tuple[tuple[str, str], ...]:
        """Return what stands right behind a name: "Texas" in "Paris, Texas"."""
        starts = {s.start: s for s in sightings}
        parents: list[tuple[str, str]] = []
        for sighting in group:
            for gap in range(1, _PARENT_REACH):
                follower = starts.get(sighting.end + gap)
                if follower is None:
                    continue
                if _PARENT.match(text[sighting.end : follower.start]):
                    for candidate in self.finder.find(follower.text).candidates[:4]:
                        place = candidate.place
                        if place.precision is Precision.COUNTRY and place.country:
                            parents.append((place.country, ""))
                        elif place.precision is Precision.PROVINCE and place.admin1:
                            parents.append((place.country, place.admin1))
                break
        return tuple(dict.fromkeys(parents))

    def _context(self, questions: Sequence[Question], text: str, home: str) -> Context:
        counted = Counter(code for word in _WORD.findall(text) if (code := demonyms().get(word)))
        total = sum(counted.values()) + 1
        homes, seats = set(), set()
        for question in questions:
            if question.in_dateline and question.candidates:
                homes.add(question.candidates.first.place.country)
                seats.add(question.candidates.first.place.admin1)
        for part in home.split(","):
            candidates = self.finder.find(part.strip()) if part.strip() else None
            if candidates:
                homes.add(candidates.first.place.country)
        return Context(
            demonyms={code: count / total for code, count in counted.items()},
            home=frozenset(homes - {""}),
            seats=frozenset(seats - {""}),
        )


def _name_key(name: str) -> str:
    return name if name in abbreviations() else (fold(name) or name)


def _spelling(group: Sequence[Sighting]) -> str:
    """Return the spelling to look up: the commonest, and not in capitals when another is there."""
    counted = Counter(s.text for s in group)
    return max(counted, key=lambda name: (not name.isupper(), counted[name], name))


def _unit_of(sighting: Sighting, text: str) -> Precision | None:
    """Return what the words beside a name say it is."""
    behind = words.UNIT_BEHIND.match(text, sighting.end)
    before = words.UNIT_BEFORE.search(text[max(0, sighting.start - 60) : sighting.start])
    for match in (behind, before):
        if match is not None:
            return next((unit for name, unit in words.PRECISION_OF.items() if match[name]), None)
    return None


def _origin(start: int, passages: Sequence[Passage]) -> Origin:
    for passage in passages:
        dateline = passage.block.dateline
        if dateline is not None and any(a <= start < b for a, b in dateline.places):
            return Origin.DATELINE
    return Origin.PLACE
