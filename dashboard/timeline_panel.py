"""The timeline of the map page and what brushing it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.maps.colours import QUAD_COLOURS, QUAD_ORDER
from dashboard.state import session
from dashboard.timeline import BRUSH, brushed_period, spoken, timeline_chart, timeline_frame, timeline_view

if TYPE_CHECKING:
    from geodata.store.store import Store
    from geodata.view import View


def _brushed(key: str) -> None:
    state = st.session_state.get(key)
    period = brushed_period(state.get("selection") if state else None)
    if period:
        session().change(date_from=period[0], date_to=period[1])


def timeline_panel(store: Store, view: View) -> None:
    """Draw the timeline under the map."""
    timeline = store.timeline(timeline_view(view), step="auto")
    if not timeline.rows:
        return
    # The period is part of the key: a brush is used up once it has become the period.
    key = f"timeline-{view.date_from or 'open'}-{view.date_to or 'open'}"
    with st.container(key="timeline", gap="xsmall"):
        st.altair_chart(
            timeline_chart(timeline_frame(timeline, view)),
            width="stretch",
            key=key,
            on_select=lambda: _brushed(key),
            selection_mode=BRUSH,
            alt=spoken(timeline),
        )
        swatches = "".join(
            f'<span><i style="background:{QUAD_COLOURS[quad]}"></i>{quad.label}</span>' for quad in QUAD_ORDER
        )
        st.html(
            f'<div class="cm-legend-row-quads">{swatches}'
            f"<span>Events by {timeline.step}. Drag over the bars to choose a period.</span></div>"
        )
