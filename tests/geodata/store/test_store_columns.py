"""The numbers of events in memory: counted as one would count by hand, whatever their order and their gaps."""

import numpy as np
import pyarrow as pa
import pytest

from geodata.store.columns import Columns, Wanted
from geodata.store.numbers import KINDS, NEVER, QUADS

PARTS = ("places", "days", "articles", "sides", "pairs", "sources")


def _events(rows, *, seed, in_order):
    rng = np.random.default_rng(seed)
    day = np.where(rng.random(rows) < 0.1, NEVER, rng.integers(-40, 400, rows)).astype(np.int32)
    if in_order:
        day = day[np.argsort(np.where(day == NEVER, 2**31 - 1, day), kind="stable")]
    ends = np.where(day == NEVER, NEVER, day + np.where(rng.random(rows) < 0.3, rng.integers(-3, 60, rows), 0))
    # A day without a last one, and a last day without a first: no reading makes them, a table might.
    ends[rng.random(rows) < 0.02] = NEVER
    ends[(day == NEVER) & (rng.random(rows) < 0.2)] = 200
    return {
        "day": day,
        "ends": ends.astype(np.int32),
        "kind": rng.integers(0, KINDS, rows).astype(np.int16),
        "place_no": rng.integers(0, 9, rows).astype(np.int32),
        "side_no": rng.integers(1, 12, rows).astype(np.int32),
        "article_no": rng.integers(1, 40, rows).astype(np.int32),
        "source_no": rng.integers(0, 4, rows).astype(np.int32),
    }


def _in_pieces(events, size):
    table = pa.table(events)
    ends = pa.array(events["ends"], mask=events["ends"] == NEVER).cast(pa.date32())
    return table.set_column(table.schema.get_field_index("ends"), "ends", ends).to_batches(max_chunksize=size)


def _by_hand(events, wanted):
    day, ends = events["day"], events["ends"]
    passes = np.ones(len(day), np.bool_)
    if wanted.last is not None:
        passes &= (day != NEVER) & (day <= wanted.last)
    if wanted.first is not None:
        passes &= (ends != NEVER) & (ends >= wanted.first)
    columns = {"kinds": "kind", "places": "place_no", "sides": "side_no", "sources": "source_no"}
    for name, column in columns.items():
        table = getattr(wanted, name)
        if table is not None:
            passes &= np.isin(events[column], np.flatnonzero(table))
    of = {name: column[passes].astype(np.int64) for name, column in events.items()}
    return {
        "places": of["place_no"] * KINDS + of["kind"],
        "days": of["day"] * KINDS + of["kind"],
        "sides": of["side_no"],
        "pairs": of["side_no"] * QUADS + of["kind"] % QUADS,
        "sources": of["source_no"],
    }, len(set(of["article_no"].tolist()))


def _some(size, seed):
    return np.random.default_rng(seed).random(size) < 0.5


@pytest.mark.parametrize("in_order", [True, False])
@pytest.mark.parametrize("rows", [0, 1, 700])
@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(first=100),
        Wanted(last=150),
        Wanted(first=100, last=150),
        Wanted(first=150, last=100),
        Wanted(first=-1000, last=1000),
        Wanted(first=5000),
        Wanted(kinds=_some(KINDS, 1)),
        Wanted(places=_some(9, 2), first=50),
        Wanted(places=_some(3, 3)),  # a table that ends before the numbers do
        Wanted(sides=_some(12, 4), sources=_some(4, 5), last=300),
        Wanted(sides=np.zeros(0, np.bool_)),
    ],
)
def test_what_is_wanted_is_counted(wanted, rows, in_order, monkeypatch):
    monkeypatch.setattr("geodata.store.columns.AT_ONCE", 64)
    events = _events(rows, seed=rows, in_order=in_order)
    counted = Columns(_in_pieces(events, 100), {"place_no": 8}).count(wanted, PARTS)
    codes, articles = _by_hand(events, wanted)
    for part, expected in codes.items():
        code, n = np.unique(expected, return_counts=True)
        assert counted[part].code.tolist() == code.tolist(), part
        assert counted[part].n.tolist() == n.tolist(), part
    assert counted["articles"] == articles
