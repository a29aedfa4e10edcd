"""The list of event cards, and what choosing one does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.cards import card_html
from dashboard.map_ids import area_id
from dashboard.state import Picked, session
from dashboard.texts import NOTHING_PASSES, count_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.store.results import Counts, StoredEvent
    from geodata.store.store import Store
    from geodata.view import View

PAGE = 10
_UNPLACED = 30  # cards in the list of what is not placed; the whole of it is in the CSV
_AREA_LOOKED_AT = 2000


def _select(event_id: str) -> None:
    session().select(event_id, move=True)


def _turn(page: int) -> None:
    session().page = page
    session().touched = True


def _unpick() -> None:
    own = session()
    own.picked, own.page, own.touched = None, 0, True
    own.view = replace(own.view, event="")


def picked_events(store: Store, view: View, picked: Picked) -> list[StoredEvent]:
    """Return the events of the place or area that was clicked on the map."""
    if picked.kind == "point":
        found = (store.event(event_id) for event_id in picked.events)
        return [event for event in found if event is not None]
    # Events known only to this area; those at a place inside it are on the map themselves.
    inside = store.events(replace(view, regions=(picked.region,)), limit=_AREA_LOOKED_AT)
    return [
        stored
        for stored in inside
        if stored.event.place is not None
        and stored.event.place.precision.is_area
        and area_id(stored.event.place) == picked.region
    ]


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
                on_click=_select,
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
        if own.picked:
            events = picked_events(store, view, own.picked)
            total = max(own.picked.count, len(events))
            _picked_head(own.picked, len(events), total)
            shown, total = events[own.page * PAGE : (own.page + 1) * PAGE], len(events)
        else:
            shown, total = store.events(view, limit=PAGE, offset=own.page * PAGE), counts.events
            if chosen and all(stored.event.id != chosen.event.id for stored in shown):
                shown = [chosen, *shown]
        if not shown and store.extent().articles:
            st.caption(NOTHING_PASSES if counts.events == 0 else "Nothing here passes the filters.")
        if chosen:
            _outline(chosen.event.id)
        for stored in shown:
            _card(stored, selected=bool(chosen and stored.event.id == chosen.event.id))
        _pages(total)


def _picked_head(picked: Picked, shown: int, total: int) -> None:
    words = count_words(total, "reported event") + (" somewhere in " if picked.kind == "area" else " at ") + picked.name
    if shown < total:
        words = f"The newest {shown} of {words}"
    with st.container(horizontal=True, vertical_alignment="center", key="picked", wrap=False):
        st.text(words, width="stretch")
        st.button("Show all", key="unpick", type="tertiary", on_click=_unpick)


def _pages(total: int) -> None:
    own = session()
    last = max(0, (total - 1) // PAGE)
    if last == 0:
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="pages"):
        st.button("Newer", key="page-newer", on_click=_turn, args=(own.page - 1,), disabled=own.page <= 0)
        st.caption(f"Page {own.page + 1:,} of {last + 1:,}", width="content")
        st.button("Older", key="page-older", on_click=_turn, args=(own.page + 1,), disabled=own.page >= last)


def unplaced_list(store: Store, view: View, total: int) -> None:
    """Draw what passes the filters and could not be placed, with the reasons."""
    events: Iterable[StoredEvent] = store.not_placed(view, limit=_UNPLACED)
    st.caption("A place is never guessed: these reports name none that is surely known.")
    with st.container(height=420, border=False, key="unplaced-list"):
        for stored in events:
            with st.container(border=True, key=f"unplaced-{stored.event.id}"):
                st.html(card_html(stored))
        if total > _UNPLACED:
            st.caption(f"The first {_UNPLACED} of {total:,}; the table (CSV) holds all of them.")
