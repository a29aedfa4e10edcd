"""The list of stored articles; one of them can be opened to see how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.cards import safe_link
from dashboard.reading_view import show_reading
from dashboard.texts import NOTHING_STORED, PUBLISHED_BASIS_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.store.results import ArticleRow
    from geodata.store.store import Store

_MOST = 1000


def articles_frame(rows: Sequence[ArticleRow]) -> pd.DataFrame:
    """Return the list as a table; titles are text, never markup."""
    frame = pd.DataFrame(
        {
            "Title": [row.title or "Without a title" for row in rows],
            "Source": [row.source for row in rows],
            "Published": [row.published.isoformat() if row.published else "" for row in rows],
            "Date is": [PUBLISHED_BASIS_WORDS[row.published_basis.value] for row in rows],
            "Events": [row.events for row in rows],
            "Not placed": [row.not_placed for row in rows],
            "Address": [safe_link(row.url) for row in rows],
        }
    )
    # Pasted articles and files seldom have one; an empty column only takes room.
    return frame if frame["Address"].any() else frame.drop(columns="Address")


def stored_articles(store: Store) -> None:
    """Draw the list, and the reading of the article that is chosen in it."""
    st.html('<h2 class="cm-title">Stored articles</h2>')
    rows = store.articles(_MOST)
    if not rows:
        st.caption(NOTHING_STORED)
        return
    total = store.extent().articles
    if total > len(rows):
        st.caption(f"The newest {len(rows):,} of {total:,}.")
    else:
        st.caption("Choose a row to see how the article was read.")
    chosen = st.dataframe(
        articles_frame(rows),
        hide_index=True,
        height=min(420, 38 + 35 * len(rows)),
        key=f"articles-{store.version[:40]}",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Title": st.column_config.TextColumn(width="large"),
            "Address": st.column_config.LinkColumn(display_text="Open"),
        },
        alt="Stored articles with their numbers of events",
    )
    selected = chosen["selection"]["rows"]
    if selected and selected[0] < len(rows):
        reading = store.reading(rows[selected[0]].id)
        if reading is not None:
            st.divider()
            show_reading(reading, key="stored")
