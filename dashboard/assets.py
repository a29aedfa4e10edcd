"""Files that the pages load: Leaflet's, and our own. All of them come from this machine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit

OWN = Path(__file__).parent / "maps" / "static"
ELEMENTS = Path(__file__).parent / "ui" / "static"  # scripts of the pages' own elements

# The order matters: each script builds on those before it.
MAP_SCRIPTS = (
    "words.js",
    "clip.js",
    "basemap.js",
    "labels.js",
    "shapes.js",
    "merge.js",
    "areas.js",
    "events.js",
    "frame.js",
)
LIVE_SCRIPTS = (
    *MAP_SCRIPTS,
    "requests.js",
    "window.js",
    "heat.js",
    "choropleth.js",
    "layers.js",
    "timeline.js",
    "playback.js",
    "draw.js",
    "tiles.js",
    "tools.js",
    "live.js",
)
# streamlit-folium fetches one script after another, so the living map gets all of them as one.
LIVE_BUNDLE = "conflictmap/bundle.js"
SNAPSHOT_SCRIPTS = (*MAP_SCRIPTS, "snapshot.js")

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, its media type, and a tag that changes with its content."""

    content: bytes
    media_type: str
    tag: str


def leaflet_folder() -> Path:
    """Return the folder of Leaflet's files, from the package xstatic-leaflet."""
    from xstatic.pkg import leaflet  # noqa: PLC0415  only the server and the snapshots need it

    return Path(leaflet.BASE_DIR)


def _source_sans() -> Path | None:
    """Return the upright font of Streamlit's pages, so that names on the map look like the page."""
    media = Path(streamlit.__file__).parent / "static" / "static" / "media"
    return next(iter(sorted(media.glob("SourceSansVF-Upright*.woff2"))), None)


def _asset(path: Path) -> Asset:
    return _made(path.read_bytes(), path.suffix)


def _made(content: bytes, suffix: str) -> Asset:
    return Asset(content, _TYPES[suffix], hashlib.sha256(content).hexdigest()[:16])


@cache
def assets() -> dict[str, Asset]:
    """Return all files that may be served, by the path after ``/assets/``.

    Only names in this dictionary are ever answered, so a path cannot climb out of a folder.
    """
    leaflet = leaflet_folder()
    files = {f"leaflet/{name}": leaflet / name for name in ("leaflet.js", "leaflet.css")}
    files |= {f"leaflet/images/{path.name}": path for path in sorted((leaflet / "images").glob("*.png"))}
    font = _source_sans()
    if font:
        files["fonts/source-sans.woff2"] = font
    files |= {f"conflictmap/{path.name}": path for path in sorted(OWN.iterdir()) if path.suffix in _TYPES}
    files |= {f"ui/{path.name}": path for path in sorted(ELEMENTS.iterdir()) if path.suffix in _TYPES}
    found = {name: _asset(path) for name, path in files.items()}
    parts = ("leaflet/leaflet.js", *(f"conflictmap/{name}" for name in LIVE_SCRIPTS))
    found[LIVE_BUNDLE] = _made(b"\n;\n".join(found[name].content for name in parts), ".js")
    return found


def asset_url(name: str) -> str:
    """Return the address of a file as the map's frame sees it, with the content's tag.

    The frame lives two folders deep (``/component/<name>/index.html``); a relative address also
    holds behind a proxy that puts the application under a prefix.
    """
    return f"../../assets/{name}?v={assets()[name].tag}"


def text(name: str) -> str:
    """Return a text file's content."""
    return assets()[name].content.decode("utf-8")
