"""The map goes first: a run of the page stands back while the map waits for its events.

Both are asked by the same click and share one interpreter. The map's question is short and what a
person looks at; the run of the page is long.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 0.3  # a map that takes longer than this does not hold the page up
DRAWN_S = 0.08  # the browser draws an answer first, and then what the page has become: one thread does both there
_changed = threading.Condition()
_waiting = 0
_answered = 0.0  # when a map was answered last, by the monotonic clock


@contextmanager
def map_waits() -> Iterator[None]:
    """Hold runs of pages back while this lasts."""
    global _waiting, _answered  # noqa: PLW0603  two numbers for the process, under the lock
    with _changed:
        _waiting += 1
    try:
        yield
    finally:
        with _changed:
            _waiting -= 1
            _answered = time.monotonic()
            _changed.notify_all()


def after_you(patience_s: float = PATIENCE_S) -> bool:
    """Wait until no map waits and the last answer can be drawn, and tell whether that is so; at most `patience_s` seconds."""
    until = time.monotonic() + patience_s
    while True:
        with _changed:
            if not _changed.wait_for(lambda: _waiting == 0, timeout=until - time.monotonic()):
                return False
            left = min(_answered + DRAWN_S, until) - time.monotonic()
        if left <= 0:
            return True
        time.sleep(left)
