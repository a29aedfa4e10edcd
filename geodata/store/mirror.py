"""A copy of the store in a database, in a folder of this machine, for what is asked through a screen.

What a screen does to texts no database can do, so that it is laid over DuckDB alone (`geodata.sharing.screen`).
Of a database everything is therefore copied once, and from then on what was written since: batches are never
changed, and each has a number that only grows. A batch of the copy is named by the number of the last batch
of the database in it, so that the copy itself tells how far it goes, whenever a process that made it was killed.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock

from geodata.store.compaction import compact
from geodata.store.folder import Folder, said
from geodata.store.schema import NUMBERS, TABLES
from geodata.store.server_engine import ServerEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import psycopg

    from geodata.store.server import Server, Standing

ARTICLES_AT_ONCE = 10_000  # of one batch of the copy: with their events some 100 MB in memory
ARTICLES_OF_BASE = 100_000  # a copy that grows by more is laid together on the way
ROWS_AT_ONCE = 10_000  # rows taken from the database in one piece
_DIGITS = 18  # so that names sort by number


class Mirror:
    """A copy of the store in a database.

    Parameters
    ----------
    server
        The database.
    home
        Folder for the copies of all databases; only this user can read what is in it.

    Raises
    ------
    StoreError
        If the database does not answer, or the copy cannot be written.
    """

    def __init__(self, server: Server, home: Path) -> None:
        self.server = server
        self._lent = ServerEngine(server)
        self._seen = ""
        with self._lent.connection() as con:
            row = con.execute("SELECT store::text FROM about").fetchone()
        store = str(row[0]) if row else "none"
        self.path = home / store
        self._lock = home / f"{store}.lock"
        with said(f"The copy of the database in {home} cannot be written"):
            home.mkdir(parents=True, exist_ok=True)
            self.path.mkdir(mode=0o700, exist_ok=True)

    def take_in(self) -> Standing:
        """Copy what is new in the database; return what stands in it, and now in the copy too.

        Raises
        ------
        StoreError
            If it cannot be read or written; what was copied is whole, and the next time goes on from there.
        """
        with self._lent.connection() as con, con.transaction():
            con.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")  # all of one moment
            standing = self.server.standing(con)
            if standing.version != self._seen:
                with said(f"The copy of the database in {self.path} cannot be written"), FileLock(self._lock):
                    self._copy(con)
                self._seen = standing.version
        return standing

    def close(self) -> None:
        """Close all connections."""
        self._lent.close()

    def _copy(self, con: psycopg.Connection[Any]) -> None:
        folder = Folder(self.path, create=True)
        if not self._still_holds(folder, con):
            # Someone took articles out of the database by hand, or put back an older state of it: what is
            # gone there must not be shared from here.
            shutil.rmtree(self.path)
            self.path.mkdir(mode=0o700)
            folder = Folder(self.path, create=True)
        articles = 0
        for name, batches in _groups(con, _last(folder)):
            tables = {table: _fetched(con, table, batches, name) for table in TABLES}
            folder.put(name, tables)
            articles += tables["articles"].num_rows
            if articles >= ARTICLES_OF_BASE:
                compact(folder)  # whoever opens the copy holds in memory what is not in its base
                articles = 0

    def _still_holds(self, folder: Folder, con: psycopg.Connection[Any]) -> bool:
        """Tell whether the database has as many articles of the batches that were copied as the copy has."""
        last = _last(folder)
        row = con.execute(
            "SELECT count(*) FROM articles a JOIN batches b ON b.name = a.batch WHERE b.n <= %s", [last]
        ).fetchone()
        copied = sum(
            pq.ParquetFile(folder.where(name) / "articles.parquet").metadata.num_rows for name in _copied(folder)
        )
        return row is not None and row[0] == copied


def _copied(folder: Folder) -> set[str]:
    return {*folder.compacted_names(), *folder.listing().batches}


def _last(folder: Folder) -> int:
    """Return the number of the last batch of the database that is in the copy."""
    return max((int(name) for name in _copied(folder)), default=-1)


def _groups(con: psycopg.Connection[Any], last: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of a batch of the copy, and the batches of the database that go into it."""
    found = con.execute(
        "SELECT b.n, b.name, count(a.id) FROM batches b LEFT JOIN articles a ON a.batch = b.name "
        "WHERE b.n > %s GROUP BY b.n, b.name ORDER BY b.n",
        [last],
    ).fetchall()
    held: list[str] = []
    articles = 0
    for n, name, count in found:
        held.append(name)
        articles += count
        if articles >= ARTICLES_AT_ONCE or n == found[-1][0]:
            yield f"{n:0{_DIGITS}d}", held
            held, articles = [], 0


def _fetched(con: psycopg.Connection[Any], table: str, batches: list[str], name: str) -> pa.Table:
    """Return the rows of a table that belong to some batches, as a batch of this name has them."""
    schema = TABLES[table]
    # Numbers are given anew by whoever reads a batch.
    columns = [field for field in schema if field.name not in NUMBERS]
    listed = ", ".join(f't."{field.name}"' for field in columns)
    of_batches = "" if table == "articles" else "JOIN articles a ON a.id = t.article_id "
    key = "t.batch" if table == "articles" else "a.batch"
    query = f"SELECT {listed} FROM {table} t {of_batches}WHERE {key} = ANY(%s)"  # noqa: S608 - names of our own
    pieces = []
    with con.cursor(name="copied") as cursor:
        cursor.execute(query.encode(), [batches])
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            arrays = [
                pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), columns, strict=True)
            ]
            pieces.append(pa.RecordBatch.from_arrays(arrays, schema=pa.schema(columns)))
    found = pa.Table.from_batches(pieces, schema=pa.schema(columns))
    made = {field.name: found[field.name] for field in columns}
    if table == "articles":
        made["batch"] = pa.array([name] * found.num_rows, pa.string())
    for field in schema:
        if field.name not in made:
            made[field.name] = pa.nulls(found.num_rows, field.type)
    return pa.table({field.name: made[field.name] for field in schema}, schema=schema)
