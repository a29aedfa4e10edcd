"""The store: batches in, events out."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from geodata.errors import StoreError
from geodata.settings import settings
from geodata.store import facets, flat, lists, queries, rows
from geodata.store.compaction import compact, missing, worth_it
from geodata.store.engine import Engine
from geodata.store.filters import filters_of
from geodata.store.folder import Folder, new_batch_id
from geodata.store.results import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from types import TracebackType

    import pandas as pd
    import pyarrow as pa

    from geodata.article import Article
    from geodata.event import Reading
    from geodata.store.asking import Asked
    from geodata.store.facets import Facet, Period, Scale
    from geodata.store.folder import Listing
    from geodata.store.lists import Order
    from geodata.store.results import ArticleRow, Cells, Counts, Extent, Step, StoredEvent, Timeline
    from geodata.store.screen import Screen
    from geodata.view import View

T = TypeVar("T")


MANY_ROWS = 200  # longer pages are not remembered
REMEMBERED = 200  # answers; a page of 200 events takes about 300 kB, most others a few

log = logging.getLogger(__name__)


def _in_database(address: str, *, read_only: bool, screen: Screen | None) -> Store:
    try:
        # Their driver need not be installed.
        from geodata.store.mirrored_store import MirroredStore  # noqa: PLC0415
        from geodata.store.server_store import ServerStore  # noqa: PLC0415
    except ImportError as error:
        msg = (
            "A store in PostgreSQL needs a driver: install it with “pip install conflictmap[postgres]”, "
            "or unset CONFLICTMAP_DATABASE to use a folder."
        )
        raise StoreError(msg) from error
    if screen is not None:
        return MirroredStore(address, screen=screen, home=settings().data_dir / "mirrors")
    return ServerStore(address, read_only=read_only)


class Store:
    """Events and articles in one folder; any number of readers and writers at once.

    Open it with `Store.open`. All methods may be called from any thread.
    """

    def __init__(self, folder: Folder | None, *, read_only: bool, screen: Screen | None = None) -> None:
        self._folder = folder  # None: it is in a database
        self.read_only = read_only
        self.screen = screen
        self._lock = threading.RLock()
        self._engine: Any = None  # an Engine, or what answers the same on a server
        self._version = ""
        self._remembered: dict[Hashable, Any] = {}
        self._remember_lock = threading.Lock()
        self.refresh()

    @classmethod
    def open(cls, location: str | Path, *, read_only: bool = False, screen: Screen | None = None) -> Store:
        """Open the store in a folder or in a database, which is made when it is not there.

        Parameters
        ----------
        location
            Path of the folder, or the address of a PostgreSQL database (`geodata.store.server`).
        read_only
            Make and change nothing on the disk.
        screen
            What stands between the store and all questions; see `geodata.sharing`. Only for reading. A database is
            asked through a copy in the folder of data then (`geodata.store.mirror`).

        Raises
        ------
        StoreError
            If it is missing (read-only), not readable, damaged, or made by a newer version.
        """
        if "://" in str(location):
            return _in_database(str(location), read_only=read_only, screen=screen)
        read_only = read_only or screen is not None
        return cls(Folder(Path(location).expanduser(), create=not read_only), read_only=read_only, screen=screen)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
            self._engine = None
            self._version = ""

    @property
    def folder(self) -> Folder:
        """The folder it is in.

        Raises
        ------
        StoreError
            If it is in a database.
        """
        assert self._folder is not None  # noqa: S101 - a store in a database says so itself
        return self._folder

    @property
    def place(self) -> str:
        """Where it is, in words."""
        return str(self.folder.path)

    @property
    def written(self) -> dt.datetime:
        """When anything was last written (UTC)."""
        folders = (self.folder.path, self.folder.incoming)
        last = max(path.stat().st_mtime for path in folders if path.exists())
        return dt.datetime.fromtimestamp(last, tz=dt.UTC)

    # What can be read

    @property
    def stated(self) -> str:
        """What is left out or made coarser in all answers, as a sentence; empty when nothing is."""
        return self.screen.words if self.screen is not None else ""

    @property
    def version(self) -> str:
        """A short text that changes whenever what can be read changes.

        It looks at the folder (two listings, well under a millisecond) and takes in what is
        new, so that a query that follows is at least as new as the version.
        """
        self.refresh()
        return self._version

    def refresh(self) -> bool:
        """Take in what was written since; return whether there was anything.

        Nobody waits here: while another thread is taking it in, the state before it holds.
        """
        if not self._lock.acquire(blocking=self._engine is None):
            return False
        try:
            return self._refresh()
        finally:
            self._lock.release()

    def _refresh(self) -> bool:
        for _ in range(10):
            listing = self.folder.listing()
            if self._engine is not None and listing.version == self._version:
                if self.screen is None or not self.screen.is_stale:
                    return False
                self.screen.lay(self._engine)
                self._engine.forget()
                self.forget()
                return True
            try:
                self._take_in(listing)
            except FileNotFoundError:  # compacted away between listing and reading: look again
                continue
            self.forget()  # before the version says so: an old answer must not go by the new name
            self._version = listing.version
            return True
        msg = f"The store at {self.folder.path} changes faster than it can be read, or files are missing in it."
        raise StoreError(msg)

    def _take_in(self, listing: Listing) -> None:
        engine = self._engine
        fresh = engine is None or engine.base != listing.base
        if engine is None or fresh:
            engine = Engine(self.folder, listing.base)
        try:
            new = missing(engine, listing)
            if new and engine.delta and new[0] < engine.delta[-1]:
                # One came late. Of two batches with the same article the first by name counts,
                # in every reader alike, so start from the base again.
                engine, fresh = Engine(self.folder, listing.base), True
                new = missing(engine, listing)
            engine.load(new)
            if self.screen is not None:
                engine.room.unbind()
                self.screen.lay(engine)
                engine.forget()
        except BaseException:
            if fresh:
                engine.close()
            raise
        if fresh:
            old, self._engine = self._engine, engine
            if old is not None:
                old.retire()

    @property
    def engine(self) -> Asked:
        """The state that is open now."""
        engine: Asked | None = self._engine
        if engine is None:
            with self._lock:
                self._refresh()
                engine = self._engine
        if engine is None:  # pragma: no cover - _refresh has raised
            msg = "The store is closed."
            raise StoreError(msg)
        return engine

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

    def rest(self, quiet_s: float) -> bool:
        """Let go of memory that is kept to answer sooner, when nothing was asked for so many seconds; tell whether."""
        engine = self._engine
        return engine is not None and bool(engine.rest(quiet_s))

    # What is written

    def write(self, readings: Iterable[Reading], *, label: str = "") -> Written:
        """Store readings as one batch; durable when it returns.

        An article that the store has already is counted as known and changes nothing.

        Parameters
        ----------
        readings
            What was read; all of it goes into one batch, so give some hundred at a time.
        label
            Where they come from, for the record.

        Raises
        ------
        StoreError
            If they cannot be stored; then none of them is.
        """
        self._must_write()
        given = {reading.article.id: reading for reading in readings}
        with self._lock:
            self._refresh()
        known = self.known(given)
        new = [reading for article_id, reading in given.items() if article_id not in known]
        if not new:
            return Written(batch_id="", articles_new=0, articles_known=len(given), events=0)
        now = dt.datetime.now(dt.UTC)
        batch_id = new_batch_id(now)
        tables = rows.tables(new, batch_id=batch_id, added=now)
        self._put(batch_id, tables, label=label)
        try:
            self.compact()
        except StoreError:
            # What was written is durable without it; the next writer tries again.
            log.warning("The store at %s could not be compacted.", self.folder.path, exc_info=True)
        return Written(
            batch_id=batch_id,
            articles_new=len(new),
            articles_known=len(known),
            events=tables["events"].num_rows,
        )

    def _put(self, batch_id: str, tables: dict[str, pa.Table], *, label: str) -> None:
        self.folder.put(batch_id, tables, label=label)

    def known(self, article_ids: Iterable[str]) -> set[str]:
        """Return those of the ids whose articles the store has."""
        return lists.known(self, list(article_ids))

    def compact(self, *, force: bool = False) -> bool:
        """Lay the batches together into the next base, when they have become many.

        Of several processes that try, one does it and the others go on at once. Readers, also
        those of this store object, go on reading meanwhile.

        Parameters
        ----------
        force
            Do it even when they are few.

        Returns
        -------
        bool
            Whether a new base was made.

        Raises
        ------
        StoreError
            If it cannot be written; the store is as before then.
        """
        self._must_write()
        with self._lock:
            self._refresh()
            wanted = force or worth_it(self._engine)
        if not (wanted and compact(self.folder)):
            return False
        with self._lock:
            self._refresh()
        return True

    def _must_write(self) -> None:
        if self.read_only:
            msg = "The store is open for reading only."
            raise StoreError(msg)

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
