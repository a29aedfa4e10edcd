"""The list of event cards, and what choosing one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.cards import card_html
from dashboard.listing import page_of, pages, select, total_of
from dashboard.state import Picked, session
from dashboard.texts import count_words
from dashboard.texts.reading import NOTHING_HERE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.store.results import Counts, StoredEvent
    from geodata.store.store import Store
    from geodata.view import View

_UNPLACED = 30  # cards in the list of what is not placed; the whole of it is in the CSV


def _card(stored: StoredEvent, *, selected: bool) -> None:
    event = stored.event
    with st.container(border=True, key=f"card-{event.id}", gap="xsmall"):
        st.html(card_html(stored))
        if event.place is not None:
            words = "Show area on map" if event.place.precision.is_area else "Show on map"
            st.button(
                words,
                key=f"show-{event.id}",
                type="tertiary",
                icon=":material/location_on:",
                on_click=select,
                args=(event.id,),
                disabled=selected,
            )


def _outline(event_id: str) -> None:
    # Selected is black outline, on the card and on the map alike.
    safe = "".join(letter for letter in event_id if letter.isalnum() or letter in "-_")
    st.html(f"<style>.st-key-card-{safe}{{border-color:transparent;outline:2px solid var(--cm-strong)}}</style>")


def card_list(store: Store, view: View, counts: Counts, chosen: StoredEvent | None) -> None:
    """Draw one page of cards; what was clicked on the map comes alone, what is selected first."""
    own = session()
    with st.container(key="cards", gap="small"):
        total = total_of(own, counts)
        shown = page_of(store, view, own, own.page)
        own.listed = tuple(stored.event.id for stored in shown)
        if own.picked:
            picked_head(own.picked, total)
        elif chosen and chosen.event.id not in own.listed:
            shown = [chosen, *shown]
        if not shown and counts.events:
            st.caption(NOTHING_HERE)
        if chosen:
            _outline(chosen.event.id)
        for stored in shown:
            _card(stored, selected=bool(chosen and stored.event.id == chosen.event.id))
        pages(own, total)


def picked_head(picked: Picked, total: int) -> None:
    """Say what was clicked on the map, and offer the whole list again."""
    words = count_words(total, "reported event") + (" somewhere in " if picked.kind == "area" else " at ") + picked.name
    with st.container(horizontal=True, vertical_alignment="center", key="picked", wrap=False):
        st.text(words, width="stretch")
        st.button("Show all", key="unpick", type="tertiary", on_click=_unpick)


def _unpick() -> None:
    own = session()
    own.page = 0
    own.forget_selection()


def unplaced_list(store: Store, view: View, total: int) -> None:
    """Draw what passes the filters and could not be placed, with the reasons."""
    events: Iterable[StoredEvent] = store.not_placed(view, limit=_UNPLACED)
    st.caption("A place is never guessed: these reports name none that is surely known.")
    with st.container(height=420, border=False, key="unplaced-list"):
        for stored in events:
            with st.container(border=True, key=f"unplaced-{stored.event.id}"):
                # These cards have no button: without a stop of the Tab key a list of them cannot be scrolled by keys.
                st.html(f'<div tabindex="0">{card_html(stored)}</div>')
        if total > _UNPLACED:
            st.caption(f"The first {_UNPLACED} of {total:,}; the table (CSV) holds all of them.")
