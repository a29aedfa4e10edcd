"""Named regions as they are written in named.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from geodata.errors import RegionError

Outline = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a named region is made of; see the head of named.yaml.

    `outlines` are rings of (lat, lon) in degrees.
    """

    id: str
    name: str
    note: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    admin1: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    piece: str = ""
    outlines: tuple[Outline, ...] = ()
    within: tuple[str, ...] = ()

    @property
    def approximate(self) -> bool:
        """Whether a part of it was drawn for this project."""
        return bool(self.outlines)

    @property
    def only_whole(self) -> bool:
        """Whether it is made of whole units and countries only."""
        return not self.outlines and not self.piece


def read_definitions(text: str) -> list[Definition]:
    """Named regions from YAML, in the order of the file.

    Raises
    ------
    RegionError
        When an entry lacks something or is made of nothing.
    """
    try:
        entries = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["regions"]  # noqa: S506 - safe
        definitions = [_definition(entry) for entry in entries]
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        message = f"named.yaml cannot be read: {error}."
        raise RegionError(message) from error
    seen: set[str] = set()
    for definition in definitions:
        if definition.id in seen:
            message = f"named.yaml has the region {definition.id} twice."
            raise RegionError(message)
        seen.add(definition.id)
        if not (definition.admin1 or definition.countries or definition.piece or definition.outlines):
            message = f"named.yaml does not say what the region {definition.id} is made of."
            raise RegionError(message)
    return definitions


def _definition(entry: dict[str, Any]) -> Definition:
    return Definition(
        id=str(entry["id"]),
        name=str(entry["name"]),
        note=str(entry["note"]),
        aliases=tuple(str(alias) for alias in entry.get("aliases", ())),
        country=str(entry.get("country", "")),
        admin1=tuple(entry.get("admin1", ())),
        countries=tuple(entry.get("countries", ())),
        piece=str(entry.get("piece", "")),
        outlines=tuple(tuple((float(lat), float(lon)) for lat, lon in outline) for outline in entry.get("outline", ())),
        within=tuple(entry.get("within", ())),
    )
