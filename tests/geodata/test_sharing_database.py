"""What is shared of a store in a PostgreSQL database is what is shared of the same store in a folder."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
from shared_readings import AT_SEA, HAWIJA, NOW, everything, reading

from geodata.article import PublishedBasis
from geodata.errors import SafetyError, StoreError
from geodata.event import Precision
from geodata.regions import regions
from geodata.settings import settings
from geodata.sharing import Safety, open_shared
from geodata.store import Store, mirror
from geodata.store.folder import Folder
from geodata.view import View

CHECKPOINT = replace(HAWIJA, id="own:x", name="A checkpoint", lat=35.43, lon=44.35, precision=Precision.SITE)
READINGS = (
    reading("Jane Doe"),
    reading("Émile Ñandú", place=CHECKPOINT, published=dt.date(2026, 11, 23)),
    reading("John Roe", place=AT_SEA, published=None, basis=PublishedBasis.UNKNOWN),
    reading("Max Poe", place=None, quote="قال أحمد حسن", url="https://news.example/max-poe?x='y"),
)
SAFETIES = (
    Safety(hide_persons=True),
    Safety(drop_quotes=True, precision=Precision.SETTLEMENT),
    Safety(delay_hours=36, precision=Precision.DISTRICT),
    Safety(hide_persons=True, drop_quotes=True, precision=Precision.PROVINCE, delay_hours=1),
)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Give the folder of data in which copies are kept."""
    monkeypatch.setenv("CONFLICTMAP_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield tmp_path / "data"
    settings.cache_clear()


@pytest.fixture
def opened(data, database, gazetteer):  # noqa: ARG001 - copies must not go into the user's folder
    """Give a function that opens a store as it may be shared; without a location, the database."""
    stores = []

    def make(safety, location=None):
        now = dt.datetime.now(dt.UTC) if safety.delay_hours else NOW
        stores.append(open_shared(location or database, safety, regions=regions(), gazetteer=gazetteer, now=now))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


def told(store):
    """Return all that a store tells, but for when it was asked and of which state."""
    return re.sub(r'"(generated|store_version)":"[^"]*"', "", everything(store))


@pytest.mark.parametrize("safety", SAFETIES, ids=lambda safety: safety.key)
def test_the_same_is_shared_of_a_database_as_of_a_folder(tmp_path, database, opened, safety):
    with Store.open(tmp_path / "folder") as folder, Store.open(database) as in_database:
        folder.write(READINGS)
        in_database.copy_from(folder.folder)
        from_folder, from_database = opened(safety, tmp_path / "folder"), opened(safety)
        assert told(from_database) == told(from_folder)
        assert from_database.version == in_database.version
        assert from_database.stated == safety.words
        if safety.hide_persons:
            with pytest.raises(SafetyError, match="take the name out"):
                from_database.counts(View(actors=("Jane Doe",)))


def test_what_is_written_later_is_shared_too(database, opened):
    with Store.open(database) as store:
        store.write(READINGS[:1])
        shared = opened(Safety(hide_persons=True))
        before = shared.version
        for one in READINGS[1:]:
            store.write([one])
        assert shared.version == store.version != before
        assert shared.counts(View()) == store.counts(View())
        assert "Ñandú" not in everything(shared)
        # A second one finds the copy there.
        assert told(opened(Safety(hide_persons=True))) == told(shared)


def test_what_is_taken_out_of_the_database_is_shared_no_more(postgres, database, opened):
    with Store.open(database) as store:
        store.write(READINGS)
    safety = Safety(precision=Precision.PROVINCE)
    assert "John Roe" in everything(opened(safety))
    with psycopg.connect(postgres, autocommit=True) as con:
        con.execute("SELECT set_config('search_path', %s, false)", [database.rpartition("=")[2]])
        for table, key in (("events", "article_id"), ("mentions", "article_id"), ("articles", "id")):
            con.execute(f"DELETE FROM {table} WHERE {key} = %s".encode(), [READINGS[2].article.id])  # noqa: S608 - ours
    shared = opened(safety)
    assert "John Roe" not in everything(shared)
    assert shared.counts(View()).articles == len(READINGS) - 1


def test_a_copy_that_broke_off_is_completed(database, opened, monkeypatch):
    with Store.open(database) as store:
        for one in READINGS:
            store.write([one])
    monkeypatch.setattr(mirror, "ARTICLES_AT_ONCE", 1)
    put, done = Folder.put, []

    def breaks_off(self, name, tables, *, label=""):
        if len(done) == 2:
            raise OSError(28, "No space left on device")
        done.append(name)
        put(self, name, tables, label=label)

    with monkeypatch.context() as broken:
        broken.setattr(Folder, "put", breaks_off)
        with pytest.raises(StoreError, match="there is no room left on the disk"):
            opened(Safety(hide_persons=True))
    shared = opened(Safety(hide_persons=True))
    assert shared.counts(View()).events == len(READINGS)
    assert len(shared.folder.listing().batches) == len(READINGS)


def test_several_may_copy_at_the_same_time(database, opened):
    with Store.open(database) as store:
        store.write(READINGS)
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: opened(Safety(hide_persons=True)).counts(View()).events, range(3)))
    assert found == [len(READINGS)] * 3


def test_nobody_else_can_read_the_copy(data, database, opened):
    with Store.open(database) as store:
        store.write(READINGS)
    opened(Safety(drop_quotes=True))
    (copy,) = (path for path in (data / "mirrors").iterdir() if path.is_dir())
    assert copy.stat().st_mode & 0o077 == 0


def test_nothing_is_shared_while_the_database_does_not_answer(database, opened):
    with Store.open(database) as store:
        store.write(READINGS)
    with pytest.raises(StoreError, match="could not answer"):
        opened(Safety(drop_quotes=True), "postgresql://nobody@127.0.0.1:1/news")
