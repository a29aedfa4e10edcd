"""One open state of the store: a base, and the batches that it does not hold, in memory.

This file alone knows DuckDB; the queries are Ibis expressions.
"""

from __future__ import annotations

import contextlib
import math
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import ibis
import pyarrow as pa

from geodata.errors import StoreError
from geodata.store import numbers
from geodata.store.digest import Kept
from geodata.store.folder import refuse_newer
from geodata.store.room import Room
from geodata.store.schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geodata.store.folder import Folder

AT_ONCE = 1_000_000  # events that are numbered in one step, in memory: about a gigabyte
STREAMED_IN_MB = 2000  # of memory; what has to be put in order and is more goes through the disk
ON_TOP_KB = 4  # of memory for an event that is not in the base
VIEWS = 64  # of so many the digests are kept ...
VIEWS_BYTES = 16_000_000  # ... up to this: one that shows all of a million events takes 3 MB, of ten million 9 MB


class Engine:
    """A DuckDB connection over one base and any number of batches on top.

    An article is taken from the first of (base, batches by name) that has it, with everything
    that was read in it there; later ones are left out as they are loaded. So an article that
    two workers wrote at the same time is seen once, and queries need not care.

    Parameters
    ----------
    folder
        Where the files are.
    base
        The base to stand on, or None.

    Raises
    ------
    StoreError
        If the base is damaged or made by a newer version of the program.
    FileNotFoundError
        If the base is not there any more.
    """

    def __init__(self, folder: Folder, base: Path | None) -> None:
        self.folder = folder
        self.base = base
        self.delta: list[str] = []  # batches loaded on top, by name
        self.held: frozenset[str] = frozenset()  # batches that the base holds
        self.schema = ""  # where questions look for the tables; empty for the tables themselves
        self.has_numbers = True  # False: the base was made before there were numbers
        self.legends: dict[str, Any] = {}  # what is made of the legends once, until the next load
        self.of_base: dict[str, Any] = {}  # what is made of the base once
        self.reading = threading.Lock()  # while something is made once
        self.kept_of_base = Kept(VIEWS, VIEWS_BYTES)
        self.kept_on_top = Kept(VIEWS, VIEWS_BYTES)  # until the next load
        self._idle: list[Any] = []
        self._guard = threading.Lock()
        self._closed = False
        # Nothing is ever fetched from DuckDB's own servers, and what does not fit into memory
        # goes to the temporary folder instead of the working directory.
        spill = str(Path(tempfile.gettempdir()) / "conflictmap-duckdb")
        self._con = duckdb.connect(
            ":memory:", config={"autoinstall_known_extensions": "false", "temp_directory": spill}
        )
        try:
            if base is not None:
                self._attach(base)
            for name, schema in TABLES.items():
                self._make_view(name, schema)
            for legend in numbers.LEGENDS:
                self._make_view(legend.table, legend.schema)
            self._after = self._highest() if self.has_numbers else {}
            self.in_base = dict(self._after)  # the highest numbers of the base
            self.room = Room(self._con)
        except BaseException:
            self._con.close()
            raise

    def _attach(self, base: Path) -> None:
        if not base.exists():
            raise FileNotFoundError(base)
        try:
            self._con.execute(f"ATTACH {_text(base)} AS base (READ_ONLY)")
            version, damaged = self._con.execute("SELECT max(schema), count(*) = 0 FROM base.about").fetchall()[0]
            self.held = frozenset(name for (name,) in self._con.execute("SELECT name FROM base.batches").fetchall())
        except duckdb.Error as error:
            if not base.exists():
                raise FileNotFoundError(base) from error
            msg = f"The file {base.name} of the store cannot be read: move it away, and it is made again from the batches."
            raise StoreError(msg) from error
        refuse_newer(SCHEMA_VERSION + 1 if damaged else int(version), f"The file {base.name}")

    def _make_view(self, name: str, schema: pa.Schema) -> None:
        """Lay the union of base and delta under one name, with the columns in our order."""
        self._con.register("empty", schema.empty_table())
        self._con.execute(f"CREATE TABLE delta_{name} AS SELECT * FROM empty")  # noqa: S608 - names of our own schema
        self._con.unregister("empty")
        columns = ", ".join(f'"{column}"' for column in schema.names)
        union = f"SELECT {columns} FROM delta_{name}"  # noqa: S608 - names of our own schema
        if self.base is not None:
            there = self._columns_of_base(name)
            if name == "events":
                self.has_numbers = "place_no" in there
        if self.base is not None and there:
            old = ", ".join(f'"{c}"' if c in there else f'NULL AS "{c}"' for c in schema.names)
            union = f"SELECT {old} FROM base.{name} UNION ALL {union}"  # noqa: S608 - names of our own schema
        self._con.execute(f"CREATE VIEW {name} AS {union}")

    def _columns_of_base(self, name: str) -> set[str]:
        query = "SELECT column_name FROM duckdb_columns() WHERE database_name = 'base' AND table_name = $name"
        return {row[0] for row in self._con.execute(query, {"name": name}).fetchall()}

    def _highest(self, before: str = "") -> dict[str, int]:
        """Return the highest numbers, of everything or of the tables with these letters before their names."""
        tables = {legend.number: legend.table for legend in numbers.LEGENDS} | {"article_no": "events"}
        highest = {}
        for number, table in tables.items():
            query = f"SELECT coalesce(max({number}), 0) FROM {before}{table}"  # noqa: S608 - names of our own
            highest[number] = int(self._con.execute(query).fetchall()[0][0])
        return highest

    def load(self, batches: Iterable[str]) -> None:
        """Load batches on top, in the order given, in one transaction.

        Raises
        ------
        FileNotFoundError
            If one is not there any more; those before it are loaded.
        """
        loaded: list[str] = []
        fresh: list[pa.Table] = []
        gone: FileNotFoundError | None = None
        with self.room.of(math.inf):
            with self._transaction():
                for batch_id in batches:
                    try:
                        tables = self.folder.get(batch_id)
                    except FileNotFoundError as error:
                        gone = error
                        break
                    fresh.append(self._load(batch_id, tables))
                    loaded.append(batch_id)
                    if sum(some.num_rows for some in fresh) >= AT_ONCE:
                        self._take_in_events(loaded[-len(fresh) :], fresh)
                        fresh = []
                if fresh:
                    self._take_in_events(loaded[-len(fresh) :], fresh)
            self.room.on_top_mb = self.sizes()[1] * ON_TOP_KB // 1000
        self.delta += loaded
        self.forget()
        if gone is not None:
            raise gone

    def _load(self, batch_id: str, tables: dict[str, pa.Table]) -> pa.Table:
        """Take in a batch but for its events, and return these."""
        self._insert("articles", tables, "NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = incoming.id)")
        own = "article_id IN (SELECT id FROM delta_articles WHERE batch = $batch)"
        for name in TABLES:
            if name not in {"articles", "events"}:
                self._insert(name, tables, own, batch_id)
        self._con.register("incoming", tables["events"])
        query = f"SELECT * FROM incoming WHERE {own}"  # noqa: S608 - ours
        found: pa.Table = self._con.sql(query, params={"batch": batch_id}).to_arrow_table()
        self._con.unregister("incoming")
        return found

    def _insert(self, name: str, tables: dict[str, pa.Table], wanted: str, batch_id: str = "") -> None:
        self._con.register("incoming", tables[name])
        query = f"INSERT INTO delta_{name} BY NAME SELECT * FROM incoming WHERE {wanted}"  # noqa: S608 - ours
        self._con.execute(query, {"batch": batch_id} if batch_id else None)
        self._con.unregister("incoming")

    def _take_in_events(self, batches: Sequence[str], tables: Sequence[pa.Table]) -> None:
        """Give the events just read their numbers, all at once: that takes as long as for one batch.

        They come from memory and not from a table of the database: DuckDB 2.0 has been seen to find no
        row in one that half a million events with lists had just been put into.
        """
        fresh = pa.concat_tables(tables, promote_options="permissive")
        before = self.sizes()[1]
        self._con.register("fresh", fresh)
        try:
            if self.has_numbers:
                self._number(batches)
            else:
                self._con.execute("INSERT INTO delta_events BY NAME SELECT * FROM fresh")
        finally:
            self._con.unregister("fresh")
        self._all_there("delta_events", before + fresh.num_rows)

    def _number(self, batches: Sequence[str]) -> None:
        articles = "(SELECT id, source FROM delta_articles WHERE list_contains(($batches)::VARCHAR[], batch))"
        self._con.execute(
            f"CREATE OR REPLACE TEMP TABLE fresh_articles AS SELECT * FROM {articles}",  # noqa: S608 - ours
            {"batches": list(batches)},
        )
        numbers.write(
            self._con.execute,
            events="fresh",
            articles="fresh_articles",
            into="delta_events",
            prefix="delta_",
            after=self._after,
            order="",
        )
        added = self._highest("delta_")
        self._after = {number: max(highest, added[number]) for number, highest in self._after.items()}

    def _all_there(self, table: str, expected: int) -> None:
        """Refuse to go on when events got lost on the way: what is written next would stand for them."""
        # The ids are read: a count alone is answered without looking at a row.
        found = int(self._con.execute(f"SELECT count(id) FROM {table}").fetchall()[0][0])  # noqa: S608 - ours
        if found != expected:
            msg = f"The store at {self.folder.path} took in {found:,} events instead of {expected:,}: its files are as before."
            raise StoreError(msg)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._con.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._con.execute("ROLLBACK")
            raise
        self._con.execute("COMMIT")

    @property
    def numbered(self) -> bool:
        """Whether events can be counted by their numbers; those of a screen are not what the numbers stand for."""
        return self.has_numbers and not self.schema

    def rest(self, quiet_s: float) -> bool:
        """Let go of memory when nothing was asked for so many seconds, and tell whether (`Room.rest`)."""
        return self.room.rest(quiet_s)

    def forget(self) -> None:
        """Drop what was counted of what lies on top of the base, or, without numbers, of everything."""
        self.legends, self.kept_on_top = {}, Kept(VIEWS, VIEWS_BYTES)

    @property
    def connection(self) -> Any:
        """DuckDB's own connection, for what is laid over the tables (`geodata.sharing.screen`)."""
        return self._con

    def sizes(self) -> tuple[int, int]:
        """Return the number of events (in the base, on top)."""
        on_top = self._con.execute("SELECT count(*) FROM delta_events").fetchall()[0][0]
        in_base = self._con.execute("SELECT count(*) FROM base.events").fetchall()[0][0] if self.base else 0
        return int(in_base), int(on_top)

    def save(self, path: Path) -> frozenset[str]:
        """Write everything that can be read here into a new base; return the batches it holds.

        Events are laid down by date: a period then reads only its own part of the file.
        """
        with self.room.of(math.inf):
            return self._save(path)

    def _save(self, path: Path) -> frozenset[str]:
        held = self.held | set(self.delta)
        order = {"articles": " ORDER BY added, batch, n"}
        try:
            self._con.execute(f"ATTACH {_text(path)} AS target")
            try:
                for name in TABLES:
                    if name == "events":
                        self._save_numbered()
                        continue
                    self._con.execute(f"CREATE TABLE target.{name} AS SELECT * FROM {name}{order.get(name, '')}")  # noqa: S608
                self._con.execute("CREATE TABLE target.batches (name VARCHAR)")
                self._con.execute("INSERT INTO target.batches SELECT unnest($names)", {"names": sorted(held)})
                self._con.execute("CREATE TABLE target.about AS SELECT $schema AS schema", {"schema": SCHEMA_VERSION})
                self._con.execute("CHECKPOINT target")
            finally:
                self._con.execute("DETACH target")
        except duckdb.Error as error:
            msg = f"The store at {path.parent} could not be compacted: {_first_line(error)}"
            raise StoreError(msg) from error
        return frozenset(held)

    def _save_numbered(self) -> None:
        for legend in numbers.LEGENDS:
            self._con.register("empty", legend.schema.empty_table())
            self._con.execute(f"CREATE TABLE target.{legend.table} AS SELECT * FROM empty")  # noqa: S608 - ours
            self._con.unregister("empty")
        numbers.write(
            self._con.execute,
            events="events",
            articles="articles",
            into="target.events",
            prefix="target.",
            after=dict.fromkeys(numbers.COUNTED, 0),
            order=" ORDER BY e.date_start, e.article_id, e.n",
        )
        self._all_there("target.events", sum(self.sizes()))

    @contextlib.contextmanager
    def backend(self) -> Iterator[Any]:
        """Lend an Ibis backend over a cursor of its own, for one thread at a time.

        Streamlit makes a thread for each run of a page, so they are kept and lent again.
        """
        with self._guard:
            backend = self._idle.pop() if self._idle else None
        if backend is None:
            cursor = self._con.cursor()
            if self.schema:
                cursor.execute(f"SET schema = {_text(self.schema)}")
            backend = ibis.duckdb.from_connection(cursor)
        try:
            with self.room.asked():
                yield backend
        except duckdb.Error as error:
            msg = f"The store at {self.folder.path} could not answer: {_first_line(error)}"
            raise StoreError(msg) from error
        finally:
            with self._guard:
                if not self._closed:
                    self._idle.append(backend)

    def run(self, query: Any) -> pa.Table:
        """Return the answer of an Ibis expression.

        Raises
        ------
        StoreError
            If the database gives none (no memory, no disk, a damaged file).
        """
        with self.backend() as backend:
            table = backend.con.sql(_sql(backend, query)).to_arrow_table()
        # A sum of integers is a decimal to DuckDB; the expression says what it is to be.
        return table.cast(query.as_table().schema().to_pyarrow())

    def stream(self, query: Any, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the answer of an Ibis expression in pieces of at most `rows` rows.

        Ibis 12's own `to_pyarrow_batches` calls a method that DuckDB 2 has under another name.

        It may take `STREAMED_IN_MB` meanwhile, and puts what is more in order on the disk.
        """
        with self.room.of(STREAMED_IN_MB), self.backend() as backend:
            relation = backend.con.sql(_sql(backend, query))
            reader = relation.to_arrow_reader if hasattr(relation, "to_arrow_reader") else relation.fetch_record_batch
            yield from reader(rows)

    def retire(self) -> None:
        """Let go of the files as soon as nobody is reading any more.

        The connection is not closed: another thread may be about to ask for a cursor.
        """
        with self._guard:
            self._closed = True
            self._idle.clear()

    def close(self) -> None:
        """Let go of the files now; nobody may be reading."""
        self.retire()
        self._con.close()


_compiled: dict[Any, str] = {}  # translating takes longer than answering
_compiled_guard = threading.Lock()
COMPILED = 256


def _sql(backend: Any, query: Any) -> str:
    """Return an expression in SQL; the same expression is translated once."""
    key = query.op()
    with _compiled_guard:
        sql = _compiled.pop(key, None)
    if sql is None:
        sql = str(backend.compile(query))
    with _compiled_guard:
        _compiled[key] = sql  # the last one used is the last one dropped
        if len(_compiled) > COMPILED:
            del _compiled[next(iter(_compiled))]
    return sql


def _text(path: Path | str) -> str:
    """Return a path or a name as a text literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]
