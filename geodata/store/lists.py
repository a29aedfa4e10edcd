"""Rows in full: events, articles, whole readings (Ibis expressions)."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from typing import TYPE_CHECKING, Any, Literal

import ibis
from ibis import _

from geodata.article import PublishedBasis
from geodata.event import Precision, Reading
from geodata.store import rows
from geodata.store.filters import ARTICLES, EVENTS, MENTIONS, ON_PLACE, PROBLEMS, passing
from geodata.store.results import ArticleRow, StoredEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.article import Article
    from geodata.store.answers import Answers
    from geodata.view import View

# What a list can be sorted by; a minus turns the order, so that "-date" begins with the newest.
Order = Literal[
    "date", "-date", "type", "-type", "actor", "-actor", "place", "-place", "precision", "-precision",
    "fatalities", "-fatalities", "confidence", "-confidence", "source", "-source",
]  # fmt: skip
AT_ONCE = 1000  # ids in one question


def events(
    store: Answers,
    view: View,
    *,
    limit: int = 200,
    offset: int = 0,
    order: Order = "-date",
    placed: bool | None = None,
    place_id: str = "",
    area: str = "",
) -> list[StoredEvent]:
    """Return a page of the events that pass a view.

    Parameters
    ----------
    store, view
        Where to look, and what for.
    limit, offset
        Which page.
    order
        What to sort by, see `order_keys`.
    placed
        Only those with a place (True) or without one (False).
    place_id
        Only those at this place, as `Point.place_id` names it.
    area
        Only those known to no more than this area, as `Area.region_id` names it.
    """
    shown = passing(view)
    if place_id:
        shown = shown.filter(EVENTS.place_id == place_id)
    if area:
        shown = shown.filter(EVENTS.area == area)
    if placed is not None:
        shown = shown.filter(EVENTS.place_key.notnull() if placed else EVENTS.place_key.isnull())
    if order.removeprefix("-") == "source":
        named = ARTICLES.select(of_id="id", source=ARTICLES.source.nullif(""))
        shown = shown.left_join(named, shown.article_id == named.of_id)
    return _page(store, shown.order_by(order_keys(order)).limit(limit, offset=offset))


def order_keys(order: Order) -> list[Any]:
    """Return what to sort by; the same for everybody, so that pages fit together.

    Where the first is not known stands last, in either direction; among equals the newest stands
    first, among those of one day the id decides.
    """
    name = order.removeprefix("-")
    direction = ibis.desc if order.startswith("-") else ibis.asc
    first = direction(_SORTED_BY.get(name, _[name]), nulls_first=False)
    then = [] if name == "date" else [ibis.desc("date_start", nulls_first=False)]
    return [first, *then, ibis.asc("id")]


_PRECISIONS = {precision.value: rank for rank, precision in enumerate(Precision)}  # the most precise first
_SORTED_BY: dict[str, Any] = {
    "date": _["date_start"],
    "actor": _["actors"][0],
    "place": _["place_name"],
    "precision": _["precision"].cases(*_PRECISIONS.items()),
}


def not_placed(store: Answers, view: View, *, limit: int = 200) -> list[StoredEvent]:
    """Return events without a place that pass every filter of a view but those on the place."""
    shown = passing(view, but=ON_PLACE).filter(EVENTS.place_key.isnull())
    return _page(store, shown.order_by(order_keys("-date")).limit(limit))


def event(store: Answers, event_id: str) -> StoredEvent | None:
    """Return one event."""
    found = some(store, [event_id])
    return found[0] if found else None


def some(store: Answers, event_ids: Sequence[str]) -> list[StoredEvent]:
    """Return the events with these ids in the order given; those that are not there are left out."""
    wanted = list(dict.fromkeys(event_ids))
    if not wanted:
        return []
    by_id = {stored.event.id: stored for stored in _page(store, EVENTS.semi_join(_values(wanted), "id"))}
    return [by_id[event_id] for event_id in wanted if event_id in by_id]


def _page(store: Answers, page: Any) -> list[StoredEvent]:
    """Return few events in full, with their articles and the number of reports.

    First which, then what is in them: so no more than the page's own rows are read in full, and
    of a store that is laid down by date only the part with the page's days.
    """
    listed = store.run(page.select("id", "date_start")).to_pydict()
    if not listed["id"]:
        return []
    days = [day for day in listed["date_start"] if day is not None]
    of_days = [EVENTS.date_start.between(ibis.literal(min(days)), ibis.literal(max(days)))] if days else []
    if len(days) < len(listed["id"]):
        of_days.append(EVENTS.date_start.isnull())
    shown = EVENTS.filter(functools.reduce(operator.or_, of_days)).semi_join(_values(listed["id"]), "id")
    named = ARTICLES.select(a_id="id", a_title="title", a_url="url", a_source="source", a_published="published")
    by_id = {row["id"]: row for row in store.run(shown.join(named, shown.article_id == named.a_id)).to_pylist()}
    found = [by_id[event_id] for event_id in listed["id"] if event_id in by_id]
    reports = _reports(store, found)
    return [
        StoredEvent(
            event=rows.to_event(row),
            title=row["a_title"],
            url=row["a_url"],
            source=row["a_source"],
            published=row["a_published"],
            reports=reports.get((row["type"], row["place_id"], row["date_start"]), 1),
        )
        for row in found
    ]


def _values(ids: Sequence[str]) -> Any:
    """Return ids as a table with one column, `id`.

    One list is translated in no time; `isin` makes an expression of each value.
    """
    return ibis.literal(list(ids), type="array<string>").unnest().name("id").as_table()


def _reports(store: Answers, found: Sequence[dict[str, Any]]) -> dict[tuple[str, str, dt.date], int]:
    """Count the articles that report the same type at the same place on the same first day."""
    placed = [row for row in found if row["place_key"] is not None and row["date_start"] is not None]
    if not placed:
        return {}
    days = [row["date_start"] for row in placed]
    same = EVENTS.filter(
        EVENTS.date_start.between(ibis.literal(min(days)), ibis.literal(max(days))),
    ).semi_join(_values(sorted({row["place_id"] for row in placed})), [("place_id", "id")])
    grouped = same.group_by("type", "place_id", "date_start").aggregate(n=_.article_key.nunique())
    answer = store.run(grouped.filter(_.n > 1)).to_pylist()
    return {(row["type"], row["place_id"], row["date_start"]): row["n"] for row in answer}


def known(store: Answers, article_ids: Sequence[str]) -> set[str]:
    """Return those of the ids whose articles the store has."""
    found: set[str] = set()
    for start in range(0, len(article_ids), AT_ONCE):
        some = article_ids[start : start + AT_ONCE]
        found.update(store.run(ARTICLES.select("id").semi_join(_values(some), "id")).column("id").to_pylist())
    return found


def article(store: Answers, article_id: str) -> Article | None:
    """Return one article with its text."""
    found = store.run(ARTICLES.filter(ARTICLES.id == article_id)).to_pylist()
    return rows.to_article(found[0]) if found else None


def articles(store: Answers, *, limit: int = 200, offset: int = 0) -> list[ArticleRow]:
    """Return a page of the list of articles, last added first, of those added together the last published."""
    page = (
        ARTICLES.drop("text", "language", "place")
        .order_by(ibis.desc("added"), ibis.desc("batch"), ibis.desc("published", nulls_first=False), "n")
        .limit(limit, offset=offset)
    )
    return [
        ArticleRow(
            id=row["id"],
            title=row["title"],
            source=row["source"],
            url=row["url"],
            published=row["published"],
            published_basis=PublishedBasis(row["published_basis"]),
            events=row["events"],
            not_placed=row["not_placed"],
            added=row["added"].replace(tzinfo=dt.UTC),
        )
        for row in store.run(page).to_pylist()
    ]


def reading(store: Answers, article_id: str) -> Reading | None:
    """Return all that was read in one article."""
    found = article(store, article_id)
    if found is None:
        return None

    def of_it(table: Any) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = store.run(table.filter(table.article_id == article_id).order_by("n")).to_pylist()
        return answer

    return Reading(
        article=found,
        mentions=tuple(rows.to_mention(row) for row in of_it(MENTIONS)),
        events=tuple(rows.to_event(row) for row in of_it(EVENTS)),
        problems=tuple(rows.to_problem(row) for row in of_it(PROBLEMS)),
    )
