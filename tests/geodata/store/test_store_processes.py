"""Several processes at once, and processes that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from geodata.store import Store, compaction
from geodata.view import View

# A nest of writers: it imports once, and for each line that it reads it forks a process that
# writes batch after batch and says of each, on a line of its own, when it is durable. Compacts
# after every third, so that a kill often hits a compaction.
NEST = """
import os
import sys
from geodata.article import Article
from geodata.event import Event, Reading
from geodata.ontology import EventType
from geodata.store import Store, compaction

compaction.MANY_BATCHES = 2

def write(folder, name, many):
    store = Store.open(folder)
    for n in range(many):
        readings = []
        for m in range(3):
            article = Article(text=f"Report {n} {m} of {name}")
            kind = EventType.ASSAULT
            events = tuple(
                Event(id=f"{article.id}-{e}", article_id=article.id, type=kind, quad=kind.quad, start=0, end=1, quote="x")
                for e in range(2)
            )
            readings.append(Reading(article=article, mentions=(), events=events))
        store.write(readings)
        os.write(1, (" ".join(["stored", *(reading.article.id for reading in readings)]) + "\\n").encode())

for line in sys.stdin:
    folder, name, many = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        write(folder, name, int(many))
        os._exit(0)
    os.write(1, f"pid {child}\\n".encode())
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
"""


class Nest:
    """Starts writers and hears what they say."""

    def __init__(self):
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", NEST], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.stored = set()

    def start(self, folder, name, many):
        self.process.stdin.write(f"{folder}\t{name}\t{many}\n")
        while (word := self.hear())[0] != "pid":
            pass
        return int(word[1])

    def hear(self):
        words = self.process.stdout.readline().split()
        if words and words[0] == "stored":
            self.stored.update(words[1:])
        return words or [""]

    def end(self):
        self.process.stdin.close()
        while self.hear() != [""]:
            pass
        return self.process.wait()


@pytest.fixture
def nest():
    made = Nest()
    with made.process:  # closes its pipes
        yield made
        made.process.kill()


def check(store, ids):
    """All that was reported is there, once, and what is there is whole."""
    assert ids <= store.known(ids)
    counts = store.counts(View())
    assert counts.events == 2 * counts.articles
    assert counts.articles == store.extent().articles
    assert counts.articles % 3 == 0
    assert len({stored.event.id for stored in store.events(View(), limit=10_000)}) == counts.events


def test_nothing_that_was_reported_is_lost_by_a_kill(tmp_path, nest):
    moments = random.Random(20171016)  # noqa: S311 - no secret
    for n in range(6):
        writer = nest.start(tmp_path, f"writer {n}", 10_000)
        while nest.hear()[0] != "stored":
            pass
        time.sleep(moments.uniform(0.0, 0.4))  # the moment is what is varied here
        os.kill(writer, signal.SIGKILL)
    assert nest.end() == 0
    assert len(nest.stored) >= 18
    with Store.open(tmp_path) as store:
        check(store, nest.stored)
        store.compact(force=True)
        check(store, nest.stored)


def test_processes_write_and_compact_at_once_while_a_reader_reads(tmp_path, nest):
    with Store.open(tmp_path) as reader:
        for name in ("one", "two", "one"):  # two write the same articles
            nest.start(tmp_path, name, 5)
        ended = threading.Thread(target=nest.end)
        ended.start()
        seen = 0
        while ended.is_alive():
            began = time.perf_counter()
            reader.refresh()
            counts = reader.counts(View())
            assert time.perf_counter() - began < 20
            assert counts.events == 2 * counts.articles
            assert counts.articles >= seen
            seen = counts.articles
        assert len(nest.stored) == 30
        reader.refresh()
        check(reader, nest.stored)
        assert reader.extent().articles == 30


@pytest.mark.parametrize("threads", [8])
def test_threads_share_one_store(store, make, monkeypatch, threads):
    monkeypatch.setattr(compaction, "MANY_BATCHES", 3)
    errors = []
    done = threading.Event()

    def read():
        try:
            while not done.is_set():
                _ = store.version
                counts = store.counts(View())
                assert counts.articles == counts.events
                store.cells(View(), south=-90, west=-180, north=90, east=180, zoom=2)
                store.events(View(), limit=3)
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            errors.append(error)

    def write(worker):
        try:
            for n in range(3):
                store.write([make.reading(f"{worker} {n}")])
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(threads // 2)]
    writers = [threading.Thread(target=write, args=(worker,)) for worker in range(threads // 2)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert errors == []
    store.refresh()
    assert store.counts(View()).events == 3 * threads // 2
