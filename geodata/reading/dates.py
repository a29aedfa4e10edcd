"""When an act happened: dates named in a sentence, counted from the day of publication.

News has its own reading of dates. "On Monday" in a report published on a Monday is that day, not
the week before, as general date parsers have it; "on October 16" without a year is the latest
16 October that is not after publication.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.event import DateBasis, DatePrecision
from geodata.reading.blocks import MONTHS
from geodata.reading.date_patterns import ANY, NUMBERS, PATTERNS, SHORT_WEEKDAY, WEEKDAYS

if TYPE_CHECKING:
    import re

_SATURDAY = 5
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: characters `start` to `end`; first and last possible day, inclusive."""

    start: int
    end: int
    first: dt.date
    last: dt.date
    precision: DatePrecision
    basis: DateBasis
    year_inferred: bool = False
    is_future: bool = False


def find_dates(text: str, *, published: dt.date | None, anchor: dt.date | None = None) -> list[DateMention]:
    """Find the dates that a sentence names.

    Parameters
    ----------
    text
        A sentence.
    published
        Day of publication (UTC). Without it, only full dates, and dates relative to `anchor`
        ("the next day"), can be told.
    anchor
        The last date that the article named before.

    Returns
    -------
    list of DateMention
        In order, not overlapping; offsets are characters of `text`.
    """
    found: list[DateMention] = []
    if ANY.search(text) is None:
        return found
    for name, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            mention = _resolve(name, match, published, anchor or published)
            if mention is not None:
                found.append(mention)
    return _joined(sorted(found, key=lambda mention: mention.start), text)


def _joined(found: list[DateMention], text: str) -> list[DateMention]:
    """Make one of two days that follow each other: "on Saturday and Sunday"."""
    kept: list[DateMention] = []
    for mention in found:
        before = kept[-1] if kept else None
        if (
            before is not None
            and text[before.end : mention.start] in {" and ", " to ", " or "}
            and before.precision is mention.precision is DatePrecision.DAY
            and before.last + dt.timedelta(days=1) == mention.first
            and text[mention.start :][:3].lower() not in {"on ", "the"}
        ):
            kept[-1] = replace(before, end=mention.end, last=mention.last)
        else:
            kept.append(mention)
    return kept


def _resolve(name: str, match: re.Match[str], published: dt.date | None, anchor: dt.date | None) -> DateMention | None:
    """Give a match its days, or None when it is no date or cannot be told."""
    if name in {"iso", "dm", "md", "range_dm", "range_md", "my", "in_month", "year"}:
        return _calendar(name, match, published)
    if name == "season":
        return _season(match, published)
    if name in {"ago", "later", "within"}:
        return _counted(name, match, published, anchor)
    if name == "hours":
        return _hours(match, published, anchor)
    if name == "yesterday":
        return _day_word(match, published, anchor)
    if published is None:
        return None
    return _weekday(match, published) if name == "weekday" else _unit(match, published)


def _mention(
    match: re.Match[str],
    first: dt.date,
    last: dt.date,
    precision: DatePrecision,
    basis: DateBasis,
    *,
    published: dt.date | None,
    year_inferred: bool = False,
) -> DateMention:
    future = published is not None and first > published
    return DateMention(match.start(), match.end(), first, last, precision, basis, year_inferred, future)


def _calendar(name: str, match: re.Match[str], published: dt.date | None) -> DateMention | None:
    """Dates with a month or a year written out."""
    groups = match.groupdict()
    year = int(groups["y"]) if groups.get("y") else 0
    if name == "year":
        if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
            return None
        return _mention(
            match, dt.date(year, 1, 1), dt.date(year, 12, 31), DatePrecision.YEAR, DateBasis.NAMED, published=published
        )
    month = int(groups["m"]) if name == "iso" else MONTHS[groups["mon"].lower()]
    if groups.get("mon") == "may":  # the verb, not the month
        return None
    said = (groups.get("rel") or "").lower()  # "in May last year"
    inferred = not year and not said
    if not year:
        if published is None:
            return None
        year = published.year - (said == "last") if said else _year_for(month, int(groups.get("d") or 1), published)
    try:
        if name in {"my", "in_month"}:
            first, last = dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1])
            if published is not None and first <= published < last:
                last = published
            return _mention(
                match, first, last, DatePrecision.MONTH, DateBasis.NAMED, published=published, year_inferred=inferred
            )
        first = dt.date(year, month, int(groups["d"]))
        last = dt.date(year, month, int(groups.get("d2") or groups["d"]))
    except ValueError:
        return None
    if last < first:
        return None
    return _mention(match, first, last, DatePrecision.DAY, DateBasis.NAMED, published=published, year_inferred=inferred)


def _year_for(month: int, day: int, published: dt.date) -> int:
    """Year of a month and day without one: the latest that is not well after publication.

    Three weeks ahead still count as this year: reports announce dates ("the vote on September 25").
    """
    for year in (published.year + 1, published.year, published.year - 1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date <= published + dt.timedelta(days=60):
            return year
    return published.year


# First month of each, as the news of the north counts them.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def _season(match: re.Match[str], published: dt.date | None) -> DateMention | None:
    """Three months of "in the summer of 2014", "last autumn", "in the spring": the latest that has begun."""
    month = _SEASONS[(match["season"] or match["named"]).lower()]
    said = (match["rel"] or "").lower()
    inferred = not match["y"] and not said
    if match["y"]:
        year = int(match["y"])
    elif published is None:
        return None
    else:
        year = published.year - (said == "last" or (not said and dt.date(published.year, month, 1) > published))
    if not _EARLIEST_YEAR <= year < _LATEST_YEAR:
        return None
    last_month, last_year = (month + 1) % 12 + 1, year + (month > _LAST_WHOLE)
    first = dt.date(year, month, 1)
    last = dt.date(last_year, last_month, monthrange(last_year, last_month)[1])
    if published is not None and first <= published < last:
        last = published
    return _mention(
        match, first, last, DatePrecision.MONTH, DateBasis.NAMED, published=published, year_inferred=inferred
    )


_LAST_WHOLE = 10  # a season that begins in a later month ends in the next year


def _number(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _counted(name: str, match: re.Match[str], published: dt.date | None, anchor: dt.date | None) -> DateMention | None:
    """Days counted from publication or from the date named before ("two days later")."""
    number, unit = _number(match["n"]), match["unit"].lower()
    from_anchor = name in {"later", "within"} or match.group(0).lower().endswith(("earlier", "before", "previously"))
    base = anchor if from_anchor else published
    if base is None:
        return None
    if number == 0:
        return None if name != "ago" else _some_ago(match, unit, base, published, carried=from_anchor)
    if name == "within":
        days = max(1, round(number / 24)) if unit == "hour" else number
        return _mention(
            match, base, base + dt.timedelta(days=days), DatePrecision.DAY, DateBasis.CARRIED, published=published
        )
    if unit == "hour":
        return _mention(match, base, base, DatePrecision.DAY, DateBasis.CARRIED, published=published)
    sign = 1 if name == "later" else -1
    basis = DateBasis.CARRIED if from_anchor else DateBasis.RELATIVE
    if unit in {"month", "year"}:
        days = 30 * number if unit == "month" else 365 * number
        middle = base + dt.timedelta(days=sign * days)
        if unit == "year":
            first, last = dt.date(middle.year, 1, 1), dt.date(middle.year, 12, 31)
        else:
            first = middle.replace(day=1)
            last = middle.replace(day=monthrange(middle.year, middle.month)[1])
        precision = DatePrecision.YEAR if unit == "year" else DatePrecision.MONTH
        return _mention(match, first, last, precision, basis, published=published)
    if unit == "week":
        middle = base + dt.timedelta(weeks=sign * number)
        half = dt.timedelta(days=3)
        return _mention(match, middle - half, middle + half, DatePrecision.WEEK, basis, published=published)
    day = base + dt.timedelta(days=sign * number)
    return _mention(match, day, day, DatePrecision.DAY, basis, published=published)


# "A few weeks ago": the fewest and the most that are meant, in days, and how exactly that tells the day.
_SOME = {
    "day": (2, 6, DatePrecision.WEEK),
    "week": (14, 42, DatePrecision.MONTH),
    "month": (60, 330, DatePrecision.YEAR),
    "year": (730, 3285, DatePrecision.YEAR),
}
_FEW = 3
_HALF_DAY, _DAY = 12, 24  # hours


def _some_ago(
    match: re.Match[str], unit: str, base: dt.date, published: dt.date | None, *, carried: bool
) -> DateMention:
    """Days of "a few days ago", "several months earlier"."""
    fewest, most, precision = _SOME[unit]
    first, last = base - dt.timedelta(days=most), base - dt.timedelta(days=fewest)
    basis = DateBasis.CARRIED if carried else DateBasis.RELATIVE
    return _mention(match, first, last, precision, basis, published=published)


def _hours(match: re.Match[str], published: dt.date | None, anchor: dt.date | None) -> DateMention | None:
    """Read "three hours earlier", "less than 24 hours ago": that day, or also the one before."""
    from_anchor = match["from"].lower() != "ago"
    base = anchor if from_anchor else published
    if base is None:
        return None
    number = _number(match["n"]) if match["n"] else 0
    first = base - dt.timedelta(days=-(-number // _DAY)) if number >= _HALF_DAY else base
    basis = DateBasis.CARRIED if from_anchor and anchor != published else DateBasis.RELATIVE
    return _mention(match, first, base, DatePrecision.DAY, basis, published=published)


def _day_word(match: re.Match[str], published: dt.date | None, anchor: dt.date | None) -> DateMention | None:
    """Yesterday, overnight, the next day."""
    word = match.group(0).lower()
    one = dt.timedelta(days=1)
    if word in {"the same day", "that day"}:
        base, first, last = anchor, 0, 0
    elif word in {"the previous day", "the day before", "the night before", "the evening before"}:
        base, first, last = anchor, -1, -1
    elif word in {"the following day", "the next day", "next day", "a day later"}:
        base, first, last = anchor, 1, 1
    elif word == "the day before yesterday":
        base, first, last = published, -2, -2
    elif word in {"yesterday", "last night"}:
        base, first, last = published, -1, -1
    elif word == "overnight":
        base, first, last = published, -1, 0
    else:
        base, first, last = published, 0, 0
    if base is None:
        return None
    basis = DateBasis.CARRIED if base is anchor and anchor != published else DateBasis.RELATIVE
    return _mention(match, base + first * one, base + last * one, DatePrecision.DAY, basis, published=published)


def _weekday(match: re.Match[str], published: dt.date) -> DateMention | None:
    """Resolve a weekday to the latest one up to and including the day of publication."""
    word = match["wd"]
    if len(word) < 6 and SHORT_WEEKDAY.fullmatch(match.group(0)) is None:  # noqa: PLR2004 - "sun", "sat", "wed" are words
        return None
    wanted = next(i for i, name in enumerate(WEEKDAYS) if name.startswith(word.lower()[:3]))
    back = (published.weekday() - wanted) % 7
    if match["next"]:
        day = published + dt.timedelta(days=7 - back if back else 7)
    else:
        if "last" in match.group(0).lower().split() and back == 0:
            back = 7
        day = published - dt.timedelta(days=back)
    return _mention(match, day, day, DatePrecision.DAY, DateBasis.RELATIVE, published=published)


def _unit(match: re.Match[str], published: dt.date) -> DateMention | None:
    """Last week, this month, the past three days."""
    which, unit, number = match["which"].lower(), match["unit"].lower(), _number(match["n"])
    number = number or _FEW  # "the past few days"
    if which in {"at the", "over the"}:
        if unit != "weekend":
            return None
        which = "this" if published.weekday() >= _SATURDAY else "last"
    if which == "the":  # "at the beginning of the month"
        if not match["edge"] or unit not in {"week", "month", "year"}:
            return None
        which = "this"
    if which in {"next", "coming"}:
        later = published + dt.timedelta(days=2)
        return _mention(match, later, later, DatePrecision.WEEK, DateBasis.RELATIVE, published=published)
    if unit in {"day", "hour"}:
        if which == "this":
            return None
        back = dt.timedelta(days=number if unit == "day" else max(1, round(number / _DAY)))
        return _mention(match, published - back, published, DatePrecision.DAY, DateBasis.RELATIVE, published=published)
    if which in {"past", "the past", "the last"} and unit != "weekend":
        back = dt.timedelta(days=_LENGTHS[unit][0] * number)
        precision = _LENGTHS[unit][1]
        return _mention(match, published - back, published, precision, DateBasis.RELATIVE, published=published)
    return _narrowed(_long_unit(match, which, unit, number, published), match, published)


_LENGTHS = {
    "week": (7, DatePrecision.WEEK),
    "month": (30, DatePrecision.MONTH),
    "year": (365, DatePrecision.YEAR),
}


def _narrowed(whole: DateMention, match: re.Match[str], published: dt.date) -> DateMention:
    """Take the third that is meant by "the beginning of this month", and what is over by "earlier this month"."""
    part = (match["part"] or match["edge"] or "").lower()
    first, last = whole.first, whole.last
    if part == "earlier" and last == published > first:
        return replace(whole, last=last - dt.timedelta(days=1))
    length = {DatePrecision.WEEK: 7, DatePrecision.MONTH: 30, DatePrecision.YEAR: 365}.get(whole.precision, 0)
    third = dt.timedelta(days=max(1, length // 3))
    if part in {"beginning", "start", "early"}:
        return replace(whole, last=max(first, min(last, first + third - dt.timedelta(days=1))))
    if part in {"end", "late", "later"}:
        begins = max(
            first, (first + dt.timedelta(days=length) if last == published else last) - third + dt.timedelta(days=1)
        )
        return replace(whole, first=min(begins, last), is_future=whole.is_future or begins > published)
    return whole


def _long_unit(match: re.Match[str], which: str, unit: str, number: int, published: dt.date) -> DateMention:
    """Last week, this month, the past two years."""
    if unit in {"week", "weekend"}:
        monday = published - dt.timedelta(days=published.weekday())
        if which != "this":
            monday -= dt.timedelta(weeks=max(1, number))
        first = monday + dt.timedelta(days=5 if unit == "weekend" else 0)
        last = min(monday + dt.timedelta(days=6 + 7 * (max(1, number) - 1)), published)
        if first > published:
            first = last = published
        return _mention(match, first, last, DatePrecision.WEEK, DateBasis.RELATIVE, published=published)
    if unit == "month":
        first = published.replace(day=1)
        for _ in range(0 if which == "this" else max(1, number)):
            first = (first - dt.timedelta(days=1)).replace(day=1)
        end = published.replace(day=1) - dt.timedelta(days=1) if which != "this" else published
        return _mention(match, first, max(first, end), DatePrecision.MONTH, DateBasis.RELATIVE, published=published)
    year = published.year - (0 if which == "this" else max(1, number))
    last = published if which == "this" else dt.date(year if number == 1 else published.year - 1, 12, 31)
    return _mention(match, dt.date(year, 1, 1), last, DatePrecision.YEAR, DateBasis.RELATIVE, published=published)
