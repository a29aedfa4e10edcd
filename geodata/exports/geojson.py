"""A view as GeoJSON (RFC 7946): lon, lat, WGS 84."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from typing import IO, TYPE_CHECKING, Any

from geodata.exports.common import point_of, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geodata.exports.common import Meta
    from geodata.store import Store
    from geodata.view import View


def to_geojson(
    store: Store,
    view: View,
    file: IO[str],
    *,
    meta: Meta | None = None,
    shape: Callable[[str], dict[str, Any] | None] | None = None,
    name_of: Callable[[str], str] = str,
) -> int:
    """Write the events of a view as a FeatureCollection, one event a feature, oldest first.

    An event known only to a province, a named region or a country has no point: its geometry is
    null, and `region` in its properties is the id of the area. An event without a place has a null
    geometry and `unplaced_reason`.

    Areas stand once each in the foreign member `areas`, a FeatureCollection of its own behind the events: an
    outline for each event would be the larger part of most files, and cover the points on a map.

    Parameters
    ----------
    store, view
        What to write.
    file
        Open for text, with ``encoding="utf-8"``.
    meta
        What the file says about itself; written as the foreign member `metadata`.
    shape
        Region id -> GeoJSON geometry (or None when it has none), when areas are to be given.
    name_of
        Region id -> its name.

    Returns
    -------
    int
        Events written.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    file.write('{"type":"FeatureCollection",\n"metadata":' + _json(said(store, meta)) + ',\n"features":[')
    written = 0
    areas: Counter[str] = Counter()
    for batch in store.batches(view):
        for row in batch.to_pylist():
            if row["area"] is not None:
                areas[row["area"]] += 1
            file.write((",\n" if written else "\n") + _json(_feature(row)))
            written += 1
    file.write("\n]")
    if shape:
        file.write(',\n"areas":{"type":"FeatureCollection","features":[')
        for n, area in enumerate(_areas(areas, shape, name_of)):
            file.write((",\n" if n else "\n") + _json(area))
        file.write("\n]}")
    file.write("}\n")
    return written


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    point = point_of(row)
    event_id, area, _, _ = (row.pop(name) for name in ("id", "area", "lat", "lon"))
    geometry = {"type": "Point", "coordinates": point} if point else None
    return {"type": "Feature", "id": event_id, "geometry": geometry, "properties": {**row, "region": area}}


def _areas(
    areas: Counter[str], shape: Callable[[str], dict[str, Any] | None], name_of: Callable[[str], str]
) -> Iterator[dict[str, Any]]:
    for area, events in sorted(areas.items(), key=lambda one: (-one[1], one[0])):
        about = {"region": area, "name": name_of(area), "events": events}
        yield {"type": "Feature", "id": area, "geometry": shape(area), "properties": about}


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    msg = f"{type(value).__name__} has no place in JSON"
    raise TypeError(msg)


# One encoder: `json.dumps` would make a new one for each event.
_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain).encode
