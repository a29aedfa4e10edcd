"""The marked text of an article."""

from __future__ import annotations

import dataclasses
import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from dashboard.marked import marked_article
from dashboard.reading_view import missing_lines
from geodata.article import Article
from geodata.event import Mention, Problem, Reading


def plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def test_places_and_events_are_marked(readings):
    marked = marked_article(readings[0])
    assert 'class="cm-span cm-span-place"' in marked
    assert 'class="cm-span cm-span-event"' in marked
    assert "Kirkuk, IQ-KI (city, 90% sure)" in marked


def test_markup_in_the_text_stays_text(reading_of, hostile):
    marked = marked_article(reading_of(hostile, {}))
    assert "<script" not in marked
    assert "<img" not in marked
    assert plain(marked) == hostile


@given(
    st.text(min_size=1, max_size=60).filter(lambda text: text.strip()),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6),
)
def test_no_mark_changes_the_text(text, spans):
    mentions = tuple(
        Mention(start=a, end=b, text=text[a:b], place=None, confidence=0, reason="unknown") for a, b in spans
    )
    reading = Reading(article=Article(text=text), mentions=mentions, events=())
    assert plain(marked_article(reading)) == text


def test_what_is_missing_is_said_once_and_says_why(readings):
    reading = dataclasses.replace(
        readings[3],
        mentions=(
            Mention(start=0, end=6, text="Turkey", place=None, confidence=0, reason="two places have this name"),
        ),
    )
    lines = missing_lines(reading)
    assert "“Turkey” was not placed: two places have this name" in lines
    assert any("has no place: The sentence names no place." in line for line in lines)
    told = dataclasses.replace(reading, problems=(Problem("“Turkey” could be two places.", 0, 6),))
    assert not [line for line in missing_lines(told) if "two places have this name" in line]
