"""What those who follow a view are told: new events as JSON for programs, as text and HTML for people. Pure."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from geodata.exports.atom import headline, how_placed
from geodata.view_words import day_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.event import Event
    from geodata.store.results import StoredEvent

SCHEMA = 1
MOST_EVENTS = 50  # in one message
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What stays the same for all messages of a run; texts are plain.

    Parameters
    ----------
    title
        The view in words.
    query
        The view's filters as the query of a link.
    base
        What the addresses of the dashboard begin with; empty where it is not known, then there are no links to it.
    left_out
        What was left out for safety, as a sentence; empty for nothing.
    notes
        What has to be said of all events, one sentence each.
    """

    title: str
    query: str
    base: str
    left_out: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Some new events, ready to be sent and to be sent again: what it says never changes.

    Parameters
    ----------
    key
        Its name: who has seen a message with this key has seen this one.
    subject, text, html
        For people.
    body
        For programs, JSON.
    """

    key: str
    subject: str
    text: str
    html: str
    body: str

    def packed(self) -> str:
        """Return it as one text."""
        return json.dumps(asdict(self), ensure_ascii=False)


def unpacked(text: str) -> Message:
    """Return the message that `Message.packed` wrote."""
    return Message(**json.loads(text))


def message_of(
    events: Sequence[StoredEvent],
    about: About,
    *,
    key: str,
    part: int,
    parts: int,
    total: int,
    now: dt.datetime,
    name_of: Callable[[str], str],
) -> Message:
    """Write a message about new events.

    Parameters
    ----------
    events
        No more than `MOST_EVENTS`.
    about
        What holds for all.
    key
        See `Message.key`.
    part, parts, total
        Which of how many messages it is, from 1, and how many new events there are in all.
    now
        When it is written.
    name_of
        From the id of a region to its name.
    """
    items = [_item(stored, about, name_of) for stored in events]
    count = f"{total:,} new reported event{'' if total == 1 else 's'}"
    subject = f"{count}: {about.title}" + (f" ({part} of {parts})" if parts > 1 else "")
    made = now.astimezone(dt.UTC).isoformat(timespec="seconds")
    view = {"words": about.title, "query": about.query, "url": _page(about)}
    payload = {
        "schema": SCHEMA, "kind": "new-events", "key": key, "made": made, "view": view,
        "total": total, "part": part, "parts": parts, "left_out": about.left_out, "notes": list(about.notes),
        "events": items,
    }  # fmt: skip
    notes = [*about.notes, about.left_out] if about.left_out else [*about.notes]
    return Message(
        key=key,
        subject=" ".join(subject.split()),
        text=_text(subject, items, notes, _page(about)),
        html=_html(subject, items, notes, _page(about)),
        body=json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
    )


def _page(about: About) -> str:
    return f"{about.base}/?{about.query}" if about.base else ""


def _item(stored: StoredEvent, about: About, name_of: Callable[[str], str]) -> dict[str, Any]:
    event = stored.event
    url = stored.url if stored.url.lower().startswith(_WEB) else ""
    return {
        "id": event.id,
        "headline": headline(event, name_of),
        "type": event.type.value.lower(),
        "quad": int(event.quad),
        "source_actors": [actor.name for actor in event.source_actors],
        "target_actors": [actor.name for actor in event.target_actors],
        "date_start": event.date_start.isoformat() if event.date_start else None,
        "date_end": event.date_end.isoformat() if event.date_end else None,
        "place": _place(event),
        "placed": how_placed(event.place, event.unplaced_reason),
        "fatalities": event.fatalities,
        "quote": event.quote,
        "claimed_by": event.claimed_by,
        "confidence": round(event.confidence, 2),
        "article": {
            "title": stored.title, "source": stored.source, "url": url,
            "published": stored.published.isoformat() if stored.published else None,
        },
        "url": f"{about.base}/?{about.query}&event={event.id}" if about.base else "",
    }  # fmt: skip


def _place(event: Event) -> dict[str, Any] | None:
    place = event.place
    if place is None:
        return None
    told: dict[str, Any] = {
        "name": place.name, "precision": place.precision.value, "country": place.country, "admin1": place.admin1,
    }  # fmt: skip
    # The label of an area is no place of an event.
    point = {} if place.precision.is_area else {"lat": round(place.lat, 6), "lon": round(place.lon, 6)}
    return told | point


def _source(item: dict[str, Any]) -> str:
    article = item["article"]
    published = day_in_words(dt.date.fromisoformat(article["published"])) if article["published"] else ""
    parts = [article["title"] or "article without a title", article["source"] or "publisher not known", published]
    return ", ".join(part for part in parts if part)


def _text(subject: str, items: list[dict[str, Any]], notes: list[str], page: str) -> str:
    lines = [subject, ""]
    for number, item in enumerate(items, 1):
        lines.append(f"{number}. {item['headline']}")
        told = [
            f"“{item['quote']}”" if item["quote"] else "",
            item["placed"],
            _source(item),
            item["article"]["url"],
            item["url"],
        ]
        lines += [f"   {' '.join(line.split())}" for line in told if line]
        lines.append("")
    lines += [*notes, f"The whole view: {page}" if page else ""]
    return "\n".join(lines).rstrip() + "\n"


def _html(subject: str, items: list[dict[str, Any]], notes: list[str], page: str) -> str:
    pieces = []
    for item in items:
        source = escape(_source(item))
        if item["article"]["url"]:
            source = f'<a href="{escape(item["article"]["url"])}">{source}</a>'
        name = escape(item["headline"])
        if item["url"]:
            name = f'<a href="{escape(item["url"])}">{name}</a>'
        quote = f"<blockquote>{escape(item['quote'])}</blockquote>" if item["quote"] else ""
        pieces.append(f"<li><p><strong>{name}</strong></p>{quote}<p>{escape(item['placed'])}<br>{source}</p></li>")
    told = "".join(f"<p><small>{escape(note)}</small></p>" for note in notes)
    link = f'<p><a href="{escape(page)}">Open the whole view</a></p>' if page else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title></head><body><h1>{escape(subject)}</h1>"
        f"<ol>{''.join(pieces)}</ol>{link}{told}</body></html>"
    )
