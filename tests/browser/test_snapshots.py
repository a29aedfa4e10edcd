"""Sharing a view as a person does it: freeze, pass on, come back when the data have changed, delete."""

from __future__ import annotations

import http.server
import io
import re
import threading
import urllib.error
import zipfile
from dataclasses import dataclass
from pathlib import Path

import feedparser
import pytest
from driving import PAINT_MS, WIDE, MapPage
from playwright.sync_api import expect
from serving import running

from geodata.article import Article
from geodata.event import Actor, Event, Place, Precision, Reading
from geodata.ontology import EventType
from geodata.regions import regions
from geodata.store import Store
from geodata.view import View

QUERY = "v=1&type=assault&region=IQ"
VIEW = View(types=(EventType.ASSAULT,), regions=("IQ",))
HAWIJA = Place(
    id="gn:95812", name="Hawija", lat=35.32484, lon=43.76991, country="IQ", admin1="IQ-KI",
    precision=Precision.SETTLEMENT, kind="town",
)  # fmt: skip


@dataclass
class Site:
    """Another site on this machine, each page of which shows `framed` in a frame."""

    url: str
    framed: str = ""


@pytest.fixture(scope="module")
def sites():
    """Return two other sites."""
    made, servers = [], []
    for _ in range(2):
        site = Site("")

        class Handler(http.server.BaseHTTPRequestHandler):
            told = site

            def do_GET(self):
                body = (
                    f'<!doctype html><title>Story</title><iframe id="f" src="{self.told.framed}" width=800 height=600>'
                )
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        site.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made.append(site)
        servers.append(server)
    yield made
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def sharing(tmp_path_factory, pytestconfig, gazetteer_path, sample_store, sites):
    """Return a server of this file's own, whose snapshots the first of the sites may show."""
    yield from running(
        tmp_path_factory.mktemp("sharing"),
        gazetteer_path=gazetteer_path,
        filled=sample_store,
        cwd=Path(pytestconfig.rootpath),
        CONFLICTMAP_EMBED_HOSTS=sites[0].url,
    )


@pytest.fixture
def live(new_context, sharing):
    """Return the map page of that server, not open yet."""
    context, watch = new_context(sharing.url, permissions=["clipboard-read", "clipboard-write"])
    return MapPage(context.new_page(), sharing, watch)


@pytest.fixture
def freeze(live):
    """Return a function that freezes a view by the dialog, and gives the address that it shows."""

    def make(title: str, query: str = QUERY) -> str:
        live.open(query)
        page = live.page
        page.get_by_test_id("share-snapshot").click()
        page.get_by_label("Title").fill(title)
        page.locator(".st-key-share-freeze button").click()
        expect(page.get_by_test_id("stDialog")).to_contain_text("The snapshot is made", timeout=PAINT_MS)
        page.get_by_test_id("copy-address").click()
        expect(page.get_by_test_id("stDialog")).to_contain_text("Copied.")
        return page.evaluate("() => navigator.clipboard.readText()")

    return make


def add_one(sharing, text: str) -> None:
    """Store one more assault in Iraq, as another process does."""
    article = Article(text=text, title="One more", source="Example News", url="https://news.example/1")
    event = Event(
        id="new-" + article.id, article_id=article.id, type=EventType.ASSAULT, quad=EventType.ASSAULT.quad,
        source_actors=(Actor(name="Islamic State", text="IS"),), place=HAWIJA, place_text="Hawija",
        regions=regions().of_place(HAWIJA), start=0, end=len(text), quote=text,
    )  # fmt: skip
    with Store.open(sharing.data_dir / "store") as store:
        store.write([Reading(article=article, mentions=(), events=(event,))])


def test_a_snapshot_stays_what_it_was_and_says_what_is_new(live, freeze, sharing):
    with sharing.store() as store:
        then = store.counts(VIEW).events
    address = freeze("Assaults <b>in</b> Iraq")
    assert re.fullmatch(rf"{sharing.url}/s/[A-Za-z0-9_-]{{22,}}", address)
    page = live.page
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Assaults <b>in</b> Iraq")
    expect(page.get_by_test_id("changes")).to_have_text(f"Today's data show the same {then} events.")
    add_one(sharing, "Militants fired mortars at Hawija.")
    page.reload()
    expect(page.get_by_test_id("sentence")).to_contain_text(f"{then} reported events")
    frozen = page.frame_locator('[data-testid="frozen-map"]')
    expect(frozen.locator(".leaflet-marker-icon[aria-label]").first).to_be_visible(timeout=PAINT_MS)
    expect(frozen.get_by_test_id("event-card")).to_have_count(then)
    changes = page.get_by_test_id("changes")
    expect(changes).to_have_text(f"Since this snapshot: 1 new ({then} events then, {then + 1} now).")
    expect(page.locator("#changes")).to_contain_text("Militants fired mortars at Hawija.")
    page.get_by_test_id("open-live").click()
    MapPage(page, sharing, live.watch).ready()
    expect(live.sentence).to_contain_text(f"{then + 1} reported events", timeout=PAINT_MS)


def test_a_pasted_title_that_is_too_long_is_told_and_not_lost(live):
    live.open(QUERY)
    page = live.page
    page.get_by_test_id("share-snapshot").click()
    title = page.get_by_label("Title")
    title.fill("")
    page.evaluate("text => navigator.clipboard.writeText(text)", "much too long " * 25)
    title.press("Control+v")
    page.locator(".st-key-share-freeze button").click()
    expect(page.get_by_test_id("stDialog")).to_contain_text("The title has 350 letters, and there is room for 200")
    expect(title).to_have_value("much too long " * 25)


def test_the_gallery_finds_and_really_deletes(live, freeze, sharing):
    keep, gone = freeze("Kept for good"), freeze("To be deleted")
    snapshot_id = gone.rpartition("/")[2]
    page = live.page
    page.goto(f"{sharing.url}/gallery")
    cards = page.get_by_test_id("snapshot-card")
    expect(cards.filter(has_text="To be deleted")).to_be_visible(timeout=PAINT_MS)
    search = page.get_by_label("Search")
    search.fill("be deleted")
    search.press("Enter")
    expect(cards).to_have_count(1)
    page.locator(f".st-key-ask-{snapshot_id} button").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text("is deleted")
    assert not list((sharing.data_dir / "snapshots").glob(f"*{snapshot_id}*"))
    for path in (f"/s/{snapshot_id}", f"/s/{snapshot_id}.zip", f"/s/{snapshot_id}/map.html"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            sharing.get(path)
    assert sharing.get(keep.removeprefix(sharing.url))


def test_the_zip_opens_without_a_network(freeze, sharing, new_context, tmp_path):
    address = freeze("Offline")
    packed = sharing.get(address.removeprefix(sharing.url) + ".zip")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(tmp_path)
    context, watch = new_context("", offline=True)
    page = context.new_page()
    page.goto((tmp_path / "map.html").as_uri())
    expect(page.locator(".leaflet-marker-icon[aria-label]").first).to_be_visible(timeout=PAINT_MS)
    assert page.locator("#map canvas").count() >= 1
    with sharing.store() as store:
        expect(page.get_by_test_id("event-card")).to_have_count(store.counts(VIEW).events)
    watch.check_all()


def test_a_pasted_link_shows_the_map(live, freeze):
    address = freeze("Card")
    page = live.page
    page.goto(address)
    tag = page.locator("head > meta[property='og:image']")
    assert tag.get_attribute("content") == f"{address}/card.png"
    assert page.locator("head > meta[name='twitter:card']").get_attribute("content") == "summary_large_image"
    assert page.locator("head > meta[property='og:title']").get_attribute("content") == "Card"
    size = page.evaluate(
        "address => new Promise((done, failed) => { const i = new Image(); i.onload = () => done([i.width, i.height]);"
        " i.onerror = failed; i.src = address; })",
        f"{address}/card.png",
    )
    assert size == [1200, 630]


def test_only_a_friend_may_show_it_in_a_frame(browser, freeze, sites):
    friend, stranger = sites
    friend.framed = stranger.framed = freeze("Framed") + "/embed"
    context = browser.new_context(viewport=WIDE)  # not watched: other sites are what this is about
    page = context.new_page()
    page.goto(friend.url)
    frame = page.frame_locator("#f")
    expect(frame.locator(".leaflet-marker-icon[aria-label]").first).to_be_visible(timeout=PAINT_MS)
    expect(frame.locator("#map .leaflet-control-attribution")).to_contain_text("GeoNames")
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(stranger.url)
    expect(page.frame_locator("#f").locator("#map")).to_have_count(0)
    context.close()


def test_a_view_can_be_followed(live, freeze, sharing):
    live.open(QUERY)
    page = live.page
    found = page.locator("head > link[rel='alternate'][type='application/atom+xml']")
    expect(found).to_have_attribute("href", "feed.atom?v=1&type=assault&region=IQ")
    feed = feedparser.parse(io.BytesIO(sharing.get(f"/feed.atom?{QUERY}")))
    with sharing.store() as store:
        assert len(feed.entries) == min(100, store.counts(VIEW).events)
    page.goto(feed.entries[-1].link)
    ready = MapPage(page, sharing, live.watch).ready()
    ready.frame.locator(".cm-selected-ring, .cm-pill-selected").first.wait_for(state="attached")
    page.goto(freeze("Followed"))
    href = page.locator("head > link[rel='alternate']").evaluate("link => link.href")
    assert href.startswith(f"{sharing.url}/feed.atom?v=1&type=assault&region=IQ")
