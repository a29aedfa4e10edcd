"""What was added last, for those who follow a view (Ibis expressions)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
from ibis import _

from geodata.store.filters import ARTICLES, passing
from geodata.store.lists import some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.store.answers import Answers
    from geodata.store.results import StoredEvent
    from geodata.view import View

_IDS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Added:
    """An event and the moment when its article was added (UTC)."""

    stored: StoredEvent
    added: dt.datetime


def recent(store: Answers, view: View, *, limit: int, offset: int = 0) -> list[Added]:
    """Return a page of the events that pass a view, the last added first.

    Parameters
    ----------
    store, view
        Where to look, and what for.
    limit, offset
        Which page.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    store.check(view)
    named = ARTICLES.select(of_id="id", added="added")
    shown = passing(view)
    joined = shown.join(named, shown.article_id == named.of_id).select("id", "added", "n")
    page = joined.order_by(ibis.desc("added"), ibis.asc("id")).limit(limit, offset=offset)
    moments = {row["id"]: row["added"].replace(tzinfo=dt.UTC) for row in store.run(page).to_pylist()}
    return [Added(stored, moments[stored.event.id]) for stored in some(store, list(moments))]


def last_added(store: Answers) -> dt.datetime | None:
    """Return when the last article was added (UTC); None when there is none."""
    found = store.run(ARTICLES.aggregate(last=_.added.max())).to_pylist()[0]["last"]
    return found.replace(tzinfo=dt.UTC) if found else None


def ids(store: Answers, view: View) -> Iterator[list[str]]:
    """Yield the ids of all events that pass a view, in pieces, the first added first.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    store.check(view)
    named = ARTICLES.select(of_id="id", added="added")
    shown = passing(view)
    joined = shown.join(named, shown.article_id == named.of_id).select("id", "added")
    for batch in store.engine.stream(joined.order_by("added", "id").select("id"), _IDS_AT_ONCE):
        yield batch.column(0).to_pylist()
