"""Regions, actors and publishers: chosen by name, out of what there is."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import resources
from dashboard.filters.widgets import put, value_of
from dashboard.maps.cell_layer import cells_query
from dashboard.state import session
from dashboard.texts import filters as texts
from dashboard.ui.components import picker, sent
from geodata.view import Role
from geodata.view_words import actor_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.resources import Box
    from geodata.view import View


def regions(view: View, version: str) -> None:
    """Draw the regions."""
    chosen = [(region, resources.region_name(region)) for region in view.regions]
    boxes = [resources.region_box(region) for region in view.regions]
    _names("regions", "region", view, version, texts.REGION, texts.REGION_HINT, chosen, boxes)


def actors(view: View, version: str) -> None:
    """Draw the actors, and the role in which they are looked for."""
    chosen = []
    for actor in view.actors:
        said = actor_in_words(actor, resources.region_name)
        chosen.append((actor, said if said == actor else said[:1].upper() + said[1:]))
    _names("actors", "actor", view, version, texts.ACTORS, texts.ACTORS_HINT, chosen)
    st.segmented_control(
        texts.ROLE,
        list(texts.ROLES),
        format_func=texts.ROLES.__getitem__,
        label_visibility="collapsed",
        key=put("filter-role", view.role),
        on_change=_changed_role,
        width="stretch",
    )


def sources(view: View, version: str) -> None:
    """Draw the publishers."""
    _names("sources", "source", view, version, texts.SOURCE, texts.SOURCE_HINT, [(name, name) for name in view.sources])


def _names(  # noqa: PLR0917  one call for each of three lists, in this order
    field: str,
    by: str,
    view: View,
    version: str,
    label: str,
    hint: str,
    chosen: Sequence[tuple[str, str]],
    boxes: Sequence[Box | None] = (),
) -> None:
    key = f"filter-{field}"
    picker(
        key,
        {
            "id": key,
            "by": by,
            "key": by,  # of the filter in a query
            "query": cells_query(view),
            "version": version,
            "label": label,
            "placeholder": hint,
            "remove": texts.TAKE_OFF,
            "offered": texts.OFFERED,
            "nothing": texts.NOTHING_OFFERED,
            "failed": texts.OFFERS_FAILED,
            "chosen": [
                {"value": value, "label": said, "box": box} for (value, said), box in zip_longest(chosen, boxes)
            ],
        },
        add=lambda: changed(field, sent(key, "add"), add=True),
        remove=lambda: changed(field, sent(key, "remove"), add=False),
    )


def changed(field: str, value: str, *, add: bool) -> None:
    """Add a value to a list of the view, or take it off (a callback)."""
    own = session()
    if not value or (add and field == "regions" and not resources.has_region(value)):
        return  # not from our list
    others = tuple(one for one in getattr(own.view, field) if one != value)
    own.change(**{field: (*others, value) if add else others})
    if field == "regions":
        own.refit = "regions"


def _changed_role() -> None:
    session().change(role=value_of("filter-role") or Role.EITHER)
