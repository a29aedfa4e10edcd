"""What stands under the sentence: filters that are set, clear, undo, cards or table; what to do when nothing passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import resources
from dashboard.active import Active, active_filters, loosening
from dashboard.filters import clear
from dashboard.filters.widgets import put, value_of
from dashboard.keyboard import ask_help
from dashboard.state import session
from dashboard.texts import NOTHING_PASSES, count_words, plain, reading
from dashboard.texts import filters as texts

if TYPE_CHECKING:
    from geodata.store.store import Store
    from geodata.view import View

_LISTINGS = {"cards": reading.CARDS, "table": reading.TABLE}


def filter_bar(view: View) -> None:
    """Draw the filters that are set, and how the events are listed, into the row that is open."""
    own = session()
    active = active_filters(view, resources.region_name)
    with st.container(horizontal=True, vertical_alignment="center", key="chips", gap="xsmall", width="stretch"):
        # Streamlit shuts the sidebar on narrow screens; the style sheet shows this button only then.
        words = texts.counted(texts.FILTERS, len(active)) if active else texts.FILTERS
        st.html(f'<button type="button" class="cm-open-filters">{words}</button>', width="content")
        for number, one in enumerate(active):
            st.button(
                plain(one.label),
                key=f"chip-{number}",
                icon=":material/close:",
                icon_position="right",
                help=f"{texts.TAKE_OFF}: {plain(one.label)}",
                on_click=_take_off,
                args=(one,),
            )
        st.button(
            texts.CLEAR_ALL,
            key="clear",
            type="tertiary",
            on_click=clear,
            disabled=not active and own.picked is None,
        )
        with st.container(horizontal=True, key="undo-help", gap=None, width="content"):
            st.button(
                texts.UNDO,
                key="undo",
                icon=":material/undo:",
                type="tertiary",
                on_click=own.undo,
                disabled=not own.past,
            )
            st.button(
                texts.REDO,
                key="redo",
                icon=":material/redo:",
                type="tertiary",
                on_click=own.redo,
                disabled=not own.future,
            )
            st.button(reading.HELP, key="help", icon=":material/help:", type="tertiary", on_click=ask_help)
    st.selectbox(
        reading.SORT,
        list(reading.ORDERS),
        format_func=lambda order: reading.ORDERS[order],
        key=put("list-order", own.order if own.order in reading.ORDERS else None),
        on_change=_sort,
        label_visibility="collapsed",
        placeholder=reading.SORT,
        width=170,
    )
    st.segmented_control(
        reading.LISTED_AS,
        list(_LISTINGS),
        format_func=_LISTINGS.__getitem__,
        key=put("list-as", own.listing),
        on_change=_list_as,
        label_visibility="collapsed",
        width="content",
    )


def _take_off(*some: Active) -> None:
    own = session()
    view = own.view
    for one in some:
        view = one.without(view)
    own.change(**{field: getattr(view, field) for one in some for field in one.fields})
    if any("regions" in one.fields for one in some):
        own.refit = "regions" if own.view.regions else "all"


def _sort() -> None:
    session().sort(value_of("list-order") or "-date")


def _list_as() -> None:
    own = session()
    own.listing = value_of("list-as") or own.listing
    own.page, own.touched = 0, True


def nothing_passes(store: Store, view: View) -> None:
    """Say that nothing passes, and which filter to take off."""
    found = loosening(store, view, resources.region_name)
    with st.container(key="nothing", border=True, gap="small"):
        st.html(f'<p class="cm-nothing">{NOTHING_PASSES}</p>')
        if not found:
            st.caption(texts.LOOSEN_MORE)
            return
        st.caption(texts.LOOSEN)
        with st.container(horizontal=True, key="loosen", gap="xsmall"):
            for number, (some, count) in enumerate(found):
                labels = texts.BOTH.join(plain(one.label) for one in some)
                st.button(
                    texts.without(labels, count_words(count, "event")),
                    key=f"loosen-{number}",
                    on_click=_take_off,
                    args=some,
                )
