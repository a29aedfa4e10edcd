"""Our own elements, as components of Streamlit. Their scripts are files of this server.

What is told to the browser with each run is a line that loads a script once; the script itself is
kept by the browser. Styles are in `filters.css`, like those of everything else on the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.assets import assets

if TYPE_CHECKING:
    from collections.abc import Callable


def _element(name: str) -> Any:
    asset = f"ui/{name}.js"
    address = f"assets/{asset}?v={assets()[asset].tag}"
    # The script arrives later than the data: the last data counts, and nothing after it is gone.
    script = (
        f"const code = import(new URL('{address}', document.baseURI).href);\n"
        "export default function (given) {"
        " let gone = false; let end;"
        " code.then((module) => { if (!gone) end = module.show(given); });"
        " return () => { gone = true; if (end) end(); };"
        "}"
    )
    return st.components.v2.component(f"conflictmap.{name}", js=script, isolate_styles=False)


_picker, _table, _keys, _ahead = (_element(name) for name in ("picker", "table", "keys", "ahead"))


def picker(key: str, data: dict[str, Any], *, add: Callable[[], None], remove: Callable[[], None]) -> None:
    """Draw a field to choose names in; ``st.session_state[key]`` has what was added or removed in the callbacks."""
    _picker(key=key, data=data, on_add_change=add, on_remove_change=remove)


def table(key: str, data: dict[str, Any], *, sort: Callable[[], None], select: Callable[[], None]) -> None:
    """Draw the table of events; ``st.session_state[key]`` has the order or the event in the callbacks."""
    _table(key=key, data=data, on_sort_change=sort, on_select_change=select)


def keys(key: str, data: dict[str, Any], *, pressed: Callable[[], None]) -> None:
    """Listen to the keyboard; ``st.session_state[key]`` has the action in the callback."""
    _keys(key=key, data=data, height="content", on_pressed_change=pressed)


def ahead(data: dict[str, Any]) -> None:
    """Let the map be asked as soon as a filter is clicked; what `dashboard.filters.ahead` makes is told."""
    _ahead(key="ahead", data=data, height="content")


def sent(key: str, name: str) -> str:
    """Return what an element has just sent, in its callback."""
    state = st.session_state.get(key)
    value = state.get(name) if state is not None else None
    return value if isinstance(value, str) else ""
