"""What the charts under the map show: which kinds rise and when, who against whom, where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.timeline import steps_between
from geodata.store.by_region import region_counts
from geodata.store.by_type import types_over_time
from geodata.store.pairs import actor_pairs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from geodata.store.results import Step
    from geodata.store.store import Store
    from geodata.view import View

MOST = 8  # lines of a chart: a screen holds no more of three side by side
MOST_STEPS = 400  # bars of a line; beyond that a step is longer
_LONGER: dict[Step, Step] = {"day": "week", "week": "month"}


def charts_as_dict(store: Store, view: View, region_name: Callable[[str], str]) -> dict[str, Any]:
    """Return the three charts of a view in the form that `charts.js` draws.

    Returns
    -------
    dict
        ``types``: the step, its days, and for each type its counts by step; ``pairs``: who, whom,
        count, counts by quad; ``regions``: id, name, count, counts by quad. ``more`` says how
        many types and provinces are left out.
    """
    step = store.timeline(view, step="auto").step
    types = types_over_time(store, view, step=step)
    days = _days([day for one in types for day, _ in one.rows], step)
    while len(days) > MOST_STEPS and step in _LONGER:
        step = _LONGER[step]
        types = types_over_time(store, view, step=step)
        days = _days([day for one in types for day, _ in one.rows], step)
    index = {day: number for number, day in enumerate(days)}
    units = region_counts(store, view).units
    return {
        "types": {
            "step": step,
            "days": [day.isoformat() for day in days],
            "rows": [
                {
                    "id": one.type.value.lower(),
                    "name": one.type.label,
                    "quad": int(one.type.quad),
                    "count": one.count,
                    "steps": [[index[day], n] for day, n in one.rows if day in index],
                }
                for one in types[:MOST]
            ],
            "more": max(0, len(types) - MOST),
        },
        "pairs": {
            "rows": [
                {"source": pair.source, "target": pair.target, "count": pair.count, "quads": _keys(pair.quads)}
                for pair in actor_pairs(store, view, limit=MOST)
            ],
        },
        "regions": {
            "rows": [
                {
                    "id": row.region_id,
                    "name": f"{region_name(row.region_id)}, {region_name(row.region_id[:2])}",
                    "count": row.count,
                    "quads": _keys(row.quads),
                }
                for row in units[:MOST]
            ],
            "more": max(0, len(units) - MOST),
        },
    }


def _days(days: list[dt.date], step: Step) -> list[dt.date]:
    return steps_between(min(days), max(days), step) if days else []


def _keys(quads: dict[int, int]) -> dict[str, int]:
    return {str(quad): count for quad, count in quads.items()}
