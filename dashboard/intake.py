"""Articles on their way in: taken from a text, a file or an address, read, not yet saved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import resources
from dashboard.state import NO_FILTERS, session
from dashboard.texts import count_words
from geodata.article import Article, PublishedBasis
from geodata.errors import ConflictmapError, GazetteerError
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.event import Reading
    from geodata.reading.reader import Reader

_KEY = "conflictmap-intake"
_EARLIEST = dt.date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Details:
    """What the person at the screen knows of an article; empty where nothing was entered."""

    title: str = ""
    source: str = ""
    published: dt.date | None = None


@dataclass(slots=True)
class Intake:
    """Articles that wait to be read, readings that wait to be saved, and what went wrong."""

    articles: list[Article] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    error: str = ""
    saved: str = ""
    saved_after: dt.datetime | None = None  # what was added since then is what was saved


def intake() -> Intake:
    """Return what this session has taken in."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Intake()
    found = st.session_state[_KEY]
    assert isinstance(found, Intake)  # noqa: S101  nobody else uses this key
    return found


def given_details(key: str) -> Details:
    """Draw the fields for title, source and publication date, and return what was entered."""
    title, source, published = st.columns([2, 1, 1])
    with title:
        given_title = st.text_input("Title", key=f"{key}-title", max_chars=500)
    with source:
        given_source = st.text_input("Source", key=f"{key}-source", placeholder="Publisher", max_chars=200)
    with published:
        given_date = st.date_input(
            "Published",
            value=None,
            min_value=_EARLIEST,
            max_value=dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1),
            format="YYYY-MM-DD",
            key=f"{key}-published",
            help="Dates like “on Monday” are counted from it. If it is left empty it is inferred from the text.",
        )
    return Details(given_title or "", given_source or "", given_date)


def with_details(article: Article, details: Details) -> Article:
    """Return the article with what the person entered, which goes before what was found."""
    changes: dict[str, Any] = {}
    if details.title.strip():
        changes["title"] = details.title.strip()
    if details.source.strip():
        changes["source"] = details.source.strip()
    if details.published:
        changes |= {"published": details.published, "published_basis": PublishedBasis.GIVEN}
    return replace(article, **changes) if changes else article


def _taking(take: Callable[[Intake], None]) -> None:
    """Run one way of taking articles in; what goes wrong becomes one sentence."""
    waiting = Intake()
    st.session_state[_KEY] = waiting
    try:
        with st.spinner("Taking it in"):
            take(waiting)
    except ConflictmapError as error:
        waiting.error = str(error)


def take_text(text: str, details: Details) -> None:
    """Take one article from pasted text."""

    def take(waiting: Intake) -> None:
        from geodata.sources.text import article_from_text  # noqa: PLC0415

        article = article_from_text(text, title=details.title, source=details.source, published=details.published)
        waiting.articles = [article]

    _taking(take)


def take_file(name: str, data: bytes, details: Details) -> None:
    """Take all articles of a file; what was entered holds where the file says nothing."""

    def take(waiting: Intake) -> None:
        from geodata.sources.files import articles_from_file  # noqa: PLC0415

        if not name:
            waiting.error = "Choose a file first."
            return
        loaded = articles_from_file(name, data)
        one = len(loaded.articles) == 1
        waiting.articles = [with_details(article, details) if one else article for article in loaded.articles]
        waiting.problems = [problem.message for problem in loaded.problems]

    _taking(take)


def take_address(url: str, details: Details) -> None:
    """Take one article from a page on the web."""

    def take(waiting: Intake) -> None:
        from geodata.sources.web import fetch_article  # noqa: PLC0415  brings its network code along

        if not url.strip():
            waiting.error = "Enter an address first."
            return
        waiting.articles = [with_details(fetch_article(url.strip()), details)]

    _taking(take)


@st.cache_resource(show_spinner="Loading the language model, once")
def reader() -> Reader:
    """Return the reader, which is made once for all sessions.

    Raises
    ------
    ModelError, GazetteerError
        If the model or the gazetteer is missing.
    """
    from geodata.reading.reader import Reader  # noqa: PLC0415  a second and a half, only when needed

    gazetteer = resources.gazetteer()
    if gazetteer is None:
        msg = "The list of places has not been built yet: run “conflictmap gazetteer build” once, then read again."
        raise GazetteerError(msg)
    return Reader(gazetteer, resources.regions(), model=settings().model)


def read_all(waiting: Intake) -> None:
    """Read the articles that wait; nothing is stored by it."""
    articles, waiting.articles = waiting.articles, []
    try:
        reads = reader()
        bar = st.progress(0.0, text="Reading") if len(articles) > 1 else None
        with st.spinner("Reading"):
            for number, article in enumerate(articles, start=1):
                waiting.readings.append(reads.read(article))
                if bar:
                    bar.progress(number / len(articles), text=f"Reading {number:,} of {len(articles):,}")
    except ConflictmapError as error:
        waiting.error = str(error)
        waiting.readings = []
    st.rerun()


def ask_for_date(waiting: Intake, number: int) -> None:
    """Ask for the publication date of an article where it is not known for sure, and read it again."""
    article = waiting.readings[number].article
    if article.published_basis not in {PublishedBasis.INFERRED, PublishedBasis.UNKNOWN}:
        return
    key = f"correct-{article.id}"
    with st.container(horizontal=True, vertical_alignment="bottom", key="ask-date"):
        st.date_input(
            "The publication date is not given. When was the article published?",
            value=article.published,
            min_value=_EARLIEST,
            max_value=dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1),
            format="YYYY-MM-DD",
            key=key,
            width=420,
        )
        st.button("Read with this date", key="read-again", on_click=_read_again, args=(number, key))


def _read_again(number: int, key: str) -> None:
    waiting = intake()
    day = st.session_state.get(key)
    if not isinstance(day, dt.date):
        return
    article = with_details(waiting.readings[number].article, Details(published=day))
    try:
        waiting.readings[number] = reader().read(article)
    except ConflictmapError as error:
        waiting.error = str(error)


def save() -> None:
    """Store what was read (from a button)."""
    waiting = intake()
    fresh = Intake()
    begun = dt.datetime.now(tz=dt.UTC).replace(microsecond=0) - dt.timedelta(seconds=1)
    try:
        written = resources.store().write(waiting.readings, label="dashboard")
    except ConflictmapError as error:
        waiting.error = str(error)
        return
    known = (
        f"; {count_words(written.articles_known, 'article')} had been stored before" if written.articles_known else ""
    )
    fresh.saved = (
        f"Saved {count_words(written.articles_new, 'article')} with {count_words(written.events, 'event')}{known}."
    )
    fresh.saved_after = begun if written.events else None
    st.session_state[_KEY] = fresh


def view_of_saved(moment: dt.datetime) -> None:
    """Make the map show what was saved since a moment, and nothing else."""
    own = session()
    own.change(**{**NO_FILTERS, "added_after": moment})
    own.refit = "all"


def discard() -> None:
    """Forget what was read (from a button)."""
    st.session_state[_KEY] = Intake()
