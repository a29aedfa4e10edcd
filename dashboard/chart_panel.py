"""The charts under the map: which kinds and when, who towards whom, in which provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.assets import OWN
from dashboard.maps.cell_layer import cells_query
from dashboard.maps.colours import palette
from dashboard.state import session
from dashboard.texts import CHART_WORDS
from geodata.ontology import EventType
from geodata.view import Role

if TYPE_CHECKING:
    from geodata.view import View

_charts = st.components.v2.component(
    "conflictmap_charts",
    html='<div class="charts"></div>',
    css=(OWN / "charts.css").read_text(encoding="utf-8"),
    js=(OWN / "charts.js").read_text(encoding="utf-8"),
)


def changes(view: View, chosen: object) -> dict[str, Any]:
    """Return how a click on a row of a chart changes a view; a second click takes it back.

    Parameters
    ----------
    view
        The view as it is.
    chosen
        What the component says: ``kind`` (type, actor, region, pair), ``id``, ``role`` of an actor, ``whom`` of a pair.
        It comes through the browser, so nothing odd in it changes anything.
    """
    if not isinstance(chosen, dict):
        return {}
    kind, value, role = chosen.get("kind"), chosen.get("id"), chosen.get("role")
    if not isinstance(value, str) or not value:
        return {}
    if kind == "type" and value.upper() in EventType.__members__:
        wanted = EventType(value.upper())
        return {"types": () if view.types == (wanted,) else (wanted,)}
    if kind == "region":
        return {"regions": () if view.regions == (value,) else (value,)}
    if kind == "actor" and role in {"source", "target"}:
        again = view.actors == (value,) and view.role is Role(role)
        return {"actors": (), "role": Role.EITHER} if again else {"actors": (value,), "role": Role(role)}
    whom = chosen.get("whom")
    if kind == "pair" and isinstance(whom, str) and whom:
        return {"pair": () if view.pair == (value, whom) else (value, whom)}
    return {}


def _chosen() -> None:
    found = st.session_state.get("charts")
    own = session()
    changed = changes(own.view, found.get("chosen") if found else None)
    if changed:
        own.change(**changed)


def chart_panel(view: View, store_version: str) -> None:
    """Draw the charts; they ask for their numbers themselves, once somebody scrolls near them."""
    colours = palette()
    with st.container(key="charts-frame", border=True):
        _charts(
            key="charts",
            data={
                "query": cells_query(view),
                "version": store_version,
                "quads": {"colours": colours["quads"], "labels": colours["quadLabels"]},
                "chosen": {
                    "types": [kind.value.lower() for kind in view.types],
                    "regions": list(view.regions),
                    "actors": list(view.actors),
                    "role": view.role.value,
                    "pair": list(view.pair),
                },
                "words": CHART_WORDS,
            },
            on_chosen_change=_chosen,
        )
