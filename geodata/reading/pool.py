"""One reader in each of several processes: many articles read at once, given back in order."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from geodata.errors import ConflictmapError, GazetteerError, ModelError, RegionError
from geodata.event import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.synchronize import Event
    from pathlib import Path

    from geodata.article import Article
    from geodata.reading.reader import Reader

T = TypeVar("T")
R = TypeVar("R")

# Articles parsed at once: enough to keep the model busy, few enough to stay small.
TOGETHER = 8
# Articles handed over at once: half a second of work or more, some 30 kB to send. With three times as many, one of two
# processes stood idle for up to a third of the last seconds.
CHUNK = TOGETHER
_AHEAD = 2  # chunks for each process that are on their way, so that none waits for the next
_NOT_THE_ARTICLE = (ModelError, GazetteerError, RegionError)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How any process makes the reader: the gazetteer's file, the language model's name, and what is read."""

    gazetteer: Path
    model: str = ""
    only_places: bool = False


@lru_cache(maxsize=1)
def reader_of(recipe: Recipe) -> Reader:
    """Return this process's reader, made at the first call.

    Raises
    ------
    ModelError, GazetteerError, RegionError
        If something it needs is missing.
    """
    from geodata.gazetteer.lookup import Gazetteer  # noqa: PLC0415 - what is never read needs no model
    from geodata.reading.reader import Reader  # noqa: PLC0415
    from geodata.regions import regions  # noqa: PLC0415

    reader = Reader(Gazetteer(recipe.gazetteer), regions(), model=recipe.model, only_places=recipe.only_places)
    gc.collect()
    gc.freeze()  # the model and the lists stay: no need to look through them for waste again and again
    return reader


def read_in_order(
    task: Callable[[Reader, T], R],
    items: Iterable[T],
    recipe: Recipe,
    *,
    processes: int = 1,
    chunk: int = CHUNK,
) -> Iterator[R]:
    """Apply a task to every item, in several processes, and yield the answers in the items' order.

    Items are taken as they are needed: some chunks are on their way, never all of them.

    Parameters
    ----------
    task
        A function of a module (it is sent to the processes by name), called with the process's
        reader and an item.
    items
        What can be sent to another process.
    recipe
        How the reader is made.
    processes
        How many; 1 reads in this process.
    chunk
        Items sent at once.

    Raises
    ------
    ConflictmapError
        If a process was killed, which is most often for lack of memory.
    ModelError, GazetteerError, RegionError
        If the reader lacks what it needs.
    """
    if processes <= 1:
        for item in items:
            yield task(reader_of(recipe), item)
        return
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(stop,))
    waiting: deque[Future[list[R]]] = deque()
    remaining = iter(items)
    try:
        while some := list(islice(remaining, chunk)):
            waiting.append(pool.submit(_work, task, some, recipe))
            if len(waiting) > _AHEAD * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        msg = "A reading process was killed, most likely for lack of memory: try again with fewer processes."
        raise ConflictmapError(msg) from error
    finally:
        stop.set()  # what is on its way when something breaks off, or with Ctrl+C, is wanted no more
        pool.shutdown(cancel_futures=True)


def _work(task: Callable[[Reader, T], R], items: Sequence[T], recipe: Recipe) -> list[R]:
    answers: list[R] = []
    for item in items:
        if _stops and _stops[0].is_set():
            break
        answers.append(task(reader_of(recipe), item))
    return answers


_stops: list[Event] = []  # of this process: set when its work is wanted no more


def _begin(stop: Event) -> None:
    """Prepare a process: Ctrl+C is the parent's matter, and without the parent there is no work."""
    _stops[:] = [stop]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@dataclass(frozen=True, slots=True)
class _Failed:
    """An article that broke the reader, and where."""

    article_id: str
    trace: str


def _read_some(reader: Reader, articles: Sequence[Article]) -> list[Reading | _Failed]:
    """Read articles together, which is faster; one by one if one of them breaks the reader."""
    try:
        return list(reader.read_many(articles))
    except _NOT_THE_ARTICLE:
        raise
    except Exception:  # noqa: BLE001 - which one it is shows below
        return [_read(reader, article) for article in articles]


def _read(reader: Reader, article: Article) -> Reading | _Failed:
    try:
        return reader.read(article)
    except _NOT_THE_ARTICLE:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, the others are read
        return _Failed(article.id, traceback.format_exc())


class PooledReader:
    """A reader for `geodata.pipeline`, made when the first article comes.

    Parameters
    ----------
    recipe
        How the reader is made, here and in other processes.
    """

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe

    def read(self, article: Article) -> Reading:
        """Read one article, in this process."""
        return reader_of(self._recipe).read(article)

    def read_many(self, articles: Iterable[Article], *, processes: int = 1) -> Iterator[Reading]:
        """Read articles and yield the readings in the order given.

        An article that breaks the reader is logged and left out, so that the others are read; the
        pipeline notices, reads it by itself, and reports what is wrong with it.
        """
        groups = _grouped(articles, TOGETHER)
        chunk = CHUNK // TOGETHER
        for group in read_in_order(_read_some, groups, self._recipe, processes=processes, chunk=chunk):
            for found in group:
                if isinstance(found, Reading):
                    yield found
                else:
                    log.warning("The reader broke at article %s:\n%s", found.article_id, found.trace)


def _grouped(items: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(items)
    while group := list(islice(remaining, size)):
        yield group
