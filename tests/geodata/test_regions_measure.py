"""How large regions are."""

from __future__ import annotations

import pytest
import shapely

from geodata.errors import RegionError
from geodata.regions import regions
from geodata.regions.measure import region_area_km2, shape_area_km2


@pytest.mark.parametrize(
    # Land area of the United Nations' Demographic Yearbook, km²
    ("region_id", "km2"),
    [("IQ", 438_000), ("UA", 604_000), ("RW", 26_300), ("ML", 1_240_000)],
)
def test_countries_are_as_large_as_they_are(region_id, km2):
    assert region_area_km2(regions(), region_id) == pytest.approx(km2, rel=0.04)


def test_a_degree_at_the_equator_and_near_the_pole():
    assert shape_area_km2(shapely.box(0, 0, 1, 1)) == pytest.approx(12_364, rel=0.005)
    assert shape_area_km2(shapely.box(0, 80, 1, 81)) < shape_area_km2(shapely.box(0, 0, 1, 1)) / 5


def test_provinces_make_up_their_country():
    units = regions().all("admin1", "IQ")
    assert sum(region_area_km2(regions(), unit.id) for unit in units) == pytest.approx(
        region_area_km2(regions(), "IQ"), rel=0.02
    )


def test_unknown_regions_have_no_area():
    with pytest.raises(RegionError):
        region_area_km2(regions(), "nowhere")
