"""All words of the screen, in one place, so that they can be translated. Sentence case, no jargon.

This file has those that appear in more than one place; `filters` and `reading` those of the
sidebar and of the lists. Filters in words are made in `geodata.view_words`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.event import DateBasis, DatePrecision, PlaceBasis, Precision

if TYPE_CHECKING:
    import datetime as dt

    from geodata.event import Event

APP_NAME = "Conflict map"
ATTRIBUTION = "Borders: Natural Earth, no endorsement · Places: GeoNames CC BY"
DISCLAIMER = (
    "Borders and names on this map express no opinion on the legal status of any country, territory, city or area, "
    "or of its authorities, or on the course of its frontiers."
)
REPORTS_NOT_FACTS = "These are reports as published, read by a program: not verified incidents."
NOT_FOR_THE_PAGES = (
    "This holds for all that is shared: snapshots, downloads, feeds and messages. The pages here show everything to "
    "whoever can open them."
)
NOTHING_STORED = "Nothing has been read yet. Add an article on the Articles page, and its events appear here."
NOTHING_PASSES = "No reported event passes these filters."
LOST_TITLE = "No connection"
LOST = "The server of this map does not answer. The page goes on by itself as soon as it does."
UNEXPECTED = "Something went wrong on this page. It has been written to the log; please reload the page."

# For the script of the charts, which puts a number or a name where {} stands.
CHART_WORDS: dict[str, str | dict[str, str]] = {
    "types": "Which kinds, and when",
    "pairs": "Who towards whom",
    "regions": "In which provinces",
    "none": "Nothing to compare in this view.",
    "noPairs": "No event of this view names both who acts and upon whom.",
    "only": "show only these",
    "acting": "Show only what {} does",
    "actedUpon": "Show only what is done to {}",
    "pair": "{} towards {}",
    "moreTypes": "{} more kinds are not shown",
    "moreRegions": "{} more provinces: see the layer “By region” of the map.",
    "by": {"day": "by day", "week": "by week", "month": "by month"},
    "failed": "The charts could not be loaded.",
    "retry": "Try again",
}

PRECISION_WORDS: dict[Precision, str] = {
    Precision.SITE: "site ±1 km",
    Precision.SETTLEMENT: "settlement ±5 km",
    Precision.DISTRICT: "district ±25 km",
    Precision.PROVINCE: "only the province is known",
    Precision.COUNTRY: "only the country is known",
}

PLACE_BASIS_WORDS: dict[PlaceBasis, str] = {
    PlaceBasis.CLAUSE: "named in the clause",
    PlaceBasis.SENTENCE: "named in the sentence",
    PlaceBasis.ANAPHORA: "referred back to",
    PlaceBasis.PARAGRAPH: "named before in the paragraph",
    PlaceBasis.HEADLINE: "from the headline",
    PlaceBasis.DATELINE: "from the dateline",
    PlaceBasis.ACTOR_SEAT: "seat of the speaker",
}

DATE_BASIS_WORDS: dict[DateBasis, str] = {
    DateBasis.NAMED: "named",
    DateBasis.RELATIVE: "counted from publication",
    DateBasis.CARRIED: "carried over",
    DateBasis.PUBLICATION: "day of publication",
}

PUBLISHED_BASIS_WORDS: dict[str, str] = {
    "given": "given",
    "metadata": "from the page",
    "address": "from the address",
    "dateline": "from the dateline",
    "inferred": "inferred from the text, may be wrong",
    "unknown": "not known",
}

_MARKDOWN = frozenset(r"\`*_{}[]()<>#+-.!|~$:^=&@")
# What Markdown makes links of without any sign of its own, escaped or not.
_ADDRESS = re.compile(r"(https?:(?=//[-.]*\w)|www(?=\.)|@(?=\w))", re.IGNORECASE)
_WORD_JOINER = "\u2060"  # takes no room, and an address with it is none
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: dt.date) -> str:
    """Write a day as "16 Oct 2017"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def when_words(first: dt.date | None, last: dt.date | None, precision: DatePrecision | None = None) -> str:
    """Write the days of an event, as exactly as they are known and no more exactly.

    Returns
    -------
    str
        "16 Oct 2017", "16–17 Oct 2017", "October 2017" for a month, "2017" for a year.
    """
    if first is None or last is None:
        return "Date not known"
    if precision is DatePrecision.YEAR and first.year == last.year:
        return str(first.year)
    if precision is DatePrecision.MONTH and (first.year, first.month) == (last.year, last.month):
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def count_words(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun: "1 article", "1,204 articles"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def toll_words(event: Event) -> str:
    """Say how many were killed and hurt, as far as the report states it: "At least 12 deaths, 30 injured"; else empty."""
    said = []
    if event.fatalities is not None:
        dead, low, high = event.fatalities, event.fatalities_low, event.fatalities_high
        if low is not None and high is not None and low < high:
            said.append(f"{low:,} to {count_words(high, 'death')}")
        else:
            bound = (
                "At least "
                if high is None and low is not None
                else "Up to "
                if low is None and high is not None
                else ""
            )
            said.append(bound + count_words(dead, "death"))
    if event.injured is not None:
        said.append(f"{event.injured:,} injured")
    return ", ".join(said)


def plain(text: str) -> str:
    """Escape text so that Streamlit's Markdown shows it as it is, for notices, which know nothing but Markdown.

    Values of links and columns of files come from anybody: an image in them would be fetched from
    somewhere else, a link would look like ours. Whatever else comes from an article is shown as
    HTML that we escape ourselves, with no Markdown at all.
    """
    unlinked = _ADDRESS.sub(rf"\1{_WORD_JOINER}", text)
    return "".join(f"\\{letter}" if letter in _MARKDOWN else letter for letter in unlinked)
