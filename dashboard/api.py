"""The routes beside Streamlit: events of a map window, shapes, the base map, files, health."""

from __future__ import annotations

import hashlib
import math
import threading
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard import resources
from dashboard.assets import assets
from dashboard.maps.data import Window, basemap_as_dict, cells_as_dict, compact_json, named_places, packed, region_shape
from geodata.errors import ConflictmapError, RegionError
from geodata.settings import settings
from geodata.view_url import Known, decode_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from geodata.view import View

_WINDOW_KEYS = {"south": 90.0, "west": 180.0, "north": 90.0, "east": 540.0}
_MAX_ZOOM = 24
_LONG = "public, max-age=2592000, immutable"
_lock = threading.Lock()
_basemaps: dict[str, tuple[bytes, bytes, str]] = {}


class BadQueryError(ValueError):
    """A query of the API that cannot be answered; the text is one sentence."""


def parse_cells_query(query: Mapping[str, Sequence[str]]) -> tuple[View, Window, int]:
    """Read the query of ``/api/cells``.

    Raises
    ------
    BadQueryError
        If anything in it is missing, unknown or out of range: a program should hear of it,
        while a person's link is opened as well as it can be.
    """
    numbers = {key: _number(query, key, limit) for key, limit in _WINDOW_KEYS.items()}
    zoom = _number(query, "z", _MAX_ZOOM)
    if zoom < 0:
        msg = f"The zoom z must be a number from 0 to {_MAX_ZOOM}."
        raise BadQueryError(msg)
    if numbers["south"] >= numbers["north"] or numbers["west"] >= numbers["east"]:
        msg = "The window is empty: south must be less than north, and west less than east."
        raise BadQueryError(msg)
    rest = {key: values for key, values in query.items() if key not in _WINDOW_KEYS and key != "z"}
    view, problems = decode_view(rest, Known(actors=lambda _: True, regions=resources.has_region))
    if problems:
        raise BadQueryError(problems[0].message)
    return view, Window(numbers["south"], numbers["west"], numbers["north"], numbers["east"]), int(zoom)


def _number(query: Mapping[str, Sequence[str]], key: str, limit: float) -> float:
    values = query.get(key, ())
    try:
        value = float(values[0]) if len(values) == 1 else math.nan
    except ValueError:
        value = math.nan
    if not abs(value) <= limit:
        msg = f"The query needs {key} once, as a number from {-limit:g} to {limit:g}."
        raise BadQueryError(msg)
    return value


def _multi(request: Request) -> dict[str, list[str]]:
    query: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        query.setdefault(key, []).append(value)
    return query


def _tag(*parts: str) -> str:
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
    return f'W/"{digest[:24]}"'


def _unchanged(request: Request, tag: str) -> bool:
    sent = request.headers.get("if-none-match", "")
    return any(part.strip() == tag for part in sent.split(","))


def _sorry(message: str, status: int) -> Response:
    return JSONResponse({"error": message}, status_code=status, headers={"cache-control": "no-store"})


async def cells(request: Request) -> Response:
    """Answer ``/api/cells``: what a map window shows of a view, as JSON."""
    return await run_in_threadpool(_cells, request)


def _cells(request: Request) -> Response:
    try:
        view, window, zoom = parse_cells_query(_multi(request))
        store = resources.store()
        headers = {"etag": _tag(store.version, request.url.query), "cache-control": "no-cache"}
        if _unchanged(request, headers["etag"]):
            return Response(status_code=304, headers=headers)
        found = store.cells(view, south=window.south, west=window.west, north=window.north, east=window.east, zoom=zoom)
        body = compact_json(cells_as_dict(found, resources.regions()))
    except BadQueryError as error:
        return _sorry(str(error), 400)
    except ConflictmapError as error:
        return _sorry(str(error), 503)
    return Response(body, media_type="application/json", headers=headers)


async def region(request: Request) -> Response:
    """Answer ``/api/regions/<id>``: the shape of a region as a GeoJSON feature (lon, lat)."""
    return await run_in_threadpool(_region, request)


def _region(request: Request) -> Response:
    region_id = request.path_params["region_id"]
    try:
        feature = region_shape(resources.regions(), region_id)
    except RegionError as error:
        return _sorry(str(error), 404)
    body = compact_json(feature)
    headers = {"etag": _tag(hashlib.sha256(body).hexdigest()), "cache-control": "public, max-age=3600"}
    if _unchanged(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/geo+json", headers=headers)


def basemap_version() -> str:
    """Return a text that changes when the base map does; cheap enough for every run of a page."""
    from geodata import __version__  # noqa: PLC0415  the package itself

    path = settings().gazetteer
    built = str(path.stat().st_mtime_ns) if path.exists() else "none"
    return hashlib.sha256(f"{__version__}/{built}".encode()).hexdigest()[:12]


def warm_basemap() -> tuple[bytes, bytes, str]:
    """Return the base map plain, compressed, and its tag; made at the first call."""
    version = basemap_version()
    with _lock:
        if version not in _basemaps:
            gazetteer = resources.gazetteer()
            places = named_places(gazetteer) if gazetteer else []
            plain = compact_json(basemap_as_dict(resources.regions(), places))
            _basemaps.clear()
            _basemaps[version] = (plain, packed(plain), _tag(version))
        return _basemaps[version]


async def basemap(request: Request) -> Response:
    """Answer ``/api/basemap``: land, lines, lakes and names, made once and kept compressed."""
    try:
        plain, small, tag = await run_in_threadpool(warm_basemap)
    except ConflictmapError as error:
        return _sorry(str(error), 503)
    # Only an address that names the version may be kept without asking again.
    headers = {
        "etag": tag,
        "vary": "accept-encoding",
        "cache-control": _LONG if request.query_params.get("v") == basemap_version() else "no-cache",
    }
    if _unchanged(request, tag):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(small, media_type="application/json", headers=headers | {"content-encoding": "gzip"})
    return Response(plain, media_type="application/json", headers=headers)


async def basemap_fine(request: Request) -> Response:
    """Answer ``/api/basemap/<country>``: the fine shape of one country."""
    return await run_in_threadpool(_basemap_fine, request)


def _basemap_fine(request: Request) -> Response:
    try:
        body = resources.regions().basemap_fine(request.path_params["country"])
    except RegionError as error:
        return _sorry(str(error), 404)
    named = request.query_params.get("v") == basemap_version()
    headers = {
        "etag": _tag(hashlib.sha256(body).hexdigest()),
        "cache-control": _LONG if named else "no-cache",
    }
    if _unchanged(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


async def asset(request: Request) -> Response:
    """Answer ``/assets/...`` from the list of known files."""
    found = assets().get(request.path_params["name"])
    if found is None:
        return _sorry("There is no such file.", 404)
    tag = f'W/"{found.tag}"'
    headers = {
        "etag": tag,
        "x-content-type-options": "nosniff",
        "cache-control": _LONG if request.query_params.get("v") == found.tag else "no-cache",
    }
    if _unchanged(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(found.content, headers=headers | {"content-type": found.media_type})


async def health(_: Request) -> Response:
    """Answer ``/healthz``: whether the store can be read."""
    try:
        version = await run_in_threadpool(lambda: resources.store().version)
    except ConflictmapError as error:
        return _sorry(str(error), 503)
    return JSONResponse({"status": "ok", "store": version}, headers={"cache-control": "no-store"})


def routes() -> list[Route]:
    """Return all routes; none begins like one of Streamlit's own."""
    return [
        Route("/api/cells", cells),
        Route("/api/regions/{region_id:str}", region),
        Route("/api/basemap", basemap),
        Route("/api/basemap/{country:str}", basemap_fine),
        Route("/assets/{name:path}", asset),
        Route("/healthz", health),
    ]
