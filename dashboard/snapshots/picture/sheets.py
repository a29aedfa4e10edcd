"""The layouts: a picture for the web, one for social networks, a page for print."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from matplotlib.patches import Circle, Rectangle

from dashboard.maps.colours import QUAD_COLOURS, QUAD_ORDER
from dashboard.snapshots.picture.blocks import LEFT_OUT, Block, block, draw, height, lacks_signs
from dashboard.snapshots.picture.camera import Camera, looking_at, looking_from
from dashboard.snapshots.picture.canvas import Canvas
from dashboard.snapshots.picture.fonts import PX, width
from dashboard.snapshots.picture.map_drawing import COLOURS, MapDrawing, Plan, lay_out, mark_patches
from dashboard.snapshots.record import EVENTS_FILE
from dashboard.snapshots.sheet import box_within
from dashboard.texts import APP_NAME, REPORTS_NOT_FACTS, count_words
from geodata.ontology import Quad

if TYPE_CHECKING:
    from dashboard.snapshots.sheet import Sheet

INK, SOFT, FAINT = "#111111", "#4A4A48", "#5F5D58"
_WEB_WIDE, _WEB_MARGIN, _WEB_MAP = 1200.0, 32.0, 620.0
_CARD_WIDE, _CARD_HIGH = 1200.0, 630.0
_A4_WIDE, _A4_HIGH, _A4_MARGIN = 827.0, 1169.0, 52.0
_A4_MAP_LEAST, _A4_MAP_MOST = 300.0, 720.0
_PADDING = 44.0
_LEGEND = 24.0  # px high, one row
_LONGEST = "x" * 140  # room for what cannot be shown
_PRECISION = (
    "A dot or ring is a site (±1 km), a settlement (±5 km) or a district (±25 km); the number is that of the events."
)


def web(sheet: Sheet) -> Canvas:
    """Return the picture for web pages: 1200 pixels wide, as high as its texts need."""
    wide = _WEB_WIDE - 2 * _WEB_MARGIN
    above = _heading(sheet, wide, title=30.0, text=15.0)
    camera = camera_of(sheet, wide, _WEB_MAP)
    plan = lay_out(sheet, camera)
    below = _facts(sheet, wide, size=13.0, left_out=_left_out(plan), source_lines=2)
    tall = _WEB_MARGIN + height(above) + _WEB_MAP + 10 + 2 * _LEGEND + 8 + height(below) + _WEB_MARGIN - 6
    canvas = Canvas(_WEB_WIDE, round(tall))
    top = draw(canvas, above, left=_WEB_MARGIN, top=_WEB_MARGIN)
    MapDrawing(canvas, camera, left=_WEB_MARGIN, top=top).draw(sheet, plan)
    top = _legend(canvas, sheet, left=_WEB_MARGIN, top=top + _WEB_MAP + 10, wide=wide, size=14.0)
    draw(canvas, below, left=_WEB_MARGIN, top=top + 8)
    return canvas


def paper(sheet: Sheet) -> Canvas:
    """Return the page for print: A4, upright."""
    wide = _A4_WIDE - 2 * _A4_MARGIN
    above = _heading(sheet, wide, title=27.0, text=14.0)
    room = _A4_HIGH - 2 * _A4_MARGIN - height(above) - 10 - 3 * _LEGEND - 8
    for source_lines in (12, 6, 3, 1):
        below = _facts(sheet, wide, size=12.0, left_out=_LONGEST, source_lines=source_lines)
        if room - height(below) >= _A4_MAP_LEAST:
            break
    tall = min(max(room - height(below), _A4_MAP_LEAST), _A4_MAP_MOST)
    camera = camera_of(sheet, wide, tall)
    plan = lay_out(sheet, camera)
    below = _facts(sheet, wide, size=12.0, left_out=_left_out(plan), source_lines=source_lines)
    canvas = Canvas(_A4_WIDE, _A4_HIGH)
    top = draw(canvas, above, left=_A4_MARGIN, top=_A4_MARGIN)
    MapDrawing(canvas, camera, left=_A4_MARGIN, top=top).draw(sheet, plan)
    top = _legend(canvas, sheet, left=_A4_MARGIN, top=top + tall + 10, wide=wide, size=13.0)
    draw(canvas, below, left=_A4_MARGIN, top=top + 8)
    return canvas


def card(sheet: Sheet) -> Canvas:
    """Return the picture that social networks show beside a link: 1200 by 630 pixels."""
    record = sheet.record
    wide = _CARD_WIDE - 96
    title = block(record.title or record.head, wide=wide, lines=2, size=42, colour=INK, weight="bold", after=6)
    said = block(record.sentence, wide=wide, lines=2, size=23, colour=SOFT, after=0)
    head = height([title, said]) + 44
    foot = 76.0
    camera = camera_of(sheet, _CARD_WIDE, _CARD_HIGH - head - foot)
    canvas = Canvas(_CARD_WIDE, _CARD_HIGH)
    draw(canvas, [title, said], left=48, top=24)
    MapDrawing(canvas, camera, left=0, top=head).draw(sheet, lay_out(sheet, camera))
    _legend(canvas, sheet, left=48, top=_CARD_HIGH - foot + 6, wide=wide, size=17, shapes=False)
    canvas.text((48, _CARD_HIGH - 22), f"{APP_NAME} · {record.attribution}", size=15, colour=FAINT)
    return canvas


def camera_of(sheet: Sheet, wide: float, tall: float) -> Camera:
    """Return where a picture looks: the view's own window, else what shows its events.

    A window is known by its centre and zoom alone, so it is taken to be as large as the map of `web`. A smaller
    picture shows the events of that window, as large as it can; where there are none it looks from further away.
    """
    view = sheet.view
    padding = min(_PADDING, tall / 8)
    if view.lat is None or view.lon is None or view.zoom is None:
        return looking_at(sheet.box, width=wide, height=tall, padding=padding)
    full = looking_from(view.lat, view.lon, view.zoom, width=_WEB_WIDE - 2 * _WEB_MARGIN, height=_WEB_MAP)
    smaller = min(1.0, wide / full.width, tall / full.height)
    farther = looking_from(view.lat, view.lon, view.zoom + math.log2(smaller), width=wide, height=tall)
    box = box_within(sheet, full.window())
    if smaller == 1.0 or box is None:
        return farther
    closer = looking_at(box, width=wide, height=tall, padding=padding)
    return replace(closer, zoom=min(closer.zoom, view.zoom)) if closer.zoom > farther.zoom else farther


def _heading(sheet: Sheet, wide: float, *, title: float, text: float) -> list[Block]:
    record = sheet.record
    made = []
    if record.title:
        made.append(block(record.title, wide=wide, lines=2, size=title, colour=INK, weight="bold", after=4))
    made.append(block(record.sentence, wide=wide, lines=3, size=text + 1.5, colour=SOFT, after=4))
    if record.note:
        made.append(block(record.note, wide=wide, lines=4, size=text, colour=SOFT, after=4))
    made.append(
        block(f"Filters: {record.words}. {record.period}", wide=wide, lines=3, size=text - 1, colour=FAINT, after=10)
    )
    return made


def _facts(sheet: Sheet, wide: float, *, size: float, left_out: str, source_lines: int) -> list[Block]:
    """Return what stands below the map."""
    record = sheet.record
    said = [record.missing, *record.limits]
    if left_out:
        said.append(left_out)
    rows = [(" ".join(said), 4, 5.0)]
    sources = record.source_words(len(record.sources))
    rows.append((f"Sources (articles): {sources or 'none'}.", source_lines, 5.0))
    rows.append((f"{REPORTS_NOT_FACTS} {record.disclaimer}", 4, 5.0))
    rows.append((f"{record.attribution}. Web Mercator, north is up.", 2, 5.0))
    if lacks_signs(record.title, record.note):
        rows.append((LEFT_OUT, 1, 5.0))
    rows.append((record.made + (f" · {record.permalink}" if record.permalink else ""), 3, 5.0))
    rows.append((f"SHA-256 of {EVENTS_FILE}: {record.sha256}", 2, 0.0))
    return [block(text, wide=wide, lines=lines, size=size, colour=FAINT, after=after) for text, lines, after in rows]


def _left_out(plan: Plan) -> str:
    """Say what a picture cannot show, so that nobody takes it for all there is."""
    said = []
    if plan.outside:
        said.append(f"{count_words(plan.outside, 'event')} outside of this picture")
    if plan.unlabelled:
        said.append(f"{count_words(plan.unlabelled, 'event')} in areas without room for a label or without an outline")
    return f"In the files but not to be read here: {', '.join(said)}." if said else ""


def _legend(
    canvas: Canvas, sheet: Sheet, *, left: float, top: float, wide: float, size: float, shapes: bool = True
) -> float:
    """Draw what colours and shapes mean; return where it ends."""
    counted: Counter[int] = Counter()
    for mark in (*sheet.marks.spots, *sheet.marks.areas):
        counted.update({int(quad): count for quad, count in mark["quads"].items()})
    x, y = left, top + _LEGEND / 2
    for quad in QUAD_ORDER:
        words = f"{Quad(quad).label} {counted[int(quad)]:,}"
        needs = size + 6 + width(words, "regular", size) + 22
        if x + needs > left + wide + 22 and x > left:
            x, y = left, y + _LEGEND
        reach = size * 0.42
        canvas.patches([Circle((x + reach, y), reach, facecolor=QUAD_COLOURS[quad], edgecolor="none")])
        canvas.text((x + 2 * reach + 6, y), words, size=size, colour=SOFT)
        x += needs
    if shapes:
        y = _shapes(canvas, left, y + _LEGEND, size=size, wide=wide)
    return y + _LEGEND / 2


def _shapes(canvas: Canvas, left: float, y: float, *, size: float, wide: float) -> float:
    sample = {str(int(quad)): 1 for quad in QUAD_ORDER[:3]}
    canvas.patches(mark_patches((left + 9, y), 3, sample, size=8.0))
    words = _PRECISION
    canvas.text((left + 24, y), words, size=size, colour=SOFT)
    after = left + 24 + width(words, "regular", size) + 18
    area = "only the area is known"
    if after + 26 + width(area, "regular", size) > left + wide:
        after, y = left, y + _LEGEND
    canvas.patches([Rectangle((after, y - 6), 18, 12, facecolor=COLOURS["faint"], alpha=0.2, edgecolor="none")])
    canvas.add(
        Rectangle(
            (after, y - 6), 18, 12, facecolor="none", edgecolor=COLOURS["faint"], linewidth=1.2 * PX, linestyle=":"
        )
    )
    canvas.text((after + 26, y), area, size=size, colour=SOFT)
    return y
