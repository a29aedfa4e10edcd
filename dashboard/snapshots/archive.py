"""All files of a snapshot as one zip; the same files give the same bytes."""

from __future__ import annotations

import shutil
import zipfile
from typing import IO, TYPE_CHECKING

from dashboard.snapshots.record import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_UNIX = 3
_MODE = 0o100644 << 16  # a plain file that all can read
_PACKED = (".png", ".parquet")  # packing these again gains nothing
_FIRST = ("README.txt", "map.html", NAME)
_CHUNK = 1 << 20


def write_zip(file: IO[bytes], names: Iterable[str], open_file: Callable[[str], IO[bytes]]) -> None:
    """Write a zip of some files.

    Parameters
    ----------
    file
        Open for bytes.
    names
        Names of the files; README.txt, map.html and snapshot.json come first, the rest in order.
    open_file
        Opens one of them for reading.
    """
    given = set(names)
    ordered = [name for name in _FIRST if name in given] + sorted(given - set(_FIRST))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name in ordered:
            info = zipfile.ZipInfo(name, _WHEN)
            info.create_system, info.external_attr = _UNIX, _MODE
            info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            with open_file(name) as source, packed.open(info, "w", force_zip64=False) as target:
                shutil.copyfileobj(source, target, _CHUNK)
