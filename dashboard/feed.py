"""The feed of a view: ``/feed.atom?<view>``, for any feed reader; new events of the view come first."""

from __future__ import annotations

import datetime as dt
import email.utils
import time
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from dashboard import resources
from dashboard.answers import BadQueryError, etag_of, has_it, query_of, refused
from dashboard.api import parse_view_query
from dashboard.summary import sentence_text, title_of
from dashboard.texts import APP_NAME, ATTRIBUTION, DISCLAIMER, REPORTS_NOT_FACTS
from geodata.errors import ConflictmapError, RegionError
from geodata.exports.atom import MEDIA_TYPE, Feed, to_atom
from geodata.settings import settings
from geodata.store.recent import last_added, recent
from geodata.view_url import encode_view

if TYPE_CHECKING:
    from starlette.requests import Request

    from geodata.store import Store
    from geodata.view import View

ENTRIES = 100  # of one page: a reader that looks once an hour misses nothing of a view with 2,400 events a day
MOST_PAGES = 100
_MOMENT_S = 600  # how often a feed is made anew where events are held back for a time
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def feed_query(view: View) -> str:
    """Return the query of a view's feed: its filters, not its window."""
    return encode_view(view.filters)


def feed_link(view_query: str, title: str, *, base: str = "") -> str:
    """Return the element by which browsers and feed readers find the feed of a page."""
    return (
        f'<link rel="alternate" type="{MEDIA_TYPE}" title="{escape(title)}" '
        f'href="{escape(base)}feed.atom?{escape(view_query)}">'
    )


def base_of(request: Request) -> str:
    """Return what all addresses of this installation begin with, as others can reach it."""
    if settings().public_url:
        return settings().public_url
    before, _, _ = str(request.url.replace(query="", fragment="")).rpartition("/feed.atom")
    return before


async def feed(request: Request) -> Response:
    """Answer ``/feed.atom``."""
    return await run_in_threadpool(_feed, request)


def _feed(request: Request) -> Response:
    try:
        query = query_of(request)
        page = _page(query.pop("page", ["1"]))
        view = parse_view_query(query).filters
        safety, store = resources.safety(), resources.shared_store()
        store.check(view)
        # What is held back comes out by time alone; all else only when the store changes.
        moment = str(int(time.time() // _MOMENT_S)) if safety.delay_hours else ""
        etag = etag_of(store.version, safety.key, moment, base_of(request), encode_view(view), str(page))
        changed = _changed(store)
        headers = {
            "etag": etag,
            "cache-control": "no-cache",
            "last-modified": email.utils.format_datetime(changed, usegmt=True),
            "x-content-type-options": "nosniff",
            "access-control-allow-origin": "*",  # readers that run in a browser; nothing here is anybody's own
        }
        if _has_it(request, etag, changed):
            return Response(status_code=304, headers=headers)
        body = atom_of(store, view, base=base_of(request), page=page, changed=changed)
    except (BadQueryError, ConflictmapError) as error:
        return refused(error)
    return Response(body, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)


def atom_of(store: Store, view: View, *, base: str, page: int = 1, changed: dt.datetime = _NEVER) -> bytes:
    """Return a page of the feed of a view.

    Parameters
    ----------
    store
        As it may be shared.
    view
        Its filters alone.
    base
        What all addresses of this installation begin with.
    page
        Counted from 1.
    changed
        When the store was added to last, for a feed without entries.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    found = recent(store, view, limit=ENTRIES + 1, offset=(page - 1) * ENTRIES)
    entries, more = found[:ENTRIES], len(found) > ENTRIES and page < MOST_PAGES
    counts = store.counts(view)
    query = feed_query(view)
    own = f"{base}/feed.atom?{query}"
    limit = f"The last {ENTRIES} added are on each page." if counts.events > ENTRIES else ""
    about = [f"{sentence_text(counts, view, resources.region_name)}.", REPORTS_NOT_FACTS, store.stated, limit]
    feed = Feed(
        key=query,
        title=f"{APP_NAME}: {title_of(view, resources.region_name)}",
        subtitle=" ".join(part for part in about if part),
        rights=f"{ATTRIBUTION}. {DISCLAIMER}",
        updated=entries[0].added if entries else changed,
        page=f"{base}/?{query}",
        address=own if page == 1 else f"{own}&page={page}",
        next_address=f"{own}&page={page + 1}" if more else "",
        event_page=lambda event: f"{base}/?{encode_view(replace(view, event=event))}",
        area_of=_box,
        name_of=resources.region_name,
    )
    return to_atom(feed, entries)


def _page(values: list[str]) -> int:
    if len(values) != 1 or not values[0].isascii() or not values[0].isdigit() or not 1 <= int(values[0]) <= MOST_PAGES:
        msg = f"The page of a feed is a number from 1 to {MOST_PAGES}."
        raise BadQueryError(msg)
    return int(values[0])


def _changed(store: Store) -> dt.datetime:
    """Return when anything was last written to the store."""
    return max(last_added(store) or _NEVER, store.written).replace(microsecond=0)


def _has_it(request: Request, etag: str, changed: dt.datetime) -> bool:
    """Tell whether the reader has this already; a tag counts for more than a time (RFC 9110, 13.2.2)."""
    if "if-none-match" in request.headers:
        return has_it(request, etag)
    try:
        since = email.utils.parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (TypeError, ValueError):
        return False
    # A time says nothing of what is let out by time alone, nor of a change of settings: only a tag does.
    return not resources.safety().is_on and since.tzinfo is not None and changed <= since


def _box(region_id: str) -> tuple[float, float, float, float] | None:
    try:
        south, west, north, east = resources.regions().get(region_id).bbox
    except RegionError:
        return None
    return south, west, north, east


def feed_address(base: str, view: View) -> str:
    """Return the address of a view's feed; relative to the page where the base is not known."""
    return f"{base}/feed.atom?{feed_query(view)}" if base else f"feed.atom?{feed_query(view)}"


def feed_routes() -> list[Route]:
    """Return the route of feeds."""
    return [Route("/feed.atom", feed)]
