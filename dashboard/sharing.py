"""Copy link and downloads."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import resources
from dashboard.exporting import file_stem
from dashboard.formats import OFFERED, STREAMED
from dashboard.texts import NOT_FOR_THE_PAGES, plain
from geodata.errors import SafetyError
from geodata.view_url import encode_view

if TYPE_CHECKING:
    from geodata.view import View

# Runs in the page itself, not in a frame: the address there is the link.
_COPY_JS = """
export default function (component) {
  const { parentElement } = component;
  const button = parentElement.querySelector("button");
  const box = parentElement.querySelector(".box");
  const field = parentElement.querySelector("input");
  const said = parentElement.querySelector(".said");
  const hide = () => { box.hidden = true; };
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      field.select();
      return document.execCommand("copy");
    }
  }
  button.onclick = async () => {
    const link = window.location.href.split("#")[0];
    box.hidden = false;
    field.value = link;
    field.focus();
    field.select();
    said.textContent = (await copy(link)) ? "The link is copied." : "Copy the link from here.";
  };
  parentElement.querySelector(".close").onclick = hide;
  parentElement.onkeydown = (event) => { if (event.key === "Escape") hide(); };
}
"""

_COPY_HTML = """
<button type="button" class="copy" data-testid="copy-link">Copy link</button>
<div class="box" hidden>
  <label><span class="said" role="status"></span>
  <input type="text" readonly aria-label="Link to this view" data-testid="copied-link"></label>
  <button type="button" class="close" aria-label="Close">Close</button>
</div>
"""

_COPY_CSS = """
:host { display: block; position: relative; }
button {
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius, 8px); color: var(--st-text-color); cursor: pointer;
  font: inherit; font-family: var(--st-font); font-size: 0.875rem; line-height: 1.6; min-height: 2.5rem;
  padding: 0.25rem 0.75rem; white-space: nowrap;
}
@media (max-width: 640px) { button { min-height: 2rem; padding: 0 0.6rem; } }
button:hover { border-color: light-dark(#1f4e79, #8fc1ec); color: light-dark(#1f4e79, #8fc1ec); }
button:focus-visible { outline: 2px solid light-dark(#1f4e79, #8fc1ec); outline-offset: 2px; }
.box {
  background: var(--st-background-color); border: 1px solid var(--st-border-color); border-radius: 8px;
  box-shadow: 0 6px 20px rgb(0 0 0 / 18%); font-family: var(--st-font); font-size: 0.9rem;
  padding: 10px; position: absolute; right: 0; top: calc(100% + 6px); width: min(340px, 86vw); z-index: 1000;
}
.box[hidden] { display: none; }
.said { display: block; margin-bottom: 6px; }
input {
  background: var(--st-secondary-background-color); border: 1px solid var(--st-border-color); border-radius: 6px;
  box-sizing: border-box; color: var(--st-text-color); font: inherit; padding: 6px 8px; width: 100%;
}
.close { margin-top: 8px; min-height: 0; padding: 2px 10px; font-size: 0.9rem; }
"""

_copy_link = st.components.v2.component("conflictmap_copy_link", html=_COPY_HTML, css=_COPY_CSS, js=_COPY_JS)


def copy_link_button() -> None:
    """Draw the button that copies the page's address and shows it."""
    _copy_link(key="copy-link", width="content", height="content")


def download_links(view: View) -> str:
    """Return links to a view's files as HTML; the server writes a file while the browser takes it."""
    stem, query = file_stem(view), encode_view(view.filters)
    items = [
        f'<a class="cm-download" href="api/{"events" if kind in STREAMED else "map"}.{kind}?{escape(query)}" '
        f'download="{stem}.{kind}" '
        f'data-testid="download-{kind}"><span>{kind.label}</span><small>{kind.hint}</small></a>'
        for kind in OFFERED
    ]
    return f'<nav class="cm-downloads" aria-label="Download the events">{"".join(items)}</nav>'


def downloads(view: View) -> None:
    """Draw the downloads, or say why there are none; a file is made when it is asked for, not before."""
    try:
        shared = resources.shared_store()
        shared.check(view)
    except SafetyError as error:
        st.error(plain(str(error)))
        return
    if shared.stated:
        st.caption(f"{shared.stated} {NOT_FOR_THE_PAGES}")
    st.html(download_links(view))
