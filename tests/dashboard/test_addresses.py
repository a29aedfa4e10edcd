"""Addresses that are passed on: they hold behind any base path, and with any number of actors."""

from __future__ import annotations

import datetime as dt
import io
from urllib.parse import urlsplit

import anyio
import feedparser
import httpx
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from dashboard.feed import feed_address, feed_routes
from dashboard.routing import every_route
from dashboard.share_dialog import base_of, permalink, with_window
from dashboard.snapshots import folder, making
from dashboard.snapshots.routes import routes as snapshot_routes
from geodata.settings import settings
from geodata.view import View
from geodata.view_url import Known, decode_view

ANYTHING = Known(actors=lambda _: True, regions=lambda _: True)
BASES = st.sampled_from(["https://maps.example.org", "http://127.0.0.1:8501", "https://example.org/a/conflict%20map"])
PAGES = st.sampled_from(["/", "/gallery", "/articles"])
VIEWS = st.builds(
    View,
    date_from=st.none() | st.dates(),
    actors=st.lists(st.text(max_size=20), max_size=150).map(tuple),
    text=st.text(max_size=30),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    zoom=st.floats(0, 20),
)


@hypothesis_settings(deadline=None, max_examples=40)
@given(BASES, PAGES, VIEWS)
def test_a_link_holds_behind_any_base_and_with_any_number_of_actors(base, page, view):
    found = base_of(f"{base}{page}?v=1")
    assert found == base
    link = permalink(found, view)
    assert link.startswith(f"{base}/?v=1")
    assert decode_view(urlsplit(link).query, ANYTHING) == (view, ())
    feed = urlsplit(feed_address(found, view))
    assert f"{feed.scheme}://{feed.netloc}{feed.path}" == f"{base}/feed.atom"
    assert decode_view(feed.query, ANYTHING) == (view.filters, ())
    assert feed_address("", view) == f"feed.atom?{feed.query}"  # relative: right behind any base
    assert with_window(view.filters, link) == view


@pytest.mark.parametrize("address", ["", "nonsense", "javascript:alert(1)", "http://[::1", "https://"])
def test_an_address_that_is_none_gives_no_base(address):
    assert base_of(address) == ""


def ask(path: str) -> httpx.Response:
    """Ask an installation that lies below a path."""
    mounted = Starlette(routes=[Mount("/a/map", routes=[*feed_routes(), *snapshot_routes()])])

    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app=mounted)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path)

    return anyio.run(get)


@pytest.mark.usefixtures("installation")
def test_feeds_and_previews_name_the_address_below_a_path(monkeypatch):
    feed = feedparser.parse(io.BytesIO(ask("/a/map/feed.atom?type=retreat").content))
    assert feed.feed.link == "http://test/a/map/?v=1&type=retreat"
    assert feed.entries[0].link.startswith("http://test/a/map/?v=1&type=retreat&event=")
    snapshot_id = folder.freeze(making.Order(view=View(date_from=dt.date(2017, 10, 1)))).record.id
    page = ask(f"/a/map/s/{snapshot_id}").text
    assert f'content="http://test/a/map/s/{snapshot_id}/card.png"' in page
    assert 'href="../feed.atom?v=1&amp;from=2017-10-01"' in page
    monkeypatch.setenv("CONFLICTMAP_PUBLIC_URL", "https://maps.example.org/conflict/")
    settings.cache_clear()
    feed = feedparser.parse(io.BytesIO(ask("/a/map/feed.atom").content))
    assert feed.feed.link == "https://maps.example.org/conflict/?v=1"
    settings.cache_clear()


@pytest.mark.parametrize("base_path", ["a/map", "/a/map/"])
def test_every_address_moves_below_the_path_of_the_pages(base_path):
    def shape(route: Route) -> tuple[object, ...]:
        return route.endpoint, route.methods

    above, below = every_route(), every_route(base_path)
    assert [route.path for route in below] == [f"/a/map{route.path}" for route in above]
    assert [shape(route) for route in below] == [shape(route) for route in above]
