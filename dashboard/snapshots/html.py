"""A view as one HTML file: map, cards, sources; it opens from a disk without a network.

It is drawn by the same scripts as the living map. Everything that comes from articles is escaped
twice over: cards are markup made by `dashboard.cards`, data are JSON that cannot end its script,
and a content security policy lets nothing run but the scripts that are named by their hash.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import math
import re
from html import escape
from typing import TYPE_CHECKING, Any

from dashboard import resources
from dashboard.assets import SNAPSHOT_SCRIPTS, text
from dashboard.cards import card_html
from dashboard.map_ids import area_id
from dashboard.maps.clip import layers_in
from dashboard.maps.colours import palette
from dashboard.maps.data import Window, labels_of, named_places, region_shape, with_labels
from dashboard.maps.gathered import gather
from dashboard.summary import sentence
from dashboard.texts import ATTRIBUTION, DISCLAIMER, REPORTS_NOT_FACTS, count_words
from geodata.errors import ConflictmapError
from geodata.view_url import encode_view
from geodata.view_words import view_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.regions import Regions
    from geodata.store.results import StoredEvent
    from geodata.store.store import Store
    from geodata.view import View

LIMIT = 1000  # events in one file: about 2 MB of cards
_MARGIN = 0.9  # of the first window's size, to each side: one zoom step out still shows land
_PIXELS_WIDE, _PIXELS_HIGH = 1100, 640
_TOWN_ZOOM_MOST = 10
_NOWHERE = Window(20.0, 20.0, 45.0, 65.0)


def view_to_html(store: Store, view: View, *, title: str) -> bytes:
    """Return a view as one self-contained HTML file.

    Parameters
    ----------
    store
        Where the events are.
    view
        What to show; its window is the first one shown, its period is absolute.
    title
        Plain text, for the browser's tab.

    Returns
    -------
    bytes
        UTF-8. At most `LIMIT` events are in it, the newest ones; if there are more, it says so.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    events = store.events(view, limit=LIMIT)
    counts = store.counts(view)
    regions = resources.regions()
    points, areas = gather(stored.event for stored in events)
    window = _window(view, points, areas)
    covered = _covered(window)
    data = {
        "palette": palette(),
        "attribution": escape(ATTRIBUTION),
        "points": points,
        "areas": with_labels(areas, regions),
        "regions": _shapes([*view.regions, *(area["region"] for area in areas)], regions),
        "filtered": list(view.regions),
        "basemap": _basemap(regions, covered),
        "bounds": [[window.south, window.west], [window.north, window.east]],
        "covered": [[covered.south, covered.west], [covered.north, covered.east]],
        "window": None if view.lat is None else {"lat": view.lat, "lon": view.lon, "zoom": view.zoom or 6},
        "selected": _selected(view, events),
    }
    head, tail = sentence(counts, view, resources.region_name)
    missing = "" if counts.events <= len(events) else f" The newest {len(events):,} are in this file."
    facts = [
        f"Filters: {view_in_words(view, region_name=resources.region_name)}.",
        f"{count_words(counts.not_placed, 'event')} could not be placed and {counts.undated:,} could not be dated.{missing}",
        f"Made {dt.datetime.now(tz=dt.UTC):%Y-%m-%d %H:%M} UTC. Dates are UTC days, first and last included.",
    ]
    return _page(
        title=title, head=head, tail=tail, facts=facts, events=events, data=data, query=encode_view(view)
    ).encode()


def safe_json(value: object) -> str:
    r"""Write JSON that can stand inside a script element.

    ``<`` is written as ``\u003c``, so no text can end the script or begin a comment; the two line
    separators of Unicode are written as escapes as well.
    """
    made = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        made = made.replace(letter, f"\\u{ord(letter):04x}")
    return made


def _window(view: View, points: list[dict[str, Any]], areas: list[dict[str, Any]]) -> Window:
    """Return what the file's map shows at first: the view's window and all of its events."""
    lats = [point["lat"] for point in points]
    lons = [point["lon"] for point in points]
    for region_id in (*view.regions, *(area["region"] for area in areas)):
        try:
            south, west, north, east = resources.regions().get(region_id).bbox
        except ConflictmapError:
            continue
        lats += [south, north]
        lons += [west, east]
    if view.lat is not None and view.lon is not None:
        degrees = 360.0 / (256 * 2 ** (view.zoom or 6))
        lats += [view.lat - degrees * _PIXELS_HIGH / 2, view.lat + degrees * _PIXELS_HIGH / 2]
        lons += [view.lon - degrees * _PIXELS_WIDE / 2, view.lon + degrees * _PIXELS_WIDE / 2]
    if not lats:
        return _NOWHERE
    return Window(min(lats), min(lons), max(lats), max(lons))


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


def _shapes(region_ids: Iterable[str], regions: Regions) -> dict[str, Any]:
    shapes = {}
    for region_id in dict.fromkeys(region_ids):
        try:
            shapes[region_id] = region_shape(regions, region_id)
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


def _page(
    *, title: str, head: str, tail: str, facts: list[str], events: list[StoredEvent], data: dict[str, Any], query: str
) -> str:
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
<title>{escape(title)}</title>
<style>
{chr(10).join(styles)}
</style>
</head>
<body>
<header>
<h1 data-testid="sentence"><strong>{escape(head)}</strong> {escape(tail)}</h1>
<p>{escape(" ".join(facts))}</p>
</header>
<main>
<div id="map" role="region" aria-label="Map of the reported events"></div>
<section id="list" aria-labelledby="list-heading">
<div class="list-head"><h2 id="list-heading">{escape(count_words(len(events), "reported event"))}</h2>
<button type="button" id="show-all" hidden>Show all</button></div>
<ul>
{_cards(events)}
</ul>
</section>
</main>
<footer>
<p>{escape(REPORTS_NOT_FACTS)} {escape(DISCLAIMER)}</p>
<p>{escape(ATTRIBUTION)}. This view has the address <code>?{escape(query)}</code>.</p>
</footer>
<script type="application/json" id="conflictmap-data">{safe_json(data)}</script>
{chr(10).join(script for script, _ in scripts)}
</body>
</html>
"""
