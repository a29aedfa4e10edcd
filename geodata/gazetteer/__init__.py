"""Names to places and back, offline, from one SQLite file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.gazetteer.curated import demonyms, not_places
from geodata.gazetteer.lookup import Candidate, Gazetteer
from geodata.gazetteer.normalise import fold
from geodata.gazetteer.priors import label_zoom

if TYPE_CHECKING:
    from geodata.gazetteer.build import BuildReport, build_gazetteer

__all__ = [
    "BuildReport",
    "Candidate",
    "Gazetteer",
    "build_gazetteer",
    "demonyms",
    "fold",
    "label_zoom",
    "not_places",
]


def __getattr__(name: str) -> object:
    """Load what builds only when it is asked for: it needs shapes and numpy, which a look-up has no use for."""
    if name in ("BuildReport", "build_gazetteer"):
        from geodata.gazetteer import build  # noqa: PLC0415

        return getattr(build, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
