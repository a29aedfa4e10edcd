"""The store's folder: what has its name is whole, and nothing that has a name ever changes.

::

    batches/<batch id>/{articles,mentions,events,problems}.parquet    not yet in the newest base
    compacted/<batch id>/...                                          already in a base
    base-0007.duckdb                                                  read-only, with base-0006 beside it
    compaction.lock

Everything is written under a name that begins with a dot, synced, and renamed. A rename is
atomic, so a reader sees a batch whole or not at all, and a kill at any moment leaves at most a
dotted leftover that nobody reads and that is swept after a day.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import hashlib
import os
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from geodata.errors import StoreError
from geodata.store.schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LEFTOVER_AGE_S = 24 * 3600  # no write takes a day
_BASE = re.compile(r"base-(\d{4,})\.duckdb")
_VERSION_KEY = b"conflictmap.schema"
_LABEL_KEY = b"conflictmap.label"


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands in the folder at one moment."""

    base: Path | None
    batches: tuple[str, ...]  # in batches/, sorted, so oldest first

    @property
    def version(self) -> str:
        """A short hash of the names."""
        names = "\n".join([self.base.name if self.base else "", *self.batches])
        return hashlib.sha256(names.encode()).hexdigest()[:12]


class Folder:
    """The files of a store.

    Parameters
    ----------
    path
        The folder.
    create
        Make it when it is not there, and sweep old leftovers.

    Raises
    ------
    StoreError
        If it is not there (and must not be made), is no folder, or cannot be read.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        self.path = path
        self.incoming = path / "batches"
        self.compacted = path / "compacted"
        self.lock = path / "compaction.lock"
        with said(f"The store at {path} cannot be opened"):
            if create:
                self.incoming.mkdir(parents=True, exist_ok=True)
                self.compacted.mkdir(exist_ok=True)
                for made in (path, path.parent):
                    sync(made)
            elif not path.is_dir():
                msg = f"There is no store at {path}: read some articles into it first, or check the path."
                raise StoreError(msg)
            self.listing()
        if create:
            self.sweep()

    def listing(self) -> Listing:
        """Return what stands there now.

        Batches are listed before bases: a batch leaves `batches/` only after a base that holds
        it has its name, so that what is missing in the first list is always in the second.
        """
        with said(f"The store at {self.path} cannot be read"):
            batches = tuple(sorted(_names(self.incoming)))
            bases = self.bases()
        return Listing(bases[-1] if bases else None, batches)

    def bases(self) -> list[Path]:
        """Return the bases, oldest first."""
        found = [(int(m[1]), name) for name in _names(self.path) if (m := _BASE.fullmatch(name))]
        return [self.path / name for _, name in sorted(found)]

    def compacted_names(self) -> list[str]:
        """Return the batches that some base held when they were moved away."""
        return sorted(_names(self.compacted))

    def where(self, batch_id: str) -> Path:
        """Return the folder of a batch, wherever it stands."""
        path = self.incoming / batch_id
        return path if path.exists() else self.compacted / batch_id

    def put(self, batch_id: str, tables: dict[str, pa.Table], *, label: str = "") -> None:
        """Write a batch; when this returns it is durable.

        Raises
        ------
        StoreError
            If it cannot be written; then nothing of it is left.
        """
        temporary = self.incoming / f".{batch_id}.tmp"
        notes = {_VERSION_KEY: str(SCHEMA_VERSION).encode(), _LABEL_KEY: label.encode()}
        with said("The articles could not be stored"):
            try:
                temporary.mkdir()
                for name, table in tables.items():
                    file = temporary / f"{name}.parquet"
                    pq.write_table(table.replace_schema_metadata(notes), file, compression="zstd")
                    sync(file)
                sync(temporary)
                temporary.rename(self.incoming / batch_id)
                sync(self.incoming)
            except BaseException:
                shutil.rmtree(temporary, ignore_errors=True)
                raise

    def get(self, batch_id: str) -> dict[str, pa.Table]:
        """Read a batch.

        Raises
        ------
        FileNotFoundError
            If it is not there (any more): list again.
        StoreError
            If it is damaged or made by a newer version of the program.
        """
        where = self.where(batch_id)
        tables = {}
        for name in TABLES:
            try:
                table = pq.ParquetFile(where / f"{name}.parquet").read()
            except (pa.ArrowInvalid, PermissionError) as error:
                msg = f"The batch {batch_id} of the store at {self.path} cannot be read: move its folder away or restore it."
                raise StoreError(msg) from error
            version = int((table.schema.metadata or {}).get(_VERSION_KEY, b"1"))
            refuse_newer(version, f"The batch {batch_id}")
            tables[name] = _completed(table, TABLES[name])
        return tables

    def next_base(self) -> tuple[Path, Path]:
        """Return the temporary and the final path of the next base."""
        bases = self.bases()
        match = _BASE.fullmatch(bases[-1].name) if bases else None
        number = int(match[1]) + 1 if match else 1
        final = self.path / f"base-{number:04d}.duckdb"
        return self.path / f".{final.stem}-{secrets.token_hex(4)}.tmp", final

    def publish(self, temporary: Path, final: Path, held: Iterable[str]) -> None:
        """Give a finished base its name, and move away what it holds.

        The base before it stays: a reader may have listed it and not yet opened it.
        """
        sync(temporary)
        temporary.rename(final)
        sync(self.path)
        self.move_away(held)
        for old in self.bases()[:-2]:
            with contextlib.suppress(OSError):
                old.unlink()

    def move_away(self, held: Iterable[str]) -> None:
        """Move batches that the newest base holds out of the way of listings."""
        here = set(_names(self.incoming))
        moved = [name for name in held if name in here]
        for name in moved:
            with contextlib.suppress(OSError):  # it stays listed, which costs time and no truth
                (self.incoming / name).rename(self.compacted / name)
        if moved:
            sync(self.compacted)
            sync(self.incoming)

    def sweep(self) -> None:
        """Remove what killed writers left more than a day ago."""
        oldest = time.time() - LEFTOVER_AGE_S
        for folder in (self.incoming, self.path):
            for path in folder.glob(".*.tmp*"):
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime < oldest:
                        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _completed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table with all columns: what was written before some of them were there has null in these."""
    for field in schema:
        if field.name not in table.column_names:
            table = table.append_column(field, pa.nulls(table.num_rows, field.type))
    return table.replace_schema_metadata(None)


def new_batch_id(now: dt.datetime) -> str:
    """Return a name that sorts by time and that no other worker gives."""
    return f"{now.astimezone(dt.UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"


def refuse_newer(version: int, what: str) -> None:
    """Refuse what a newer program made.

    Raises
    ------
    StoreError
        If `version` is newer than ours.
    """
    if version > SCHEMA_VERSION:
        msg = f"{what} of the store was made by a newer version of conflictmap: update this one to read it."
        raise StoreError(msg)


def sync(path: Path) -> None:
    """Bring a file or a folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def said(what: str) -> Iterator[None]:
    """Say in one sentence what the operating system refuses.

    Raises
    ------
    StoreError
        Instead of an OSError.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            why = "there is no room left on the disk"
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            why = "this user may not read and write there"
        elif error.errno in (errno.ENOTDIR, errno.EEXIST):
            why = "a file stands where its folder should be"
        else:
            why = error.strerror or str(error)
        msg = f"{what}: {why}."
        raise StoreError(msg) from error


def _names(folder: Path) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if not name.startswith(".")]  # noqa: PTH208 - five times faster
    except FileNotFoundError:
        return []
