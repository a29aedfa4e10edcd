"""What all formats have in common: what a file says about itself, and where an event's point is."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.store import Store

DECIMALS = 6  # of a degree: 0.1 m (RFC 7946, section 11.2, advises no more)


class Meta(TypedDict, total=False):
    """What the file says about itself."""

    title: str
    view: str  # the view in words
    url: str  # where to open the same view
    generated: str  # ISO 8601, UTC; now, when left out
    attribution: str
    disclaimer: str  # of the borders
    limits: str  # which events are not in it, when some are not
    store_version: str  # filled in here


def said(store: Store, meta: Meta | None) -> Meta:
    """Return what a file says about itself: of which data, and with what the store leaves out among its limits."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    told: Meta = {"generated": now, "store_version": store.version, **(meta or {})}
    limits = left_out(store, meta)
    return {**told, "limits": limits} if limits else told


def left_out(store: Store, meta: Meta | None) -> str:
    """Return which events, or what of them, are not in a file, in sentences; empty for nothing."""
    return " ".join(part for part in (store.stated, (meta or {}).get("limits", "")) if part)


def point_of(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return lon, lat of an event; None where no more than an area, or nothing, is known of its place."""
    lat, lon = row["lat"], row["lon"]
    if row["area"] is not None or lat is None or not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    return round(lon, DECIMALS), round(lat, DECIMALS)
