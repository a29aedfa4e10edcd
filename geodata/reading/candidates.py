"""From a name in a text to the places it may stand for, ready for ranking."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from geodata.event import Precision
from geodata.gazetteer import demonyms
from geodata.gazetteer.lookup import Candidate
from geodata.reading import place_words as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from geodata.event import Place
    from geodata.gazetteer import Gazetteer

    Floats = npt.NDArray[np.float64]

MOST_CANDIDATES = 30
CACHED_NAMES = 20_000
# Reached by taking a word off ("northern Iraq" -> "Iraq"), a match says a little less.
_WORD_TAKEN_OFF = 0.05
# Matches this bad are other names as a rule ("Mexico" for "Mexico City"); they count only where nothing better is there.
_FAR_QUALITY = 0.67
# ... and a spelling of one more letter only where none is without: "Tirah" is no Tehran, though that was once "Teera".
_SURE_QUALITY, _CLEARLY = 0.9, 0.01


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What an abbreviation stands for; `alone` when it does so without a town before it."""

    place_id: str
    alone: bool


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """The places a name may stand for.

    `points` are unit vectors (n, 3); `prior`, `quality` have shape (n,).
    """

    name: str
    candidates: tuple[Candidate, ...]
    points: Floats
    prior: Floats
    quality: Floats

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.candidates)

    @property
    def first(self) -> Candidate:
        """The best of them when nothing else is known."""
        return self.candidates[0]


@cache
def abbreviations() -> Mapping[str, tuple[Abbreviation, ...]]:
    """Load what abbreviations stand for."""
    table: dict[str, list[Abbreviation]] = {}
    text = files("geodata.reading").joinpath("data/abbreviations.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        table.setdefault(row["abbreviation"], []).append(Abbreviation(row["place"], row["alone"] == "yes"))
    return {short: tuple(found) for short, found in table.items()}


def unit_vectors(lats: list[float], lons: list[float]) -> Floats:
    """Return points on the unit sphere, shape (n, 3), from decimal degrees."""
    lat, lon = np.radians(np.asarray(lats, dtype=float)), np.radians(np.asarray(lons, dtype=float))
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


class CandidateFinder:
    """Looks names up in the gazetteer, forgivingly, and keeps what it found."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.find = lru_cache(maxsize=CACHED_NAMES)(self._find)

    def known(self, name: str) -> bool:
        """Whether the gazetteer has this very name (spelling variants included), nothing taken off."""
        return name in abbreviations() or bool(self._search(name))

    def _find(self, name: str, unit: Precision | None = None) -> CandidateSet:
        """Return the candidates of a name as it stands in a text.

        Parameters
        ----------
        name
            The name, perhaps with "the", a unit or a direction.
        unit
            What the text says it is: "province", ...; prefers such places.
        """
        found: list[Candidate] = []
        for short in abbreviations().get(name, ()):
            place = self.gazetteer.get(short.place_id)
            if place is not None:
                found.append(Candidate(place, name, 1.0 if short.alone else 0.9, 0.9))
        if not found:
            for loss, variant in enumerate(_variants(name)):
                found = [
                    Candidate(c.place, c.matched, c.quality - _WORD_TAKEN_OFF * min(loss, 2), c.prior)
                    for c in self._search(variant)
                ]
                if found:
                    break
        if unit is not None and found:
            fitting = [c for c in found if level(c.place) is unit]
            found = fitting + [c for c in found if level(c.place) is not unit]
        found = found[:MOST_CANDIDATES]
        return CandidateSet(
            name=name,
            candidates=tuple(found),
            points=unit_vectors([c.place.lat for c in found], [c.place.lon for c in found]),
            prior=np.array([c.prior for c in found]),
            quality=np.array([c.quality for c in found]),
        )

    def _search(self, name: str) -> list[Candidate]:
        if name in demonyms():
            return []
        found = self.gazetteer.search(name, limit=MOST_CANDIDATES)
        best = max((candidate.quality for candidate in found), default=0.0)
        least = _FAR_QUALITY + _CLEARLY if best >= _SURE_QUALITY else _FAR_QUALITY
        good = [candidate for candidate in found if candidate.quality >= least]
        return good or found


def _variants(name: str) -> list[str]:
    """Return the name, then what is left when articles, units and directions are taken off."""
    variants = [name]
    bare = trimmed(name)
    for variant in (
        bare,
        words.LEADING_UNIT.sub("", bare),
        words.TRIMMED_UNIT.sub("", bare),
        words.DIRECTION.sub("", bare),
        words.DIRECTION.sub("", words.TRIMMED_UNIT.sub("", bare)),
    ):
        if variant and variant not in variants and not words.BARE_DIRECTION.fullmatch(variant):
            variants.append(variant)
    return variants


def trimmed(name: str) -> str:
    """Return a name without a leading "the" and a trailing "'s"."""
    return words.POSSESSIVE.sub("", words.ARTICLE.sub("", name)).strip(' ,.;:"“”()[]') or name


def level(place: Place) -> Precision:
    """Return what a place is, however little is known of where: a wide district, drawn as its province, is a district."""
    return Precision.DISTRICT if place.kind == "district" else place.precision
