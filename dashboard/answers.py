"""What the routes beside Streamlit have in common: reading a query, and answering it so that it can be kept."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from dashboard import resources
from dashboard.maps.data import compact_json
from geodata.errors import ConflictmapError, SafetyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

    from geodata.store import Store

FAILED = "This could not be answered: the log of the server says why."
_log = logging.getLogger("conflictmap")

# For an address that names the version of what it gives: it never has to be asked for again.
LONG = "public, max-age=2592000, immutable"


class BadQueryError(ValueError):
    """A query of the API that cannot be answered; the text is one sentence."""


def query_of(request: Request) -> dict[str, list[str]]:
    """Return the values of a query by key."""
    query: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        query.setdefault(key, []).append(value)
    return query


def etag_of(*parts: str) -> str:
    """Return a weak ETag that changes when any part does."""
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
    return f'W/"{digest[:24]}"'


def answer(
    request: Request,
    body: bytes,
    *,
    etag: str,
    cache: str = "no-cache",
    media_type: str = "application/json",
    gzipped: bytes | None = None,
) -> Response:
    """Answer with a body, compressed if the browser takes that, or with 304 if it has it already.

    Parameters
    ----------
    request
        What is answered.
    body, gzipped
        The body, and the same compressed if there is that.
    etag
        See `etag_of`.
    cache
        The Cache-Control header.
    media_type
        The Content-Type header.
    """
    headers = {"etag": etag, "cache-control": cache}
    if gzipped is not None:
        headers["vary"] = "accept-encoding"
    if has_it(request, etag):
        return Response(status_code=304, headers=headers)
    if gzipped is not None and takes_gzip(request):
        return Response(gzipped, media_type=media_type, headers=headers | {"content-encoding": "gzip"})
    return Response(body, media_type=media_type, headers=headers)


def takes_gzip(request: Request) -> bool:
    """Tell whether the browser takes an answer that is compressed."""
    return "gzip" in request.headers.get("accept-encoding", "")


def has_it(request: Request, etag: str) -> bool:
    """Tell whether the browser says that it has what an ETag stands for."""
    sent = request.headers.get("if-none-match", "")
    return any(part.strip() == etag for part in sent.split(","))


def sorry(message: str, status: int) -> Response:
    """Answer that something cannot be answered, in one sentence."""
    return JSONResponse({"error": message}, status_code=status, headers={"cache-control": "no-store"})


def refused(error: BadQueryError | ConflictmapError) -> Response:
    """Answer that something cannot be answered: 400 for a query, 403 for what must not be shared, else 503."""
    if isinstance(error, BadQueryError):
        return sorry(str(error), 400)
    return sorry(str(error), 403 if isinstance(error, SafetyError) else 503)


def answer_from_store(
    request: Request, make: Callable[[Store, Mapping[str, Sequence[str]]], dict[str, Any]]
) -> Response:
    """Answer with what the store says to a query, as JSON; unchanged until the store changes.

    Parameters
    ----------
    request
        What is answered.
    make
        From the store and the query to the answer; `BadQueryError` where the query cannot be answered.
    """
    try:
        store = resources.store()
        etag = etag_of(store.version, request.url.path, request.url.query)
        # Asked first, so that what the browser has already is not made again.
        body = b"" if has_it(request, etag) else compact_json(make(store, query_of(request)))
    except (BadQueryError, ConflictmapError) as error:
        return refused(error)
    except Exception:  # noqa: BLE001  a mistake of ours, of whose cause nobody would hear else
        _log.exception("No answer to %s?%s", request.url.path, request.url.query)
        return sorry(FAILED, 500)
    return answer(request, body, etag=etag)
