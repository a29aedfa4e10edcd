"""A view of any size is streamed in little memory."""

from __future__ import annotations

from geodata.view import View


def test_putting_a_stream_in_order_may_not_take_the_whole_machine(store, make):
    store.write([make.reading(f"Article {n}.", events=[{}, {"at": "sinjar"}]) for n in range(20)])
    assert store.compact(force=True)
    pieces = store.batches(View())
    assert next(pieces).num_rows == 40
    limit = "SELECT current_setting('memory_limit')"
    assert store.engine.connection.execute(limit).fetchone()[0] == "1.8 GiB"  # 2,000 MB
    assert not list(pieces)
    assert store.engine.connection.execute(limit).fetchone()[0] == "244.1 MiB", "what was lent is given back"
