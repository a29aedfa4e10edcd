"""What differs between two readings of an event, in words. Pure."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from dashboard.texts import when_words
from geodata.event import DatePrecision
from geodata.ontology import EventType

Feature = dict[str, Any]

_NAMES = {
    "geometry": "the coordinates",
    "type": "the type",
    "mode": "the mode",
    "quad": "the class",
    "contexts": "the context",
    "source_actors": "who did it",
    "target_actors": "to whom",
    "date_start": "the first day",
    "date_end": "the last day",
    "date_precision": "how exactly the date is known",
    "date_basis": "how the date is known",
    "place_name": "the place",
    "place_basis": "how the place is known",
    "precision": "how exactly the place is known",
    "country": "the country",
    "admin1": "the province",
    "region": "the area",
    "fatalities": "the number of deaths",
    "fatalities_low": "the least number of deaths",
    "fatalities_high": "the greatest number of deaths",
    "injured": "the number of injured",
    "confidence": "the confidence",
    "claimed_by": "who claims it",
    "quote": "the quote",
    "title": "the title of the article",
    "url": "the address of the article",
    "source": "the publisher",
    "published": "the day of publication",
}
_LONGEST = 90  # letters of a value that are told
_QUOTE = 140


def parse(line: bytes) -> Feature:
    """Return the event of a line of a canonical file.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        made = json.loads(line.decode())
    except RecursionError as error:
        msg = "The line is nested too deeply to be an event."
        raise ValueError(msg) from error
    if not isinstance(made, dict) or not isinstance(made.get("properties"), dict):
        msg = "The line is no event."
        raise ValueError(msg)  # noqa: TRY004  the text is wrong, not its type
    return made


def describe(feature: Feature) -> str:
    """Say in one line which event it is."""
    about = feature["properties"]
    who = " → ".join(
        ", ".join(str(name) for name in names)
        for names in (about.get("source_actors") or (), about.get("target_actors") or ())
        if names
    )
    where = about.get("place_name") or "not placed"
    parts = [_type(about.get("type")), who, str(where), _when(about)]
    quote = _short(str(about.get("quote") or ""), _QUOTE)
    return ", ".join(part for part in parts if part) + (f": “{quote}”" if quote else "")


def differences(old: Feature, new: Feature) -> list[str]:
    """Say what of an event is not as it was, one phrase each; only what both of them have is compared."""
    said = []
    if old.get("geometry") != new.get("geometry"):
        said.append(f"the coordinates: {_place(old)}, now {_place(new)}")
    before, after = old["properties"], new["properties"]
    for key in before:
        if key in after and before[key] != after[key]:
            name = _NAMES.get(key, key.replace("_", " "))
            said.append(f"{name}: {_value(before[key])}, now {_value(after[key])}")
    return said


def _place(feature: Feature) -> str:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        return "none"
    try:
        lon, lat = geometry["coordinates"]
        return f"{float(lat):g}, {float(lon):g}"
    except (KeyError, TypeError, ValueError):
        return "not readable"


def _value(value: Any) -> str:
    if value is None or value in ("", []):
        return "none"
    if isinstance(value, list):
        return _short(", ".join(str(item) for item in value), _LONGEST)
    return _short(str(value), _LONGEST)


def _type(value: Any) -> str:
    try:
        return EventType(value).label
    except ValueError:
        return str(value)


def _when(about: dict[str, Any]) -> str:
    try:
        first, last = (dt.date.fromisoformat(about[key]) for key in ("date_start", "date_end"))
        precision = DatePrecision(about["date_precision"]) if about.get("date_precision") else None
    except (KeyError, TypeError, ValueError):
        return "date not known"
    return when_words(first, last, precision)


def _short(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
