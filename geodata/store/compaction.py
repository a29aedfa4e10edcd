"""Lay the batches together into the next base, while everybody goes on reading and writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from geodata.errors import StoreError
from geodata.store.engine import Engine
from geodata.store.folder import said

if TYPE_CHECKING:
    from geodata.store.folder import Folder, Listing

MANY_BATCHES = 20  # taking in 20 small files costs about as much as a few queries
TOO_MANY_BATCHES = 100  # they are taken in one by one when a store is opened: about a second
MANY_EVENTS = 50_000  # about 50 MB held in memory by every reader
SHARE = 0.05  # a base is rewritten whole: only when it grows by this much


def missing(engine: Engine, listing: Listing) -> list[str]:
    """Return the batches that an engine has not loaded yet, by name."""
    names = set(listing.batches)
    if not engine.delta:
        # Those moved away are in every base since, so this matters only when a damaged base
        # was moved away by hand: then the base before it is completed from them.
        names.update(engine.folder.compacted_names())
    return sorted(names - engine.held - set(engine.delta))


def worth_it(engine: Engine) -> bool:
    """Return whether the batches on top of the base have become many enough, or the base is of an older kind."""
    if not engine.has_numbers:
        return True
    batches = len(engine.delta)
    in_base, on_top = engine.sizes()
    if batches <= MANY_BATCHES and on_top <= MANY_EVENTS:
        return False
    return batches > TOO_MANY_BATCHES or on_top >= SHARE * in_base


def compact(folder: Folder) -> bool:
    """Make the next base out of the newest one and all batches that it does not hold.

    Returns
    -------
    bool
        Whether a new base was made: not when another process is at it, nor when there is
        nothing new.

    Raises
    ------
    StoreError
        If it cannot be written; the store is as before then.
    """
    lock = FileLock(folder.lock, timeout=0)
    with said("The store could not be compacted"):
        try:
            lock.acquire()
        except Timeout:  # which is an OSError too
            return False
        try:
            return _compact(folder)
        finally:
            lock.release()


def _compact(folder: Folder) -> bool:
    # Nobody else moves batches or adds bases while we hold the lock, so that nothing that is
    # listed here can go away; what other writers add meanwhile stays for the next time.
    folder.sweep()
    listing = folder.listing()
    engine = Engine(folder, listing.base)
    try:
        engine.load(missing(engine, listing))
        if not engine.delta and engine.has_numbers:
            folder.move_away(engine.held)
            return False
        temporary, final = folder.next_base()
        try:
            held = engine.save(temporary)
            folder.publish(temporary, final, held)
        finally:
            for leftover in folder.path.glob(f"{temporary.name}*"):
                leftover.unlink(missing_ok=True)
    except FileNotFoundError as error:
        msg = f"Files are missing in the store at {folder.path}: {error.filename}."
        raise StoreError(msg) from error
    finally:
        engine.close()
    return True
