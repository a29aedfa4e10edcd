"""Place names of an article, and the places they stand for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from geodata.event import Mention, Precision
from geodata.reading.candidates import CandidateFinder
from geodata.reading.matcher import NameMatcher
from geodata.reading.metonymy import is_metonymic
from geodata.reading.native_names import native_sightings
from geodata.reading.passages import passage_at
from geodata.reading.place_reasons import reason
from geodata.reading.publisher import publisher_country
from geodata.reading.questions import ask, context_of
from geodata.reading.resolution import formula, resolve
from geodata.reading.rival_places import AreaNames, considered
from geodata.reading.selection import select
from geodata.reading.sighting import Origin, Sighting, Sightings
from geodata.reading.spotter import Spotter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geodata.article import Article
    from geodata.gazetteer import Gazetteer
    from geodata.reading.features import Floats
    from geodata.reading.passages import Passage
    from geodata.regions import Regions


class PlaceReader:
    """Reads place names and resolves them.

    Parameters
    ----------
    gazetteer
        The built gazetteer.
    regions
        Shapes of regions; not needed to read.
    ranker
        Scores candidates; see `geodata.reading.resolution.resolve`.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        regions: Regions | None = None,
        *,
        ranker: Callable[[Floats], Floats] = formula,
    ) -> None:
        self.gazetteer = gazetteer
        self.regions = regions
        self.ranker = ranker
        self.finder = CandidateFinder(gazetteer)
        self.spotter = Spotter(NameMatcher(gazetteer.names()), self.finder)
        self.names = AreaNames(gazetteer)
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
        fought_in: Mapping[str, int] = {}
        if given is None:
            seen = self.spotter.spot(passages, article.text)
            fought_in = seen.fought_in
            sightings = select(seen, article.text, self.finder)
            sightings += native_sightings(article.text, self.finder, sightings)
            sightings.sort(key=lambda s: s.start)
        else:
            sightings = [
                Sighting(start, end, article.text[start:end], _origin(start, passages)) for start, end in given
            ]
        found = time.perf_counter()
        made = self._resolve(sightings, passages, article.text, self._home_of(article), fought_in)
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
        return self._resolve(sorted(sightings, key=lambda s: s.start), (), text, "", {})

    def _home_of(self, article: Article) -> str:
        """Return where an article was written, or else the country that its address belongs to."""
        if article.place:
            return article.place
        country = self.gazetteer.get(f"iso:{publisher_country(article.url)}")
        return country.name if country is not None else ""

    def _resolve(
        self,
        sightings: Sequence[Sighting],
        passages: Sequence[Passage],
        text: str,
        home: str,
        fought_in: Mapping[str, int],
    ) -> list[Mention]:
        asked = ask(sightings, text, self.finder)
        questions = [one.question for one in asked]
        answers = resolve(questions, context_of(asked, text, home, self.finder, fought_in), ranker=self.ranker)
        places = [answer.place for answer in answers if answer.place is not None]
        at = {s.start: answer for one, answer in zip(asked, answers, strict=True) for s in one.members}
        listed = list(passages)
        made: list[Mention] = []
        for one, answer in zip(asked, answers, strict=True):
            why = reason(one.question, answer, places, self.names)
            weighed = considered(one.question, answer, places, self.names)
            place, confidence = answer.place, answer.confidence
            city = at[one.city.start] if place is None and one.city is not None else None
            if city is not None and city.place is not None and city.place.precision is Precision.SETTLEMENT:
                place, confidence = city.place, city.confidence
                why = f"a quarter of {place.name} that is in no list: somewhere in the city"
            made += [
                Mention(
                    start=s.start,
                    end=s.end,
                    text=text[s.start : s.end],
                    place=place,
                    confidence=confidence,
                    metonymic=s.origin is not Origin.DATELINE
                    and (
                        s.origin is Origin.PART
                        or is_metonymic(s.start, s.end, place, passage_at(listed, s.start), text)
                    ),
                    reason=why,
                    considered=weighed,
                )
                for s in one.members
            ]
        return sorted(made, key=lambda m: (m.start, m.end))


def _origin(start: int, passages: Sequence[Passage]) -> Origin:
    for passage in passages:
        dateline = passage.block.dateline
        if dateline is not None and any(a <= start < b for a, b in dateline.places):
            return Origin.DATELINE
    return Origin.PLACE
