"""The events of the list as a table: the same selection as the cards, sorted by the store, in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.card_list import picked_head
from dashboard.cards import actors_words
from dashboard.listing import page_of, pages, select, total_of
from dashboard.maps.colours import QUAD_COLOURS
from dashboard.state import session
from dashboard.texts import reading as texts
from dashboard.texts import when_words
from dashboard.texts.filters import PRECISIONS
from dashboard.ui.components import sent, table
from geodata.ontology import Quad

if TYPE_CHECKING:
    from geodata.event import Event
    from geodata.store.lists import Order
    from geodata.store.results import Counts, StoredEvent
    from geodata.store.store import Store
    from geodata.view import View

_KEY = "event-table"
# What a column is sorted by, whether the largest come first, and whether it holds figures.
_SORTED: dict[str, tuple[str, bool, bool]] = {
    "date": ("date", True, False),
    "type": ("type", False, False),
    "who": ("actor", False, False),
    "place": ("place", False, False),
    "precision": ("precision", False, False),
    "fatalities": ("fatalities", True, True),
    "confidence": ("confidence", True, True),
    "source": ("source", False, False),
    "reports": ("", False, True),
}
_ORDERS = frozenset(sign + name for name, _, _ in _SORTED.values() if name for sign in ("", "-"))


def event_table(store: Store, view: View, counts: Counts, chosen: StoredEvent | None) -> None:
    """Draw one page of the table."""
    own = session()
    total = total_of(own, counts)
    shown = page_of(store, view, own, own.page)
    own.listed = tuple(stored.event.id for stored in shown)
    with st.container(key="table", gap="small"):
        if own.picked:
            picked_head(own.picked, total)
        if not shown:
            return
        table(
            _KEY,
            {
                "label": texts.TABLE_LABEL,
                "show": texts.SELECT,
                "order": own.order,
                "selected": chosen.event.id if chosen else "",
                "columns": columns(),
                "rows": [row(stored) for stored in shown],
            },
            sort=_sort,
            select=_select,
        )
        pages(own, total)


def columns() -> list[dict[str, Any]]:
    """Return the columns as `table.js` draws them."""
    return [
        {"id": name, "label": label, "sort": by, "down": down, "figures": figures}
        for (name, label), (by, down, figures) in zip(texts.COLUMNS.items(), _SORTED.values(), strict=True)
    ]


def row(stored: StoredEvent) -> dict[str, str]:
    """Return an event as plain text, by column."""
    event = stored.event
    return {
        "id": event.id,
        "date": when_words(event.date_start, event.date_end, event.date_precision)
        if event.date_start
        else texts.NO_DATE,
        "type": event.type.label + (f" · {event.mode}" if event.mode else ""),
        "colour": QUAD_COLOURS[Quad(event.quad)],
        "who": _who(event),
        "place": event.place.name if event.place else texts.NOT_PLACED,
        "precision": PRECISIONS[event.place.precision] if event.place else "",
        "fatalities": "" if event.fatalities is None else f"{event.fatalities:,}",
        "confidence": f"{event.confidence:.0%}",
        "source": stored.source,
        "reports": f"{stored.reports:,}",
    }


def _who(event: Event) -> str:
    source, target = actors_words(event.source_actors), actors_words(event.target_actors)
    if not target:
        return source or texts.NOT_NAMED
    return f"{source or texts.NOT_NAMED} → {target}"


def _sort() -> None:
    order = sent(_KEY, "sort")
    if order in _ORDERS:
        wanted: Order = order  # type: ignore[assignment]  # looked at above
        session().sort(wanted)


def _select() -> None:
    event_id = sent(_KEY, "select")
    if event_id in session().listed:
        select(event_id)
