"""The sidebar from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.filters.more import more
from dashboard.filters.names import actors, regions
from dashboard.filters.period import period
from dashboard.filters.types import types
from dashboard.filters.widgets import put, value_of
from dashboard.state import NO_FILTERS, session
from dashboard.texts import APP_NAME
from dashboard.texts.filters import SEARCH, SEARCH_HINT

if TYPE_CHECKING:
    from geodata.store.results import Extent
    from geodata.store.store import Store
    from geodata.view import View


def sidebar(store: Store, view: View, extent: Extent, version: str) -> None:
    """Draw all filters."""
    with st.sidebar:
        st.title(APP_NAME, anchor=False)
        st.text_input(
            SEARCH,
            placeholder=SEARCH_HINT,
            type="search",
            key=put("filter-text", view.text),
            on_change=_changed_text,
            max_chars=200,
        )
        period(store, view, extent)
        regions(view, version)
        actors(view, version)
        types(store, view)
        more(store, view, version)


def _changed_text() -> None:
    session().change(text=str(value_of("filter-text") or ""))


def clear() -> None:
    """Take all filters off, and look at everything again."""
    own = session()
    own.change(**NO_FILTERS)
    own.refit = "all"
