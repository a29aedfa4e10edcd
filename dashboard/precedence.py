"""The map goes first: a run of the page stands back while the map waits for its events.

Both are asked by the same click and share one interpreter. The map's question is short and what a
person looks at; the run of the page is long.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 0.3  # a map that takes longer than this does not hold the page up
_changed = threading.Condition()
_waiting = 0


@contextmanager
def map_waits() -> Iterator[None]:
    """Hold runs of pages back while this lasts."""
    global _waiting  # noqa: PLW0603  one number for the process, under the lock
    with _changed:
        _waiting += 1
    try:
        yield
    finally:
        with _changed:
            _waiting -= 1
            _changed.notify_all()


def after_you(patience_s: float = PATIENCE_S) -> bool:
    """Wait until no map waits, and tell whether that is so; at most `patience_s` seconds."""
    with _changed:
        return _changed.wait_for(lambda: _waiting == 0, timeout=patience_s)
