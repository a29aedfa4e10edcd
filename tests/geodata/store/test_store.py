"""Writing, versions, compaction, and what a folder may do to us."""

from __future__ import annotations

import errno
import os
import time

import duckdb
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from geodata.errors import StoreError
from geodata.store import Store, compaction, folder
from geodata.store import store as store_module
from geodata.view import View

EVERYTHING = View()
MANY = 4  # batches, instead of twenty: each is brought to the disk, which takes its time


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(compaction, "MANY_BATCHES", MANY)


def bases(store):
    return sorted(path.name for path in store.folder.path.glob("base-*"))


def waiting(store):
    return [path.name for path in store.folder.incoming.iterdir()]


def test_an_empty_store_answers(store):
    assert store.counts(EVERYTHING).events == 0
    assert store.extent().date_min is None
    assert store.extent().south is None
    assert store.bounds(EVERYTHING) is None
    assert store.events(EVERYTHING) == []
    assert store.timeline(EVERYTHING).rows == []
    assert store.cells(EVERYTHING, south=-90, west=-180, north=90, east=180, zoom=2).points == []
    assert store.facet(EVERYTHING, "actor") == []
    assert store.event("none") is None
    assert store.article("none") is None
    assert store.reading("none") is None


def test_what_was_written_is_read_back_exactly(store, make):
    reading = make.reading(title="Kirkuk", events=[{}, {"at": None}, {"day": None, "at": "iraq"}])
    written = store.write([reading], label="test")
    assert (written.articles_new, written.articles_known, written.events) == (1, 0, 3)
    assert store.reading(reading.article.id) == reading
    assert store.article(reading.article.id) == reading.article
    store.compact(force=True)
    assert store.reading(reading.article.id) == reading


def test_the_same_articles_again_change_nothing(store, make):
    readings = [make.reading(f"Report {n}") for n in range(3)]
    store.write(readings)
    version, batches = store.version, waiting(store)
    again = store.write([*readings, readings[0]])
    assert (again.batch_id, again.articles_new, again.articles_known, again.events) == ("", 0, 3, 0)
    assert store.version == version
    assert waiting(store) == batches
    mixed = store.write([readings[0], make.reading("Report 4")])
    assert (mixed.articles_new, mixed.articles_known, mixed.events) == (1, 1, 1)
    assert store.counts(EVERYTHING).articles == 4


def test_an_article_written_by_two_workers_is_seen_once(tmp_path, make, monkeypatch):
    with Store.open(tmp_path) as one, Store.open(tmp_path) as other:
        monkeypatch.setattr(store_module.lists, "known", lambda *_: set())  # each looked before the other wrote
        one.write([make.reading("Same"), make.reading("One")])
        other.write([make.reading("Same"), make.reading("Other")])
        monkeypatch.undo()
        for reader in (one, other):
            reader.refresh()
            assert reader.counts(EVERYTHING).events == 3
            assert reader.extent().articles == 3
            assert len(reader.articles()) == 3
        one.compact(force=True)
        other.refresh()
        assert other.counts(EVERYTHING).events == 3
        assert len(other.reading(make.reading("Same").article.id).mentions) == 2


def test_of_two_readings_of_one_article_all_readers_see_the_first_batch(tmp_path, make, monkeypatch):
    monkeypatch.setattr(store_module.lists, "known", lambda *_: set())
    early, late = make.reading("Same", events=[{"at": "sinjar"}]), make.reading("Same", events=[{}, {}])
    with Store.open(tmp_path) as one:
        monkeypatch.setattr(store_module, "new_batch_id", lambda _: "20260102T000000000000-aa")
        one.write([late])
        assert one.counts(EVERYTHING).events == 2
        # A batch with an earlier name arrives later, from a machine that was slower.
        monkeypatch.setattr(store_module, "new_batch_id", lambda _: "20260101T000000000000-aa")
        one.write([early])
        with Store.open(tmp_path) as other:
            assert one.counts(EVERYTHING).events == other.counts(EVERYTHING).events == 1
            assert one.version == other.version


def test_an_open_reader_sees_what_is_written_without_being_opened_again(tmp_path, make):
    with Store.open(tmp_path) as writer, Store.open(tmp_path, read_only=True) as reader:
        before = reader.version
        assert not reader.refresh()
        writer.write([make.reading("New")])
        assert reader.version != before
        assert reader.counts(EVERYTHING).events == 1
        version = reader.version
        assert reader.version == version
        writer.compact(force=True)
        assert reader.refresh()
        assert reader.counts(EVERYTHING).events == 1
        writer.write([make.reading("Newer")])
        assert reader.refresh()
        assert reader.counts(EVERYTHING).events == 2


@pytest.mark.usefixtures("few")
def test_many_batches_are_compacted_and_the_previous_base_is_kept(store, make):
    for n in range(3 * MANY + 5):
        store.write([make.reading(f"Report {n}")])
        assert len(waiting(store)) <= MANY
    assert bases(store) == ["base-0002.duckdb", "base-0003.duckdb"]
    store.compact(force=True)
    assert bases(store) == ["base-0003.duckdb", "base-0004.duckdb"]
    assert waiting(store) == []
    assert not store.compact(force=True)
    assert store.counts(EVERYTHING).events == 3 * MANY + 5
    with Store.open(store.folder.path) as again:
        assert again.extent() == store.extent()


def test_a_reader_that_listed_before_a_compaction_finds_everything(tmp_path, make):
    with Store.open(tmp_path) as writer:
        writer.write([make.reading("One")])
        listed = writer.folder.listing()
        writer.compact(force=True)
        with Store.open(tmp_path) as reader:
            reader._take_in(listed)
            assert reader.counts(EVERYTHING).events == 1


def test_compaction_waits_for_nobody(tmp_path, make):
    with Store.open(tmp_path) as one:
        one.write([make.reading("One")])
        with FileLock(one.folder.lock):
            assert not one.compact(force=True)
        assert one.compact(force=True)


@pytest.mark.usefixtures("few")
def test_a_failing_compaction_does_not_fail_the_write(store, make, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    for n in range(MANY):
        store.write([make.reading(f"Report {n}")])
    monkeypatch.setattr(folder.Folder, "publish", refuse)
    assert store.write([make.reading("One more")]).articles_new == 1
    assert store.counts(EVERYTHING).events == MANY + 1
    assert bases(store) == []
    assert [p.name for p in store.folder.path.iterdir() if p.name.startswith(".")] == []
    with pytest.raises(StoreError, match="no room left on the disk"):
        store.compact(force=True)


def test_a_damaged_base_is_named_and_can_be_moved_away(store, make):
    store.write([make.reading("One")])
    store.compact(force=True)
    store.write([make.reading("Two")])
    store.compact(force=True)
    damaged = store.folder.path / "base-0002.duckdb"
    store.close()
    damaged.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match=r"base-0002\.duckdb of the store cannot be read: move it away"):
        Store.open(store.folder.path)
    damaged.unlink()
    with Store.open(store.folder.path) as again:
        assert again.counts(EVERYTHING).events == 2
    (store.folder.path / "base-0001.duckdb").unlink()
    with Store.open(store.folder.path) as again:
        assert again.counts(EVERYTHING).events == 2
        assert again.compact(force=True)
        assert again.counts(EVERYTHING).events == 2


def test_a_damaged_batch_is_named(store, make):
    written = store.write([make.reading("One")])
    (store.folder.incoming / written.batch_id / "events.parquet").write_bytes(b"PAR1 and then nothing")
    with pytest.raises(StoreError, match=f"The batch {written.batch_id} of the store"):
        Store.open(store.folder.path)


def test_a_batch_from_before_there_were_some_columns_is_read(store, make):
    written = store.write([make.reading("One", events=[{"fatalities": 3}])])
    file = store.folder.incoming / written.batch_id / "events.parquet"
    pq.write_table(pq.read_table(file).drop_columns(["injured", "fatalities_low"]), file)
    with Store.open(store.folder.path) as again:
        ((event,),) = [batch.to_pylist() for batch in again.batches(EVERYTHING)]
        assert (event["fatalities"], event["fatalities_low"], event["injured"]) == (3, None, None)
        assert again.compact(force=True)
        assert again.counts(EVERYTHING).events == 1


def test_what_a_newer_version_made_is_refused_in_words(store, make):
    written = store.write([make.reading("One")])
    file = store.folder.incoming / written.batch_id / "articles.parquet"
    pq.write_table(pq.read_table(file).replace_schema_metadata({"conflictmap.schema": "99"}), file)
    with pytest.raises(StoreError, match="made by a newer version of conflictmap"):
        Store.open(store.folder.path)


def test_a_base_of_a_newer_version_is_refused_in_words(store, make):
    store.write([make.reading("One")])
    store.compact(force=True)
    store.close()
    with duckdb.connect(str(store.folder.path / "base-0001.duckdb")) as base:
        base.execute("UPDATE about SET schema = 99")
    with pytest.raises(StoreError, match="made by a newer version of conflictmap"):
        Store.open(store.folder.path)


def test_a_base_without_a_later_column_is_read(store, make):
    reading = make.reading("One")
    store.write([reading])
    store.compact(force=True)
    store.close()
    with duckdb.connect(str(store.folder.path / "base-0001.duckdb")) as base:
        base.execute("ALTER TABLE articles DROP COLUMN batch")
    with Store.open(store.folder.path) as again:
        assert again.reading(reading.article.id) == reading


def test_nothing_is_stored_half_when_the_disk_is_full(store, make, monkeypatch):
    write_table = folder.pq.write_table

    def full(table, where, **options):
        if where.name == "problems.parquet":
            raise OSError(errno.ENOSPC, "No space left on device")
        write_table(table, where, **options)

    monkeypatch.setattr(folder.pq, "write_table", full)
    with pytest.raises(StoreError, match="could not be stored: there is no room left on the disk"):
        store.write([make.reading("One")])
    assert waiting(store) == []
    monkeypatch.undo()
    assert store.counts(EVERYTHING).events == 0
    assert store.write([make.reading("One")]).articles_new == 1


def test_leftovers_are_never_read_and_are_swept_after_a_day(store, make):
    store.write([make.reading("One")])
    fresh, old = (store.folder.incoming / f".{name}.tmp" for name in ("fresh", "old"))
    base = store.folder.path / ".base-0009-abcd.tmp"
    for path in (fresh, old):
        path.mkdir()
        (path / "events.parquet").write_bytes(b"half")
    base.write_bytes(b"half")
    before = time.time() - 25 * 3600
    os.utime(old, (before, before))
    os.utime(base, (before, before))
    assert not store.refresh()
    with Store.open(store.folder.path) as again:
        assert again.counts(EVERYTHING).events == 1
    assert fresh.exists()
    assert not old.exists()
    assert not base.exists()


def test_reading_only_makes_nothing(tmp_path, make):
    with pytest.raises(StoreError, match="There is no store at"):
        Store.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()
    with Store.open(tmp_path, read_only=True) as store, pytest.raises(StoreError, match="for reading only"):
        store.write([make.reading("One")])
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_said(tmp_path):
    file = tmp_path / "store"
    file.write_text("hello")
    with pytest.raises(StoreError, match="a file stands where its folder should be"):
        Store.open(file)


def test_a_permission_that_is_missing_is_said(tmp_path, monkeypatch):
    def refuse(_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(folder.os, "listdir", refuse)
    with pytest.raises(StoreError, match="may not read and write there"):
        Store.open(tmp_path)


def test_a_path_with_quotes_and_stars_is_a_path(tmp_path, make):
    with Store.open(tmp_path / "it's a [store] *") as store:
        store.write([make.reading("One")])
        store.compact(force=True)
        store.write([make.reading("Two")])
        assert store.counts(EVERYTHING).events == 2


def test_two_equal_sentences_are_one_report(store, make):
    reading = make.reading("One", events=[{}, {}])
    same = type(reading)(article=reading.article, mentions=(), events=(reading.events[0], reading.events[0]))
    assert store.write([same]).events == 1
    assert store.reading(reading.article.id).events == (reading.events[0],)


def test_text_that_is_no_unicode_does_not_stop_a_batch(store, make):
    broken = make.reading("One", title="half \ud83d", events=[{"quote": "half \ud83d", "fatalities": 10**30}])
    assert store.write([broken, make.reading("Two")]).articles_new == 2
    (stored,) = store.events(View(text="half"))
    assert stored.title == stored.event.quote == "half ?"


def test_answers_are_not_spoiled_by_who_got_them(store, make):
    store.write([make.reading("One")])
    store.facet(EVERYTHING, "type").clear()
    store.events(EVERYTHING).clear()
    assert store.facet(EVERYTHING, "type") == [("ASSAULT", 1)]
    assert len(store.events(View(lat=1.0, lon=2.0, event="x"))) == 1
    store.write([make.reading("Two")])
    assert store.facet(EVERYTHING, "type") == [("ASSAULT", 2)]
    assert len(store.events(EVERYTHING)) == 2
