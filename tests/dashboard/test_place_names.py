"""What the articles page says of each place name: where it was put, why, and which places lost."""

from __future__ import annotations

import dataclasses
import re
from html import unescape

import pytest

from dashboard.place_names import place_names_html, sure_words
from geodata.event import Considered, Mention

NAMES = {"IQ": "Iraq", "IQ-KI": "Kirkuk", "IQ-AR": "Erbil", "IQ-NI": "Nineveh"}


def shown(reading) -> str:
    return place_names_html(reading, lambda code: NAMES.get(code, code))


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


@pytest.fixture
def weighed(readings):
    """Return a reading with one name that was placed, twice, and one that was not."""
    kirkuk = readings[0].mentions[0].place
    erbil = dataclasses.replace(kirkuk, id="gn:1", name="Erbil", admin1="IQ-AR", population=0)
    considered = (
        Considered(place=kirkuk, score=31.25),
        Considered(place=erbil, score=12.0, why="smaller; no other place of the article lies in Erbil"),
    )
    placed = Mention(
        start=0, end=6, text="Kirkuk", place=kirkuk, confidence=0.998, reason="named in the dateline",
        considered=considered,
    )  # fmt: skip
    doubtful = Mention(
        start=20, end=25, text="Erbil", place=None, confidence=0.3, reason="several places fit about as well",
        considered=(Considered(place=erbil, score=9.0, why="fits best, but only 30% sure"),),
    )  # fmt: skip
    mentions = (placed, dataclasses.replace(placed, start=10, end=16), doubtful)
    return dataclasses.replace(readings[0], mentions=mentions)


def test_each_name_is_told_once_with_place_reason_and_rivals(weighed):
    markup = shown(weighed)
    assert markup.count("<details>") == 2
    text = words(markup)
    assert "Kirkuk → Kirkuk, Iraq city · over 99% sure · named 2 times" in text
    assert "Why here: named in the dateline." in text
    assert "Kirkuk, Iraq city, 600,000 people · score 31.2 Taken" in text
    assert "Erbil, Iraq city · score 12.0 Smaller; no other place of the article lies in Erbil" in text


def test_a_name_without_a_place_says_what_came_nearest(weighed):
    text = words(shown(weighed))
    assert "Erbil → not placed" in text
    assert "Why nowhere: several places fit about as well. Erbil, Iraq city · score 9.0 Fits best, but only 30%" in text
    assert text.endswith("No other place of this name is known.")


def test_hostile_text_stays_text(weighed, hostile):
    evil = dataclasses.replace(weighed.mentions[0].place, name=hostile, kind=hostile, admin1=hostile)
    mention = Mention(
        start=0, end=6, text=hostile, place=evil, confidence=0.5, reason=hostile,
        considered=(Considered(place=evil, score=1.0), Considered(place=evil, score=0.5, why=hostile)),
    )  # fmt: skip
    markup = shown(dataclasses.replace(weighed, mentions=(mention,)))
    assert "<script" not in markup
    assert "<img" not in markup


def test_what_was_stored_before_rivals_were_kept_still_shows(readings):
    text = words(shown(readings[0]))
    assert "90% sure" in text
    assert "Why here: the best-known place of this name." in text


def test_nothing_is_certain():
    assert [sure_words(value) for value in (1.0, 0.994, 0.5)] == ["over 99% sure", "99% sure", "50% sure"]
