"""One reading on the screen: the marked text, a small map, the events, what is missing and why."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from dashboard import resources
from dashboard.api import basemap_version
from dashboard.cards import card_html, safe_link
from dashboard.maps.base import build_base_map
from dashboard.maps.cell_layer import data_settings, view_group
from dashboard.maps.data import with_labels
from dashboard.maps.gathered import gather
from dashboard.marked import legend_html, marked_article
from dashboard.place_names import HINT, MOST_NAMES, grouped, place_names_html
from dashboard.texts import PUBLISHED_BASIS_WORDS, count_words, day_words
from geodata.store.results import StoredEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.event import Event, Reading

_CARDS = 50
_QUOTE = 90  # characters of a sentence in the list of what is missing
_OPEN_UP_TO = 8  # lines of that list that are shown without a click
_LINES = 200


def stored(reading: Reading, event: Event) -> StoredEvent:
    """Return an event with its article, as the store would give it."""
    article = reading.article
    return StoredEvent(
        event=event, title=article.title, url=article.url, source=article.source, published=article.published
    )


def missing_lines(reading: Reading) -> list[str]:
    """Return what could not be placed, dated or read, one plain line each.

    What a problem of the reading says of a name or a sentence is not said again.
    """
    lines = [problem.message for problem in reading.problems]
    told = {(problem.start, problem.end) for problem in reading.problems}
    lines += [
        f"“{mention.text}” was not placed: {mention.reason or 'no place of this name is known'}"
        for mention in reading.mentions
        if mention.place is None and not mention.metonymic and (mention.start, mention.end) not in told
    ]
    for event in reading.events:
        if (event.start, event.end) in told:
            continue
        what = f"{event.type.label}: “{event.quote[:_QUOTE]}{'…' if len(event.quote) > _QUOTE else ''}”"
        if event.place is None:
            lines.append(f"{what} has no place: {event.unplaced_reason or 'none is named'}")
        if event.date_start is None:
            lines.append(f"{what} has no date: {event.undated_reason or 'none is named'}")
    return list(dict.fromkeys(lines))


def published_words(reading: Reading) -> str:
    """Return when the article was published and how that is known."""
    article = reading.article
    if article.published is None:
        return "Publication date not known: events dated relative to it cannot be dated"
    return f"Published {day_words(article.published)} ({PUBLISHED_BASIS_WORDS[article.published_basis.value]})"


def head_html(reading: Reading) -> str:
    """Return title and source of an article, what is known of its date, and what was found in it."""
    article = reading.article
    placed = sum(event.place is not None for event in reading.events)
    facts = (
        article.source,
        published_words(reading),
        count_words(len(reading.events), "event"),
        f"{placed:,} placed",
        count_words(len(reading.mentions), "place name"),
    )
    address = safe_link(article.url)
    link = (
        f' · <a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow">Open the page</a>'
        if address
        else ""
    )
    return (
        f'<h2 class="cm-title">{escape(article.title or "Article without a title")}</h2>'
        f'<p class="cm-facts">{escape(" · ".join(part for part in facts if part))}{link}</p>'
    )


def list_html(lines: Iterable[str]) -> str:
    """Return lines as a list."""
    return f'<ul class="cm-list">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def show_reading(reading: Reading, *, key: str) -> None:
    """Draw a reading; `key` tells several on one page apart."""
    st.html(head_html(reading))
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        st.html(legend_html())
        with st.container(border=True, key=f"{key}-text"):
            st.html(marked_article(reading))
        _missing(reading)
        _place_names(reading, key)
    with right:
        if any(event.place is not None for event in reading.events):
            _small_map(reading, key)
        for event in reading.events[:_CARDS]:
            with st.container(border=True, key=f"{key}-card-{event.id}"):
                st.html(card_html(stored(reading, event)))
        if len(reading.events) > _CARDS:
            st.caption(f"The first {_CARDS} of {len(reading.events):,} events.")
        if not reading.events:
            st.caption("No event was found in this text.")


def _missing(reading: Reading) -> None:
    lines = missing_lines(reading)
    if not lines:
        return
    with st.expander(
        f"{count_words(len(lines), 'thing')} not placed, not dated or not read", expanded=len(lines) <= _OPEN_UP_TO
    ):
        st.html(list_html(lines[:_LINES]))
        if len(lines) > _LINES:
            st.caption(f"The first {_LINES} of {len(lines):,}.")


def _place_names(reading: Reading, key: str) -> None:
    """Say of every name where it was put, why, and which places lost."""
    names = len(grouped(reading.mentions))
    if not names:
        return
    with st.container(key=f"{key}-names"):
        st.html(f'<h3 class="cm-subtitle">{escape(count_words(names, "place name"))}, and why there</h3>')
        st.caption(f"Open a name to see what else it might have meant. {HINT}")
        st.html(place_names_html(reading, resources.region_name))
        if names > MOST_NAMES:
            st.caption(f"The first {MOST_NAMES} of {names:,}.")


def _small_map(reading: Reading, key: str) -> None:
    points, areas = gather(reading.events)
    told = data_settings(points, with_labels(areas, resources.regions()))
    with st.container(key=f"{key}-map"):
        st_folium(
            build_base_map(basemap_version=basemap_version()),
            key=f"map-{key}",
            height=300,
            width=None,
            feature_group_to_add=view_group(told),
            returned_objects=[],
        )
