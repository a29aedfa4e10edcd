"""Answers of geocoding services, kept on disk so that no server is asked the same thing twice."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geopy.location import Location

if TYPE_CHECKING:
    from collections.abc import Sequence

_TABLE = """
CREATE TABLE IF NOT EXISTS answer (
    service TEXT NOT NULL,
    query TEXT NOT NULL,
    locations TEXT NOT NULL,
    asked TEXT NOT NULL,
    PRIMARY KEY (service, query)
) WITHOUT ROWID
"""
_BUSY_SECONDS = 10.0  # another process may be writing


class AnswerCache:
    """What services answered, by service and query. May be used from any thread and by several processes.

    A damaged file is put aside and begun anew: it holds nothing that cannot be asked again.

    Parameters
    ----------
    path
        The SQLite file; made when it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._make()
        except sqlite3.DatabaseError:
            self.path.replace(self.path.with_suffix(".damaged"))
            self._make()

    def get(self, service: str, query: str) -> list[Location] | None:
        """Return the kept answer, which may be an empty list, or None when this was never asked."""
        with closing(self._connect()) as connection:
            row = connection.execute(
                "SELECT locations FROM answer WHERE service = ? AND query = ?", (service, query)
            ).fetchone()
        if row is None:
            return None
        return [Location(address, (lat, lon), raw) for address, lat, lon, raw in json.loads(row[0])]

    def put(self, service: str, query: str, locations: Sequence[Location]) -> None:
        """Keep an answer."""
        rows = [(place.address, place.latitude, place.longitude, place.raw) for place in locations]
        with closing(self._connect()) as connection, connection:
            connection.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)",
                (service, query, json.dumps(rows, ensure_ascii=False), datetime.now(UTC).isoformat(timespec="seconds")),
            )

    def _make(self) -> None:
        with closing(self._connect()) as connection, connection:
            connection.execute(_TABLE)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=_BUSY_SECONDS)
