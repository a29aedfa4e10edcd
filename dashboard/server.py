"""The server: the Streamlit pages and the routes beside them.

Run it with ``streamlit run dashboard/server.py``, or ``conflictmap serve``.
"""

from __future__ import annotations

import gc
import logging
import sys
import threading
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import resources
from dashboard.api import warm_basemap
from dashboard.routing import every_route
from dashboard.sockets import send_at_once
from dashboard.texts import UNEXPECTED, plain
from geodata.errors import ConflictmapError
from geodata.memory import give_back

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_log = logging.getLogger("conflictmap")
QUIET_S = 3.0  # people look at a map for some seconds before they ask again
TURN_S = 0.0005  # after which a thread that computes lets another one have the interpreter


def tell(error: BaseException) -> bool:
    """Show one sentence instead of a stack trace, which goes to the log."""
    if isinstance(error, ConflictmapError):
        st.error(plain(str(error)))
    else:
        _log.error("A page failed", exc_info=error)
        st.error(UNEXPECTED)
    return True


def _load() -> None:
    """Import what every page needs before there is a second thread.

    Packages whose modules import each other (branca, which folium stands on) are seen half made by the
    second of two threads that import them at the same time: the first page then failed now and then.
    """
    # Not dashboard.map_panel: a component that registers itself here is unknown to the pages.
    import dashboard.maps.base  # noqa: F401, PLC0415  folium
    import geodata.store.store  # noqa: F401, PLC0415  pandas, Ibis, DuckDB


def _warm() -> None:
    """Make what the first page will need, so that the first visitor does not wait for it."""
    try:
        warm_basemap()
        resources.known()
    except ConflictmapError as error:
        _log.warning("%s", error)  # the pages will say it too
    spare_what_stays()


def _rest() -> None:
    """Give memory back whenever the store was asked something and then nothing for a moment."""
    while True:
        time.sleep(QUIET_S)
        resources.rest(QUIET_S)


def spare_what_stays() -> None:
    """Let the search for garbage pass over all that is there now: modules, shapes, names, which stay for good.

    Streamlit looks for garbage after every run of a page, while nothing else can run. Among the four hundred thousand
    objects of a server that takes a seventh of a second; without them, a few milliseconds.
    """
    gc.collect()
    give_back()
    gc.freeze()


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    send_at_once()
    # A question of the map is many short turns beside the long run of a page: each would wait ten times as long.
    sys.setswitchinterval(TURN_S)
    _load()
    threading.Thread(target=_warm, name="warm-up", daemon=True).start()
    threading.Thread(target=_rest, name="rest", daemon=True).start()
    yield


app = st.App(
    Path(__file__).parent / "app.py",
    routes=every_route(st.get_option("server.baseUrlPath") or ""),
    lifespan=_lifespan,
    on_script_error=tell,
)
