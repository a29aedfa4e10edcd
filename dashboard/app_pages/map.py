"""The map page: filters, sentence, map with timeline, cards, charts."""

from __future__ import annotations

import streamlit as st

from dashboard import resources
from dashboard.card_list import card_list, unplaced_list
from dashboard.chart_panel import chart_panel
from dashboard.event_table import event_table
from dashboard.filter_bar import filter_bar, nothing_passes
from dashboard.filters import foretold, sidebar
from dashboard.filters.period import today
from dashboard.keyboard import keyboard, remember_visit
from dashboard.map_panel import map_panel, refit, selected_area, selected_on_map
from dashboard.share_dialog import share_button
from dashboard.sharing import copy_link_button, downloads
from dashboard.state import begin, session, write_address
from dashboard.summary import sentence_html, title_of
from dashboard.texts import NOTHING_STORED, plain
from dashboard.ui.components import ahead

LOOK_EVERY_S = 3  # new events show within 5 s; a look at the folder takes under a millisecond

store = resources.store()
version = store.version
view = begin(resources.known)
resources.count_ahead(store, view)
chosen = store.event(view.event) if view.event else None
own = session()
marked = selected_on_map(chosen.event if chosen else None) or selected_area(own)
remember_visit()

# The map stands below, but is told first: it asks for its events while the rest of the page is made.
head = st.container(horizontal=True, vertical_alignment="center", key="head", gap="small")
bar = st.container(horizontal=True, vertical_alignment="center", key="filter-bar", gap="xsmall")
notices = st.container(key="notices")
with st.container(key="map-row"):
    left, right = st.columns([2.7, 1], gap="medium")
refit(own, store, marked)
with left:
    map_panel(view, store_version=version, selected=marked, focus=own.focus)

extent = store.extent()
shown = own.shown  # the same, unless playback rests at some days of it
counts = store.counts(shown)
with head:
    with st.container(width="stretch", key="head-sentence", gap="xsmall"):
        st.html(sentence_html(counts, shown, resources.region_name))
    if counts.not_placed:
        unplaced = st.popover(f"{counts.not_placed:,} not placed", type="tertiary", key="unplaced", on_change="rerun")
        if unplaced.open:
            with unplaced:
                unplaced_list(store, shown, counts.not_placed)
    copy_link_button()
    with st.popover("Download", key="download"):
        downloads(shown)
    share_button(view, events=store.counts(view).events, suggested=title_of(view, resources.region_name))

with bar:
    filter_bar(view)

with notices:
    if own.problems:
        st.info(
            "\n".join(f"- {plain(problem.message)}" for problem in own.problems),
            title="Part of the link could not be applied",
        )
    if view.event and chosen is None:
        st.info("The event of this link is not in the store any more.")
    if not extent.articles:
        st.info(NOTHING_STORED)
    elif not counts.events and not own.resting:
        nothing_passes(store, view)

sidebar(store, view, extent, version)

with right:
    if own.listing == "cards":
        card_list(store, shown, counts, chosen)
    else:
        # The style sheet then gives the map the whole width; the element itself stays the same.
        st.html('<span class="cm-cards-away"></span>')
# There in any case, so that what follows stays the same element when the table comes and goes.
with st.container(key="below-map"):
    if own.listing == "table":
        event_table(store, shown, counts, chosen)
if extent.events:
    chart_panel(view, version)

keyboard(view)
ahead(foretold(own, date_max=extent.date_max, today=today(), region_name=resources.region_name))

write_address(view)


@st.fragment(run_every=LOOK_EVERY_S)
def look_for_new(seen: str) -> None:
    """Run the page again when something was stored since."""
    if resources.store().version != seen:
        st.rerun()


look_for_new(version)
