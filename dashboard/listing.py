"""Which events the list holds now, as cards or as a table, and how one goes through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.state import session

if TYPE_CHECKING:
    from dashboard.state import Session
    from geodata.store.results import Counts, StoredEvent
    from geodata.store.store import Store
    from geodata.view import View

PAGE_SIZES = {"cards": 10, "table": 25}


def total_of(own: Session, counts: Counts) -> int:
    """Return how many events the whole list holds."""
    return own.picked.count if own.picked else counts.events


def page_of(store: Store, view: View, own: Session, page: int) -> list[StoredEvent]:
    """Return a page of the list: of what was clicked on the map, or of all that passes the view."""
    size = PAGE_SIZES[own.listing]
    place = own.picked.place if own.picked and own.picked.kind == "point" else ""
    area = own.picked.region if own.picked and own.picked.kind == "area" else ""
    return store.events(view, limit=size, offset=page * size, order=own.order, place_id=place, area=area)


def step(store: Store, own: Session, by: int) -> None:
    """Select the next event of the list (by 1) or the one before (by -1), over the ends of pages too."""
    ids = own.listed
    unselected = -1 if by > 0 else len(ids)  # one step from either end of the page
    number = by + (ids.index(own.view.event) if own.view.event in ids else unselected)
    if 0 <= number < len(ids):
        own.select(ids[number], move=True)
        return
    page = own.page + by
    found = page_of(store, own.shown, own, page) if page >= 0 else []
    if found:
        own.page = page
        own.select(found[0 if by > 0 else -1].event.id, move=True)


def turn(page: int) -> None:
    """Go to a page (a callback)."""
    own = session()
    own.page, own.touched = page, True


def pages(own: Session, total: int) -> None:
    """Draw what turns the pages; nothing when there is one."""
    size = PAGE_SIZES[own.listing]
    last = max(0, (total - 1) // size)
    if last == 0:
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="pages"):
        st.button("Previous", key="page-newer", on_click=turn, args=(own.page - 1,), disabled=own.page <= 0)
        first = own.page * size + 1
        st.caption(f"{first:,}–{min(total, first + size - 1):,} of {total:,}", width="content")
        st.button("Next", key="page-older", on_click=turn, args=(own.page + 1,), disabled=own.page >= last)


def select(event_id: str) -> None:
    """Select an event and show it on the map (a callback)."""
    session().select(event_id, move=True)
