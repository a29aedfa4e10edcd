"""All regions: look one up, find those that hold a point or a place, give their shapes."""

from __future__ import annotations

import math
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import shapely

from geodata.errors import RegionError
from geodata.event import Precision
from geodata.regions import basemap
from geodata.regions.folding import fold, plain
from geodata.regions.geojson import feature
from geodata.regions.library import DIGITS, Detail, Library, country_of, read_data
from geodata.regions.locating import ROUNDING, Locator
from geodata.regions.named import Definition, read_definitions
from geodata.regions.region import Kind, Region
from geodata.regions.where import label_and_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.event import Place

# Degrees. A place this near to the unit that the gazetteer names lies on the other side of a
# border only because the border is simplified: the gazetteer is right.
BORDER = 0.05


class Regions:
    """Countries, admin-1 units and named regions of the world.

    Reads its files when first needed: names and codes at once, shapes at the first point.
    Safe to share between threads once loaded; `regions` gives one for the whole process.

    Parameters
    ----------
    definitions
        Named regions; by default those of named.yaml.
    """

    def __init__(self, definitions: Sequence[Definition] | None = None) -> None:
        self.library = Library()
        if definitions is None:
            definitions = read_definitions(read_data("named.yaml").decode("utf-8"))
        self._definitions = {definition.id: definition for definition in definitions}
        self._fixed = {row["id"]: _region(row) for row in self.library.table["regions"]}
        self._merged: dict[str, str] = self.library.table["merged"]
        self._shape = lru_cache(maxsize=64)(self._make_shape)
        self._named_region = cache(self._make_named)
        self._fine_map = lru_cache(maxsize=32)(self._make_fine_map)
        # which named regions hold a whole unit or country
        self._holders: dict[str, list[str]] = {}
        for definition in definitions:
            for key in (*definition.admin1, *definition.countries):
                self._holders.setdefault(key, []).append(definition.id)

    # -- looking up -------------------------------------------------------------------------

    def get(self, region_id: str) -> Region:
        """Region with an id such as ``IQ``, ``IQ-KI`` or ``iraqi-kurdistan``.

        Raises
        ------
        RegionError
            When there is none.
        """
        if region_id in self._fixed:
            return self._fixed[region_id]
        if region_id in self._definitions:
            return self._named_region(region_id)
        message = f"There is no region “{region_id}”."
        raise RegionError(message)

    def __contains__(self, region_id: object) -> bool:
        return region_id in self._fixed or region_id in self._definitions

    def all(self, kind: Kind | None = None, country: str | None = None) -> list[Region]:
        """Regions of a kind, or in a country, or both; by name within each kind."""
        ids = [*self._fixed, *self._definitions] if kind != "named" else list(self._definitions)
        found = [self.get(region_id) for region_id in ids if kind is None or self._kind(region_id) == kind]
        if country is not None:
            found = [region for region in found if country in self._countries(region)]
        order = ("country", "named", "admin1")
        return sorted(found, key=lambda region: (order.index(region.kind), fold(region.name), region.id))

    def find(self, name: str) -> list[Region]:
        """Regions of this name or alias; when there are none, those whose name begins with it.

        Case, accents, punctuation and words like "Governorate" do not matter. Countries come
        first, then named regions, then admin-1 units.
        """
        wanted = {fold(name), fold(plain(name))} - {""}
        ids = [region_id for key in sorted(wanted) for region_id in self._by_name.get(key, ())]
        if not ids and wanted:
            start = fold(name)
            ids = [i for key, found in self._by_name.items() if key.startswith(start) for i in found]
        order = ("country", "named", "admin1")
        found = [self.get(region_id) for region_id in dict.fromkeys(ids)]
        return sorted(found, key=lambda region: order.index(region.kind))

    def of_geonames(self, code: str) -> str | None:
        """Id of the admin-1 unit with a GeoNames code such as ``IQ.13``, None when there is none."""
        return self._by_code.get(code)

    # -- holding ----------------------------------------------------------------------------

    def locate(self, lat: float, lon: float) -> tuple[str, ...]:
        """Ids of all regions that hold a point, the country first, then the unit, then named ones.

        Parameters
        ----------
        lat, lon
            Decimal degrees, WGS 84. Longitudes beyond 180 degrees are taken round the globe.

        Returns
        -------
        tuple of str
            Empty at sea, more than 0.1 degrees from any shape, and for what is no coordinate.
        """
        if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90):  # noqa: PLR2004 - the poles
            return ()
        if not -180 <= lon <= 180:  # noqa: PLR2004 - once round the globe
            lon = (lon + 180) % 360 - 180
        found = self._locator.find(lat, lon)
        if found is None:
            return ()
        if found.off is not None and found.key in self._drawn:
            lat, lon = self._locator.on_land(found.off, lat, lon)
        return self._ids_at(found.key, lat, lon)

    def of_place(self, place: Place) -> tuple[str, ...]:
        """Ids of all regions that surely hold a place.

        A site, settlement or district is taken as its point; where that lies just across a border
        from the unit or country that the gazetteer names, the gazetteer is believed. A province is
        held by its country, itself and the named regions made of it whole; a country by itself and
        named regions made of it whole.
        """
        scheme, _, name = place.id.partition(":")
        if scheme == "area":
            return ()
        if scheme == "region":
            return self._of_named(name)
        if place.precision is Precision.COUNTRY:
            return self._of_whole(place.country) if place.country in self._fixed else ()
        if place.precision is Precision.PROVINCE:
            return self._of_province(place)
        found = self.locate(place.lat, place.lon)
        known = self._fixed.get(self._merged.get(place.admin1, place.admin1))
        if known is not None and known.id not in found and self._near(known.id, place):
            return self._ids_at(known.id, place.lat, place.lon)
        if place.country in self._fixed and place.country not in found[:1]:
            near = [key for key in self.library.keys_of[place.country] if self._near(key, place)]
            if near:
                point = shapely.Point(place.lon, place.lat)
                key = min(near, key=lambda key: (self.library.fine[key].distance(point), key))
                return self._ids_at(key, place.lat, place.lon)
        return found

    # -- shapes -----------------------------------------------------------------------------

    def shape(self, region_id: str, *, detail: Detail = "fine") -> Any:
        """Shape of a region as a shapely geometry in degrees; x is longitude, y latitude.

        Raises
        ------
        RegionError
            When there is no such region.
        """
        return self._shape(self.get(region_id).id, detail)

    def geojson(self, region_id: str, *, detail: Detail = "coarse") -> dict[str, Any]:
        """Give a region as a GeoJSON Feature (lon, lat), without strokes across the antimeridian.

        Raises
        ------
        RegionError
            When there is no such region.
        """
        region = self.get(region_id)
        props = {"id": region.id, "name": region.name, "kind": region.kind, "country": region.country}
        return feature(self._shape(region_id, detail), props, DIGITS[detail])

    def basemap(self) -> dict[str, Any]:
        """Give the layers of the base map as GeoJSON: see geodata.regions.basemap. Not to be changed."""
        return basemap.layers()

    def basemap_json(self, *, gzipped: bool = False) -> bytes:
        """Give the base map as JSON bytes, ready to serve; `gzipped` for ``Content-Encoding: gzip``."""
        return basemap.as_json(gzipped=gzipped)

    def basemap_fine(self, country: str) -> bytes:
        """Fine fill and lines of one country as JSON bytes, to lay over the base map.

        Raises
        ------
        RegionError
            When there is no such country.
        """
        if self.get(country).kind != "country":
            message = f"“{country}” is not a country; fine detail comes by country."
            raise RegionError(message)
        return self._fine_map(country)

    # -- inside -----------------------------------------------------------------------------

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self.library.fine, self.library.cells)

    @cached_property
    def _drawn(self) -> dict[str, list[tuple[str, Any]]]:
        """Named regions with a shape of their own, by the key of each shape that they touch."""
        keys = list(self.library.fine)
        tree = shapely.STRtree(list(self.library.fine.values()))
        touched: dict[str, list[tuple[str, Any]]] = {}
        for definition in self._definitions.values():
            drawn = self.library.drawn(definition, "fine")
            if drawn is not None:
                shapely.prepare(drawn)
                for i in tree.query(drawn, predicate="intersects").tolist():
                    touched.setdefault(keys[i], []).append((definition.id, drawn))
        return touched

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        listed = [(region.id, (region.name, *region.aliases)) for region in self._fixed.values()]
        listed += [(named.id, (named.name, *named.aliases)) for named in self._definitions.values()]
        for region_id, called in listed:
            for name in called:
                ids = names.setdefault(fold(name), [])
                if region_id not in ids:
                    ids.append(region_id)
        return names

    @cached_property
    def _by_code(self) -> dict[str, str]:
        return {region.geonames: region.id for region in self._fixed.values() if region.geonames}

    @cached_property
    def _base(self) -> dict[str, tuple[str, ...]]:
        """Ids that every point of a shape has, by key."""
        return {key: self._of_whole(key.rstrip("~")) for key in self.library.fine}

    def _kind(self, region_id: str) -> Kind:
        return self._fixed[region_id].kind if region_id in self._fixed else "named"

    def _countries(self, region: Region) -> set[str]:
        if region.kind != "named" or region.country:
            return {region.country}
        definition = self._definitions[region.id]
        return {country_of(key) for key in (*definition.admin1, *definition.countries, *definition.within)}

    def _ids_at(self, key: str, lat: float, lon: float) -> tuple[str, ...]:
        ids = self._base[key]
        for region_id, drawn in self._drawn.get(key, ()):
            if region_id not in ids and drawn.dwithin(shapely.points(lon, lat), ROUNDING):
                ids = (*ids, region_id)
        return ids

    def _of_whole(self, region_id: str) -> tuple[str, ...]:
        """Ids that hold a whole country or unit."""
        country = country_of(region_id)
        own = (country,) if region_id == country else (country, region_id)
        held = [holder for key in own for holder in self._holders.get(key, ())]
        return (*own, *dict.fromkeys(held))

    def _of_province(self, place: Place) -> tuple[str, ...]:
        code = place.admin1 or place.id.partition(":")[2]
        code = self._merged.get(code, code)
        if code in self._fixed and self._fixed[code].kind == "admin1":
            return self._of_whole(code)
        named = [r.id for r in self.find(place.name) if r.kind == "admin1" and r.country == place.country]
        if len(named) == 1:
            return self._of_whole(named[0])
        return self._of_whole(place.country) if place.country in self._fixed else ()

    def _of_named(self, region_id: str) -> tuple[str, ...]:
        definition = self._definitions.get(region_id)
        if definition is None:
            return ()
        own = (definition.country, region_id) if definition.country else (region_id,)
        held: list[str] = []
        if definition.only_whole:
            parts = [set(self._of_whole(key)) for key in (*definition.admin1, *definition.countries)]
            common = set.intersection(*parts) - set(own)
            held = [i for i in (*self._fixed, *self._definitions) if i in common]
        return (*own, *held)

    def _near(self, key: str, place: Place) -> bool:
        shape = self.library.fine.get(key)
        return shape is not None and bool(shape.dwithin(shapely.Point(place.lon, place.lat), BORDER))

    def _make_shape(self, region_id: str, detail: Detail) -> Any:
        kind = self._kind(region_id)
        if kind == "country":
            return self.library.country(region_id, detail)
        if kind == "admin1":
            return self.library.unit(region_id, detail)
        return self.library.named(self._definitions[region_id], detail)

    def _make_fine_map(self, country: str) -> bytes:
        return basemap.fine(self.library.borders, self.get(country), self._shape(country, "fine"))

    def _make_named(self, region_id: str) -> Region:
        definition = self._definitions[region_id]
        lat, lon, box = label_and_box(self._shape(region_id, "coarse"))
        return Region(
            id=region_id,
            name=definition.name,
            kind="named",
            country=definition.country,
            lat=lat,
            lon=lon,
            bbox=box,
            aliases=definition.aliases,
            approximate=definition.approximate,
            note=definition.note,
        )


def _region(row: dict[str, Any]) -> Region:
    return Region(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        country=row["country"],
        lat=row["lat"],
        lon=row["lon"],
        bbox=tuple(row["bbox"]),
        aliases=tuple(row.get("aliases", ())),
        approximate=row.get("approximate", False),
        geonames=row.get("code", ""),
    )


@cache
def regions() -> Regions:
    """All regions, loaded once for the process."""
    return Regions()
