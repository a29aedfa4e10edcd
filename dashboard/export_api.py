"""The routes of exports: a view in any format, however large.

``/api/events.<format>?<view>`` for its events, ``/api/map.<format>?<view>`` for a page or a picture of its map.
"""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, cast

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from dashboard import resources
from dashboard.answers import BadQueryError, query_of, refused, sorry
from dashboard.api import parse_view_query
from dashboard.exporting import about, file_stem, write
from dashboard.formats import DRAWN, STREAMED, Format
from dashboard.snapshots.making import live
from dashboard.summary import title_of
from geodata.errors import ConflictmapError
from geodata.settings import settings
from geodata.view_url import encode_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

    from geodata.view import View

_PIECE = 1 << 18  # bytes
_AHEAD = 8  # pieces that are made before the browser takes them: a slow one does not fill the memory
_LOOK_EVERY_S = 1.0


class _GoneError(Exception):
    """Nobody takes the file any more."""


@dataclass(slots=True)
class _Pipe:
    """A file that is written in one thread and read piece by piece in another."""

    pieces: queue.Queue[bytes | BaseException | None] = field(default_factory=lambda: queue.Queue(_AHEAD))
    gone: threading.Event = field(default_factory=threading.Event)
    held: bytearray = field(default_factory=bytearray)
    at: int = 0
    closed: bool = False

    def write(self, content: bytes) -> int:
        self.held += content
        self.at += len(content)
        if len(self.held) >= _PIECE:
            self.flush_all()
        return len(content)

    def flush(self) -> None:
        """Do nothing: pieces are sent when they are large enough."""

    def flush_all(self) -> None:
        if self.held:
            self.put(bytes(self.held))
            self.held.clear()

    def tell(self) -> int:
        return self.at

    def put(self, piece: bytes | BaseException | None) -> None:
        while not self.gone.is_set():
            try:
                self.pieces.put(piece, timeout=_LOOK_EVERY_S)
            except queue.Full:
                continue
            return
        raise _GoneError


def streamed(make: Callable[[IO[bytes]], object]) -> Iterator[bytes]:
    """Yield a file in pieces while it is written.

    Parameters
    ----------
    make
        Writes it; runs in a thread of its own, and is stopped when the iterator is closed.

    Raises
    ------
    Exception
        What `make` raises, also after the first pieces: the reader must not take the file for whole.
    """
    pipe = _Pipe()

    def run() -> None:
        try:
            try:
                make(cast("IO[bytes]", pipe))
                pipe.flush_all()
            except _GoneError:
                return
            except Exception as error:  # noqa: BLE001  raised again where the file is read
                pipe.put(error)
            else:
                pipe.put(None)
        except _GoneError:
            return

    threading.Thread(target=run, name="export", daemon=True).start()
    try:
        while (piece := pipe.pieces.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        pipe.gone.set()


async def events(request: Request) -> Response:
    """Answer ``/api/events.<format>``."""
    return await run_in_threadpool(_events, request)


def _events(request: Request) -> Response:
    ending = request.path_params["ending"]
    if ending not in {str(kind) for kind in STREAMED}:
        return sorry(f"There is no such format: use one of {', '.join(STREAMED)}.", 404)
    kind = Format(ending)
    try:
        view = parse_view_query(query_of(request)).filters
        meta = about(view)

        def make(file: IO[bytes]) -> None:
            # A store of its own: all pieces are of one state of it, and the others need not wait.
            with resources.open_shared() as own:
                write(kind, own, view, file, meta)

        resources.store()  # made where it is not there
        pieces = streamed(make)
        first = next(pieces, b"")  # what goes wrong at once can still be told in words
    except (BadQueryError, ConflictmapError) as error:
        return refused(error)
    return StreamingResponse(_chain(first, pieces), media_type=kind.media_type, headers=_headers(view, kind))


async def drawn(request: Request) -> Response:
    """Answer ``/api/map.<format>``."""
    return await run_in_threadpool(_drawn, request)


def _drawn(request: Request) -> Response:
    ending = request.path_params["ending"]
    if ending not in {str(kind) for kind in DRAWN}:
        return sorry(f"There is no such format: use one of {', '.join(DRAWN)}.", 404)
    kind = Format(ending)
    try:
        view = parse_view_query(query_of(request))
        base = settings().public_url or str(request.url.replace(query="", fragment="")).rpartition("/api/")[0]
        title = title_of(view, resources.region_name)
        made = live(view, kind, title=title, permalink=f"{base}/?{encode_view(view)}")
    except (BadQueryError, ConflictmapError) as error:
        return refused(error)
    return Response(made, media_type=kind.media_type, headers=_headers(view, kind))


def _headers(view: View, kind: Format) -> dict[str, str]:
    return {
        "cache-control": "no-store",
        "content-disposition": f'attachment; filename="{file_stem(view)}.{kind}"',
        "x-content-type-options": "nosniff",
    }


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def export_routes() -> list[Route]:
    """Return the routes of exports."""
    return [Route("/api/events.{ending:str}", events), Route("/api/map.{ending:str}", drawn)]
