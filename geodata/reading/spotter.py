"""Where place names may stand in a text: what the model names, and what the gazetteer finds.

A sighting is a guess. Which guesses are mentions is decided over the whole article, in `selection.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.event import ActorKind
from geodata.gazetteer import demonyms
from geodata.reading import place_words as words
from geodata.reading.candidates import trimmed
from geodata.reading.field import Field, split_at
from geodata.reading.fragments import without_fragments
from geodata.reading.matcher import is_whole
from geodata.reading.selection import gone_to
from geodata.reading.sighting import Origin, Sighting, Sightings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geodata.reading.candidates import CandidateFinder
    from geodata.reading.matcher import NameMatcher
    from geodata.reading.passages import Passage

    Entity = tuple[int, int, str]

# Another word of a longer name: "Sir Mallow", "Mallow Smith"; but "Mallow Garda Station" stands there.
_NAME_BEFORE = re.compile(r"([A-Z][\w'’.-]*)\s$")
_NAME_BEHIND = re.compile(r"\s((?:[A-Z][\w'’-]*\s?)+)")
_LOOK = 30

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
# Entities that may be places under another label. Numbers, dates and times are none.
# In the names of these a place stands for itself: "Mali's army", "the U.N. mission in Iraq". Not so in those of
# armed groups: "Islamic State in Iraq" is no place.
_OF_A_PLACE = frozenset({ActorKind.GOVERNMENT, ActorKind.STATE_FORCES, ActorKind.INTERNATIONAL})
_AT_HOME = frozenset({ActorKind.REBEL_GROUP, ActorKind.MILITIA})
NAME_LABELS = frozenset({"ORG", "PERSON", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "NORP"})


class Spotter:
    """Finds sightings.

    Parameters
    ----------
    matcher
        All names of the gazetteer.
    finder
        Says whether the gazetteer knows a name.
    """

    def __init__(self, matcher: NameMatcher, finder: CandidateFinder) -> None:
        self.matcher = matcher
        self.finder = finder

    def spot(self, passages: Sequence[Passage], text: str) -> Sightings:
        """Return all sightings of an article, in order, not overlapping."""
        found: list[Sighting] = []
        person_words: set[str] = set()
        surnames: set[str] = set()
        for passage in passages:
            found += self._in_passage(passage, text, person_words)
            surnames.update(self._surnames(passage))
        found += self._again(found, passages, text)
        fought_in = Counter(code for passage in passages for code in self._fought_in(passage))
        return Sightings(sorted(found, key=lambda s: s.start), person_words, surnames, fought_in)

    def _in_passage(self, passage: Passage, text: str, person_words: set[str]) -> list[Sighting]:
        body = passage.text
        hits = [hit for hit in self.matcher.find(body) if body[hit.start : hit.end] not in demonyms()]
        field = Field(body, hits, self.finder)
        entities = [(e.start_char, e.end_char, e.label_) for e in passage.doc.ents]
        self._close_actors(passage, field, person_words)
        person_words.update(self._persons(body, entities))
        field.called(with_article=True)
        for start, end, label in entities:
            if label in PLACE_LABELS:
                field.place_entity(start, end, label)
        field.called()
        field.kinds()
        field.units()
        field.homes()
        field.abbreviations()
        field.before_parents()
        for start, end, label in entities:
            if label in NAME_LABELS:
                field.other_entity(start, end, label)
        field.rest()
        field.whereabouts()
        field.abbreviations()
        found = [sighting.moved(passage.offset) for sighting in without_fragments(body, field.found)]
        if passage.block.dateline is not None:
            for start, end in passage.block.dateline.places:
                found += self._in_dateline(start, end, text)
        return found

    def _again(self, found: Sequence[Sighting], passages: Sequence[Passage], text: str) -> Iterator[Sighting]:
        """Yield where names stand once more that are in no list and that the text has shown to be places elsewhere."""
        shown = {
            s.text for s in found if s.origin is Origin.PLACE and s.known and s.population < 0 and gone_to(s, text)
        }
        taken = {at for s in found for at in range(s.start, s.end)}
        for name in sorted(shown - {s.text for s in found if s.population >= 0}):
            for passage in passages:
                body = passage.text
                for match in re.finditer(re.escape(name), body):
                    start, end = match.start() + passage.offset, match.end() + passage.offset
                    before = _NAME_BEFORE.search(body[: match.start()][-_LOOK:])
                    apart = before is None or before[1].lower() in words.LOCATIVE
                    whole = is_whole(body, *match.span()) and apart
                    following = _NAME_BEHIND.match(body, match.end())
                    alone = following is None or set(following[1].lower().split()) & words.LOCAL_BODIES
                    if whole and alone and taken.isdisjoint(range(start, end)):
                        yield Sighting(start, end, name, Origin.PLACE, "GPE")

    def _close_actors(self, passage: Passage, field: Field, person_words: set[str]) -> None:
        """Keep listed actors from being read as places."""
        for named in {id(n): n for n in passage.named.values()}.values():
            if named.actor.person:
                person_words.update(_person_words(field.body[named.start : named.end]))
            # "Kurdistan Region" is a government and a place: its whole name is in the gazetteer
            is_place = any(hit.start <= named.start and named.end <= hit.end for hit in field.hits)
            if named.actor.person or not is_place:
                keep = named.actor.kind in _OF_A_PLACE
                field.close_name(named.start, named.end, keep_places=keep)

    def _persons(self, body: str, entities: Sequence[Entity]) -> Iterator[str]:
        """Yield the words of persons' names."""
        for start, end, label in entities:
            if label == "PERSON" and " " in body[start:end].strip() and not self.finder.known(body[start:end]):
                yield from _person_words(body[start:end])
        for (start, end, label), (next_start, next_end, following) in pairwise(entities):
            # "Georgia" GPE + "Stevens" PERSON is one name, split
            surname = body[next_start:next_end]
            if label in PLACE_LABELS and following == "PERSON" and next_start == end + 1 and " " not in surname:
                yield body[start:end]
                yield surname

    def _surnames(self, passage: Passage) -> Iterator[str]:
        """Yield the last words of persons' names, and whole names of one word."""
        for ent in passage.doc.ents:
            if ent.label_ == "PERSON" and not self.finder.known(ent.text):
                yield trimmed(ent.text).split()[-1]
        for named in passage.named.values():
            if named.actor.person:
                yield passage.text[named.start : named.end].split()[-1]

    def _fought_in(self, passage: Passage) -> Iterator[str]:
        """Yield the country of each armed group named that a country's people do not name: such groups fight at home."""
        for named in {id(n): n for n in passage.named.values()}.values():
            words_of_name = passage.text[named.start : named.end].split()
            if named.actor.kind in _AT_HOME and named.actor.country and demonyms().keys().isdisjoint(words_of_name):
                yield named.actor.country

    def _in_dateline(self, start: int, end: int, text: str) -> Iterator[Sighting]:
        whole = text[start:end]
        pieces = (
            [(start, end)]
            if self.finder.known(whole)
            else [(start + a, start + b) for a, b in split_at(whole, words.PART_JOINT)]
        )
        for a, b in pieces:
            known = bool(self.finder.find(text[a:b]))
            if known:
                yield Sighting(a, b, text[a:b], Origin.DATELINE, "GPE", known)


def _person_words(name: str) -> Iterator[str]:
    for word in trimmed(name).split():
        if len(word) > 2 and word.lower() not in words.NAME_PARTS and word[0].isupper():  # noqa: PLR2004 - initials
            yield word
    last = trimmed(name).split()[-1]
    if "-" in last:
        yield last
