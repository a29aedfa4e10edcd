"""Readings made by hand, so that the store's tests need no language model."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article, PublishedBasis
from geodata.event import (
    Actor,
    ActorKind,
    DateBasis,
    DatePrecision,
    Event,
    Mention,
    Place,
    PlaceBasis,
    Precision,
    Problem,
    Reading,
    Span,
    SpanKind,
)
from geodata.ontology import Context, EventType
from geodata.store import Store

PLACES = {
    "kirkuk": (Place(id="gn:94787", name="Kirkuk", lat=35.468, lon=44.392, country="IQ", admin1="IQ-KI",
                     precision=Precision.SETTLEMENT, kind="town", population=601433), ("IQ", "IQ-KI")),
    "sinjar": (Place(id="gn:448149", name="Sinjar", lat=36.321, lon=41.875, country="IQ", admin1="IQ-NI",
                     precision=Precision.SETTLEMENT, kind="town"), ("IQ", "IQ-NI")),
    "kirkuk province": (Place(id="iso:IQ-KI", name="Kirkuk", lat=35.4, lon=44.2, country="IQ", admin1="IQ-KI",
                              precision=Precision.PROVINCE, kind="province"), ("IQ", "IQ-KI")),
    "hamrin": (Place(id="cm:hamrin", name="Hamrin Mountains", lat=34.6, lon=44.6, country="IQ", admin1="IQ-DI",
                     precision=Precision.PROVINCE, kind="mountains"), ("IQ", "IQ-DI")),
    "donbas": (Place(id="region:donbas", name="Donbas", lat=48.2, lon=38.2, country="UA", admin1="",
                     precision=Precision.PROVINCE, kind="named region"), ("UA", "donbas")),
    "iraq": (Place(id="iso:IQ", name="Iraq", lat=33.0, lon=43.7, country="IQ", admin1="",
                   precision=Precision.COUNTRY, kind="country"), ("IQ",)),
    "black sea": (Place(id="area:black-sea", name="Black Sea", lat=43.0, lon=34.0, country="", admin1="",
                        precision=Precision.COUNTRY, kind="sea"), ()),
    "suva": (Place(id="gn:2198148", name="Suva", lat=-18.142, lon=178.441, country="FJ", admin1="FJ-C",
                   precision=Precision.SETTLEMENT, kind="town"), ("FJ", "FJ-C")),
    "apia": (Place(id="gn:4035413", name="Apia", lat=-13.833, lon=-171.767, country="WS", admin1="WS-TU",
                   precision=Precision.SETTLEMENT, kind="town"), ("WS", "WS-TU")),
}  # fmt: skip


class Make:
    """Makes articles, events and readings; what is not said is the same every time."""

    def place(self, name):
        return PLACES[name][0]

    def article(self, text="Troops entered Kirkuk.", **given):
        basis = PublishedBasis.GIVEN if "published" in given else PublishedBasis.UNKNOWN
        return Article(text=text, published_basis=basis, **given)

    def event(self, article, *, at="kirkuk", day="2017-10-16", last=None, kind=EventType.ASSAULT, n=0, **given):
        place, regions = PLACES[at] if at else (None, ())
        start = dt.date.fromisoformat(day) if day else None
        known = {
            "mode": "territory",
            "contexts": (Context.MILITARY,),
            "source_actors": (Actor(name="Iraqi Army", text="troops", kind=ActorKind.STATE_FORCES, country="IQ"),),
            "target_actors": (Actor(name="Peshmerga", text="Peshmerga", kind=ActorKind.MILITIA, country="IQ"),),
            "date_precision": DatePrecision.DAY if day else None,
            "date_basis": DateBasis.NAMED if day else None,
            "undated_reason": "" if day else "No date is named.",
            "place_text": place.name if place else "",
            "place_basis": PlaceBasis.CLAUSE if place else None,
            "unplaced_reason": "" if place else "No place is named.",
            "quote": article.text[:200],
            "spans": (Span(0, 6, SpanKind.SOURCE), Span(7, 14, SpanKind.VERB)),
            "fatalities": None,
            "confidence": 0.8,
        } | given
        return Event(
            id=f"{article.id}-{n}",
            article_id=article.id,
            type=kind,
            quad=kind.quad,
            place=place,
            regions=regions,
            date_start=start,
            date_end=dt.date.fromisoformat(last) if last else start,
            start=0,
            end=len(article.text),
            **known,
        )

    def reading(self, text="Troops entered Kirkuk.", events=({},), **given):
        article = self.article(text, **given)
        return Reading(
            article=article,
            mentions=(
                Mention(start=15, end=21, text="Kirkuk", place=self.place("kirkuk"), confidence=0.9),
                Mention(
                    start=0, end=3, text="Tro", place=None, confidence=0.1, metonymic=True, reason="No such place."
                ),
            ),
            events=tuple(self.event(article, n=n, **event) for n, event in enumerate(events)),
            problems=(Problem("A sentence was too long.", 3, 9), Problem("No date of publication.")),
        )


@pytest.fixture
def make():
    return Make()


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store") as opened:
        yield opened


@pytest.fixture
def server_store(database):
    with Store.open(database) as opened:
        yield opened


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture(params=["batches", "base", "both", "postgres"])
def filled(request, make):
    """The same events in batches, in a base, half in each, and in a PostgreSQL database."""
    store = request.getfixturevalue("server_store" if request.param == "postgres" else "store")
    isis = (Actor(name="Islamic State", text="IS"),)
    readings = [
        make.reading("Troops entered Kirkuk.", title="Army moves", source="Agency A", published=day("2017-10-17")),
        make.reading(
            "Fighters shelled Sinjar.",
            source="Agency B",
            events=[
                {"at": "sinjar", "day": "2017-10-20", "source_actors": isis},
                {"at": "kirkuk province", "day": "2017-10-01", "last": "2017-10-31", "source_actors": isis},
            ],
        ),
        make.reading(
            "Deputies voted.",
            title="A VOTE in Baghdad",
            source="Agency A",
            events=[
                {"at": None, "kind": EventType.VOTE, "source_actors": (), "target_actors": (), "day": "2017-11-05"},
                {"at": "iraq", "kind": EventType.VOTE, "day": None, "source_actors": (), "target_actors": isis},
            ],
        ),
        make.reading("Troops took Kirkuk.", source="Agency C", events=[{}, {"at": "hamrin", "day": "2018-02-01"}]),
    ]
    if request.param == "both":
        store.write(readings[:2])
        store.compact(force=True)
        store.write(readings[2:])
    else:
        store.write(readings)
        if request.param == "base":
            store.compact(force=True)
    return store
