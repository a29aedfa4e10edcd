"""What leaves this installation, and what of it must not.

`open_shared` opens a store as it may be shared: every question it answers, and so everything that is made of
the answers, keeps to the safety settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.sharing.safety import Safety, safety_from_key, safety_of

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from geodata.gazetteer import Gazetteer
    from geodata.regions import Regions
    from geodata.store import Store


def open_shared(
    location: str | Path,
    safety: Safety,
    *,
    regions: Regions,
    gazetteer: Gazetteer | None,
    now: dt.datetime | None = None,
) -> Store:
    """Open the store in a folder as it may be shared, for reading.

    Parameters
    ----------
    location
        Path of the folder.
    safety
        What to leave out or make coarser.
    regions, gazetteer
        Give the coarser places; without a gazetteer only provinces can be given.
    now
        The time that "so many hours ago" counts from; that of the clock when left out.

    Raises
    ------
    StoreError
        If it is missing, not readable, damaged, or made by a newer version.
    """
    from geodata.sharing.screen import Screen  # noqa: PLC0415  loads the lists of actors and words
    from geodata.store import Store  # noqa: PLC0415

    if not safety.is_on:
        return Store.open(location, read_only=True)
    return Store.open(location, screen=Screen(safety, regions=regions, gazetteer=gazetteer, now=now))


__all__ = ["Safety", "open_shared", "safety_from_key", "safety_of"]
