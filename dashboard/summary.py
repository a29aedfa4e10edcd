"""The one sentence that says what is looked at. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from dashboard.texts import count_words
from geodata.view import View
from geodata.view_words import period_in_words, view_in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.store.results import Counts

_DATE = re.compile(r"\b(\d{1,2}–)?\d{1,2} [A-Z][a-z]+( \d{4})?\b")


def where_and_when(view: View, region_name: Callable[[str], str]) -> str:
    """Return regions, drawn area and period in words: " in Kirkuk, 1–31 October 2017", or nothing."""
    where = ""
    if view.regions:
        where += f" in {view_in_words(View(regions=view.regions), region_name=region_name)}"
    if view.shape:
        where += f" {view_in_words(View(shape=view.shape), region_name=region_name, capital=False)}"
    period = period_in_words(view.date_from, view.date_to)
    return where + (f", {period}" if period else "")


def rest(view: View, region_name: Callable[[str], str]) -> str:
    """Return the other filters in words, or nothing."""
    others = replace(view, regions=(), shape=(), date_from=None, date_to=None)
    return view_in_words(others, region_name=region_name, capital=False) if others.is_filtered else ""


def sentence(counts: Counts, view: View, region_name: Callable[[str], str]) -> tuple[str, str]:
    """Return the counts in bold and what follows them, as plain text.

    Events and articles are counted apart, because one article reports several events.
    """
    head = count_words(counts.events, "reported event") if counts.events else "No reported events"
    where = where_and_when(view, region_name)
    tail = f"from {count_words(counts.articles, 'article')}{where}" if counts.events else where.strip(" ,")
    more = rest(view, region_name)
    # A name after "articles" would read like their publisher.
    joined = ", " if where else " – " if counts.events else ""
    return head, f"{tail}{joined}{more}" if more else tail


def sentence_html(counts: Counts, view: View, region_name: Callable[[str], str]) -> str:
    """Return the sentence as markup; no line is broken inside a date."""
    head, tail = sentence(counts, view, region_name)
    tail = _DATE.sub(r'<span class="cm-whole">\g<0></span>', escape(tail))
    return f'<h2 class="cm-sentence" data-testid="sentence"><strong>{escape(head)}</strong> {tail}</h2>'


def sentence_text(counts: Counts, view: View, region_name: Callable[[str], str]) -> str:
    """Return the sentence as plain text, for titles and files."""
    head, tail = sentence(counts, view, region_name)
    return f"{head} {tail}".strip()


def title_of(view: View, region_name: Callable[[str], str]) -> str:
    """Return a title to begin with: the filters in words, or what everything is."""
    return view_in_words(view, region_name=region_name) if view.is_filtered else "All reported events"
