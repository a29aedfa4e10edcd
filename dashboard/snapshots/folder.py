"""Where snapshots are kept: one folder each under `data_dir/snapshots`, named by its id.

A snapshot is written under another name, synced and renamed, so it is there as a whole or not at
all; nothing in it is changed afterwards. Deleting renames it first, so it is gone at once.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from dashboard.snapshots import making
from dashboard.snapshots.record import NAME, Record, from_json
from geodata.errors import SnapshotError
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.snapshots.making import Order

_ID = re.compile(r"[A-Za-z0-9_-]{22,64}")
_ID_BYTES = 18  # 144 bits by chance
_PART, _GONE = ".part-", ".gone-"
_ABANDONED_S = 24 * 3600  # what a killed process left half-written is cleared away after a day


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot that is kept here."""

    record: Record
    path: Path

    def file(self, name: str) -> Path:
        """Return one of its files.

        Raises
        ------
        SnapshotError
            If it has no file of that name.
        """
        if name != NAME and name not in self.record.files:
            msg = "This snapshot has no such file."
            raise SnapshotError(msg)
        return self.path / name

    @property
    def names(self) -> list[str]:
        """The names of all its files."""
        return [*self.record.files, NAME]


def home() -> Path:
    """Return the folder of all snapshots of this installation."""
    return settings().data_dir / "snapshots"


def new_id() -> str:
    """Return an id that nobody can guess."""
    return secrets.token_urlsafe(_ID_BYTES)


def freeze(order: Order) -> Kept:
    """Make a snapshot and keep it.

    Raises
    ------
    SnapshotError
        If it cannot be written; then nothing of it is kept.
    StoreError
        If the store cannot be read.
    """
    snapshot_id = new_id()
    try:
        home().mkdir(parents=True, exist_ok=True)
        _clear_abandoned()
        part = home() / f"{_PART}{snapshot_id}"
        part.mkdir()
    except OSError as error:
        raise _unwritable(error) from error
    try:
        record = making.make(order, lambda name: _created(part / name), snapshot_id=snapshot_id)
        for name in (*record.files, NAME):
            _sync(part / name)
        _sync(part)
        place = home() / snapshot_id
        part.rename(place)
        _sync(home())
    except OSError as error:
        raise _unwritable(error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Kept(record, place)


def open_one(snapshot_id: str) -> Kept:
    """Return a snapshot by its id.

    Raises
    ------
    SnapshotError
        If there is none, or it cannot be read.
    """
    path = home() / snapshot_id
    if not _ID.fullmatch(snapshot_id) or not (path / NAME).is_file():
        msg = "There is no snapshot at this address. It may have been deleted, or the link is not complete."
        raise SnapshotError(msg)
    try:
        return Kept(from_json((path / NAME).read_bytes()), path)
    except OSError as error:
        msg = f"The snapshot cannot be read: {error.strerror or error}."
        raise SnapshotError(msg) from error


def every() -> tuple[list[Kept], list[str]]:
    """Return all snapshots, the newest first, and the ids of those that cannot be read."""
    found, damaged = [], []
    for path in sorted(home().iterdir()) if home().is_dir() else []:
        if not path.is_dir() or not _ID.fullmatch(path.name):
            continue
        try:
            found.append(open_one(path.name))
        except SnapshotError:
            damaged.append(path.name)
    return sorted(found, key=lambda kept: (kept.record.created, kept.path.name), reverse=True), damaged


def delete(snapshot_id: str) -> None:
    """Delete a snapshot for good.

    Raises
    ------
    SnapshotError
        If there is none, or it cannot be deleted.
    """
    path = home() / snapshot_id
    if not _ID.fullmatch(snapshot_id) or not path.is_dir():
        msg = "There is no such snapshot any more."
        raise SnapshotError(msg)
    gone = home() / f"{_GONE}{snapshot_id}"
    try:
        path.rename(gone)
        shutil.rmtree(gone)
    except OSError as error:
        msg = f"The snapshot could not be deleted: {error.strerror or error}."
        raise SnapshotError(msg) from error


@contextlib.contextmanager
def _created(path: Path) -> Iterator[IO[bytes]]:
    with path.open("x+b") as file:
        yield file


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear_abandoned() -> None:
    for path in home().iterdir():
        old = time.time() - path.stat().st_mtime > _ABANDONED_S
        if path.name.startswith(_GONE) or (path.name.startswith(_PART) and old):
            shutil.rmtree(path, ignore_errors=True)


def _unwritable(error: OSError) -> SnapshotError:
    return SnapshotError(
        f"The snapshot could not be written: {error.strerror or error}. Nothing of it was kept; make room in {home()} and try again."
    )
