"""A base of a version that knew no numbers is served as it is, and made anew by the next ingest."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from geodata.store import Store, rows
from geodata.store.by_region import region_counts
from geodata.store.numbers import LEGENDS
from geodata.store.pairs import actor_pairs
from geodata.store.schema import NUMBERS
from geodata.view import View

VIEWS = (View(), View(actors=("Islamic State",)), View(regions=("IQ-KI",)))


def age(store):
    """Take out of a store's base what an older version did not write."""
    base = store.folder.bases()[-1]
    store.close()
    with duckdb.connect(str(base)) as con:
        for legend in LEGENDS:
            con.execute(f"DROP TABLE {legend.table}")
        for name in NUMBERS:
            con.execute(f"ALTER TABLE events DROP COLUMN {name}")


def said(store):
    """What the pages show of some views."""
    return [
        (
            store.counts(view),
            store.cells(view, south=-90, west=-180, north=90, east=180, zoom=3),
            store.timeline(view),
            store.bounds(view),
            [store.facet(view, by) for by in ("type", "actor", "region", "source")],
            region_counts(store, view),
            actor_pairs(store, view),
            store.events(view),
        )
        for view in VIEWS
    ]


@pytest.fixture
def old(store, make):
    store.write([
        make.reading("Troops entered Kirkuk.", source="Agency A"),
        make.reading("Fighters shelled Sinjar.", events=[{"at": "sinjar"}, {"at": "iraq"}, {"at": None, "day": None}]),
    ])  # fmt: skip
    store.compact(force=True)
    expected = said(store)
    age(store)
    return store.folder.path, expected


def test_an_old_base_is_read_as_it_is(old):
    path, expected = old
    with Store.open(path, read_only=True) as again:
        assert said(again) == expected


def test_what_is_added_to_an_old_base_is_counted_and_makes_it_new(old, make):
    path, expected = old
    with Store.open(path) as again:
        again.compact()
        assert said(again) == expected
        again.write([make.reading("Troops took Kirkuk.")])
        assert again.counts(View()).events == expected[0][0].events + 1
        assert again.facet(View(), "region")[0] == ("IQ", 4)


def test_batches_on_top_of_an_old_base_are_counted_with_it(old, make):
    path, expected = old
    name = "20990101T000000-added"
    with Store.open(path, read_only=True) as reader:
        written = rows.tables([make.reading("Troops took Kirkuk.")], batch_id=name, added=dt.datetime.now(dt.UTC))
        reader.folder.put(name, written)
        assert reader.refresh()
        assert reader.counts(View()).events == expected[0][0].events + 1
        assert dict(reader.facet(View(), "actor"))["Peshmerga"] == 5
