"""All addresses of the server beside the pages."""

from __future__ import annotations

from starlette.routing import Route

from dashboard.api import routes
from dashboard.export_api import export_routes
from dashboard.feed import feed_routes
from dashboard.layer_api import layer_routes
from dashboard.names_api import name_routes
from dashboard.snapshots.routes import routes as snapshot_routes


def every_route(base_path: str = "") -> list[Route]:
    """Return all routes.

    Parameters
    ----------
    base_path
        Where the pages lie when it is not at the top of a host: ``a/map``. Streamlit puts its own addresses below it,
        and leaves those of others where they are.

    What answers with events is either the dashboard's own (its map, its charts), and shows everything to whoever
    may open it, or it is shared, and asks `resources.shared_store` or `resources.open_shared` alone. A test knows
    which is which, and fails for a route that it does not know.
    """
    every = [*routes(), *name_routes(), *layer_routes(), *export_routes(), *feed_routes(), *snapshot_routes()]
    before = base_path.strip("/")
    if not before:
        return every
    return [Route(f"/{before}{route.path}", route.endpoint, methods=route.methods) for route in every]
