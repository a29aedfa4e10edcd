"""Colours. Colour means one thing here: the quad of an event.

The five hues are those of Okabe and Ito ("Color Universal Design", 2008), which people with
colour-blindness can tell apart.
"""

from __future__ import annotations

from typing import Any

from geodata.ontology import Quad

ACCENT = "#1F4E79"

QUAD_COLOURS: dict[Quad, str] = {
    Quad.MATERIAL_CONFLICT: "#D55E00",
    Quad.VERBAL_CONFLICT: "#E69F00",
    Quad.MATERIAL_COOPERATION: "#009E73",
    Quad.VERBAL_COOPERATION: "#56B4E9",
    Quad.POLITICAL_PROCESS: "#7F7F7F",
}

# The order in which quads are always listed and stacked: the gravest first.
QUAD_ORDER: tuple[Quad, ...] = tuple(QUAD_COLOURS)

_LIGHT = {
    "sea": "#E9EEF2",
    "land": "#F8F7F4",
    "country": "#8D8A84",
    "province": "#C9C4BA",
    "lake": "#DDE6EC",
    "highlight": "#FFFEF6",
    "outline": ACCENT,
    "text": "#4A4A48",
    "faint": "#696762",
    "halo": "#FFFFFF",
    "paper": "#FFFFFF",
    "ink": "#111111",
    "edge": "#D9DEE5",
    "dot": "#8D8A84",
    "accent": ACCENT,
    "hover": "#F1F4F7",
}

_DARK = {
    "sea": "#171C22",
    "land": "#262B31",
    "country": "#7E8892",
    "province": "#434B54",
    "lake": "#1B222A",
    "highlight": "#30363D",
    "outline": "#8FC1EC",
    "text": "#C3CAD2",
    "faint": "#97A1AB",
    "halo": "#14181D",
    "paper": "#1D232A",
    "ink": "#FFFFFF",
    "edge": "#3A434D",
    "dot": "#97A1AB",
    "accent": "#3673AB",
    "hover": "#2A323B",
}


# From few to many: one hue, violet, which no quad has, ever further from the ground in lightness, so
# that it can be read without seeing colours.
RAMPS: dict[str, tuple[str, ...]] = {
    "light": ("#DCD2EA", "#B9A3D6", "#9272BE", "#6C479F", "#431A73"),
    "dark": ("#41335A", "#644C8C", "#8A6DBA", "#B397DD", "#E2D2F8"),
}


def palette() -> dict[str, dict[str, Any]]:
    """Return everything the map's script needs to colour itself.

    Returns
    -------
    dict
        ``light`` and ``dark`` for the base map, ``quads`` by the quad's number as text,
        ``quadLabels`` likewise, ``ramps`` from few to many by theme.
    """
    return {
        "light": dict(_LIGHT),
        "dark": dict(_DARK),
        "ramps": {theme: list(ramp) for theme, ramp in RAMPS.items()},
        "quads": {str(int(quad)): colour for quad, colour in QUAD_COLOURS.items()},
        "quadLabels": {str(int(quad)): quad.label for quad in QUAD_ORDER},
    }
