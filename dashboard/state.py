"""The view of one session: where it comes from (a link, a widget, the map) and where it is kept.

The page's address is the only place outside of the session that holds the view, so a copied
address is a link. The map's script writes its window into that address by itself, without a run
of the page; Streamlit does not hear of it (it sends the address that it wrote last), so the window
known here is that of the link which was opened.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qs

import streamlit as st

from geodata.view import View
from geodata.view_url import Known, decode_view, encode_view

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.maps.cell_layer import Focus
    from geodata.event import Problem
    from geodata.store.lists import Order

_KEY = "conflictmap"
MOST_UNDONE = 50  # changes that can be taken back
_WINDOW = frozenset({"lat", "lon", "z"})
_KEPT = frozenset({"lat", "lon", "zoom", "layer"})  # what a view keeps when its filters are taken off
# Every other field: a link may set filters that have no control in the sidebar.
NO_FILTERS: dict[str, Any] = {each.name: getattr(View(), each.name) for each in fields(View) if each.name not in _KEPT}


@dataclass(slots=True)
class Picked:
    """What was clicked on the map: a place with its events, or an area."""

    kind: str
    name: str
    place: str = ""
    region: str = ""
    events: tuple[str, ...] = ()
    count: int = 0


@dataclass(slots=True)
class Session:
    """What one open page knows between two runs.

    `touched` is set by callbacks: the person at the screen has just changed something, so the
    session is newer than the address that the browser sent along. `refit` asks the next run to
    move the map: to the filtered "regions", to "all" events, to the selected "event". `resting` are
    the days at which playback rests: the map shows these alone, and so does all that is told beside it.
    """

    view: View = field(default_factory=View)
    written: dict[str, list[str]] | None = None
    problems: tuple[Problem, ...] = ()
    touched: bool = False
    refit: str = ""
    focus: Focus | None = None
    picked: Picked | None = None
    page: int = 0
    resting: tuple[dt.date, dt.date] | None = None
    last_click: int = 0
    past: list[View] = field(default_factory=list)  # filters that were set before, the last one last
    future: list[View] = field(default_factory=list)  # filters that were undone
    listing: Literal["cards", "table"] = "cards"
    order: Order = "-date"
    listed: tuple[str, ...] = ()  # ids of the events on the page that is shown
    asked_help: bool = False
    last_visit: dt.datetime | None = None  # before this session; None at the first one
    visited: bool = False  # whether the browser was asked for it

    def change(self, **changes: Any) -> None:
        """Change filters (from a callback): list and selection begin anew, old notices go."""
        before = self.view.filters
        self._show(replace(self.view, **{"event": "", **changes}))
        if self.view.filters != before:
            self.past = [*self.past[1 - MOST_UNDONE :], before]
            self.future = []

    @property
    def shown(self) -> View:
        """The view as the map shows it now."""
        return replace(self.view, date_from=self.resting[0], date_to=self.resting[1]) if self.resting else self.view

    def rest(self, days: tuple[dt.date, dt.date] | None) -> None:
        """Playback has come to rest at some days, or is over (from a callback): the list begins anew."""
        self.resting, self.picked, self.page, self.touched = days, None, 0, True

    def undo(self) -> None:
        """Set the filters as they were before the last change (from a callback)."""
        if self.past:
            self.future.append(self.view.filters)
            self._return_to(self.past.pop())

    def redo(self) -> None:
        """Change the filters again as they were before they were undone (from a callback)."""
        if self.future:
            self.past.append(self.view.filters)
            self._return_to(self.future.pop())

    def _return_to(self, filters: View) -> None:
        if filters.regions != self.view.regions:
            self.refit = "regions" if filters.regions else "all"
        kept = {name: getattr(self.view, name) for name in ("lat", "lon", "zoom", "layer")}
        self._show(replace(filters, **kept))

    def _show(self, view: View) -> None:
        self.view = view
        self.touched = True
        self.problems = ()
        self.picked = self.resting = None
        self.page = 0

    def sort(self, order: Order) -> None:
        """List the events in another order, from its beginning (from a callback)."""
        self.order, self.page, self.touched = order, 0, True

    def forget_selection(self) -> None:
        """Select nothing, and list all events again (from a callback)."""
        self.picked, self.touched = None, True
        self.view = replace(self.view, event="")

    def select(self, event_id: str, *, move: bool) -> None:
        """Select an event (from a callback), and look at it if asked to."""
        self.view = replace(self.view, event=event_id)
        self.touched = True
        if move:
            self.refit = "event"


def session() -> Session:
    """Return the state of this session."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Session()
    found = st.session_state[_KEY]
    assert isinstance(found, Session)  # noqa: S101  nobody else uses this key
    return found


def address() -> dict[str, list[str]]:
    """Return the query of the page's address."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _without_window(query: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {key: list(values) for key, values in query.items() if key not in _WINDOW}


def begin(known: Callable[[], Known]) -> View:
    """Return the view of this run: the session's, or that of a link just opened.

    Parameters
    ----------
    known
        Gives what a link may name; asked only when a link has to be read.
    """
    own = session()
    query = address()
    is_new_link = bool(query) and not own.touched and _without_window(query) != own.written
    own.touched = False
    if is_new_link:
        own.view, own.problems = decode_view(query, known())
        own.picked, own.resting, own.page = None, None, 0
        own.past, own.future = [], []
        if own.view.lat is None:
            own.refit = "event" if own.view.event else "all"
    elif own.written is None:
        own.refit = "all"
    elif query:
        own.view = _with_window(own.view, query)
    return own.view


def _with_window(view: View, query: Mapping[str, Sequence[str]]) -> View:
    window = {key: values for key, values in query.items() if key in _WINDOW}
    seen, _ = decode_view(window, Known(actors=(), regions=()))
    if seen.lat is None:
        return view
    return replace(view, lat=seen.lat, lon=seen.lon, zoom=seen.zoom)


def query_of(view: View) -> dict[str, list[str]]:
    """Return a view as the keys and values of an address."""
    return parse_qs(encode_view(view), keep_blank_values=True)


def write_address(view: View) -> None:
    """Write the view into the page's address, unless it stands there already.

    The window that the map has written there meanwhile is left alone.
    """
    own = session()
    query = address()
    wanted = _without_window(query_of(view))
    if _without_window(query) != wanted:
        window = {key: values for key, values in query.items() if key in _WINDOW}
        if not window:
            window = {key: values for key, values in query_of(view).items() if key in _WINDOW}
        st.query_params.from_dict(wanted | window)
    own.written = wanted


def click_message(text: str | None) -> Picked | None:
    """Read what the map's script says was clicked; None for anything else."""
    message = _message(text)
    if message is None:
        return None
    kind = str(message.get("kind", ""))
    if kind not in {"point", "area"}:
        return None
    events = message.get("events")
    count = message.get("count")
    return Picked(
        kind=kind,
        name=str(message.get("name", "")),
        place=str(message.get("place", "")),
        region=str(message.get("region", "")),
        events=tuple(str(event) for event in events) if isinstance(events, list) else (),
        count=count if isinstance(count, int) else 0,
    )


def click_number(text: str | None) -> int:
    """Return the number of a click, which differs for each; 0 when there is none."""
    message = _message(text)
    number = message.get("n") if message else None
    return number if isinstance(number, int) else 0


def _message(text: str | None) -> dict[str, Any] | None:
    if not text:
        return None
    try:
        message = json.loads(text)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
