"""What the map's script tells the page: a layer was chosen, a period, a region, a shape; where playback rests. Pure.

Messages come through the browser, so nothing in them is believed before it was looked at.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from geodata.view import Layer
from geodata.view_shape import Ring, one_form

_MOST_CORNERS = 2000


@dataclass(frozen=True, slots=True)
class ChosenLayer:
    """Another layer is shown."""

    layer: Layer


@dataclass(frozen=True, slots=True)
class ChosenPeriod:
    """A period was dragged or set on the timeline; both None for all dates."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Rested:
    """Playback has come to rest at some days; both None when the whole period is shown again."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class ChosenRegion:
    """A region of the layer "by region" was clicked."""

    region: str


@dataclass(frozen=True, slots=True)
class ChosenShape:
    """A shape was drawn, as a ring of (lat, lon) in decimal degrees; empty when it was removed."""

    shape: Ring


Message = ChosenShape | ChosenLayer | ChosenPeriod | ChosenRegion | Rested


def read_message(text: str | None) -> Message | None:
    """Return what a message asks for; None for clicks on events (see `state.click_message`) and anything odd."""
    message = _as_dict(text)
    kind = message.get("kind")
    if kind == "layer" and message.get("layer") in [layer.value for layer in Layer]:
        return ChosenLayer(Layer(message["layer"]))
    if kind == "shape":
        return _shape(message.get("shape"))
    if kind == "period":
        period = _period(message.get("from"), message.get("to"))
        return ChosenPeriod(*period) if period else None
    if kind == "rested":
        period = _period(message.get("from"), message.get("to"))
        return Rested(*period) if period and (period[0] is None) == (period[1] is None) else None
    if kind == "region" and isinstance(message.get("region"), str) and message["region"]:
        return ChosenRegion(message["region"])
    return None


def _as_dict(text: str | None) -> dict[str, Any]:
    try:
        message = json.loads(text or "")
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _shape(corners: object) -> ChosenShape | None:
    if not isinstance(corners, list) or len(corners) > _MOST_CORNERS:
        return None
    try:
        ring = one_form([(float(lat), float(lon)) for lat, lon in corners])
    except (TypeError, ValueError, OverflowError):
        return None
    return ChosenShape(ring) if ring or not corners else None


def _period(first: object, last: object) -> tuple[dt.date | None, dt.date | None] | None:
    try:
        days = [dt.date.fromisoformat(day) if day else None for day in (first, last) if isinstance(day, str)]
    except ValueError:
        return None
    if len(days) < 2:  # noqa: PLR2004 - a period has two ends, though they may be open
        return None
    begin, end = days
    if begin and end and begin > end:
        begin, end = end, begin
    return begin, end
