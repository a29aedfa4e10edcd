"""A view as KML 2.2 (OGC 07-147r2) for Google Earth and its kin: lon, lat, WGS 84.

One placemark an event, in a folder for each class of event, in the class's colour. An event that
is known only to an area has no point; the area is drawn once, in a folder of its own, with the
number of its events. The file asks for nothing from the network, not even for a pin.
"""

from __future__ import annotations

import contextlib
import html
import re
import shutil
import tempfile
from collections import Counter
from typing import IO, TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from geodata.event import Precision
from geodata.exports.common import DECIMALS, point_of, said
from geodata.ontology import EventType, Quad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from geodata.exports.common import Meta
    from geodata.store import Store
    from geodata.view import View

FIELDS = {
    "id": "string", "type": "string", "mode": "string", "quad": "int", "acled_like": "string", "contexts": "string",
    "source_actors": "string", "target_actors": "string",
    "date_start": "string", "date_end": "string", "date_precision": "string", "date_basis": "string",
    "undated_reason": "string",
    "place_name": "string", "precision": "string", "country": "string", "admin1": "string", "region": "string",
    "regions": "string", "place_id": "string", "place_text": "string", "place_basis": "string",
    "unplaced_reason": "string",
    "fatalities": "int", "fatalities_low": "int", "fatalities_high": "int", "injured": "int",
    "quote": "string", "claimed_by": "string", "confidence": "double",
    "article_id": "string", "title": "string", "source": "string", "published": "string", "url": "string",
}  # fmt: skip

# What XML 1.0 has no place for, escaped or not (section 2.2).
_ILLEGAL = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_NO_XML = re.compile(_ILLEGAL)
_TO_ESCAPE = re.compile(f"[&<>]|{_ILLEGAL}")
_NO_NAME = re.compile(r"[^A-Za-z0-9.-]")  # an id must be an XML name
_IN_MEMORY = 4 << 20  # bytes of a folder; a larger one is kept on disk until it is its turn
_LABELS = {str(kind): kind.label for kind in EventType}
_FOLDERS = tuple(sorted(Quad, reverse=True))  # the gravest first


def to_kml(
    store: Store,
    view: View,
    file: IO[str],
    *,
    colours: Mapping[Quad, str],
    meta: Meta | None = None,
    shape: Callable[[str], dict[str, Any] | None] | None = None,
    name_of: Callable[[str], str] = str,
) -> int:
    """Write the events of a view as KML, one event a placemark, oldest first in each folder.

    Text in a balloon is HTML to Google Earth, so text of articles is escaped for HTML and for XML.
    An event of one day has a time stamp, one of several days a time span; an undated one neither.

    Parameters
    ----------
    store, view
        What to write.
    file
        Open for text, with ``encoding="utf-8"``.
    colours
        ``#RRGGBB`` of each class.
    meta
        What the file says about itself.
    shape
        Region id -> GeoJSON geometry (or None when it has none), when areas are to be drawn.
    name_of
        Region id -> its name.

    Returns
    -------
    int
        Events written.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    written = 0
    areas: Counter[str] = Counter()
    with contextlib.ExitStack() as stack:
        folders = {quad: stack.enter_context(_spool()) for quad in _FOLDERS}
        held: Counter[Quad] = Counter()
        for batch in store.batches(view):
            for row in batch.to_pylist():
                quad = Quad(row["quad"])
                folders[quad].write(_placemark(row, name_of))
                held[quad] += 1
                if row["area"] is not None:
                    areas[row["area"]] += 1
            written += batch.num_rows
        for piece in _head(colours, said(store, meta), written):
            file.write(piece)
        for quad in _FOLDERS:
            if held[quad]:
                file.write(f"<Folder><name>{quad.label} ({held[quad]:,})</name>\n")
                folders[quad].seek(0)
                shutil.copyfileobj(folders[quad], file)
                file.write("</Folder>\n")
    for piece in _outlines(areas, shape, name_of) if shape else ():
        file.write(piece)
    file.write("</Document></kml>\n")
    return written


def text(value: object) -> str:
    """Return text as it can stand in an element: escaped, without what XML cannot hold."""
    shown = str(value)
    return escape(_NO_XML.sub(" ", shown)) if _TO_ESCAPE.search(shown) else shown


def _spool() -> IO[str]:
    return tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+", encoding="utf-8", newline="")


def _head(colours: Mapping[Quad, str], meta: Mapping[str, Any], written: int) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:atom="http://www.w3.org/2005/Atom"><Document>\n'
    yield f"<name>{text(meta.get('title') or meta.get('view') or 'Reported events')}</name><open>1</open>\n"
    url = str(meta.get("url", ""))
    if url.startswith(("http://", "https://")):
        yield f"<atom:link href={quoteattr(_NO_XML.sub(' ', url))}/>\n"
    said = [
        f"{written:,} reported {'event' if written == 1 else 'events'}. {meta.get('limits', '')}",
        f"Filters: {meta['view']}." if meta.get("view") else "",
        "The classes have colours. A site is known to 1 km, a settlement to 5 km, a district to 25 km.",
        str(meta.get("disclaimer", "")),
        str(meta.get("attribution", "")),
        f"Made {meta['generated']} from data version {meta['store_version']}." if meta.get("generated") else "",
        url,
    ]
    yield f"<description>{text(_paragraphs(said))}</description>\n"
    for quad in _FOLDERS:
        yield from _styles(quad, colours[quad])
    line, fill = _colour("#696762", 0xFF), _colour("#696762", 0x22)
    yield f'<Style id="area"><LineStyle><color>{line}</color><width>1.5</width></LineStyle>'
    yield f"<PolyStyle><color>{fill}</color></PolyStyle>{_BALLOON}</Style>\n"
    yield '<Schema name="event" id="event">'
    for name, kind in FIELDS.items():
        yield f'<SimpleField type="{kind}" name="{name}"/>'
    yield "</Schema>\n"


# Without a balloon of its own Google Earth shows all data fields, and takes their text for HTML.
_BALLOON = "<BalloonStyle><text>$[description]</text></BalloonStyle>"


def _styles(quad: Quad, colour: str) -> Iterator[str]:
    """Yield the style of a class: names only show under the pointer."""
    for state, scale, label in (("normal", 0.7, 0), ("over", 0.9, 1)):
        yield f'<Style id="quad{int(quad)}-{state}"><IconStyle><color>{_colour(colour, 0xFF)}</color>'
        yield f"<scale>{scale}</scale></IconStyle><LabelStyle><scale>{label}</scale></LabelStyle>{_BALLOON}</Style>\n"
    yield f'<StyleMap id="quad{int(quad)}">'
    for key, state in (("normal", "normal"), ("highlight", "over")):
        yield f"<Pair><key>{key}</key><styleUrl>#quad{int(quad)}-{state}</styleUrl></Pair>"
    yield "</StyleMap>\n"


def _colour(hexadecimal: str, alpha: int) -> str:
    """Return ``#RRGGBB`` as KML writes it: alpha, blue, green, red."""
    red, green, blue = hexadecimal[1:3], hexadecimal[3:5], hexadecimal[5:7]
    return f"{alpha:02x}{blue}{green}{red}".lower()


def _placemark(row: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    pieces = [
        f'<Placemark id="{_id(row["id"])}"><name>{text(_name(row))}</name>',
        f'<Snippet maxLines="1">{text(_when(row))}</Snippet>',
        f"<description>{text(_balloon(row, name_of))}</description>",
        _time(row),
        f"<styleUrl>#quad{row['quad']}</styleUrl>",
        '<ExtendedData><SchemaData schemaUrl="#event">',
    ]
    for name in FIELDS:
        value = row["area"] if name == "region" else row[name]
        if value is None or value in ("", []):
            continue
        shown = "; ".join(value) if isinstance(value, list) else value
        pieces.append(f'<SimpleData name="{name}">{text(shown)}</SimpleData>')
    pieces.append("</SchemaData></ExtendedData>")
    point = point_of(row)
    if point:
        pieces.append(f"<Point><coordinates>{_position(*point)}</coordinates></Point>")
    return "".join([*pieces, "</Placemark>\n"])


def _id(event: str) -> str:
    return "event-" + _NO_NAME.sub(lambda found: f"_{ord(found[0]):x}_", event)


def _name(row: Mapping[str, Any]) -> str:
    return f"{_label(row['type'])}, {row['place_name'] or 'not placed'}"


def _label(kind: str) -> str:
    return _LABELS.get(kind, kind)


def _when(row: Mapping[str, Any]) -> str:
    first, last = row["date_start"], row["date_end"]
    if first is None:
        return f"not dated. {row['undated_reason'] or ''}".strip()
    return str(first) if first == last else f"{first} to {last}"


def _time(row: Mapping[str, Any]) -> str:
    first, last = row["date_start"], row["date_end"]
    if first is None:
        return ""
    if first == last:
        return f"<TimeStamp><when>{first}</when></TimeStamp>"
    return f"<TimeSpan><begin>{first}</begin><end>{last}</end></TimeSpan>"


def _where(row: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    if row["area"] is not None:
        return f"somewhere in {name_of(row['area'])}: no closer place is known"
    if row["place_name"] is None:
        return f"not placed. {row['unplaced_reason'] or ''}".strip()
    radius = Precision(row["precision"]).radius_km if row["precision"] else None
    return f"{row['place_name']} ({row['precision']}, ±{radius:g} km)" if radius else str(row["place_name"])


def _balloon(row: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    """Return what Google Earth shows of an event, as HTML in which all that came from outside is escaped."""
    who = " → ".join(", ".join(row[side]) for side in ("source_actors", "target_actors") if row[side])
    lines = [
        f"<b>{_html(_label(row['type']))}</b>{f': {_html(who)}' if who else ''}",
        f"When: {_html(_when(row))}",
        f"Where: {_html(_where(row, name_of))}",
        f"<q>{_html(row['quote'])}</q>" if row["quote"] else "",
        f"Claimed by {_html(row['claimed_by'])}" if row["claimed_by"] else "",
        _article(row),
    ]
    return "<br/>".join(line for line in lines if line)


def _article(row: Mapping[str, Any]) -> str:
    title, url = _html(row["title"] or row["url"] or ""), row["url"] or ""
    if url.lower().startswith(("http://", "https://")):
        title = f'<a href="{_html(url)}">{title}</a>'
    about = ", ".join(_html(value) for value in (row["source"], row["published"]) if value)
    return " · ".join(part for part in (title, about) if part)


def _html(value: object) -> str:
    # Google Earth puts the fields of a placemark in place of $[name].
    return html.escape(str(value)).replace("$[", "$&#91;")


def _paragraphs(said: Iterable[str]) -> str:
    return "".join(f"<p>{_html(words.strip())}</p>" for words in said if words.strip())


def _position(lon: float, lat: float) -> str:
    return f"{round(lon, DECIMALS):.{DECIMALS}f},{round(lat, DECIMALS):.{DECIMALS}f}"


def _outlines(
    areas: Counter[str], shape: Callable[[str], dict[str, Any] | None], name_of: Callable[[str], str]
) -> Iterator[str]:
    """Yield a folder with the outline of each area that events are known to, and no closer."""
    drawn = [(area, count, shape(area)) for area, count in sorted(areas.items(), key=lambda one: (-one[1], one[0]))]
    if not any(geometry for _, _, geometry in drawn):
        return
    yield "<Folder><name>Areas of events without a closer place</name>\n"
    for area, count, geometry in drawn:
        if geometry:
            words = f"{count:,} {'event' if count == 1 else 'events'} somewhere in {name_of(area)}"
            yield f'<Placemark id="area-{_NO_NAME.sub("_", area)}"><name>{text(words)}</name>'
            yield "<styleUrl>#area</styleUrl>" + "".join(_geometry(geometry)) + "</Placemark>\n"
    yield "</Folder>\n"


def _geometry(geometry: Mapping[str, Any]) -> Iterator[str]:
    """Yield a GeoJSON polygon, or several, as KML."""
    if geometry["type"] == "MultiPolygon":
        yield "<MultiGeometry>"
        for rings in geometry["coordinates"]:
            yield from _polygon(rings)
        yield "</MultiGeometry>"
    elif geometry["type"] == "Polygon":
        yield from _polygon(geometry["coordinates"])


def _polygon(rings: list[Any]) -> Iterator[str]:
    yield "<Polygon><tessellate>1</tessellate>"
    for number, ring in enumerate(rings):
        side = "innerBoundaryIs" if number else "outerBoundaryIs"
        points = " ".join(_position(lon, lat) for lon, lat, *_ in ring)
        yield f"<{side}><LinearRing><coordinates>{points}</coordinates></LinearRing></{side}>"
    yield "</Polygon>"
