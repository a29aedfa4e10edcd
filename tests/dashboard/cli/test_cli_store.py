"""`conflictmap ingest` and `export`: what is stored, and what is written of it."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from cli_words import KIRKUK, SINJAR, is_one_sentence

from dashboard.commands.export import query_of
from geodata.article import Article
from geodata.errors import FetchError
from geodata.settings import settings
from geodata.store import Store
from geodata.view import View


def test_the_same_article_twice_is_one_article(run, file, filled):
    found = run("ingest", file("again.txt", f"  {KIRKUK}\n"))
    assert found.exit_code == 0
    assert "0 new articles (1 known already)" in found.stdout
    with Store.open(filled, read_only=True) as store:
        assert store.extent().articles == 2


def test_ingest_counts_what_was_stored_and_what_was_not_placed(run, file):
    found = run("ingest", file("a.txt", "The minister condemned the attack."), "--published", "2017-10-16")
    with Store.open(settings().store, read_only=True) as store:
        counts = store.counts(View())
    assert "1 new article, " in found.stdout
    assert f"{counts.events:,} event" in found.stdout
    assert (f"{counts.not_placed:,} of them not placed" in found.stdout) == bool(counts.not_placed)


def test_good_files_are_stored_when_others_are_bad_and_the_code_says_so(run, file, tmp_path):
    found = run("ingest", tmp_path / "none.txt", file("a.pdf", b"%PDF-1.7\n"), file("a.txt", KIRKUK))
    assert found.exit_code == 1
    assert "1 new article" in found.stdout
    assert len(found.stderr.splitlines()) == 2


def test_nothing_is_stored_when_nothing_can_be_taken(run, file, data_dir):
    assert run("ingest", file("a.pdf", b"%PDF-1.7\n")).exit_code == 1
    assert not (data_dir / "store").exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1:8501/", "file:///etc/passwd", "http://169.254.169.254/", "nonsense"])
def test_addresses_inside_this_network_are_refused(run, url):
    found = run("ingest", "--url", url)
    assert found.exit_code == 1
    assert is_one_sentence(found.stderr)


def test_a_page_is_fetched_and_stored_and_a_dead_one_is_told(run, monkeypatch):
    def fetch(url):
        if "dead" in url:
            msg = "The page did not come in time."
            raise FetchError(msg)
        return Article(text=KIRKUK, url=url)

    monkeypatch.setattr("geodata.sources.web.fetch_article", fetch)
    found = run("ingest", "--url", "https://a.example/1", "--url", "https://dead.example", "--published", "2017-10-16")
    assert found.exit_code == 1
    assert "dead.example: The page did not come in time." in found.stderr
    with Store.open(settings().store, read_only=True) as store:
        (row,) = store.articles()
    assert (row.url, row.published) == ("https://a.example/1", dt.date(2017, 10, 16))


def test_samples_are_stored(run, monkeypatch):
    few = [Article(text=KIRKUK, published=dt.date(2017, 10, 16)), Article(text=SINJAR)]
    monkeypatch.setattr("geodata.samples.sample_articles", lambda: few)
    assert "2 new articles" in run("ingest", "--samples").stdout


def exported(run, tmp_path, kind, view):
    path = tmp_path / f"out.{kind}"
    found = run("export", "--view", view, "--format", kind, "-o", path)
    assert found.exit_code == 0, found.stderr
    return path.read_text(encoding="utf-8-sig")


def test_an_export_holds_exactly_what_the_view_lets_pass(run, tmp_path, filled):
    view = "v=1&region=IQ-KI"
    with Store.open(filled, read_only=True) as store:
        expected = store.counts(View(regions=("IQ-KI",))).events
        everything = store.counts(View()).events
    assert 0 < expected < everything
    table = exported(run, tmp_path, "csv", view)
    places = json.loads(exported(run, tmp_path, "geojson", f"http://127.0.0.1:8501/?{view}"))
    page = re.sub(r"</?(mark|strong|span|q)[^>]*>", "", exported(run, tmp_path, "html", f"?{view}"))
    assert len(table.splitlines()) == expected + 1
    assert len(places["features"]) == expected
    assert "entered Kirkuk" in page
    assert "attacked Sinjar" not in table + json.dumps(places) + page
    assert len(exported(run, tmp_path, "csv", "").splitlines()) == everything + 1


def test_a_view_that_cannot_be_applied_writes_nothing(run, tmp_path, filled):  # noqa: ARG001 - a store
    kept = tmp_path / "kept.csv"
    kept.write_text("kept")
    for view in ("region=atlantis", "actor=Nobody", "from=yesterday", "colour=red"):
        found = run("export", "--view", view, "--format", "csv", "-o", kept)
        assert found.exit_code == 2
        assert "Nothing was written" in found.stderr
    assert kept.read_text() == "kept"


def test_an_export_makes_no_store(run, tmp_path, data_dir):
    found = run("export", "--format", "csv", "-o", tmp_path / "x.csv")
    assert found.exit_code == 1
    assert is_one_sentence(found.stderr)
    assert not data_dir.exists()
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    ("view", "query"),
    [
        ("", ""),
        ("?from=2017-10-01", "?from=2017-10-01"),
        ("http://127.0.0.1:8501/?from=2017-10-01#x", "from=2017-10-01"),
        ("https://host/path", ""),
        ("http://[broken", "http://[broken"),
    ],
)
def test_a_view_is_an_address_or_its_query(view, query):
    assert query_of(view) == query
