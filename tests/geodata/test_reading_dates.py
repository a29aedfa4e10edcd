from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.event import DateBasis, DatePrecision
from geodata.reading.dates import find_dates

MONDAY = dt.date(2017, 10, 23)


def days(text: str, published: dt.date | None = MONDAY, anchor: dt.date | None = None) -> tuple[str, str]:
    (found,) = find_dates(text, published=published, anchor=anchor)
    return found.first.isoformat(), found.last.isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("They met on Monday.", "2017-10-23", "2017-10-23"),  # on that Monday, not the one before
        ("They met last Monday.", "2017-10-16", "2017-10-16"),
        ("They met on Sunday.", "2017-10-22", "2017-10-22"),
        ("They met on Tuesday.", "2017-10-17", "2017-10-17"),
        ("They met on Saturday evening.", "2017-10-21", "2017-10-21"),
        ("They met yesterday.", "2017-10-22", "2017-10-22"),
        ("They met the day before yesterday.", "2017-10-21", "2017-10-21"),
        ("Shots rang out overnight.", "2017-10-22", "2017-10-23"),
        ("They met on October 16.", "2017-10-16", "2017-10-16"),
        ("They met on 16 October 2016.", "2016-10-16", "2016-10-16"),
        ("They met on 2015-02-03.", "2015-02-03", "2015-02-03"),
        ("They fought on 16-17 October.", "2017-10-16", "2017-10-17"),
        ("They met in June 2014.", "2014-06-01", "2014-06-30"),
        ("They met in 2014.", "2014-01-01", "2014-12-31"),
        ("They met three days ago.", "2017-10-20", "2017-10-20"),
        ("They met last week.", "2017-10-16", "2017-10-22"),
        ("They met this month.", "2017-10-01", "2017-10-23"),
        ("They met last month.", "2017-09-01", "2017-09-30"),
        ("They met at the weekend.", "2017-10-21", "2017-10-22"),
        ("They met on Sept. 3rd.", "2017-09-03", "2017-09-03"),
        ("They met earlier this month.", "2017-10-01", "2017-10-22"),
        ("They met at the beginning of the month.", "2017-10-01", "2017-10-10"),
        ("They met late last month.", "2017-09-21", "2017-09-30"),
        ("They met in the past week.", "2017-10-16", "2017-10-23"),
        ("They met several times over the past few days.", "2017-10-20", "2017-10-23"),
        ("They met a few days ago.", "2017-10-17", "2017-10-21"),
        ("They met several weeks ago.", "2017-09-11", "2017-10-09"),
        ("They met on Saturday and Sunday.", "2017-10-21", "2017-10-22"),
        ("They met last week after a long silence.", "2017-10-16", "2017-10-22"),
        ("They met in the summer of 2014.", "2014-06-01", "2014-08-31"),
        ("They met in the autumn.", "2017-09-01", "2017-10-23"),
        ("They met last winter.", "2016-12-01", "2017-02-28"),
    ],
)
def test_news_dates_count_from_publication(text, first, last):
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The next day they left.", "2017-10-17"),
        ("A day earlier they had left.", "2017-10-15"),
        ("Two days later they left.", "2017-10-18"),
        ("The same day they left.", "2017-10-16"),
        ("Three hours earlier they had left.", "2017-10-16"),
    ],
)
def test_some_dates_count_from_the_one_named_before(text, expected):
    assert days(text, anchor=dt.date(2017, 10, 16)) == (expected, expected)


def test_less_than_a_day_earlier_may_be_the_day_before():
    found = days("They left less than 24 hours earlier.", anchor=dt.date(2017, 10, 16))
    assert found == ("2017-10-15", "2017-10-16")


@pytest.mark.parametrize("text", ["It was the last day of talks.", "They left two days before the vote."])
def test_a_day_that_is_counted_from_something_unknown_is_none(text):
    assert find_dates(text, published=MONDAY) == []


def test_a_date_without_a_year_is_the_latest_up_to_publication_and_says_so():
    (found,) = find_dates("They met on December 30.", published=dt.date(2018, 1, 4))
    assert found.first == dt.date(2017, 12, 30)
    assert found.year_inferred
    (full,) = find_dates("They met on December 30, 2016.", published=dt.date(2018, 1, 4))
    assert not full.year_inferred


def test_without_a_day_of_publication_only_full_dates_are_told():
    assert find_dates("They met on Monday and in May.", published=None) == []
    assert days("They met on 4 May 2011.", published=None) == ("2011-05-04", "2011-05-04")


def test_what_lies_ahead_is_marked():
    (found,) = find_dates("They are to meet on October 30.", published=MONDAY)
    assert found.is_future


@pytest.mark.parametrize(
    "text",
    [
        "It may rain.",
        "They sat in the sun and wed.",
        "Rule 32 of May",
        "On February 30 nothing happened.",
        "for the third time in three days",
    ],
)
def test_words_that_look_like_dates_are_none(text):
    assert not [d for d in find_dates(text, published=MONDAY) if d.precision is DatePrecision.DAY]


def test_how_a_date_is_known():
    bases = [d.basis for d in find_dates("On October 16 and again on Sunday", published=MONDAY)]
    assert bases == [DateBasis.NAMED, DateBasis.RELATIVE]


@given(
    st.text(alphabet=" 0123456789-–,.adegmnorstuyMOTWFSJ", max_size=80),
    st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2090, 12, 31)),
)
def test_any_text_gives_dates_in_order_inside_it(text, published):
    position = 0
    for found in find_dates(text, published=published, anchor=published):
        assert position <= found.start < found.end <= len(text)
        assert found.first <= found.last
        position = found.end


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2040, 1, 1)), st.sampled_from(range(7)))
def test_a_weekday_is_at_most_six_days_back(published, wanted):
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[wanted]
    (found,) = find_dates(f"They met on {name}.", published=published)
    assert found.first.weekday() == wanted
    assert dt.timedelta(0) <= published - found.first <= dt.timedelta(6)
