"""The articles page: what goes in, what is shown of it before it is saved, and what is refused."""

from __future__ import annotations

import http.server
import json
import re
import threading
from typing import TYPE_CHECKING

import pytest
from driving import WIDE, ArticlesPage, Watch
from playwright.sync_api import expect

from geodata.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

WITHIN_MS = 5_000  # a promise: what is saved shows on every open map within five seconds

BRIEF = """TUZ KHURMATU, Iraq, March 4, 2019 - Gunmen attacked a police station in Tuz Khurmatu on Monday, killing two officers.

Iraqi troops withdrew from Hawija on Sunday. The interior minister met tribal leaders in Zzyzxstan on Tuesday.

Turkey condemned the attack."""
UNDATED = "Rebels shelled the town of Sinjar and seized a checkpoint. Peshmerga fighters withdrew from Kirkuk."
PAGE = f"""<!doctype html><html><head><title>Clashes near Tuz Khurmatu</title>
<meta property="article:published_time" content="2019-03-05T08:00:00Z"></head>
<body><nav>Home Sport Weather</nav><article><h1>Clashes near Tuz Khurmatu</h1>
{"".join(f"<p>{part}</p>" for part in BRIEF.split(chr(10) + chr(10)))}
<p>Residents said that shops stayed closed and that helicopters circled over the town for several hours.</p>
</article><script>document.title = "changed"</script></body></html>"""
ROWS = [
    {"id": "1", "text": "Gunmen attacked a checkpoint in Kirkuk on Monday.", "published": "2019-03-05"},
    {
        "id": "2",
        "text": "Protesters marched in Basra on Tuesday.",
        "published": "2019-03-06",
        "title": "March in Basra",
    },
]
TABLE = "title,text,published\n" + "\n".join(f"{row.get('title', '')},{row['text']},{row['published']}" for row in ROWS)
ARABIC = "قال مسؤولون إن مسلحين هاجموا مركزا للشرطة في كركوك يوم الاثنين، وانسحبت القوات من الحويجة باتجاه بغداد."


@pytest.fixture
def articles(new_context, own_dashboard) -> ArticlesPage:
    context, watch = new_context(own_dashboard.url)
    return ArticlesPage(context.new_page(), own_dashboard, watch).open()


@pytest.fixture(scope="module")
def refusing(browser, own_dashboard) -> Iterator[ArticlesPage]:
    """Return one open page for everything that is refused: after a refusal one can simply go on."""
    context = browser.new_context(viewport=WIDE)
    watch = Watch(own_dashboard.url)
    watch.follow(context)
    yield ArticlesPage(context.new_page(), own_dashboard, watch).open()
    context.close()
    watch.check_all()


@pytest.fixture
def unchanged(own_dashboard):
    """Check that the test stored nothing."""
    before = stored(own_dashboard)
    yield
    assert stored(own_dashboard) == before


def stored(installation):
    with installation.store() as store:
        return store.counts(View()), store.extent().articles


def refused(page: ArticlesPage, words: str) -> None:
    """Check that one clear sentence with these words is all that comes of it."""
    expect(page.refusal).to_contain_text(words, timeout=page.READ_MS)
    expect(page.refusal).to_have_count(1)
    said = page.refusal.inner_text().strip()
    assert 10 < len(said) < 200
    assert "\n" not in said
    assert re.search(r"[.)]$", said), f"no full sentence: {said}"
    expect(page.preview).to_have_count(0)
    content = page.page.content()
    assert "Traceback" not in content
    assert "Exception" not in content


@pytest.mark.usefixtures("unchanged")
def test_preview_shows_what_was_read_and_what_was_not(articles):
    articles.paste(BRIEF, title="Attack in Tuz Khurmatu", source="Example News")
    articles.is_read()
    page = articles.page
    expect(page.get_by_role("heading", name="Attack in Tuz Khurmatu")).to_be_visible()
    expect(articles.text.locator("mark.cm-span-place", has_text="Tuz Khurmatu").first).to_be_visible()
    expect(articles.text.locator("mark.cm-span-place", has_text="Hawija")).to_have_attribute(
        "title", re.compile("sure")
    )
    expect(articles.text.locator("mark.cm-span-event").first).to_be_visible()
    expect(articles.text.locator("mark.cm-span-verb", has_text="withdrew")).to_be_visible()
    expect(articles.text).to_have_text(BRIEF)
    expect(articles.text.locator("mark.cm-span-unplaced", has_text="Zzyzxstan")).to_be_visible()
    missing = page.get_by_test_id("stExpander")
    expect(missing).to_contain_text("not placed, not dated or not read")
    expect(missing).to_contain_text(re.compile("Zzyzxstan.* was not placed"))
    cards = page.get_by_test_id("event-card")
    expect(cards.nth(1)).to_be_visible()
    expect(cards.filter(has_text="Retreat")).to_contain_text("3 Mar 2019")
    expect(page.locator(".st-key-preview-map iframe")).to_be_visible()
    marks = page.frame_locator(".st-key-preview-map iframe").locator('[data-testid^="map-"].leaflet-marker-icon')
    expect(marks.first).to_be_visible()


def test_saved_events_show_on_a_map_that_is_open(articles, new_context, own_dashboard, map_page_of):
    watching = map_page_of(*new_context(own_dashboard.url), own_dashboard).open()
    watching.agrees(View())
    watching.page.evaluate("() => { window.notReloaded = true; }")
    before, articles_before = stored(own_dashboard)
    articles.paste(BRIEF.replace("two officers", "three officers"), title="Saved")
    articles.is_read()
    assert stored(own_dashboard) == (before, articles_before)
    articles.save()
    after, articles_after = stored(own_dashboard)
    assert articles_after == articles_before + 1
    assert after.events > before.events
    expect(watching.sentence).to_contain_text(f"{after.events} reported events", timeout=WITHIN_MS)
    watching.agrees(View())
    assert watching.page.evaluate("() => window.notReloaded") is True

    articles.page.get_by_role("button", name="Show on the map").click()
    saved = f"{after.events - before.events} reported events from 1 article"
    expect(articles.page.get_by_test_id("sentence")).to_contain_text(saved, timeout=WITHIN_MS)
    articles.open()
    articles.paste(BRIEF.replace("two officers", "three officers"), title="The same again")
    articles.is_read()
    articles.page.locator(".st-key-save button").click()
    expect(articles.page.get_by_test_id("stAlert")).to_contain_text("had been stored before")
    assert stored(own_dashboard) == (after, articles_after)


@pytest.mark.usefixtures("unchanged")
def test_missing_date_is_asked_for(articles):
    articles.paste(UNDATED)
    articles.is_read()
    page = articles.page
    expect(page.get_by_test_id("stMain")).to_contain_text("Publication date not known")
    expect(page.locator(".st-key-ask-date")).to_contain_text("When was the article published?")
    page.locator('.st-key-ask-date [data-type="year"]').focus()
    page.keyboard.type("20190305")
    page.get_by_role("button", name="Read with this date").click()
    expect(page.get_by_test_id("stMain")).to_contain_text("Published 5 Mar 2019 (given)", timeout=articles.READ_MS)
    expect(page.locator(".st-key-ask-date")).to_have_count(0)


@pytest.mark.usefixtures("unchanged")
def test_inferred_date_is_marked_as_inferred(articles):
    articles.paste("Gunmen attacked a checkpoint in Kirkuk on 3 March 2019. Troops withdrew from Hawija on Monday.")
    articles.is_read()
    expect(articles.page.get_by_test_id("stMain")).to_contain_text("inferred from the text, may be wrong")
    expect(articles.page.locator(".st-key-ask-date")).to_contain_text("When was the article published?")


@pytest.mark.usefixtures("unchanged")
def test_every_name_says_what_else_it_might_have_meant(articles):
    articles.paste(
        "A barn burned in Paris, Texas, on Monday. Troops withdrew from Zzyzxstan. <img src=x> Paris mourned."
    )
    articles.is_read()
    names = articles.page.get_by_test_id("place-names").locator("details")
    paris = names.filter(has_text=re.compile("^Paris"))
    expect(paris.locator("summary")).to_contain_text("Paris, Texas, United States")
    expect(paris.locator("ol")).to_be_hidden()
    paris.locator("summary").focus()
    articles.page.keyboard.press("Enter")
    expect(paris).to_contain_text("Why here: what stands after the name says so")
    lost = paris.locator("li", has_text="Paris, Île-de-France, France")
    expect(lost).to_contain_text(re.compile(r"capital, 2,\d+,\d+ people · score \d"))
    expect(lost).to_contain_text("Does not lie in what stands behind the name in the text")
    expect(names.locator("summary", has_text="Texas → Texas, United States")).to_have_count(1)


@pytest.mark.usefixtures("unchanged")
def test_discard_forgets_it(articles):
    articles.paste(BRIEF)
    articles.is_read()
    articles.page.locator(".st-key-discard button").click()
    expect(articles.preview).to_have_count(0)
    expect(articles.page.get_by_label("Text of the article")).to_be_visible()


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("name", "content", "number"),
    [
        ("brief.txt", BRIEF, "1 article"),
        ("page.html", PAGE, "1 article"),
        ("two.jsonl", "\n".join(json.dumps(row) for row in ROWS), "2 articles"),
        ("two.csv", TABLE, "2 articles"),
    ],
)
def test_files(articles, name, content, number):
    articles.upload(name, content.encode())
    articles.is_read(f"in {number}.")
    assert "Traceback" not in articles.page.content()
    if name == "page.html":
        expect(articles.page.get_by_test_id("stMain")).to_contain_text("5 Mar 2019 (from the page)")
        expect(articles.page.get_by_role("heading", name="Clashes near Tuz Khurmatu")).to_be_visible()
        expect(articles.text).not_to_contain_text("changed")
        expect(articles.text).not_to_contain_text("Weather")


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("text", "words"),
    [(" \n \n", "no text"), ("War.\n" * 2_000, "repeats one line 2,000 times"), ("12 34 !", "no words")],
    ids=["empty", "one-line-over-and-over", "no-words"],
)
def test_text_that_is_refused(refusing, text, words):
    refusing.page.get_by_role("tab", name="Paste").click()
    refusing.paste(text)
    refused(refusing, words)


@pytest.mark.usefixtures("unchanged")
def test_more_text_than_is_read(refusing):
    """Whoever pastes too much is told; it is not cut in silence."""
    refusing.page.get_by_role("tab", name="Paste").click()
    refusing.paste("Gunmen attacked Kirkuk on Monday. " * 6_000)
    refused(refusing, "at most 200,000")


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "no text file"),
        ("report.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" * 20, "This is a PDF"),
        ("columns.csv", b"name,size\nKirkuk,3\nErbil,4\n", "no column “text”"),
        ("lines.txt", b"Gunmen attacked Kirkuk on Monday.\n" * 10_000, "repeats one line 10,000 times"),
        ("long.txt", b"Gunmen attacked Kirkuk on Monday, said witness number %d. " * 6_000, "at most 200,000"),
        ("broken.jsonl", b'{"text": \n{"nothing": 1}\n', "no JSON"),
    ],
    ids=["empty", "binary", "pdf", "csv-without-text", "identical-lines", "too-long", "broken-json"],
)
def test_file_that_is_refused(refusing, name, content, words):
    refusing.upload(name, content)
    refused(refusing, words)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "Enter an address"),
        ("http://127.0.0.1/", "leads to 127.0.0.1, which is not on the public internet"),
        ("http://[::1]/", "leads to ::1, which"),
        ("http://localhost/", "leads to localhost, which"),
        ("http://169.254.169.254/latest/meta-data/", "leads to 169.254.169.254, which"),
        ("ftp://example.org/report.txt", "begin with http:// or https://"),
        ("http://name:secret@example.org/", "a password"),
    ],
)
def test_address_that_is_refused(refusing, url, words):
    refusing.fetch(url)
    refused(refusing, words)


@pytest.mark.usefixtures("unchanged")
def test_language_that_is_not_read_is_told_and_its_places_found(articles):
    articles.paste(ARABIC)
    articles.is_read("0 events in 1 article.")
    expect(articles.page.get_by_test_id("stMain")).to_contain_text(re.compile("Arabic|language"))
    expect(articles.text.locator("mark.cm-span-place", has_text="كركوك")).to_be_visible()


@pytest.mark.usefixtures("unchanged")
def test_a_server_on_this_machine_is_never_asked(refusing):
    asked = []

    class Inside(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Inside) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        refusing.fetch(f"http://127.0.0.1:{server.server_port}/secret")
        refused(refusing, f"uses port {server.server_port}")
        server.shutdown()
    assert asked == []


def test_stored_article_can_be_looked_at_again(articles):
    table = articles.page.get_by_test_id("stDataFrame")
    box = table.bounding_box()
    articles.page.mouse.click(box["x"] + 15, box["y"] + 38 + 17)
    expect(articles.text).to_be_visible(timeout=30_000)
    expect(articles.text.locator("mark").first).to_be_visible()


def test_log_holds_no_stack_trace(own_dashboard):
    assert "Traceback" not in own_dashboard.log.read_text(errors="replace")
