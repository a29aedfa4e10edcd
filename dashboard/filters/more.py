"""The filters that are needed more rarely: how precise, confidence, deaths, source, how dated, new."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.filters.names import sources
from dashboard.filters.widgets import put, value_of
from dashboard.state import session
from dashboard.texts import day_words
from dashboard.texts import filters as texts

if TYPE_CHECKING:
    import datetime as dt

    from geodata.store.store import Store
    from geodata.view import View

CONFIDENCES = (0.5, 0.7, 0.9)
FATALITIES = (1, 5, 10, 25, 100)
_FEW = 20  # values of a scale of words, more than there are


def more(store: Store, view: View, version: str) -> None:
    """Draw them folded up; nothing is counted for what is not seen."""
    folded = st.expander(texts.MORE, key="filter-more", on_change="rerun", expanded=_is_used(view))
    if not folded.open:
        with folded:
            st.caption(texts.MORE_HINT)
        return
    with folded, st.container(key="filter-more-body", gap="small"):
        _several(
            texts.PRECISION, texts.PRECISIONS, dict(store.facet(view, "precision", limit=_FEW)), "precisions", view
        )
        _least(texts.CONFIDENCE, "min_confidence", view, CONFIDENCES, store.at_least(view, "confidence", CONFIDENCES))
        _least(texts.FATALITIES, "min_fatalities", view, FATALITIES, store.at_least(view, "fatalities", FATALITIES))
        sources(view, version)
        _several(texts.DATED, texts.DATE_BASES, dict(store.facet(view, "date_basis", limit=_FEW)), "date_bases", view)
        _new(store, view)


def _is_used(view: View) -> bool:
    return bool(
        view.precisions
        or view.min_confidence
        or view.min_fatalities
        or view.sources
        or view.date_bases
        or view.added_after
    )


def _several(label: str, words: dict[Any, str], counts: dict[str, int], field: str, view: View) -> None:
    """Draw words of which several can be chosen, with counts."""
    chosen = getattr(view, field)
    offered = [value for value in words if counts.get(value.value) or value in chosen]
    if not offered:
        return
    st.pills(
        label,
        offered,
        selection_mode="multi",
        format_func=lambda value: texts.counted(words[value], counts.get(value.value, 0)),
        key=put(f"filter-{field}", [value for value in offered if value in chosen]),
        on_change=_changed_several,
        args=(field,),
    )


def _changed_several(field: str) -> None:
    session().change(**{field: tuple(value_of(f"filter-{field}") or ())})


def _least(label: str, field: str, view: View, steps: tuple[float, ...], counts: list[int]) -> None:
    """Draw the steps of a scale, with how many events reach each."""
    chosen = getattr(view, field)
    counted = dict(zip(steps, counts, strict=True))
    offered = [step for step in steps if counted[step] or step == chosen]
    if chosen is not None and chosen not in offered:
        offered = sorted([*offered, chosen])  # from a link: any number can stand there
    if not offered:
        return

    def said(step: float) -> str:
        words = f"{step:.0%}+" if field == "min_confidence" else f"{step:,}+"
        return texts.counted(words, counted[step]) if step in counted else words

    st.pills(
        label,
        offered,
        format_func=said,
        key=put(f"filter-{field}", chosen),
        on_change=_changed_least,
        args=(field,),
    )


def _changed_least(field: str) -> None:
    session().change(**{field: value_of(f"filter-{field}")})


def _new(store: Store, view: View) -> None:
    """Draw the switch for what was added since the last visit, or since what a link says."""
    moment = view.added_after or session().last_visit
    if moment is None:
        st.html(f'<p class="cm-filter-note">{texts.FIRST_VISIT}</p>')
        return
    count = store.counts(replace(view, added_after=moment)).events
    st.toggle(
        texts.since_last_visit(moment, day_words(moment.date()), count),
        key=put("filter-new", view.added_after is not None),
        on_change=_changed_new,
        args=(moment,),
    )


def _changed_new(moment: dt.datetime) -> None:
    session().change(added_after=moment if value_of("filter-new") else None)
