"""What is told of the surroundings of a place, and not of the place itself: "near Kirkuk", "40 km south of Kirkuk".

A dot on Kirkuk with the five kilometres of a town would say more than the report does. What lies near a place, or in
some direction from it, is known to within 25 km of it; where the report gives a distance and a direction, to within
25 km of that point. The countryside of a town that its province is called after is the province, as in Syria and
Iraq, where "rural Hama" means the governorate around the town.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.event import Precision
from geodata.gazetteer.entries import EARTH_RADIUS_KM

if TYPE_CHECKING:
    from geodata.event import Mention, Place
    from geodata.gazetteer import Gazetteer

# Joins the id of a place and what of its surroundings is meant: "gn:94787~around", "gn:94787~40s".
MARK = "~"

_SIDE = r"(?:north|south)(?:[- ]?(?:east|west))?|east|west"
_IN_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
             "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}  # fmt: skip
_FAR = rf"(?P<number>\d{{1,3}}(?:\.\d+)?|{'|'.join(_IN_WORDS)})[- ]?(?P<unit>km|kilomet(?:er|re)s?|miles?|mi)(?:\s*\([^()]{{1,25}}\))?\s+(?:away\s+)?"
_TOWN_BEFORE = r"(?:the\s+)?(?:(?:provincial\s+)?(?:city|town|village|capital|camp|base)s?\s+(?:of\s+)?)?"
_BEFORE = re.compile(
    rf"\b(?:(?:{_FAR})?(?:(?:to the\s+)?(?P<side>{_SIDE})(?:ern)?\s+(?:of|from)|(?(number)(?:from|of|outside)|"
    r"(?:near|outside|around|close to|not far from|towards?|in the direction of)))"
    rf"|(?:(?:{_SIDE})(?:ern)?\s+)?(?P<land>countryside|desert|mountains|hills|plains?|steppe|rural areas?)\s+(?:of|in|around)"
    r"|(?:outskirts|vicinity|surroundings|environs|suburbs|approaches|areas?)\s+(?:of|around)"
    rf"|(?P<rural>rural))\s+{_TOWN_BEFORE}$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:\s+(?:city|town))?(?:['’]s)?(?:\s+and\s+its)?\s+"
    rf"(?:(?:{_SIDE})(?:ern)?[- ])?"
    r"(?:(?P<land>countryside|desert|mountains|hills|valley|plains?|steppe|hinterland)|outskirts|surroundings|environs|suburbs|vicinity|area)\b",
    re.IGNORECASE,
)
# "Northern Syria", "the north of Syria": all that is known is the country, and the words say in which part.
_PART = re.compile(
    rf"\b(?:(?:(?:far|mid)[- ])?(?:(?:{_SIDE})(?:ern)?|central)|(?:the\s+)?(?:far\s+)?(?:{_SIDE}|centre|center)\s+of)\s+$",
    re.IGNORECASE,
)
_LOOK = 90  # characters before a name
_KM_OF_MILE = 1.609344
_BEARINGS = {"north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
             "west": 270.0, "northwest": 315.0}  # fmt: skip
# "South" may be anything up to 22.5 degrees beside it: at 60 km that is 23 km to the side.
_FURTHEST_KM = 60.0
_WITHIN_A_SIDE = (-20.0, 0.0, 20.0)  # degrees
_DECIMALS = 2  # of a point that is known to within 25 km
_SAME_NAME = 0.95  # quality of a match; "Dara" for "Daraa" has .98
_FEW = 4
_WIDER = {Precision.SITE: Precision.SETTLEMENT, Precision.SETTLEMENT: Precision.DISTRICT}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The surroundings of a place; `start` and `end` are the characters of the words that say so, the name among them.

    `place` is the gazetteer's province or country, or a place of our own whose `id` is that of the named place with
    `MARK` and what is meant; its `lat`, `lon` (decimal degrees, WGS 84) have two decimals where they are reckoned.
    """

    place: Place
    start: int
    end: int


def surroundings_of(mention: Mention, text: str, gazetteer: Gazetteer) -> Surroundings | None:
    """Return what of the surroundings of a named place is meant, or None where it is the place itself.

    Parameters
    ----------
    mention
        A place name of the text.
    text
        The text that it stands in.
    gazetteer
        Where provinces and countries are looked up.
    """
    place = mention.place
    if place is None or text[mention.start : mention.end] != mention.text:
        return None
    begin = max(0, mention.start - _LOOK)
    if place.precision.is_area:
        part = _PART.search(text[begin : mention.start])
        return Surroundings(place, begin + part.start(), mention.end) if part is not None else None
    if place.precision not in _WIDER:
        return None
    before = _BEFORE.search(text[begin : mention.start])
    behind = _BEHIND.match(text, mention.end)
    if before is None and behind is None:
        return None
    start = begin + before.start() if before is not None else mention.start
    end = behind.end() if behind is not None else mention.end
    return Surroundings(_meant(mention.text, place, before, behind, gazetteer), start, end)


def root_of(place: Place) -> str:
    """Return the id of a place, or of the one whose surroundings it is."""
    return place.id.partition(MARK)[0]


def _meant(
    name: str, place: Place, before: re.Match[str] | None, behind: re.Match[str] | None, gazetteer: Gazetteer
) -> Place:
    rural = (before is not None and (before["land"] or before["rural"])) or (behind is not None and behind["land"])
    province = _countryside_of(name, place, gazetteer) if rural else None
    if province is not None:
        return province
    if before is not None and before["number"]:
        return _at_distance(place, before, gazetteer)
    return _around(place)


def _countryside_of(name: str, town: Place, gazetteer: Gazetteer) -> Place | None:
    """Return the province that is called after a town, or whose countryside is."""
    own = f"iso:{town.admin1}"
    called_after = f"{name} countryside"
    for called in (called_after, name, town.name):
        found = [c.place for c in gazetteer.search(called, country=town.country, limit=_FEW) if c.quality >= _SAME_NAME]
        provinces = [one for one in found if one.precision is Precision.PROVINCE]
        if provinces and (called == called_after or provinces[0].id == own):
            return provinces[0]
    return None


def _at_distance(place: Place, before: re.Match[str], gazetteer: Gazetteer) -> Place:
    """Return the point so far from a place; further than a compass direction tells, the area that surely holds it."""
    number = before["number"].lower()
    km = float(_IN_WORDS.get(number) or number) * (_KM_OF_MILE if before["unit"].lower().startswith("mi") else 1.0)
    side = re.sub(r"[- ]", "", (before["side"] or "").lower())
    near = Precision.DISTRICT.radius_km or 0.0
    if km > _FURTHEST_KM or (km > near and not side):
        return _area_at(place, km, side, gazetteer)
    if not side:
        return _around(place)
    lat, lon = _moved(place.lat, place.lon, km, _BEARINGS[side])
    there = _nearest(lat, lon, gazetteer) or place
    return replace(
        place,
        id=f"{place.id}{MARK}{km:.0f}{side}",
        name=f"area {km:.0f} km {side} of {place.name}",
        lat=round(lat, _DECIMALS),
        lon=round(lon, _DECIMALS),
        country=there.country,
        admin1=there.admin1,
        precision=Precision.DISTRICT,
        population=0,
    )


def _around(place: Place) -> Place:
    return replace(
        place,
        id=f"{place.id}{MARK}around",
        name=f"{place.name} area",
        precision=_WIDER[place.precision],
        population=0,
    )


def _area_at(place: Place, km: float, side: str, gazetteer: Gazetteer) -> Place:
    """Return the province that lies so far off in all of a direction, or all around, else the country."""
    bearings = [_BEARINGS[side] + turn for turn in _WITHIN_A_SIDE] if side else list(_BEARINGS.values())
    points = [_moved(place.lat, place.lon, km, bearing) for bearing in bearings]
    towns = [_nearest(lat, lon, gazetteer) for lat, lon in points]
    provinces = {town.admin1 if town is not None else "" for town in towns}
    area = gazetteer.get(f"iso:{provinces.pop()}") if len(provinces) == 1 else None
    return area or gazetteer.get(f"iso:{place.country}") or _around(place)


def _nearest(lat: float, lon: float, gazetteer: Gazetteer) -> Place | None:
    near = gazetteer.nearest(lat, lon, radius_km=_FURTHEST_KM, limit=1)
    return near[0][1] if near else None


def _moved(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """Return the latitude and longitude so many kilometres from a point, along a great circle, as on a sphere."""
    north, angle, turn = math.radians(lat), km / EARTH_RADIUS_KM, math.radians(bearing)
    there = math.asin(math.sin(north) * math.cos(angle) + math.cos(north) * math.sin(angle) * math.cos(turn))
    east = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(north), math.cos(angle) - math.sin(north) * math.sin(there)
    )
    return math.degrees(there), (lon + math.degrees(east) + 180.0) % 360.0 - 180.0
