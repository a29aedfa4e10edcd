"""The shapes of regions, and the base map that is drawn of them."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise

import pytest

from geodata.regions import Regions, regions
from geodata.regions.library import read_data
from geodata.regions.named import read_definitions


@pytest.fixture(scope="module")
def atlas() -> Regions:
    return regions()


def test_every_region_holds_its_own_label(atlas):
    wrong = [region.id for region in atlas.all() if region.id not in atlas.locate(region.lat, region.lon)]
    assert wrong == []


def test_every_label_lies_in_its_box(atlas):
    for region in atlas.all():
        south, west, north, east = region.bbox
        assert -90 <= south <= region.lat <= north <= 90, region.id
        assert -180 <= west <= region.lon <= east <= 180, region.id


def test_a_country_across_the_antimeridian_does_not_span_the_globe(atlas):
    for code in ("FJ", "RU", "US", "NZ"):
        _, west, _, east = atlas.get(code).bbox
        assert east - west <= 180, code


def test_all_shapes_are_valid_and_not_empty(atlas):
    for shapes in (atlas.library.fine, atlas.library.coarse, atlas.library.pieces):
        wrong = [key for key, shape in shapes.items() if shape.is_empty or not shape.is_valid]
        assert wrong == []


def test_outlines_of_our_own_are_coarse():
    for definition in read_definitions(read_data("named.yaml").decode()):
        for outline in definition.outlines:
            assert all(round(value, 1) == value for corner in outline for value in corner), definition.id


def coordinates(geometry):
    parts = geometry["coordinates"]
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}[geometry["type"]]
    lines = [parts]
    for _ in range(depth):
        lines = [line for group in lines for line in group]
    return lines


def test_no_line_of_the_base_map_runs_across_the_globe_or_along_its_edge(atlas):
    base = atlas.basemap()
    for layer in ("country_lines", "admin1_lines"):
        for item in base[layer]["features"]:
            for line in coordinates(item["geometry"]):
                for (lon, lat), (next_lon, next_lat) in pairwise(line):
                    assert abs(next_lon - lon) < 30, item["properties"]
                    assert not (abs(lon) > 179.9 and abs(next_lon) > 179.9), item["properties"]
                    assert not (abs(lat) > 89 and abs(next_lat) > 89), item["properties"]


def test_no_area_of_the_base_map_crosses_the_antimeridian(atlas):
    base = atlas.basemap()
    for layer in ("countries", "lakes"):
        for item in base[layer]["features"]:
            for ring in coordinates(item["geometry"]):
                lons = [lon for lon, _ in ring]
                assert min(lons) >= -180
                assert max(lons) <= 180
                assert item["properties"].get("id") == "AQ" or max(lons) - min(lons) < 180, item["properties"]


def test_the_base_map_is_small_and_ready_to_serve(atlas):
    packed = atlas.basemap_json(gzipped=True)
    assert len(packed) < 700_000
    assert gzip.decompress(packed) == atlas.basemap_json()
    base = json.loads(atlas.basemap_json())
    assert set(base) == {"countries", "country_lines", "admin1_lines", "lakes"}
    ids = {item["properties"]["id"] for item in base["countries"]["features"]}
    assert ids == {region.id for region in atlas.all("country")}


def test_the_line_of_control_is_contested_and_the_punjab_border_is_not(atlas):
    lines = [
        item["properties"]
        for item in atlas.basemap()["country_lines"]["features"]
        if item["properties"]["countries"] == ["IN", "PK"]
    ]
    assert sorted(line.get("contested", False) for line in lines) == [False, True]


def test_fine_detail_of_a_country_has_its_fill_and_lines(atlas):
    fine = json.loads(atlas.basemap_fine("IQ"))
    assert [item["properties"]["id"] for item in fine["countries"]["features"]] == ["IQ"]
    neighbours = {code for item in fine["country_lines"]["features"] for code in item["properties"]["countries"]}
    assert neighbours == {"IQ", "SY", "TR", "IR", "KW", "SA", "JO"}
    assert len(fine["admin1_lines"]["features"]) == 1


@pytest.mark.parametrize("region_id", ["IQ", "IQ-KI", "iraqi-kurdistan", "golan-heights"])
@pytest.mark.parametrize("detail", ["coarse", "fine"])
def test_geojson_is_lon_lat(atlas, region_id, detail):
    item = atlas.geojson(region_id, detail=detail)
    assert item["type"] == "Feature"
    assert item["properties"]["id"] == region_id
    south, west, north, east = atlas.get(region_id).bbox
    for ring in coordinates(item["geometry"]):
        assert ring[0] == ring[-1]
        for lon, lat in ring:
            assert west - 0.1 <= lon <= east + 0.1
            assert south - 0.1 <= lat <= north + 0.1


def test_iraq_is_within_a_kilometre_of_what_neighbours_share(atlas):
    shapes = [atlas.shape(region.id) for region in atlas.all("admin1", "IQ")]
    whole = atlas.shape("IQ")
    assert abs(sum(shape.area for shape in shapes) - whole.area) < 1e-6  # no gap, no overlap
    assert 41 < whole.area < 43.5
