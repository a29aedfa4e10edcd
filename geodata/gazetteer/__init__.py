"""Names to places and back, offline, from one SQLite file."""

from __future__ import annotations

from geodata.gazetteer.build import BuildReport, build_gazetteer
from geodata.gazetteer.curated import demonyms, not_places
from geodata.gazetteer.lookup import Candidate, Gazetteer
from geodata.gazetteer.normalise import fold
from geodata.gazetteer.priors import label_zoom

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
