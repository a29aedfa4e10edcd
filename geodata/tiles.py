"""Online map tiles, where an installation has switched them on. Nothing is asked for without a setting.

See docs/maps.md for the settings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geodata.errors import SettingsError

if TYPE_CHECKING:
    from geodata.settings import Settings

OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
OSM_ATTRIBUTION = "© OpenStreetMap contributors"
MAX_ZOOM = 19  # what most servers have
_MOST_ZOOM = 24
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# WMTS calls the same three numbers otherwise (OGC 07-057r7), in REST templates and in queries alike.
_WMTS = {"tilematrix": "z", "tilecol": "x", "tilerow": "y"}
_NEEDED = {"z", "x", "y"}
_ALLOWED = _NEEDED | {"s", "r"}
# Since August 2026 its free tiles have "API KEY REQUIRED" burnt into them.
_CARTO = ("cartocdn.com", "carto.com", "cartodb.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class TileSource:
    """A server of map tiles in Web Mercator.

    Parameters
    ----------
    name
        For the button that chooses it.
    url
        Template with ``{z}``, ``{x}``, ``{y}``, and perhaps ``{s}``, ``{r}``, as Leaflet takes it.
    attribution
        What the server's owner asks to be named by; plain text.
    max_zoom
        Closest zoom that the server has.
    named
        Whether names of places stand on the tiles, so that ours would be there twice.
    """

    name: str
    url: str
    attribution: str
    max_zoom: int = MAX_ZOOM
    named: bool = True


def tile_source(
    url: str, *, name: str, attribution: str = "", max_zoom: int = MAX_ZOOM, named: bool = True
) -> TileSource:
    """Check the address of a tile server and bring it into Leaflet's form.

    Parameters
    ----------
    url
        "osm", an XYZ template (``.../{z}/{x}/{y}.png``), or a WMTS one (``{TileMatrix}``,
        ``{TileCol}``, ``{TileRow}``) with everything else filled in.
    name, attribution, max_zoom, named
        See `TileSource`. OpenStreetMap's attribution is known.

    Raises
    ------
    SettingsError
        If no map can be fetched by it, or it must not be.
    """
    wanted = url.strip()
    if wanted.lower() == "osm":
        wanted = OSM
    if any(letter.isspace() or not letter.isprintable() for letter in wanted):
        msg = "The address of the map tiles holds spaces: write them as %20."
        raise SettingsError(msg)
    wanted = _PLACEHOLDER.sub(lambda found: "{" + _WMTS.get(found[1].lower(), found[1]) + "}", wanted)
    host = _host(wanted)
    if host == "tile.openstreetmap.org":
        attribution = attribution or OSM_ATTRIBUTION
    if any(host == carto or host.endswith(f".{carto}") for carto in _CARTO):
        msg = "The map tiles of CARTO need a key of their own contract and are not supported: name another server."
        raise SettingsError(msg)
    found = set(_PLACEHOLDER.findall(wanted))
    if not found >= _NEEDED:
        msg = "The address of the map tiles needs {z}, {x} and {y} where zoom, column and row go."
        raise SettingsError(msg)
    if not found <= _ALLOWED:
        odd = ", ".join("{" + name_ + "}" for name_ in sorted(found - _ALLOWED))
        msg = f"The address of the map tiles holds {odd[:80]}, which nothing fills in: write the value there."
        raise SettingsError(msg)
    if not attribution.strip():
        msg = f"The map tiles of {host} need an attribution: set it beside the address, as their owner asks for it."
        raise SettingsError(msg)
    if not 1 <= max_zoom <= _MOST_ZOOM:
        msg = f"The closest zoom of map tiles is a number from 1 to {_MOST_ZOOM}."
        raise SettingsError(msg)
    return TileSource(name=name, url=wanted, attribution=attribution.strip(), max_zoom=max_zoom, named=named)


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        host, port = "", None
    del port  # asked for because a bad one raises only then
    if not host or parts.scheme not in {"http", "https"}:
        msg = "The address of the map tiles must begin with https:// and name a server, or be “osm”."
        raise SettingsError(msg)
    if parts.username or parts.password:
        msg = "The address of the map tiles holds a user name, which browsers do not send: use a key in the address."
        raise SettingsError(msg)
    return host.replace("{s}.", "").lower()


def tile_sources(settings: Settings) -> tuple[TileSource, ...]:
    """Return the tile servers that an installation has switched on; none by default.

    Raises
    ------
    SettingsError
        If a setting makes no sense.
    """
    made = []
    if settings.tiles:
        made.append(
            tile_source(
                settings.tiles,
                name="Streets",
                attribution=settings.tiles_attribution,
                max_zoom=_number(settings.tiles_max_zoom),
            )
        )
    if settings.satellite:
        made.append(
            tile_source(
                settings.satellite,
                name="Satellite",
                attribution=settings.satellite_attribution,
                max_zoom=_number(settings.satellite_max_zoom),
                named=False,
            )
        )
    return tuple(made)


def _number(text: str) -> int:
    if not text:
        return MAX_ZOOM
    return int(text) if text.isascii() and text.isdigit() else -1
