"""A reading as plain JSON values: the line that `conflictmap read --jsonl` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.crosswalk import acled_like

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.event import Actor, Event, Mention, Problem, Reading


def reading_to_dict(reading: Reading, record_id: str = "") -> dict[str, Any]:
    """Return a reading as JSON values.

    Parameters
    ----------
    reading
        What was read.
    record_id
        The caller's own id of the text; the article's id when empty.
    """
    return {
        "id": record_id or reading.article.id,
        "toponyms": [_mention(mention) for mention in reading.mentions],
        "events": [event_to_dict(event) for event in reading.events],
        "problems": [problem_to_dict(problem) for problem in reading.problems],
    }


def problem_to_dict(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON values; offsets are None when it concerns the whole text."""
    return {"message": problem.message, "start": problem.start, "end": problem.end}


def _mention(mention: Mention) -> dict[str, Any]:
    place = mention.place
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "place_id": place.id if place else None,
        "name": place.name if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "country": place.country if place else None,
        "precision": place.precision.value if place else None,
        "confidence": round(mention.confidence, 3),
        "metonymic": mention.metonymic,
        "reason": mention.reason,
    }


def _actors(actors: Iterable[Actor]) -> list[str]:
    """Name each actor by its canonical name and, where they differ, as the text does."""
    names: list[str] = []
    for actor in actors:
        names.extend(name for name in (actor.name, actor.text) if name and name not in names)
    return names


def event_to_dict(event: Event) -> dict[str, Any]:
    """Return an event as JSON values, flat; dates are ISO 8601, coordinates decimal degrees (WGS 84)."""
    place = event.place
    return {
        "id": event.id,
        "type": event.type.value,
        "mode": event.mode or None,
        "quad": event.quad.value,
        "acled_like": acled_like(event) or None,
        "contexts": [context.value for context in event.contexts],
        "source_actors": _actors(event.source_actors),
        "target_actors": _actors(event.target_actors),
        "date_start": event.date_start.isoformat() if event.date_start else None,
        "date_end": event.date_end.isoformat() if event.date_end else None,
        "date_precision": event.date_precision.value if event.date_precision else None,
        "date_basis": event.date_basis.value if event.date_basis else None,
        "place": place.name if place else None,
        "place_id": place.id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geo_precision": place.precision.value if place else None,
        "place_basis": event.place_basis.value if event.place_basis else None,
        "not_placed": event.unplaced_reason or None,
        "regions": list(event.regions),
        "fatalities": event.fatalities,
        "fatalities_low": event.fatalities_low,
        "fatalities_high": event.fatalities_high,
        "injured": event.injured,
        "claimed_by": event.claimed_by or None,
        "quote": event.quote,
        "start": event.start,
        "end": event.end,
        "confidence": event.confidence,
    }
