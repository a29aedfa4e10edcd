"""What a question asks of whatever holds the events: DuckDB (`engine`) or a server (`server_engine`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from geodata.store.digest import Kept


class Asked(Protocol):
    """One open state of a store, and what was counted of it already."""

    base: Path | None
    delta: list[str]
    in_base: dict[str, int]  # the highest numbers of the base
    legends: dict[str, Any]  # what is made once, until something is loaded
    of_base: dict[str, Any]  # what is made of the base once
    reading: threading.Lock
    kept_of_base: Kept
    kept_on_top: Kept

    @property
    def numbered(self) -> bool:
        """Whether events can be counted by their numbers (`geodata.store.numbers`)."""

    def run(self, query: Any) -> pa.Table:
        """Return the answer of an Ibis expression."""

    def stream(self, query: Any, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the answer of an Ibis expression in pieces of at most `rows` rows."""
