"""Questions to a store in PostgreSQL: the same Ibis expressions as on DuckDB, in its own words."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Any

import ibis
import psycopg
import pyarrow as pa
from psycopg.adapt import Loader

from geodata.store.digest import Kept
from geodata.store.engine import VIEWS, VIEWS_BYTES
from geodata.store.server import NUL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geodata.store.server import Server

IDLE = 8  # connections kept open between questions
COMPILED = 256


class _Whole(Loader):
    """Reads PostgreSQL's `numeric`, which here is always a sum of whole numbers."""

    def load(self, data: Any) -> int:
        return int(bytes(data))


class ServerEngine:
    """A few connections to one database, lent to one thread at a time."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.base: Path | None = None
        self.delta: list[str] = []
        self.in_base: dict[str, int] = {}
        self.legends: dict[str, Any] = {}
        self.of_base: dict[str, Any] = {}
        self.reading = threading.Lock()
        self.kept_of_base = self.kept_on_top = Kept(VIEWS, VIEWS_BYTES)
        self._idle: list[psycopg.Connection[Any]] = []
        self._guard = threading.Lock()
        self._closed = False

    @property
    def numbered(self) -> bool:
        """There are no numbers here: values are counted by the database."""
        return False

    def rest(self, _quiet_s: float) -> bool:
        """There is nothing to let go of here."""
        return False

    def forget(self) -> None:
        """Drop what was counted."""
        self.legends, self.kept_on_top = {}, Kept(VIEWS, VIEWS_BYTES)

    @contextlib.contextmanager
    def connection(self) -> Iterator[psycopg.Connection[Any]]:
        """Lend a connection on which nothing can be written.

        Raises
        ------
        StoreError
            If the server does not answer, or says no.
        """
        with self.server.said():
            con = self._take()
            try:
                yield con
            finally:
                self._give_back(con)

    def _take(self) -> psycopg.Connection[Any]:
        while True:
            with self._guard:
                con = self._idle.pop() if self._idle else None
            if con is None:
                con = self.server.connect()
                con.adapters.register_loader("numeric", _Whole)
                return con
            try:
                con.execute("SELECT 1")  # the server may have been started anew since
            except psycopg.Error:
                con.close()
            else:
                return con

    def _give_back(self, con: psycopg.Connection[Any]) -> None:
        idle = psycopg.pq.TransactionStatus.IDLE
        with self._guard:
            if not self._closed and len(self._idle) < IDLE and con.info.transaction_status == idle:
                self._idle.append(con)
                return
        con.close()

    def run(self, query: Any) -> pa.Table:
        """Return the answer of an Ibis expression.

        Raises
        ------
        StoreError
            If the database gives none.
        """
        with self.connection() as con:
            found = con.execute(_sql(query)).fetchall()
        return pa.Table.from_batches([_batch(found, query)])

    def stream(self, query: Any, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the answer of an Ibis expression in pieces of at most `rows` rows, all of one moment."""
        with self.connection() as con, con.transaction(), con.cursor(name="pieces") as cursor:
            cursor.execute(_sql(query))
            while found := cursor.fetchmany(rows):
                yield _batch(found, query)

    def retire(self) -> None:
        """Close each connection as soon as nobody uses it any more."""
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
        for con in idle:
            con.close()

    def close(self) -> None:
        """Close all connections; nobody may be reading."""
        self.retire()


def _batch(found: list[tuple[Any, ...]], query: Any) -> pa.RecordBatch:
    schema = query.as_table().schema().to_pyarrow()
    columns = list(zip(*found, strict=True)) if found else [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


_compiled: dict[Any, bytes] = {}  # translating takes longer than answering
_compiled_guard = threading.Lock()


def _sql(query: Any) -> bytes:
    """Return an expression in PostgreSQL's SQL; the same expression is translated once."""
    key = query.op()
    with _compiled_guard:
        sql = _compiled.pop(key, None)
    if sql is None:
        text = str(ibis.to_sql(query, dialect="postgres", pretty=False))
        # What cannot stand in a text there is looked for as what it was stored as.
        sql = text.replace("\0", NUL).encode("utf-8", "replace")
    with _compiled_guard:
        _compiled[key] = sql  # the last one used is the last one dropped
        if len(_compiled) > COMPILED:
            del _compiled[next(iter(_compiled))]
    return sql
