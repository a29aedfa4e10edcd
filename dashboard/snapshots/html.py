"""A view as one HTML file: map, cards, sources; it opens from a disk without a network.

It is drawn by the same scripts as the living map. Everything that comes from articles is escaped
twice over: cards are markup made by `dashboard.cards`, data are JSON that cannot end its script,
and a content security policy lets nothing run but the scripts that are named by their hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from html import escape
from typing import TYPE_CHECKING, Any

from dashboard import resources
from dashboard.assets import SNAPSHOT_SCRIPTS, text
from dashboard.cards import card_html, safe_link
from dashboard.map_ids import area_id
from dashboard.maps.clip import layers_in, region_in
from dashboard.maps.colours import palette
from dashboard.maps.data import Window, labels_of, named_places
from dashboard.snapshots.marks import few
from dashboard.snapshots.record import EVENTS_FILE
from dashboard.snapshots.sheet import outlines
from dashboard.texts import ATTRIBUTION, REPORTS_NOT_FACTS, count_words
from geodata.errors import ConflictmapError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.snapshots.record import Record
    from dashboard.snapshots.sheet import Box, Sheet
    from geodata.regions import Regions
    from geodata.store.results import StoredEvent
    from geodata.view import View

LISTED = 1000  # events with a card in one page: about 2 MB
_MARGIN = 0.9  # of the first window's size, to each side: one zoom step out still shows land
_PIXELS_WIDE, _PIXELS_HIGH = 1100, 640
_TOWN_ZOOM_MOST = 10


def page_of(sheet: Sheet) -> bytes:
    """Return a snapshot as one self-contained HTML file, UTF-8."""
    view, regions = sheet.view, resources.regions()
    marks = few(sheet.marks)
    window = _window(view, sheet.box)
    covered = _covered(window)
    data = {
        "palette": palette(),
        "attribution": escape(ATTRIBUTION),
        "points": marks.points,
        "cells": marks.cells,
        "areas": marks.areas,
        "regions": _shapes((area["region"] for area in marks.areas), regions, covered) | outlines(view),
        "filtered": list(outlines(view)),
        "basemap": _basemap(regions, covered),
        "bounds": [[window.south, window.west], [window.north, window.east]],
        "covered": [[covered.south, covered.west], [covered.north, covered.east]],
        "window": None if view.lat is None else {"lat": view.lat, "lon": view.lon, "zoom": view.zoom or 6},
        "selected": _selected(view, sheet.events),
    }
    return _page(sheet, data).encode()


def safe_json(value: object) -> str:
    r"""Write JSON that can stand inside a script element.

    ``<`` is written as ``\u003c``, so no text can end the script or begin a comment; the two line
    separators of Unicode are written as escapes as well.
    """
    made = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        made = made.replace(letter, f"\\u{ord(letter):04x}")
    return made


def _window(view: View, box: Box) -> Window:
    """Return what the file's map shows at first: the view's window and all of its events."""
    south, west, north, east = box
    if view.lat is not None and view.lon is not None:
        degrees = 360.0 / (256 * 2 ** (view.zoom or 6))
        tall, wide = degrees * _PIXELS_HIGH / 2, degrees * _PIXELS_WIDE / 2
        south, north = min(south, view.lat - tall), max(north, view.lat + tall)
        west, east = min(west, view.lon - wide), max(east, view.lon + wide)
    return Window(south, west, north, east)


def _covered(window: Window) -> Window:
    """Return what the file's base map covers: the window in the shape of a screen, with a margin."""
    narrowing = math.cos(
        math.radians((window.south + window.north) / 2)
    )  # a degree of longitude in degrees of latitude
    tall = max(window.north - window.south, 1.0)
    wide = max((window.east - window.west) * narrowing, 1.0)
    tall, wide = max(tall, wide * _PIXELS_HIGH / _PIXELS_WIDE), max(wide, tall * _PIXELS_WIDE / _PIXELS_HIGH)
    half_tall, half_wide = tall * (0.5 + _MARGIN), wide * (0.5 + _MARGIN) / narrowing
    lat, lon = (window.south + window.north) / 2, (window.west + window.east) / 2
    return Window(
        max(lat - half_tall, -85.0),
        max(lon - half_wide, -180.0),
        min(lat + half_tall, 85.0),
        min(lon + half_wide, 180.0),
    )


def _basemap(regions: Regions, window: Window) -> dict[str, Any]:
    gazetteer = resources.gazetteer()
    labels = labels_of(regions, named_places(gazetteer) if gazetteer else (), window=window)
    labels["towns"] = [town for town in labels["towns"] if town[3] <= _most_detailed(window)]
    return {"layers": layers_in(regions, window), "labels": labels}


def _most_detailed(window: Window) -> int:
    # A file of the whole world needs no villages.
    wide = window.east - window.west
    return next((zoom for limit, zoom in ((3, 12), (8, _TOWN_ZOOM_MOST), (25, 8), (80, 6)) if wide <= limit), 5)


def _shapes(region_ids: Iterable[str], regions: Regions, window: Window) -> dict[str, Any]:
    shapes = {}
    for region_id in dict.fromkeys(region_ids):
        try:
            shapes[region_id] = region_in(regions, region_id, window)
        except ConflictmapError:
            continue
    return shapes


def _selected(view: View, events: list[StoredEvent]) -> dict[str, str] | None:
    for stored in events:
        place = stored.event.place
        if stored.event.id == view.event and place is not None:
            if place.precision.is_area:
                return {"event": view.event, "place": "", "region": area_id(place)}
            return {"event": view.event, "place": place.id, "region": ""}
    return None


def _no_files(css: str) -> str:
    """Return a style sheet that asks for no other file: Leaflet's pictures are not used here."""
    return re.sub(r"url\([^)]*\)", "none", re.sub(r"@font-face\s*{[^}]*}", "", css))


def _script(code: str) -> tuple[str, str]:
    # A script element ends at the first "</script", whatever stands around it.
    safe = re.sub(r"//# sourceMappingURL=\S+", "", code).replace("</script", "<\\/script")
    digest = base64.b64encode(hashlib.sha256(safe.encode()).digest()).decode()
    return f"<script>{safe}</script>", f"'sha256-{digest}'"


def _cards(events: list[StoredEvent]) -> str:
    pieces = []
    for stored in events:
        button = ""
        if stored.event.place is not None:
            button = f'<button type="button" data-show="{escape(stored.event.id)}">Show on map</button>'
        pieces.append(f'<li class="item">{card_html(stored)}{button}</li>')
    return "\n".join(pieces)


def source_items(record: Record) -> str:
    """Return the publishers as list items, each a link to one of its articles where it has a safe address."""
    items = []
    for source in record.sources:
        name = escape(source.name or "Not named")
        link = safe_link(source.url)
        if link:
            name = f'<a href="{escape(link)}" target="_blank" rel="noopener noreferrer nofollow">{name}</a>'
        items.append(f"<li>{name} ({escape(count_words(source.articles, 'article'))})</li>")
    if record.sources_more:
        items.append(f"<li>and {record.sources_more:,} more, see the data files</li>")
    return "".join(items)


def facts_html(record: Record) -> str:
    """Return what has to be known of a snapshot, below its title."""
    said = [f"Filters: {record.words}. {record.period}", record.missing]
    paragraphs = [f"<p>{escape(' '.join(said))}</p>"]
    told = " ".join(record.limits)
    if told:
        paragraphs.append(f'<p class="limits">{escape(told)}</p>')
    return "".join(paragraphs)


def title_html(record: Record) -> str:
    """Return title, sentence and note."""
    title = f'<h1 dir="auto">{escape(record.title)}</h1>' if record.title else ""
    note = f'<p class="note" dir="auto">{escape(record.note)}</p>' if record.note else ""
    tag = "p" if record.title else "h1"
    said = f"<strong>{escape(record.head)}</strong> {escape(record.tail)}"
    return f'{title}<{tag} class="sentence" data-testid="sentence">{said}</{tag}>{note}'


def _page(sheet: Sheet, data: dict[str, Any]) -> str:
    record, events = sheet.record, sheet.events
    scripts = [
        _script(text("leaflet/leaflet.js")),
        *(_script(text(f"conflictmap/{name}")) for name in SNAPSHOT_SCRIPTS),
    ]
    policy = "; ".join(
        [
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            f"script-src {' '.join(digest for _, digest in scripts)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    styles = [
        _no_files(text("leaflet/leaflet.css")),
        *(_no_files(text(f"conflictmap/{name}")) for name in ("map.css", "cards.css", "snapshot.css")),
    ]
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{escape(record.title or record.sentence)}</title>
<style>
{chr(10).join(styles)}
</style>
</head>
<body>
<header>
{title_html(record)}
{facts_html(record)}
</header>
<main>
<div id="map" role="region" aria-label="Map of the reported events"></div>
<section id="list" aria-labelledby="list-heading">
<div class="list-head"><h2 id="list-heading">{escape(_list_heading(record, len(events)))}</h2>
<button type="button" id="show-all" hidden>Show all</button></div>
<ul>
{_cards(events)}
</ul>
</section>
</main>
<footer>
<details><summary>Sources</summary><ul class="sources">{source_items(record)}</ul></details>
<p>{escape(REPORTS_NOT_FACTS)} {escape(record.disclaimer)}</p>
<p class="credit">{escape(record.attribution)}. {escape(record.made)}.</p>
<p>This view has the address <code>{escape(record.permalink or "?" + record.query)}</code>.</p>
<p>SHA-256 of {EVENTS_FILE}: <code>{escape(record.sha256)}</code></p>
</footer>
<script type="application/json" id="conflictmap-data">{safe_json(data)}</script>
{chr(10).join(script for script, _ in scripts)}
</body>
</html>
"""


def _list_heading(record: Record, listed: int) -> str:
    words = count_words(record.events, "reported event")
    return words if listed >= record.events else f"The newest {listed:,} of {words}"
