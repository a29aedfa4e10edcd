"""A card of the snapshots page, and what can be done with it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.share_dialog import base_of
from dashboard.snapshots import folder
from dashboard.texts import count_words, plain
from geodata.errors import SnapshotError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.snapshots.folder import Kept

_SAID = "snapshot-said"


def matching(kept: Sequence[Kept], words: str) -> list[Kept]:
    """Return the snapshots in which all words occur: in the title, the note, the filters or the sources."""
    wanted = words.casefold().split()

    def text(one: Kept) -> str:
        record = one.record
        names = " ".join(source.name for source in record.sources)
        return f"{record.title} {record.note} {record.words} {record.sentence} {names}".casefold()

    return [one for one in kept if all(word in text(one) for word in wanted)]


def gallery_card(kept: Kept) -> None:
    """Draw a snapshot: its picture, what it shows, and what can be done with it."""
    record, snapshot_id = kept.record, kept.path.name
    with st.container(border=True, key=f"snapshot-{snapshot_id}"):
        picture = kept.path / "card.png"
        if picture.is_file():
            st.image(picture.read_bytes(), width="stretch", alt="")  # its words stand beside it
        title = escape(record.title or record.sentence)
        made = f"{record.created[:16].replace('T', ' ')} UTC · {count_words(record.events, 'event')}"
        st.html(
            f'<div class="cm-snapshot" data-testid="snapshot-card"><h2 dir="auto">{title}</h2>'
            f"<p>{escape(record.words)}</p><p>{escape(made)}</p></div>"
        )
        with st.container(horizontal=True, gap="small"):
            st.link_button("Open", f"s/{snapshot_id}", key=f"open-{snapshot_id}")
            with st.popover("Link", key=f"link-{snapshot_id}"):
                st.code(f"{base_of(st.context.url or '')}/s/{snapshot_id}", language=None, wrap_lines=True)
            with st.popover("Delete", key=f"ask-{snapshot_id}"):
                st.write("Delete this snapshot for good? Its link and its files stop working at once.")
                st.button(
                    "Yes, delete it",
                    type="primary",
                    key=f"delete-{snapshot_id}",
                    on_click=forget,
                    args=(snapshot_id, record.title or record.sentence),
                )


def forget(snapshot_id: str, title: str = "") -> None:
    """Delete a snapshot (from a callback) and say so on the next run."""
    try:
        folder.delete(snapshot_id)
    except SnapshotError as error:
        st.session_state[_SAID] = plain(str(error))
        return
    st.session_state[_SAID] = f"“{plain(title)}” is deleted." if title else "The snapshot is deleted."
