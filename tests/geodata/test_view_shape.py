from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geodata.store.drawn import holds, whole_regions
from geodata.store.mercator import pixel
from geodata.view_shape import MAX_VERTICES, bounds_of, box, decode_shape, encode_shape, is_box, one_form

degrees = st.floats(-200, 600)
rings = st.lists(st.tuples(st.floats(-95, 95), degrees), max_size=60)


@given(rings)
def test_the_one_form_is_final_and_survives_its_text(points):
    ring = one_form(points)
    assert one_form(ring) == ring
    assert len(ring) <= MAX_VERTICES
    if ring:
        assert decode_shape(encode_shape(ring)) == ring
        south, west, north, east = bounds_of(ring)
        assert -90 <= south < north <= 90
        assert -180 <= west < 180
        assert west < east <= west + 360 + 1e-9


@given(rings, st.randoms())
def test_where_a_ring_begins_and_which_way_it_runs_does_not_matter(points, random):
    assume(points and len(points) <= MAX_VERTICES)
    start = random.randrange(len(points))
    turned = points[start:] + points[:start]
    assert one_form(turned[::-1]) == one_form(points)
    assert one_form([*turned, turned[0]]) == one_form(points)


@given(rings, st.sampled_from([-720, -360, 360]))
def test_a_shape_is_the_same_on_every_copy_of_the_world(points, turn):
    rounded = [(round(lat, 3), round(lon, 3)) for lat, lon in points]
    assert one_form([(lat, lon + turn) for lat, lon in rounded]) == one_form(rounded)


@given(st.text(max_size=200))
def test_any_text_is_a_ring_or_refused(text):
    try:
        ring = decode_shape(text)
    except ValueError:
        return
    assert decode_shape(encode_shape(ring)) == ring


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(0, 0)],
        [(0, 0), (1, 1)],
        [(0, 0), (1, 1), (2, 2)],
        [(0, 0), (0, 1), (0, 0), (0, 1)],
        [(math.nan, 0), (0, math.inf), (1, 1)],
        [(0, 0), (0, 1e-9), (1e-9, 0)],
    ],
)
def test_what_spans_no_area_is_no_shape(points):
    assert one_form(points) == ()


def test_a_free_hand_keeps_its_outline():
    circle = [(10 * math.sin(a / 500 * math.tau), 10 * math.cos(a / 500 * math.tau)) for a in range(500)]
    ring = one_form(circle)
    assert len(ring) == MAX_VERTICES
    assert all(9.9 < math.hypot(lat, lon) < 10.1 for lat, lon in ring)
    assert len(encode_shape(ring)) < 400


def test_a_box_is_known_as_one():
    assert is_box(box(south=29, west=38, north=38, east=49.5))
    assert not is_box(one_form([(0, 0), (0, 1), (1, 2), (1, 1)]))
    assert bounds_of(box(south=-25, west=170, north=-10, east=-175 + 360)) == (-25, 170, -10, 185)


@settings(deadline=None)
@given(
    st.tuples(st.floats(-80, 79), st.floats(0.01, 100)),
    st.tuples(st.floats(-180, 179.9), st.floats(0.01, 359)),
    st.tuples(st.floats(-85, 85), st.floats(-180, 179.999)),
)
def test_a_box_holds_what_lies_between_its_sides(upright, level, point):
    (south, height), (west, width), (lat, lon) = upright, level, point
    ring = box(south=south, west=west, north=min(85, south + height), east=west + width)
    assume(ring)
    low, left, high, right = bounds_of(ring)
    east = (lon - left) % 360
    # Not on a side itself, where half a pixel decides.
    assume(all(abs(d) > 1e-4 for d in (lat - low, lat - high, east, east - (right - left), east - 360)))
    assert holds(ring, *pixel(lat, lon)) == (low < lat < high and east < right - left)


def test_what_is_drawn_twice_lies_outside():
    turns = [k * 2 / 5 * math.tau for k in range(5)]
    star = one_form([(10 * math.cos(turn), 10 * math.sin(turn)) for turn in turns])
    assert holds(star, *pixel(8, 0.1))
    assert not holds(star, *pixel(0.1, 0.1))


def test_an_area_lies_inside_only_as_a_whole():
    iraq = box(south=29, west=38, north=38, east=49.5)
    assert {"IQ", "IQ-KI", "iraqi-kurdistan"} <= set(whole_regions(iraq))
    assert "IR" not in whole_regions(iraq)
    north = box(south=34, west=38, north=38, east=49.5)
    assert "IQ" not in whole_regions(north)
    assert "IQ-KI" in whole_regions(north)


def test_an_area_beyond_the_antimeridian_lies_inside_too():
    assert {"FJ", "FJ-C"} <= set(whole_regions(box(south=-25, west=170, north=-10, east=185)))
    assert "FJ" not in whole_regions(box(south=-25, west=170, north=-10, east=179.9))
