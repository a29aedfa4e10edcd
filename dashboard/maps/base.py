"""The Folium map that everything is drawn on.

streamlit-folium throws the frame away whenever the map's own script changes, so this script is
the same in every run: no filter, no window, no theme is written into it. A Folium map must not be
cached either, because adding things to it changes it; making it anew takes a few milliseconds.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

import branca.element
import folium
import jinja2
from branca.element import MacroElement
from folium.template import Template

from dashboard.assets import LIVE_BUNDLE, asset_url
from dashboard.maps.colours import palette
from dashboard.texts import ATTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.tiles import TileSource

# Each of a map's dozen elements translates its short template when it is made, in each run of the page:
# most of what making a map takes. A template has no state, so one for each text does.
vars(branca.element)["Template"] = functools.lru_cache(maxsize=256)(jinja2.Template)

# The vector base map has nothing more to show further in than this.
MAX_ZOOM = 14
MIN_ZOOM = 2
START = (33.0, 44.0)  # (lat, lon); seen only until the first window is set


class BaseMap(folium.Map):
    """A Folium map that loads nothing from anywhere else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(tiles=None, **options)
        styles = ("leaflet/leaflet.css", "conflictmap/map.css", "conflictmap/controls.css")
        self.default_js = [(LIVE_BUNDLE, asset_url(LIVE_BUNDLE))]
        self.default_css = [(name, asset_url(name)) for name in styles]


class Start(MacroElement):
    """Starts the script of `maps/static` on the map it is added to."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            ConflictMap.start({{ this._parent.get_name() }}, {{ this.settings }});
        {% endmacro %}
        """,
    )

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own has no types
        self._name = "Start"
        self.settings = script_json(settings)


def script_json(value: object) -> str:
    r"""Write a value as JSON that is safe inside a script and inside streamlit-folium.

    ``<``, ``>`` and ``&`` cannot end the script, the two line separators of Unicode cannot break
    a line of it, and underscores are written as ``\u005f``: streamlit-folium replaces everything
    that looks like one of Folium's names (``_[a-z0-9]+``), in texts too.
    """
    escapes = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "_": "\\u005f", "\u2028": "\\u2028", "\u2029": "\\u2029"}
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return "".join(escapes.get(letter, letter) for letter in text)


def build_base_map(*, basemap_version: str = "", tools: bool = False, tiles: Sequence[TileSource] = ()) -> folium.Map:
    """Return a new base map, without tiles and without events.

    Parameters
    ----------
    basemap_version
        Put into the address of the base map's data, which browsers keep for long.
    tools
        Adds the layer switch, the timeline with playback and the tools to draw a shape, which
        only the map page has.
    tiles
        Online tiles that may be chosen instead of the built-in map.
    """
    made = BaseMap(
        location=START,
        zoom_start=5,
        prefer_canvas=True,
        world_copy_jump=True,
        min_zoom=MIN_ZOOM,
    )
    # Without tiles Folium leaves the zoom limits out.
    made.options.update({"minZoom": MIN_ZOOM, "maxZoom": MAX_ZOOM})
    told: dict[str, Any] = {
        "palette": palette(),
        "attribution": ATTRIBUTION,
        "basemap": basemap_version,
        "tools": tools,
    }
    told["tiles"] = [
        {
            "name": source.name,
            "url": source.url,
            "attribution": source.attribution,
            "maxZoom": source.max_zoom,
            "named": source.named,
        }
        for source in tiles
    ]
    made.add_child(Start(told))
    return made
