"""What is seen of a place name before it is known to be one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum


class Origin(IntEnum):
    """What speaks for a place, best first."""

    DATELINE = 0
    PLACE = 1  # the model says place
    NESTED = 2  # part of the name of something that stands there
    PART = 3  # part of the name of a body that acts for the place
    OTHER = 4  # a name, says the model, but of no place
    LIST = 5  # the gazetteer alone


@dataclass(frozen=True, slots=True)
class Sighting:
    """A span that may be a place name: characters `start` to `end` of the article's text."""

    start: int
    end: int
    text: str
    origin: Origin
    label: str = ""
    known: bool = True
    population: int = 0

    def moved(self, by: int) -> Sighting:
        """Return the same sighting, `by` characters further on."""
        return Sighting(self.start + by, self.end + by, self.text, self.origin, self.label, self.known, self.population)


@dataclass(slots=True)
class Sightings:
    """What was seen in one article."""

    found: list[Sighting]
    person_words: set[str]
    surnames: set[str] = field(default_factory=set)
    fought_in: Counter[str] = field(
        default_factory=Counter
    )  # countries (ISO 3166-1) of the armed groups that are named
