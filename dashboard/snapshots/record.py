"""What a snapshot says about itself: `snapshot.json`, its versions, and the same in words.

A reader of this program opens every version that was ever written: `from_json` brings older ones
into today's form. A change that only adds a field with a value for "not known" keeps `SCHEMA`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from dashboard.texts import count_words
from geodata.errors import SnapshotError
from geodata.sharing.safety import safety_from_key

SCHEMA = 1
NAME = "snapshot.json"
EVENTS_FILE = "events.geojson"  # the canonical GeoJSON, whose SHA-256 stands on everything
DIGESTS_FILE = "events.sha256"
SEAL = "sha256_of_the_rest"  # the field of snapshot.json with the hash of all others
_MAX_BYTES = 5_000_000  # no snapshot.json of ours is larger


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInfo:
    """A file of a snapshot."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher with an address of one of its articles (or none) and the number of its articles."""

    name: str
    url: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a snapshot says about itself; all times are UTC, all texts plain.

    Parameters
    ----------
    id
        Names the snapshot in its address; not to be guessed.
    created
        ISO 8601, UTC.
    query
        The view as the query of a link; `permalink` the same with the address it was made at, if known.
    words, head, tail
        The filters in words; the sentence above the map, in two parts.
    date_from, date_to
        The period that was asked for, ISO 8601 days, both included; empty where open.
    first_day, last_day
        What the events span.
    events, articles, not_placed, undated
        Counts of the whole view.
    in_files
        How many events are in the files.
    reasons
        Why events are not placed, with how many.
    sources, sources_more
        The publishers with most articles, and how many more there are.
    limits
        What is left out, one sentence each.
    safety
        What was left out for safety, as `geodata.sharing.Safety.key`; empty for nothing.
    software, store_version, gazetteer
        What it was made by, and from.
    sha256
        Of the canonical GeoJSON.
    files
        By name; this record itself is none of them.
    """

    schema: int = SCHEMA
    id: str = ""
    title: str
    note: str = ""
    created: str
    query: str
    permalink: str = ""
    words: str
    head: str
    tail: str
    date_from: str = ""
    date_to: str = ""
    first_day: str = ""
    last_day: str = ""
    time_zone: str = "UTC"
    events: int
    articles: int
    not_placed: int
    undated: int
    in_files: int
    reasons: tuple[tuple[str, int], ...] = ()
    sources: tuple[Source, ...] = ()
    sources_more: int = 0
    limits: tuple[str, ...] = ()
    safety: str = ""
    attribution: str = ""
    disclaimer: str = ""
    software: str = ""
    store_version: str = ""
    gazetteer: str = ""
    sha256: str
    files: dict[str, FileInfo] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is looked at, with the counts."""
        return f"{self.head} {self.tail}"

    @property
    def made(self) -> str:
        """When, by what and from what it was made, in words."""
        when = dt.datetime.fromisoformat(self.created).strftime("%Y-%m-%d %H:%M")
        parts = [f"Made {when} UTC", self.software, f"data version {self.store_version}", self.gazetteer]
        return " · ".join(part for part in parts if part)

    @property
    def period(self) -> str:
        """What days the events can have been on, in words."""
        asked = ""
        if self.date_from or self.date_to:
            asked = f"Period: {self.date_from or 'the beginning'} to {self.date_to or 'the end'}, both days included, {self.time_zone}."
        spans = f"Events from {self.first_day} to {self.last_day} ({self.time_zone})." if self.first_day else ""
        return " ".join(part for part in (asked, spans) if part) or "No event is dated."

    @property
    def missing(self) -> str:
        """What could not be placed or dated, and why, in words."""
        placed = f"{count_words(self.not_placed, 'event')} could not be placed"
        if self.reasons:
            why = "; ".join(f"{reason.rstrip('.') or 'no reason known'} ({count:,})" for reason, count in self.reasons)
            placed += f": {why}"
        return f"{placed}. {self.undated:,} could not be dated."

    def source_words(self, most: int) -> str:
        """Return the publishers in words."""
        shown = [f"{source.name or 'not named'} ({source.articles:,})" for source in self.sources[:most]]
        left = len(self.sources) - len(shown) + self.sources_more
        return ", ".join(shown) + (f" and {left:,} more" if left else "")


def to_json(record: Record) -> bytes:
    """Write a record as `snapshot.json`: readable, in a fixed order, with a hash of all that it says."""
    said = asdict(record)
    return (json.dumps(said | {SEAL: _hash_of(said)}, ensure_ascii=False, indent=1) + "\n").encode()


def is_as_written(content: bytes) -> bool | None:
    """Tell whether a `snapshot.json` says what was written; None where it is of before there was a hash of that.

    Raises
    ------
    SnapshotError
        If it is none.
    """
    from_json(content)
    said = json.loads(content)
    seal = said.pop(SEAL, None)
    return None if seal is None else seal == _hash_of(said)


def _hash_of(said: dict[str, Any]) -> str:
    # Spaces and the order of fields say nothing: whoever lays the file out anew changes nothing.
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def from_json(content: bytes) -> Record:
    """Read `snapshot.json` of this or any older version.

    Raises
    ------
    SnapshotError
        If it is none, or one of a newer version of this program.
    """
    if len(content) > _MAX_BYTES:
        msg = f"{NAME} is larger than any that this program writes, so it was not read."
        raise SnapshotError(msg)
    try:
        raw = json.loads(content.decode("utf-8"))
        version = raw["schema"]
        if not isinstance(version, int) or version < 1:
            raise ValueError(version)  # noqa: TRY301  told in one place
        if version > SCHEMA:
            msg = f"This snapshot was made by a newer version of conflictmap (its form is {version}, this one reads up to {SCHEMA}): install that one."
            raise SnapshotError(msg)
        return _record(raw)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        msg = f"{NAME} is damaged: it does not have the form that conflictmap writes."
        raise SnapshotError(msg) from error


def _record(raw: dict[str, Any]) -> Record:
    """Make a record of parsed JSON; what has the wrong type is refused."""
    texts = (
        "id", "title", "note", "created", "query", "permalink", "words", "head", "tail", "date_from", "date_to",
        "first_day", "last_day", "time_zone", "attribution", "disclaimer", "software", "store_version", "gazetteer",
        "safety", "sha256",
    )  # fmt: skip
    numbers = ("schema", "events", "articles", "not_placed", "undated", "in_files", "sources_more")
    required = {item.name for item in fields(Record) if item.name in {"title", "created", "query", "sha256"}}
    if not required <= raw.keys():
        raise KeyError(*sorted(required - raw.keys()))
    values: dict[str, Any] = {name: _is(raw.get(name, ""), str) for name in texts}
    values |= {name: _is(raw.get(name, 0), int) for name in numbers}
    dt.datetime.fromisoformat(values["created"])
    safety_from_key(values["safety"])
    values["reasons"] = tuple((_is(reason, str), _is(count, int)) for reason, count in raw.get("reasons", ()))
    values["sources"] = tuple(
        Source(name=_is(row["name"], str), url=_is(row["url"], str), articles=_is(row["articles"], int))
        for row in raw.get("sources", ())
    )
    values["limits"] = tuple(_is(text, str) for text in raw.get("limits", ()))
    values["files"] = {
        _is(name, str): FileInfo(sha256=_is(info["sha256"], str), size=_is(info["size"], int))
        for name, info in raw.get("files", {}).items()
    }
    return Record(**values)


def _is(value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(value)
    return value
