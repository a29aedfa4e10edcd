"""Pictures of a snapshot: what they show, in every format, on every machine.

    RENEW_GOLDEN=1 python -m pytest tests/dashboard/test_snapshot_pictures.py

writes the golden picture anew; look at it before you commit it.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from dashboard.maps.colours import QUAD_COLOURS
from dashboard.snapshots import making
from dashboard.snapshots.picture import land, sheets
from dashboard.snapshots.picture.camera import looking_from
from dashboard.snapshots.picture.fonts import drawable, weight_for, width, wrapped
from dashboard.snapshots.picture.inset import plan_inset
from dashboard.snapshots.picture.labels import Box, Taken
from dashboard.snapshots.warming import warm_up
from geodata.ontology import Quad
from geodata.view import View

GOLDEN = Path(__file__).parent / "data" / "golden-map.png"
# Of 255. Machines smooth edges and letters a little differently; a mark, a name or a line that is missing,
# moved or in another colour changes far more than this.
MEAN, FAR, SHARE = 0.5, 48, 0.0003
TITLE = "<b>Kirkuk</b> كركوك & Київ 🔥"


@pytest.fixture
def sheet(installation):
    assert installation.data_dir.exists()
    order = making.Order(view=View(), title=TITLE, note="A note — “quoted” → here")
    taken = making.take(order)
    now = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
    record = making.describe(order, taken, snapshot_id="", sha256="ab" * 32, now=now)
    # What is different on each machine stands in these alone.
    fixed = replace(record, software="conflictmap", store_version="1", gazetteer="no gazetteer")
    return making.sheet_of(order, taken, fixed)


def test_picture_is_as_it_was(sheet):
    made = making.picture(sheet, "map.png")
    if os.environ.get("RENEW_GOLDEN"):
        GOLDEN.write_bytes(made)
    mean, share = difference(made, GOLDEN.read_bytes())
    assert mean < MEAN
    assert share < SHARE


def difference(one: bytes, other: bytes) -> tuple[float, float]:
    """Return how far two pictures are apart, of 255, and the share of pixels that are far apart.

    At half the size smoothing is evened out, and what a reader would see stays.
    """
    pictures = [Image.open(io.BytesIO(content)).convert("RGB") for content in (one, other)]
    assert pictures[0].size == pictures[1].size
    half = tuple(side // 2 for side in pictures[0].size)
    a, b = (np.asarray(each.resize(half, Image.Resampling.BOX), dtype=np.int16) for each in pictures)
    apart = np.abs(a - b).max(axis=2)
    return float(apart.mean()), float((apart > FAR).mean())


@pytest.mark.parametrize("lost", ["points", "areas"])
def test_golden_test_would_see_what_is_missing(sheet, lost):
    fewer = replace(sheet, marks=replace(sheet.marks, **{lost: getattr(sheet.marks, lost)[1:]}))
    _, share = difference(making.picture(fewer, "map.png"), GOLDEN.read_bytes())
    assert share > 2 * SHARE


def test_the_same_sheet_gives_the_same_bytes(sheet):
    for name in ("map.png", "map.svg", "map.pdf"):
        assert making.picture(sheet, name) == making.picture(sheet, name), name


def test_marks_have_the_colours_of_the_screen(sheet):
    pixels = np.asarray(Image.open(io.BytesIO(making.picture(sheet, "map.png"))).convert("RGB")).reshape(-1, 3)
    seen = {"#{:02X}{:02X}{:02X}".format(*colour) for colour in np.unique(pixels, axis=0)}
    assert {colour for quad, colour in QUAD_COLOURS.items() if quad is not Quad.POLITICAL_PROCESS} <= seen


def test_svg_has_its_marks_as_shapes_and_asks_for_nothing(sheet):
    tree = etree.fromstring(making.picture(sheet, "map.svg"))
    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    left, top, wide, tall = (float(side) for side in tree.get("viewBox").split())
    assert (left, top, round(wide)) == (0, 0, 864)  # 1200 pixels in points
    assert tall > 500
    tags = {etree.QName(one).localname for one in tree.iter(etree.Element)}
    assert not tags & {"script", "foreignObject", "image", "text", "a"}
    linked = {value for one in tree.iter(etree.Element) for key, value in one.attrib.items() if key.endswith("href")}
    assert all(value.startswith("#") for value in linked)
    styles = " ".join(one.get("style", "") for one in tree.iter(etree.Element)).lower()
    for quad in (Quad.MATERIAL_CONFLICT, Quad.VERBAL_COOPERATION):
        assert f"fill: {QUAD_COLOURS[quad].lower()}" in styles
    assert TITLE in "".join(tree.itertext())  # the title of the file, for those who cannot see it


def test_pdf_is_a4_and_its_text_can_be_found(sheet):
    content = making.picture(sheet, "map.pdf")
    reader = PdfReader(io.BytesIO(content))
    (page,) = reader.pages
    assert [round(float(side)) for side in page.mediabox[2:]] == pytest.approx([595, 842], abs=1)
    text = " ".join(page.extract_text().split())
    for words in (
        "<b>Kirkuk</b> كركوك & Київ", "6 reported events from 4 articles", "A note — “quoted” → here",
        "1 event could not be placed", "Example News (4)", "not verified incidents", "Natural Earth",
        "2026-01-02 03:04 UTC", "Material conflict 3", "somewhere in Nineveh",
    ):  # fmt: skip
        assert words in text, words
    assert "ab" * 32 in text.replace(" ", "")
    assert reader.metadata.title == TITLE


@pytest.mark.parametrize("name", ["map.png", "map.pdf", "card.png"])
def test_a_view_without_events_has_pictures_too(sheet, name):
    empty = replace(sheet, marks=replace(sheet.marks, points=[], areas=[]), events=[])
    assert len(making.picture(empty, name)) > 5_000


@pytest.mark.parametrize(
    "title", ["", "🔥🔥🔥", "\u202eمقالة\u202c شمال", "W" * 5000, "<script>alert(1)</script>\n" * 50]
)
def test_any_title_can_be_drawn(sheet, title):
    cleaned = making.clean(title, making.LONGEST_TITLE).replace("\n", " ")
    odd = replace(sheet, record=replace(sheet.record, title=cleaned))
    for name in ("map.png", "map.pdf", "map.svg", "card.png"):
        assert making.picture(odd, name)
    assert "\u202e" not in cleaned


def test_what_is_simplified_stays_where_it_was():
    camera = looking_from(48.5, 31.0, 6.0, width=1136, height=620)
    lines = land.region_lines("UA")
    path = land.path(lines, camera, 0)
    corners = sum(len(line.points) for line in lines)
    assert 100 < len(path.vertices) < corners
    inside = (path.vertices > 0).all(axis=1) & (path.vertices < (1136, 620)).all(axis=1)
    exact = np.concatenate([line.points for line in lines])
    scaled = (exact - (camera.x, camera.y)) * camera.scale + (568, 310)
    for corner in path.vertices[inside][::50]:
        assert np.hypot(*(scaled - corner).T).min() < 0.01


def test_far_away_corners_do_not_matter():
    camera = looking_from(35.5, 44.4, 9.0, width=800, height=500)
    path = land.path(land.region_lines("RU"), camera, 0)
    assert path is None or len(path.vertices) < 200
    iraq = land.path(land.region_lines("IQ"), camera, 0)
    assert (np.abs(iraq.vertices) <= 1600).all()


def test_text_is_cut_as_late_as_it_can_be():
    text = "word " * 200
    (line,) = wrapped(text, "regular", 12.0, wide=300, lines=1)
    assert line.endswith("…")
    assert width(line, "regular", 12.0) <= 300 < width(line[:-1] + " word…", "regular", 12.0)


def test_a_sheet_is_laid_out_before_it_is_drawn(sheet):
    for make in (sheets.web, sheets.paper, sheets.card):
        canvas = make(sheet)
        assert canvas.width > 500


def test_drawing_is_made_ready_once_before_anybody_waits_for_it(installation):
    assert installation.data_dir.is_dir()
    begun = warm_up(View())
    assert warm_up(View(regions=("IQ",))) is begun
    begun.join()
    assert land._coarse.cache_info().currsize == 1
    assert land._names.cache_info().currsize


@pytest.mark.parametrize(("text", "kept", "same_letters"), [
    ("Kerkûk, Çemçemal, Київ", "Kerkûk, Çemçemal, Київ", True),
    ("كركوك 2017", "كركوك 2017", False),
    ("K\u200aK", "K K", True),
    ("Kirkuk 🔥", "Kirkuk", True),
    ("Kirkuk كركوك 🔥", "Kirkuk كركوك", False),
])  # fmt: skip
def test_a_text_is_written_in_the_letters_of_the_screen_where_these_have_all_of_it(text, kept, same_letters):
    shown, _ = drawable(text, "bold")
    assert shown == kept
    assert (weight_for(shown, "bold") == "bold") == same_letters


def test_a_small_map_tells_where_a_picture_looks_and_covers_nothing():
    camera = looking_from(35.3, 44.0, 8, width=1136, height=620)
    free = Taken(Box(2, 2, 1134, 618))
    first = plan_inset(camera, free)
    assert first is not None
    assert first.camera.at(35.3, 44.0) == pytest.approx((first.camera.width / 2, first.camera.height / 2))
    second = plan_inset(camera, free)
    assert second is not None
    assert (second.left, second.top) != (first.left, first.top)  # that corner is taken now
    full = Taken(Box(2, 2, 1134, 618))
    full.add(Box(0, 0, 1136, 620))
    assert plan_inset(camera, full) is None
    world = looking_from(20, 20, 2, width=1136, height=620)
    assert plan_inset(world, Taken(Box(2, 2, 1134, 618))) is None
    chosen = land.region_lines("IQ")  # all corners lie in Iraq at this zoom
    inside = looking_from(33.2, 43.5, 9, width=1136, height=620)
    assert plan_inset(inside, Taken(Box(2, 2, 1134, 618)), chosen) is None


def test_a_card_of_a_window_shows_the_events_of_that_window_as_large_as_it_can(sheet):
    view = View(lat=35.4, lon=44.3, zoom=7)
    window = sheets.camera_of(replace(sheet, view=view), 1136.0, 620.0).window()
    spots = [spot for spot in sheet.marks.spots if window.holds(spot["lat"], spot["lon"])]
    assert spots
    card = sheets.camera_of(replace(sheet, view=view), 1200.0, 420.0)
    assert all(card.window().holds(spot["lat"], spot["lon"]) for spot in spots)
    assert 7 - 0.57 < card.zoom <= 7  # by the height alone it would look from log2(420 / 620) further away
    nothing = View(lat=-40.0, lon=-120.0, zoom=7)
    assert sheets.camera_of(replace(sheet, view=nothing), 1200.0, 420.0).window().holds(-40, -120)
