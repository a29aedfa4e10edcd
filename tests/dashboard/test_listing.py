from __future__ import annotations

import pytest

from dashboard.event_table import columns, row
from dashboard.listing import PAGE_SIZES, page_of, step
from dashboard.state import Picked, Session
from geodata.view import View


def ids(found):
    return [stored.event.id for stored in found]


@pytest.fixture
def own(filled_store, monkeypatch):
    monkeypatch.setitem(PAGE_SIZES, "cards", 2)
    own = Session()
    own.listed = tuple(ids(page_of(filled_store, View(), own, 0)))
    return own


def test_one_goes_through_all_events_over_the_ends_of_pages(filled_store, own):
    everything = ids(filled_store.events(View()))
    seen = []
    for _ in range(len(everything) + 3):
        step(filled_store, own, 1)
        own.listed = tuple(ids(page_of(filled_store, own.view, own, own.page)))
        seen.append(own.view.event)
    assert seen[: len(everything)] == everything
    assert set(seen[len(everything) :]) == {everything[-1]}
    back = []
    for _ in range(len(everything)):
        step(filled_store, own, -1)
        own.listed = tuple(ids(page_of(filled_store, own.view, own, own.page)))
        back.append(own.view.event)
    assert back == [*everything[-2::-1], everything[0]]


def test_what_was_clicked_on_the_map_is_listed_in_whole(filled_store):
    own = Session(picked=Picked(kind="area", name="Nineveh", region="IQ-NI", count=1))
    assert len(page_of(filled_store, View(), own, 0)) == 1
    own = Session(picked=Picked(kind="point", name="Kirkuk", place="gn:94787", count=3))
    assert len(page_of(filled_store, View(), own, 0)) == 3


def test_a_row_says_what_a_card_says(filled_store):
    rows = {stored.event.id: row(stored) for stored in filled_store.events(View())}
    assert all(set(one) == {"id", "colour", *(column["id"] for column in columns())} for one in rows.values())
    nineveh = next(one for one in rows.values() if one["place"] == "Nineveh")
    assert nineveh["date"] == "18 Oct 2017"
    assert nineveh["precision"] == "Province only"
    assert nineveh["who"] == "Iraqi Armed Forces → Peshmerga"
    unplaced = next(one for one in rows.values() if one["place"] == "Not placed")
    assert (unplaced["date"], unplaced["who"], unplaced["fatalities"]) == ("Not known", "Turkey", "")
