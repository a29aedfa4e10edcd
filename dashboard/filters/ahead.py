"""What a click on a filter makes of the view, told to the browser so that the map is asked at once.

The run of the page takes longer than the map's own question. What is told here is only a guess in
advance: the view that the run then tells of is what the map shows (`ahead.js`, `live.js`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.active import active_filters
from dashboard.filters.period import latest
from dashboard.maps.cell_layer import cells_query
from dashboard.texts.filters import PRESETS, ROLES
from geodata.ontology import EventType, Quad
from geodata.view import Role, View
from geodata.view_url import KEYS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from dashboard.state import Session

_TYPES = {f"filter-type-{kind.value}": [kind.value.lower()] for kind in EventType} | {
    f"filter-quad-{int(quad)}": [kind.value.lower() for kind in EventType if kind.quad is quad] for quad in Quad
}


def foretold(
    own: Session, *, date_max: dt.date | None, today: dt.date, region_name: Callable[[str], str]
) -> dict[str, Any]:
    """Return what the script needs to know which view a click will give.

    Parameters
    ----------
    own
        The session, with the view as it is shown.
    date_max, today
        What the presets of the period are counted from.
    region_name
        Gives the name of a region by its id.
    """
    view = own.view
    exact = {"clear": cells_query(View())}
    for number, one in enumerate(active_filters(view, region_name)):
        exact[f"chip-{number}"] = cells_query(one.without(view))
    if own.past:
        exact["undo"] = cells_query(own.past[-1])
    if own.future:
        exact["redo"] = cells_query(own.future[-1])
    presets = (latest(days, date_max, today) for days in PRESETS.values())
    return {
        "query": cells_query(view),
        "order": list(KEYS),
        "exact": exact,
        "types": _TYPES,
        "typeOrder": [kind.value.lower() for kind in EventType],
        "presets": [[day.isoformat() if day else "" for day in days] for days in presets],
        "roles": ["" if role is Role.EITHER else role.value for role in ROLES],
    }
