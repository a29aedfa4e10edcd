"""A handful of made-up events that never change, for pictures that must not change either.

The samples would not do: each better rule of the reader finds other events in them.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from geodata.article import Article, PublishedBasis
from geodata.event import (
    Actor,
    DateBasis,
    DatePrecision,
    Event,
    Place,
    PlaceBasis,
    Precision,
    Reading,
    Span,
    SpanKind,
)
from geodata.ontology import EventType
from geodata.regions import regions
from geodata.store import Store

if TYPE_CHECKING:
    from pathlib import Path

VIEW = "v=1&from=2017-10-01&to=2017-10-31&region=IQ"
_PLACES = {
    "Kirkuk": (35.468, 44.392, "IQ-KI", Precision.SETTLEMENT),
    "Erbil": (36.193, 44.011, "IQ-AR", Precision.SETTLEMENT),
    "Sinjar": (36.320, 41.877, "IQ-NI", Precision.SETTLEMENT),
    "Baghdad": (33.341, 44.401, "IQ-BG", Precision.SETTLEMENT),
    "Basra": (30.508, 47.784, "IQ-BA", Precision.SETTLEMENT),
    "Nineveh": (36.0, 42.5, "IQ-NI", Precision.PROVINCE),
    "Anbar": (32.5, 42.0, "IQ-AN", Precision.PROVINCE),
}
# Day of October 2017, type, who, whom, where, what the sentence says.
_ACTS = (
    (2, EventType.VOTE, "Parliament", "", "Erbil", "Parliament voted in Erbil."),
    (3, EventType.ACCUSE, "First ministry", "Second ministry", "Baghdad", "One ministry accused another in Baghdad."),
    (5, EventType.CONSULT, "First ministry", "Delegation", "Baghdad", "The ministry met a delegation in Baghdad."),
    (9, EventType.PROTEST, "Residents", "", "Basra", "Residents marched through Basra."),
    (12, EventType.AID, "Relief agency", "Residents", "Sinjar", "An agency brought flour to Sinjar."),
    (14, EventType.THREATEN, "Army", "Militia", "Kirkuk", "The army threatened a militia near Kirkuk."),
    (16, EventType.ASSAULT, "Army", "Militia", "Kirkuk", "The army attacked a militia in Kirkuk."),
    (16, EventType.ASSAULT, "Militia", "Army", "Kirkuk", "The militia fired at the army in Kirkuk."),
    (17, EventType.RETREAT, "Militia", "", "Kirkuk", "The militia left Kirkuk."),
    (17, EventType.COERCE, "Army", "Oil company", "Kirkuk", "The army seized the offices of an oil company."),
    (18, EventType.ASSAULT, "Army", "Militia", "Nineveh", "Clashes were reported somewhere in Nineveh."),
    (19, EventType.MOBILIZE, "Army", "", "Anbar", "The army sent troops somewhere to Anbar."),
    (23, EventType.AGREE, "Army", "Militia", "Erbil", "Army and militia agreed to a truce in Erbil."),
    (27, EventType.REJECT, "Delegation", "First ministry", "Baghdad", "The delegation rejected the plan in Baghdad."),
    (30, EventType.SUPPORT, "Relief agency", "Delegation", "Erbil", "An agency welcomed the delegation in Erbil."),
    (30, EventType.REQUEST, "Delegation", "Army", "", "The delegation asked the army for passage."),
)


def _place(name: str) -> Place | None:
    if not name:
        return None
    lat, lon, admin1, precision = _PLACES[name]
    kind = "province" if precision is Precision.PROVINCE else "city"
    return Place(
        id=f"made:{name}", name=name, lat=lat, lon=lon, country="IQ", admin1=admin1, precision=precision, kind=kind
    )


def _reading(number: int) -> Reading:
    day, kind, who, whom, where, text = _ACTS[number]
    date, place = dt.date(2017, 10, day), _place(where)
    article = Article(
        text=text,
        title=f"Report {number + 1}",
        source="Example News",
        language="en",
        published=date,
        published_basis=PublishedBasis.GIVEN,
    )
    spans = [Span(0, text.index(" "), SpanKind.SOURCE)]
    if where and where in text:
        spans.append(Span(text.index(where), text.index(where) + len(where), SpanKind.PLACE))
    event = Event(
        id=f"pictured{number:02}",
        article_id=article.id,
        type=kind,
        mode="",
        quad=kind.quad,
        source_actors=(Actor(name=who, text=who),),
        target_actors=(Actor(name=whom, text=whom),) if whom else (),
        date_start=date,
        date_end=date,
        date_precision=DatePrecision.DAY,
        date_basis=DateBasis.NAMED,
        place=place,
        place_text=where,
        place_basis=PlaceBasis.CLAUSE if place else None,
        unplaced_reason="" if place else "The sentence names no place.",
        regions=regions().of_place(place) if place else (),
        start=0,
        end=len(text),
        quote=text,
        spans=tuple(spans),
        confidence=0.8,
    )
    return Reading(article=article, mentions=(), events=(event,))


def fill(folder: Path) -> None:
    """Write the events into a new store."""
    with Store.open(folder) as store:
        store.write([_reading(number) for number in range(len(_ACTS))])
