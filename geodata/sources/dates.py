"""The date of publication, and how it is known.

Best first: given by the user or the file, in the page's metadata, in the address, in the
dateline, inferred from dates in the text, unknown. A year that had to be guessed is never passed
off as known: the date is marked as inferred and a sentence says how it was guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from geodata.article import PublishedBasis
from geodata.event import DatePrecision, Problem
from geodata.reading.blocks import MONTHS, split_blocks
from geodata.reading.date_patterns import WEEKDAYS
from geodata.reading.dates import find_dates
from geodata.view_words import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.article import Article

EARLIEST = dt.date(1900, 1, 1)

_OLDEST_ADDRESS = 1995  # there were no news sites before; 8 digits that give less are no date
_LOOKED_AT = 20_000  # characters; a date far down an article says little about its publication
_DATELINE_WITHIN = 8  # blocks
_YEARS_BACK = 40
_NEAR = dt.timedelta(days=366)
_DAY = dt.timedelta(days=1)

_YEAR = re.compile(r"\d{4}", re.ASCII)
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_IN_ADDRESS = (
    re.compile(r"/(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?!\d)", re.ASCII),
    re.compile(rf"/(?P<y>\d{{4}})/(?P<mon>{_MONTH_NAMES})/(?P<d>\d{{1,2}})(?!\d)", re.ASCII | re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<s>[-_.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)", re.ASCII),
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?!\d)", re.ASCII),
)
_YEAR_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})(?=[/-])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication (UTC), how it is known, and what a person should know about it."""

    date: dt.date | None
    basis: PublishedBasis
    note: str = ""


def published_from(
    text: str,
    *,
    title: str = "",
    url: str = "",
    given: dt.date | None = None,
    metadata: dt.date | None = None,
    today: dt.date | None = None,
) -> tuple[dt.date | None, PublishedBasis]:
    """Work out when an article was published; see `find_published`, which also says how."""
    found = find_published(text, title=title, url=url, given=given, metadata=metadata, today=today)
    return found.date, found.basis


def find_published(
    text: str,
    *,
    title: str = "",
    url: str = "",
    given: dt.date | None = None,
    metadata: dt.date | None = None,
    today: dt.date | None = None,
) -> Published:
    """Work out when an article was published.

    Parameters
    ----------
    text, title, url
        The article.
    given
        What the user, the feed or the file says.
    metadata
        What the page says in its markup.
    today
        The present day (UTC); nothing is published later than the day after it, which it already
        is somewhere.

    Returns
    -------
    Published
        With a note whenever anything had to be guessed.
    """
    last = (today or _today()) + _DAY
    if given is not None:
        return Published(as_utc_day(given), PublishedBasis.GIVEN)
    if metadata is not None and EARLIEST <= as_utc_day(metadata) <= last:
        return Published(as_utc_day(metadata), PublishedBasis.METADATA)
    in_address = date_in_address(url, today=today)
    if in_address is not None:
        return Published(in_address, PublishedBasis.ADDRESS)
    clues = _Clues.of(text[:_LOOKED_AT], title, url, last)
    filed = _from_dateline(clues, last)
    if filed is not None:
        return filed
    if clues.days:
        day = max(clues.days)
        return Published(
            day,
            PublishedBasis.INFERRED,
            f"The date of publication is not given: {day_in_words(day)}, the latest date named in the text, was taken "
            "and may be wrong.",
        )
    return Published(
        None,
        PublishedBasis.UNKNOWN,
        "The date of publication is not known: without it, days like “on Monday” cannot be dated.",
    )


def published_problem(article: Article, *, today: dt.date | None = None) -> Problem | None:
    """Say what is doubtful about an article's date of publication, or None when nothing is."""
    if article.published_basis in {PublishedBasis.GIVEN, PublishedBasis.METADATA, PublishedBasis.ADDRESS}:
        return None
    found = find_published(article.text, title=article.title, url=article.url, today=today)
    if found.date == article.published and found.basis is article.published_basis:
        return Problem(found.note) if found.note else None
    if article.published is None:
        return Problem("The date of publication is not known: without it, days like “on Monday” cannot be dated.")
    return Problem(f"The date of publication, {day_in_words(article.published)}, was worked out and may be wrong.")


def parse_published(value: str, *, today: dt.date | None = None) -> dt.date:
    """Read a date of publication as files give it: ISO 8601, with or without a time.

    Returns
    -------
    datetime.date
        In UTC, when the value says its time zone.

    Raises
    ------
    ValueError
        If it is no such date, lies before 1900 or after tomorrow; the text is a clause for people.
    """
    try:
        # This reads "20171023" and week dates too; "23/10/2017" could be either order and is refused.
        day = as_utc_day(dt.datetime.fromisoformat(value.strip()))
    except (ValueError, OverflowError):
        msg = "is no date like 2017-10-23"
        raise ValueError(msg) from None
    if day < EARLIEST:
        msg = "lies before 1900"
        raise ValueError(msg)
    if day > (today or _today()) + _DAY:
        msg = "lies in the future"
        raise ValueError(msg)
    return day


def as_utc_day(value: dt.date) -> dt.date:
    """Return the day, in UTC, of a date or a time."""
    if isinstance(value, dt.datetime):
        return (value.astimezone(dt.UTC) if value.tzinfo else value).date()
    return value


def date_in_address(url: str, *, today: dt.date | None = None) -> dt.date | None:
    """Find a day in the path of an address: /2017/10/23/, /2017/oct/23/, 2017-10-23, 20171023."""
    path = _path(url)
    last = (today or _today()) + _DAY
    for pattern in _IN_ADDRESS:
        for match in pattern.finditer(path):
            groups = match.groupdict()
            month = MONTHS[groups["mon"].lower()] if groups.get("mon") else int(groups["m"])
            day = _day(int(groups["y"]), month, int(groups["d"]))
            if day is not None and day.year >= _OLDEST_ADDRESS and day <= last:
                return day
    return None


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Clues:
    """What an article says about its date."""

    dateline: tuple[int, int, int] | None  # year (0 when not named), month, day
    weekday: int | None  # Monday is 0; the first that is named after the dateline
    days: tuple[dt.date, ...]  # full dates that are not in the future
    years: tuple[int, ...]  # all years that are named
    address_year: int | None

    @classmethod
    def of(cls, text: str, title: str, url: str, last: dt.date) -> _Clues:
        blocks = split_blocks(text)
        filed = next((i for i, block in enumerate(blocks[:_DATELINE_WITHIN]) if block.dateline is not None), None)
        dateline = blocks[filed].dateline if filed is not None else None
        weekday = None
        if filed is not None:
            # The first weekday of a report is that of its own day, or of the day before.
            for block in blocks[filed : filed + 2]:
                match = _WEEKDAY.search(text, block.start, block.end)
                if match:
                    weekday = WEEKDAYS.index(match[1].lower())
                    break
        days: list[dt.date] = []
        years: set[int] = set()
        for piece in [title[:500], *(text[block.start : block.end] for block in blocks)]:
            for mention in find_dates(piece, published=None) if _YEAR.search(piece) else ():
                if mention.last > last and mention.precision is DatePrecision.DAY:
                    continue
                years.update(year for year in (mention.first.year, mention.last.year) if year <= last.year)
                if mention.precision is DatePrecision.DAY:
                    days.append(mention.last)
        in_address = _YEAR_IN_ADDRESS.search(_path(url))
        return cls(
            dateline=(dateline.year, dateline.month, dateline.day)
            if dateline and dateline.month and dateline.day
            else None,
            weekday=weekday,
            days=tuple(days),
            years=tuple(sorted(years)),
            address_year=int(in_address[1]) if in_address else None,
        )


def _from_dateline(clues: _Clues, last: dt.date) -> Published | None:
    if clues.dateline is None:
        return None
    year, month, day = clues.dateline
    if year:
        full = _day(year, month, day)
        return Published(full, PublishedBasis.DATELINE) if full and EARLIEST <= full <= last else None
    return _with_year_named_elsewhere(clues, month, day, last) or _with_newest_year(clues, month, day, last)


def _with_year_named_elsewhere(clues: _Clues, month: int, day: int, last: dt.date) -> Published | None:
    if clues.address_year:
        full = _day(clues.address_year, month, day)
        if full and full <= last:
            note = f"The dateline names no year: {full.year} was taken from the address."
            return Published(full, PublishedBasis.DATELINE, note)
    # A report of 3 January names 28 December of the year before, so the neighbours count as well.
    years = set(clues.years) | {near.year + step for near in clues.days for step in (-1, 1)}
    fits = [full for full in _on(years, month, day, last) if _fits_weekday(full, clues)]
    if not fits:
        return None
    best = min(fits, key=lambda full: (_distance(full, clues), -full.toordinal()))
    note = f"The dateline names no year: {best.year} was taken from the years named in the text"
    # A year alone may be that of anything ("since 2014"); a full date within a year is of the same story.
    if _distance(best, clues) <= _NEAR.days:
        return Published(best, PublishedBasis.DATELINE, f"{note}.")
    return Published(best, PublishedBasis.INFERRED, f"{note}, so the date of publication may be wrong.")


def _distance(full: dt.date, clues: _Clues) -> int:
    """Days to the nearest full date in the text."""
    return min((abs(full - near).days for near in clues.days), default=_NEAR.days + 1)


def _is_exact(full: dt.date, clues: _Clues) -> bool:
    return clues.weekday is None or full.weekday() == clues.weekday


def _fits_weekday(full: dt.date, clues: _Clues) -> bool:
    # Reports tell of the day before, too; beside a full date that is no coincidence.
    near = _distance(full, clues) <= _NEAR.days
    return _is_exact(full, clues) or (near and (full - _DAY).weekday() == clues.weekday)


def _with_newest_year(clues: _Clues, month: int, day: int, last: dt.date) -> Published | None:
    possible = _on(range(last.year - _YEARS_BACK, last.year + 1), month, day, last)
    if clues.weekday is not None:
        fits = [full for full in possible if full.weekday() == clues.weekday]
        if fits:
            best = max(fits)
            return Published(
                best,
                PublishedBasis.INFERRED,
                f"The dateline names no year: {best.year} is the newest in which {day_in_words(best).rpartition(' ')[0]} was "
                f"a {WEEKDAYS[clues.weekday].capitalize()}, so the date of publication may be wrong.",
            )
    if not possible:
        return None
    best = max(possible)
    return Published(
        best,
        PublishedBasis.INFERRED,
        f"The dateline names no year and nothing else does: {best.year} is only the newest possible, "
        "so the date of publication may be wrong.",
    )


def _on(years: Iterable[int], month: int, day: int, last: dt.date) -> list[dt.date]:
    found = (_day(year, month, day) for year in years if EARLIEST.year <= year <= last.year)
    return [full for full in found if full is not None and full <= last]
