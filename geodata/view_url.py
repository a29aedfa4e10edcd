"""A view as the query of a link, and back. Pure; whatever cannot be applied is reported.

Keys, in the order in which they are written::

    v                    version of this scheme, always 1
    from, to             first and last day, ISO 8601, absolute: a link means the same tomorrow
    actor (repeated)     canonical name, or id of a group: group:IQ:state-forces
    role                 source or target; left out for either
    who, whom            canonical names: only what the one does towards the other; both or neither
    type (repeated)      PLOVER type or VOTE, in lower case
    region (repeated)    region id
    q                    words
    source (repeated)    name of a publisher
    precision (repeated) site, settlement, district, province or country
    confidence           least confidence, 0.01 to 1
    deaths               least number of deaths stated
    added                only what was added after this moment, UTC: 2026-11-24T08:00:00Z
    dated (repeated)     how the date is known: named, relative, carried, publication
    shape                a ring drawn on the map, as `geodata.view_shape.encode_shape` writes it
    layer                heat or regions; left out for events
    lat, lon, z          centre and zoom of the map window
    event                id of the selected event
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from geodata.actor_groups import parse_group
from geodata.event import DateBasis, Precision, Problem
from geodata.ontology import EventType
from geodata.view import MAX_ZOOM, E, Layer, Role, View
from geodata.view_shape import decode_shape, encode_shape

if TYPE_CHECKING:
    from geodata.view_shape import Ring

VERSION = 1
KEYS = (
    "v", "from", "to", "actor", "role", "who", "whom", "type", "region", "q", "source", "precision", "confidence",
    "deaths", "added", "dated", "shape", "layer", "lat", "lon", "z", "event",
)  # fmt: skip

_NAMES = {
    "v": "version", "from": "first day", "to": "last day", "role": "role", "q": "search text", "who": "acting side", "whom": "side acted upon",
    "confidence": "least confidence", "deaths": "least number of deaths", "added": "moment of the last visit",
    "shape": "drawn area", "layer": "layer of the map",
    "lat": "latitude", "lon": "longitude", "z": "zoom", "event": "selected event",
}  # fmt: skip
# Servers and browsers cut queries at 8 to 64 kB; nothing longer was made by us.
_MAX_QUERY = 60_000
# Keys that others add to links on the way; they say nothing about the view.
_FOREIGN = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|embed|embed_options|_ga|ref")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
# The words of a link are single ones: "carried over" is "carried" there.
_DATED = {basis.value.partition(" ")[0]: basis for basis in DateBasis}
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,20})?", re.ASCII)
_MOST_PROBLEMS = 20
_SHOWN = 60  # characters of a bad value that a message repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a link may name.

    Parameters
    ----------
    actors
        Canonical names of actors: a container, or a function that tells whether it knows one.
    regions
        Region ids; also countries of groups of actors.
    sources
        Names of publishers; all, when not said.
    """

    actors: Container[str] | Callable[[str], bool]
    regions: Container[str] | Callable[[str], bool]
    sources: Container[str] | Callable[[str], bool] = field(default=lambda _name: True)

    def has_actor(self, name: str) -> bool:
        """Tell whether an actor of this name, or the group with this id, can be looked for."""
        group = parse_group(name)
        if group is not None:
            return not group.country or self.has_region(group.country)
        return _holds(self.actors, name)

    def has_region(self, region_id: str) -> bool:
        """Tell whether there is a region with this id."""
        return _holds(self.regions, region_id)

    def has_source(self, name: str) -> bool:
        """Tell whether there is anything of this publisher."""
        return _holds(self.sources, name)


def _holds(known: Container[str] | Callable[[str], bool], value: str) -> bool:
    # An object that is both (a class of names, say) is asked as a container.
    if isinstance(known, Container):
        return value in known
    return bool(known(value))


def encode_view(view: View) -> str:
    """Write a view as the query of a link, without the question mark.

    Returns
    -------
    str
        ``v=1&from=2017-10-01&...``: only what differs from an empty view, always in the same
        order, so that the same view makes the same link.
    """
    pairs = [("v", str(VERSION)), *_filters(view)]
    if view.layer is not Layer.EVENTS:
        pairs.append(("layer", view.layer.value))
    pairs += [(key, _number(value)) for key, value in (("lat", view.lat), ("lon", view.lon)) if value is not None]
    if view.zoom is not None:
        pairs.append(("z", _number(view.zoom)))
    if view.event:
        pairs.append(("event", view.event))
    return "&".join(f"{key}={_quoted(value)}" for key, value in pairs)


def _filters(view: View) -> list[tuple[str, str]]:
    """Return keys and values of the filters that are set."""
    pairs = [
        ("from", view.date_from.isoformat()[:10] if view.date_from else ""),
        ("to", view.date_to.isoformat()[:10] if view.date_to else ""),
        *(("actor", name) for name in view.actors),
        ("role", view.role.value if view.role is not Role.EITHER else ""),
        *zip(("who", "whom"), view.pair, strict=False),
        *(("type", kind.value.lower()) for kind in view.types),
        *(("region", region_id) for region_id in view.regions),
        ("q", view.text),
        *(("source", name) for name in view.sources),
        *(("precision", precision.value) for precision in view.precisions),
        ("confidence", _number(view.min_confidence) if view.min_confidence else ""),
        ("deaths", str(view.min_fatalities or "")),
        ("added", f"{view.added_after.isoformat()[:19]}Z" if view.added_after else ""),
        *(("dated", word) for word, basis in _DATED.items() if basis in view.date_bases),
        ("shape", encode_shape(view.shape)),
    ]
    return [(key, value) for key, value in pairs if value]


def _quoted(value: str) -> str:
    # A plus sign is the shortest space that every reader of queries understands.
    return quote(value, safe=" :,-._~/").replace(" ", "+")


def _number(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")


def decode_view(query: str | Mapping[str, Sequence[str]], known: Known) -> tuple[View, tuple[Problem, ...]]:
    """Read a view from the query of a link.

    Never raises: a value that cannot be applied is left out and reported.

    Parameters
    ----------
    query
        The query with or without its question mark, or a mapping from key to values (a single
        string counts as one value).
    known
        The actors and regions that can be looked for.

    Returns
    -------
    tuple
        The view, and a problem for everything in the link that it does not hold.
    """
    link = _Link()
    link.take(_pairs(query, link.report))
    link.check_version()
    date_from, date_to = link.date("from"), link.date("to")
    if date_from and date_to and date_from > date_to:
        link.report(f"The period of the link ends on {date_to} before it begins on {date_from}: it was not applied.")
        date_from = date_to = None
    lat, lon = link.number("lat", -90.0, 90.0), link.number("lon", -180.0, 180.0)
    if (lat is None) != (lon is None):
        if not {"lat", "lon"} <= link.values.keys():
            link.report("The link gives only one coordinate of the map's centre: the map was fitted to the events.")
        lat = lon = None
    view = View(
        date_from=date_from,
        date_to=date_to,
        actors=link.several("actor", known.has_actor, "actor"),
        role=link.one_of("role", Role, Role.EITHER),
        pair=link.pair(known),
        types=tuple(EventType(name.upper()) for name in link.several("type", _is_type, "event type")),
        regions=link.several("region", known.has_region, "region"),
        text=link.single("q") or "",
        sources=link.several("source", known.has_source, "source"),
        precisions=tuple(map(Precision, link.several("precision", _is_precision, "precision"))),
        min_confidence=link.number("confidence", 0.0, 1.0),
        min_fatalities=link.count("deaths"),
        added_after=link.moment("added"),
        date_bases=tuple(_DATED[word] for word in link.several("dated", _DATED.__contains__, "way to know a date")),
        shape=link.shape(),
        layer=link.one_of("layer", Layer, Layer.EVENTS),
        lat=lat,
        lon=lon,
        zoom=link.number("z", 0.0, MAX_ZOOM),
        event=link.single("event") or "",
    )
    return view, link.problems


def _pairs(query: str | Mapping[str, Sequence[str]], report: Callable[[str], None]) -> Iterable[tuple[str, str]]:
    if isinstance(query, str):
        if len(query) > _MAX_QUERY:
            report("The link is too long to be read: it opens without filters.")
            return []
        return parse_qsl(query.removeprefix("?"), keep_blank_values=True, errors="replace")
    pairs: list[tuple[str, str]] = []
    for key, values in query.items():
        pairs += [(str(key), str(value)) for value in ([values] if isinstance(values, str) else values)]
    return pairs


def _is_type(name: str) -> bool:
    return name.isascii() and name.upper() in EventType.__members__


def _is_precision(name: str) -> bool:
    return any(name == precision.value for precision in Precision)


def _shown(value: str) -> str:
    clean = "".join(letter if letter.isprintable() else " " for letter in value)
    clean = " ".join(clean.split())
    return f"“{clean[:_SHOWN]}…”" if len(clean) > _SHOWN else f"“{clean}”"


@dataclass(slots=True)
class _Link:
    """The values of a link by key, and what is wrong with them."""

    values: dict[str, list[str]] = field(default_factory=dict)
    messages: dict[str, None] = field(default_factory=dict)  # a set that keeps its order

    def report(self, message: str) -> None:
        self.messages[message] = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        messages = list(self.messages)
        left_out = len(messages) - _MOST_PROBLEMS
        if left_out > 0:
            messages = [*messages[:_MOST_PROBLEMS], f"{left_out} more values of the link were not applied."]
        return tuple(Problem(message) for message in messages)

    def take(self, pairs: Iterable[tuple[str, str]]) -> None:
        seen = set()
        for key, value in pairs:
            if key in KEYS:
                if (key, value) not in seen:
                    seen.add((key, value))
                    self.values.setdefault(key, []).append(value)
            elif not _FOREIGN.fullmatch(key):
                self.report(f"The link sets {_shown(key)}, which is not known here: it was not applied.")

    def check_version(self) -> None:
        value = self.single("v")
        if value in {None, str(VERSION)}:
            return
        if value and value.isascii() and value.isdigit() and value.lstrip("0") and int(value[:9]) > VERSION:
            self.report(
                f"The link was made by a newer version of this map ({_shown(value)}): what is not known here yet was not applied."
            )
        else:
            self.report(
                f"The link's version {_shown(value or '')} is not known here: it was read as version {VERSION}."
            )

    def single(self, key: str) -> str | None:
        values = self.values.get(key)
        if not values:
            return None
        if len(values) > 1:
            self.report(
                f"The link gives the {_NAMES[key]} {len(values)} times: the first, {_shown(values[0])}, was applied."
            )
        return values[0].strip() or None

    def several(self, key: str, is_known: Callable[[str], Any], name: str) -> tuple[str, ...]:
        values = [value for value in (given.strip() for given in self.values.get(key, ())) if value]
        kept = tuple(value for value in values if is_known(value))
        for value in values:
            if not is_known(value):
                self.report(
                    f"The link asks for the {name} {_shown(value)}, which is not known here: it was not applied."
                )
        if values and not kept:
            self.report(f"No {name} of the link is known here, so events of every {name} are shown.")
        return kept

    def pair(self, known: Known) -> tuple[str, str] | tuple[()]:
        who, whom = self.single("who"), self.single("whom")
        if who is None and whom is None:
            return ()
        if who is None or whom is None:
            self.report("The link names only one side of a pair of actors: it was not applied.")
            return ()
        for name in (who, whom):
            if parse_group(name) or not known.has_actor(name):
                self.report(f"The link asks for the actor {_shown(name)}, which is not known here: it was not applied.")
                return ()
        return who, whom

    def date(self, key: str) -> dt.date | None:
        value = self.single(key)
        if value is None:
            return None
        if _DATE.fullmatch(value):
            try:
                return dt.date.fromisoformat(value)
            except ValueError:
                self.report(f"The link's {_NAMES[key]} {_shown(value)} is no day of the calendar: it was not applied.")
                return None
        self.report(f"The link's {_NAMES[key]} {_shown(value)} is no date like 2017-10-23: it was not applied.")
        return None

    def number(self, key: str, low: float, high: float) -> float | None:
        value = self.single(key)
        if value is None:
            return None
        number = float(value) if _NUMBER.fullmatch(value) else math.nan
        if low <= number <= high:
            return number
        self.report(
            f"The link's {_NAMES[key]} {_shown(value)} is no number from {low:g} to {high:g}: it was not applied."
        )
        return None

    def count(self, key: str) -> int | None:
        value = self.single(key)
        if value is None:
            return None
        if _COUNT.fullmatch(value):
            return int(value)
        self.report(f"The link's {_NAMES[key]} {_shown(value)} is no whole number: it was not applied.")
        return None

    def moment(self, key: str) -> dt.datetime | None:
        value = self.single(key)
        if value is None:
            return None
        try:
            # What else Python reads as a moment (other zones, week dates) is none that we write.
            return dt.datetime.fromisoformat(value if _MOMENT.fullmatch(value) else "")
        except ValueError:
            self.report(
                f"The link's {_NAMES[key]} {_shown(value)} is no moment like 2017-10-23T08:00:00Z: it was not applied."
            )
            return None

    def shape(self) -> Ring:
        value = self.single("shape")
        if value is None:
            return ()
        try:
            return decode_shape(value)
        except ValueError:
            self.report("The drawn area of the link cannot be read: events from everywhere are shown.")
            return ()

    def one_of(self, key: str, kind: type[E], otherwise: E) -> E:
        value = self.single(key)
        if value is None:
            return otherwise
        try:
            return kind(value.lower())
        except ValueError:
            offered = [member.value for member in kind]
            self.report(
                f"The link's {_NAMES[key]} {_shown(value)} is none of {', '.join(offered[:-1])} and {offered[-1]}:"
                " it was not applied."
            )
            return otherwise


__all__ = ["KEYS", "VERSION", "Known", "decode_view", "encode_view"]
