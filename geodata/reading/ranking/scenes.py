"""Made-up reports with real place names, to train on: free text whose places are known.

What a report names follows how reports are: a few towns around one of them, their province, country and capital,
the world's capitals, now and then a place from elsewhere. Larger places are named more often. Some of the villages
are taken to be missing in the gazetteer, since most of the world's are: then no place is the right answer.
"""

from __future__ import annotations

import math
import random
import re
import unicodedata
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer import demonyms, fold
from geodata.gazetteer.priors import CONFLICT_COUNTRIES
from geodata.reading.ranking import templates
from geodata.reading.sighting import Origin, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geodata.event import Place
    from geodata.gazetteer import Gazetteer

_SLOT = re.compile(r"\{(\w+)\}")
_REACH_KM = 130.0  # a report's towns lie this far around the first
_AROUND = 400
_VILLAGE, _TOWN = 6_000, 40_000
# How often a place of that size is missing in the gazetteer though a report names it.
_MISSING_VILLAGE, _MISSING_TOWN = 0.45, 0.04
# News in English are of wars and of the countries that speak it.
_CONFLICT_BONUS, _ENGLISH_BONUS = 3.0, 4.0
_ENGLISH = frozenset(("US", "GB", "CA", "AU"))
_ALL = 400_000
_WORLD_RANK = 6  # capitals, cities of a million, seas
_WORLD_CITY, _SAME_AGAIN, _BARE_PROVINCE, _IN_CAPITALS = 0.45, 0.3, 0.3, 0.8
_NAMED_WITH_UNIT = 0.6
_KINDS = ((0.35, "local"), (0.6, "national"), (0.75, "abroad"), (0.87, "parent"), (1.0, "lone"))
_LONE_TOWN, _LONE_PROVINCE = 0.6, 0.8
_PLAINLY_WRITTEN = 0.5
_NAMESAKE, _NAMESAKE_INSIDE, _DRAWS = 0.12, 0.5, 12


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a made-up report; `missing` when the gazetteer is to be without it."""

    sighting: Sighting
    place: Place
    missing: bool


@dataclass(slots=True)
class Report:
    """A made-up report."""

    text: str = ""
    names: list[Named] = field(default_factory=list)
    home: str = ""


class _Bag:
    """Places to draw from, by weight."""

    def __init__(self, places: Sequence[Place], power: float) -> None:
        self.places = places
        self.sums = list(accumulate(max(place.population, 50) ** power for place in places))

    def draw(self, rng: random.Random) -> Place:
        return self.places[min(bisect(self.sums, rng.random() * self.sums[-1]), len(self.places) - 1)]


class World:
    """The gazetteer, sorted for drawing."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        towns: dict[str, list[Place]] = defaultdict(list)
        self.countries: dict[str, Place] = {}
        self.seats: dict[str, Place] = {}
        self.provinces: dict[str, Place] = {}
        districts: dict[str, list[Place]] = defaultdict(list)
        everything = sorted(gazetteer.labels(0, limit=_ALL), key=lambda place: place.id)
        for place in everything:
            if place.kind == "country":
                self.countries[place.country] = place
            elif place.kind == "capital" and place.population > self._people(place.country):
                self.seats[place.country] = place
            elif place.kind == "province" and place.admin1:
                self.provinces[place.admin1] = place
            elif place.kind == "district":
                districts[place.admin1].append(place)
            if place.precision in (Precision.SETTLEMENT, Precision.SITE) and place.country:
                towns[place.country].append(place)
        codes = [code for code in sorted(towns) if code in self.countries and code in self.seats]
        self.codes = codes
        self.code_sums = list(
            accumulate(
                math.sqrt(self.countries[code].population + 1)
                * (_CONFLICT_BONUS if code in CONFLICT_COUNTRIES else _ENGLISH_BONUS if code in _ENGLISH else 1.0)
                for code in codes
            )
        )
        self.districts = {admin1: _Bag(found, 0.5) for admin1, found in districts.items()}
        units: dict[str, list[Place]] = defaultdict(list)
        for unit in self.provinces.values():
            units[unit.country].append(unit)
        self.units = {code: _Bag(found, 0.5) for code, found in units.items()}
        self.towns = {code: _Bag(towns[code], 0.5) for code in codes}
        self.famous = {code: _Bag(towns[code], 0.8) for code in codes}
        self.world_countries = _Bag(list(self.countries.values()), 0.5)
        self.world_cities = _Bag([p for p in gazetteer.labels(_WORLD_RANK, limit=_ALL) if p.population], 0.6)
        self.nations: Mapping[str, list[str]] = _nations()

    def _people(self, country: str) -> int:
        seat = self.seats.get(country)
        return seat.population if seat else -1

    def country(self, rng: random.Random) -> str:
        """Draw a country that news are about."""
        return self.codes[min(bisect(self.code_sums, rng.random() * self.code_sums[-1]), len(self.codes) - 1)]

    def around(self, place: Place) -> list[Place]:
        """Return the towns around one, in its country."""
        near = self.gazetteer.nearest(place.lat, place.lon, radius_km=_REACH_KM, limit=_AROUND)
        return [other for _, other in near if other.country == place.country] or [place]


def _nations() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word, country in sorted(demonyms().items()):
        if not word.endswith("s") or word.endswith("ss"):
            found[country].append(word)
    return found


class _Scene:
    """Draws the names of one report and writes it."""

    def __init__(self, world: World, rng: random.Random) -> None:
        self.world, self.rng = world, rng
        self.code = world.country(rng)
        self.center = world.towns[self.code].draw(rng)
        near = world.around(self.center)
        self.town_bag = _Bag(near, 0.5)
        self.wide = False
        self.villages = [p for p in near if p.population < _VILLAGE] or near
        self.missing: dict[str, bool] = {}
        self.used: list[Place] = []
        self.report = Report()

    def write(self, sentence: str) -> None:
        """Add a sentence."""
        end = 0
        for slot in _SLOT.finditer(sentence):
            self.report.text += sentence[end : slot.start()]
            self._fill(slot[1])
            end = slot.end()
        self.report.text += sentence[end:]

    def _put(self, place: Place, name: str = "", *, origin: Origin = Origin.PLACE) -> None:
        name = name or self._written(place.name)
        start = len(self.report.text)
        self.report.text += name
        if place.id not in self.missing:
            risk = _MISSING_VILLAGE if place.population < _VILLAGE else _MISSING_TOWN
            small = place.precision is Precision.SETTLEMENT and place.population < _TOWN
            self.missing[place.id] = small and self.rng.random() < risk
        sighting = Sighting(start, start + len(name), name, origin)
        self.report.names.append(Named(sighting, place, self.missing[place.id]))

    def _written(self, name: str) -> str:
        """Write a name as newspapers do: often without its accents and apostrophes."""
        if name.isascii() or self.rng.random() > _PLAINLY_WRITTEN:
            return name
        bare = unicodedata.normalize("NFKD", name)
        return "".join(c for c in bare if not unicodedata.combining(c) and c not in "‘’ʻʼ`")

    def _fill(self, slot: str) -> None:
        match slot:
            case "province" | "bare":
                self._province(bare=slot == "bare")
            case "far" | "inside":
                self._with_parent(inside=slot == "inside")
            case "dateline":
                self._dateline()
            case "nation":
                self.report.text += self.rng.choice(self.world.nations.get(self.code) or ["Foreign"])
            case "date":
                self.report.text += self.rng.choice(templates.DATES)
            case _:
                self._put(self._draw(slot))

    def _draw(self, slot: str) -> Place:
        world = self.world
        match slot:
            case "town":
                return self._next_town()
            case "village":
                return self.rng.choice(self.villages)
            case "country":
                return world.countries[self.code]
            case "seat":
                return world.seats[self.code]
            case "world":
                in_city = self.rng.random() < _WORLD_CITY
                return (world.world_cities if in_city else world.world_countries).draw(self.rng)
            case "district":
                districts = world.districts.get(self.center.admin1)
                return districts.draw(self.rng) if districts else self.center
            case _:
                return self._anything()

    def _next_town(self) -> Place:
        bag = self.world.towns[self.code] if self.wide else self.town_bag
        again = self.used and self.rng.random() < _SAME_AGAIN
        town = self.used[0] if again else self._town(bag)
        if self.used and town is self.used[-1]:
            town = bag.draw(self.rng)
        self.used.append(town)
        return town

    def _dateline(self) -> None:
        place = self._next_town() if self.rng.random() < _WORLD_CITY else self.world.seats[self.code]
        name = place.name.upper() if self.rng.random() < _IN_CAPITALS else place.name
        self._put(place, name, origin=Origin.DATELINE)

    def _town(self, bag: _Bag) -> Place:
        return self._namesake(bag) if self.rng.random() < _NAMESAKE else bag.draw(self.rng)

    def _namesake(self, bag: _Bag) -> Place:
        """Draw a town whose name stands for a better known place as a rule: London in Ontario."""
        town = bag.draw(self.rng)
        for _ in range(_DRAWS):
            known = self.world.gazetteer.search(town.name, limit=1)
            if known and known[0].place.country != town.country:
                break
            town = bag.draw(self.rng)
        return town

    def _anything(self) -> Place:
        rng, world = self.rng, self.world
        code, roll = world.country(rng), rng.random()
        if roll < _LONE_TOWN:
            return world.famous[code].draw(rng)
        if roll < _LONE_PROVINCE and code in world.units:
            return world.units[code].draw(rng)
        return world.countries[code]

    def _province(self, *, bare: bool) -> None:
        rng, world = self.rng, self.world
        unit = world.provinces.get(self.center.admin1)
        if self.wide and self.code in world.units:
            unit = world.units[self.code].draw(rng)
        if unit is None:
            self._put(world.countries[self.code])
            return
        self._put(unit)
        # a name that its town bears too means the town, when nothing says otherwise
        shared = any(fold(p.name) == fold(unit.name) and p.admin1 == unit.admin1 for p in world.towns[self.code].places)
        named = unit.name.lower().endswith(("province", "state", "oblast", "region", "governorate", "county"))
        if not named and (shared or (not bare and self.code not in _ENGLISH)):
            self.report.text += rng.choice((" province", " province", " region", " state"))

    def _with_parent(self, *, inside: bool) -> None:
        rng, world = self.rng, self.world
        code = self.code if inside else world.country(rng)
        town = self._namesake(world.towns[code]) if rng.random() < _NAMESAKE_INSIDE else world.towns[code].draw(rng)
        self._put(town)
        unit = world.provinces.get(town.admin1)
        parent = unit if unit is not None and inside and rng.random() < _NAMED_WITH_UNIT else world.countries[code]
        self.report.text += ", "
        self._put(parent)


def reports(world: World, *, seed: int, count: int) -> Iterator[Report]:
    """Yield made-up reports, the same ones for the same gazetteer and seed.

    Parameters
    ----------
    world
        Whose places to name.
    seed
        Of the random numbers.
    count
        How many.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(count):
        yield _report(_Scene(world, rng), rng)


def _report(scene: _Scene, rng: random.Random) -> Report:
    roll = rng.random()
    kind = next(kind for limit, kind in _KINDS if roll < limit)
    if kind == "lone":
        scene.write(rng.choice(templates.LONE))
        return scene.report
    if rng.random() < 0.5:  # noqa: PLR2004 - as often as not
        scene.write(rng.choice(templates.DATELINES))
    elif rng.random() < _BARE_PROVINCE:
        scene.report.home = f"{scene.world.seats[scene.code].name}, {scene.world.countries[scene.code].name}"
    sentences: list[str] = []
    if kind in ("local", "national"):
        scene.wide = kind == "national"
        sentences += rng.sample(templates.LOCAL, rng.randint(2, 6))
        sentences += rng.sample(templates.NATIONAL, rng.randint(0, 2))
        sentences += rng.sample(templates.ABROAD, rng.choice((0, 0, 1, 2)))
    elif kind == "abroad":
        sentences += rng.sample(templates.ABROAD, rng.randint(2, 5))
        sentences += rng.sample(templates.NATIONAL, rng.randint(0, 2))
    else:
        sentences += rng.sample(templates.WITH_PARENT, rng.randint(1, 2))
        sentences += rng.sample(templates.LOCAL, rng.randint(0, 2))
    if rng.random() < _BARE_PROVINCE:
        sentences.append(rng.choice(templates.NOISE))
    rng.shuffle(sentences)
    for n, sentence in enumerate(sentences):
        scene.report.text += (" " if n % 3 else "\n\n") if n else ""
        scene.write(sentence)
    return scene.report
