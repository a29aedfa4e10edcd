"""The one place where the safety settings are applied: between the store's tables and every question.

A screen lays views of the same names and columns over the tables of an open store, in a schema of their
own, and lets all questions see these alone. So whatever asks (an export, a snapshot's map, its counts, a feed)
gets what may be shared, and a filter cannot find what is hidden: it is asked of the shared data too.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import TYPE_CHECKING, Any

from geodata.event import Actor, ActorKind, Precision
from geodata.sharing.persons import is_person, label_of
from geodata.sharing.places import coarsened
from geodata.sharing.redaction import (
    NAME,
    Names,
    capitalised,
    safe_address,
    without_names,
    without_places,
)
from geodata.sharing.safety import is_finer
from geodata.store import rows
from geodata.store.schema import EVENTS

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer
    from geodata.regions import Regions
    from geodata.sharing.safety import Safety
    from geodata.store.engine import Engine
    from geodata.view import View

import pyarrow as pa

from geodata.errors import SafetyError

SCHEMA = "shared"
_MOMENTS_S = 60.0  # how often what is held back is looked at anew
# Other dates of publication are guesses, and a guess must not let an event out early.
_SURE = "('given', 'metadata', 'address')"
# Reasons that name nothing. Those of any other wording may, and are not shared word for word.
_TOO_CLOSE = "Its place is known more closely than may be shared."
_A_REASON = "What is named as the place could not be placed."
PLAIN_REASONS = frozenset(
    {
        _TOO_CLOSE,
        "No place that could be told apart is named near the report.",
        "The sentence names no full date, and the day of publication is not known.",
    }
)
_PLACE = (
    "place_id", "place_name", "lat", "lon", "country", "admin1", "precision", "place_kind", "population",
    "regions", "place_key", "area", "mx", "my",
)  # fmt: skip
_PLACES = pa.schema([("old_key", pa.int64()), *((name, EVENTS.field(name).type) for name in _PLACE)])
_TEXTS = pa.list_(pa.string())


class Screen:
    """What stands between a store and what is shared of it.

    Parameters
    ----------
    safety
        What to leave out or make coarser.
    regions, gazetteer
        Give the coarser places.
    now
        The time that "so many hours ago" counts from; that of the clock when left out.
    """

    schema = SCHEMA

    def __init__(
        self, safety: Safety, *, regions: Regions, gazetteer: Gazetteer | None, now: dt.datetime | None = None
    ) -> None:
        self.safety = safety
        self._regions = regions
        self._gazetteer = gazetteer
        self._now = now
        self._labels: dict[str, str] = {}  # person -> what is said instead
        self._names = Names(())
        self._laid_at = 0.0

    @property
    def words(self) -> str:
        """What is left out or made coarser, as a sentence."""
        return self.safety.words

    @property
    def is_stale(self) -> bool:
        """Whether time alone may have let out more events than are seen."""
        return bool(self.safety.delay_hours) and self._now is None and time.monotonic() - self._laid_at > _MOMENTS_S

    def check(self, view: View) -> None:
        """Refuse a view that could only be told by telling what is hidden.

        Raises
        ------
        SafetyError
            If it filters by the name of a person, and persons are hidden.
        """
        if not self.safety.hide_persons:
            return
        named = [actor for actor in view.actors if actor in self._labels or is_person(actor)]
        said = " ".join((view.text, *view.sources))
        if named or self.names_somebody(said) or not self._names.words.isdisjoint(said.casefold().split()):
            msg = (
                "This view filters by a person's name, and persons are not named in what is shared from here: "
                "take the name out of the filters."
            )
            raise SafetyError(msg)

    def names_somebody(self, text: str) -> bool:
        """Tell whether a text, such as a title, has the name of a person that must not be shared."""
        return self.safety.hide_persons and bool(self._names.spans(text))

    # -- laying it over an open store -------------------------------------------------------

    def lay(self, engine: Engine) -> None:
        """Make the views over what the engine holds now; called whenever that has changed."""
        con = engine.connection
        self._laid_at = time.monotonic()
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        if engine.schema != SCHEMA:
            self._functions(con)
        if self.safety.hide_persons:
            self._learn_persons(con)
        self._lay_places(con)
        self._lay_phrases(con)
        con.execute(f"CREATE OR REPLACE VIEW {SCHEMA}.articles AS {self._articles()}")
        con.execute(f"CREATE OR REPLACE VIEW {SCHEMA}.events AS {self._events()}")
        for name in ("mentions", "problems"):  # nothing shared is made from these
            con.execute(f"CREATE OR REPLACE VIEW {SCHEMA}.{name} AS SELECT * FROM main.{name} WHERE false")  # noqa: S608
        engine.schema = SCHEMA

    def _functions(self, con: Any) -> None:
        """Give the database what only Python can do."""
        made = {
            "shared_names": (self._shared_names, ["VARCHAR[]"], "VARCHAR[]"),
            "shared_details": (self._shared_details, ["VARCHAR"], "VARCHAR"),
            "shared_text": (self._shared_text, ["VARCHAR", "VARCHAR[]", "VARCHAR[]"], "VARCHAR"),
            "shared_address": (self._shared_address, ["VARCHAR", "VARCHAR", "VARCHAR[]", "VARCHAR[]"], "VARCHAR"),
            "shared_reason": (_shared_reason, ["VARCHAR"], "VARCHAR"),
        }
        for name, (function, given, answer) in made.items():
            con.create_function(name, function, given, answer, null_handling="special")

    def _learn_persons(self, con: Any) -> None:
        found: dict[str, set[str]] = {}
        for side in ("source", "target"):
            told = con.execute(f"SELECT DISTINCT {side}_details FROM main.events").fetchall()  # noqa: S608
            for (details,) in told:
                for name, _, kind, country in json.loads(details or "[]"):
                    if is_person(name):
                        actor = Actor(name=name, text="", kind=ActorKind(kind), country=country)
                        found.setdefault(name, set()).add(label_of(actor))
        # A person who is now an official, now somebody: one label, or a filter would tell them apart.
        self._labels = {name: max(labels, key=lambda label: (len(label), label)) for name, labels in found.items()}
        self._names = Names(self._labels)

    def _lay_places(self, con: Any) -> None:
        """Lay down what stands for each place, by the key of the old one."""
        columns = ", ".join(f"first({name}) AS {name}" for name in _PLACE if name not in {"place_key", "regions"})
        places = con.sql(
            f"SELECT place_key AS old_key, {columns}, first(regions) AS regions FROM main.events "  # noqa: S608
            "WHERE place_key IS NOT NULL GROUP BY place_key"
        ).to_arrow_table()
        limit = self.safety.precision
        made = [
            {"old_key": row["old_key"], **self._coarser(row, limit)}
            for row in places.to_pylist()
            if limit is not None and is_finer(Precision(row["precision"]), limit)
        ]
        con.register("incoming_places", pa.Table.from_pylist(made, schema=_PLACES))
        con.execute(f"CREATE OR REPLACE TABLE {SCHEMA}.places AS SELECT * FROM incoming_places")  # noqa: S608
        con.unregister("incoming_places")

    def _coarser(self, row: dict[str, Any], limit: Precision) -> dict[str, Any]:
        place = rows.to_place(row)
        coarse = coarsened(place, limit, regions=self._regions, gazetteer=self._gazetteer) if place else None
        if coarse is None:
            return {}
        held = self._regions.of_place(coarse)
        return rows.place_columns(coarse, held) | {"regions": list(held)}

    def _lay_phrases(self, con: Any) -> None:
        """Lay down which names of places stand in each article: too fine ones, and others.

        What could not be placed may be a village that no gazetteer has, so it counts as too fine. As a name of a
        place that may stay it does not count: it may be that of a person.
        """
        limit = self.safety.precision
        fine = [one.value for one in Precision if limit is not None and is_finer(one, limit)]
        wanted = f"precision IS NULL OR precision IN ({', '.join(repr(one) for one in fine)})" if fine else "false"
        con.execute(
            f"""
            CREATE OR REPLACE TABLE {SCHEMA}.phrases AS
            WITH named AS (
                SELECT article_id, unnest([text, place_name]) AS phrase, precision FROM main.mentions
                UNION ALL
                SELECT article_id, unnest([place_text, place_name]) AS phrase, precision FROM main.events
            )
            SELECT article_id,
                list(DISTINCT phrase ORDER BY phrase) FILTER (WHERE {wanted}) AS fine,
                list(DISTINCT phrase ORDER BY phrase) FILTER (WHERE precision IS NOT NULL) AS known
            FROM named WHERE phrase <> '' GROUP BY article_id
            """  # noqa: S608  words of our own
        )

    # -- the views --------------------------------------------------------------------------

    def _seen(self) -> str:
        """Return the condition that an article may be seen by now."""
        if not self.safety.delay_hours:
            return "true"
        now = (self._now or dt.datetime.now(tz=dt.UTC)).astimezone(dt.UTC)
        return f"{self._let_out()} <= TIMESTAMP '{now:%Y-%m-%d %H:%M:%S}'"

    def _let_out(self) -> str:
        """Return the moment from which on an article may be seen."""
        return (
            f"(CASE WHEN a.published IS NOT NULL AND a.published_basis IN {_SURE} "
            f"THEN a.published + INTERVAL 1 DAY ELSE a.added END + INTERVAL {self.safety.delay_hours} HOUR)"
        )

    def _articles(self) -> str:
        title, url, source, added = "a.title", "a.url", "a.source", "a.added"
        if self.safety.hide_persons or self.safety.precision:
            title = "shared_text(a.title, p.fine, p.known)"
            url = "shared_address(a.url, a.title, p.fine, p.known)"
        if self.safety.hide_persons:
            source = "shared_names([a.source])[1]"
        if self.safety.delay_hours:
            # To those outside it was added when it was let out: so they follow in the order in which they can.
            added = f"greatest(a.added, {self._let_out()})"
        return (
            f"SELECT a.* REPLACE ({title} AS title, {url} AS url, {source} AS source, {added} AS added, "  # noqa: S608
            f"'Not shared.' AS text, '' AS place) "
            f"FROM main.articles a LEFT JOIN {SCHEMA}.phrases p ON p.article_id = a.id WHERE {self._seen()}"
        )

    def _events(self) -> str:
        new: dict[str, str] = {}
        if self.safety.precision:
            new = {name: f"CASE WHEN c.old_key IS NULL THEN e.{name} ELSE c.{name} END" for name in _PLACE}
            new["place_text"] = "CASE WHEN c.old_key IS NULL THEN e.place_text ELSE '' END"
            new["regions"] = "CASE WHEN c.old_key IS NULL THEN e.regions ELSE coalesce(c.regions, []) END"
            new["unplaced_reason"] = (
                "CASE WHEN c.old_key IS NOT NULL AND c.place_id IS NULL "
                f"THEN '{_TOO_CLOSE}' ELSE shared_reason(e.unplaced_reason) END"
            )
            new["place_basis"] = (
                "CASE WHEN c.old_key IS NOT NULL AND c.place_id IS NULL THEN NULL ELSE e.place_basis END"
            )
        if self.safety.hide_persons:
            for name in ("source_actors", "target_actors", "actors"):
                new[name] = f"shared_names(e.{name})"
            for name in ("source_details", "target_details"):
                new[name] = f"shared_details(e.{name})"
            new.setdefault("unplaced_reason", "shared_reason(e.unplaced_reason)")
            new["undated_reason"] = "shared_reason(e.undated_reason)"
        if self.safety.hide_persons or self.safety.precision:
            new["quote"] = "shared_text(e.quote, p.fine, p.known)"
            new["claimed_by"] = "shared_text(e.claimed_by, p.fine, p.known)"
        if self.safety.drop_quotes:
            new["quote"] = "''"
        if "quote" in new:
            new["spans"] = "'[]'"  # they count the letters of a text that is another one now
        changed = ", ".join(f"{expression} AS {name}" for name, expression in new.items())
        replaced = f"e.* REPLACE ({changed})" if changed else "e.*"
        return (
            f"SELECT {replaced} FROM main.events e "  # noqa: S608
            f"LEFT JOIN {SCHEMA}.places c ON c.old_key = e.place_key "
            f"LEFT JOIN {SCHEMA}.phrases p ON p.article_id = e.article_id "
            f"WHERE e.article_id IN (SELECT a.id FROM main.articles a WHERE {self._seen()})"
        )

    # -- what the database asks of Python ---------------------------------------------------

    def _shared_names(self, names: list[str | None] | None) -> list[str | None] | None:
        if names is None:
            return None
        return list(dict.fromkeys(self._labels.get(name, name) if name else name for name in names))

    def _shared_details(self, details: str | None) -> str | None:
        if details is None:
            return None
        told = []
        for name, text, kind, country in json.loads(details):
            label = self._labels.get(name)
            told.append([label or name, label or without_names(text, self._names, known=[name]), kind, country])
        return json.dumps(told, ensure_ascii=False)

    def _shared_text(self, text: str | None, fine: list[str] | None, known: list[str] | None) -> str | None:
        if not text:
            return text
        label = self._labels.get(text)
        if label:
            return label
        if self.safety.hide_persons:
            text = without_names(text, self._names, known=known or ())
        return without_places(text, fine or ()) if self.safety.precision else text

    def _shared_address(
        self, url: str | None, title: str | None, fine: list[str] | None, known: list[str] | None
    ) -> str | None:
        if not url:
            return url
        names = self._names if self.safety.hide_persons else None
        gone: list[str] = []
        if names is not None and title:
            left = without_names(title, names, known=known or ())
            gone = [word for word in capitalised(title) if word not in left]
        return safe_address(url, names, (fine or ()) if self.safety.precision else (), gone)


def _shared_reason(reason: str | None) -> str | None:
    """Return a reason if it is surely without a name: most name what could not be placed."""
    return reason if not reason or reason in PLAIN_REASONS else _A_REASON


__all__ = ["NAME", "PLAIN_REASONS", "SCHEMA", "Screen"]
