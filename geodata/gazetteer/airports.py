"""Airports and air bases with scheduled or military use, from the package airportsdata (MIT).

Only those with an IATA code: the other twenty thousand are landing strips that no article names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import airportsdata

from geodata.event import Precision
from geodata.gazetteer.cells import cell_of, is_point, windows
from geodata.gazetteer.entries import Entry, NameSource, distance_km
from geodata.gazetteer.normalise import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORDS = re.compile(
    r"\s+(?:(?:International|Intl|Regional|Municipal|Domestic|County|National)\s+)?(?:Airport|Aerodrome)$"
)
_MILITARY = re.compile(r"\b(?:Air Base|Airbase|Air Force Base|AFB|Army Air ?field|Naval Air Station|Air Station)\b")
_PARTS = re.compile(r"\s+/\s+")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_NAME = re.compile(r"[^\W\d_]{4,}")
# A curated base or airport this near that is of this kind is the same one.
_SAME_KM = 6.0
_CURATED_KINDS = frozenset({"airport", "air base"})
# Whose people know it: so many of its city's may pass for its own when its name is weighed.
_OF_ITS_CITY = 20
_CITY_KM = 60.0
_LARGE = 50_000


def add_airports(entries: list[Entry]) -> None:
    """Add the airports to `entries`, which hold the towns and the curated places already."""
    near: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.precision is Precision.SETTLEMENT or entry.kind in _CURATED_KINDS:
            near[cell_of(entry.lat, entry.lon)].append(entry)
    rows = sorted(airportsdata.load("IATA").items())
    served = Counter((row["country"], plain(row["city"])) for _, row in rows if row["city"])
    for code, row in rows:
        lat, lon = float(row["lat"]), float(row["lon"])
        if not is_point(lat, lon) or not row["country"]:
            continue
        around = list(_around(lat, lon, near))
        towns = [e for e in around if e.precision is Precision.SETTLEMENT and e.country == row["country"]]
        city = _city_in(row["name"], row["city"], towns)
        names = list(_names(row["name"], city, alone=served[row["country"], plain(row["city"])] == 1))
        twin = next(
            (e for e in around if e.kind in _CURATED_KINDS and distance_km(lat, lon, e.lat, e.lon) <= _SAME_KM), None
        )
        if twin is not None:
            for name in names:
                twin.add(name, NameSource.CURATED)
            continue
        people = max((t.population for t in towns if plain(t.name) in {plain(city), plain(row["city"])}), default=0)
        nearest = min(towns, key=lambda t: distance_km(lat, lon, t.lat, t.lon), default=None)
        entry = Entry(
            id=f"iata:{code}",
            name=names[0],
            lat=round(lat, 3),
            lon=round(lon, 3),
            country=row["country"],
            admin1=nearest.admin1 if nearest is not None else "",
            precision=Precision.SITE,
            kind="air base" if _MILITARY.search(row["name"]) else "airport",
            fame=people // _OF_ITS_CITY,
        )
        entry.add(entry.name, NameSource.MAIN)
        for name in names[1:]:
            entry.add(name, NameSource.CURATED)
        core = _core(names, city)
        if core and plain(core) not in {plain(town.name) for town in towns}:
            entry.add(core, NameSource.UNIT_CORE)
        entries.append(entry)


def _city_in(name: str, city: str, towns: Iterable[Entry]) -> str:
    """Return the city that an airport's name begins with, which need not be the one it lies in; else the one it is given."""
    if name.startswith(f"{city} "):
        return city
    large = [town for town in towns if town.population >= _LARGE and name.startswith(f"{town.name} ")]
    return max(large, key=lambda town: town.population).name if large else city


def _around(lat: float, lon: float, near: dict[int, list[Entry]]) -> Iterator[Entry]:
    cells = {
        cell_of(a, b)
        for south, west, north, east in windows(lat, lon, _CITY_KM)
        for a in _steps(south, north)
        for b in _steps(west, east)
    }
    for cell in cells:
        yield from near.get(cell, ())


def _steps(low: float, high: float) -> Iterable[float]:
    return (low, (low + high) / 2, high)


def _names(given: str, city: str, *, alone: bool) -> Iterator[str]:
    """Yield how an airport is called: as given, without the city before it, and by the city when it is its only one."""
    whole = _BRACKETS.sub("", given)
    seen: set[str] = set()

    def fresh(name: str) -> bool:
        new = bool(_NAME.search(name)) and name not in seen
        seen.add(name)
        return new

    short = _PARTS.split(whole)[-1]
    first = _PARTS.sub("-", whole) if short != whole else whole
    candidates = [first, short]
    candidates += [
        name[len(city) + 1 :]
        for name in (whole, short)
        if city and name.startswith(f"{city} ") and len(_WORDS.sub("", name)) > len(city)
    ]
    candidates += [_WORDS.sub(" Airport", name) for name in list(candidates)]
    if alone and city and _WORDS.search(whole):
        candidates += (
            [f"{city} Airport", f"{city} International Airport"] if "Internat" in whole else [f"{city} Airport"]
        )
    for name in candidates:
        if fresh(name) and (_WORDS.search(name) or _MILITARY.search(name) or name == first):
            yield name


def _core(names: list[str], city: str) -> str:
    """Return "Heathrow" of "London Heathrow Airport": what is left when the city went is a name of its own."""
    if not city or not names[0].startswith(f"{city} "):
        return ""
    core = _WORDS.sub("", names[0])[len(city) :].strip(" -/")
    return core if _NAME.fullmatch(core) else ""
