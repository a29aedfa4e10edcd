"""The map's scripts: constant where they must be, safe where text of people goes in."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import generate_js_hash, generate_leaflet_string

from dashboard.assets import LIVE_SCRIPTS, SNAPSHOT_SCRIPTS, assets
from dashboard.map_ids import area_id
from dashboard.maps.base import build_base_map, script_json
from dashboard.maps.cell_layer import Focus, Selected, data_settings, show_settings, view_group
from dashboard.maps.clip import layers_in
from dashboard.maps.colours import QUAD_COLOURS, palette
from dashboard.maps.data import Window, basemap_as_json, cells_as_dict, with_labels
from dashboard.maps.gathered import gather
from geodata.ontology import EventType, Quad
from geodata.regions import regions
from geodata.store.results import Area, Cells
from geodata.view import View


def script_of(element) -> str:
    element.get_root().render()
    return generate_leaflet_string(element)


def test_script_of_the_base_map_never_changes():
    first, second = script_of(build_base_map(basemap_version="1")), script_of(build_base_map(basemap_version="1"))
    assert generate_js_hash(first, "map") == generate_js_hash(second, "map")


def test_showing_another_view_leaves_the_base_map_alone():
    plain = script_of(build_base_map())
    shown = build_base_map()
    group = view_group(show_settings(View(text="war", types=(EventType.ASSAULT,)), store_version="2"))
    before = script_of(shown)
    group.add_to(shown)
    assert before == plain
    assert "war" not in before


def test_map_loads_nothing_from_another_host():
    made = build_base_map()
    links = [link for _, link in (*made.default_js, *made.default_css)]
    assert links
    assert all(link.startswith("../../assets/") for link in links)
    assert "//" not in "".join(links)
    assert not re.search(r"https?://", script_of(made))


def test_zoom_is_limited_although_there_are_no_tiles():
    assert "maxZoom" in script_of(build_base_map())


@given(st.text(max_size=60))
def test_text_in_a_script_is_read_back_as_it_was(text):
    written = script_json({"q": text})
    assert json.loads(written) == {"q": text}
    assert not set("<>&_\u2028\u2029") & set(written)


def test_filters_reach_the_map_as_a_query_without_window_and_selection():
    view = View(regions=("IQ-KI",), lat=35.0, lon=44.0, zoom=8, event="e1")
    told = show_settings(view, store_version="7", selected=Selected(event="e1", place="gn:1"), focus=None)
    assert told["query"] == "v=1&region=IQ-KI"
    assert told["window"] == {"lat": 35.0, "lon": 44.0, "zoom": 8}
    assert told["selected"] == {"event": "e1", "place": "gn:1", "region": ""}


def test_focus_is_told_with_its_token():
    told = show_settings(View(), store_version="", focus=Focus(token="t", bounds=(1, 2, 3, 4)))  # noqa: S106
    assert told["focus"] == {"token": "t", "bounds": [[1, 2], [3, 4]]}


def test_every_quad_has_its_own_colour():
    assert len(set(QUAD_COLOURS.values())) == len(Quad)
    assert palette()["quadLabels"]["4"] == "Material conflict"


def test_light_and_dark_have_the_same_names():
    assert palette()["light"].keys() == palette()["dark"].keys()


def test_events_known_only_to_an_area_are_never_points(readings):
    points, areas = gather(event for reading in readings for event in reading.events)
    assert {point["name"] for point in points} == {"Kirkuk", "Erbil"}
    assert [(area["region"], area["count"]) for area in areas] == [("IQ-NI", 1)]
    assert sum(point["count"] for point in points) == 4


def test_area_label_stands_in_its_region_and_a_sea_gets_none():
    cells = Cells(
        kind="points",
        areas=[
            Area(region_id="IQ-NI", name="Nineveh", count=3, quads={4: 3}),
            Area(region_id="area:black-sea", name="Black Sea", count=1, quads={4: 1}),
        ],
    )
    nineveh, sea = cells_as_dict(cells, regions())["areas"]
    assert nineveh["kind"] == "admin1"
    assert 34 < nineveh["lat"] < 38
    assert sea["lat"] is None


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(35.0, 40.0, 37.0, 44.0), ["IQ-NI", "area:black-sea"]),
        (Window(35.0, 400.0, 37.0, 404.0), ["IQ-NI", "area:black-sea"]),  # the same, once round the globe
        (Window(65.0, -178.0, 66.0, -170.0), ["RU", "area:black-sea"]),  # beyond the antimeridian, which cuts it
        (Window(-40.0, -70.0, 10.0, -50.0), ["area:black-sea"]),
        (Window(-90.0, -180.0, 90.0, 180.0), ["IQ-NI", "RU", "area:black-sea"]),
    ],
)
def test_areas_come_for_the_windows_that_they_reach_into(window, expected):
    ids = ("IQ-NI", "RU", "area:black-sea")
    cells = Cells(kind="points", areas=[Area(region_id=area, name=area, count=1, quads={4: 1}) for area in ids])
    assert [area["region"] for area in cells_as_dict(cells, regions(), window)["areas"]] == expected


def test_area_that_no_event_names_has_its_name_all_the_same():
    bare = {"region": "IQ-NI", "name": "IQ-NI", "count": 1, "quads": {"4": 1}}
    named = {"region": "IQ-AN", "name": "Al Anbar", "count": 1, "quads": {"4": 1}}
    assert [area["name"] for area in with_labels([bare, named], regions())] == ["Nineveh", "Al Anbar"]


def test_area_of_a_place(readings):
    assert area_id(readings[2].events[0].place) == "IQ-NI"


def test_unsaved_events_bring_their_own_data(readings):
    points, areas = gather(readings[0].events)
    told = data_settings(points, areas)
    assert told["data"]["points"][0]["count"] == 2
    assert told["focus"]["bounds"][0][0] < 35.5 < told["focus"]["bounds"][1][0]


def test_clipped_base_map_stays_in_its_window():
    window = Window(34.0, 42.0, 37.0, 46.0)
    layers = layers_in(regions(), window)
    lons, lats = [], []

    def collect(coordinates):
        if isinstance(coordinates[0], (int, float)):
            lons.append(coordinates[0])
            lats.append(coordinates[1])
        else:
            for part in coordinates:
                collect(part)

    for layer in layers.values():
        for feature in layer["features"]:
            collect(feature["geometry"]["coordinates"])
    assert 42.0 <= min(lons) <= max(lons) <= 46.0
    assert 34.0 <= min(lats) <= max(lats) <= 37.0
    assert len(json.dumps(layers)) < 300_000


def test_base_map_has_what_the_script_draws():
    made = json.loads(basemap_as_json(regions()))
    assert {"countries", "country_lines", "admin1_lines", "lakes"} <= made["layers"].keys()
    assert [row[0] for row in made["labels"]["countries"] if row[0] == "Iraq"] == ["Iraq"]


@pytest.mark.parametrize("name", sorted({*LIVE_SCRIPTS, *SNAPSHOT_SCRIPTS}))
def test_scripts_never_make_markup_from_text(name):
    code = assets()[f"conflictmap/{name}"].content.decode()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", code)


def test_assets_have_their_types():
    assert assets()["leaflet/leaflet.js"].media_type.startswith("text/javascript")
    assert assets()["leaflet/leaflet.css"].media_type.startswith("text/css")
    assert assets()["leaflet/images/layers.png"].media_type == "image/png"
