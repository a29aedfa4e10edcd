"""Events as an Atom 1.0 feed (RFC 4287) with GeoRSS-Simple points and boxes (OGC 17-002r1): lat, lon.

An entry is an event; its id comes from the event's alone, so it is the same in every feed, at every address
and after every restart, and a reader shows it once.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata import __version__
from geodata.view_words import day_in_words, period_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geodata.event import Actor, Event, Place
    from geodata.store.recent import Added

ATOM, GEORSS = "http://www.w3.org/2005/Atom", "http://www.georss.org/georss"
MEDIA_TYPE = "application/atom+xml"
DECIMALS = 6  # of a degree: 0.1 m
_NAMESPACE = uuid.UUID("6b0d4b0a-54f3-5d0b-9c0e-8f1f6d4f0c11")  # ours, made once by chance
# What XML 1.0 has no place for, escaped or not (section 2.2), and what turns writing round.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
_WEB = ("http://", "https://")
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says about itself; texts are plain, addresses absolute.

    Parameters
    ----------
    key
        What the feed is of: its id is made from this (the query of the view's filters).
    title, subtitle, rights
        Plain text.
    updated
        When anything in it changed last, UTC.
    page, address, next_address
        Of the live view, of this feed, and of its next page (empty for none).
    event_page
        From the id of an event to the address that shows it.
    area_of
        From the id of a region to south, west, north, east in degrees; None where it has no shape.
    name_of
        From the id of a region to its name.
    """

    key: str
    title: str
    subtitle: str
    rights: str
    updated: dt.datetime
    page: str
    address: str
    next_address: str = ""
    event_page: Callable[[str], str]
    area_of: Callable[[str], tuple[float, float, float, float] | None]
    name_of: Callable[[str], str]


def to_atom(feed: Feed, entries: Iterable[Added]) -> bytes:
    """Return a feed as XML, UTF-8.

    Parameters
    ----------
    feed
        What it says about itself.
    entries
        Events, the last added first.
    """
    ET.register_namespace("", ATOM)
    ET.register_namespace("georss", GEORSS)
    root = ET.Element(_atom("feed"))
    _add(root, "id", _urn(f"feed:{feed.key}"))
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", _moment(feed.updated))
    _add(root, "rights", feed.rights)
    _add(root, "generator", "conflictmap", version=__version__)
    _link(root, "self", feed.address, type=MEDIA_TYPE)
    _link(root, "alternate", feed.page, type="text/html")
    if feed.next_address:
        _link(root, "next", feed.next_address, type=MEDIA_TYPE)
    author = ET.SubElement(root, _atom("author"))
    _add(author, "name", "conflictmap")
    for entry in entries:
        _entry(root, feed, entry)
    ET.indent(root, " ")
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def entry_id(event_id: str) -> str:
    """Return the id of an event's entry, a UUID as an IRI."""
    return _urn(f"event:{event_id}")


def headline(event: Event, name_of: Callable[[str], str]) -> str:
    """Say in one line what happened, where and when: "Assault in Hawija, Kirkuk, Iraq, 16 October 2017: A → B"."""
    where = f" in {event.place.in_words(name_of)}" if event.place else ""
    when = period_in_words(event.date_start, event.date_end)
    who = " → ".join(
        ", ".join(actor.name for actor in actors)
        for actors in _sides(event.source_actors, event.target_actors)
        if actors
    )
    said = f"{event.type.label}{where}{f', {when}' if when else ', date not known'}"
    return f"{said}: {who}" if who else said


def how_placed(place: Place | None, unplaced_reason: str) -> str:
    """Say how exactly a place is known, in a sentence."""
    if place is None:
        return f"Not placed. {unplaced_reason}".strip()
    radius = place.precision.radius_km
    if radius is None:
        return f"Only the {place.precision.value} is known: {place.name}."
    return f"Place: {place.name}, known to within {radius:g} km ({place.precision.value})."


def _entry(root: ET.Element, feed: Feed, entry: Added) -> None:
    stored, event = entry.stored, entry.stored.event
    item = ET.SubElement(root, _atom("entry"))
    _add(item, "id", entry_id(event.id))
    _add(item, "title", headline(event, feed.name_of)[:_LONGEST_TITLE])
    _add(item, "updated", _moment(entry.added))
    _add(item, "published", _moment(entry.added))
    _link(item, "alternate", feed.event_page(event.id), type="text/html")
    if stored.url.lower().startswith(_WEB) and _is_iri(stored.url):
        _link(item, "via", stored.url, title=stored.title)
    author = ET.SubElement(item, _atom("author"))
    _add(author, "name", stored.source or "Publisher not known")
    ET.SubElement(item, _atom("category"), term=event.type.value.lower(), label=event.type.label)
    published = f", {day_in_words(stored.published)}" if stored.published else ""
    said = [
        f"“{event.quote}”" if event.quote else "",
        f"Claimed by {event.claimed_by}." if event.claimed_by else "",
        how_placed(event.place, event.unplaced_reason),
        f"Report: {stored.title or 'article without a title'} ({stored.source or 'publisher not known'}{published}).",
    ]
    _add(item, "summary", "\n".join(part for part in said if part))
    if event.place is not None:
        _whereabouts(item, feed, event.place, area=_area(event))


def _whereabouts(item: ET.Element, feed: Feed, place: Place, *, area: str) -> None:
    """Write a point with its radius, or the box of an area; never a point for an area."""
    if area:
        box = feed.area_of(area)
        if box is not None:
            _geo(item, "box", " ".join(_degrees(side) for side in box))
    else:
        _geo(item, "point", f"{_degrees(place.lat)} {_degrees(place.lon)}")
        _geo(item, "radius", f"{(place.precision.radius_km or 0) * 1000:.0f}")  # metres
    _geo(item, "featurename", place.name)


def _area(event: Event) -> str:
    from geodata.store.rows import area_of  # noqa: PLC0415  brings the columns of the store along

    return (event.place and area_of(event.place)) or ""


def _sides(*sides: tuple[Actor, ...]) -> tuple[tuple[Actor, ...], ...]:
    return sides


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, _atom(name), attributes).text = _NO_XML.sub(" ", text)


def _geo(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{GEORSS}}}{name}").text = _NO_XML.sub(" ", text)


def _link(parent: ET.Element, rel: str, address: str, **attributes: str) -> None:
    kept = {name: _NO_XML.sub(" ", value) for name, value in attributes.items() if value}
    ET.SubElement(parent, _atom("link"), {"rel": rel, "href": _NO_XML.sub("", address), **kept})


def _is_iri(address: str) -> bool:
    """Tell whether an address may stand in a link as it is: without blanks and what has to be escaped."""
    return not any(ord(letter) <= ord(" ") or letter in '"<>\\^`{|}' for letter in address)


def _urn(text: str) -> str:
    return uuid.uuid5(_NAMESPACE, text).urn


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _degrees(value: float) -> str:
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
