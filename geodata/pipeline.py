"""Articles in, batches out: read them, store them, and say what could not be read."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from geodata.errors import ConflictmapError, GazetteerError, ModelError, RegionError, StoreError
from geodata.event import Problem
from geodata.store.results import Written

if TYPE_CHECKING:
    from geodata.article import Article
    from geodata.event import Reading
    from geodata.store import Store

log = logging.getLogger(__name__)

BATCH = 200  # articles: some seconds of reading, and a file of some 100 kB
TITLE_CHARACTERS = 60  # of a title or a text that is named in a problem

# These say that something is wrong here, whatever the article.
NOT_THE_ARTICLE = (StoreError, ModelError, GazetteerError, RegionError)

Progress = Callable[[str, float], None]


class ArticleReader(Protocol):
    """What reads articles: `geodata.reading.reader.Reader`, or what stands in for it."""

    def read(self, article: Article) -> Reading:
        """Read one article."""
        ...

    def read_many(self, articles: Iterable[Article], *, processes: int = 1) -> Iterator[Reading]:
        """Read articles one after the other, in the order given."""
        ...


def read_into_store(
    articles: Iterable[Article],
    reader: ArticleReader,
    store: Store,
    *,
    processes: int = 1,
    progress: Progress | None = None,
    label: str = "",
) -> Written:
    """Read articles and store what was read, some hundred at a time.

    Articles that the store has are not read again. An article that cannot be read becomes a
    problem and does not stop the others; of each article everything is stored or nothing. What
    was stored before an interruption stays, so that the same call can simply be repeated.

    Parameters
    ----------
    articles
        May be a generator; it is never held in memory as a whole here.
    reader, store
        What reads them, and where to.
    processes
        How many processes read.
    progress
        Called with a sentence and the share done, from 0 to 1 (0 until the end when `articles`
        does not say how many there are).
    label
        Where the articles come from, noted with each batch.

    Returns
    -------
    Written
        Totals; `batch_id` is the last batch, `problems` are the articles that were not read.

    Raises
    ------
    StoreError
        If the store cannot be written; the batches before that are stored.
    ModelError, GazetteerError, RegionError
        If the reader lacks what it needs.
    """
    run = _Run(articles, store, progress)
    readings = run.readings(reader, processes)
    written = Written(batch_id="", articles_new=0, articles_known=0, events=0)
    while some := list(islice(readings, BATCH)):
        written = _add(written, store.write(some, label=label))
        run.tell()
    run.tell(end=True)
    return _add(
        written,
        Written(batch_id="", articles_new=0, articles_known=run.known, events=0, problems=tuple(run.problems)),
    )


class _Run:
    """One call: what went in, what came back, and what did not."""

    def __init__(self, articles: Iterable[Article], store: Store, progress: Progress | None) -> None:
        self.total = len(articles) if isinstance(articles, Sized) else None
        self.done = 0
        self.known = 0
        self.problems: list[Problem] = []
        self._articles = iter(articles)
        self._store = store
        self._progress = progress
        self._waiting: dict[str, Article] = {}  # handed to the reader, not yet back
        self._seen: set[str] = set()
        self._ahead: deque[Article] = deque()
        self._known: set[str] = set()

    def readings(self, reader: ArticleReader, processes: int) -> Iterator[Reading]:
        """Read everything; when the reader breaks, find out at which article and go on."""
        while self._more():
            before = self.done
            try:
                options = {"processes": processes} if processes > 1 else {}
                for reading in reader.read_many(self._new(), **options):
                    self._waiting.pop(reading.article.id, None)
                    self._step()
                    yield reading
            except NOT_THE_ARTICLE:
                raise
            except Exception as error:  # whatever it is, the others are read
                if not self._waiting and self.done == before:
                    raise  # it broke before it took anything: no article is to blame
                log.info("Reading articles one by one after: %s", error)
            # One of these is the culprit; or the reader left some out without a word.
            for article in list(self._waiting.values()):
                yield from self._one(reader, article)
            self._waiting.clear()

    def _one(self, reader: ArticleReader, article: Article) -> Iterator[Reading]:
        try:
            reading = reader.read(article)
        except NOT_THE_ARTICLE:
            raise
        except Exception as error:  # whatever it is, the others are read
            log.warning("An article could not be read: %s", article.id, exc_info=True)
            self.problems.append(_problem(article, error))
        else:
            yield reading
        self._step()

    def _new(self) -> Iterator[Article]:
        """Hand out the articles that the store does not have."""
        while self._more():
            article = self._ahead.popleft()
            if article.id in self._known or article.id in self._seen:
                self.known += 1
                self._step()
                continue
            self._seen.add(article.id)
            self._waiting[article.id] = article
            yield article

    def _more(self) -> bool:
        """Look ahead by a batch, and ask the store about all of it at once."""
        if not self._ahead:
            try:
                for article in islice(self._articles, BATCH):
                    self._ahead.append(article)
            except Exception as error:  # whatever it is, the others are read
                log.warning("The articles broke off.", exc_info=True)
                self._articles = iter(())
                why = str(error) if isinstance(error, ConflictmapError) else "the log says why."
                self.problems.append(Problem(f"Not all articles could be taken in: {why}"))
            self._known = self._store.known([article.id for article in self._ahead])
        return bool(self._ahead)

    def _step(self) -> None:
        self.done += 1
        self.tell()

    def tell(self, *, end: bool = False) -> None:
        """Report progress."""
        if self._progress is None:
            return
        of = f" of {self.total:,}" if self.total is not None else ""
        share = 1.0 if end else min(1.0, self.done / self.total) if self.total else 0.0
        noun = "article" if (self.total or self.done) == 1 else "articles"
        self._progress(f"{self.done:,}{of} {noun} read", share)


def _problem(article: Article, error: Exception) -> Problem:
    name = " ".join((article.title or article.text).split())
    if len(name) > TITLE_CHARACTERS:
        name = name[:TITLE_CHARACTERS].rstrip() + " ..."
    why = str(error) if isinstance(error, ConflictmapError) else "it could not be read (the log says more)."
    return Problem(f'"{name}" was left out: {why}')


def _add(one: Written, other: Written) -> Written:
    return Written(
        batch_id=other.batch_id or one.batch_id,
        articles_new=one.articles_new + other.articles_new,
        articles_known=one.articles_known + other.articles_known,
        events=one.events + other.events,
        problems=one.problems + other.problems,
    )
