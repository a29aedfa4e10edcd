"""A view as canonical GeoJSON: the same view of the same data is the same bytes on any machine.

So one SHA-256 names the data behind a map, and who has the file can see for themselves that it is
the file. The rules, which stand in every file as its format's number:

* RFC 7946, UTF-8, without spaces, one event a line, the last line ends with a line feed;
* events by first day (the undated last), then by id;
* keys in a fixed order; what is not known is null or an empty text; only the range of the deaths and the injured,
  which older files do not have, are left out where they are not stated;
* numbers without exponent: coordinates with at most six decimals, the confidence with four;
* nothing of when, where or by which version it was made.

An event known only to a province, a named region or a country has a null geometry, and the
area's id as `region`: its label point is no place of an event.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from geodata.errors import ExportError
from geodata.store.filters import filters_of
from geodata.view_url import encode_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geodata.store import Store
    from geodata.view import View

FORMAT = 1
ATTRIBUTION = "Place coordinates: GeoNames, CC BY 4.0"  # a file travels alone
COORDINATE_DECIMALS = 6  # of a degree: 0.1 m (RFC 7946, section 11.2, advises no more)
CONFIDENCE_DECIMALS = 4

_TEXTS_BEFORE = ("article_id", "type", "mode")
_TEXTS_AFTER = (
    "date_start", "date_end", "date_precision", "date_basis", "undated_reason",
    "place_id", "place_name", "place_text", "place_basis", "precision", "country", "admin1",
)  # fmt: skip
_WHERE_STATED = ("fatalities_low", "fatalities_high", "injured")
_ABOUT = ("claimed_by", "quote", "title", "url", "source", "published")
_LINE = b'{"type":"Feature","id":'
_END = b"\n]}\n"


class Canonical(NamedTuple):
    """What was written: the SHA-256 of all bytes in hexadecimal digits, the events, the bytes."""

    sha256: str
    events: int
    size: int


@dataclass(slots=True)
class _Hashed:
    """A file that is hashed while it is written."""

    file: IO[bytes]
    digest: Any
    size: int = 0

    def write(self, content: bytes) -> None:
        self.file.write(content)
        self.digest.update(content)
        self.size += len(content)


def to_canonical(store: Store, view: View, file: IO[bytes], *, limits: str = "") -> Canonical:
    """Write the events of a view as canonical GeoJSON.

    Parameters
    ----------
    store, view
        What to write; the view's map window and selected event change nothing.
    file
        Open for bytes.
    limits
        Which events of the view are not in it, in words; it then says so itself, as it says what the store
        leaves out (`Store.stated`).

    Raises
    ------
    StoreError
        If the store cannot be read.
    ExportError
        If the store does not give the events in their order.
    """
    out = _Hashed(file, hashlib.sha256())
    out.write(head(view, " ".join(part for part in (store.stated, limits) if part)))
    written = 0
    last: tuple[bool, str, str] | None = None
    for batch in store.batches(view):
        for row in batch.to_pylist():
            key = (row["date_start"] is None, str(row["date_start"]), row["id"])
            if last is not None and key < last:
                msg = "The store did not give the events in their order, so nothing can be said about their hash."
                raise ExportError(msg)
            last = key
            out.write((b",\n" if written else b"\n") + feature_line(row))
            written += 1
    out.write(_END)
    return Canonical(out.digest.hexdigest(), written, out.size)


def head(view: View, limits: str = "") -> bytes:
    """Return how the file of a view begins; `limits` says what is left out of it."""
    about = {"format": f"conflictmap canonical {FORMAT}", "view": encode_view(filters_of(view))}
    metadata = _json(about | {"attribution": ATTRIBUTION} | ({"limits": limits} if limits else {}))
    return f'{{"type":"FeatureCollection","metadata":{metadata},"features":['.encode()


def feature_line(row: Mapping[str, Any]) -> bytes:
    """Return the line of one event, without what separates it from the next.

    Parameters
    ----------
    row
        The columns that `Store.batches` gives.
    """
    pieces = [f'"{name}":{_json(_text(row[name]))}' for name in _TEXTS_BEFORE]
    pieces.append(f'"quad":{int(row["quad"])}')
    pieces.append(f'"contexts":{_json(sorted(row["contexts"] or ()))}')
    pieces += [f'"{name}":{_json(list(row[name] or ()))}' for name in ("source_actors", "target_actors")]
    pieces += [f'"{name}":{_json(_text(row[name]))}' for name in _TEXTS_AFTER]
    pieces.append(f'"region":{_json(_text(row["area"]))}')
    pieces.append(f'"regions":{_json(sorted(row["regions"] or ()))}')
    pieces.append(f'"unplaced_reason":{_json(_text(row["unplaced_reason"]))}')
    pieces.append(f'"fatalities":{"null" if row["fatalities"] is None else int(row["fatalities"])}')
    pieces += [f'"{name}":{int(row[name])}' for name in _WHERE_STATED if row.get(name) is not None]
    pieces.append(f'"confidence":{number(row["confidence"], CONFIDENCE_DECIMALS)}')
    pieces += [f'"{name}":{_json(_text(row[name]))}' for name in _ABOUT]
    return (
        f'{_LINE.decode()}{_json(row["id"])},"geometry":{_geometry(row)},"properties":{{{",".join(pieces)}}}}}'.encode()
    )


def feature_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of the events of a canonical file, as `feature_line` made them."""
    for line in file:
        if line.startswith(_LINE):
            yield line.removesuffix(b"\n").removesuffix(b",")


def line_digest(line: bytes) -> str:
    """Return the short hash of an event's line: 128 bits of its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(line).hexdigest()[:32]


def line_id(line: bytes) -> str:
    """Return the id of an event's line.

    Raises
    ------
    ValueError
        If it is no such line.
    """
    value, _ = json.JSONDecoder().raw_decode(line.decode(), len(_LINE)) if line.startswith(_LINE) else (None, 0)
    if not isinstance(value, str):
        msg = "This is no line of a canonical file."
        raise ValueError(msg)  # noqa: TRY004  the text is wrong, not its type
    return value


def lines_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, bytes]]:
    """Yield the id and the line of each row."""
    for row in rows:
        yield row["id"], feature_line(row)


def number(value: float | None, decimals: int) -> str:
    """Write a number with at most so many decimals, without exponent, without a negative zero."""
    if value is None or not math.isfinite(value):
        return "null"
    written = f"{value:.{decimals}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _geometry(row: Mapping[str, Any]) -> str:
    lat, lon = row["lat"], row["lon"]
    if row["area"] is not None or lat is None or lon is None or not (math.isfinite(lat) and math.isfinite(lon)):
        return "null"
    at = f"{number(lon, COORDINATE_DECIMALS)},{number(lat, COORDINATE_DECIMALS)}"
    return f'{{"type":"Point","coordinates":[{at}]}}'


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


# One encoder: `json.dumps` would make a new one for each of the fifty values of an event.
_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


__all__ = [
    "FORMAT",
    "Canonical",
    "feature_line",
    "feature_lines",
    "head",
    "line_digest",
    "line_id",
    "lines_of",
    "number",
    "to_canonical",
]
