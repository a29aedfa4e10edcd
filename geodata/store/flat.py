"""A view as one flat table for people and programs: what the exports write (Ibis expressions)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.store.filters import ARTICLES, passing
from geodata.store.lists import order_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import pyarrow as pa

    from geodata.store.answers import Answers
    from geodata.view import View

FLAT = (
    "id", "article_id", "type", "mode", "quad", "acled_like", "contexts", "source_actors", "target_actors",
    "date_start", "date_end", "date_precision", "date_basis",
    "place_id", "place_name", "lat", "lon", "country", "admin1", "precision", "area", "regions",
    "place_text", "place_basis", "unplaced_reason", "undated_reason",
    "fatalities", "fatalities_low", "fatalities_high", "injured", "quote", "claimed_by", "confidence", "title", "url", "source", "published",
)  # fmt: skip
ROWS_AT_ONCE = 10_000  # rows of one piece of a stream


def _flat(view: View) -> Any:
    """All events of a view with their articles, as a table for people: oldest first."""
    named = ARTICLES.select(a_id="id", title="title", url="url", source="source", published="published")
    shown = passing(view)
    joined = shown.left_join(named, shown.article_id == named.a_id)
    return joined.order_by(order_keys("date")).select(*FLAT)


def batches(store: Answers, view: View) -> Iterator[pa.RecordBatch]:
    """Stream the events of a view, oldest first, in pieces of `ROWS_AT_ONCE`."""
    yield from store.engine.stream(_flat(view), ROWS_AT_ONCE)


def frame(store: Answers, view: View) -> pd.DataFrame:
    """Return the events of a view as a flat table, oldest first."""
    table: pd.DataFrame = store.run(_flat(view)).to_pandas()
    return table
