"""When this browser was here before: kept in a cookie, so that nobody needs an account.

A visit lasts until nothing was done for half an hour. The cookie holds two moments, the end of
the visit before this one and the last sign of life in this one, as seconds since 1970 by the
server's clock. It says nothing about who it is, and goes to nobody but this server.
"""

from __future__ import annotations

import datetime as dt
import re

COOKIE = "conflictmap_visit"
PAUSE = dt.timedelta(minutes=30)
_VALUE = re.compile(r"(\d{1,11})-(\d{1,11})", re.ASCII)
_MOST_AGE_S = 366 * 24 * 3600


def last_visit(cookie: str, now: dt.datetime) -> dt.datetime | None:
    """Return the end of the visit before this one, None when there was none.

    Parameters
    ----------
    cookie
        The cookie's value as the browser sent it; anything that is not ours counts as none.
    now
        The present moment, UTC.
    """
    before, seen = _read(cookie, now)
    if seen is None:
        return None
    return seen if now - seen > PAUSE else before


def next_cookie(before: dt.datetime | None, now: dt.datetime) -> str:
    """Return what the browser is to keep, as it is given to ``document.cookie``.

    Parameters
    ----------
    before
        The end of the visit before this one.
    now
        The present moment, UTC; written to the minute, so that not every click writes a cookie.
    """
    minute = now.replace(second=0, microsecond=0)
    value = f"{int(before.timestamp()) if before else 0}-{int(minute.timestamp())}"
    return f"{COOKIE}={value}; path=/; max-age={_MOST_AGE_S}; samesite=lax"


def _read(cookie: str, now: dt.datetime) -> tuple[dt.datetime | None, dt.datetime | None]:
    found = _VALUE.fullmatch(cookie)
    if found is None:
        return None, None
    before, seen = (int(part) for part in found.groups())
    if seen > now.timestamp() or before > seen:  # from a clock that went wrong
        return None, None
    return dt.datetime.fromtimestamp(before, dt.UTC) if before else None, dt.datetime.fromtimestamp(seen, dt.UTC)
