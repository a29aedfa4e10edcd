"""Readings to rows and back, without loss."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geodata.actor_groups import groups_of
from geodata.article import Article, PublishedBasis
from geodata.crosswalk import acled_like
from geodata.event import (
    Actor,
    ActorKind,
    Considered,
    DateBasis,
    DatePrecision,
    Event,
    Mention,
    Place,
    PlaceBasis,
    Precision,
    Problem,
    Span,
    SpanKind,
)
from geodata.ontology import Context, EventType, Quad
from geodata.store import mercator
from geodata.store.schema import TABLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from geodata.event import Reading

Row = dict[str, Any]

MOST = 2**63 - 1  # the largest whole number that a column takes
TOLL = ("fatalities", "fatalities_low", "fatalities_high", "injured")
_PLACE_COLUMNS = (
    "place_id",
    "place_name",
    "lat",
    "lon",
    "country",
    "admin1",
    "precision",
    "place_kind",
    "population",
)


def tables(readings: Iterable[Reading], *, batch_id: str, added: dt.datetime) -> dict[str, pa.Table]:
    """Return the four tables of a batch; an article that occurs twice is taken once.

    Parameters
    ----------
    readings
        What was read.
    batch_id
        The batch that they will stand in.
    added
        When, UTC.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    seen: set[str] = set()
    for reading in readings:
        article = reading.article
        if article.id in seen:
            continue
        seen.add(article.id)
        # Two equal sentences of one article have one id: they are one report.
        events = list({event.id: event for event in reversed(reading.events)}.values())[::-1]
        row = article_row(article) | {"batch": batch_id, "added": added.replace(tzinfo=None), "n": len(seen) - 1}
        row |= {"events": len(events), "not_placed": sum(event.place is None for event in events)}
        rows["articles"].append(row)
        rows["events"] += [event_row(event, n) | {"article_id": article.id} for n, event in enumerate(events)]
        rows["mentions"] += [
            mention_row(mention) | {"article_id": article.id, "n": n} for n, mention in enumerate(reading.mentions)
        ]
        rows["problems"] += [
            {"article_id": article.id, "n": n, "message": p.message, "start_at": p.start, "end_at": p.end}
            for n, p in enumerate(reading.problems)
        ]
    return {name: _table(rows[name], schema) for name, schema in TABLES.items()}


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        # Half a surrogate pair, as a JSON file may hold: no file can, and the rest is good text.
        return pa.Table.from_pylist([{k: _valid(v) for k, v in row.items()} for row in rows], schema=schema)


def _valid(value: Any) -> Any:
    if isinstance(value, list):
        return [_valid(item) for item in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def article_row(article: Article) -> Row:
    """Return the columns that are the article's own."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "language": article.language,
        "published": article.published,
        "published_basis": article.published_basis.value,
        "place": article.place,
        "text": article.text,
    }


def to_article(row: Mapping[str, Any]) -> Article:
    """Return the article of a row."""
    return Article(
        text=row["text"],
        title=row["title"],
        url=row["url"],
        source=row["source"],
        language=row["language"],
        published=row["published"],
        published_basis=PublishedBasis(row["published_basis"]),
        place=row["place"],
    )


def _place_row(place: Place | None) -> Row:
    if place is None:
        return {}
    return {
        "place_id": place.id,
        "place_name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "admin1": place.admin1,
        "precision": place.precision.value,
        "place_kind": place.kind,
        "population": place.population,
    }


def to_place(row: Mapping[str, Any]) -> Place | None:
    """Return the place of a row of events or mentions; None where it has none."""
    if row["place_id"] is None:
        return None
    return Place(
        id=row["place_id"],
        name=row["place_name"],
        lat=row["lat"],
        lon=row["lon"],
        country=row["country"],
        admin1=row["admin1"],
        precision=Precision(row["precision"]),
        kind=row["place_kind"],
        population=row["population"],
    )


def mention_row(mention: Mention) -> Row:
    """Return the columns that are the mention's own."""
    return _place_row(mention.place) | {
        "start_at": mention.start,
        "end_at": mention.end,
        "text": mention.text,
        "confidence": mention.confidence,
        "metonymic": mention.metonymic,
        "reason": mention.reason,
        "considered": _considered_json(mention.considered),
    }


def to_mention(row: Mapping[str, Any]) -> Mention:
    """Return the mention of a row."""
    return Mention(
        start=row["start_at"],
        end=row["end_at"],
        text=row["text"],
        place=to_place(row),
        confidence=row["confidence"],
        metonymic=row["metonymic"],
        reason=row["reason"],
        considered=_to_considered(row.get("considered")),
    )


def _considered_json(considered: Iterable[Considered]) -> str:
    return json.dumps([[c.score, c.why, *_place_row(c.place).values()] for c in considered], ensure_ascii=False)


def _to_considered(written: str | None) -> tuple[Considered, ...]:
    found = []
    for score, why, *values in json.loads(written or "[]"):
        place = to_place(dict(zip(_PLACE_COLUMNS, values, strict=True)))
        if place is not None:
            found.append(Considered(place=place, score=score, why=why))
    return tuple(found)


def to_problem(row: Mapping[str, Any]) -> Problem:
    """Return the problem of a row."""
    return Problem(row["message"], row["start_at"], row["end_at"])


def area_of(place: Place) -> str | None:
    """Return the id of the region to draw for a place, None when a dot may be drawn."""
    if not place.precision.is_area:
        return None
    scheme, _, name = place.id.partition(":")
    if scheme in ("iso", "region") and name:
        return name
    if place.precision is Precision.PROVINCE and place.admin1:
        return place.admin1
    return place.country or place.id


def event_row(event: Event, n: int = 0) -> Row:
    """Return an event as a row.

    Parameters
    ----------
    event
        The event.
    n
        Its position within the article.
    """
    row: Row = {
        "id": event.id,
        "article_id": event.article_id,
        "article_key": _key(event.article_id),
        "n": n,
        "type": event.type.value,
        "mode": event.mode,
        "quad": int(event.quad),
        "acled_like": acled_like(event),
        "contexts": [context.value for context in event.contexts],
        "source_actors": [actor.name for actor in event.source_actors],
        "target_actors": [actor.name for actor in event.target_actors],
        "actors": list(dict.fromkeys(actor.name for actor in event.source_actors + event.target_actors)),
        "source_groups": groups_of(event.source_actors),
        "target_groups": groups_of(event.target_actors),
        "groups": groups_of(event.source_actors + event.target_actors),
        "source_details": _actors_json(event.source_actors),
        "target_details": _actors_json(event.target_actors),
        "date_start": event.date_start,
        "date_end": event.date_end,
        "date_precision": event.date_precision and event.date_precision.value,
        "date_basis": event.date_basis and event.date_basis.value,
        "undated_reason": event.undated_reason,
        "place_text": event.place_text,
        "place_basis": event.place_basis and event.place_basis.value,
        "unplaced_reason": event.unplaced_reason,
        "regions": list(event.regions),
        **{name: None if (n := getattr(event, name)) is None else min(n, MOST) for name in TOLL},
        "start_at": event.start,
        "end_at": event.end,
        "quote": event.quote,
        "spans": json.dumps([[span.start, span.end, span.kind.value] for span in event.spans]),
        "claimed_by": event.claimed_by,
        "confidence": event.confidence,
    }
    if event.place is not None:
        row |= place_columns(event.place, event.regions)
    return row


def to_event(row: Mapping[str, Any]) -> Event:
    """Return the event of a row."""
    return Event(
        id=row["id"],
        article_id=row["article_id"],
        type=EventType(row["type"]),
        mode=row["mode"],
        quad=Quad(row["quad"]),
        contexts=tuple(Context(value) for value in row["contexts"]),
        source_actors=_actors(row["source_details"]),
        target_actors=_actors(row["target_details"]),
        date_start=row["date_start"],
        date_end=row["date_end"],
        date_precision=DatePrecision(row["date_precision"]) if row["date_precision"] else None,
        date_basis=DateBasis(row["date_basis"]) if row["date_basis"] else None,
        undated_reason=row["undated_reason"],
        place=to_place(row),
        place_text=row["place_text"],
        place_basis=PlaceBasis(row["place_basis"]) if row["place_basis"] else None,
        unplaced_reason=row["unplaced_reason"],
        regions=tuple(row["regions"]),
        **{name: row[name] for name in TOLL},
        start=row["start_at"],
        end=row["end_at"],
        quote=row["quote"],
        spans=tuple(Span(start, end, SpanKind(kind)) for start, end, kind in json.loads(row["spans"])),
        claimed_by=row["claimed_by"],
        confidence=row["confidence"],
    )


def place_columns(place: Place, regions: Sequence[str]) -> Row:
    """Return the columns that say where an event was, and where and how the map draws it.

    Parameters
    ----------
    place
        Its place.
    regions
        Ids of the regions that hold it.
    """
    key = _key("\x1f".join([place.id, place.precision.value, repr(place.lat), repr(place.lon), *regions]))
    area = area_of(place)
    mx = my = None
    if area is None and math.isfinite(place.lat) and math.isfinite(place.lon):
        mx, my = mercator.pixel(place.lat, place.lon)
    return _place_row(place) | {"place_key": key, "area": area, "mx": mx, "my": my}


def _key(text: str) -> int:
    """Return a 64-bit hash that is the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _actors_json(actors: Sequence[Actor]) -> str:
    return json.dumps([[a.name, a.text, a.kind.value, a.country] for a in actors], ensure_ascii=False)


def _actors(text: str) -> tuple[Actor, ...]:
    return tuple(
        Actor(name=name, text=said, kind=ActorKind(kind), country=country)
        for name, said, kind, country in json.loads(text)
    )
