"""The addresses of snapshots: /s/<id> and what lies below it."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, cast

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard.snapshots import compare, folder
from dashboard.snapshots.archive import write_zip
from dashboard.snapshots.page import lost_page, policy, snapshot_page
from dashboard.snapshots.record import NAME
from geodata.errors import ConflictmapError, SnapshotError
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from dashboard.snapshots.folder import Kept

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".geojson": "application/geo+json",
    ".csv": "text/csv; charset=utf-8",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".sha256": "text/plain; charset=utf-8",
}
# After a snapshot is deleted nobody's cache may show it, so browsers ask each time.
_ALWAYS = {"cache-control": "no-cache", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
_OWN_FRAMES = "frame-ancestors 'self'"
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_IN_MEMORY = 16 << 20  # bytes of a zip
_CHUNK = 1 << 18


def address_of(request: Request, snapshot_id: str) -> str:
    """Return the absolute address of a snapshot's page as others can reach it."""
    if settings().public_url:
        return f"{settings().public_url}/s/{snapshot_id}"
    before, _, _ = str(request.url.replace(query="", fragment="")).rpartition("/s/")
    return f"{before}/s/{snapshot_id}"


async def page(request: Request) -> Response:
    """Answer ``/s/<id>``."""
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    try:
        kept = folder.open_one(request.path_params["snapshot_id"])
    except SnapshotError as error:
        return _lost(str(error))
    sizes = {name: info.size for name, info in kept.record.files.items()}
    sizes[NAME] = (kept.path / NAME).stat().st_size
    snapshot_id = kept.path.name
    made = snapshot_page(
        kept.record,
        snapshot_id=snapshot_id,
        address=address_of(request, snapshot_id),
        sizes=sizes,
        embed_hosts=settings().embed_hosts,
    )
    return HTMLResponse(made, headers={**_ALWAYS, "content-security-policy": policy()})


async def file(request: Request) -> Response:
    """Answer ``/s/<id>/<file>``."""
    return await run_in_threadpool(_file, request, request.path_params["name"])


def _file(request: Request, name: str, extra: dict[str, str] | None = None) -> Response:
    try:
        kept = folder.open_one(request.path_params["snapshot_id"])
        path = kept.file(name)
    except SnapshotError as error:
        return _lost(str(error))
    if not path.is_file():
        return _lost("This file of the snapshot is missing on the server.")
    kind = _TYPES.get(path.suffix, "application/octet-stream")
    headers = dict(_ALWAYS)
    if path.suffix == ".svg":
        headers["content-security-policy"] = _SVG_POLICY
    elif path.suffix == ".html":
        headers["content-security-policy"] = _OWN_FRAMES
    headers |= extra or {}
    info = kept.record.files.get(name)
    if info:
        headers["etag"] = f'"{info.sha256[:32]}"'
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=kind, headers=headers)


async def embed(request: Request) -> Response:
    """Answer ``/s/<id>/embed``: the frozen map for a frame on another page, with its attribution."""
    policy = " ".join([_OWN_FRAMES, *settings().embed_hosts])
    return await run_in_threadpool(_file, request, "map.html", {"content-security-policy": policy})


async def packed(request: Request) -> Response:
    """Answer ``/s/<id>.zip``: all files."""
    return await run_in_threadpool(_packed, request)


def _packed(request: Request) -> Response:
    try:
        kept = folder.open_one(request.path_params["snapshot_id"])
    except SnapshotError as error:
        return _lost(str(error))
    made = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  closed when it is sent
    try:
        write_zip(cast("IO[bytes]", made), kept.names, lambda name: _opened(kept, name))
    except OSError as error:
        made.close()
        return _lost(f"The zip could not be made: {error.strerror or error}.")
    size = made.tell()
    made.seek(0)
    headers = _ALWAYS | {
        "content-length": str(size),
        "content-disposition": f'attachment; filename="conflictmap-{kept.path.name}.zip"',
    }
    return StreamingResponse(_pieces(cast("IO[bytes]", made)), media_type="application/zip", headers=headers)


def _opened(kept: Kept, name: str) -> IO[bytes]:
    return kept.file(name).open("rb")


def _pieces(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while piece := made.read(_CHUNK):
            yield piece


async def changes(request: Request) -> Response:
    """Answer ``/s/<id>/changes``: how today's data differ, as JSON."""
    return await run_in_threadpool(_changes, request)


def _changes(request: Request) -> Response:
    try:
        found = compare.changes(folder.open_one(request.path_params["snapshot_id"]))
    except ConflictmapError as error:
        status = 404 if isinstance(error, SnapshotError) else 503
        return JSONResponse({"error": str(error)}, status_code=status, headers=_ALWAYS)
    told = {
        "words": found.words,
        "new": found.new,
        "removed": found.removed,
        "corrected": found.corrected,
        "lines": [list(line) for line in found.lines],
    }
    return JSONResponse(told, headers=_ALWAYS)


def _lost(message: str) -> Response:
    return HTMLResponse(lost_page(message), status_code=404, headers={**_ALWAYS, "content-security-policy": policy()})


def routes() -> list[Route]:
    """Return the routes of snapshots."""
    return [
        Route("/s/{snapshot_id:str}.zip", packed),
        Route("/s/{snapshot_id:str}", page),
        Route("/s/{snapshot_id:str}/embed", embed),
        Route("/s/{snapshot_id:str}/changes", changes),
        Route("/s/{snapshot_id:str}/{name:str}", file),
    ]
