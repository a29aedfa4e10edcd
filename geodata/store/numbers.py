"""Small whole numbers in place of long values: what makes counting ten million events quick.

Every event of the embedded store gets, as it is laid down in a base or loaded on top of one, the
numbers of its place, of its two sides, of its article and of its source, its day counted from 1970,
and its type and quad as one number. Five such columns are read in a tenth of the time that the
values themselves take, and counting by them is adding into an array. What a number stands for is
said by a table of its own (`LEGENDS`); a value may have several numbers, so whoever counts adds them up by value
in the end, and a batch that comes later needs no look at what the base has numbered.

A base of an older version has no numbers: the store counts the values themselves then
(`geodata.store.digest`), until it is compacted, which the next ingest sees to.
"""

# ruff: noqa: S608 - all names that stand in a query are ours
from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from geodata.ontology import EventType
from geodata.store.schema import EVENTS, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NEVER = -(2**31)  # the day of an event without a date
QUADS = 8  # a kind is the type's number times this, plus the quad
TYPES = tuple(EventType)
KINDS = len(TYPES) * QUADS

PLACE_COLUMNS = (
    "place_key", "place_id", "place_name", "lat", "lon", "country", "admin1", "precision", "area", "regions", "mx", "my",
)  # fmt: skip
SIDE_COLUMNS = ("source_actors", "target_actors", "actors", "source_groups", "target_groups", "groups")
DETAILS = ("source_details", "target_details")  # kept of old events alone, whose groups stand nowhere else


def _legend(number: str, columns: tuple[str, ...]) -> pa.Schema:
    return pa.schema([(number, pa.int32()), *((name, EVENTS.field(name).type) for name in columns)])


class Legend(NamedTuple):
    """What the numbers of one kind stand for."""

    table: str
    number: str  # the column of the number, here and in the events
    schema: pa.Schema


PLACES = Legend("places", "place_no", _legend("place_no", PLACE_COLUMNS))
SIDES = Legend("sides", "side_no", _legend("side_no", (*SIDE_COLUMNS, *DETAILS)))
SOURCES = Legend("sources", "source_no", pa.schema([("source_no", pa.int32()), ("source", pa.string())]))
LEGENDS = (PLACES, SIDES, SOURCES)
COUNTED = ("place_no", "side_no", "source_no", "article_no")


def _values(columns: tuple[str, ...], there: Mapping[str, str]) -> str:
    return ", ".join(f"{there.get(name, name)} AS {name}" for name in columns)


def _same(columns: tuple[str, ...], there: Mapping[str, str]) -> str:
    return " AND ".join(f"l.{name} IS NOT DISTINCT FROM {there.get(name, 'e.' + name)}" for name in columns)


def write(
    run: Callable[[str], Any],
    *,
    events: str,
    articles: str,
    into: str,
    prefix: str = "",
    after: Mapping[str, int],
    order: str,
) -> None:
    """Give events their numbers, write them, and write what the numbers stand for (DuckDB's own SQL).

    Parameters
    ----------
    run
        Runs a statement.
    events, articles
        Tables with the events to number and with (at least) their articles.
    into
        Table that takes the numbered events; made when `order` is given.
    prefix
        Stands before the names of the legends' tables, which are there.
    after
        The highest number of each kind that is taken already.
    order
        How the events are to lie, as the end of a query; empty to add them to a table.
    """
    # A join by several columns, one of them a list, reads better and runs faster over a hash of them.
    at, of = ", ".join(PLACE_COLUMNS), {name: f"CASE WHEN groups IS NULL THEN {name} END" for name in DETAILS}
    sides = (*SIDE_COLUMNS, *DETAILS)
    run(
        f"INSERT INTO {prefix}places SELECT {after['place_no']} + row_number() OVER (ORDER BY place_key, place_name), {at}"
        f" FROM (SELECT DISTINCT {at} FROM {events} WHERE place_key IS NOT NULL)"
    )
    run(
        f"INSERT INTO {prefix}sides SELECT {after['side_no']} + row_number() OVER (), *"
        f" FROM (SELECT DISTINCT {_values(sides, of)} FROM {events})"
    )
    run(
        f"INSERT INTO {prefix}sources SELECT {after['source_no']} + row_number() OVER (ORDER BY source), source"
        f" FROM (SELECT DISTINCT source FROM {articles} WHERE id IN (SELECT article_id FROM {events}))"
    )
    run(
        f"CREATE OR REPLACE TEMP TABLE numbered_articles AS SELECT first.article_id,"
        f" ({after['article_no']} + row_number() OVER (ORDER BY first.day, first.article_id))::INTEGER AS article_no,"
        f" s.source_no FROM (SELECT article_id, min(date_start) AS day FROM {events} GROUP BY article_id) first"
        f" LEFT JOIN {articles} a ON a.id = first.article_id"
        f" LEFT JOIN {prefix}sources s ON s.source = a.source AND s.source_no > {after['source_no']}"
    )
    names = [name for name in EVENTS.names if name not in NUMBERS]
    kinds = " ".join(f"WHEN '{kind.value}' THEN {n * QUADS}" for n, kind in enumerate(TYPES))
    detail = {name: f"CASE WHEN e.groups IS NULL THEN e.{name} END" for name in DETAILS}
    made = {
        "day": f"coalesce(e.date_start - DATE '1970-01-01', {NEVER})::INTEGER",
        "kind": f"(CASE e.type {kinds} END + e.quad)::SMALLINT",
        "place_no": "coalesce(p.place_no, 0)::INTEGER",
        "side_no": "l.side_no",
        "article_no": "a.article_no",
        "source_no": "coalesce(a.source_no, 0)::INTEGER",
    }
    chosen = ", ".join([*(f'e."{name}"' for name in names), *(f"{made[name]} AS {name}" for name in NUMBERS)])
    query = (
        f"SELECT {chosen} FROM {events} e"
        f" LEFT JOIN {prefix}places p ON p.place_no > {after['place_no']} AND p.place_key = e.place_key AND "
        + _same(PLACE_COLUMNS[1:], {}).replace("l.", "p.")
        + f" LEFT JOIN {prefix}sides l ON l.side_no > {after['side_no']} AND l.actors = e.actors AND {_same(sides, detail)}"
        f" LEFT JOIN numbered_articles a ON a.article_id = e.article_id{order}"
    )
    run(f"CREATE TABLE {into} AS {query}" if order else f"INSERT INTO {into} BY NAME {query}")
    run("DROP TABLE numbered_articles")
