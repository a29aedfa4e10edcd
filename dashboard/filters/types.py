"""Event types, under the colour of their quad, with counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.filters.widgets import put, value_of
from dashboard.maps.colours import QUAD_COLOURS, QUAD_ORDER
from dashboard.state import session
from dashboard.texts.filters import NO_TYPES, TYPES, counted_row
from geodata.ontology import EventType, Quad

if TYPE_CHECKING:
    from geodata.store.store import Store
    from geodata.view import View

_ALL_TYPES = 50  # more than there are


def types(store: Store, view: View) -> None:
    """Draw the types: a line for each quad, and under it one for each of its types that occurs."""
    counts = dict(store.facet(view, "type", limit=_ALL_TYPES))
    st.html(_colours(all_shown=not view.types))
    with st.container(key="filter-types", gap=None):
        st.html(f'<p class="cm-filter-label" id="types-label">{TYPES}</p>')
        for quad in QUAD_ORDER:
            kinds = [kind for kind in EventType if kind.quad is quad]
            st.checkbox(
                counted_row(quad.label, sum(counts.get(kind.value, 0) for kind in kinds)),
                key=put(f"filter-quad-{int(quad)}", set(kinds) <= set(view.types)),
                on_change=_changed_quad,
                args=(quad,),
                width="stretch",
            )
            if len(kinds) == 1:
                continue
            for kind in kinds:
                if counts.get(kind.value) or kind in view.types:
                    st.checkbox(
                        counted_row(kind.label, counts.get(kind.value, 0)),
                        key=put(f"filter-type-{kind.value}", kind in view.types),
                        on_change=_changed_type,
                        args=(kind,),
                        width="stretch",
                    )
        if not view.types:
            st.html(f'<p class="cm-filter-note">{NO_TYPES}</p>')


def _colours(*, all_shown: bool) -> str:
    """Return the style of the boxes: each has its quad's colour; pale while nothing is chosen."""
    rules = []
    for quad, colour in QUAD_COLOURS.items():
        kinds = [kind for kind in EventType if kind.quad is quad]
        names = [f".st-key-filter-quad-{int(quad)}", *(f".st-key-filter-type-{kind.value}" for kind in kinds)]
        rules.append(f"{','.join(names)}{{--quad:{colour}}}")
    if all_shown:
        rules.append(".st-key-filter-types{--box:var(--quad)}")
    return f"<style>{''.join(rules)}</style>"


def _changed_quad(quad: Quad) -> None:
    own = session()
    others = [kind for kind in own.view.types if kind.quad is not quad]
    added = [kind for kind in EventType if kind.quad is quad] if value_of(f"filter-quad-{int(quad)}") else []
    own.change(types=tuple(others + added))


def _changed_type(kind: EventType) -> None:
    own = session()
    others = tuple(other for other in own.view.types if other is not kind)
    own.change(types=(*others, kind) if value_of(f"filter-type-{kind.value}") else others)
