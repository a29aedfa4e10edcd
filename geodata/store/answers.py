"""Answers to questions about a store, each looked for once until something new is taken in."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from geodata.store import facets, flat, lists, queries
from geodata.store.filters import filters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    import pandas as pd
    import pyarrow as pa

    from geodata.article import Article
    from geodata.event import Reading
    from geodata.store.asking import Asked
    from geodata.store.facets import Facet, Period, Scale
    from geodata.store.lists import Order
    from geodata.store.results import ArticleRow, Cells, Counts, Extent, Step, StoredEvent, Timeline
    from geodata.store.screen import Screen
    from geodata.view import View

T = TypeVar("T")

MANY_ROWS = 200  # longer pages are not remembered
REMEMBERED = 200  # answers; a page of 200 events takes about 300 kB, most others a few


class Answers(ABC):
    """What can be asked of events and articles, wherever they are kept. All methods may be called from any thread.

    Parameters
    ----------
    screen
        What stands between the store and all questions, if anything.
    """

    def __init__(self, screen: Screen | None) -> None:
        self.screen = screen
        self._remembered: dict[Hashable, Any] = {}
        self._remember_lock = threading.Lock()

    @property
    @abstractmethod
    def engine(self) -> Asked:
        """The state that is open now."""

    def run(self, query: Any) -> pa.Table:
        """Return the answer of an Ibis expression."""
        return self.engine.run(query)

    def once(self, key: Hashable, answer: Callable[[], T]) -> T:
        """Return an answer that was found since something was last taken in, or find it.

        Most people look at few views, and a map that is moved asks for much that does not depend
        on its window. Who gets an answer must not change it.
        """
        remembered = self._remembered  # the one of now: a refresh begins another
        with self._remember_lock:
            if key in remembered:
                found: T = remembered[key]
                return found
        found = answer()
        with self._remember_lock:
            remembered[key] = found
            if len(remembered) > REMEMBERED:
                del remembered[next(iter(remembered))]
        return found

    def forget(self) -> None:
        """Drop all answers that are remembered."""
        self._remembered = {}

    def check(self, view: View) -> None:
        """Refuse a view that must not be asked for here.

        Raises
        ------
        SafetyError
            If it could only be told by telling what the screen hides.
        """
        if self.screen is not None:
            self.screen.check(view)

    # Queries: see geodata.store.queries and geodata.store.lists

    def counts(self, view: View) -> Counts:
        """See `queries.counts`."""
        self.check(view)
        return self.once(("counts", filters_of(view)), lambda: queries.counts(self, view))

    def cells(
        self,
        view: View,
        *,
        south: float,
        west: float,
        north: float,
        east: float,
        zoom: float,
        max_points: int = 500,
        event_ids: bool = True,
    ) -> Cells:
        """See `queries.cells`."""
        self.check(view)
        return queries.cells(
            self,
            view,
            south=south,
            west=west,
            north=north,
            east=east,
            zoom=zoom,
            max_points=max_points,
            event_ids=event_ids,
        )

    def timeline(self, view: View, *, step: Step | Literal["auto"] = "auto") -> Timeline:
        """See `queries.timeline`."""
        return self.once(("timeline", filters_of(view), step), lambda: queries.timeline(self, view, step=step))

    def facet(
        self, view: View, by: Facet, *, limit: int = 200, prefix: str = "", search: str = ""
    ) -> list[tuple[str, int]]:
        """See `facets.facet`."""

        def answer() -> list[tuple[str, int]]:
            return facets.facet(self, view, by, limit=limit, prefix=prefix, search=search)

        return list(self.once(("facet", facets.depends_on(view, by), by, limit, prefix, search), answer))

    def at_least(self, view: View, by: Scale, steps: Sequence[float]) -> list[int]:
        """See `facets.at_least`."""
        key = ("at least", facets.depends_on(view, by), by, tuple(steps))
        return list(self.once(key, lambda: facets.at_least(self, view, by, steps)))

    def in_periods(self, view: View, periods: Sequence[Period]) -> list[int]:
        """See `facets.in_periods`."""
        key = ("periods", facets.without(view, "period"), tuple(periods))
        return list(self.once(key, lambda: facets.in_periods(self, view, periods)))

    def extent(self) -> Extent:
        """See `queries.extent`."""
        return self.once("extent", lambda: queries.extent(self))

    def bounds(self, view: View) -> tuple[float, float, float, float] | None:
        """See `queries.bounds`."""
        return self.once(("bounds", filters_of(view)), lambda: queries.bounds(self, view))

    def events(
        self,
        view: View,
        *,
        limit: int = 200,
        offset: int = 0,
        order: Order = "-date",
        placed: bool | None = None,
        place_id: str = "",
        area: str = "",
    ) -> list[StoredEvent]:
        """See `lists.events`."""
        self.check(view)

        def answer() -> list[StoredEvent]:
            return lists.events(
                self, view, limit=limit, offset=offset, order=order, placed=placed, place_id=place_id, area=area
            )

        if limit > MANY_ROWS:
            return answer()
        return list(self.once(("events", filters_of(view), limit, offset, order, placed, place_id, area), answer))

    def not_placed(self, view: View, *, limit: int = 200) -> list[StoredEvent]:
        """See `lists.not_placed`."""
        return lists.not_placed(self, view, limit=limit)

    def event(self, event_id: str) -> StoredEvent | None:
        """See `lists.event`."""
        return self.once(("event", event_id), lambda: lists.event(self, event_id))

    def some(self, event_ids: Iterable[str]) -> list[StoredEvent]:
        """See `lists.some`."""
        return lists.some(self, list(event_ids))

    def article(self, article_id: str) -> Article | None:
        """See `lists.article`."""
        return lists.article(self, article_id)

    def articles(self, limit: int = 200, offset: int = 0) -> list[ArticleRow]:
        """See `lists.articles`."""
        return lists.articles(self, limit=limit, offset=offset)

    def reading(self, article_id: str) -> Reading | None:
        """See `lists.reading`."""
        return lists.reading(self, article_id)

    def rows(self, view: View) -> pd.DataFrame:
        """See `flat.frame`."""
        self.check(view)
        return flat.frame(self, view)

    def batches(self, view: View) -> Iterator[pa.RecordBatch]:
        """See `flat.batches`."""
        self.check(view)
        return flat.batches(self, view)
