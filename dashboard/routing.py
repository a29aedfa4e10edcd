"""All addresses of the server beside the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.api import routes
from dashboard.export_api import export_routes
from dashboard.feed import feed_routes
from dashboard.layer_api import layer_routes
from dashboard.names_api import name_routes
from dashboard.snapshots.routes import routes as snapshot_routes

if TYPE_CHECKING:
    from starlette.routing import Route


def every_route() -> list[Route]:
    """Return all routes.

    What answers with events is either the dashboard's own (its map, its charts), and shows everything to whoever
    may open it, or it is shared, and asks `resources.shared_store` or `resources.open_shared` alone. A test knows
    which is which, and fails for a route that it does not know.
    """
    return [*routes(), *name_routes(), *layer_routes(), *export_routes(), *feed_routes(), *snapshot_routes()]
