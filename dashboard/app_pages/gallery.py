"""The snapshots page: what was frozen, to find, open, pass on and delete."""

from __future__ import annotations

import streamlit as st

from dashboard.gallery import forget, gallery_card, matching
from dashboard.snapshots import folder
from dashboard.texts import count_words

COLUMNS = 3
AT_ONCE = 24  # cards of one page

st.title("Snapshots", anchor=False)
kept, damaged = folder.every()
if said := st.session_state.pop("snapshot-said", ""):
    st.success(said)

if not kept and not damaged:
    st.info("There is no snapshot yet. Open the map, set the filters, and choose “Share snapshot”.")
    st.stop()

words = st.text_input(
    "Search", key="snapshot-search", placeholder="Words of the title, the note or the filters", icon=":material/search:"
)
found = matching(kept, words or "")
st.caption(
    count_words(len(found), "snapshot") if not words else f"{len(found):,} of {count_words(len(kept), 'snapshot')}"
)
shown = st.session_state.get("snapshot-shown", AT_ONCE)
for first in range(0, min(len(found), shown), COLUMNS):
    for column, one in zip(st.columns(COLUMNS, gap="medium"), found[first : first + COLUMNS], strict=False):
        with column:
            gallery_card(one)
if len(found) > shown and st.button("Show more", key="snapshot-more"):
    st.session_state["snapshot-shown"] = shown + AT_ONCE
    st.rerun()

for snapshot_id in damaged:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"damaged-{snapshot_id}"):
        st.write("This snapshot is damaged and cannot be opened.")
        st.button("Delete", key=f"delete-damaged-{snapshot_id}", on_click=forget, args=(snapshot_id,))
