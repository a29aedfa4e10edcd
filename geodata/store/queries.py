"""What a view shows: numbers, map, timeline, lists to choose from.

All of it is Ibis expressions, so that the same code can run on a server database; nothing here
is DuckDB's own, and Ibis's `mode` is avoided because ClickHouse and Trino have none.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

import ibis
from ibis import _

from geodata.event import Precision
from geodata.ontology import EventType, Quad
from geodata.store.filters import ARTICLES, EVENTS, ON_PLACE, conditions, filters_of, keep, passing, within
from geodata.store.mercator import cell_shift, position
from geodata.store.results import Area, Cell, Cells, Counts, Extent, Point, Step, Timeline

if TYPE_CHECKING:
    from geodata.store.store import Store
    from geodata.view import View


MAX_IDS = 20  # ids given with a point
MAX_IDS_ALL = 1000  # ids given with all points together: they are most of what is sent
DAYS_BY_DAY = 92  # up to a quarter, a bar for each day
DAYS_BY_WEEK = 3 * 366
UNIT: dict[str, Literal["D", "W", "M"]] = {"day": "D", "week": "W", "month": "M"}


def counts(store: Store, view: View) -> Counts:
    """Count the events that pass a view, and the articles in which they stand."""
    wanted = conditions(view)
    on_place = [wanted.pop(name) for name in ON_PLACE & wanted.keys()]
    yes, no = ibis.literal(True), ibis.literal(False)  # noqa: FBT003 - literals of the query
    where = functools.reduce(operator.and_, on_place, yes)
    shown = keep(EVENTS, list(wanted.values())).select(
        # Nothing is null here, so that "not shown" is the rest.
        "article_key",
        shown=where.fill_null(no),
        placed=EVENTS.place_key.notnull(),
        dated=EVENTS.date_start.notnull(),
    )
    answer = store.run(
        shown.aggregate(
            events=_.count(where=_.shown),
            articles=_.article_key.nunique(where=_.shown),
            placed=_.count(where=_.shown & _.placed),
            not_placed=_.count(where=~_.placed),
            undated=_.count(where=_.shown & ~_.dated),
        )
    ).to_pylist()[0]
    return Counts(**answer)


def cells(
    store: Store,
    view: View,
    *,
    south: float,
    west: float,
    north: float,
    east: float,
    zoom: float,
    max_points: int = 500,
) -> Cells:
    """Return what a map window shows of a view.

    Parameters
    ----------
    store, view
        Where to look, and what for.
    south, west, north, east
        Sides of the window in decimal degrees. It may cross the antimeridian: west > east, or
        sides beyond 180 degrees as Leaflet gives them. Answers lie between -180 and 180.
    zoom
        Zoom of the map; cells are 64 pixels wide there.
    max_points
        Exact points are given when the window holds no more different places than this.

    Returns
    -------
    Cells
        `areas` are all areas of the view, wherever the window is: a country may reach into a
        window that does not hold its label point.
    """
    inside = keep(EVENTS, [*conditions(view).values(), within(south=south, west=west, north=north, east=east)])
    places, made = _cells(store, inside, cell_shift(zoom))
    areas = store.once(("areas", filters_of(view)), lambda: _areas(store, view))
    if places <= max_points:
        points = _points(store, inside, places) if places else []
        return Cells(kind="points", points=points, areas=areas)
    return Cells(kind="cells", cells=made, areas=areas)


def _points(store: Store, inside: Any, places: int) -> list[Point]:
    grouped = inside.group_by("place_key", "type", "quad").aggregate(
        n=_.count(),
        lat=_.lat.min(),
        lon=_.lon.min(),
        place_id=_.place_id.min(),
        place_name=_.place_name.min(),
        precision=_.precision.min(),
    )
    newest = ibis.window(group_by="place_key", order_by=[ibis.desc("date_start", nulls_first=False), "id"])
    most = max(1, min(MAX_IDS, MAX_IDS_ALL // places))
    listed = (
        inside.select("place_key", "id", "date_start")
        .mutate(rank=ibis.row_number().over(newest))
        .filter(_.rank < most)
        .order_by("place_key", "rank")
        .select("place_key", "id")
    )
    ids: dict[int, list[str]] = {}
    for row in store.run(listed).to_pylist():
        ids.setdefault(row["place_key"], []).append(row["id"])
    first: dict[int, dict[str, Any]] = {}
    types: dict[int, Counter[str]] = {}
    quads: dict[int, Counter[int]] = {}
    for row in store.run(grouped).to_pylist():
        key = row["place_key"]
        first.setdefault(key, row)
        types.setdefault(key, Counter())[row["type"]] += row["n"]
        quads.setdefault(key, Counter())[row["quad"]] += row["n"]
    points = [
        Point(
            lat=row["lat"],
            lon=row["lon"],
            place_id=row["place_id"],
            name=row["place_name"],
            precision=Precision(row["precision"]),
            count=types[key].total(),
            quads=dict(sorted(quads[key].items())),
            event_ids=tuple(ids.get(key, ())),
            type=EventType(_most(types[key])),
        )
        for key, row in first.items()
    ]
    return sorted(points, key=lambda point: (-point.count, point.place_id))


def _cells(store: Store, inside: Any, shift: int) -> tuple[int, list[Cell]]:
    """Return the number of different places, and the cells in which they lie."""
    by_quad = {f"quad_{int(quad)}": quad for quad in Quad}
    # By place first: that is one integer to group by, and there are few places beside the events.
    by_place = inside.group_by("place_key").aggregate(
        cx=inside.mx.min().cast("int64") // (1 << shift),
        cy=inside.my.min().cast("int64") // (1 << shift),
        lat=inside.lat.min(),
        lon=inside.lon.min(),
        n=inside.count(),
        **{name: inside.count(where=inside.quad == int(quad)) for name, quad in by_quad.items()},
    )
    grouped = by_place.group_by("cx", "cy").aggregate(
        lat=(by_place.lat * by_place.n).sum() / by_place.n.sum(),
        lon=(by_place.lon * by_place.n).sum() / by_place.n.sum(),
        places=by_place.count(),
        **{name: by_place[name].sum().cast("int64") for name in by_quad},
    )
    places, made = 0, []
    for row in store.run(grouped).to_pylist():
        north, west = position(row["cx"] << shift, row["cy"] << shift)
        south, east = position((row["cx"] + 1) << shift, (row["cy"] + 1) << shift)
        quads = {int(quad): row[name] for name, quad in by_quad.items() if row[name]}
        places += row["places"]
        made.append(
            Cell(
                lat=round(row["lat"], 7),  # 1 cm: a sum of equal numbers need not divide evenly
                lon=round(row["lon"], 7),
                south=south,
                west=west,
                north=north,
                east=east,
                count=sum(quads.values()),
                quads=quads,
            )
        )
    return places, sorted(made, key=lambda cell: (-cell.count, cell.lat, cell.lon))


def _areas(store: Store, view: View) -> list[Area]:
    # The name of the area itself where an event names it; of a place that is only known to lie
    # in it, the area's id (who draws it has its shape, and with that its name).
    own = EVENTS.place_id.isin(["iso:" + EVENTS.area, "region:" + EVENTS.area, EVENTS.area])
    grouped = (
        passing(view)
        .filter(EVENTS.area.notnull())
        .select("area", "quad", name=own.ifelse(EVENTS.place_name, ibis.null("string")))
        .group_by("area", "quad")
        .aggregate(n=_.count(), name=_.name.min())
    )
    names: dict[str, str] = {}
    quads: dict[str, Counter[int]] = {}
    for row in store.run(grouped).to_pylist():
        area = row["area"]
        names[area] = names.get(area) or row["name"] or ""
        quads.setdefault(area, Counter())[row["quad"]] += row["n"]
    made = [
        Area(region_id=area, name=names[area] or area, count=counted.total(), quads=dict(sorted(counted.items())))
        for area, counted in quads.items()
    ]
    return sorted(made, key=lambda area: (-area.count, area.region_id))


def timeline(store: Store, view: View, *, step: Step | Literal["auto"] = "auto") -> Timeline:
    """Count the dated events of a view by time and quad.

    An event counts once, at its first possible day; one that began before the view's period
    counts at the period's first day. Weeks begin on Monday.

    Parameters
    ----------
    store, view
        Where to look, and what for.
    step
        Length of a step; "auto" takes days up to a quarter, weeks up to three years, else months.
    """
    shown = passing(view).filter(EVENTS.date_start.notnull())
    if view.date_from is None:
        dated = shown.select("quad", day=EVENTS.date_start)
    else:
        dated = shown.select("quad", day=ibis.greatest(EVENTS.date_start, ibis.literal(view.date_from)))
    taken = _step(store, dated) if step == "auto" else step
    grouped = (
        dated.select("quad", day=_.day.truncate(UNIT[taken])).group_by("day", "quad").aggregate(n=_.count())
    ).order_by("day", "quad")
    rows = [(day_of(row["day"]), row["quad"], row["n"]) for row in store.run(grouped).to_pylist()]
    return Timeline(step=taken, rows=rows)


def _step(store: Store, dated: Any) -> Step:
    ends = store.run(dated.aggregate(first=_.day.min(), last=_.day.max())).to_pylist()[0]
    if ends["first"] is None:
        return "day"
    days = (day_of(ends["last"]) - day_of(ends["first"])).days
    if days <= DAYS_BY_DAY:
        return "day"
    return "week" if days <= DAYS_BY_WEEK else "month"


def day_of(value: dt.date) -> dt.date:
    """Return a day as a date: some databases truncate a date to a timestamp."""
    return value.date() if isinstance(value, dt.datetime) else value


def extent(store: Store) -> Extent:
    """Return what the whole store holds."""
    events = store.run(
        EVENTS.aggregate(first=_.date_start.min(), last=_.date_end.max(), events=_.count(), **_sides())
    ).to_pylist()[0]
    articles = store.run(ARTICLES.aggregate(n=_.count())).to_pylist()[0]["n"]
    box = _box(events)
    south, west, north, east = box or (None, None, None, None)
    return Extent(
        date_min=events["first"],
        date_max=events["last"],
        articles=articles,
        events=events["events"],
        south=south,
        west=west,
        north=north,
        east=east,
    )


def bounds(store: Store, view: View) -> tuple[float, float, float, float] | None:
    """Return (south, west, north, east) of the placed events of a view in decimal degrees.

    Of areas the label points are taken. `east` goes beyond 180 when the events straddle the
    antimeridian, so that west <= east always; None when nothing is placed.
    """
    return _box(store.run(passing(view).aggregate(**_sides())).to_pylist()[0])


def _sides() -> dict[str, Any]:
    eastward = (_.lon < 0).ifelse(_.lon + 360.0, _.lon)  # 0 ... 360: no seam at the antimeridian
    return {
        "south": _.lat.min(),
        "north": _.lat.max(),
        "west": _.lon.min(),
        "east": _.lon.max(),
        "west_0": eastward.min(),
        "east_0": eastward.max(),
    }


def _box(row: dict[str, Any]) -> tuple[float, float, float, float] | None:
    if row["south"] is None:
        return None
    west, east = row["west"], row["east"]
    if row["east_0"] - row["west_0"] < east - west and row["west_0"] <= 180.0:  # noqa: PLR2004 - half a turn
        west, east = row["west_0"], row["east_0"]
    return row["south"], west, row["north"], east


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda value: (-counted[value], value))
