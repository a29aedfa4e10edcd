"""A store in a PostgreSQL database: writing, following, and what goes wrong."""

from __future__ import annotations

import builtins
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from geodata.errors import StoreError
from geodata.store import Store
from geodata.store.schema import TABLES
from geodata.view import View

EVERYTHING = View()


@pytest.fixture
def con(postgres, database, server_store):  # noqa: ARG001 - its tables are there
    """The database as its owner sees it."""
    with psycopg.connect(postgres, autocommit=True) as opened:
        opened.execute("SELECT set_config('search_path', %s, false)", [database.rpartition("=")[2]])
        yield opened


def test_readings_come_back_as_they_were(server_store, make):
    given = make.reading("Troops entered Kirkuk.", events=[{}, {"at": None, "day": None}], title="Ärger", source="X")
    written = server_store.write([given])
    assert (written.articles_new, written.articles_known, written.events) == (1, 0, 2)
    assert server_store.reading(given.article.id) == given


def test_an_article_written_twice_is_there_once(server_store, make):
    server_store.write([make.reading("One.")])
    version = server_store.version
    again = server_store.write([make.reading("One.")])
    assert (again.articles_new, again.articles_known) == (0, 1)
    assert server_store.version == version
    assert server_store.compact(force=True) is False


def test_readers_see_what_others_write(database, server_store, make):
    with Store.open(database, read_only=True) as reader:
        before, written = reader.version, reader.written
        assert reader.counts(EVERYTHING).events == 0
        server_store.write([make.reading("One.")], label="test")
        assert reader.version != before
        assert reader.counts(EVERYTHING).events == 1
        assert reader.written > written
        with pytest.raises(StoreError, match="for reading only"):
            reader.write([])


def test_writers_at_the_same_time_store_each_article_once(database, server_store, make):
    readings = [make.reading(f"Article {n}.", events=[{}, {"at": "sinjar"}]) for n in range(12)]

    def write(start):
        with Store.open(database) as own:
            for one in readings[start : start + 9]:
                own.write([one])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, (0, 1, 2, 3)))
    server_store.refresh()
    counts = server_store.counts(EVERYTHING)
    assert (counts.articles, counts.events) == (12, 24)


def test_nobody_sees_half_a_batch(con, server_store, make):
    con.execute("ALTER TABLE problems ADD CHECK (message = 'never')")  # written last: it breaks off there
    with pytest.raises(StoreError, match="could not answer"):
        server_store.write([make.reading("One.")])
    names = (*TABLES, "batches")
    left = [con.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() for name in names]  # noqa: S608 - our names
    assert left == [(0,)] * len(names)


def test_a_server_that_was_started_anew_is_asked_again(con, server_store, make):
    server_store.write([make.reading("One.")])
    assert server_store.counts(EVERYTHING).events == 1
    con.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    server_store.forget()
    assert server_store.counts(EVERYTHING).events == 1


def test_a_reader_changes_nothing(con, server_store, make):
    server_store.write([make.reading("One.")])
    with server_store.engine.connection() as own, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        own.execute("DELETE FROM events")
    assert con.execute("SELECT count(*) FROM events").fetchone() == (1,)


def test_the_character_zero_is_shown_and_found(server_store, make):
    server_store.write([make.reading("Troops\0entered.", title="A\0title")])
    (found,) = server_store.events(View(text="troops\0entered"))
    assert (found.event.quote, found.title) == ("Troops␀entered.", "A␀title")


def test_hostile_text_is_text(server_store, make):
    title = "'; DROP TABLE events; -- \\' %s $1 {x}"
    server_store.write([make.reading("One.", title=title, source=title)])
    assert server_store.counts(View(text=title, sources=(title,))).events == 1
    assert server_store.facet(EVERYTHING, "source", search="'; drop") == [(title, 1)]


def test_reading_where_nothing_is_says_so_and_makes_nothing(database):
    for _ in range(2):
        with pytest.raises(StoreError, match="There is no store in the database postgres: read some articles"):
            Store.open(database, read_only=True)


def test_a_newer_store_is_refused(con, database):
    con.execute("UPDATE about SET schema = 99")
    with pytest.raises(StoreError, match="newer version"):
        Store.open(database)


def test_a_database_from_before_there_were_some_columns_gets_them_from_who_may_write(con, database, server_store, make):
    server_store.write([make.reading("One.")])
    con.execute("ALTER TABLE events DROP COLUMN injured")
    with pytest.raises(StoreError, match="last written by an older version"):
        Store.open(database, read_only=True)
    with Store.open(database) as writer:
        writer.write([make.reading("Two.", events=[{"injured": 4}])])
        assert {row["injured"] for batch in writer.batches(EVERYTHING) for row in batch.to_pylist()} == {None, 4}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://me:s3cret@127.0.0.1:1/news", "The database news at 127.0.0.1:1 could not answer: "),
        ("postgresql://me:s3cret@127.0.0.1:99999/news", "is written postgresql://user"),
        ("mysql://me:s3cret@db/news", "is written postgresql://user"),
        ("postgresql://me:s3cret@db/news?schema=Bad;Name", "schema= in the address"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_without_the_password(address, words):
    with pytest.raises(StoreError) as caught:
        Store.open(address)
    assert words in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_driver_is_named(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("psycopg"):
            raise ImportError(name)
        return real(name, *rest)

    for name in ("mirrored_store", "mirror", "server_store", "server_engine", "server"):
        monkeypatch.delitem(sys.modules, f"geodata.store.{name}", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StoreError, match=r"pip install conflictmap\[postgres\]"):
        Store.open("postgresql://db/news")
