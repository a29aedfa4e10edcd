"""The keyboard, the help, and the memory of the last visit."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import resources, visits
from dashboard.listing import step
from dashboard.state import session
from dashboard.texts import LOST, LOST_TITLE, REPORTS_NOT_FACTS, reading
from dashboard.ui.components import keys, sent

if TYPE_CHECKING:
    from geodata.view import View

_KEY = "keys"


def remember_visit() -> None:
    """Learn once in a session when this browser was here before."""
    own = session()
    if not own.visited:
        own.visited = True
        own.last_visit = visits.last_visit(str(st.context.cookies.get(visits.COOKIE, "")), _now())


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)


def keyboard(view: View) -> None:
    """Listen to the keyboard, offer the help, and let the browser keep the time of this visit."""
    own = session()
    with st.container(key="keyboard", gap=None):
        keys(
            _KEY,
            {
                "selected": view.event,
                "follow": bool(view.event),
                "picked": (own.picked.region or own.picked.place) if own.picked else "",
                "cookie": visits.next_cookie(own.last_visit, _now()),
                "lost": [LOST_TITLE, LOST],
                "hints": reading.ICON_HINTS,
            },
            pressed=_pressed,
        )
    asked, own.asked_help = own.asked_help, False
    if asked:
        help_dialog()


def _pressed() -> None:
    own = session()
    match sent(_KEY, "pressed"):
        case "next":
            step(resources.store(), own, 1)
        case "previous":
            step(resources.store(), own, -1)
        case "undo":
            own.undo()
        case "redo":
            own.redo()
        case "help":
            ask_help()
        case "escape":
            if own.picked or own.view.event:
                own.forget_selection()


def ask_help() -> None:
    """Open the help in this run (a callback)."""
    own = session()
    own.asked_help, own.touched = True, True


@st.dialog(reading.HELP_TITLE, width="medium")
def help_dialog() -> None:
    """Show the help."""
    rows = "".join(
        f"<tr><th scope='row'><kbd>{escape(key)}</kbd></th><td>{escape(what)}</td></tr>"
        for key, what in reading.HELP_KEYS
    )
    st.html(
        f'<div class="cm-help" data-testid="help">'
        f"<h3>{reading.HELP_FILTERS_TITLE}</h3>{_list(reading.HELP_FILTERS)}"
        f"<h3>{reading.HELP_MAP_TITLE}</h3>{_list((*reading.HELP_MAP, REPORTS_NOT_FACTS))}"
        f"<h3>{reading.HELP_KEYS_TITLE}</h3><table>{rows}</table><p>{reading.HELP_KEYS_NOTE}</p></div>"
    )


def _list(lines: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
