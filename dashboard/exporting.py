"""The formats that a view can be had in: one list for downloads, the command line, routes and snapshots."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any, Self, cast

from dashboard import resources
from dashboard.formats import Format
from dashboard.maps.colours import QUAD_COLOURS
from dashboard.texts import ATTRIBUTION, DISCLAIMER
from geodata.errors import ConflictmapError
from geodata.exports.common import Meta
from geodata.settings import settings
from geodata.view_url import encode_view
from geodata.view_words import period_in_words, view_in_words

if TYPE_CHECKING:
    from types import TracebackType

    from geodata.store import Store
    from geodata.view import View

_BUFFER = 1 << 16  # characters


@dataclass(slots=True)
class TextSink:
    """Takes text and writes it to a file of bytes as UTF-8, which stays open."""

    file: IO[bytes]
    _held: list[str] = field(default_factory=list)
    _size: int = 0

    def write(self, text: str) -> int:
        """Take text."""
        self._held.append(text)
        self._size += len(text)
        if self._size >= _BUFFER:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Write what is held."""
        self.file.write("".join(self._held).encode("utf-8"))
        self._held.clear()
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is None:
            self.flush()


def file_stem(view: View) -> str:
    """Return a name for a downloaded file that says which period it holds."""
    period = period_in_words(view.date_from, view.date_to)
    words = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in period.lower())
    stem = "-".join(part for part in words.split("-") if part)
    return f"conflict-map-{stem or dt.datetime.now(tz=dt.UTC).date().isoformat()}"


def about(view: View, *, title: str = "", url: str = "", now: dt.datetime | None = None, limits: str = "") -> Meta:
    """Return what a file says about itself.

    Parameters
    ----------
    view
        Which events are in it.
    title
        Plain text; the filters in words, when left out.
    url
        Address of the live view, if known.
    now
        When it is made; the clock's time, when left out.
    limits
        Which events are not in it, in words.
    """
    query = encode_view(view)
    made = Meta(
        view=view_in_words(view, region_name=resources.region_name),
        url=url or (f"{settings().public_url}/?{query}" if settings().public_url else f"?{query}"),
        generated=(now or dt.datetime.now(tz=dt.UTC)).astimezone(dt.UTC).isoformat(timespec="seconds"),
        attribution=ATTRIBUTION,
        disclaimer=DISCLAIMER,
    )
    if title:
        made["title"] = title
    if limits:
        made["limits"] = limits
    return made


def write(kind: Format, store: Store, view: View, file: IO[bytes], meta: Meta) -> int:
    """Write a view in one of the `STREAMED` formats.

    Parameters
    ----------
    kind
        Which.
    store
        Where the events are; no more is asked of it than `batches`, `version` and `stated`.
    view
        Which events.
    file
        Open for bytes; it needs not be able to seek.
    meta
        See `about`.

    Returns
    -------
    int
        Events written.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    from geodata import exports  # noqa: PLC0415  not needed before something is exported

    if kind is Format.PARQUET:
        return exports.to_geoparquet(store, view, file, meta=meta)
    if kind is Format.CSV:
        file.write(b"\xef\xbb\xbf")  # spreadsheets take it for Latin-1 otherwise
    with TextSink(file) as sink:
        out = cast("IO[str]", sink)
        if kind is Format.CSV:
            return exports.to_csv(store, view, out, meta=meta)
        if kind is Format.KML:
            return exports.to_kml(
                store, view, out, colours=QUAD_COLOURS, meta=meta, shape=shape, name_of=resources.region_name
            )
        return exports.to_geojson(store, view, out, meta=meta, shape=shape, name_of=resources.region_name)


@lru_cache(maxsize=8192)
def shape(region_id: str) -> dict[str, Any] | None:
    """Return the outline of a region as a GeoJSON geometry (lon, lat); None where there is none."""
    try:
        return cast("dict[str, Any]", resources.regions().geojson(region_id)["geometry"])
    except ConflictmapError:
        return None
