"""How likely a place is meant when only its name is known, and from which zoom its label shows.

Newspapers write of a country more than of a town of that name, and of a town more than of the
district around it; within a kind, the number of people says most.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from geodata.event import Place, Precision
from geodata.gazetteer.entries import NameSource
from geodata.gazetteer.normalise import fold, split_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.gazetteer.entries import Entry

# Where armed conflict is reported often enough that small towns make the news, and where their names are
# unlike English words and names. To be kept by hand.
CONFLICT_COUNTRIES = frozenset(
    (
        "AF",
        "AM",
        "AZ",
        "BF",
        "BI",
        "CD",
        "CF",
        "ER",
        "ET",
        "HT",
        "IL",
        "IQ",
        "LB",
        "LY",
        "ML",
        "MM",
        "MZ",
        "NE",
        "NG",
        "PK",
        "PS",
        "SD",
        "SO",
        "SS",
        "SY",
        "TD",
        "UA",
        "XK",
        "YE",
    )
)
_TEN_BILLION = 10.0  # its logarithm: keeps population's share between 0 and 1
_COUNTRY, _CAPITAL, _CURATED, _DISTRICT, _IN_CONFLICT = 0.3, 0.12, 0.12, -0.15, 0.04
_AREA, _NAMED_REGION, _PART_OF_COUNTRY = 0.85, 0.75, 0.6  # no population of their own
# The packages have towns without a number because they are the seats of districts: they are no hamlets.
UNCOUNTED = 10_000
_SEAT_SHARE = 0.08  # a town with this share of its province's people stands for the bare name before the province
_JUST_BEFORE = 0.05

LABEL_RANKS = 8
"""Ranks of labels: 8 countries and oceans, 7 world cities, ... 1 villages; 0 is never labelled."""
_RANK_BY_POPULATION = ((5_000_000, 7), (1_000_000, 6), (300_000, 5), (80_000, 4), (20_000, 3), (3_000, 2), (1, 1))
_ZOOM_BY_RANK = {8: 2, 7: 4, 6: 5, 5: 6, 4: 7, 3: 8, 2: 10, 1: 11, 0: 12}


def set_priors(entries: Iterable[Entry]) -> None:
    """Set `prior` of all entries, about 0 to 1.4, and call seats as their provinces are called."""
    provinces: dict[str, list[Entry]] = defaultdict(list)
    towns: list[Entry] = []
    for entry in entries:
        entry.prior = _prior(entry)
        if entry.kind == "province":
            provinces[entry.admin1].append(entry)
        elif entry.precision is Precision.SETTLEMENT:
            towns.append(entry)
    names = {p.id: {fold(split_unit(name)[0]) for name in p.names} for group in provinces.values() for p in group}
    for town in towns:
        for province in provinces.get(town.admin1, ()):
            if town.population >= _SEAT_SHARE * province.population and fold(town.name) in names[province.id]:
                province.prior = min(province.prior, town.prior - _JUST_BEFORE)
                town.add(province.name, NameSource.CURATED)  # Hama is Hamah's province: as good a name for the town
                _share_names(town, province)


def _share_names(town: Entry, province: Entry) -> None:
    """Trust what both are called as much of the town as of its province: "Oporto" is no worse a name of the town."""
    own = {fold(name) for name in town.names}
    for name, source in province.names.items():
        if fold(name) in own:
            town.add(name, max(source, NameSource.CURATED))


_GREAT = 1_000_000  # people of a city that everybody knows by its name
_FAR_GREATER = 10  # times


def doubt_contested_names(entries: Iterable[Entry]) -> None:
    """Trust an alternate name less where another town of the country, or a curated place, bears it as its main name.

    Otherwise the larger town takes it: GeoNames calls Hong Kong also Victoria, Donetsk also Aleksandrovka, and
    Mombasa also Mambasa, a town of the Congo's Ituri. So is the name of a great city elsewhere: Dili, the capital of
    Timor Leste, is also called Delhi there.
    """
    entries = list(entries)
    curated = {entry.name.casefold() for entry in entries if entry.curated}
    towns = [entry for entry in entries if entry.precision is Precision.SETTLEMENT]
    main = {(town.country, town.name.casefold()) for town in towns}
    great: dict[str, int] = {}
    for town in towns:
        if town.population >= _GREAT:
            great[town.name.casefold()] = max(town.population, great.get(town.name.casefold(), 0))
    for town in towns:
        own = town.name.casefold()
        for name, source in town.names.items():
            if source is not NameSource.ALTERNATE or (key := name.casefold()) == own:
                continue
            far_greater = great.get(key, 0) > _FAR_GREATER * max(town.population, 1)
            if far_greater or (town.country, key) in main or key in curated:
                town.names[name] = NameSource.DOUBTFUL


def is_uncounted(place: Entry | Place) -> bool:
    """Whether a place is a town whose people nobody counted, and no hamlet."""
    return place.kind == "town" and place.population == 0 and place.precision is Precision.SETTLEMENT


def label_rank(*, kind: str, precision: Precision, population: int) -> int:
    """Return how early a label shows: `LABEL_RANKS` first, 0 never (provinces and districts are drawn as areas)."""
    if kind in {"country", "continent", "ocean"}:
        return LABEL_RANKS
    if kind == "sea":
        return LABEL_RANKS - 2
    if kind == "capital":
        return max(LABEL_RANKS - 2, _by_population(population))
    if precision is Precision.SITE:
        return 2
    if precision is not Precision.SETTLEMENT:
        return 0
    return _by_population(population)


def label_zoom(place: Place) -> int:
    """Return the zoom level (web mercator, 256-pixel tiles) from which a place's label shows."""
    return _ZOOM_BY_RANK[label_rank(kind=place.kind, precision=place.precision, population=place.population)]


def _by_population(population: int) -> int:
    return next((rank for least, rank in _RANK_BY_POPULATION if population >= least), 1)


def _prior(entry: Entry) -> float:
    if entry.id.startswith("area:"):
        return _PART_OF_COUNTRY if entry.kind == "region" and entry.country else _AREA
    if entry.id.startswith("region:"):
        return _NAMED_REGION
    people = UNCOUNTED if is_uncounted(entry) else entry.population
    prior = math.log10(max(people, entry.fame) + 10) / _TEN_BILLION
    if entry.precision is Precision.COUNTRY:
        prior += _COUNTRY
    elif (
        entry.precision is Precision.DISTRICT and not entry.curated
    ):  # a wide one has no town of its name to stand behind
        prior += _DISTRICT
    if entry.kind == "capital":
        prior += _CAPITAL
    if entry.curated:
        prior += _CURATED
    if entry.country in CONFLICT_COUNTRIES:
        prior += _IN_CONFLICT
    return prior
