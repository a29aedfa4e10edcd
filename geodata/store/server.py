"""A store in a PostgreSQL database: where it is, what stands in it, and how a batch gets there.

The tables are those of `geodata.store.schema`, in a schema of their own. Texts are compared by code
point and put into small letters by Unicode's rules, as DuckDB does, so that the same question has the
same answer on both. This file and `server_engine` alone know PostgreSQL; the queries are Ibis expressions.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import psycopg
import pyarrow as pa

from geodata.errors import StoreError
from geodata.store.folder import refuse_newer
from geodata.store.schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMES = ("postgres", "postgresql")
SCHEMA = "conflictmap"  # unless the address names another one with ?schema=
NUL = "\N{SYMBOL FOR NULL}"  # PostgreSQL's texts take every character but U+0000
ROWS_AT_ONCE = 10_000  # rows held in memory while they are written
CONNECT_S = 10  # seconds to wait for a server
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_TYPES = {
    pa.int8(): "smallint", pa.int16(): "smallint", pa.int32(): "integer", pa.int64(): "bigint",
    pa.float64(): "double precision", pa.bool_(): "boolean", pa.date32(): "date", pa.timestamp("us"): "timestamp",
}  # fmt: skip
# Ids and keys alone: other texts may be longer than an index takes.
_INDEXES = {
    "articles": ("id", "added"),
    "mentions": ("article_id",),
    "events": ("id", "article_id", "date_start", "place_key"),
    "problems": ("article_id",),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the database at one moment: `version` names it, `written` is when it came to be (UTC)."""

    version: str
    written: dt.datetime


class Server:
    """The database in which a store is.

    Parameters
    ----------
    address
        ``postgresql://user:password@host:port/database?schema=name``; everything else that libpq understands
        may stand behind the question mark. `schema` is "conflictmap" when it is not given.
    create
        Make the tables when they are not there.

    Raises
    ------
    StoreError
        If the address is none, the server does not answer or does not let us in, there is no store
        (and none must be made), or a newer version of the program made it. No message has the password.
    """

    def __init__(self, address: str, *, create: bool) -> None:
        self._address, self.schema, self.name = _read_address(address)
        with self.connection(write=create) as con:
            if create:
                self._create(con)
            self._check(con)

    @contextlib.contextmanager
    def connection(self, *, write: bool = False) -> Iterator[psycopg.Connection[Any]]:
        """Lend a new connection for a while.

        Raises
        ------
        StoreError
            If the server does not answer, or says no.
        """
        with self.said():
            con = self.connect(write=write)
            try:
                yield con
            finally:
                con.close()

    def connect(self, *, write: bool = False) -> psycopg.Connection[Any]:
        """Return a new connection, of which each statement is a transaction unless told otherwise."""
        con = psycopg.connect(self._address, autocommit=True, connect_timeout=CONNECT_S, application_name="conflictmap")
        try:
            con.execute(
                "SELECT set_config('search_path', %s, false), set_config('TimeZone', 'UTC', false)", [self.schema]
            )
            if not write:
                con.execute("SET default_transaction_read_only = on")
        except BaseException:
            con.close()
            raise
        return con

    @contextlib.contextmanager
    def said(self) -> Iterator[None]:
        """Say in one sentence what the server refuses."""
        try:
            yield
        except (psycopg.Error, UnicodeError) as error:
            msg = f"The database {self.name} could not answer: {_why(error)}"
            raise StoreError(msg) from error

    def standing(self, con: psycopg.Connection[Any]) -> Standing:
        """Return what stands there now."""
        row = con.execute(
            "SELECT about.store, (SELECT count(*) FROM batches), (SELECT max(n) FROM batches), "
            "coalesce((SELECT max(added) FROM batches), about.made) FROM about"
        ).fetchone()
        if row is None:
            raise StoreError(self._none())
        store, batches, last, written = row
        version = hashlib.sha256(f"{store}\n{batches}\n{last}".encode()).hexdigest()[:12]
        return Standing(version, written.replace(tzinfo=dt.UTC))

    def put(self, batch_id: str, tables: dict[str, pa.Table], *, label: str = "") -> int:
        """Write a batch; when this returns it is durable, and when it raises nothing of it is there.

        Articles that are there already are left out with all that was read in them, so that a batch put twice
        changes nothing, and of two writers with the same article the first one counts.

        Returns
        -------
        int
            How many of its articles were new.

        Raises
        ------
        StoreError
            If it cannot be written.
        """
        with self.connection(write=True) as con, con.transaction():
            con.execute("LOCK TABLE batches IN EXCLUSIVE MODE")  # other writers wait, readers do not
            if con.execute("SELECT 1 FROM batches WHERE name = %s", [batch_id]).fetchone():
                return 0
            ids = tables["articles"]["id"].to_pylist()
            there = {row[0] for row in con.execute("SELECT id FROM articles WHERE id = ANY(%s)", [ids]).fetchall()}
            for name, schema in TABLES.items():
                _copy(
                    con, name, tables[name].select([c for c in schema.names if c in tables[name].column_names]), there
                )
            con.execute("INSERT INTO batches (name, label) VALUES (%s, %s)", [batch_id, _clean(label)])
            return len(ids) - len(there)

    def _create(self, con: psycopg.Connection[Any]) -> None:
        with con.transaction():
            # Two processes that begin at the same time: the second finds what the first has made.
            con.execute("SELECT pg_advisory_xact_lock(hashtext('conflictmap'))")
            collation = _collation(con)
            if _is_there(con):
                for name, column in _lacking(con):
                    con.execute(
                        f'ALTER TABLE {name} ADD COLUMN "{column.name}" {_type(column.type, collation)}'.encode()
                    )
                return
            con.execute(f'CREATE SCHEMA IF NOT EXISTS "{self.schema}"'.encode())
            for name, schema in TABLES.items():
                columns = ", ".join(f'"{column.name}" {_type(column.type, collation)}' for column in schema)
                con.execute(f"CREATE TABLE {name} ({columns})".encode())
                for column in _INDEXES[name]:
                    con.execute(f"CREATE INDEX ON {name} ({column})".encode())
            con.execute(
                "CREATE TABLE batches (n bigint GENERATED ALWAYS AS IDENTITY, name text PRIMARY KEY, label text NOT NULL, "
                "added timestamp NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC'))"
            )
            con.execute(
                "CREATE TABLE about (schema integer NOT NULL, store uuid NOT NULL DEFAULT gen_random_uuid(), "
                "made timestamp NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'UTC'))"
            )
            con.execute("INSERT INTO about (schema) VALUES (%s)", [SCHEMA_VERSION])

    def _check(self, con: psycopg.Connection[Any]) -> None:
        if not _is_there(con):
            raise StoreError(self._none())
        row = con.execute("SELECT max(schema) FROM about").fetchone()
        refuse_newer(int(row[0]) if row and row[0] is not None else SCHEMA_VERSION + 1, f"The database {self.name}")
        if _lacking(con):
            msg = (
                f"The database {self.name} was last written by an older version: open it once with this one as somebody "
                "who may write, and what is missing is added."
            )
            raise StoreError(msg)

    def _none(self) -> str:
        return f"There is no store in the database {self.name}: read some articles into it first, or check the address."


def _read_address(address: str) -> tuple[str, str, str]:
    """Return (the address for libpq, the schema, a name to show that has no password)."""
    msg = "The address of a database is written postgresql://user:password@host:port/database: check CONFLICTMAP_DATABASE."
    try:
        parts = urlsplit(address)
        host = f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError as error:  # a port that is none
        raise StoreError(msg) from error
    if parts.scheme not in SCHEMES:
        raise StoreError(msg)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    schema = dict(asked).get("schema", SCHEMA)
    if not _NAME.fullmatch(schema):
        msg = f"A schema is named in small letters, digits and underscores, and “{schema[:80]}” is not: correct schema= in the address."
        raise StoreError(msg)
    rest = urlencode([(key, value) for key, value in asked if key != "schema"])
    name = unquote(parts.path.lstrip("/")) or "postgres"
    shown = f"{name} at {host}" if host else name
    return urlunsplit((parts.scheme, parts.netloc, parts.path, rest, "")), schema, shown


def _why(error: Exception) -> str:
    """Return the first line of what the server said, as the end of a sentence."""
    said = str(error).strip().split("\n", 1)[0].rstrip(".")
    return f"{said or type(error).__name__}."


def _is_there(con: psycopg.Connection[Any]) -> bool:
    row = con.execute("SELECT to_regclass('about') IS NOT NULL").fetchone()
    return bool(row and row[0])


def _lacking(con: psycopg.Connection[Any]) -> list[tuple[str, pa.Field]]:
    """Return the columns, by table, that an older version has not made."""
    rows = con.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    )
    there = {(str(table), str(column)) for table, column in rows.fetchall()}
    return [(name, column) for name, schema in TABLES.items() for column in schema if (name, column.name) not in there]


def _collation(con: psycopg.Connection[Any]) -> str:
    """Return the rule by which texts are compared as DuckDB does: by code point, with Unicode's small letters.

    Of all characters DuckDB 2 and PostgreSQL 18 differ in the 27 capitals that came with Unicode 16.
    """
    row = con.execute(
        "SELECT collname FROM pg_collation WHERE collname IN ('pg_c_utf8', 'C.utf8') "
        "AND (SELECT pg_encoding_to_char(encoding) = 'UTF8' FROM pg_database WHERE datname = current_database()) "
        "ORDER BY collname DESC LIMIT 1"
    ).fetchone()
    if row is None:
        msg = (
            "The database must hold UTF-8, on PostgreSQL 17 or newer (or on an older one whose system has C.utf8): "
            "make it with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0."
        )
        raise StoreError(msg)
    return str(row[0])


def _type(kind: pa.DataType, collation: str) -> str:
    if kind == pa.string():
        return f'text COLLATE "{collation}"'
    if pa.types.is_list(kind):
        return f'text[] COLLATE "{collation}"'
    return _TYPES[kind]


def _copy(con: psycopg.Connection[Any], name: str, table: pa.Table, there: set[str]) -> None:
    """Add the rows whose article is not there yet."""
    key = table.column_names.index("id" if name == "articles" else "article_id")
    listed = ", ".join(f'"{column}"' for column in table.column_names)
    with con.cursor() as cursor, cursor.copy(f"COPY {name} ({listed}) FROM STDIN".encode()) as copy:
        for batch in table.to_batches(max_chunksize=ROWS_AT_ONCE):
            for row in zip(*(_cleaned(column) for column in batch.columns), strict=True):
                if row[key] not in there:
                    copy.write_row(row)


def _cleaned(column: pa.Array) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if column.type == pa.string():
        return [value and _clean(value) for value in values]
    if pa.types.is_list(column.type):
        return [value and [item and _clean(item) for item in value] for value in values]
    return values


def _clean(text: str) -> str:
    return text.replace("\0", NUL) if "\0" in text else text
