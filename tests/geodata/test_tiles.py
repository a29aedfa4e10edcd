"""Settings of online tiles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SettingsError
from geodata.settings import settings_from
from geodata.tiles import OSM, OSM_ATTRIBUTION, tile_source, tile_sources


def test_nothing_is_switched_on_by_default():
    assert tile_sources(settings_from({})) == ()


def test_openstreetmap_by_name():
    (source,) = tile_sources(settings_from({"CONFLICTMAP_TILES": "osm"}))
    assert (source.url, source.attribution, source.max_zoom) == (OSM, OSM_ATTRIBUTION, 19)


def test_satellite_with_a_key():
    (source,) = tile_sources(
        settings_from(
            {
                "CONFLICTMAP_SATELLITE": "https://tiles.example.org/sat/{z}/{x}/{y}.jpg?key=abc",
                "CONFLICTMAP_SATELLITE_ATTRIBUTION": "© Example",
                "CONFLICTMAP_SATELLITE_MAX_ZOOM": "17",
            }
        )
    )
    assert (source.name, source.max_zoom, source.named) == ("Satellite", 17, False)
    assert source.url.endswith("?key=abc")


@pytest.mark.parametrize(
    "url",
    [
        "https://tiles.example.org/wmts/roads/default/GoogleMapsCompatible/{TileMatrix}/{TileRow}/{TileCol}.png",
        "https://tiles.example.org/wmts?service=WMTS&request=GetTile&layer=a&tilematrix={tilematrix}&tilerow={tilerow}&tilecol={tilecol}",
    ],
)
def test_wmts_becomes_what_leaflet_knows(url):
    source = tile_source(url, name="x", attribution="© Example")
    assert "{z}" in source.url
    assert source.url.index("{y}") < source.url.index("{x}")
    assert "{T" not in source.url
    assert "{t" not in source.url


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://a.basemaps.cartocdn.com/light_all/{z}/{x}/{y}.png", "CARTO"),
        ("https://{s}.basemaps.cartocdn.com/light_all/{z}/{x}/{y}.png", "CARTO"),
        ("https://tiles.example.org/{z}/{x}.png", "{y}"),
        ("https://tiles.example.org/{z}/{x}/{y}.png?key={apikey}", "{apikey}"),
        ("ftp://tiles.example.org/{z}/{x}/{y}.png", "https://"),
        ("javascript:alert({z}{x}{y})", "https://"),
        ("//tiles.example.org/{z}/{x}/{y}.png", "https://"),
        ("https://user:word@tiles.example.org/{z}/{x}/{y}.png", "user name"),
        ("https://tiles.example.org:port/{z}/{x}/{y}.png", "https://"),
        ("https://tiles.example.org/{z}/{x}/{y}.png extra", "%20"),
        ("stamen", "https://"),
    ],
)
def test_addresses_that_give_no_map_are_refused_in_a_sentence(url, words):
    with pytest.raises(SettingsError) as refused:
        tile_source(url, name="x", attribution="© Example")
    assert words in str(refused.value)
    assert str(refused.value).count(".") >= 1


def test_an_attribution_is_asked_for_and_a_zoom_is_a_number():
    with pytest.raises(SettingsError, match="attribution"):
        tile_source("https://tiles.example.org/{z}/{x}/{y}.png", name="x")
    with pytest.raises(SettingsError, match="1 to 24"):
        tile_sources(settings_from({"CONFLICTMAP_TILES": "osm", "CONFLICTMAP_TILES_MAX_ZOOM": "far"}))


@given(st.text(max_size=80))
def test_no_text_gets_through_that_is_no_template(text):
    try:
        source = tile_source(text, name="x", attribution="y")
    except SettingsError:
        return
    assert source.url.startswith(("http://", "https://"))
    assert all(key in source.url for key in ("{z}", "{x}", "{y}"))
