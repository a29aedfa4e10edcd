"""Events that are at hand (a reading, a saved view) in the form that the map draws. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dashboard.map_ids import area_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.event import Event, Place


def gather(events: Iterable[Event]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Group events by place.

    Returns
    -------
    tuple
        Points (exact places) and areas (only a province or a country is known), as `events.js`
        draws them; areas still without the position of their label.
    """
    groups: dict[str, tuple[Place, list[Event]]] = {}
    for event in events:
        if event.place is not None:
            groups.setdefault(event.place.id, (event.place, []))[1].append(event)
    points, areas = [], []
    for place, group in groups.values():
        shared = {
            "name": place.name,
            "count": len(group),
            "quads": {str(quad): n for quad, n in sorted(Counter(int(event.quad) for event in group).items())},
            "events": [event.id for event in group],
        }
        if place.precision.is_area:
            areas.append(shared | {"region": area_id(place), "kind": "", "lat": place.lat, "lon": place.lon})
        else:
            exact = {"id": place.id, "lat": place.lat, "lon": place.lon, "precision": place.precision.value}
            points.append(shared | exact)
    return points, areas
