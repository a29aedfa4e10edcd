"""What changes on the map: which view is shown, what is selected, where to look."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard.maps.base import script_json
from geodata.view_url import encode_view

if TYPE_CHECKING:
    from geodata.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """The selected event on the map: at a place, or in an area that alone is known.

    `lat`, `lon` are decimal degrees, WGS 84.
    """

    event: str
    place: str = ""
    region: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """Where the map should look now; obeyed once for each `token`.

    Either `bounds` (south, west, north, east), or a centre `lat`, `lon` with the least `zoom`.
    """

    token: str
    bounds: tuple[float, float, float, float] | None = None
    lat: float | None = None
    lon: float | None = None
    zoom: float | None = None


class ShowView(MacroElement):
    """Tells the living map which view to show."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {{ this._parent.get_name() }}.addLayer(new ConflictMap.View({{ this.settings }}));
        {% endmacro %}
        """,
    )

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own has no types
        self._name = "ShowView"
        self.settings = script_json(settings)


def cells_query(view: View) -> str:
    """Return the part of a view that filters, as a query: window, layer and selection do not."""
    return encode_view(view.filters)


def show_settings(
    view: View, *, store_version: str, selected: Selected | None = None, focus: Focus | None = None
) -> dict[str, Any]:
    """Return what the map's script needs to show a view."""
    window = None
    if view.lat is not None and view.lon is not None and view.zoom is not None:
        window = {"lat": view.lat, "lon": view.lon, "zoom": view.zoom}
    shown: dict[str, Any] = {
        "query": cells_query(view),
        "version": store_version,
        "regions": list(view.regions),
        "layer": view.layer.value,
        "shape": [list(corner) for corner in view.shape],
        "window": window,
        "selected": None,
        "focus": None,
    }
    if selected:
        shown["selected"] = {"event": selected.event, "place": selected.place, "region": selected.region}
    if focus and focus.bounds:
        south, west, north, east = focus.bounds
        shown["focus"] = {"token": focus.token, "bounds": [[south, west], [north, east]]}
    elif focus and focus.lat is not None:
        shown["focus"] = {"token": focus.token, "lat": focus.lat, "lon": focus.lon, "zoom": focus.zoom}
    return shown


def view_group(settings: dict[str, Any]) -> folium.FeatureGroup:
    """Return the feature group that streamlit-folium swaps on the living map."""
    group = folium.FeatureGroup(name="events")
    group.add_child(ShowView(settings))
    return group


def data_settings(points: list[dict[str, Any]], areas: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the map's script needs to show events that are in no store (yet)."""
    places = [*points, *areas]
    lats = [place["lat"] for place in places if place["lat"] is not None]
    lons = [place["lon"] for place in places if place["lon"] is not None]
    shown: dict[str, Any] = {
        "data": {"points": points, "areas": areas, "cells": []},
        "regions": [],
        "window": None,
        "selected": None,
        "focus": None,
    }
    if lats:
        pad = 0.5  # degrees, so that a single place has something around it
        bounds = [[min(lats) - pad, min(lons) - pad], [max(lats) + pad, max(lons) + pad]]
        shown["focus"] = {"token": hash_of(shown["data"]), "bounds": bounds}
    return shown


def hash_of(value: object) -> str:
    """Return a short text that is the same for the same value."""
    return hashlib.sha256(script_json(value).encode()).hexdigest()[:12]
