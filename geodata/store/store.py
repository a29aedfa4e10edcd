"""The store: batches in, events out."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from geodata.errors import StoreError
from geodata.settings import settings
from geodata.store import lists, rows
from geodata.store.answers import Answers
from geodata.store.compaction import compact, missing, worth_it
from geodata.store.engine import Engine
from geodata.store.folder import Folder, new_batch_id
from geodata.store.results import Written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    import pyarrow as pa

    from geodata.event import Reading
    from geodata.store.asking import Asked
    from geodata.store.folder import Listing
    from geodata.store.screen import Screen


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


class Store(Answers):
    """Events and articles in one folder; any number of readers and writers at once.

    Open it with `Store.open`. All methods may be called from any thread.
    """

    def __init__(self, folder: Folder | None, *, read_only: bool, screen: Screen | None = None) -> None:
        self._folder = folder  # None: it is in a database
        super().__init__(screen)
        self.read_only = read_only
        self._lock = threading.RLock()
        self._engine: Any = None  # an Engine, or what answers the same on a server
        self._version = ""
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
