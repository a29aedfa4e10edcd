"""The button and the dialog that freeze a view into a snapshot."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from dashboard import resources
from dashboard.feed import feed_address, feed_query
from dashboard.snapshots import folder
from dashboard.snapshots.making import MOST_EVENTS, Order, too_long
from dashboard.snapshots.warming import warm_up
from dashboard.texts import NOT_FOR_THE_PAGES, count_words, plain
from geodata.errors import ConflictmapError, SafetyError
from geodata.settings import settings
from geodata.view_url import Known, decode_view, encode_view

if TYPE_CHECKING:
    from dashboard.snapshots.folder import Kept
    from geodata.view import View

_MADE = "snapshot-made"
_WINDOW = ("lat", "lon", "z")

# The map writes its window into the page's address without a run of the page: only the browser knows it.
_JS = """
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  // Browsers and feed readers look for the feed of a page in its head, which Streamlit has no other way to.
  let link = document.head.querySelector("link[data-conflictmap-feed]");
  if (!link) {
    link = document.createElement("link");
    link.dataset.conflictmapFeed = "";
    link.rel = "alternate";
    link.type = "application/atom+xml";
    document.head.append(link);
  }
  link.href = data.feed;
  link.title = data.title;
  parentElement.querySelector("button").onclick = () => setTriggerValue("address", window.location.href);
}
"""
_HTML = '<button type="button" data-testid="share-snapshot">Share snapshot</button>'
_CSS = """
:host { display: block; }
button {
  background: var(--st-primary-color); border: 1px solid var(--st-primary-color);
  border-radius: var(--st-button-radius, 8px); color: #fff; cursor: pointer;
  font: inherit; font-family: var(--st-font); font-size: 0.875rem; line-height: 1.6; min-height: 2.5rem;
  padding: 0.25rem 0.75rem; white-space: nowrap;
}
@media (max-width: 640px) { button { min-height: 2rem; padding: 0 0.6rem; } }
button:hover { filter: brightness(1.1); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""

# The icon that Streamlit gives to code shows under a pointer only, and phones have none.
_COPY_JS = """
export default function (component) {
  const { data, parentElement } = component;
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("span");
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
      said.textContent = "Copied.";
    } catch (error) {
      said.textContent = "Please copy it from above.";
    }
  };
}
"""
_COPY_HTML = '<button type="button" data-testid="copy-address">Copy link</button> <span role="status"></span>'
_COPY_CSS = """
:host { display: block; }
button {
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius, 8px); color: var(--st-text-color); cursor: pointer;
  font: inherit; font-family: var(--st-font); font-size: 0.875rem; line-height: 1.6; min-height: 2.5rem;
  padding: 0.25rem 0.75rem; white-space: nowrap;
}
button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); outline: none; }
span { color: var(--st-text-color); font-family: var(--st-font); font-size: 0.875rem; }
"""

_copy = st.components.v2.component("conflictmap_copy", html=_COPY_HTML, css=_COPY_CSS, js=_COPY_JS)
_share = st.components.v2.component("conflictmap_share", html=_HTML, css=_CSS, js=_JS)


def share_button(view: View, *, events: int, suggested: str) -> None:
    """Draw the button; when it is clicked, open the dialog.

    Parameters
    ----------
    view
        What would be frozen.
    events
        How many events that are.
    suggested
        A title to begin with.
    """
    data = {"feed": feed_address("", view), "title": f"New events: {suggested}"}
    clicked = _share(key="share", data=data, width="content", height="content", on_address_change=_begin_anew).address
    if clicked:
        _dialog(with_window(view, str(clicked)), str(clicked), events, suggested)


def _begin_anew() -> None:
    st.session_state.pop(_MADE, None)


def with_window(view: View, address: str) -> View:
    """Return the view with the map's window that stands in an address, if any does."""
    query = {key: values for key, values in parse_qs(_query(address)).items() if key in _WINDOW}
    seen, _ = decode_view(query, Known(actors=(), regions=()))
    return view if seen.lat is None else replace(view, lat=seen.lat, lon=seen.lon, zoom=seen.zoom)


def _query(address: str) -> str:
    try:
        return urlsplit(address).query
    except ValueError:
        return ""


def base_of(address: str) -> str:
    """Return what all addresses of this installation begin with, of a page's address."""
    if settings().public_url:
        return settings().public_url
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return ""
    # Pages stand in one level below the base: "/base/" is the map, "/base/gallery" the gallery.
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}"


@st.dialog("Share snapshot")
def _dialog(view: View, address: str, events: int, suggested: str) -> None:
    made = st.session_state.get(_MADE)
    if made is not None:
        show_made(made, base_of(address))
        return
    try:
        shared = resources.shared_store()
        shared.check(view)
    except SafetyError as error:
        st.error(plain(str(error)))
        return
    warm_up(view)
    st.write(
        "A snapshot keeps this view as it is now: map, events, filters and sources, at an address of its own "
        "and as files. What is added later does not change it."
    )
    with st.form("share-form", border=False):
        # Not `max_chars`: Streamlit passes over what is pasted if it is longer, without a word.
        title = st.text_input("Title", value=suggested, key="share-title")
        note = st.text_area(
            "Note",
            key="share-note",
            placeholder="What a reader should know: why this view, what is missing",
        )
        as_seen = False
        if view.lat is not None:
            as_seen = st.checkbox("Show the part of the map that I see now", value=True, key="share-window")
        wanted = st.form_submit_button("Freeze", type="primary", key="share-freeze")
    if events > MOST_EVENTS:
        st.caption(f"The data files will hold the newest {MOST_EVENTS:,} of {count_words(events, 'event')}.")
    st.caption("Everybody who has the link can open it. Nobody can guess it, and you can delete it under Snapshots.")
    if shared.stated:
        st.info(f"{shared.stated} {NOT_FOR_THE_PAGES}", icon=":material/shield:")
    follow(view, base_of(address))
    if wanted and (said := too_long(title or "", note or "")):
        st.error(said)
    elif wanted:
        shown = view if as_seen else replace(view, lat=None, lon=None, zoom=None)
        base = base_of(address)
        order = Order(view=shown, title=title or "", note=note or "", permalink=permalink(base, shown))
        with st.spinner("Freezing the view and drawing the pictures"):
            try:
                st.session_state[_MADE] = folder.freeze(order)
            except ConflictmapError as error:
                st.error(plain(str(error)))
                return
        st.rerun(scope="fragment")


def follow(view: View, base: str) -> None:
    """Say how to hear of new events of a view."""
    with st.expander("Follow this view", icon=":material/rss_feed:", key="share-follow"):
        st.write("Any feed reader shows new events of this view when it is given this address:")
        st.code(feed_address(base, view), language=None, wrap_lines=True)
        st.write("The server can also tell a program or a mailbox of them, for example once an hour:")
        command = f"conflictmap watch {shlex.quote('?' + feed_query(view))} --mail you@example.org"
        st.code(command, language="shell", wrap_lines=True)


def permalink(base: str, view: View) -> str:
    """Return the address of the live view, which names its days and no "today"."""
    return f"{base}/?{encode_view(view)}" if base else ""


def show_made(kept: Kept, base: str) -> None:
    """Say where the new snapshot is."""
    st.success("The snapshot is made.")
    snapshot_id = kept.path.name
    address = f"{base}/s/{snapshot_id}" if base else f"/s/{snapshot_id}"
    st.code(address, language=None, wrap_lines=True)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button("Open", f"s/{snapshot_id}", type="primary", key="share-open")
        _copy(key="share-copy", data={"text": address}, width="content", height="content")
        st.link_button("Download all (zip)", f"s/{snapshot_id}.zip", key="share-zip")
    st.caption("You find all your snapshots on the page Snapshots.")
