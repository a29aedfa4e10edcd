"""The routes of the map's other layers, of the timeline and of the charts. All of them are JSON."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from dashboard import resources
from dashboard.answers import LONG, answer, answer_from_store, etag_of, sorry
from dashboard.api import basemap_version, parse_cells_query, parse_view_query
from dashboard.charts import charts_as_dict
from dashboard.maps.choropleth import by_region_as_dict, unit_shapes
from dashboard.maps.data import compact_json, heat_as_dict, packed
from dashboard.timeline import timeline_as_dict
from geodata.errors import RegionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from geodata.store.store import Store

# A cell of the heat layer is a quarter as wide as one of the map: 16 pixels.
_HEAT_FINER = 2


async def heat(request: Request) -> Response:
    """Answer ``/api/heat``: small cells of a map window, as rows of lat, lon, count."""
    return await run_in_threadpool(answer_from_store, request, _heat)


def _heat(store: Store, query: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    view, window, zoom = parse_cells_query(query)
    found = store.cells(
        view,
        south=window.south,
        west=window.west,
        north=window.north,
        east=window.east,
        zoom=zoom + _HEAT_FINER,
        event_ids=False,
    )
    return heat_as_dict(found)


async def by_region(request: Request) -> Response:
    """Answer ``/api/by-region``: the events of a view by province and by country, with classes."""
    return await run_in_threadpool(
        answer_from_store,
        request,
        lambda store, query: by_region_as_dict(store, parse_view_query(query), resources.regions()),
    )


async def timeline(request: Request) -> Response:
    """Answer ``/api/timeline``: the events of a view by time and quad, and of the time around its period."""
    return await run_in_threadpool(
        answer_from_store,
        request,
        lambda store, query: timeline_as_dict(store, parse_view_query(query)),
    )


async def charts(request: Request) -> Response:
    """Answer ``/api/charts``: types over time, pairs of actors, provinces."""
    return await run_in_threadpool(
        answer_from_store,
        request,
        lambda store, query: charts_as_dict(store, parse_view_query(query), resources.region_name),
    )


async def shapes(request: Request) -> Response:
    """Answer ``/api/shapes/<country>``: the provinces of a country as GeoJSON (lon, lat)."""
    return await run_in_threadpool(_shapes, request)


@lru_cache(maxsize=128)
def _packed_shapes(country: str, *, fine: bool) -> tuple[bytes, bytes, str]:
    body = compact_json(unit_shapes(resources.regions(), country, fine=fine))
    return body, packed(body), hashlib.sha256(body).hexdigest()


def _shapes(request: Request) -> Response:
    fine = request.query_params.get("detail") == "fine"
    try:
        plain, small, digest = _packed_shapes(request.path_params["country"], fine=fine)
    except RegionError as error:
        return sorry(str(error), 404)
    cache = LONG if request.query_params.get("v") == basemap_version() else "no-cache"
    return answer(request, plain, etag=etag_of(digest), cache=cache, gzipped=small)


def layer_routes() -> list[Route]:
    """Return the routes of this module."""
    return [
        Route("/api/heat", heat),
        Route("/api/by-region", by_region),
        Route("/api/timeline", timeline),
        Route("/api/charts", charts),
        Route("/api/shapes/{country:str}", shapes),
    ]
