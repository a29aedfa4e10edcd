"""Which events of a changed `events.geojson` were added, removed or changed, and how."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import IO, TYPE_CHECKING, Any

from dashboard.snapshots.differ import describe, parse
from dashboard.snapshots.record import DIGESTS_FILE, EVENTS_FILE
from geodata.canonical import feature_line, line_digest
from geodata.exports.csv import neutral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.snapshots.containers import Container
    from dashboard.snapshots.differ import Feature

_MOST_TOLD = 20  # events of each kind
_LONGEST_LINE = 2_000_000  # bytes of one event
_LARGEST = 300_000_000  # bytes of a file that was laid out otherwise and has to be read whole
_CSV_FIELD = 10_000_000
_COMPARED = {
    "type": "the type",
    "source_actors": "who did it",
    "target_actors": "to whom",
    "date_start": "the first day",
    "date_end": "the last day",
    "place_name": "the place",
    "precision": "how exactly the place is known",
    "fatalities": "the number of deaths",
    "injured": "the number of injured",
    "quote": "the quote",
    "title": "the title of the article",
    "url": "the address of the article",
    "source": "the publisher",
    "published": "the day of publication",
}


def explain(container: Container, intact: set[str]) -> list[str]:
    """Say what is not as it was.

    Parameters
    ----------
    container
        Holds the changed file.
    intact
        Files that are as they were: the list of hashes says which events differ, the table how.
    """
    if DIGESTS_FILE not in intact:
        return [f"Which events differ cannot be said, because {DIGESTS_FILE} is not as it was either."]
    then = _digests(container)
    rows = _rows(container) if "events.csv" in intact else {}
    added: list[str] = []
    changed: list[str] = []
    seen: set[str] = set()
    try:
        for feature in _features(container):
            event = str(feature.get("id", ""))
            if event not in then or event in seen:
                added.append(describe(feature))
            elif line_digest(_canonical(feature)) != then[event]:
                how = "; ".join(_differences(rows[event], feature)) if event in rows else ""
                changed.append(describe(feature) + (f" ({how})" if how else ""))
            seen.add(event)
    except (ValueError, TypeError, KeyError, AttributeError):
        return [f"{EVENTS_FILE} is not GeoJSON any more: it cannot be read."]
    removed = [
        _row_words(rows[event]) if event in rows else f"the event {event}" for event in then if event not in seen
    ]
    said = [*_told("Added", added), *_told("Removed", removed), *_told("Changed", changed)]
    return said or [f"The events are the same: only the layout of {EVENTS_FILE} was changed."]


def _told(kind: str, events: list[str]) -> list[str]:
    said = [f"{kind}: {words}" for words in events[:_MOST_TOLD]]
    if len(events) > _MOST_TOLD:
        said.append(f"{kind}: {len(events) - _MOST_TOLD:,} more events.")
    return said


def _digests(container: Container) -> dict[str, str]:
    with container.open(DIGESTS_FILE) as file:
        pairs = (line.decode().rstrip("\n").split("  ", 1) for line in file)
        return {event: digest for digest, event in pairs}


def _rows(container: Container) -> dict[str, dict[str, str]]:
    csv.field_size_limit(_CSV_FIELD)
    with container.open("events.csv") as file:
        return {row["id"]: row for row in csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", newline=""))}


def _features(container: Container) -> Iterator[Feature]:
    """Yield the events of a file that anybody may have written."""
    with container.open(EVENTS_FILE) as file:
        first = file.readline(_LONGEST_LINE)
        second = file.readline(_LONGEST_LINE)
    if first.startswith(b'{"type":"FeatureCollection"') and second.startswith(b'{"type":"Feature"'):
        with container.open(EVENTS_FILE) as file:
            file.readline(_LONGEST_LINE)
            yield from _of_lines(file)
        return
    with container.open(EVENTS_FILE) as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        msg = "too large"
        raise ValueError(msg)
    try:
        whole = json.loads(content)
    except RecursionError as error:
        raise ValueError(str(error)) from error
    yield from (parse(json.dumps(feature).encode()) for feature in whole["features"])


def _of_lines(file: IO[bytes]) -> Iterator[Feature]:
    while line := file.readline(_LONGEST_LINE):
        text = line.strip().removesuffix(b",")
        if text == b"]}":
            return
        yield parse(text)


def _canonical(feature: Feature) -> bytes:
    """Return the line that an event would have, whatever way its JSON was laid out; empty when it would have none."""
    about = feature["properties"]
    lat = lon = None
    geometry = feature.get("geometry")
    if geometry is not None:
        lon, lat = (float(value) for value in geometry["coordinates"])
        if not (math.isfinite(lat) and math.isfinite(lon)):
            return b""
    try:
        return feature_line({**about, "id": feature["id"], "lat": lat, "lon": lon, "area": about["region"]})
    except KeyError:
        return b""


def _differences(row: dict[str, str], feature: Feature) -> list[str]:
    about = feature["properties"]
    said = []
    for key, name in _COMPARED.items():
        now = _cell(about.get(key))
        if row.get(key, "") != now:
            said.append(f"{name}: {_short(row.get(key, ''))}, now {_short(now)}")
    then = (row.get("lat", ""), row.get("lon", ""))
    geometry = feature.get("geometry")
    at = [float(value) for value in reversed(geometry["coordinates"])] if geometry else []
    if [float(value) for value in then if value] != [round(value, 9) for value in at]:
        was = ", ".join(value for value in then if value) or "none"
        said.append(f"the coordinates: {was}, now {', '.join(f'{value:g}' for value in at) or 'none'}")
    return said


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return neutral("; ".join(str(item) for item in value)) if isinstance(value, list) else neutral(str(value))


def _row_words(row: dict[str, str]) -> str:
    about: dict[str, Any] = dict(row)
    for key in ("source_actors", "target_actors"):
        about[key] = [row[key]] if row.get(key) else []
    return describe({"properties": about})


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= 90 else line[:89].rstrip() + "…") or "none"  # noqa: PLR2004  letters on one line
