"""Synthetic events in a real store, as many as wanted, for the benchmarks.

    python benchmarks/synthetic.py --events 1000000

They are laid out as reported conflicts are: real towns of the gazetteer in clusters of very unequal
weight (Pareto), actors by Zipf's law with their own countries, ten years of days with waves, an
eighth known only to a province or a country, a twelfth not placed, some undated, one in thirty over
several days. Everything is made by columns from one seed and written as batches with the store's own
schema and then compacted, as an ingest would; no article is read. A store that was made once is kept
under ``var/bench`` and taken again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import hashlib
import operator
import shutil
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

import geodata.store
from geodata.event import Actor, ActorKind, Event, Place, Precision
from geodata.ontology import TYPES, EventType, Quad
from geodata.regions import regions
from geodata.settings import settings
from geodata.store.compaction import compact
from geodata.store.folder import Folder, new_batch_id
from geodata.store.rows import event_row
from geodata.store.schema import TABLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOWNS, COUNTRIES, ACTORS = 12_000, 60, 2_000
FIRST_DAY, DAYS = dt.date(2015, 1, 1), 3652
AT_ONCE = 500_000  # events of one batch
BASE_STEP = 1_000_000  # events that are laid into the base at once
EVENTS_OF_ARTICLE = 4
SOURCES = 120
PLACED, AREAS = 0.80, 0.12  # the rest has no place
SEVERAL_DAYS, UNDATED = 1 / 30, 0.02
# Fights are reported more than agreements.
WEIGHTS = {Quad.MATERIAL_CONFLICT: 6.0, Quad.VERBAL_CONFLICT: 2.5, Quad.VERBAL_COOPERATION: 2.0}


def towns() -> tuple[list[tuple[Place, tuple[str, ...]]], list[tuple[Place, tuple[str, ...]]]]:
    """Return towns of the gazetteer in 60 countries, and the provinces and countries around them."""
    with sqlite3.connect(settings().gazetteer) as con:
        rows = con.execute(
            "WITH some AS (SELECT country FROM place WHERE precision = 'settlement' GROUP BY country"
            " ORDER BY count(*) DESC LIMIT ?)"
            " SELECT id, name, lat, lon, country, admin1, kind, population FROM place"
            " WHERE precision = 'settlement' AND admin1 <> '' AND country IN some ORDER BY n",
            (COUNTRIES,),
        ).fetchall()
    rng = np.random.default_rng(11)
    taken = [rows[n] for n in sorted(rng.choice(len(rows), min(TOWNS, len(rows)), replace=False))]
    atlas = regions()
    made = []
    for place_id, name, lat, lon, country, admin1, kind, population in taken:
        place = Place(
            id=place_id, name=name, lat=lat, lon=lon, country=country, admin1=admin1,
            precision=Precision.SETTLEMENT, kind=kind, population=population,
        )  # fmt: skip
        made.append((place, atlas.of_place(place)))
    areas = []
    wanted = sorted({p.admin1 for p, _ in made} | {p.country for p, _ in made})
    for region_id in wanted:
        if region_id not in atlas:
            continue
        region = atlas.get(region_id)
        province = region.kind == "admin1"
        place = Place(
            id=f"iso:{region.id}", name=region.name, lat=region.lat, lon=region.lon, country=region.country,
            admin1=region.id if province else "", precision=Precision.PROVINCE if province else Precision.COUNTRY,
            kind="province" if province else "country",
        )  # fmt: skip
        areas.append((place, atlas.of_place(place)))
    return made, areas


class World:
    """What all batches are drawn from."""

    def __init__(self) -> None:
        rng = np.random.default_rng(7)
        points, areas = towns()
        places = [*points, *areas]
        base = {"id": "", "article_id": "", "type": EventType.ASSAULT, "quad": Quad.MATERIAL_CONFLICT}
        shown = [
            event_row(Event(**base, start=0, end=9, quote="", place=place, regions=found)) for place, found in places
        ]
        nowhere = event_row(Event(**base, start=0, end=9, quote="", unplaced_reason="No place is named."))
        self.rows = pa.Table.from_pylist([*shown, nowhere], schema=TABLES["events"])
        weights, wide = 1 + rng.pareto(1.1, len(points)), 1 + rng.pareto(1.3, len(areas))
        self.place_share = np.concatenate(
            [PLACED * weights / weights.sum(), AREAS * wide / wide.sum(), [1 - PLACED - AREAS]]
        )
        self.kinds = list(TYPES)
        kind_weights = np.array([WEIGHTS.get(kind.quad, 0.8) for kind in self.kinds])
        self.kind_share = kind_weights / kind_weights.sum()
        zipf = 1 / np.arange(1, ACTORS + 1) ** 1.05
        self.actor_share = zipf / zipf.sum()
        kinds, countries = list(ActorKind), sorted({place.country for place, _ in points})
        people = [
            Actor(
                name=f"Actor {n:04d}",
                text="they",
                kind=kinds[n % (len(kinds) - 1)],
                country=countries[n % len(countries)],
            )
            for n in range(ACTORS)
        ]
        self.actors = pa.array([actor.name for actor in people])
        rows = [event_row(Event(**base, start=0, end=9, quote="", source_actors=(actor,))) for actor in people]
        self.details = pa.array([*(row["source_details"] for row in rows), "[]"])
        groups = [row["source_groups"] for row in rows]
        self.groups = pa.array(sorted({key for found in groups for key in found}))
        number = {key: n for n, key in enumerate(self.groups.to_pylist())}
        self.groups_of = np.array([[number[key] for key in found] for found in groups])  # as many for each
        waves = 1 + 0.8 * np.sin(np.arange(DAYS) / 200) + rng.gamma(0.5, 1.5, DAYS)
        self.day_share = waves / waves.sum()

    def batch(self, first: int, size: int, batch_id: str) -> dict[str, pa.Table]:
        """Return the tables of a batch with the events `first` ... `first + size` of this world."""
        rng = np.random.default_rng([7, first])
        numbers = np.arange(first, first + size, dtype=np.uint64)
        article = numbers // EVENTS_OF_ARTICLE
        keys = _mixed(article)
        kind = rng.choice(len(self.kinds), size, p=self.kind_share)
        # The events of an article lie near each other in time.
        day = np.repeat(rng.choice(DAYS, -(-size // EVENTS_OF_ARTICLE), p=self.day_share), EVENTS_OF_ARTICLE)[:size]
        start = np.clip(day - rng.geometric(0.4, size) + 1, 0, DAYS - 1)
        longer = rng.random(size) < SEVERAL_DAYS
        end = start + np.where(longer, rng.integers(1, 45, size), 0)
        undated = rng.random(size) < UNDATED
        source, target = rng.choice(ACTORS, (2, size), p=self.actor_share)
        no_source, no_target = rng.random(size) < 0.12, rng.random(size) < 0.2
        alone = no_target | (source == target)
        own = [(self.groups_of[source, n], no_source) for n in range(self.groups_of.shape[1])]
        other = [(self.groups_of[target, n], no_target) for n in range(self.groups_of.shape[1])]
        # A group of both sides is named once.
        others = [
            (group, missing | functools.reduce(operator.or_, ((group == same) & ~away for same, away in own)))
            for group, missing in other
        ]
        table = self.rows.take(pa.array(rng.choice(len(self.place_share), size, p=self.place_share)))
        new = {
            "id": _hex(_mixed(numbers + np.uint64(1 << 40))),
            "article_id": _hex(keys),
            "article_key": pa.array(keys.view(np.int64)),
            "n": pa.array((numbers % EVENTS_OF_ARTICLE).astype(np.int32)),
            "type": pa.array([str(k) for k in self.kinds]).take(pa.array(kind)),
            "quad": pa.array([int(k.quad) for k in self.kinds], pa.int8()).take(pa.array(kind)),
            "source_actors": _lists(self.actors, (source, no_source)),
            "target_actors": _lists(self.actors, (target, no_target)),
            "actors": _lists(self.actors, (source, no_source), (target, alone & ~(no_source & ~no_target))),
            "source_groups": _lists(self.groups, *own),
            "target_groups": _lists(self.groups, *other),
            "groups": _lists(self.groups, *own, *others),
            "source_details": self.details.take(pa.array(np.where(no_source, ACTORS, source))),
            "target_details": self.details.take(pa.array(np.where(no_target, ACTORS, target))),
            "date_start": _days(start, undated),
            "date_end": _days(end, undated),
            "date_precision": pa.array(np.where(longer, "month", "day"), mask=undated),
            "date_basis": pa.array(np.full(size, "named"), mask=undated),
            "fatalities": pa.array(rng.geometric(0.3, size), mask=rng.random(size) < 0.8),
            "quote": pc.binary_join_element_wise(
                "Forces of one side attacked positions of the other near the town, witnesses said in report",
                pa.array(numbers).cast(pa.string()),
                " ",
            ),
            "confidence": pa.array(np.round(rng.beta(5, 2, size), 3)),
        }
        for name, column in new.items():
            field = TABLES["events"].field(name)
            table = table.set_column(table.schema.get_field_index(name), field, column.cast(field.type))
        return {"articles": _articles(article, start, undated, batch_id, table), "events": table}


def _lists(values: pa.Array, *sides: tuple[NDArray[Any], NDArray[Any]]) -> pa.Array:
    """Return a list for each event with the values of its sides, those that are missing left out."""
    numbers = np.column_stack([side for side, _ in sides])
    there = ~np.column_stack([missing for _, missing in sides])
    ends = np.concatenate([[0], np.cumsum(there.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), values.take(pa.array(numbers[there])))


def _articles(
    article: NDArray[Any], start: NDArray[Any], undated: NDArray[Any], batch_id: str, events: pa.Table
) -> pa.Table:
    first = np.flatnonzero(np.diff(article, prepend=article[0] + np.uint64(1)) != 0)
    number = pa.array(article[first])
    size = len(first)
    columns = {
        "id": events["article_id"].take(pa.array(first)).combine_chunks(),
        "title": pc.binary_join_element_wise("Report", number.cast(pa.string()), " "),
        "source": pc.binary_join_element_wise("Paper", pa.array(article[first] % SOURCES).cast(pa.string()), " "),
        "published": _days(start[first] + 1, undated[first]),
        "text": pc.binary_join_element_wise("What report", number.cast(pa.string()), "says.", " "),
        "events": pa.array(np.diff(first, append=len(article)).astype(np.int32)),
        "added": pa.array(np.full(size, np.datetime64("2026-01-01T00:00:00", "us"))),
        "batch": pa.array([batch_id] * size),
        "n": pa.array(np.arange(size, dtype=np.int32)),
    }
    same = {"url": "", "language": "en", "published_basis": "given", "place": "", "not_placed": 0}
    made = {name: columns.get(name, pa.array([same.get(name)] * size)) for name in TABLES["articles"].names}
    return pa.table({name: made[name].cast(TABLES["articles"].field(name).type) for name in made})


def _mixed(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return 64 bits for each number that look like a hash of it (splitmix64)."""
    with np.errstate(over="ignore"):
        x = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))


def _hex(keys: NDArray[Any]) -> pa.Array:
    """Return 64 bits as 16 letters each."""
    raw = keys.astype(">u8").view(np.uint8).reshape(-1, 8)
    letters = np.frombuffer(b"0123456789abcdef", np.uint8)
    text = letters[np.stack([raw >> 4, raw & 15], axis=2).reshape(-1)]
    ends = np.arange(0, len(text) + 1, 16, dtype=np.int32)
    return pa.StringArray.from_buffers(len(keys), pa.py_buffer(ends.tobytes()), pa.py_buffer(text.tobytes()))


def _days(numbers: NDArray[Any], missing: NDArray[Any]) -> pa.Array:
    first = (FIRST_DAY - dt.date(1970, 1, 1)).days
    return pa.array((numbers + first).astype(np.int32), pa.int32(), mask=missing).cast(pa.date32())


def filled(folder: Path, events: int) -> Path:
    """Write a store with synthetic events into a folder that is not there yet."""
    world = World()
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    place = Folder(part, create=True)
    for first in range(0, events, AT_ONCE):
        batch_id = new_batch_id(dt.datetime.now(dt.UTC))
        tables = world.batch(first, min(AT_ONCE, events - first), batch_id)
        whole = {name: tables.get(name, schema.empty_table()) for name, schema in TABLES.items()}
        place.put(batch_id, whole, label="synthetic")
        done = first + AT_ONCE
        if done >= events or done % BASE_STEP == 0:
            # What is not in the base yet is held in memory: ten million events at once would take 30 GB.
            compact(place)
            shutil.rmtree(place.compacted)  # as much again on the disk, and a benchmark can make it anew
            place.compacted.mkdir()
    for old in place.bases()[:-1]:
        old.unlink()
    part.rename(folder)
    return folder


def kept(events: int, folder: Path | None = None) -> Path:
    """Return the folder of a synthetic store with so many events, made when it is not there.

    Parameters
    ----------
    events
        How many.
    folder
        Where it lies, or is to lie; taken as it is when it is there. Left out, it is one under
        ``bench`` in the folder of data, made anew when the code that lays a store down has changed.
    """
    if folder is not None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return folder if folder.exists() else filled(folder, events)
    digest = hashlib.sha256(Path(__file__).read_bytes())
    home = Path(geodata.store.__file__).parent
    for name in ("schema.py", "engine.py", "numbers.py", "rows.py"):
        digest.update((home / name).read_bytes())
    bench = settings().data_dir / "bench"
    bench.mkdir(parents=True, exist_ok=True)
    folder = bench / f"events-{events}-{digest.hexdigest()[:8]}"
    if not folder.exists():
        for old in bench.glob(f"events-{events}-*"):
            shutil.rmtree(old, ignore_errors=True)
        filled(folder, events)
    return folder


def main() -> None:
    """Make stores."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--events", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--store", type=Path, help="folder for the store (with one number of events)")
    args = parser.parse_args()
    for events in args.events:
        start = time.perf_counter()
        folder = kept(events, args.store)
        print(f"{events:,} events in {folder} ({time.perf_counter() - start:.0f} s)")


if __name__ == "__main__":
    main()
