"""Articles and messages that those who follow a view are told of."""

from __future__ import annotations

from geodata.article import Article
from geodata.event import Event
from geodata.ontology import EventType
from geodata.sharing.messages import About, message_of

ABOUT = About(title="Kirkuk", query="v=1", base="https://map.example", left_out="", notes=("Reports only.",))
SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # of the standard's own example
HOSTILE = 'Line\r\nBcc: everybody@example.org </h1><script>alert(1)</script> & "quoted"'


def reading_of(text, title="A title", url="https://news.example/1"):
    from geodata.event import Reading  # noqa: PLC0415

    article = Article(text=text, title=title, source="Example News", url=url)
    event = Event(
        id=f"e{article.id}", article_id=article.id, type=EventType.ASSAULT, quad=EventType.ASSAULT.quad,
        start=0, end=len(text), quote=text, unplaced_reason="The sentence names no place.",
    )  # fmt: skip
    return Reading(article=article, mentions=(), events=(event,))


def message(key="cm_1", text="Shells hit a market."):
    from geodata.store.results import StoredEvent  # noqa: PLC0415

    reading = reading_of(text, title=HOSTILE)
    stored = StoredEvent(
        event=reading.events[0], title=HOSTILE, url="javascript:alert(1)", source=HOSTILE, published=None
    )
    import datetime as dt  # noqa: PLC0415

    about = About(
        title=HOSTILE,
        query="v=1",
        base="https://map.example",
        left_out="Persons are not named.",
        notes=("Reports only.",),
    )
    return message_of(
        [stored], about, key=key, part=1, parts=1, total=1, now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), name_of=str
    )
