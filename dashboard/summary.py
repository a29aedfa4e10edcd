"""The one sentence that says what is looked at. Pure."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from dashboard.texts import count_words
from geodata.view import View
from geodata.view_words import period_in_words, view_in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.store.results import Counts


def where_and_when(view: View, region_name: Callable[[str], str]) -> str:
    """Return the regions and the period in words: " in Kirkuk, 1–31 October 2017", or nothing."""
    regions = view_in_words(View(regions=view.regions), region_name=region_name) if view.regions else ""
    period = period_in_words(view.date_from, view.date_to)
    return (f" in {regions}" if regions else "") + (f", {period}" if period else "")


def rest(view: View, region_name: Callable[[str], str]) -> str:
    """Return the other filters in words, or nothing."""
    others = replace(view, regions=(), date_from=None, date_to=None)
    return view_in_words(others, region_name=region_name, capital=False) if others.is_filtered else ""


def sentence(counts: Counts, view: View, region_name: Callable[[str], str]) -> tuple[str, str]:
    """Return the counts in bold and what follows them, as plain text.

    Events and articles are counted apart, because one article reports several events.
    """
    head = count_words(counts.events, "reported event")
    where = where_and_when(view, region_name)
    tail = f"from {count_words(counts.articles, 'article')}{where}"
    more = rest(view, region_name)
    joined = ", " if where else " – "  # a name after "articles" would read like their publisher
    return head, f"{tail}{joined}{more}" if more else tail


def sentence_html(counts: Counts, view: View, region_name: Callable[[str], str]) -> str:
    """Return the sentence as markup."""
    head, tail = sentence(counts, view, region_name)
    return f'<h2 class="cm-sentence" data-testid="sentence"><strong>{escape(head)}</strong> {escape(tail)}</h2>'


def sentence_text(counts: Counts, view: View, region_name: Callable[[str], str]) -> str:
    """Return the sentence as plain text, for titles and files."""
    head, tail = sentence(counts, view, region_name)
    return f"{head} {tail}"


def title_of(view: View, region_name: Callable[[str], str]) -> str:
    """Return a title to begin with: the filters in words, or what everything is."""
    return view_in_words(view, region_name=region_name) if view.is_filtered else "All reported events"
