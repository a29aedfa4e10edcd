from __future__ import annotations

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from dashboard.visits import COOKIE, last_visit, next_cookie

NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def value(cookie: str) -> str:
    return re.match(rf"{COOKIE}=([^;]*);", cookie).group(1)


def test_a_first_visit_has_none_before_it():
    assert last_visit("", NOON) is None
    assert last_visit(value(next_cookie(None, NOON)), NOON + dt.timedelta(minutes=5)) is None


def test_the_next_day_the_last_visit_is_yesterday():
    cookie = value(next_cookie(None, NOON))
    assert last_visit(cookie, NOON + 24 * HOUR) == NOON


def test_loading_the_page_again_is_the_same_visit():
    yesterday = NOON - 24 * HOUR
    cookie = value(next_cookie(yesterday, NOON))
    assert last_visit(cookie, NOON + dt.timedelta(minutes=20)) == yesterday
    assert last_visit(cookie, NOON + HOUR) == NOON


def test_a_cookie_is_written_once_a_minute_and_goes_nowhere_else():
    assert next_cookie(None, NOON) == next_cookie(None, NOON + dt.timedelta(seconds=59))
    assert "samesite=lax" in next_cookie(None, NOON)


@given(st.text(max_size=40) | st.from_regex(r"\d{1,12}-\d{1,12}", fullmatch=True))
def test_any_cookie_is_read_or_passed_over(cookie):
    found = last_visit(cookie, NOON)
    assert found is None or found <= NOON
