"""A small store with hand-made events, for the screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import anyio
import httpx
import pytest
from starlette.applications import Starlette

from dashboard import resources
from dashboard.routing import every_route
from geodata.article import Article, PublishedBasis
from geodata.event import (
    Actor,
    DateBasis,
    DatePrecision,
    Event,
    Mention,
    Place,
    PlaceBasis,
    Precision,
    Reading,
    Span,
    SpanKind,
)
from geodata.ontology import EventType
from geodata.regions import regions
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geodata.store import Store

HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)"> & "quoted" \u2028'

KIRKUK = Place(
    id="gn:94787", name="Kirkuk", lat=35.46806, lon=44.39222, country="IQ", admin1="IQ-KI",
    precision=Precision.SETTLEMENT, kind="city", population=600000,
)  # fmt: skip
ERBIL = Place(
    id="gn:95446", name="Erbil", lat=36.19257, lon=44.01062, country="IQ", admin1="IQ-AR",
    precision=Precision.SETTLEMENT, kind="city", population=900000,
)  # fmt: skip
NINEVEH = Place(
    id="iso:IQ-NI", name="Nineveh", lat=36.0, lon=42.5, country="IQ", admin1="IQ-NI",
    precision=Precision.PROVINCE, kind="province",
)  # fmt: skip


def make_event(
    article_text: str,
    *,
    id: str,  # noqa: A002
    type: EventType = EventType.ASSAULT,  # noqa: A002
    place: Place | None = KIRKUK,
    day: dt.date | None = dt.date(2017, 10, 16),
    source: str = "Iraqi Armed Forces",
    target: str = "Peshmerga",
    mode: str = "",
    article_id: str = "",
) -> Event:
    """Return an event whose quote is the whole text."""
    return Event(
        id=id,
        article_id=article_id,
        type=type,
        mode=mode,
        quad=type.quad,
        source_actors=(Actor(name=source, text=source),) if source else (),
        target_actors=(Actor(name=target, text=target),) if target else (),
        date_start=day,
        date_end=day,
        date_precision=DatePrecision.DAY if day else None,
        date_basis=DateBasis.NAMED if day else None,
        undated_reason="" if day else "The sentence names no date.",
        place=place,
        place_text=place.name if place else "",
        place_basis=PlaceBasis.CLAUSE if place else None,
        unplaced_reason="" if place else "The sentence names no place.",
        regions=regions().of_place(place) if place else (),
        start=0,
        end=len(article_text),
        quote=article_text,
        spans=(Span(0, 5, SpanKind.SOURCE), Span(6, 12, SpanKind.VERB)),
    )


def make_reading(
    text: str, *events: dict[str, object], title: str = "A title", url: str = "", published: dt.date | None = None
) -> Reading:
    """Return a reading with one event for each dictionary of `make_event`'s settings."""
    article = Article(
        text=text,
        title=title,
        url=url,
        source="Example News",
        language="en",
        published=published or dt.date(2017, 10, 17),
        published_basis=PublishedBasis.GIVEN,
    )
    made = tuple(
        make_event(text, id=f"{article.id[:8]}{number}", article_id=article.id, **settings_)  # type: ignore[arg-type]
        for number, settings_ in enumerate(events)
    )
    mentions = tuple(
        Mention(start=0, end=5, text=text[:5], place=event.place, confidence=0.9) for event in made if event.place
    )[:1]
    return Reading(article=article, mentions=mentions, events=made)


READINGS = (
    make_reading("Iraqi forces attacked positions in Kirkuk.", {}, {"type": EventType.COERCE, "mode": "seize"}),
    make_reading(
        "Peshmerga withdrew from Kirkuk to Erbil.",
        {"type": EventType.RETREAT, "source": "Peshmerga", "target": ""},
        {"type": EventType.CONSULT, "place": ERBIL, "day": dt.date(2017, 10, 20)},
        title=HOSTILE,
        url="https://news.example/1",
    ),
    make_reading("Fighting was reported in Nineveh.", {"place": NINEVEH, "day": dt.date(2017, 10, 18)}),
    make_reading(
        "Turkey condemned the vote somewhere.",
        {"type": EventType.ACCUSE, "place": None, "source": "Turkey", "target": "", "day": None},
        url="javascript:alert(1)",
    ),
)


@dataclass(frozen=True)
class Installation:
    """A data folder with a filled store; the gazetteer is not built there."""

    data_dir: Path


@pytest.fixture
def empty_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """Point the dashboard to a new data folder."""
    monkeypatch.setenv("CONFLICTMAP_DATA_DIR", str(tmp_path))
    for name in ("STORE", "GAZETTEER", "MODEL"):
        monkeypatch.delenv(f"CONFLICTMAP_{name}", raising=False)
    settings.cache_clear()
    resources.reset()
    yield Installation(tmp_path)
    resources.reset()
    settings.cache_clear()


@pytest.fixture
def installation(empty_installation: Installation) -> Installation:
    """Fill the new data folder with the hand-made events."""
    resources.store().write(READINGS)
    return empty_installation


@pytest.fixture
def filled_store(installation: Installation) -> Store:
    """Return the store with the hand-made events."""
    assert installation.data_dir.exists()
    return resources.store()


class Client:
    """Asks our routes in this process."""

    def __init__(self) -> None:
        self.app = Starlette(routes=every_route())

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.get(path, headers=headers)

        return anyio.run(ask)


@pytest.fixture
def client(installation: Installation) -> Client:
    assert installation.data_dir.is_dir()
    return Client()


@pytest.fixture
def readings() -> tuple[Reading, ...]:
    return READINGS


@pytest.fixture
def hostile() -> str:
    return HOSTILE


@pytest.fixture
def reading_of():
    return make_reading
