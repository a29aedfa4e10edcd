"""The map of the map page: what it is told, and what a click on it changes."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit_folium import st_folium

from dashboard import resources
from dashboard.api import basemap_version
from dashboard.map_ids import area_id
from dashboard.map_messages import ChosenLayer, ChosenPeriod, ChosenRegion, ChosenShape, Message, Rested, read_message
from dashboard.maps.base import build_base_map
from dashboard.maps.cell_layer import Focus, Selected, show_settings, view_group
from dashboard.state import Session, click_message, click_number, session

if TYPE_CHECKING:
    from geodata.event import Event
    from geodata.store.store import Store
    from geodata.view import View

HEIGHT_PX = 560  # until the style sheet of the page has its say
_CLICK = "last_object_clicked_tooltip"  # the field of streamlit-folium that carries our messages
_EVENT_ZOOM = 8
_WORLD = (-50.0, -130.0, 68.0, 150.0)


def _token() -> str:
    """Return a text that no frame has seen, so that it obeys."""
    return secrets.token_hex(6)


def selected_on_map(event: Event | None) -> Selected | None:
    """Return what to mark on the map for the selected event; nothing when it has no place."""
    if event is None or event.place is None:
        return None
    place = event.place
    if place.precision.is_area:
        return Selected(event=event.id, region=area_id(place), lat=place.lat, lon=place.lon)
    return Selected(event=event.id, place=place.id, lat=place.lat, lon=place.lon)


def selected_area(own: Session) -> Selected | None:
    """Return the area to mark when one was clicked."""
    if own.picked and own.picked.kind == "area":
        return Selected(event="", region=own.picked.region)
    return None


def _padded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    # A single place has no extent: show what lies around it.
    south, west, north, east = box
    return (max(south - 0.4, -85.0), west - 0.4, min(north + 0.4, 85.0), east + 0.4)


def _regions_box(view: View) -> tuple[float, float, float, float] | None:
    boxes = [box for region_id in view.regions if (box := resources.region_box(region_id))]
    if not boxes:
        return None
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def refit(own: Session, store: Store, selected: Selected | None) -> None:
    """Turn what was asked for (`Session.refit`) into a place to look at."""
    asked, own.refit = own.refit, ""
    if not asked:
        return
    if asked == "event" and selected and selected.lat is not None:
        if selected.region:
            box = _regions_box(replace(own.view, regions=(selected.region,)))
            if box:
                own.focus = Focus(token=_token(), bounds=box)
                return
        own.focus = Focus(token=_token(), lat=selected.lat, lon=selected.lon, zoom=_EVENT_ZOOM)
        return
    box = _regions_box(own.view) if own.view.regions else None
    if box is None:
        found = store.bounds(own.view)
        box = _padded(found) if found else _WORLD
    own.focus = Focus(token=_token(), bounds=box)


def _clicked() -> None:
    own = session()
    text = _message()
    number = click_number(text)
    if number == own.last_click:
        return
    own.last_click = number
    asked = read_message(text)
    if asked is not None:
        obey(own, asked)
        return
    picked = click_message(text)
    if picked is None:
        return
    own.picked, own.page = picked, 0
    own.touched = True
    newest = picked.events[:1] or newest_at(resources.store(), own.shown, picked.place)
    if newest:
        own.view = replace(own.view, event=newest[0])


def newest_at(store: Store, view: View, place: str) -> tuple[str, ...]:
    """Return the newest event of a view at a place, by its id; nothing where there is none."""
    if not place:
        return ()
    return tuple(stored.event.id for stored in store.events(view, limit=1, place_id=place))


def obey(own: Session, asked: Message) -> None:
    """Change the view as the map was used."""
    match asked:
        case ChosenPeriod(first, last):
            own.change(date_from=first, date_to=last)
        case Rested(first, last):
            own.rest((first, last) if first and last else None)
        case ChosenRegion(region):
            chosen = set(own.view.regions) ^ {region}
            if resources.has_region(region):
                own.change(regions=tuple(chosen))
        case ChosenShape(shape):
            own.change(shape=shape)
        case ChosenLayer(layer):
            own.view = replace(own.view, layer=layer)  # filters nothing: list and selection stay
            own.touched = True


def _message() -> str | None:
    found = st.session_state.get("map")
    text = found.get(_CLICK) if isinstance(found, dict) else None
    return text if isinstance(text, str) else None


def map_panel(view: View, *, store_version: str, selected: Selected | None, focus: Focus | None) -> dict[str, Any]:
    """Draw the map and return what it was told."""
    told = show_settings(view, store_version=store_version, selected=selected, focus=focus)
    with st.container(key="map-frame"):
        st_folium(
            build_base_map(basemap_version=basemap_version(), tools=True, tiles=resources.tiles()),
            key="map",
            height=HEIGHT_PX,
            width=None,
            feature_group_to_add=view_group(told),
            returned_objects=[_CLICK],
            on_change=_clicked,
        )
    return told
