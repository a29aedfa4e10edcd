"""What the queries answer with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

    from geodata.article import PublishedBasis
    from geodata.event import Event, Precision, Problem
    from geodata.ontology import EventType

Step = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write did.

    Parameters
    ----------
    batch_id
        The batch, empty when there was nothing new; after several batches, the last one.
    articles_new, articles_known
        Articles stored now, and articles that the store had already (these change nothing).
    events
        Events stored now.
    problems
        What could not be read at all, one sentence each (filled by the pipeline).
    """

    batch_id: str
    articles_new: int
    articles_known: int
    events: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many events pass a view, and in how many articles they stand.

    `not_placed` are those that pass every filter except those on the place (regions, drawn area,
    how precise), which an event without a place cannot pass.
    """

    events: int
    articles: int
    placed: int
    not_placed: int
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event with what is known of its article.

    `reports` is the number of articles that report an event of the same type at the same place
    with the same first day, this one included; 1 where place or day is not known.
    """

    event: Event
    title: str
    url: str
    source: str
    published: dt.date | None
    reports: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """A line of the list of articles; `added` is UTC."""

    id: str
    title: str
    source: str
    url: str
    published: dt.date | None
    published_basis: PublishedBasis
    events: int
    not_placed: int
    added: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """All events at one exact place. `type` is the most frequent one, `quads` counts by quad.

    `event_ids` holds the newest ones, at most 20, fewer when there are many points.
    """

    lat: float
    lon: float
    place_id: str
    name: str
    precision: Precision
    count: int
    quads: dict[int, int]
    event_ids: tuple[str, ...]
    type: EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A square of the map. `lat`, `lon` is the mean position of its events, not its middle."""

    lat: float
    lon: float
    south: float
    west: float
    north: float
    east: float
    count: int
    quads: dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Events known only to a province, a named region or a country.

    `region_id` is the id that `geodata.regions` knows; places that have no region there (seas,
    continents) keep their place id, for example ``area:black-sea``.
    """

    region_id: str
    name: str
    count: int
    quads: dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """What a map window shows: exact points when they are few, else cells; and the areas."""

    kind: Literal["points", "cells"]
    points: list[Point] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Events by time: rows of (first day of the step, quad, count), ordered by day and quad."""

    step: Step
    rows: list[tuple[dt.date, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What the whole store holds; south ... east in decimal degrees, None when nothing is placed.

    `east` goes beyond 180 when the events straddle the antimeridian, so that west <= east.
    """

    date_min: dt.date | None
    date_max: dt.date | None
    articles: int
    events: int
    south: float | None
    west: float | None
    north: float | None
    east: float | None
