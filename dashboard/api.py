"""The routes beside Streamlit: events of a map window, shapes, the base map, files, health."""

from __future__ import annotations

import gzip
import hashlib
import math
import threading
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard import resources
from dashboard.answers import LONG, BadQueryError, answer, answer_from_store, etag_of, has_it, sorry, takes_gzip
from dashboard.assets import assets
from dashboard.maps.data import Window, basemap_as_json, cells_as_dict, compact_json, named_places, packed, region_shape
from dashboard.precedence import map_waits
from geodata.errors import ConflictmapError, RegionError
from geodata.settings import settings
from geodata.view_url import Known, decode_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from geodata.store import Store
    from geodata.view import View

_WINDOW_KEYS = {"south": 90.0, "west": 180.0, "north": 90.0, "east": 540.0}
_MAX_ZOOM = 24
_MOST_SHAPES = 500  # in one answer
_lock = threading.Lock()
_basemaps: dict[str, tuple[bytes, str]] = {}


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
    return (
        parse_view_query(rest),
        Window(numbers["south"], numbers["west"], numbers["north"], numbers["east"]),
        int(zoom),
    )


def parse_view_query(query: Mapping[str, Sequence[str]]) -> View:
    """Read a query that holds the filters of a view and nothing else.

    Raises
    ------
    BadQueryError
        If anything in it is not known.
    """
    view, problems = decode_view(query, Known(actors=lambda _: True, regions=resources.has_region))
    if problems:
        raise BadQueryError(problems[0].message)
    return view


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


async def cells(request: Request) -> Response:
    """Answer ``/api/cells``: what a map window shows of a view, as JSON."""
    with map_waits():
        return await run_in_threadpool(answer_from_store, request, _cells)


def _cells(store: Store, query: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    view, window, zoom = parse_cells_query(query)
    found = store.cells(
        view,
        south=window.south,
        west=window.west,
        north=window.north,
        east=window.east,
        zoom=zoom,
        event_ids=False,  # the page looks for those of a place once it is clicked
    )
    return cells_as_dict(found, resources.regions(), window)


async def region(request: Request) -> Response:
    """Answer ``/api/regions/<id>``: the shape of a region as a GeoJSON feature (lon, lat)."""
    return await run_in_threadpool(_region, request)


def _region(request: Request) -> Response:
    region_id = request.path_params["region_id"]
    try:
        feature = region_shape(resources.regions(), region_id)
    except RegionError as error:
        return sorry(str(error), 404)
    body = compact_json(feature)
    etag = etag_of(hashlib.sha256(body).hexdigest())
    return answer(request, body, etag=etag, cache="public, max-age=3600", media_type="application/geo+json")


async def region_shapes(request: Request) -> Response:
    """Answer ``/api/regions?ids=IQ-KI,SY-HL``: the shapes of many regions as GeoJSON (lon, lat); without unknown ones."""
    return await run_in_threadpool(_region_shapes, request)


def _region_shapes(request: Request) -> Response:
    ids = list(dict.fromkeys(filter(None, request.query_params.get("ids", "").split(","))))
    if not 0 < len(ids) <= _MOST_SHAPES:
        return sorry(f"The query needs ids of 1 to {_MOST_SHAPES} regions, with commas between them.", 400)
    detail: Literal["coarse", "fine"] = "fine" if request.query_params.get("detail") == "fine" else "coarse"
    body = (
        b'{"type":"FeatureCollection","features":['
        + b",".join(zlib.decompress(_shape(i, detail)) for i in ids if resources.has_region(i))
        + b"]}"
    )
    etag = etag_of(basemap_version(), request.url.query)
    gzipped = None if has_it(request, etag) else packed(body)
    return answer(request, body, etag=etag, cache=_kept(request), media_type="application/geo+json", gzipped=gzipped)


@lru_cache(maxsize=2_000)
def _shape(region_id: str, detail: Literal["coarse", "fine"]) -> bytes:
    """Return a shape as JSON, compressed: two thousand of them would take 10 MB."""
    return zlib.compress(compact_json(resources.regions().geojson(region_id, detail=detail)), 1)


def basemap_version() -> str:
    """Return a text that changes when the base map does; cheap enough for every run of a page."""
    from geodata import __version__  # noqa: PLC0415  the package itself

    path = settings().gazetteer
    built = str(path.stat().st_mtime_ns) if path.exists() else "none"
    return hashlib.sha256(f"{__version__}/{built}".encode()).hexdigest()[:12]


def warm_basemap() -> tuple[bytes, str]:
    """Return the base map, compressed, and its tag; made at the first call."""
    version = basemap_version()
    with _lock:
        if version not in _basemaps:
            gazetteer = resources.gazetteer()
            # Not kept: only who draws a map here needs the places themselves once more.
            places = named_places.__wrapped__(gazetteer) if gazetteer else []
            small = packed(basemap_as_json(resources.regions(), places))
            _basemaps.clear()
            _basemaps[version] = (small, etag_of(version))
        return _basemaps[version]


async def basemap(request: Request) -> Response:
    """Answer ``/api/basemap``: land, lines, lakes and names, made once and kept compressed."""
    try:
        small, tag = await run_in_threadpool(warm_basemap)
    except ConflictmapError as error:
        return sorry(str(error), 503)
    plain = b"" if takes_gzip(request) else gzip.decompress(small)  # hardly anybody does without
    return answer(request, plain, etag=tag, cache=_kept(request), gzipped=small)


def _kept(request: Request) -> str:
    """Return how long the base map may be kept: only an address that names its version needs no asking again."""
    return LONG if request.query_params.get("v") == basemap_version() else "no-cache"


async def basemap_fine(request: Request) -> Response:
    """Answer ``/api/basemap/<country>``: the fine shape of one country."""
    return await run_in_threadpool(_basemap_fine, request)


def _basemap_fine(request: Request) -> Response:
    try:
        body = resources.regions().basemap_fine(request.path_params["country"])
    except RegionError as error:
        return sorry(str(error), 404)
    return answer(request, body, etag=etag_of(hashlib.sha256(body).hexdigest()), cache=_kept(request))


async def asset(request: Request) -> Response:
    """Answer ``/assets/...`` from the list of known files."""
    found = assets().get(request.path_params["name"])
    if found is None:
        return sorry("There is no such file.", 404)
    made = answer(
        request,
        found.content,
        etag=f'W/"{found.tag}"',
        cache=LONG if request.query_params.get("v") == found.tag else "no-cache",
        media_type=found.media_type,
    )
    made.headers["x-content-type-options"] = "nosniff"
    return made


async def health(_: Request) -> Response:
    """Answer ``/healthz``: whether the store can be read."""
    try:
        version = await run_in_threadpool(lambda: resources.store().version)
    except ConflictmapError as error:
        return sorry(str(error), 503)
    return JSONResponse({"status": "ok", "store": version}, headers={"cache-control": "no-store"})


def routes() -> list[Route]:
    """Return all routes; none begins like one of Streamlit's own."""
    return [
        Route("/api/cells", cells),
        Route("/api/regions", region_shapes),
        Route("/api/regions/{region_id:str}", region),
        Route("/api/basemap", basemap),
        Route("/api/basemap/{country:str}", basemap_fine),
        Route("/assets/{name:path}", asset),
        Route("/healthz", health),
    ]
