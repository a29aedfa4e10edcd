"""A compact file of shapes: polygons or lines with a key each.

Layout: ``CMR1``, length of the header (4 bytes, little-endian), header (JSON), then one LZMA
stream of: for every vertex the step from the vertex before, as 32-bit integers in units of the
grid, longitudes first, then latitudes, bytes of equal weight together (so that the many small
steps compress to almost nothing). The header holds keys and the lengths of parts and rings.
"""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.errors import RegionError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAGIC = b"CMR1"
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]


@dataclass(frozen=True, slots=True)
class Pack:
    """Shapes by key. `coords` is lon, lat in degrees, shape (n, 2)."""

    keys: list[str]
    shapes: np.ndarray[Any, Any]


def write_pack(keys: Sequence[str], shapes: Sequence[Any], *, grid: float) -> bytes:
    """Bytes of a pack; the shapes (all areal or all lines) are rounded to `grid` degrees.

    The same input gives the same bytes.
    """
    kind, coords, offsets = shapely.to_ragged_array(_as_multi(shapes))
    whole = np.rint(np.asarray(coords)[:, :2] / grid).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).astype("<i4")
    # small numbers of either sign become small unsigned numbers
    zigzag = ((steps << 1) ^ (steps >> 31)).astype("<u4")
    planes = np.ascontiguousarray(zigzag.T).view(np.uint8).reshape(2, -1, 4).transpose(0, 2, 1)
    body = lzma.compress(planes.tobytes(), lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=_FILTERS)
    lengths = [np.diff(np.asarray(part)).tolist() for part in offsets]
    header = json.dumps(
        {"kind": kind.name, "grid": grid, "n": len(whole), "keys": list(keys), "lengths": lengths},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    packed = lzma.compress(header, lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=_FILTERS)
    return MAGIC + len(packed).to_bytes(4, "little") + packed + body


def read_pack(data: bytes) -> Pack:
    """Shapes of a pack.

    Raises
    ------
    RegionError
        When the bytes are not a pack or are damaged.
    """
    try:
        if data[:4] != MAGIC:
            message = "This is not a file of region shapes."
            raise RegionError(message)
        end = 8 + int.from_bytes(data[4:8], "little")
        header = json.loads(lzma.decompress(data[8:end]))
        planes = np.frombuffer(lzma.decompress(data[end:]), dtype=np.uint8).reshape(2, 4, header["n"])
        zigzag = np.ascontiguousarray(planes.transpose(0, 2, 1)).view("<u4")[:, :, 0].astype(np.int64)
        steps = (zigzag >> 1) ^ -(zigzag & 1)
        # dividing by a whole number gives the nearest float to the decimal, multiplying does not
        coords = np.ascontiguousarray(np.cumsum(steps, axis=1).T) / round(1 / header["grid"])
        offsets = tuple(np.concatenate([[0], np.cumsum(part)]).astype(np.int64) for part in header["lengths"])
        shapes = shapely.from_ragged_array(shapely.GeometryType[header["kind"]], coords, offsets)
    except (lzma.LZMAError, ValueError, KeyError, IndexError, shapely.errors.ShapelyError) as error:
        message = "The file of region shapes is damaged; install conflictmap again."
        raise RegionError(message) from error
    return Pack(header["keys"], np.asarray(shapes, dtype=object))


def _as_multi(shapes: Sequence[Any]) -> list[Any]:
    """All as MultiPolygon or all as MultiLineString, so that one layout holds them."""
    return [
        shapely.multipolygons(shapely.get_parts(shape))
        if shape.geom_type in ("Polygon", "MultiPolygon")
        else shapely.multilinestrings(shapely.get_parts(shape))
        for shape in shapes
    ]
