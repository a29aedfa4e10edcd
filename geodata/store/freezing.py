"""What a snapshot keeps of a view, and what it says about it (Ibis expressions)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ibis import _

from geodata.store.filters import ARTICLES, EVENTS, ON_PLACE, passing
from geodata.store.flat import FLAT
from geodata.store.lists import order_keys

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.store.answers import Answers
    from geodata.view import View

# What a card needs besides.
_MORE = ("place_kind", "population", "start_at", "end_at", "spans", "source_details", "target_details")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """A publisher: its name, an address of one of its articles, and how many articles of it are in a view."""

    name: str
    url: str
    articles: int


def newest(store: Answers, view: View, most: int) -> pa.Table:
    """Return the newest events of a view in full with their articles, oldest first, the undated last.

    Of a view with more than `most` events the undated are the first to be left out.
    """
    shown = passing(view)
    chosen = shown.order_by(order_keys("-date")).limit(most).select("id")
    named = ARTICLES.select(a_id="id", title="title", url="url", source="source", published="published")
    full = EVENTS.semi_join(chosen, "id")
    joined = full.left_join(named, full.article_id == named.a_id)
    return store.run(joined.order_by(order_keys("date")).select(*FLAT, *_MORE))


def unplaced_reasons(store: Answers, view: View) -> list[tuple[str, int]]:
    """Count the events that `Counts.not_placed` counts by the reason why, the most frequent first."""
    left = passing(view, but=ON_PLACE).filter(EVENTS.place_key.isnull())
    grouped = left.group_by(reason=EVENTS.unplaced_reason).aggregate(n=_.count())
    rows = store.run(grouped).to_pylist()
    return sorted(((row["reason"] or "", row["n"]) for row in rows), key=lambda row: (-row[1], row[0]))


def sources(store: Answers, view: View) -> list[SourceCount]:
    """Count the articles of a view by publisher, the most frequent first."""
    named = ARTICLES.semi_join(passing(view).select(key="article_id").distinct(), [("id", "key")])
    grouped = named.group_by("source").aggregate(n=_.count(), url=_.url.max())
    rows = store.run(grouped).to_pylist()
    found = [SourceCount(name=row["source"] or "", url=row["url"] or "", articles=row["n"]) for row in rows]
    return sorted(found, key=lambda source: (-source.articles, source.name))
