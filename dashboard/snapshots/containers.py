"""A snapshot that came from somewhere: a zip or a folder. Nothing of it is trusted or unpacked."""

from __future__ import annotations

import stat
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Protocol

from dashboard.snapshots.record import NAME
from geodata.errors import SnapshotError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_MEMBERS = 60
_LONGEST_NAME = 80
_MOST_PACKED = 100  # to one: text of events packs some ten to one
_HARMLESS = 50_000_000  # bytes, whatever they were packed from
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


class Container(Protocol):
    """Files by name."""

    def names(self) -> list[str]:
        """Return the names of all files."""

    def open(self, name: str) -> IO[bytes]:
        """Open one of them."""


class ZipContainer:
    """A zip whose list of files has been looked through.

    Raises
    ------
    SnapshotError
        If it is no zip, or one as no snapshot is: with folders, links, passwords, a file twice, or bombs.
    """

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        infos = file.infolist()
        if len(infos) > _MOST_MEMBERS:
            msg = f"The zip has {len(infos):,} files, which no snapshot has: it was not read."
            raise SnapshotError(msg)
        seen: set[str] = set()
        for info in infos:
            problem = _problem(info) or ("it is in the zip twice" if info.filename in seen else "")
            if problem:
                msg = f"The zip is not a snapshot: {_shown(info.filename)} is refused because {problem}."
                raise SnapshotError(msg)
            seen.add(info.filename)

    def names(self) -> list[str]:
        """Return the names of all files."""
        return self._file.namelist()

    def open(self, name: str) -> IO[bytes]:
        """Open one of them."""
        return self._file.open(name)


class FolderContainer:
    """The plain files of a folder; links in it are not followed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        """Return the names of all files."""
        return sorted(item.name for item in self._path.iterdir() if item.is_file() and not item.is_symlink())

    def open(self, name: str) -> IO[bytes]:
        """Open one of them."""
        return (self._path / name).open("rb")


@contextmanager
def opened(path: Path) -> Iterator[Container]:
    """Open a zip or a folder.

    Raises
    ------
    SnapshotError
        If it is neither, or damaged; also while it is read.
    """
    if path.is_dir():
        yield FolderContainer(path)
        return
    try:
        with zipfile.ZipFile(path) as file:
            yield ZipContainer(file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        msg = f"{path.name} is no zip that can be read: it is damaged or not whole."
        raise SnapshotError(msg) from error


def is_snapshot(path: Path) -> bool:
    """Tell whether something looks like a whole snapshot: a zip, or a folder with a snapshot.json."""
    return (path / NAME).is_file() if path.is_dir() else zipfile.is_zipfile(path)


def _problem(info: zipfile.ZipInfo) -> str:
    """Say why a file of a zip is refused; empty when it is not."""
    name = info.filename
    mode = info.external_attr >> 16
    checks = {
        "its name leads into a folder": "/" in name or "\\" in name or name in {".", ".."} or ":" in name,
        "its name is not one of ours": not name.isprintable() or not 0 < len(name) <= _LONGEST_NAME,
        "it is not a plain file": stat.S_IFMT(mode) not in {0, stat.S_IFREG},
        "it is locked with a password": bool(info.flag_bits & _ENCRYPTED),
        "it is packed in a way that snapshots are not": info.compress_type not in _METHODS,
        "it would grow more than a hundredfold": info.file_size > max(_HARMLESS, _MOST_PACKED * info.compress_size),
    }
    return next((words for words, is_so in checks.items() if is_so), "")


def _shown(name: str) -> str:
    clean = "".join(sign if sign.isprintable() else " " for sign in name)
    return f"“{clean[:_LONGEST_NAME]}”"
