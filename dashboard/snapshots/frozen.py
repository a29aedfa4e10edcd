"""The events of a snapshot, taken out of the store once: every file of it is made from these.

So all files carry the same events, whatever is added to the store meanwhile, and what is to be
left out of what is shared needs to be left out in one place.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.store import freezing, rows
from geodata.store.flat import FLAT, ROWS_AT_ONCE
from geodata.store.results import StoredEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.store import Store
    from geodata.store.freezing import SourceCount
    from geodata.store.results import Counts
    from geodata.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """Events of a view, and what is counted of the whole view.

    It stands in for a store where one is written out: the exports ask for `batches`, `version` and `stated`.

    Parameters
    ----------
    table
        The events in full, oldest first; see `geodata.store.freezing.newest`.
    counts
        Of the view, of which the table may hold only the newest events.
    reasons
        Why events are not placed, with how many.
    sources
        Publishers with how many articles.
    version
        The store's.
    stated
        What is left out or made coarser, as a sentence; empty for nothing.
    """

    table: pa.Table
    counts: Counts
    reasons: list[tuple[str, int]]
    sources: list[SourceCount]
    version: str
    stated: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether all events of the view are here."""
        return bool(self.table.num_rows >= self.counts.events)

    def batches(self, _: View) -> Iterator[pa.RecordBatch]:
        """Yield the events in pieces, as `Store.batches` does."""
        yield from self.table.select(list(FLAT)).to_batches(max_chunksize=ROWS_AT_ONCE)

    def days(self) -> tuple[Any, Any]:
        """Return the first and the last day that an event can have been on; None where none is dated."""
        return pc.min(self.table["date_start"]).as_py(), pc.max(self.table["date_end"]).as_py()

    def listed(self, most: int) -> list[StoredEvent]:
        """Return the newest events in full, newest first, the undated last, each with its number of reports."""
        keys = pa.table({"day": self.table["date_start"], "id": self.table["id"]})
        order = pc.sort_indices(keys, sort_keys=[("day", "descending", "at_end"), ("id", "ascending", "at_end")]).slice(
            0, most
        )
        reports = self._reports()
        found = []
        for row in self.table.take(order).to_pylist():
            happening = (row["type"], row["place_id"], row["date_start"])
            found.append(
                StoredEvent(
                    event=rows.to_event(row),
                    title=row["title"] or "",
                    url=row["url"] or "",
                    source=row["source"] or "",
                    published=row["published"],
                    reports=len(reports.get(happening, ())) or 1,
                )
            )
        return found

    def _reports(self) -> dict[tuple[str, str, Any], set[str]]:
        """Return the articles by what they report, where place and day are known."""
        columns = (self.table[name].to_pylist() for name in ("type", "place_id", "date_start", "article_id"))
        found: dict[tuple[str, str, Any], set[str]] = defaultdict(set)
        for kind, place, day, article in zip(*columns, strict=True):
            if place is not None and day is not None:
                found[kind, place, day].add(article)
        return found


def take(store: Store, view: View, *, most: int) -> Frozen:
    """Take a view out of the store.

    Parameters
    ----------
    store
        Of the caller's own, so that its state stays the same between the questions.
    view
        Which events.
    most
        Take no more events than this, the newest ones.

    Raises
    ------
    SafetyError
        If the view must not be shared.
    StoreError
        If the store cannot be read.
    """
    store.check(view)
    version = store.version
    return Frozen(
        table=freezing.newest(store, view, most),
        counts=store.counts(view),
        reasons=freezing.unplaced_reasons(store, view),
        sources=freezing.sources(store, view),
        version=version,
        stated=store.stated,
    )
