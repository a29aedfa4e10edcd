"""What one who follows a view has been told, in one file that no crash leaves half-written (SQLite).

The file knows every event that was told, and every message that is not surely delivered. Both change in one
transaction, before anything is sent:

* killed before it, nothing is known and nothing was sent: the events are found again;
* killed after it, the message is there and is sent by the next run, word for word and under the same key;
* killed between the delivery and the note of it, the message is sent a second time, under the same key.

So every event is told at least once, and whoever keeps the keys takes each message once.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from geodata.errors import DeliveryError
from geodata.sharing.messages import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from geodata.sharing.messages import Message

_VERSION = 1
_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE told (id TEXT PRIMARY KEY, message TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE waiting (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, safety TEXT NOT NULL, message TEXT NOT NULL);
"""


class Outbox:
    """The file, open for one run at a time.

    Parameters
    ----------
    path
        Made, with its folder, when it is not there.
    subject
        What is followed, and who is told; a file that was made for another is refused.

    Raises
    ------
    DeliveryError
        If another run has it open, it is for another view, or it cannot be read or written.
    """

    def __init__(self, path: Path, *, subject: str) -> None:
        self.path = path
        self._lock = FileLock(path.with_name(path.name + ".lock"))
        with self._said():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._take_lock()
            self._db = sqlite3.connect(path, isolation_level=None)
        try:
            with self._said():
                self._prepare(subject)
        except BaseException:
            self.close()
            raise

    def _take_lock(self) -> None:
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            msg = f"Another run is telling of this view now ({self.path}): it was left to that one."
            raise DeliveryError(msg) from None

    def _prepare(self, subject: str) -> None:
        self._db.execute("PRAGMA synchronous = FULL")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version not in {0, _VERSION}:
            msg = f"{self.path} was made by a newer version of conflictmap: install that one."
            raise DeliveryError(msg)
        if not version:
            with self._transaction():
                for statement in _TABLES.split(";\n"):
                    self._db.execute(statement)
                self._db.execute("INSERT INTO about VALUES ('subject', ?)", (subject,))
                self._db.execute(f"PRAGMA user_version = {_VERSION}")
        (known,) = self._db.execute("SELECT value FROM about WHERE name = 'subject'").fetchone()
        if known != subject:
            msg = f"{self.path} remembers what was told of another view or to somebody else: name another file with --state."
            raise DeliveryError(msg)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if hasattr(self, "_db"):
            self._db.close()
        self._lock.release()

    @property
    def is_begun(self) -> bool:
        """Whether a run has ended before, so that what is not known is new."""
        return self._db.execute("SELECT 1 FROM about WHERE name = 'begun'").fetchone() is not None

    def unknown(self, ids: Iterable[Sequence[str]]) -> list[str]:
        """Return those ids that nobody was told of, in their order; they come in pieces."""
        found: list[str] = []
        with self._said():
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (n INTEGER PRIMARY KEY, id TEXT)")
            for piece in ids:
                self._db.execute("DELETE FROM seen")
                self._db.executemany("INSERT INTO seen (id) VALUES (?)", ((one,) for one in piece))
                rows = self._db.execute(
                    "SELECT s.id FROM seen s LEFT JOIN told t ON t.id = s.id WHERE t.id IS NULL ORDER BY n"
                )
                found += [one for (one,) in rows]
        return found

    def begin(self, ids: Iterable[Sequence[str]] = ()) -> None:
        """Take these events for known without telling them, and remember that a run has been."""
        with self._said(), self._transaction():
            for piece in ids:
                self._db.executemany("INSERT OR IGNORE INTO told VALUES (?, '')", ((one,) for one in piece))
            self._db.execute("INSERT OR REPLACE INTO about VALUES ('begun', 'yes')")

    def put(self, message: Message, ids: Sequence[str], *, safety: str) -> None:
        """Take a message in, and its events for told, both or neither.

        Parameters
        ----------
        message
            To be sent until it is surely delivered.
        ids
            Its events.
        safety
            `Safety.key` of what it was written under.
        """
        with self._said(), self._transaction():
            self._db.execute(
                "INSERT INTO waiting (key, safety, message) VALUES (?, ?, ?)", (message.key, safety, message.packed())
            )
            self._db.executemany("INSERT OR REPLACE INTO told VALUES (?, ?)", ((one, message.key) for one in ids))
            self._db.execute("INSERT OR REPLACE INTO about VALUES ('begun', 'yes')")

    def waiting(self) -> list[Message]:
        """Return the messages that are not surely delivered, the first taken in first."""
        with self._said():
            rows = self._db.execute("SELECT message FROM waiting ORDER BY n").fetchall()
        return [unpacked(text) for (text,) in rows]

    def delivered(self, message: Message) -> None:
        """Note that a message was delivered."""
        with self._said():
            self._db.execute("DELETE FROM waiting WHERE key = ?", (message.key,))

    def withdraw(self, *, safety: str) -> None:
        """Forget messages that were written under other safety settings: their events are told anew."""
        with self._said(), self._transaction():
            old = "SELECT key FROM waiting WHERE safety <> ?"
            self._db.execute(f"DELETE FROM told WHERE message IN ({old})", (safety,))  # noqa: S608  a text of our own
            self._db.execute("DELETE FROM waiting WHERE safety <> ?", (safety,))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextlib.contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            msg = f"{self.path}, which remembers what was told, cannot be read or written ({error}): repair it, or name another file with --state."
            raise DeliveryError(msg) from error
