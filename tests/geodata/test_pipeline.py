"""Articles into the store: one bad article stops no other, and nothing is stored half."""

from __future__ import annotations

# ruff: noqa: ARG002 - the readers here stand in for the real one and take what it takes
import pytest

from geodata import pipeline
from geodata.article import Article
from geodata.errors import ArticleError, ModelError, SourceError, StoreError
from geodata.event import Event, Reading
from geodata.ontology import EventType
from geodata.pipeline import read_into_store
from geodata.store import Store
from geodata.view import View


def reading_of(article):
    kind = EventType.ASSAULT
    event = Event(id=f"{article.id}-0", article_id=article.id, type=kind, quad=kind.quad, start=0, end=1, quote="x")
    return Reading(article=article, mentions=(), events=(event,))


class Reader:
    """Reads every article but those whose text holds the word "bad"."""

    def __init__(self, error=None):
        self.error = error or ValueError("inner detail")
        self.read_texts = []

    def read(self, article):
        self.read_texts.append(article.text)
        if "bad" in article.text:
            raise self.error
        return reading_of(article)

    def read_many(self, articles, *, processes=1):
        for article in articles:
            yield self.read(article)


class EagerReader(Reader):
    """Takes many articles before it gives the first reading, as several processes do."""

    def read_many(self, articles, *, processes=1):
        yield from [self.read(article) for article in articles]


class SilentReader(Reader):
    """Leaves out what it cannot read."""

    def read_many(self, articles, *, processes=1):
        yield from (self.read(article) for article in articles if "bad" not in article.text)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(pipeline, "BATCH", 4)


def articles(*texts):
    return [Article(text=text) for text in texts]


def test_articles_are_read_and_stored_in_batches(store):
    given = articles(*(f"Report {n}" for n in range(10)))
    written = read_into_store(iter(given), Reader(), store, label="test")
    assert (written.articles_new, written.articles_known, written.events, written.problems) == (10, 0, 10, ())
    assert written.batch_id in store.folder.listing().batches
    assert len(store.folder.listing().batches) == 3
    assert store.extent().articles == 10


@pytest.mark.parametrize("kind", [Reader, EagerReader, SilentReader])
@pytest.mark.parametrize("at", [0, 2, 3, 4, 9])
def test_one_bad_article_becomes_a_problem_and_stops_no_other(store, kind, at):
    texts = [f"Report {n}" for n in range(10)]
    texts[at] = "A bad report"
    written = read_into_store(articles(*texts), kind(), store)
    assert (written.articles_new, written.events) == (9, 9)
    (problem,) = written.problems
    assert problem.message == '"A bad report" was left out: it could not be read (the log says more).'
    assert store.counts(View()).articles == 9


def test_only_bad_articles(store):
    written = read_into_store(articles("bad 1", "bad 2", "bad 3", "bad 4", "bad 5"), Reader(), store)
    assert len(written.problems) == 5
    assert store.extent().articles == 0
    assert store.folder.listing().batches == ()


def test_a_reason_in_words_is_given(store):
    bad = Article(text="bad", title="A very long   title " * 10)
    (problem,) = read_into_store([bad], Reader(ArticleError("The text is not read yet.")), store).problems
    assert problem.message.startswith('"A very long title A very long title')
    assert problem.message.endswith('..." was left out: The text is not read yet.')
    assert len(problem.message) < 130


def test_known_articles_are_not_read_again(store):
    given = articles("One", "Two", "Three", "Four", "Five")
    read_into_store(given[:3], Reader(), store)
    reader = Reader()
    written = read_into_store([*given, given[4]], reader, store)
    assert reader.read_texts == ["Four", "Five"]
    assert (written.articles_new, written.articles_known) == (2, 4)
    again = read_into_store(given, reader, store)
    assert (again.batch_id, again.articles_new, again.articles_known) == ("", 0, 5)


def test_what_came_before_a_broken_source_is_stored(store):
    def source():
        yield from articles("One", "Two", "Three", "Four", "Five")
        msg = "Line 6 is no JSON."
        raise SourceError(msg)

    written = read_into_store(source(), Reader(), store)
    assert written.articles_new == 5
    assert [problem.message for problem in written.problems] == [
        "Not all articles could be taken in: Line 6 is no JSON."
    ]


def test_what_is_wrong_with_the_installation_is_not_blamed_on_articles(store):
    with pytest.raises(ModelError):
        read_into_store(articles("bad"), Reader(ModelError("No model.")), store)


def test_a_reader_that_cannot_begin_does_not_go_on_for_ever(store):
    class Broken(Reader):
        def read_many(self, articles, *, processes=1):
            msg = "no processes"
            raise OSError(msg)

    with pytest.raises(OSError, match="no processes"):
        read_into_store(articles("One"), Broken(), store)


def test_a_store_that_cannot_be_written_stops_it(store, monkeypatch):
    def refuse(*_, **__):
        msg = "There is no room left on the disk."
        raise StoreError(msg)

    monkeypatch.setattr(store, "write", refuse)
    with pytest.raises(StoreError, match="no room"):
        read_into_store(articles("One"), Reader(), store)


def test_progress_is_told(store):
    told = []
    read_into_store(articles("One", "bad", "Three", "One"), Reader(), store, progress=lambda *now: told.append(now))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert told[-1] == ("4 of 4 articles read", 1.0)
    told.clear()
    read_into_store(iter(articles("Five")), Reader(), store, progress=lambda *now: told.append(now))
    assert told[0] == ("1 article read", 0.0)
    assert told[-1][1] == 1.0


def test_nothing_to_read(store):
    told = []
    written = read_into_store([], Reader(), store, progress=lambda *now: told.append(now))
    assert (written.articles_new, written.problems) == (0, ())
    assert told[-1][1] == 1.0
