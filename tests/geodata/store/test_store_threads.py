"""Many threads ask while batches are written, and Ibis may be used by several threads at once."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import ibis
import pytest
from ibis.common.bases import Comparable

import geodata.store.filters  # noqa: F401 - every question comes by it
from geodata.ontology import EventType
from geodata.store import Store, compaction
from geodata.store import wanted as filters_in_memory
from geodata.store.by_region import region_counts
from geodata.store.pairs import actor_pairs
from geodata.view import View

WORLD = {"south": -90.0, "west": -180.0, "north": 90.0, "east": 180.0, "zoom": 5}
VIEWS = [
    View(),
    *(View(regions=(region,)) for region in ("IQ", "IQ-KI", "IQ-NI", "UA", "FJ")),
    *(View(actors=(actor,)) for actor in ("Iraqi Army", "Peshmerga", "nobody")),
    *(View(types=(kind,)) for kind in list(EventType)[:3]),
    View(regions=("IQ",), actors=("Peshmerga",), text="Kirkuk"),
    View(shape=((35.0, 44.0), (36.0, 44.0), (36.0, 45.0))),
]
ROUNDS, ASKING = 12, 6


def test_no_comparison_is_remembered_that_another_thread_could_spoil():
    one, other = (ibis.table({"a": "int64"}, name="t").filter(ibis._.a > 1).op() for _ in range(2))
    assert one is not other
    assert one == other
    assert one != ibis.table({"a": "int64"}, name="t").filter(ibis._.a > 2).op()
    assert not Comparable.__cache__


def _answers(store, view):
    return (
        store.counts(view),
        store.cells(view, **WORLD),
        store.timeline(view),
        store.facet(view, "actor"),
        store.facet(view, "region"),
        region_counts(store, view),
        actor_pairs(store, view),
    )


class Dropped(dict):
    """What another thread empties as soon as anything is put into it."""

    def __setitem__(self, key, value):
        """Keep nothing."""


def test_what_another_thread_drops_is_found_nevertheless(store, make):
    """What is kept of filters could be dropped between being put there and being taken: an error, once in thousands."""
    store.write([make.reading(events=[{"at": "kirkuk"}, {"at": "suva"}])])
    store.engine.legends["passing"] = Dropped()
    assert store.counts(View(regions=("IQ-KI",))).events == 1


@pytest.fixture
def impatient():
    """Let threads take turns a thousand times as often as they do."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("impatient")
def test_many_ask_while_batches_are_written(tmp_path, make, monkeypatch):
    monkeypatch.setattr(filters_in_memory, "_KEPT", 1)  # dropped all the time, as if thousands asked
    monkeypatch.setattr(compaction, "MANY_BATCHES", 3)
    store = Store.open(tmp_path / "store")
    places = ("kirkuk", "sinjar", "iraq", "donbas", "suva", None)
    done = threading.Event()

    def write():
        try:
            for n in range(ROUNDS):
                store.write([make.reading(f"Report {n} on Kirkuk.", [{"at": at} for at in places])])
        finally:
            done.set()

    def ask(first):
        n, seen = first, 0
        while not done.is_set() or n < first + len(VIEWS):
            view = VIEWS[n % len(VIEWS)]
            assert store.version
            found = _answers(store, view)
            if view == View():
                assert found[0].events >= seen, "what was stored does not go away"
                seen = found[0].events
            if n % 5 == 0:
                store.rest(0)
            n += 1
        return n - first

    with ThreadPoolExecutor(ASKING + 1) as pool:
        writing = pool.submit(write)
        asking = [pool.submit(ask, first) for first in range(ASKING)]
        for one in [writing, *asking]:
            one.result()
    fresh = Store.open(tmp_path / "store", read_only=True)
    store.refresh()
    assert store.counts(View()).events == ROUNDS * len(places)
    for view in VIEWS:
        assert _answers(store, view) == _answers(fresh, view)
