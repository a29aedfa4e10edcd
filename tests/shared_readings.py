"""Readings with what must not be shared in them, and all that a store tells of them."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, get_args

from geodata.article import Article, PublishedBasis
from geodata.canonical import to_canonical
from geodata.event import Actor, ActorKind, Event, Mention, Place, Precision, Reading
from geodata.exports import to_csv, to_geojson
from geodata.ontology import EventType
from geodata.regions import regions
from geodata.store.by_region import region_counts
from geodata.store.by_type import types_over_time
from geodata.store.facets import Facet
from geodata.store.pairs import actor_pairs
from geodata.store.recent import recent
from geodata.view import View

if TYPE_CHECKING:
    from geodata.store import Store

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
HAWIJA = Place(
    id="gn:95812", name="Hawija", lat=35.32484, lon=43.76991, country="IQ", admin1="IQ-KI",
    precision=Precision.SETTLEMENT, kind="town",
)  # fmt: skip
AT_SEA = Place(
    id="own:rig", name="A rig", lat=0.0, lon=-30.0, country="", admin1="", precision=Precision.SITE, kind="oil rig"
)
WORLD = {"south": -90.0, "west": -180.0, "north": 90.0, "east": 180.0}


def reading(
    name: str,
    *,
    place: Place | None = HAWIJA,
    quote: str = "",
    published: dt.date | None = dt.date(2026, 11, 1),
    basis: PublishedBasis = PublishedBasis.GIVEN,
    url: str = "",
) -> Reading:
    text = quote or f"Police arrested {name} in Hawija on Monday, {name.upper()} said."
    article = Article(
        text=text, title=f"{name} held in Hawija", url=url or f"https://news.example/{name.replace(' ', '-')}",
        source="Example News", published=published, published_basis=basis,
    )  # fmt: skip
    actor = Actor(name=name, text=f"the teacher {name}", kind=ActorKind.CIVILIANS, country="IQ")
    event = Event(
        id="e-" + article.id, article_id=article.id, type=EventType.COERCE, quad=EventType.COERCE.quad, place=place,
        place_text=place.name if place else "", regions=regions().of_place(place) if place else (),
        source_actors=(Actor(name="Iraqi police", text="police", kind=ActorKind.STATE_FORCES, country="IQ"),),
        target_actors=(actor,), claimed_by=name, start=0, end=len(text), quote=text,
        date_start=dt.date(2026, 11, 1), date_end=dt.date(2026, 11, 1),
    )  # fmt: skip
    mention = Mention(start=0, end=6, text=place.name, place=place, confidence=0.9) if place else None
    return Reading(article=article, mentions=(mention,) if mention else (), events=(event,))


def everything(store: Store) -> str:
    """Return all that a store tells of its events, as one text."""
    view = View()
    csv, geojson, canonical = io.StringIO(newline=""), io.StringIO(), io.BytesIO()
    to_csv(store, view, csv)
    to_geojson(store, view, geojson)
    to_canonical(store, view, canonical)
    told = [
        csv.getvalue(), geojson.getvalue(), canonical.getvalue().decode(),
        repr(store.cells(view, **WORLD, zoom=3)), repr(store.events(view)), repr(store.not_placed(view)),
        repr([store.facet(view, by) for by in get_args(Facet)]),
        repr(actor_pairs(store, view)), repr(region_counts(store, view)), repr(types_over_time(store, view, step="day")),
        repr(recent(store, view, limit=10)), repr(store.timeline(view)), repr(store.bounds(view)),
        repr([store.reading(row.id) for row in store.articles()]),
    ]  # fmt: skip
    return "\n".join(told)
