"""The store: batches in, events out.

Nothing in its folder is ever changed, only added, so that any number of processes read and
write at once, nobody waits, and a kill at any moment loses nothing that was stored.
"""

from geodata.store.results import (
    Area,
    ArticleRow,
    Cell,
    Cells,
    Counts,
    Extent,
    Point,
    StoredEvent,
    Timeline,
    Written,
)
from geodata.store.store import Store

__all__ = [
    "Area",
    "ArticleRow",
    "Cell",
    "Cells",
    "Counts",
    "Extent",
    "Point",
    "Store",
    "StoredEvent",
    "Timeline",
    "Written",
]
