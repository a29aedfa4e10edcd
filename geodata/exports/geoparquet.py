"""A view as GeoParquet 1.1 (OGC): WKB points, lon, lat, CRS OGC:CRS84.

The table has the columns of the other formats, in types of their own: days are days, lists are lists.
"""

from __future__ import annotations

import json
import math
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geodata.exports.common import DECIMALS, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from geodata.exports.common import Meta
    from geodata.store import Store
    from geodata.view import View

VERSION = "1.1.0"
ROWS_IN_GROUP = 50_000  # some 20 MB of text, which is what a reader has to hold at once
_TEXT, _TEXTS, _DAY = pa.string(), pa.list_(pa.string()), pa.date32()
_BOX = pa.struct([(side, pa.float64()) for side in ("xmin", "ymin", "xmax", "ymax")])
_BOX_COLUMN = "bbox"
COLUMNS = pa.schema(
    [
        pa.field("id", _TEXT, nullable=False), ("type", _TEXT), ("mode", _TEXT), ("quad", pa.int8()), ("acled_like", _TEXT),
        ("contexts", _TEXTS),
        ("source_actors", _TEXTS), ("target_actors", _TEXTS),
        ("date_start", _DAY), ("date_end", _DAY), ("date_precision", _TEXT), ("date_basis", _TEXT),
        ("undated_reason", _TEXT),
        ("place_name", _TEXT), ("precision", _TEXT), ("country", _TEXT), ("admin1", _TEXT), ("region", _TEXT),
        ("regions", _TEXTS), ("place_id", _TEXT), ("place_text", _TEXT), ("place_basis", _TEXT),
        ("unplaced_reason", _TEXT),
        ("fatalities", pa.int64()), ("fatalities_low", pa.int64()), ("fatalities_high", pa.int64()), ("injured", pa.int64()),
        ("quote", _TEXT), ("claimed_by", _TEXT), ("confidence", pa.float64()),
        ("article_id", _TEXT), ("title", _TEXT), ("source", _TEXT), ("published", _DAY), ("url", _TEXT),
        (_BOX_COLUMN, _BOX), ("geometry", pa.binary()),
    ]
)  # fmt: skip


def to_geoparquet(store: Store, view: View, file: IO[bytes], *, meta: Meta | None = None) -> int:
    """Write the events of a view as GeoParquet, one event a row, oldest first.

    An event without a place, and one that is known only to a province, a named region or a
    country, has no geometry; `region` is then the id of the area. Each row has its box in `bbox`,
    so that a reader can leave out the groups of rows that lie elsewhere.

    Parameters
    ----------
    store, view
        What to write.
    file
        Open for bytes; it needs neither to seek nor to be read.
    meta
        What the file says about itself; the value of the key ``conflictmap``, as JSON.

    Returns
    -------
    int
        Events written.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    about = said(store, meta)
    written = 0
    extent = _Extent()
    with pq.ParquetWriter(file, COLUMNS, compression="zstd", write_statistics=True) as out:
        for table in _groups(store.batches(view)):
            lons, lats = _positions(table)
            extent.add(lons, lats)
            out.write_table(_columns(table, lons, lats), row_group_size=ROWS_IN_GROUP)
            written += table.num_rows
        out.add_key_value_metadata(
            {"geo": json.dumps(extent.metadata()), "conflictmap": json.dumps(about, ensure_ascii=False)}
        )
    return written


class _Extent:
    """What all points span, which is known only when the last one is written."""

    def __init__(self) -> None:
        self.box = [math.inf, math.inf, -math.inf, -math.inf]

    def add(self, lons: npt.NDArray[np.float64], lats: npt.NDArray[np.float64]) -> None:
        """Take in more points; NaN where there is none."""
        if np.isfinite(lons).any():
            low, high = (np.nanmin(lons), np.nanmin(lats)), (np.nanmax(lons), np.nanmax(lats))
            self.box = [*map(min, self.box[:2], low), *map(max, self.box[2:], high)]

    def metadata(self) -> dict[str, Any]:
        """Return the value of the key ``geo``; without a `crs` the coordinates are OGC:CRS84."""
        column: dict[str, Any] = {
            "encoding": "WKB",
            "geometry_types": ["Point"] if math.isfinite(self.box[0]) else [],
            "covering": {"bbox": {side: [_BOX_COLUMN, side] for side in ("xmin", "ymin", "xmax", "ymax")}},
        }
        if math.isfinite(self.box[0]):
            column["bbox"] = [float(side) for side in self.box]
        return {"version": VERSION, "primary_column": "geometry", "columns": {"geometry": column}}


def _groups(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Gather pieces of a stream into groups of rows."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= ROWS_IN_GROUP:
            yield pa.Table.from_batches(held)
            held, rows = [], 0
    if rows:
        yield pa.Table.from_batches(held)


def _positions(table: pa.Table) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the longitudes and latitudes of a table; NaN for events without a point."""
    lons, lats = (
        np.round(table[name].cast(pa.float64()).to_numpy().astype(np.float64), DECIMALS) for name in ("lon", "lat")
    )
    none = table["area"].is_valid().to_numpy() | ~np.isfinite(lons) | ~np.isfinite(lats)
    lons[none] = lats[none] = np.nan
    return lons, lats


def _columns(table: pa.Table, lons: npt.NDArray[np.float64], lats: npt.NDArray[np.float64]) -> pa.Table:
    none = np.isnan(lons)
    points = shapely.to_wkb(shapely.points(lons, lats), byte_order=1)
    sides = [pa.array(values) for values in (lons, lats, lons, lats)]
    made: dict[str, Any] = {
        "region": table["area"],
        "geometry": pa.array(points, pa.binary(), mask=none),
        _BOX_COLUMN: pa.StructArray.from_arrays(sides, fields=list(_BOX), mask=pa.array(none)),
    }
    columns = [made[field.name] if field.name in made else table[field.name].cast(field.type) for field in COLUMNS]
    return pa.Table.from_arrays(columns, schema=COLUMNS)
