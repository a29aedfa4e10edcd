"""What a view shows: numbers, map, timeline, lists to choose from.

The events are counted once for a view (`geodata.store.digest`); all that is here follows from that,
but for the ids of events at points, which are Ibis expressions as all questions to a database are.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

import ibis
import numpy as np
from ibis import _

from geodata.event import Precision
from geodata.ontology import Quad
from geodata.store.by_place import ByPlace
from geodata.store.counting import Count
from geodata.store.digest import WHOLE, digest
from geodata.store.facets import without
from geodata.store.filters import ARTICLES, EVENTS, ON_PLACE, conditions, keep
from geodata.store.mercator import cell_shift, pixel, position, wrap
from geodata.store.numbered import conditions_by_number
from geodata.store.numbers import KINDS, NEVER, QUADS, TYPES
from geodata.store.results import Area, Cell, Cells, Counts, Extent, Point, Step, Timeline
from geodata.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.store.answers import Answers
    from geodata.store.asking import Asked
    from geodata.store.digest import Digest, Part
    from geodata.store.places import PlaceTable

MAX_IDS = 20  # ids given with a point
MAX_IDS_ALL = 1000  # ids given with all points together: they are most of what is sent
DAYS_BY_DAY = 92  # up to a quarter, a bar for each day
DAYS_BY_WEEK = 3 * 366
MONDAY = 3  # 1970 began on a Thursday
_EPOCH = dt.date(1970, 1, 1).toordinal()
_QUADS = len(Quad)


def _whole(engine: Asked) -> tuple[Part, ...]:
    """Return all that can be counted at once: the other questions about the same view come next."""
    return WHOLE if engine.numbered else ("places", "days", "articles")


def counts(store: Answers, view: View) -> Counts:
    """Count the events that pass a view, and the articles in which they stand."""
    engine = store.engine
    found = digest(engine, view, _whole(engine))
    days, _kinds, n = found.day_kinds()
    wider = without(view, *ON_PLACE)
    not_placed = _not_placed(found if wider == view else digest(engine, wider, ["places"]))
    here = _not_placed(found)
    return Counts(
        events=found.days.total,
        articles=int(found.parts["articles"]),
        placed=found.places.total - here,
        not_placed=not_placed,
        undated=int(n[days == NEVER].sum()),
    )


def _not_placed(found: Digest) -> int:
    places = found.places
    return int(places.n[: np.searchsorted(places.code, KINDS)].sum())  # place 0 is none


def cells(
    store: Answers,
    view: View,
    *,
    south: float,
    west: float,
    north: float,
    east: float,
    zoom: float,
    max_points: int = 500,
    event_ids: bool = True,
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
    event_ids
        Whether points come with the ids of their newest events, which takes longer than all else.

    Returns
    -------
    Cells
        `areas` are all areas of the view, wherever the window is: a country may reach into a
        window that does not hold its label point.
    """
    engine = store.engine
    shown = ByPlace(engine, digest(engine, view, ["places"]))
    table = shown.table
    inside = shown.some(
        _within(table, south=south, west=west, north=north, east=east)[shown.place],
    )
    areas = _areas(shown.some(table.mx[shown.place] < 0))
    if np.count_nonzero(np.bincount(table.same[inside.place])) > max_points:
        return Cells(kind="cells", cells=_cells(inside, cell_shift(zoom)), areas=areas)
    return Cells(kind="points", points=_points(engine, view, inside, event_ids=event_ids), areas=areas)


def _within(table: PlaceTable, *, south: float, west: float, north: float, east: float) -> NDArray[np.bool_]:
    _x, top = pixel(north, 0.0)
    _x, bottom = pixel(south, 0.0)
    inside: NDArray[np.bool_] = (table.mx >= 0) & (table.my >= top) & (table.my <= bottom)
    sides = wrap(west, east)
    if sides is None:
        return inside
    left, right = (pixel(0.0, lon)[0] for lon in sides)
    if left <= right:
        return inside & (table.mx >= left) & (table.mx <= right)
    return inside & ((table.mx >= left) | (table.mx <= right))


def _points(engine: Asked, view: View, inside: ByPlace, *, event_ids: bool) -> list[Point]:
    table = inside.table
    same = table.same[inside.place]
    order = np.lexsort((inside.place, same))
    rows: dict[int, list[int]] = {}
    for at in order.tolist():
        rows.setdefault(int(same[at]), []).append(at)
    keys = [int(table.key[inside.place[at[0]]]) for at in rows.values()]
    ids = _ids(engine, view, keys) if event_ids else {}
    points = []
    for places in rows.values():
        numbers = {int(inside.place[at]) for at in places}
        one = min(numbers)
        types, quads = np.zeros(len(TYPES), np.int64), np.zeros(_QUADS, np.int64)
        np.add.at(types, inside.type[places], inside.n[places])
        np.add.at(quads, inside.quad[places], inside.n[places])
        points.append(
            Point(
                lat=float(table.lat[one]),
                lon=float(table.lon[one]),
                place_id=table.text("place_id", one),
                name=min(table.text("place_name", number) for number in numbers),
                precision=Precision(table.text("precision", one)),
                count=int(quads.sum()),
                quads={quad: n for quad, n in enumerate(quads.tolist()) if n},
                event_ids=ids.get(int(table.key[one]), ()),
                type=min((-n, TYPES[kind]) for kind, n in enumerate(types.tolist()))[1],
            )
        )
    return sorted(points, key=lambda point: (-point.count, point.place_id))


def _ids(engine: Asked, view: View, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the newest events at places, as many as can be sent."""
    if not keys:
        return {}
    inside = keep(EVENTS, [*_conditions(engine, view), EVENTS.place_key.isin(keys)])
    newest = ibis.window(group_by="place_key", order_by=[ibis.desc("date_start", nulls_first=False), "id"])
    most = max(1, min(MAX_IDS, MAX_IDS_ALL // len(keys)))
    listed = (
        inside.select("place_key", "id", "date_start")
        .mutate(rank=ibis.row_number().over(newest))
        .filter(_.rank < most)
        .order_by("place_key", "rank")
        .select("place_key", "id")
    )
    ids: dict[int, list[str]] = {}
    for row in engine.run(listed).to_pylist():
        ids.setdefault(row["place_key"], []).append(row["id"])
    return {key: tuple(found) for key, found in ids.items()}


def _conditions(engine: Asked, view: View) -> list[Any]:
    return conditions_by_number(view) if engine.numbered else list(conditions(view).values())


def _cells(inside: ByPlace, shift: int) -> list[Cell]:
    table = inside.table
    # By place first: there are many times fewer of these than of rows.
    of_place = np.bincount(inside.place * _QUADS + inside.quad, inside.n, table.size * _QUADS).reshape(-1, _QUADS)
    place = np.flatnonzero(of_place.any(axis=1))
    n = of_place[place]
    cx, cy = table.mx[place] >> shift, table.my[place] >> shift
    cell, where = np.unique(cx << 32 | cy, return_inverse=True)
    quads = np.zeros((len(cell), _QUADS), np.int64)
    np.add.at(quads, where, n.astype(np.int64))
    total = quads.sum(axis=1)
    lats = np.bincount(where, n.sum(axis=1) * table.lat[place], len(cell)) / total
    lons = np.bincount(where, n.sum(axis=1) * table.lon[place], len(cell)) / total
    made = []
    for at, (x, y) in enumerate(zip((cell >> 32).tolist(), (cell & 0xFFFFFFFF).tolist(), strict=True)):
        north, west = position(x << shift, y << shift)
        south, east = position((x + 1) << shift, (y + 1) << shift)
        made.append(
            Cell(
                lat=round(float(lats[at]), 7),  # 1 cm: a sum of equal numbers need not divide evenly
                lon=round(float(lons[at]), 7),
                south=south,
                west=west,
                north=north,
                east=east,
                count=int(total[at]),
                quads={quad: n for quad, n in enumerate(quads[at].tolist()) if n},
            )
        )
    return sorted(made, key=lambda cell: (-cell.count, cell.lat, cell.lon))


def _areas(shown: ByPlace) -> list[Area]:
    # The name of the area itself where an event names it; of a place that is only known to lie
    # in it, the area's id (who draws it has its shape, and with that its name).
    area_of, ids, own = shown.table.areas
    names: dict[int, str] = {}
    numbers = np.flatnonzero(np.bincount(shown.place))
    for number, area in zip(numbers.tolist(), area_of[numbers].tolist(), strict=True):
        if own[number]:
            names[area] = min(names.get(area, own[number]), own[number])
    codes = area_of[shown.place]
    quads = np.bincount(codes * _QUADS + shown.quad, shown.n, len(ids) * _QUADS).astype(np.int64)
    counted_of = quads.reshape(len(ids), _QUADS)
    there = np.flatnonzero(counted_of.sum(axis=1))
    made = [
        Area(
            region_id=ids[area],
            name=names.get(area) or ids[area],
            count=sum(counted),
            quads={quad: n for quad, n in enumerate(counted) if n},
        )
        for area, counted in zip(there.tolist(), counted_of[there].tolist(), strict=True)
    ]
    return sorted(made, key=lambda area: (-area.count, area.region_id))


def timeline(store: Answers, view: View, *, step: Step | Literal["auto"] = "auto") -> Timeline:
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
    days, kinds, n = dated(store.engine, view)
    taken = _step(days) if step == "auto" else step
    counted = Count.of(first_of_step(days, taken) * _QUADS + kinds % QUADS, n)
    rows = [
        (as_date(code // _QUADS), code % _QUADS, many)
        for code, many in zip(counted.code.tolist(), counted.n.tolist(), strict=True)
    ]
    return Timeline(step=taken, rows=rows)


def dated(engine: Asked, view: View) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return days since 1970, kinds and counts of the dated events of a view.

    One that began before the view's period counts at the period's first day.
    """
    days, kinds, n = digest(engine, view, ["days"]).day_kinds()
    known = days != NEVER
    days = days[known]
    if view.date_from is not None:
        days = np.maximum(days, view.date_from.toordinal() - _EPOCH)
    return days, kinds[known], n[known]


def first_of_step(days: NDArray[np.int64], step: Step) -> NDArray[np.int64]:
    """Return the first day of the step that each day lies in."""
    if step == "week":
        return days - (days + MONDAY) % 7
    if step == "month":
        return days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days


def as_date(day: int) -> dt.date:
    """Return a day since 1970 as a date."""
    return dt.date.fromordinal(day + _EPOCH)


def _step(days: NDArray[np.int64]) -> Step:
    span = int(days.max() - days.min()) if len(days) else 0
    if span <= DAYS_BY_DAY:
        return "day"
    return "week" if span <= DAYS_BY_WEEK else "month"


def extent(store: Answers) -> Extent:
    """Return what the whole store holds."""
    events = store.run(EVENTS.aggregate(first=_.date_start.min(), last=_.date_end.max())).to_pylist()[0]
    articles = store.run(ARTICLES.aggregate(n=_.count())).to_pylist()[0]["n"]
    south, west, north, east = bounds(store, View()) or (None, None, None, None)
    return Extent(
        date_min=events["first"],
        date_max=events["last"],
        articles=articles,
        events=digest(store.engine, View(), _whole(store.engine)).days.total,
        south=south,
        west=west,
        north=north,
        east=east,
    )


def bounds(store: Answers, view: View) -> tuple[float, float, float, float] | None:
    """Return (south, west, north, east) of the placed events of a view in decimal degrees.

    Of areas the label points are taken. `east` goes beyond 180 when the events straddle the
    antimeridian, so that west <= east always; None when nothing is placed.
    """
    shown = ByPlace(store.engine, digest(store.engine, view, ["places"]))
    if not len(shown.place):
        return None
    lat, lon = shown.table.lat[shown.place], shown.table.lon[shown.place]
    west, east = float(lon.min()), float(lon.max())
    eastward = np.where(lon < 0, lon + 360.0, lon)  # 0 ... 360: no seam at the antimeridian
    west_0, east_0 = float(eastward.min()), float(eastward.max())
    if east_0 - west_0 < east - west and west_0 <= 180.0:  # noqa: PLR2004 - half a turn
        west, east = west_0, east_0
    return float(lat.min()), west, float(lat.max()), east
