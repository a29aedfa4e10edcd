"""The numbers of events in memory, a few bytes for each: what a view is counted with.

A question to the database takes some time however small it is, and to count ten million events it
reads them all. Here they lie in the order of their days, so that a period is a piece of each
column, and what passes any other filter is looked up in a small table by number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from geodata.store.counting import Count
from geodata.store.numbers import KINDS, NEVER, QUADS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

READ = ("day", "kind", "place_no", "side_no", "article_no", "source_no")
AT_ONCE = 250_000  # rows of one step: what a step holds stays in the processor's own memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events to count: days since 1970, both inclusive, and tables that say which numbers pass."""

    first: int | None = None
    last: int | None = None
    kinds: Mask | None = None
    places: Mask | None = None
    sides: Mask | None = None
    sources: Mask | None = None


class Columns:
    """The events of a base, or of what lies on top of one, as columns of numbers.

    Parameters
    ----------
    pieces
        Events with the columns of `READ` and `ends`, the day on which each ended (null: not known).
    highest
        The highest number of each kind, where it is known.
    """

    def __init__(self, pieces: Iterable[pa.RecordBatch], highest: Mapping[str, int]) -> None:
        types = {name: np.min_scalar_type(highest[name]) if name in highest else np.dtype(np.int32) for name in READ}
        types["kind"] = np.min_scalar_type(KINDS)
        parts: dict[str, list[NDArray[Any]]] = {name: [] for name in READ}
        places, odd_at, odd_end, rows = [], [], [], 0
        for piece in pieces:
            found = {name: piece.column(name).to_numpy(zero_copy_only=False) for name in READ}
            ends = piece.column("ends").cast(pa.int32()).fill_null(NEVER).to_numpy(zero_copy_only=False)
            odd = np.flatnonzero(ends != found["day"])
            odd_at.append(odd + rows)
            odd_end.append(ends[odd])
            rows += len(ends)
            places.append(found["place_no"].astype(np.int32) * KINDS + found["kind"])
            for name in ("day", "side_no", "article_no", "source_no"):
                parts[name].append(found[name].astype(types[name]))
        day = _joined(parts.pop("day"), np.int32)
        code = _joined(places, np.int32)
        self._odd = _joined(odd_at, np.int64)
        self._odd_end = _joined(odd_end, np.int32)
        by_name = {name: _joined(parts.pop(name), types[name]) for name in ("side_no", "article_no", "source_no")}
        order = (
            None
            if _is_in_order(day)
            else np.argsort(np.where(day == NEVER, np.iinfo(np.int32).max, day), kind="stable")
        )
        if order is not None:
            day, code = day[order], code[order]
            by_name = {name: column[order] for name, column in by_name.items()}
            moved = np.empty(len(order), np.int64)
            moved[order] = np.arange(len(order))
            self._odd = moved[self._odd]
        self.rows = rows
        self._side, self._article, self._source = (by_name[n] for n in ("side_no", "article_no", "source_no"))
        self._sizes = [int(column.max()) + 1 if rows else 0 for column in (self._side, self._article, self._source)]
        self._number_days(day)
        self._number_codes(code)

    def _number_days(self, day: NDArray[np.int32]) -> None:
        """Give the days numbers from 0; those of no day come last."""
        starts = np.flatnonzero(np.diff(day, prepend=day[:1] - 1)) if self.rows else np.zeros(0, np.int64)
        self._days = day[starts].astype(np.int64)
        self._starts = np.append(starts, self.rows)
        self._dated = int(np.count_nonzero(self._days != NEVER))
        lengths = np.diff(self._starts)
        self._day = np.repeat(np.arange(len(lengths), dtype=np.min_scalar_type(max(1, len(lengths)))), lengths)

    def _number_codes(self, code: NDArray[np.int32]) -> None:
        """Give numbers to what occurs together of place and kind: much less than of either times the other."""
        size = int(code.max()) + 1 if self.rows else 0
        there = np.zeros(size, np.bool_)
        for at in range(0, self.rows, AT_ONCE):
            there[code[at : at + AT_ONCE]] = True
        self._codes = np.flatnonzero(there)  # place number * KINDS + kind
        number = (np.cumsum(there) - 1).astype(np.min_scalar_type(max(1, len(self._codes))))
        self._code = np.empty(self.rows, number.dtype)
        for at in range(0, self.rows, AT_ONCE):
            self._code[at : at + AT_ONCE] = number[code[at : at + AT_ONCE]]
        self._place_of, self._kind_of = np.divmod(self._codes, KINDS)
        self._kinds, which = np.unique(self._kind_of, return_inverse=True)
        self._kind_no = which.astype(np.uint8)

    def count(self, wanted: Wanted, parts: Iterable[str]) -> dict[str, Any]:
        """Count the events that are wanted: the parts of a digest, by name; see `geodata.store.digest`."""
        asked = frozenset(parts)
        n_kinds = len(self._kinds)
        places = np.zeros(len(self._codes), np.int64)
        days = np.zeros(len(self._days) * n_kinds if "days" in asked else 0, np.int64)
        sides, sources = np.zeros(self._sizes[0], np.int64), np.zeros(self._sizes[2], np.int64)
        pairs = np.zeros(self._sizes[0] * QUADS if "pairs" in asked else 0, np.int64)
        articles = np.zeros(self._sizes[1] if "articles" in asked else 0, np.bool_)
        for at in self._passing(wanted):
            code = self._code[at]
            if "places" in asked:
                places += np.bincount(code, minlength=len(places))
            if "days" in asked and len(code):
                day = self._day[at]
                low = int(day.min())
                counted = np.bincount((day - low).astype(np.int64) * n_kinds + self._kind_no[code])
                days[low * n_kinds : low * n_kinds + len(counted)] += counted
            if "sides" in asked:
                sides += np.bincount(self._side[at], minlength=len(sides))
            if "pairs" in asked:
                quad = (self._kinds % QUADS)[self._kind_no[code]]
                pairs += np.bincount(self._side[at].astype(np.int64) * QUADS + quad, minlength=len(pairs))
            if "sources" in asked:
                sources += np.bincount(self._source[at], minlength=len(sources))
            if "articles" in asked:
                articles[self._article[at]] = True
        made: dict[str, Any] = {
            "places": Count.of_dense(places, self._codes),
            "sides": Count.of_dense(sides),
            "pairs": Count.of_dense(pairs),
            "sources": Count.of_dense(sources),
            "articles": int(np.count_nonzero(articles)),
        }
        if "days" in asked:
            made["days"] = self._by_day(days)
        return {name: made[name] for name in asked}

    def _by_day(self, counted: NDArray[np.int64]) -> Count:
        there = np.flatnonzero(counted)
        day, kind = np.divmod(there, max(1, len(self._kinds)))
        codes = self._days[day] * KINDS + self._kinds[kind]
        order = np.argsort(codes, kind="stable")  # no day comes first among codes
        return Count(codes[order], counted[there][order])

    def _passing(self, wanted: Wanted) -> Iterator[Any]:
        """Yield the rows of the events that are wanted: slices, or numbers of rows."""
        first, end, left_out, more = self._period(wanted)
        of_code = self._of_code(wanted)
        sides, sources = _sized(wanted.sides, self._sizes[0]), _sized(wanted.sources, self._sizes[2])
        tables = [(self._code, of_code), (self._side, sides), (self._source, sources)]
        tests = [(column, table) for column, table in tables if table is not None]
        for at in range(first, end, AT_ONCE):
            rows = slice(at, min(at + AT_ONCE, end))
            passes: Mask | None = None
            for column, table in tests:
                passes = table[column[rows]] if passes is None else passes & table[column[rows]]
            within = left_out[np.searchsorted(left_out, at) : np.searchsorted(left_out, rows.stop)]
            if len(within):
                passes = np.ones(rows.stop - at, np.bool_) if passes is None else passes
                passes[within - at] = False
            yield rows if passes is None else np.flatnonzero(passes) + at
        for column, table in tests:
            more = more[table[column[more]]]
        if len(more):
            yield more

    def _period(self, wanted: Wanted) -> tuple[int, int, NDArray[np.int64], NDArray[np.int64]]:
        """Return the first row of the period and the one after its last, rows in it to leave out, and others to add.

        An event passes when it began on the last day or before, and ended on the first or after.
        """
        nothing = np.zeros(0, np.int64)
        days = self._days[: self._dated]
        end = self.rows
        if wanted.last is not None:
            end = int(self._starts[np.searchsorted(days, wanted.last, "right")])
        if wanted.first is None:
            return 0, end, nothing, nothing
        # Without a day an event has no last one either, unless it is odd.
        begin = int(self._starts[np.searchsorted(days, wanted.first)])
        dated = int(self._starts[self._dated])
        reaches = self._odd_end >= wanted.first
        inside = (self._odd >= begin) & (self._odd < dated)
        left_out = np.sort(self._odd[inside & ~reaches])
        more = np.sort(self._odd[~inside & reaches & (self._odd < end)])
        return begin, max(begin, min(end, dated)), left_out, more

    def _of_code(self, wanted: Wanted) -> Mask | None:
        if wanted.kinds is None and wanted.places is None:
            return None
        passes = np.ones(len(self._codes), np.bool_)
        if wanted.kinds is not None:
            passes &= wanted.kinds[self._kind_of]
        places = _sized(wanted.places, int(self._place_of[-1]) + 1 if len(self._codes) else 0)
        if places is not None:
            passes &= places[self._place_of]
        return passes


def _sized(table: Mask | None, size: int) -> Mask | None:
    """Return a table with as many rows as there are numbers; what it does not name does not pass."""
    if table is None or len(table) >= size:
        return table
    return np.append(table, np.zeros(size - len(table), np.bool_))


def _joined(parts: list[NDArray[Any]], kind: Any) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, kind)


def _is_in_order(day: NDArray[np.int32]) -> bool:
    """Tell whether days ascend, and those of no day stand at the end: as a base is laid down."""
    dated = int(np.count_nonzero(day != NEVER))
    return bool((day[:dated] != NEVER).all() and (np.diff(day[:dated]) >= 0).all())
