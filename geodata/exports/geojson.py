"""A view as GeoJSON (RFC 7946): lon, lat, WGS 84."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import IO, TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.store import Store
    from geodata.view import View

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
    """Return what a file says about itself, with what the store leaves out (`Store.stated`) among its limits."""
    told = Meta(**(meta or {}))
    if store.stated:
        told["limits"] = " ".join(part for part in (store.stated, told.get("limits", "")) if part)
    return told


def to_geojson(
    store: Store,
    view: View,
    file: IO[str],
    *,
    meta: Meta | None = None,
    shape: Callable[[str], dict[str, Any] | None] | None = None,
) -> int:
    """Write the events of a view as a FeatureCollection, one event a feature, oldest first.

    An event known only to a province, a named region or a country has no point: its geometry is
    null, and `region` in its properties is the id of the area, unless `shape` gives the area's
    geometry. An event without a place has a null geometry and `unplaced_reason`.

    Parameters
    ----------
    store, view
        What to write.
    file
        Open for text, with ``encoding="utf-8"``.
    meta
        What the file says about itself; written as the foreign member `metadata`.
    shape
        Region id -> GeoJSON geometry (or None when it has none), when areas are to be drawn.

    Returns
    -------
    int
        Events written.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    metadata = {"generated": now, "store_version": store.version, **said(store, meta)}
    file.write('{"type":"FeatureCollection",\n"metadata":' + _json(metadata) + ',\n"features":[')
    written = 0
    for batch in store.batches(view):
        for row in batch.to_pylist():
            file.write((",\n" if written else "\n") + _json(_feature(row, shape)))
            written += 1
    file.write("\n]}\n")
    return written


def _feature(row: dict[str, Any], shape: Callable[[str], dict[str, Any] | None] | None) -> dict[str, Any]:
    lat, lon, area = row.pop("lat"), row.pop("lon"), row.pop("area")
    geometry = None
    if area is not None:
        geometry = shape(area) if shape else None
    elif lat is not None and math.isfinite(lat) and math.isfinite(lon):
        geometry = {"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]}
    event_id = row.pop("id")
    return {"type": "Feature", "id": event_id, "geometry": geometry, "properties": {**row, "region": area}}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    msg = f"{type(value).__name__} has no place in JSON"
    raise TypeError(msg)
