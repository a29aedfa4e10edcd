"""How much memory DuckDB may take: little for the questions of a screen, more for large work while it lasts."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator

USUAL_MB = 256  # what is read again comes from the system's own memory of files
RESTING_MB = 8  # while nothing is asked


class Room:
    """The memory of one database, which by itself would take most of the machine and keep it.

    Parameters
    ----------
    con
        A connection to it.
    """

    def __init__(self, con: Any) -> None:
        self._con = con
        self._guard = threading.Lock()
        self._most = str(con.execute("SELECT current_setting('memory_limit')").fetchall()[0][0])
        self._usual_mb: float = USUAL_MB
        self._needs: list[float] = []
        self.on_top_mb = 0  # what it holds in memory anyway
        self._asking = 0  # questions just now
        self._asked_at = 0.0  # when the last one was answered, by the monotonic clock
        self._rested = True  # since the last one
        self._set()

    @contextlib.contextmanager
    def of(self, megabytes: float) -> Iterator[None]:
        """Let it take so many megabytes while this lasts, beside what it holds anyway; infinity for what it likes."""
        with self._guard:
            self._needs.append(megabytes)
            self._set()
        try:
            yield
        finally:
            with self._guard:
                self._needs.remove(megabytes)
                self._set()

    @contextlib.contextmanager
    def asked(self) -> Iterator[None]:
        """Let nothing be taken away while a question is answered."""
        with self._guard:
            self._asking += 1
        try:
            yield
        finally:
            with self._guard:
                self._asking -= 1
                self._asked_at, self._rested = time.monotonic(), False

    def rest(self, quiet_s: float) -> bool:
        """Let go of what is kept only to be quicker next time, when nothing was asked for so many seconds; tell whether.

        DuckDB does so when it is told to take less, and gives what it freed before back to the system then too, which
        otherwise is kept for good: together some 60 MB after a few questions to a million events.
        """
        with self._guard:
            busy = self._asking or self._needs or self._usual_mb == math.inf
            if busy or self._rested or time.monotonic() - self._asked_at < quiet_s:
                return False
            self._rested = True
            self._limit(f"{RESTING_MB + self.on_top_mb}MB")
            self._set()
        return True

    def unbind(self) -> None:
        """Let it take what it likes from now on: for whoever lays large tables of its own over the store's."""
        with self._guard:
            self._usual_mb = math.inf
            self._set()

    def _set(self) -> None:
        need = max([self._usual_mb, *self._needs])
        self._limit(self._most if need == math.inf else f"{need + self.on_top_mb:.0f}MB")

    def _limit(self, limit: str) -> None:
        # It says no where it cannot do with so little just now, or was closed meanwhile: the next one will set it.
        with contextlib.suppress(duckdb.Error):
            self._con.cursor().execute(f"SET memory_limit = '{limit}'")
