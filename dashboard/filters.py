"""The sidebar: every filter of a view, with counts. The view is the truth, widgets only show it.

Before a widget is made, its value is set from the view; when a person changes it, a callback
changes the view. So a link, the timeline and the buttons can change a filter like the widget
itself can, and a widget that was away (another page was open) comes back as it was.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import resources
from dashboard.maps.cell_layer import cells_query
from dashboard.maps.colours import QUAD_COLOURS, QUAD_ORDER
from dashboard.state import session
from dashboard.texts import APP_NAME
from geodata.errors import ConflictmapError
from geodata.ontology import EventType, Quad
from geodata.view import Role, View
from geodata.view_url import Known, decode_view

if TYPE_CHECKING:
    from geodata.store.results import Extent

PRESETS: dict[str, int | None] = {"All dates": None, "Latest week": 7, "Latest month": 31, "Latest year": 365}
ROLES: dict[Role, str] = {Role.EITHER: "Either role", Role.SOURCE: "Acting", Role.TARGET: "Acted upon"}
_ACTOR_FACETS = {Role.EITHER: "actor", Role.SOURCE: "source_actor", Role.TARGET: "target_actor"}
_KIND_WORDS = {"named": "region", "country": "country"}
_KIND_ORDER = {"named": 0, "country": 1, "admin1": 2}
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of the region filter."""

    id: str
    label: str
    order: tuple[int, int, str]


@st.cache_data(max_entries=300, show_spinner=False)
def counted(store_version: str, query: str, by: str, limit: int) -> dict[str, int]:
    """Return how many events there are for each value of a facet.

    The store's version and the view's query are the key: as long as both are the same, so is the
    answer.
    """
    del store_version
    view, _ = decode_view(query, Known(actors=lambda _: True, regions=lambda _: True))
    found = resources.store().facet(view, by, limit=limit)  # type: ignore[arg-type]
    return {str(value): count for value, count in found}


def latest(days: int | None, date_max: dt.date | None, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return a preset's period: the last days of what is stored, not beyond today.

    Counted from the newest stored event, so that presets are of use in an archive too.
    """
    if days is None or date_max is None:
        return None, None
    last = min(date_max, today)
    return last - dt.timedelta(days=days - 1), last


def sidebar(view: View, extent: Extent, store_version: str) -> None:
    """Draw all filters."""
    query = cells_query(view)
    with st.sidebar:
        st.title(APP_NAME, anchor=False)
        st.text_input(
            "Search",
            placeholder="Words in sentences and titles",
            type="search",
            key=_set("filter-text", view.text),
            on_change=_changed_text,
            max_chars=200,
        )
        _period(view, extent)
        _regions(view, counted(store_version, query, "region", 3000))
        _actors(view, counted(store_version, query, _ACTOR_FACETS[view.role], 1000))
        _types(view, counted(store_version, query, "type", 50))


def _set(key: str, value: Any) -> str:
    st.session_state[key] = value
    return key


def _value(key: str) -> Any:
    return st.session_state.get(key)


def _changed_text() -> None:
    session().change(text=str(_value("filter-text") or ""))


# Period


def _period(view: View, extent: Extent) -> None:
    today = dt.datetime.now(tz=dt.UTC).date()
    chosen = next(
        (
            name
            for name, days in PRESETS.items()
            if latest(days, extent.date_max, today) == (view.date_from, view.date_to)
        ),
        None,
    )
    st.pills(
        "Period",
        list(PRESETS),
        key=_set("filter-preset", chosen),
        on_change=_changed_preset,
        args=(extent.date_max, today),
    )
    first, last = st.columns(2, gap="xsmall")
    with first:
        _date("From", "filter-from", view.date_from)
    with last:
        _date("To", "filter-to", view.date_to)


def _date(label: str, key: str, value: dt.date | None) -> None:
    st.date_input(
        label,
        value=None,
        min_value=min(_EARLIEST, value or _EARLIEST),
        max_value=max(_LATEST, value or _LATEST),
        format="YYYY-MM-DD",
        key=_set(key, value),
        on_change=_changed_dates,
    )


def _changed_preset(date_max: dt.date | None, today: dt.date) -> None:
    first, last = latest(PRESETS.get(_value("filter-preset") or "All dates"), date_max, today)
    session().change(date_from=first, date_to=last)


def _changed_dates() -> None:
    first, last = _value("filter-from"), _value("filter-to")
    if first and last and first > last:
        first, last = last, first  # whoever enters them the wrong way round means this
    session().change(date_from=first, date_to=last)


# Regions


def region_choices(counts: dict[str, int], chosen: tuple[str, ...]) -> list[Choice]:
    """Return the regions to choose from: those with events, all named ones, those chosen now."""
    regions = resources.regions()
    wanted = dict.fromkeys([*counts, *chosen, *(region.id for region in regions.all("named"))])
    choices = []
    for region_id in wanted:
        try:
            region = regions.get(region_id)
        except ConflictmapError:
            continue
        count = counts.get(region_id, 0)
        where = _KIND_WORDS.get(region.kind) or resources.region_name(region.country)
        tail = f" · {count:,}" if count else ""
        choices.append(
            Choice(region_id, f"{region.name}, {where}{tail}", (_KIND_ORDER.get(region.kind, 3), -count, region.name))
        )
    return sorted(choices, key=lambda choice: choice.order)


def _regions(view: View, counts: dict[str, int]) -> None:
    choices = {choice.id: choice.label for choice in region_choices(counts, view.regions)}
    st.multiselect(
        "Region",
        list(choices),
        format_func=lambda region_id: choices.get(region_id, region_id),
        placeholder="Country, governorate or region",
        key=_set("filter-regions", [region for region in view.regions if region in choices]),
        on_change=_changed_regions,
        select_all=False,
    )


def _changed_regions() -> None:
    session().change(regions=tuple(_value("filter-regions") or ()))
    session().refit = "regions"


# Actors


def _actors(view: View, counts: dict[str, int]) -> None:
    names = list(dict.fromkeys([*counts, *view.actors]))
    st.multiselect(
        "Actors",
        names,
        format_func=lambda name: f"{name} · {counts[name]:,}" if name in counts else name,
        placeholder="Any actor",
        key=_set("filter-actors", list(view.actors)),
        on_change=_changed_actors,
        select_all=False,
    )
    st.segmented_control(
        "Role of the actors",
        list(ROLES),
        format_func=ROLES.__getitem__,
        label_visibility="collapsed",
        key=_set("filter-role", view.role),
        on_change=_changed_actors,
        width="stretch",
    )


def _changed_actors() -> None:
    session().change(actors=tuple(_value("filter-actors") or ()), role=_value("filter-role") or Role.EITHER)


# Event types


def _types(view: View, counts: dict[str, int]) -> None:
    st.markdown("Event types")
    colours = "".join(
        f".st-key-filter-quad-{int(quad)} label p::before{{background:{colour}}}"
        for quad, colour in QUAD_COLOURS.items()
    )
    st.html(f"<style>{colours}</style>")
    with st.container(key="filter-types", gap="xsmall"):
        for quad in QUAD_ORDER:
            kinds = [kind for kind in EventType if kind.quad is quad]
            total = sum(counts.get(kind.value, 0) for kind in kinds)
            st.checkbox(
                f"{quad.label} · {total:,}",
                key=_set(f"filter-quad-{int(quad)}", set(kinds) <= set(view.types)),
                on_change=_changed_quad,
                args=(quad,),
            )
            shown = [kind for kind in kinds if counts.get(kind.value) or kind in view.types]
            if len(kinds) > 1 and shown:
                _type_pills(view, quad, shown, counts)
    if not view.types:
        st.caption("None chosen: all types are shown.")


def _type_pills(view: View, quad: Quad, shown: list[EventType], counts: dict[str, int]) -> None:
    st.pills(
        f"Types of {quad.label.lower()}",
        shown,
        selection_mode="multi",
        format_func=lambda kind: f"{kind.label} {counts.get(kind.value, 0):,}",
        label_visibility="collapsed",
        key=_set(f"filter-types-{int(quad)}", [kind for kind in shown if kind in view.types]),
        on_change=_changed_types,
        args=(quad,),
    )


def _changed_quad(quad: Quad) -> None:
    own = session()
    others = [kind for kind in own.view.types if kind.quad is not quad]
    added = [kind for kind in EventType if kind.quad is quad] if _value(f"filter-quad-{int(quad)}") else []
    own.change(types=tuple(others + added))


def _changed_types(quad: Quad) -> None:
    own = session()
    others = [kind for kind in own.view.types if kind.quad is not quad]
    own.change(types=tuple(others + list(_value(f"filter-types-{int(quad)}") or ())))


def clear() -> None:
    """Take all filters off, and look at everything again."""
    own = session()
    blank, kept = View(), {"lat", "lon", "zoom", "layer"}
    # Every other field: a link may set filters that have no control in the sidebar.
    own.change(**{each.name: getattr(blank, each.name) for each in fields(View) if each.name not in kept})
    own.refit = "all"
