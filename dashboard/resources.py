"""What all sessions and all routes share: one store, one gazetteer, one set of regions.

Streamlit's own caches belong to its script runs; the routes of the server run outside of them
and must see the very same store, so these are plain process-wide singletons.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from geodata.errors import ConflictmapError, GazetteerError, SettingsError
from geodata.memory import give_back
from geodata.settings import settings
from geodata.tiles import tile_sources
from geodata.view import View
from geodata.view_url import Known

if TYPE_CHECKING:
    from geodata.gazetteer.lookup import Gazetteer
    from geodata.regions import Regions
    from geodata.sharing import Safety
    from geodata.store.store import Store
    from geodata.tiles import TileSource

Box = tuple[float, float, float, float]
_ALL = 1_000_000  # names: more than there are
_lock = threading.RLock()
_made: dict[str, object] = {}


def store() -> Store:
    """Return the store of this installation, made when it is not there.

    Raises
    ------
    StoreError
        If it cannot be opened.
    """
    from geodata.store.store import Store  # noqa: PLC0415  its engine takes a second to import

    with _lock:
        if "store" not in _made:
            _made["store"] = Store.open(settings().location)
        made = _made["store"]
    assert isinstance(made, Store)  # noqa: S101  tells the type checker what the dictionary holds
    return made


def safety() -> Safety:
    """Return what must be left out of everything that is shared.

    Raises
    ------
    SafetyError
        If the settings cannot be read.
    """
    from geodata.sharing import safety_of  # noqa: PLC0415  not needed by every process

    return safety_of(settings())


def open_shared(wanted: Safety | None = None) -> Store:
    """Open the store as it may be shared, for the caller alone: all questions are answered from one state of it.

    Parameters
    ----------
    wanted
        What to leave out; what the settings say, when not given.

    Raises
    ------
    SafetyError
        If the settings cannot be read.
    StoreError
        If the store cannot be opened.
    """
    from geodata.sharing import open_shared as opened  # noqa: PLC0415

    return opened(settings().location, wanted or safety(), regions=regions(), gazetteer=gazetteer())


def shared_store() -> Store:
    """Return the store as it may be shared; everything that leaves this installation is made from it.

    Raises
    ------
    SafetyError
        If the settings cannot be read.
    StoreError
        If the store cannot be opened.
    """
    from geodata.store.store import Store  # noqa: PLC0415

    wanted = safety()
    if not wanted.is_on:
        return store()
    with _lock:
        if wanted.key not in _made:
            store()  # made where it is not there
            _made[wanted.key] = open_shared(wanted)
        made = _made[wanted.key]
    assert isinstance(made, Store)  # noqa: S101
    return made


def gazetteer() -> Gazetteer | None:
    """Return the gazetteer, or None where it has not been built."""
    from geodata.gazetteer.lookup import Gazetteer  # noqa: PLC0415  not needed by every process

    with _lock:
        if "gazetteer" not in _made:
            try:
                _made["gazetteer"] = Gazetteer(settings().gazetteer)
            except GazetteerError:
                return None  # asked again next time: it may be under construction
        made = _made["gazetteer"]
    assert isinstance(made, Gazetteer)  # noqa: S101
    return made


def regions() -> Regions:
    """Return all regions."""
    from geodata.regions import regions as load  # noqa: PLC0415  shapes are loaded at first need

    return load()


@cache
def tiles() -> tuple[TileSource, ...]:
    """Return the online tiles that are switched on; a setting that makes no sense is written to the log."""
    try:
        return tile_sources(settings())
    except SettingsError as error:
        logging.getLogger("conflictmap").warning("%s The built-in map is shown.", error)
        return ()


def region_name(region_id: str) -> str:
    """Return the name of a region, its id where there is none."""
    try:
        return regions().get(region_id).name
    except ConflictmapError:
        return region_id


def region_box(region_id: str) -> Box | None:
    """Return the box around a region (south, west, north, east; decimal degrees); None where there is none."""
    try:
        return regions().get(region_id).bbox
    except ConflictmapError:
        return None


def has_region(region_id: str) -> bool:
    """Tell whether there is a region with this id."""
    try:
        regions().get(region_id)
    except ConflictmapError:
        return False
    return True


def known() -> Known:
    """Return what a link may name: actors and publishers that occur in the store, regions that exist."""
    place = store()
    version = place.version
    with _lock:
        cached = _made.get("names")
        if not (isinstance(cached, tuple) and cached[0] == version):
            actors, sources = (
                frozenset(name for name, _ in place.facet(View(), by, limit=_ALL)) for by in ("actor", "source")
            )
            cached = (version, actors, sources)
            _made["names"] = cached
    return Known(actors=cached[1], regions=has_region, sources=cached[2])


def count_ahead(place: Store, view: View) -> None:
    """Begin to count a view, of which the page and the map will ask; who asks meanwhile waits for this count."""
    with _lock:
        if "ahead" not in _made:
            _made["ahead"] = ThreadPoolExecutor(2, thread_name_prefix="count-ahead")
        ahead = _made["ahead"]
    assert isinstance(ahead, ThreadPoolExecutor)  # noqa: S101
    ahead.submit(place.counts, view)  # what fails here fails again where somebody waits for the answer


def rest(quiet_s: float) -> bool:
    """Give back memory of the stores that were asked something, but nothing for so many seconds; tell whether there was any."""
    with _lock:
        stores = [made for made in _made.values() if hasattr(made, "rest")]
    rested = [made.rest(quiet_s) for made in stores]
    if any(rested):
        give_back()
    return any(rested)


def reset() -> None:
    """Forget everything (tests use another store each)."""
    with _lock:
        stores = [made for made in _made.values() if hasattr(made, "close")]
        _made.clear()
    tiles.cache_clear()
    for made in stores:
        made.close()


def boundary_disclaimer() -> str:
    """Return what the makers of the borders ask to be said, or nothing."""
    import geodata.regions as module  # noqa: PLC0415

    said = getattr(module, "DISCLAIMER", "")
    return str(said)
