"""An article from a web address, fetched under a strict guard.

Every step counts against one deadline and one limit of bytes, and each redirect is checked like
the first address. See `geodata.sources.addresses` for what may be fetched at all.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from geodata.errors import FetchError, SourceError, UnsafeAddressError
from geodata.settings import settings
from geodata.sources.addresses import Policy, Target, addresses_of, check_address
from geodata.sources.encoding import decode
from geodata.sources.html import article_from_html
from geodata.sources.kinds import looks_like_html, what_it_is
from geodata.sources.text import article_from_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from urllib3.response import BaseHTTPResponse

    from geodata.article import Article
    from geodata.sources.addresses import IPAddress

USER_AGENT = "Mozilla/5.0 (compatible; conflictmap/0.1; reads single pages on request)"

_MOST_REDIRECTS = 5
_MOST_TRIES = 3  # IP addresses of one name that are tried
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_OK = 200
_CHUNK = 65_536  # bytes
_CONNECT_S = 8.0  # seconds for one IP address, so that a dead one leaves time for the next
_DEFAULT_POLICY = Policy()
_STATUS = {
    401: "The page asks for a login: open it in a browser and paste its text.",
    402: "The page has to be paid for: open it in a browser and paste its text.",
    403: "The site does not let programs read this page: open it in a browser and paste its text.",
    404: "There is no page at this address (404): check it.",
    410: "The page is no longer there (410).",
    429: "The site gets too many requests: try again later, or paste the text.",
    451: "The page may not be shown for legal reasons (451).",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: the body, decompressed, and the address after redirects."""

    url: str
    body: bytes
    content_type: str
    charset: str


def fetch_article(
    url: str,
    *,
    timeout_s: float = 20,
    max_bytes: int = 5_000_000,
    policy: Policy = _DEFAULT_POLICY,
    published: dt.date | None = None,
) -> Article:
    """Fetch a page and take its article out.

    Parameters
    ----------
    url
        As entered.
    timeout_s
        Seconds for everything together: look-up, connection, redirects, the page.
    max_bytes
        Bytes of the page, as sent and as decompressed.
    policy
        What may be fetched.
    published
        Day of publication if the user gives it (UTC).

    Raises
    ------
    UnsafeAddressError
        If the address, or one that it leads to, must not be fetched.
    FetchError
        If it does not give a page in time.
    SourceError
        If there is no article in the page.
    ArticleError
        If the article is too long.
    """
    if not settings().fetch_allowed:
        msg = "Fetching from the web is switched off here: open the page in a browser and paste its text."
        raise FetchError(msg)
    page = fetch_page(url, timeout_s=timeout_s, max_bytes=max_bytes, policy=policy)
    kind = what_it_is(page.body)
    if kind:
        msg = f"The address leads to {kind}: open it and paste its text."
        raise SourceError(msg)
    text = "" if page.content_type in _PAGES else decode(page.body, declared=page.charset).text
    if page.content_type in _PAGES or (not page.content_type and looks_like_html(text)):
        return article_from_html(page.body, page.url, charset=page.charset, published=published)
    host = check_address(page.url, policy).host
    return article_from_text(text.replace("\r\n", "\n"), url=page.url, source=host, published=published)


def fetch_page(url: str, *, timeout_s: float, max_bytes: int, policy: Policy = _DEFAULT_POLICY) -> Page:
    """Fetch a page, following redirects; see `fetch_article` for parameters and errors."""
    deadline = time.monotonic() + timeout_s
    address = url
    for _ in range(_MOST_REDIRECTS + 1):
        target = check_address(address, policy)
        with _answer(target, policy, deadline) as response:
            location = response.headers.get("Location", "") if response.status in _REDIRECTS else ""
            if not location:
                return _page(target, response, deadline, max_bytes)
        address = _joined(target.url, location)
    msg = f"The address leads on to others more than {_MOST_REDIRECTS} times: it is not followed further."
    raise FetchError(msg)


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        msg = "The address leads on to one that is not written as a web address is."
        raise UnsafeAddressError(msg) from None


@contextlib.contextmanager
def _answer(target: Target, policy: Policy, deadline: float) -> Iterator[BaseHTTPResponse]:
    """Connect to a checked IP address of the target, ask, and hand over the answer.

    At the deadline the connection is shut, whatever is going on: the time limits of sockets start
    anew with each byte, so a server that sends one byte a second would never run into them.
    """
    connection = _connected(target, addresses_of(target, policy, timeout_s=_left(deadline)), deadline)
    sock = connection.sock
    connection.timeout = _left(deadline)
    watchdog = threading.Timer(_left(deadline), _shut, (sock,))
    watchdog.daemon = True
    watchdog.start()
    try:
        connection.request(
            "GET",
            target.path,
            headers={
                "Host": target.host_header,
                "User-Agent": USER_AGENT,
                "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
                "Accept-Language": "en, *;q=0.5",
                "Accept-Encoding": "gzip",
                "Connection": "close",
            },
            preload_content=False,
            decode_content=False,
        )
        yield connection.getresponse()
    except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        if time.monotonic() >= deadline:
            raise _too_slow() from error
        msg = f"The connection to {target.host} broke off: try again, or paste the text."
        raise FetchError(msg) from error
    finally:
        watchdog.cancel()
        connection.close()


def _connected(target: Target, addresses: list[IPAddress], deadline: float) -> HTTPConnection:
    problem = f"The site {target.host} does not answer: try again later, or paste the text."
    for address in addresses[:_MOST_TRIES]:
        seconds = min(_CONNECT_S, _left(deadline))
        connection: HTTPConnection
        if target.scheme == "https":
            connection = HTTPSConnection(
                str(address),
                target.port,
                timeout=seconds,
                ssl_context=_tls(),
                server_hostname=target.host,
            )
        else:
            connection = HTTPConnection(str(address), target.port, timeout=seconds)
        try:
            connection.connect()
        except ssl.SSLCertVerificationError:
            problem = f"The site {target.host} cannot prove that it is the one it says (its certificate is not valid)."
            connection.close()
        except (HTTPError, OSError, ValueError):
            connection.close()
        else:
            return connection
        if time.monotonic() >= deadline:
            raise _too_slow()
    raise FetchError(problem)


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()  # the organisation's own, where the system has some
    return context


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # Of the plain class: that of an encrypted socket would first drop its state, while it is in use.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow()
    return left


def _too_slow() -> FetchError:
    return FetchError("The site takes too long to send the page: try again later, or paste the text.")


def _page(target: Target, response: BaseHTTPResponse, deadline: float, max_bytes: int) -> Page:
    if response.status != _OK:
        status = response.status
        raise FetchError(
            _STATUS.get(status, f"The site answered with an error ({status}): try again later, or paste the text.")
        )
    content_type, charset = _content_type(response.headers.get("Content-Type", ""))
    if content_type not in _PAGES | {"text/plain", ""}:
        kind = "a PDF" if content_type == "application/pdf" else f"something else ({content_type[:60]})"
        msg = f"The address leads to {kind}, not to a page: open it and paste its text."
        raise FetchError(msg)
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        msg = "The site sends the page compressed in a way that is not read here: paste its text."
        raise FetchError(msg)
    chunks = _chunks(response, deadline, max_bytes)
    if encoding in {"gzip", "x-gzip"}:
        chunks = _inflated(chunks, max_bytes)
    return Page(target.url, b"".join(chunks), content_type, charset)


def _content_type(header: str) -> tuple[str, str]:
    kind, _, rest = header.partition(";")
    charset = next(
        (part.partition("=")[2] for part in rest.split(";") if part.strip().lower().startswith("charset=")), ""
    )
    return "".join(letter for letter in kind.strip().lower() if letter.isprintable()), charset.strip().strip("\"'")


def _chunks(response: BaseHTTPResponse, deadline: float, max_bytes: int) -> Iterator[bytes]:
    received = 0
    while True:
        chunk = response.read1(_CHUNK, decode_content=False)
        _left(deadline)  # a connection that was shut looks like one that has ended
        if not chunk:
            return
        received += len(chunk)
        if received > max_bytes:
            raise _too_large(max_bytes)
        yield chunk


def _inflated(chunks: Iterator[bytes], max_bytes: int) -> Iterator[bytes]:
    """Decompress, never holding more than was allowed: a kilobyte can stand for a megabyte."""
    gzip = 16 + zlib.MAX_WBITS
    inflater = zlib.decompressobj(gzip)
    total = 0
    for chunk in chunks:
        rest = chunk
        while rest:
            try:
                part = inflater.decompress(rest, max_bytes - total + 1)
            except zlib.error:
                msg = "The site sends a page that cannot be decompressed: paste its text."
                raise FetchError(msg) from None
            total += len(part)
            if total > max_bytes:
                raise _too_large(max_bytes)
            yield part
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            if inflater.eof:
                inflater = zlib.decompressobj(gzip)


def _too_large(max_bytes: int) -> FetchError:
    return FetchError(
        f"The page has more than {max_bytes / 1_000_000:g} MB: open it and paste the text of the article."
    )
