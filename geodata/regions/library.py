"""The shapes that ship with the package, read when first needed."""

from __future__ import annotations

import gzip
import json
import lzma
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import shapely

from geodata.errors import RegionError
from geodata.regions.areas import union_of
from geodata.regions.pack import read_pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.regions.named import Definition

Detail = Literal["coarse", "fine"]

# Degrees: the grids that the build rounds to.
GRID: Mapping[Detail, float] = {"coarse": 0.01, "fine": 1e-4}
DIGITS: Mapping[Detail, int] = {"coarse": 2, "fine": 4}


class Border(NamedTuple):
    """Two countries in alphabetical order, or one country twice for the lines inside it."""

    one: str
    other: str
    contested: bool = False


class Library:
    """Shapes by key: ``IQ-KI`` an admin-1 unit, ``AW~`` what is left of a country without units.

    All shapes are shapely geometries in degrees, x is longitude, y latitude.
    """

    @cached_property
    def table(self) -> dict[str, Any]:
        """What is known about countries and units besides their shapes."""
        table: dict[str, Any] = json.loads(gzip.decompress(read_data("regions.json.gz")))
        return table

    @cached_property
    def fine(self) -> dict[str, Any]:
        """Shapes within 550 m or so of Natural Earth's."""
        return _read("shapes.bin")

    @cached_property
    def cells(self) -> bytes:
        """Cells of the globe that lie wholly in one fine shape: see geodata.regions.build.cells."""
        return lzma.decompress(read_data("cells.bin"))

    @cached_property
    def coarse(self) -> dict[str, Any]:
        """Shapes for the eye at the scale of continents, good to about 5 km."""
        return _read("coarse.bin")

    @cached_property
    def pieces(self) -> dict[str, Any]:
        """Shapes by slug that are no admin-1 unit (Northern Cyprus); fine only."""
        return _read("pieces.bin")

    @cached_property
    def borders(self) -> dict[Border, Any]:
        """Fine border lines."""
        lines = _read("borders.bin").items()
        return {Border(key[:2], key[2:4], key.endswith("!")): line for key, line in lines}

    @cached_property
    def keys_of(self) -> dict[str, list[str]]:
        """Keys of the shapes that make up each country."""
        keys: dict[str, list[str]] = {}
        for key in self.coarse:
            keys.setdefault(country_of(key), []).append(key)
        return keys

    def unit(self, key: str, detail: Detail) -> Any:
        """Shape of one key."""
        return (self.fine if detail == "fine" else self.coarse)[key]

    def country(self, code: str, detail: Detail) -> Any:
        """Shape of a whole country."""
        return union_of([self.unit(key, detail) for key in self.keys_of[code]], grid=GRID[detail])

    def named(self, definition: Definition, detail: Detail) -> Any:
        """Shape of a named region.

        Raises
        ------
        RegionError
            When the definition names a unit, country or piece that there is no shape of.
        """
        try:
            parts = [self.unit(key, detail) for key in definition.admin1]
            parts += [self.unit(key, detail) for code in definition.countries for key in self.keys_of[code]]
            whole = [union_of(parts, grid=GRID[detail])] if parts else []
            drawn = self.drawn(definition, detail)
        except KeyError as error:
            message = f"The region {definition.id} is made of {error.args[0]}, which there is no shape of."
            raise RegionError(message) from error
        found = whole if drawn is None else [*whole, drawn]
        return found[0] if len(found) == 1 else shapely.union_all(found, grid_size=GRID[detail])

    def drawn(self, definition: Definition, detail: Detail) -> Any | None:
        """Give the part of a named region that is not whole units: its piece and outlines; None without."""
        parts = [self.pieces[definition.piece]] if definition.piece else []
        if definition.outlines:
            outlines = [shapely.Polygon([(lon, lat) for lat, lon in ring]) for ring in definition.outlines]
            drawn = shapely.union_all(outlines)
            if definition.within:
                limits = [
                    self.unit(key, detail) for name in definition.within for key in self.keys_of.get(name, [name])
                ]
                drawn = areal(drawn.intersection(union_of(limits, grid=GRID[detail])))
            parts.append(drawn)
        return shapely.union_all(parts) if parts else None


def country_of(key: str) -> str:
    """Country of a key: ``IQ`` of ``IQ-KI`` and of ``IQ~``."""
    return key[:2]


def areal(shape: Any) -> Any:
    """Only the polygons of a shape: cutting leaves points and lines behind."""
    return shapely.multipolygons([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


def read_data(name: str) -> bytes:
    """Bytes of a file of geodata/regions/data.

    Raises
    ------
    RegionError
        When the file is missing.
    """
    try:
        return files("geodata.regions").joinpath("data", name).read_bytes()
    except OSError as error:
        message = f"The region file {name} is missing; install conflictmap again."
        raise RegionError(message) from error


def _read(name: str) -> dict[str, Any]:
    pack = read_pack(read_data(name))
    return dict(zip(pack.keys, pack.shapes.tolist(), strict=True))
