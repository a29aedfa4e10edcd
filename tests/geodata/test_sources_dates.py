from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geodata.article import PublishedBasis
from geodata.sources.dates import date_in_address, find_published, parse_published, published_from, published_problem
from geodata.sources.text import article_from_text

steady = settings(deadline=None)  # the machine may be busy, and models load at first use

TODAY = dt.date(2026, 11, 24)
GIVEN, META, OTHER = dt.date(2017, 10, 1), dt.date(2017, 10, 2), dt.date(2017, 10, 3)
days = st.dates(min_value=dt.date(1996, 1, 1), max_value=TODAY)
MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def find(text, **known):
    return find_published(text, today=TODAY, **known)


def test_the_best_source_wins():
    text = "KIRKUK, Iraq, Oct. 4, 2017 (Agency) - Talks went on. They began on 30 September 2017."
    url = "https://example.org/2017/10/03/talks"
    assert published_from(text, url=url, given=GIVEN, metadata=META, today=TODAY) == (GIVEN, PublishedBasis.GIVEN)
    assert published_from(text, url=url, metadata=META, today=TODAY) == (META, PublishedBasis.METADATA)
    assert published_from(text, url=url, today=TODAY) == (OTHER, PublishedBasis.ADDRESS)
    assert published_from(text, today=TODAY) == (dt.date(2017, 10, 4), PublishedBasis.DATELINE)
    assert published_from(text[33:], today=TODAY) == (dt.date(2017, 9, 30), PublishedBasis.INFERRED)
    assert published_from("Talks went on.", today=TODAY) == (None, PublishedBasis.UNKNOWN)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2017/10/23/kirkuk",
        "https://example.org/news/2017-10-23-kirkuk.html",
        "https://example.org/20171023/kirkuk",
        "https://example.org/world/2017/oct/23/kirkuk",
        "https://example.org/a_2017_10_23.html",
        "https://example.org/2017/10/23",
    ],
)
def test_days_in_addresses(url):
    assert date_in_address(url, today=TODAY) == dt.date(2017, 10, 23)


@pytest.mark.parametrize(
    "url",
    ["", "https://example.org/2017/13/45/x", "https://example.org/story-120171023", "https://example.org/2017/10/x",
     "https://example.org/?d=2017-10-23", "https://example.org/2031/10/23/", "https://example.org/19450508", "http://[x"],
)  # fmt: skip
def test_no_day_in_an_address(url):
    assert date_in_address(url, today=TODAY) is None


@steady
@given(days, st.sampled_from(["/%Y/%m/%d/x", "/x-%Y-%m-%d", "/%Y%m%d/x"]))
def test_any_day_in_an_address_is_found(day, form):
    assert date_in_address("https://example.org" + day.strftime(form), today=TODAY) == day


@steady
@given(
    days,
    st.sampled_from(["{p}, {m} {d}, {y} (Agency) - ", "{p} — {d} {month} {y} — ", "{p}, {month} {d}, {y}. /TASS/. "]),
)
def test_a_full_dateline_is_a_date_without_a_doubt(day, form):
    opening = form.format(p="BAGHDAD", m=MONTHS[day.month - 1], month=day.strftime("%B"), d=day.day, y=day.year)
    found = find(f"Talks go on\n\n{opening}The government said it would go on with the talks.")
    assert (found.date, found.basis, found.note) == (day, PublishedBasis.DATELINE, "")


@steady
@given(days)
def test_a_year_named_in_the_text_completes_the_dateline(day):
    before = day - dt.timedelta(days=40)
    found = find(
        f"MOSCOW, {day:%B} {day.day}. /TASS/. The ministry said on {NAMES[day.weekday()]} that it would go on. "
        f"Talks began on {before.day} {before:%B} {before.year}."
    )
    assert (found.date, found.basis) == (day, PublishedBasis.DATELINE)
    assert str(day.year) in found.note


@steady
@given(days)
def test_a_weekday_alone_gives_the_newest_year_and_says_that_it_is_a_guess(day):
    found = find(
        f"MOSCOW, {day:%B} {day.day}. /TASS/. The ministry said on {NAMES[day.weekday()]} that it would go on."
    )
    assert found.basis is PublishedBasis.INFERRED
    assert (found.date.month, found.date.day, found.date.weekday()) == (day.month, day.day, day.weekday())
    assert day <= found.date <= TODAY + dt.timedelta(days=1)
    assert str(found.date.year) in found.note
    assert "may be wrong" in found.note


@steady
@given(days)
def test_the_present_year_is_never_taken_silently(day):
    assume((day.month, day.day) != (2, 29))
    found = find(f"KIRKUK, Iraq, {MONTHS[day.month - 1]} {day.day} (Agency) - Forces moved in.")
    assert found.basis is PublishedBasis.INFERRED
    assert found.date <= TODAY + dt.timedelta(days=1)
    assert "may be wrong" in found.note


def test_the_year_of_the_address_completes_the_dateline():
    found = find("KIRKUK, Oct. 16 (Agency) - Forces moved in.", url="https://example.org/2017/10/kirkuk")
    assert (found.date, found.basis) == (dt.date(2017, 10, 16), PublishedBasis.DATELINE)
    assert "address" in found.note


def test_a_report_of_january_that_looks_back_to_december():
    found = find("BAGHDAD, Jan. 3 (Agency) - A bomb went off. The last one was on 28 December 2016.")
    assert found.date == dt.date(2017, 1, 3)


def test_a_year_alone_is_never_taken_for_sure():
    found = find("TRIPOLI, April 5 (Agency) - Forces pressed on. The city has been divided since 2014.")
    assert (found.date, found.basis) == (dt.date(2014, 4, 5), PublishedBasis.INFERRED)
    assert "may be wrong" in found.note


def test_the_weekday_may_be_that_of_the_day_before():
    found = find("BAGHDAD, Oct. 24 (Agency) - Talks began on Monday. Kirkuk fell on 16 October 2017.")
    assert (found.date, found.basis) == (dt.date(2017, 10, 24), PublishedBasis.DATELINE)


def test_a_year_that_does_not_fit_the_weekday_is_passed_over():
    found = find("BAGHDAD, Oct. 23 (Agency) - Talks began on Monday. The last vote was held in 2014.")
    assert found.date == dt.date(2023, 10, 23)
    assert found.basis is PublishedBasis.INFERRED


@pytest.mark.parametrize("dateline", ["Feb. 30", "Nov. 31", "April 31, 2017", "Oct. 16, 2031"])
def test_a_dateline_with_no_such_day(dateline):
    found = find(f"BAGHDAD, {dateline} (Agency) - Talks began.")
    assert found.date is None


def test_dates_in_the_future_are_not_publication():
    found = find("A vote is planned for 12 May 2031. Talks on it were held on 3 March 2017.")
    assert (found.date, found.basis) == (dt.date(2017, 3, 3), PublishedBasis.INFERRED)
    assert published_from("x", metadata=dt.date(2031, 1, 1), today=TODAY) == (None, PublishedBasis.UNKNOWN)


@steady
@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_and_address(text, url):
    found = find(text, url=url)
    assert (found.date is None) == (found.basis is PublishedBasis.UNKNOWN)
    assert found.date is None or found.date <= TODAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2017-10-23", dt.date(2017, 10, 23)),
        (" 2017-10-23T22:30:00Z ", dt.date(2017, 10, 23)),
        ("2017-10-23T01:00:00+03:00", dt.date(2017, 10, 22)),
        ("2017-10-23 10:00", dt.date(2017, 10, 23)),
        ("20171023", dt.date(2017, 10, 23)),
    ],
)
def test_dates_of_files(value, day):
    assert parse_published(value, today=TODAY) == day


@pytest.mark.parametrize(
    ("value", "said"),
    [("23/10/2017", "like"), ("", "like"), ("2017", "like"), ("0001-01-01T00:00:00+03:00", "like"),
     ("1066-10-14", "before 1900"), ("2107-10-23", "future")],
)  # fmt: skip
def test_what_is_no_date_of_publication(value, said):
    with pytest.raises(ValueError, match=said):
        parse_published(value, today=TODAY)


@steady
@given(st.text(max_size=40))
def test_any_value_is_a_date_or_a_clause(value):
    try:
        day = parse_published(value, today=TODAY)
    except ValueError as error:
        clause = str(error)
    else:
        clause = "is fine"
        assert 1900 <= day.year <= 2026
    assert clause.split()[0] in {"is", "lies"}


def test_what_is_doubtful_is_said_of_the_article():
    def problem(text, **known):
        return published_problem(article_from_text(text, today=TODAY, **known), today=TODAY)

    assert problem("Talks.", published=GIVEN) is None
    assert problem("Talks.", url="https://example.org/2017/10/03/") is None
    assert problem("BAGHDAD, Oct. 23, 2017 (Agency) - Talks began.") is None
    assert "not known" in problem("Talks.").message
    assert "2023 is the newest" in problem("BAGHDAD, Oct. 23 (Agency) - Talks began on Monday.").message
    assert "3 March 2017" in problem("Talks were held on 3 March 2017.").message
