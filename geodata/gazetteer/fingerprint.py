"""What a gazetteer is made from, as one short string: another string, another gazetteer."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from geodata.gazetteer.packages import source_versions
from geodata.gazetteer.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_ROOMS = ("geodata.gazetteer", "geodata.regions")
_LEFT_OUT = frozenset({"__pycache__", "build"})  # the regions' build scripts do not run when the gazetteer is built


def inputs_fingerprint() -> str:
    """Hash the code and data of the gazetteer and the regions, the packages' versions and the schema's."""
    digest = hashlib.sha256(repr((SCHEMA_VERSION, sorted(source_versions().items()))).encode())
    for room in _ROOMS:
        for name, content in sorted(_contents(files(room), room)):
            digest.update(name.encode())
            digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def _contents(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        name = f"{prefix}/{item.name}"
        if item.is_dir():
            if item.name not in _LEFT_OUT:
                yield from _contents(item, name)
        else:
            yield name, item.read_bytes()
