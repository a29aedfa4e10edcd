"""README.txt of a snapshot: the same facts for a person with a text editor."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from dashboard.snapshots.record import EVENTS_FILE, NAME
from dashboard.texts import REPORTS_NOT_FACTS

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.snapshots.record import Record

_WIDE = 100  # columns
ABOUT_FILES = {
    "map.html": "the map with the reports, in one page; opens in any browser, also without a network",
    "map.png": "the map as a picture",
    "map@2x.png": "the same with twice as many pixels",
    "card.png": "1200 by 630 pixels, for social networks",
    "map.svg": "the map as vectors",
    "map.pdf": "A4, for print",
    EVENTS_FILE: "the events as canonical GeoJSON (longitude, latitude; WGS 84): the hash below is of this file",
    "events.sha256": "a short hash of each event, so that conflictmap verify can say which one was changed",
    "events.csv": "the events as a table (UTF-8)",
    "events.kml": "the events for Google Earth",
    "events.parquet": "the events as GeoParquet",
    NAME: "what this snapshot says about itself, with the SHA-256 of every file",
    "README.txt": "these facts as plain text",
}
VERIFY = "To check that nothing was changed: conflictmap verify FILE.zip (or any SHA-256 tool on " + EVENTS_FILE + ")."


def readme(record: Record, files: Collection[str]) -> str:
    """Return the text, which ends its lines as every editor reads them."""
    parts = [record.title or record.sentence]
    parts.append("=" * min(len(parts[0]), _WIDE))
    if record.title:
        parts.append(record.sentence + ".")
    parts += [record.note, f"Filters: {record.words}.", record.period, record.missing, *record.limits]
    parts += ["", REPORTS_NOT_FACTS, record.disclaimer, f"{record.attribution}.", ""]
    parts.append("Sources, with the number of their articles")
    parts += [
        f"  {source.name or 'not named'}: {source.articles:,}  {source.url}".rstrip() for source in record.sources
    ]
    if record.sources_more:
        parts.append(f"  and {record.sources_more:,} more")
    parts += ["", "Files"]
    named = [*ABOUT_FILES]
    parts += [f"  {name}: {ABOUT_FILES[name]}" for name in named if name in files or name in {NAME, "README.txt"}]
    parts += ["", f"{record.made}."]
    parts += [
        f"Live view: {record.permalink or '?' + record.query}",
        f"SHA-256 of {EVENTS_FILE}: {record.sha256}",
        VERIFY,
    ]
    lines = []
    for part in parts:
        for line in part.split("\n"):
            lines += textwrap.wrap(
                line, _WIDE, subsequent_indent=" " * (len(line) - len(line.lstrip())), break_long_words=False
            ) or [""]
    return "\r\n".join(_collapsed(lines)) + "\r\n"


def _collapsed(lines: list[str]) -> list[str]:
    """Return the lines with no two empty ones in a row."""
    return [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
