"""Nothing is lost on the way into a base, whatever the database makes of it."""

from __future__ import annotations

import pytest

from geodata.errors import StoreError
from geodata.store.engine import Engine
from geodata.view import View


def test_events_taken_in_by_steps_are_all_there(store, make, monkeypatch):
    monkeypatch.setattr("geodata.store.engine.AT_ONCE", 2)
    for n in range(5):
        store.write([make.reading(f"Troops entered Kirkuk on day {n}.", source=f"Agency {n % 2}")])
    store.compact(force=True)
    assert store.counts(View()).events == 5
    assert dict(store.facet(View(), "source")) == {"Agency 0": 3, "Agency 1": 2}
    assert dict(store.facet(View(), "region")) == {"IQ": 5, "IQ-KI": 5}


def test_a_base_that_lost_events_is_never_published(store, make, monkeypatch):
    store.write([make.reading("Troops entered Kirkuk."), make.reading("Troops took Kirkuk.")])
    save = Engine._save_numbered

    def lossy(engine):
        sizes = engine.sizes()
        monkeypatch.setattr(engine, "sizes", lambda: (sizes[0], sizes[1] + 1))
        save(engine)

    monkeypatch.setattr(Engine, "_save_numbered", lossy)
    with pytest.raises(StoreError, match="instead of 3"):
        store.compact(force=True)
    assert not store.folder.bases()
    assert store.counts(View()).events == 2
