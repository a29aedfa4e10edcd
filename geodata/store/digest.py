"""A view in a few arrays: its events counted by place, by day, by the two sides, by source.

Almost all that the screen shows of a view follows from these without another question to the
database: the sentence, the map in every window, the timeline, what the filters offer. They are
counted from the numbers of `geodata.store.numbers`, for the base and for what lies on top of it
apart: in memory (`geodata.store.columns`), or, where a filter asks for more than numbers tell, in one
pass over those of the events that the database finds. So a batch that is added costs what is in it,
and moving the map costs nothing.

A store without numbers (an older base, a server database) counts the values themselves, with
several questions.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _

from geodata.memory import give_back
from geodata.store import legends
from geodata.store.columns import READ, Columns
from geodata.store.counting import Count
from geodata.store.filters import EVENTS, filters_of, keep, passing
from geodata.store.numbered import conditions_by_number
from geodata.store.numbers import KINDS, NEVER, PLACE_COLUMNS, QUADS, TYPES
from geodata.store.places import PlaceTable
from geodata.store.wanted import wanted
from geodata.view import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from numpy.typing import NDArray

    from geodata.store.asking import Asked
    from geodata.store.counting import Ints
    from geodata.view import View

# "table" comes with "places" where these have no numbers in the store.
Part = Literal["places", "days", "articles", "sides", "pairs", "sources", "table"]
WHOLE: tuple[Part, ...] = ("places", "days", "articles", "sides", "sources")
COLUMNS: dict[Part, tuple[str, ...]] = {
    "places": ("place_no", "kind"),
    "days": ("day", "kind"),
    "articles": ("article_no",),
    "sides": ("side_no",),
    "pairs": ("side_no", "kind"),
    "sources": ("source_no",),
}
AT_ONCE = 500_000  # rows of one step: what a step holds stays small beside the answer


_KIND_OF = np.array([n * QUADS + int(kind.quad) for n, kind in enumerate(TYPES)])  # by number of the type
_USUAL = np.isin(np.arange(KINDS), _KIND_OF)
NOTHING = Count(np.zeros(0, np.int64), np.zeros(0, np.int64))


@dataclass(slots=True)
class Digest:
    """Counts of the events of a view; only the parts that were asked for are there.

    `places` has codes of place number * KINDS + kind, `days` of day * KINDS + kind (`day_kinds`
    takes them apart), `pairs` of the number of the sides * QUADS + quad; `sides` and `sources` are by number.
    """

    parts: dict[Part, Any] = field(default_factory=dict)

    @property
    def places(self) -> Count:
        """By place and kind."""
        return self.parts["places"]  # type: ignore[no-any-return]

    @property
    def days(self) -> Count:
        """By day and kind."""
        return self.parts["days"]  # type: ignore[no-any-return]

    def day_kinds(self) -> tuple[Ints, Ints, Ints]:
        """Return days since 1970 (`NEVER`: none), kinds, and counts."""
        days = self.days
        return days.code // KINDS, days.code % KINDS, days.n

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return sum(part.nbytes for part in list(self.parts.values()) if isinstance(part, Count))

    def only(self, parts: Iterable[Part]) -> Digest:
        """Return some of the parts."""
        return Digest({part: self.parts[part] for part in parts})

    def add(self, other: Digest) -> Digest:
        """Return the counts of two sets of events that share no article."""
        return Digest({part: self.parts[part] + other.parts[part] for part in self.parts})


class Adding:
    """Adds pieces of the numbers of events into a digest."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self._dense: dict[str, NDArray[np.int64]] = {}
        self._days: list[Count] = []
        self._unusual: list[Count] = []
        self._articles = np.zeros(0, np.bool_)

    def add(self, piece: pa.RecordBatch) -> None:
        """Add some events."""
        columns = {name: piece.column(name).to_numpy(zero_copy_only=False) for name in piece.schema.names}
        kind = columns["kind"].astype(np.int64) if "kind" in columns else None
        if "places" in self.parts and kind is not None:
            self._add_places(columns["place_no"].astype(np.int64), kind)
        if "days" in self.parts:
            self._days.append(_counted(columns["day"].astype(np.int64) * KINDS + kind))
        if "pairs" in self.parts and kind is not None:
            self._count("pairs", columns["side_no"].astype(np.int64) * QUADS + kind % QUADS)
        for part, name in (("sides", "side_no"), ("sources", "source_no")):
            if part in self.parts:
                self._count(part, columns[name])
        if "articles" in self.parts:
            self._mark(columns["article_no"])

    def _add_places(self, place: NDArray[np.int64], kind: NDArray[np.int64]) -> None:
        usual = _USUAL[kind]
        if not usual.all():  # a quad that is not its type's own
            self._unusual.append(Count.of(*_ones(place[~usual] * KINDS + kind[~usual])))
            place, kind = place[usual], kind[usual]
        self._count("places", place * len(TYPES) + kind // QUADS)

    def _count(self, part: str, codes: NDArray[Any]) -> None:
        counted = np.bincount(codes)
        so_far = self._dense.get(part)
        if so_far is None or len(so_far) < len(counted):
            grown = np.zeros(len(counted), np.int64)
            if so_far is not None:
                grown[: len(so_far)] = so_far
            so_far = self._dense[part] = grown
        so_far[: len(counted)] += counted

    def _mark(self, articles: NDArray[Any]) -> None:
        if len(articles) and (most := int(articles.max())) >= len(self._articles):
            grown = np.zeros(most + 1, np.bool_)
            grown[: len(self._articles)] = self._articles
            self._articles = grown
        self._articles[articles] = True

    def digest(self) -> Digest:
        """Return what was added."""
        made: dict[Part, Any] = {}
        for part in self.parts:
            if part == "days":
                made[part] = _summed(self._days)
            elif part == "articles":
                made[part] = int(np.count_nonzero(self._articles))
            else:
                dense = self._dense.get(part, np.zeros(0, np.int64))
                code = np.flatnonzero(dense)
                counted = Count(code, dense[code])
                if part == "places":
                    place, kind = np.divmod(code, len(TYPES))
                    counted = _summed([Count(place * KINDS + _KIND_OF[kind], counted.n), *self._unusual])
                made[part] = counted
        return Digest(made)


def _ones(codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return codes, np.ones(len(codes), np.int64)


def _counted(codes: NDArray[np.int64]) -> Count:
    """Count codes that lie close together, all but those of no day."""
    if not len(codes):
        return NOTHING
    known = codes >= (NEVER + 1) * KINDS
    never = codes[~known]
    codes = codes[known]
    found = [Count.of(*_ones(never))] if len(never) else []
    if len(codes):
        low, high = int(codes.min()), int(codes.max())
        if high - low < 4 * AT_ONCE:
            dense = np.bincount(codes - low)
            code = np.flatnonzero(dense)
            found.append(Count(code + low, dense[code]))
        else:  # a day of long ago among them
            found.append(Count(*np.unique(codes, return_counts=True)))
    return _summed(found)


def _summed(counts: Sequence[Count]) -> Count:
    if len(counts) == 1:
        return counts[0]
    if not counts:
        return NOTHING
    return Count.of(np.concatenate([c.code for c in counts]), np.concatenate([c.n for c in counts]))


def digest(engine: Asked, view: View, parts: Iterable[Part]) -> Digest:
    """Count the events that pass a view.

    Parameters
    ----------
    engine
        Where to look.
    view
        The filters.
    parts
        What is wanted; a store without numbers has neither "sides" nor "sources".
    """
    asked, key = frozenset(parts), filters_of(view)
    if not key.actors:
        key = replace(key, role=Role.EITHER)  # the role of nobody filters nothing
    if not engine.numbered:
        return engine.kept_on_top.get(key, asked, lambda missing: digest_values(engine, view, missing))

    def of_base(missing: frozenset[Part]) -> Digest:
        return _of_numbers(engine, view, missing, in_base=True)

    def of_delta(missing: frozenset[Part]) -> Digest:
        return _of_numbers(engine, view, missing, in_base=False)

    if engine.base is None:
        return engine.kept_on_top.get(key, asked, of_delta)
    found = engine.kept_of_base.get(key, asked, of_base).only(asked)
    return found.add(engine.kept_on_top.get(key, asked, of_delta)) if engine.delta else found


def _of_numbers(engine: Asked, view: View, parts: frozenset[Part], *, in_base: bool) -> Digest:
    passes = wanted(engine, view)
    if passes is not None:
        return Digest(_columns(engine, in_base=in_base).count(passes, parts))  # type: ignore[arg-type]
    ordered = [part for part in COLUMNS if part in parts]
    shown = keep(EVENTS, [_where(engine, in_base=in_base), *conditions_by_number(view)])
    columns = list(dict.fromkeys(name for part in ordered for name in COLUMNS[part]))
    adding = Adding(ordered)
    for piece in engine.stream(shown.select(*columns), AT_ONCE):
        adding.add(piece)
    return adding.digest()


def _where(engine: Asked, *, in_base: bool) -> Any:
    highest = engine.in_base["article_no"]
    return EVENTS.article_no <= highest if in_base else EVENTS.article_no > highest


def _columns(engine: Asked, *, in_base: bool) -> Columns:
    """Return the numbers of the events of the base or of what lies on top; read once."""
    kept = engine.of_base if in_base else engine.legends
    with engine.reading:
        if "columns" not in kept:
            shown = EVENTS.filter(_where(engine, in_base=in_base)).select(*READ, ends=EVENTS.date_end)
            kept["columns"] = Columns(engine.stream(shown, AT_ONCE), engine.in_base if in_base else {})
            give_back()
        made: Columns = kept["columns"]
        return made


def digest_values(engine: Asked, view: View, parts: Iterable[Part]) -> Digest:
    """Count the values themselves: slower, and the same wherever Ibis runs."""
    shown = passing(view)
    made: dict[Part, Any] = {}
    wanted = set(parts)
    if "places" in wanted:
        made |= _places_of_values(engine, shown)
    if "days" in wanted:
        found = engine.run(shown.group_by("date_start", "type", "quad").aggregate(n=_.count()))
        days = pc.fill_null(found["date_start"].cast(pa.int32()), NEVER).to_numpy().astype(np.int64)
        made["days"] = Count.of(days * KINDS + _kinds(found), found["n"].to_numpy())
    if "articles" in wanted:
        made["articles"] = engine.run(shown.aggregate(n=_.article_key.nunique()))["n"][0].as_py()
    return Digest(made)


def _places_of_values(engine: Asked, shown: Any) -> dict[Part, Any]:
    found = engine.run(shown.group_by(*PLACE_COLUMNS, "type", "quad").aggregate(n=_.count()))
    rows = found.select(PLACE_COLUMNS).to_pylist()
    numbers: dict[Any, int] = {}
    number_of = [
        0 if key[0] is None else numbers.setdefault(key, len(numbers) + 1)
        for key in (tuple(tuple(v) if isinstance(v, list) else v for v in row.values()) for row in rows)
    ]
    first = {number: at for at, number in reversed(list(enumerate(number_of)))}
    first.pop(0, None)
    table = found.select(PLACE_COLUMNS).take(pa.array([first[n] for n in sorted(first)], pa.int64()))
    table = table.add_column(0, "place_no", pa.array(sorted(first), pa.int32()))
    code = np.array(number_of, np.int64) * KINDS + _kinds(found)
    return {"places": Count.of(code, found["n"].to_numpy()), "table": PlaceTable(table)}


def _kinds(found: pa.Table) -> NDArray[np.int64]:
    number = {kind.value: n * QUADS for n, kind in enumerate(TYPES)}
    kinds = zip(found["type"].to_pylist(), found["quad"].to_pylist(), strict=True)
    return np.array([number[kind] + quad for kind, quad in kinds], np.int64)


def places_of(engine: Asked, found: Digest) -> PlaceTable:
    """Return the places that the codes of a digest stand for."""
    if "table" in found.parts:
        return found.parts["table"]  # type: ignore[no-any-return]
    return legends.places(engine, int(found.places.code[-1]) // KINDS + 1 if len(found.places.code) else 0)


class Kept:
    """The digests of the views that were looked at last; of several that ask for one, one counts it.

    Parameters
    ----------
    most, most_bytes
        So many views, and so many bytes of all of them together; at least one is kept.
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._slots: dict[Hashable, tuple[threading.Lock, Digest]] = {}
        self._guard = threading.Lock()

    def get(self, key: Hashable, wanted: frozenset[Part], make: Callable[[frozenset[Part]], Digest]) -> Digest:
        """Return a digest with at least the parts that are wanted; `make` counts those that are missing."""
        with self._guard:
            slot = self._slots.pop(key, None) or (threading.Lock(), Digest())
            self._slots[key] = slot  # the last one used is the last one dropped
            if len(self._slots) > self._most:
                del self._slots[next(iter(self._slots))]
        lock, known = slot
        with lock:
            missing = wanted - known.parts.keys()
            if not missing:
                return known
            made = make(missing).parts.items()
            known.parts = known.parts | {part: of.narrow() if isinstance(of, Count) else of for part, of in made}
        self._make_room()
        return known

    def _make_room(self) -> None:
        with self._guard:
            sizes = {key: known.nbytes for key, (_lock, known) in self._slots.items()}
            over = sum(sizes.values()) - self._most_bytes
            for key in list(sizes)[:-1]:
                if over <= 0:
                    return
                del self._slots[key]
                over -= sizes[key]
