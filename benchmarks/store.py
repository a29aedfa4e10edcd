"""How fast the store answers, against pandas on the same events in the same run.

    python benchmarks/store.py --events 10000 1000000

The events are synthetic and laid out as real ones are: 60 countries, 3,000 towns of very
unequal weight (Pareto), a fifth of the events known only to an area and a tenth not placed, 300
actors by Zipf's law, six years. They are written straight as batches with the store's own schema
and then compacted, as an ingest would. Queries run one after the other with changing parameters.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import shutil
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from geodata.event import Place, Precision
from geodata.ontology import TYPES
from geodata.store import Store
from geodata.store.folder import new_batch_id
from geodata.store.rows import event_row
from geodata.store.schema import TABLES
from geodata.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

TOWNS, COUNTRIES, ACTORS, DAYS = 3000, 60, 300, 6 * 365
FIRST_DAY = dt.date(2015, 1, 1)
WORLD = {"south": -60.0, "west": -180.0, "north": 75.0, "east": 180.0, "zoom": 2}
MOST_IN_PANDAS = 2_000_000  # events; more do not fit beside the store in 8 GB
AT_ONCE = 500_000  # rows of one batch


def towns(rng: np.random.Generator) -> list[tuple[Place, tuple[str, ...]]]:
    """Invent towns around the middles of countries, and for each country a province and itself."""
    middles = np.column_stack([rng.uniform(-30, 55, COUNTRIES), rng.uniform(-100, 140, COUNTRIES)])
    made = []
    for n in range(TOWNS):
        c = int(rng.integers(COUNTRIES))
        lat, lon = middles[c] + rng.normal(0, 3, 2)
        country, admin1 = f"C{c:02d}", f"C{c:02d}-{n % 12:02d}"
        place = Place(
            id=f"gn:{n}",
            name=f"Town {n}",
            lat=round(float(lat), 5),
            lon=round(float(lon), 5),
            country=country,
            admin1=admin1,
            precision=Precision.SETTLEMENT,
            kind="town",
        )
        made.append((place, (country, admin1)))
    for n in range(TOWNS // 5):
        town = made[n][0]
        area = Place(
            id=f"iso:{town.admin1}",
            name=town.admin1,
            lat=town.lat,
            lon=town.lon,
            country=town.country,
            admin1=town.admin1,
            precision=Precision.PROVINCE,
            kind="province",
        )
        made.append((area, (town.country, town.admin1)))
    return made


PLACES = towns(np.random.default_rng(7))


def batch(rng: np.random.Generator, places: list[tuple[Place, tuple[str, ...]]], first: int, size: int) -> pa.Table:
    """Return `size` events as a table of the store's schema, made by columns."""
    from geodata.event import Event  # noqa: PLC0415 - used for the template alone
    from geodata.ontology import EventType, Quad  # noqa: PLC0415

    kinds = list(TYPES)
    template = Event(
        id="", article_id="", type=EventType.ASSAULT, quad=Quad.MATERIAL_CONFLICT, start=0, end=9, quote=""
    )
    placed = [
        event_row(
            Event(
                id="", article_id="", type=EventType.ASSAULT, quad=Quad.MATERIAL_CONFLICT, start=0, end=9, quote="",
                place=place, regions=regions,
            )
        )
        for place, regions in places
    ]  # fmt: skip
    rows = pa.Table.from_pylist([*placed, event_row(template)], schema=TABLES["events"])
    weights = 1 + rng.pareto(1.1, TOWNS)
    share = np.concatenate(
        [0.7 * weights / weights.sum(), np.full(len(places) - TOWNS, 0.2 / (len(places) - TOWNS)), [0.1]]
    )
    table = rows.take(pa.array(rng.choice(len(share), size, p=share)))
    ids = np.arange(first, first + size)
    type_of = rng.integers(len(kinds), size=size)
    days = np.sort(rng.integers(DAYS, size=size)).astype("timedelta64[D]") + np.datetime64(FIRST_DAY)
    source, target = (rng.zipf(1.3, (2, size)) % ACTORS).astype(str)
    new = {
        "id": pa.array([f"{n:024x}" for n in ids]),
        "article_id": pa.array([f"{n // 4:016x}" for n in ids]),
        "article_key": pa.array(ids // 4 * 7919),
        "type": pa.array([str(k) for k in kinds]).take(pa.array(type_of)),
        "quad": pa.array([int(TYPES[k].quad) for k in kinds], pa.int8()).take(pa.array(type_of)),
        "source_actors": _lists(np.char.add("Actor ", source)),
        "target_actors": _lists(np.char.add("Actor ", target)),
        "actors": _lists(np.char.add("Actor ", source), np.char.add("Actor ", target)),
        "date_start": pa.array(days.astype("datetime64[D]")),
        "date_end": pa.array(days.astype("datetime64[D]")),
        "quote": pa.array(
            [f"On this day forces of one side attacked positions near the town, report {n}." for n in ids]
        ),
        "confidence": pa.array(rng.random(size)),
    }
    for name, column in new.items():
        table = table.set_column(table.schema.get_field_index(name), TABLES["events"].field(name), column)
    return table


def _lists(*names: np.ndarray[Any, Any]) -> pa.Array:
    """Return lists of one name each, or of two."""
    together = np.column_stack(names).ravel()
    ends = np.arange(0, len(together) + 1, len(names))
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), pa.array(together))


def fill(store: Store, events: int) -> None:
    """Write batches of synthetic events."""
    rng = np.random.default_rng(7)
    for first in range(0, events, AT_ONCE):
        size = min(AT_ONCE, events - first)
        table = batch(rng, PLACES, first, size)
        batch_id = new_batch_id(dt.datetime.now(dt.UTC))
        articles = pa.Table.from_pylist(
            [
                {"id": f"{n:016x}", "title": f"Report {n}", "url": "", "source": f"Paper {n % 40}", "language": "en",
                 "published_basis": "unknown", "place": "", "text": "x", "events": 4, "not_placed": 0,
                 "added": dt.datetime(2026, 1, 1), "batch": batch_id, "n": n}  # noqa: DTZ001 - stored as UTC without zone
                for n in range(first // 4, -(-(first + size) // 4))
            ],
            schema=TABLES["articles"],
        )  # fmt: skip
        tables = {"articles": articles, "events": table}
        store.folder.put(batch_id, {name: tables.get(name, schema.empty_table()) for name, schema in TABLES.items()})


def timed(run: Callable[[int], object], times: int, forget: Callable[[], object]) -> tuple[float, float]:
    """Return p50 and p95 in milliseconds of `times` calls, after one that is not counted.

    Nothing that the store remembers helps: `forget` is called before each.
    """
    run(0)
    taken = []
    for n in range(times):
        forget()
        start = time.perf_counter()
        run(n)
        taken.append((time.perf_counter() - start) * 1000)
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95))


def views() -> list[View]:
    """Return the filters that the counts are asked for, all different."""
    kinds = list(TYPES)
    return [
        View(
            date_from=FIRST_DAY + dt.timedelta(days=100 * n),
            date_to=FIRST_DAY + dt.timedelta(days=100 * n + 400),
            actors=tuple(f"Actor {1 + n + m}" for m in range(5)),
            types=tuple(kinds[n : n + 3]),
        )
        for n in range(10)
    ]


def where(n: int) -> tuple[float, float]:
    """Return the middle of the n-th window of the region queries."""
    place, _ = PLACES[n * 97 % TOWNS]
    return place.lat, place.lon


def in_pandas(frame: pd.DataFrame) -> dict[str, Callable[[int], object]]:
    """Return the same questions, as one would ask them of a DataFrame in memory."""
    many = views()

    def filtered(n: int) -> pd.DataFrame:
        view = many[n % 10]
        hit = (frame.date_start <= pd.Timestamp(view.date_to)) & (frame.date_end >= pd.Timestamp(view.date_from))
        hit &= frame.type.isin([str(t) for t in view.types])
        return frame[hit & (frame.source.isin(view.actors) | frame.target.isin(view.actors))]

    def cells(n: int, *, world: bool) -> object:
        dots = frame[frame.mx.notna()]
        shift = 24
        if not world:
            lat, lon = where(n)
            dots = dots[dots.lat.between(lat - 3, lat + 3) & dots.lon.between(lon - 5, lon + 5)]
            shift = 19
        keys = [dots.mx.astype("int64") // (1 << shift), dots.my.astype("int64") // (1 << shift), dots.quad]
        areas = frame[frame.area.notna()].groupby(["area", "quad"], observed=True).size()
        return dots.groupby(keys).agg(n=("lat", "size"), lat=("lat", "mean"), lon=("lon", "mean")), areas

    def counted(n: int) -> object:
        found = filtered(n)
        return len(found), found.article_id.nunique(), found.place_id.notna().sum()

    return {
        "counts, filtered": counted,
        "counts, no filter": lambda _: (len(frame), frame.article_id.nunique(), frame.place_id.notna().sum()),
        "cells, world": partial(cells, world=True),
        "cells, region": partial(cells, world=False),
        "timeline, weeks": lambda _: frame.groupby([frame.date_start.dt.to_period("W"), "quad"]).size(),
        "facet, type": lambda _: frame.type.value_counts(),
        "facet, actor": lambda _: frame.source.value_counts().add(frame.target.value_counts(), fill_value=0),
        "facet, region": lambda _: frame[["country", "admin1"]].melt().value.value_counts(),
        "events, newest 200": lambda _: frame.sort_values("date_start").tail(200).to_dict("records"),
    }


def in_store(store: Store) -> dict[str, Callable[[int], object]]:
    """Return the questions as the screen asks them."""
    many, everything = views(), View()

    def region(n: int) -> object:
        lat, lon = where(n)
        return store.cells(everything, south=lat - 3, north=lat + 3, west=lon - 5, east=lon + 5, zoom=7, max_points=0)

    return {
        "counts, filtered": lambda n: store.counts(many[n % 10]),
        "counts, no filter": lambda _: store.counts(everything),
        "cells, world": lambda _: store.cells(everything, **WORLD),
        "cells, region": region,
        "timeline, weeks": lambda _: store.timeline(everything, step="week"),
        "facet, type": lambda _: store.facet(everything, "type"),
        "facet, actor": lambda _: store.facet(everything, "actor"),
        "facet, region": lambda _: store.facet(everything, "region"),
        "events, newest 200": lambda _: store.events(everything),
    }


def as_frame(store: Store) -> pd.DataFrame:
    """Return all events as a DataFrame that is prepared for the questions."""
    frame = pd.concat(piece.to_pandas() for piece in store.batches(View()))
    frame["source"], frame["target"] = frame.source_actors.str[0], frame.target_actors.str[0]
    frame = frame.drop(columns=["source_actors", "target_actors", "regions", "contexts"])
    frame["date_start"], frame["date_end"] = pd.to_datetime(frame.date_start), pd.to_datetime(frame.date_end)
    x, y = (frame.lon + 180) / 360, np.arctanh(np.sin(np.radians(frame.lat))) / (2 * np.pi)
    frame["mx"], frame["my"] = (x * 2**28).where(frame.area.isna()), ((0.5 - y) * 2**28).where(frame.area.isna())
    for column in ("type", "country", "admin1", "area", "place_id", "source", "target"):
        frame[column] = frame[column].astype("category")
    return frame


def measure(events: int, times: int, folder: Path) -> None:
    """Fill a store, ask, and print a line for each question."""
    store = Store.open(folder)
    start = time.perf_counter()
    fill(store, events)
    made = time.perf_counter() - start
    start = time.perf_counter()
    store.compact(force=True)
    compacted = time.perf_counter() - start
    start = time.perf_counter()
    with Store.open(folder) as again:
        again.extent()
    opened = time.perf_counter() - start
    size = sum(path.stat().st_size for path in folder.glob("base-*.duckdb")) / 1e6
    print(f"\n{events:,} events: made in {made:.1f} s, compacted in {compacted:.1f} s, ", end="")
    print(f"base {size:.0f} MB, opened and first answer in {opened * 1000:.0f} ms")
    theirs = in_pandas(as_frame(store)) if events <= MOST_IN_PANDAS else {}
    print(f"{'':22}{'store p50':>10}{'p95':>8}{'pandas p50':>12}{'p95':>8}   pandas / store")
    for name, ask in in_store(store).items():
        p50, p95 = timed(ask, times, store.forget)
        line = f"{name:22}{p50:10.1f}{p95:8.1f}"
        if name in theirs:
            q50, q95 = timed(theirs[name], max(3, times // 3), int)
            line += f"{q50:12.1f}{q95:8.1f}{q50 / p50:12.2f}"
        print(line)
    store.close()


def main() -> None:
    """Run it for each size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--events", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--times", type=int, default=20, help="calls of each question")
    arguments = parser.parse_args()
    for events in arguments.events:
        folder = Path(tempfile.mkdtemp(prefix="conflictmap-benchmark-"))
        try:
            measure(events, arguments.times, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"\nhighest memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
