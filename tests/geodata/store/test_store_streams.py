"""A view of any size is streamed in little memory."""

from __future__ import annotations

from geodata.view import View


def test_putting_a_stream_in_order_may_not_take_the_whole_machine(store, make):
    store.write([make.reading(f"Article {n}.", events=[{}, {"at": "sinjar"}]) for n in range(20)])
    assert store.compact(force=True)
    assert sum(batch.num_rows for batch in store.batches(View())) == 40
    limit = store.engine.connection.execute("SELECT current_setting('memory_limit')").fetchone()[0]
    assert limit == "1.8 GiB"  # 2,000 MB
