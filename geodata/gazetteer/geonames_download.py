"""One file of GeoNames from the web: only when the user gives its address, and only from GeoNames unless told otherwise."""

from __future__ import annotations

import ssl
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import certifi
import urllib3
from urllib3.exceptions import HTTPError

from geodata.errors import FetchError, UnsafeAddressError
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOST = "download.geonames.org"
MOST_BYTES = 2_000_000_000
_CONNECT_S, _READ_S = 15.0, 60.0  # seconds: to connect, and between two pieces
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_CHUNK = 1 << 18  # bytes
_USER_AGENT = "conflictmap/0.1 (reads GeoNames dumps on request)"


def check_dump_address(url: str, *, any_host: bool) -> None:
    """Refuse an address that is not GeoNames' own over https, unless any host is allowed.

    Raises
    ------
    UnsafeAddressError
        Says what is allowed.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or parts.scheme not in {"http", "https"} or parts.username is not None:
        message = (
            "That is not written as a web address is: it looks like https://download.geonames.org/export/dump/IQ.zip."
        )
        raise UnsafeAddressError(message)
    if not any_host and (parts.scheme != "https" or host.lower() != HOST or parts.port not in {None, 443}):
        message = f"Dumps are only fetched from https://{HOST}; for another place that you trust, add --any-host."
        raise UnsafeAddressError(message)


def file_name(url: str) -> str:
    """Return the name of the file at the end of an address."""
    return PurePosixPath(unquote(urlsplit(url).path)).name[:100]


def download(
    url: str,
    target: Path,
    *,
    any_host: bool = False,
    max_bytes: int = MOST_BYTES,
    moved: Callable[[float], None] | None = None,
) -> None:
    """Write what is at an address to a file.

    Parameters
    ----------
    url
        As entered; every redirect is checked like it.
    target
        The file to write; what was written stays there when the download fails: it is the caller's to remove.
    any_host
        Whether other hosts, and plain http, are allowed.
    max_bytes
        Limit.
    moved
        Called with the share that is there, 0 to 1, where the server says how much there is.

    Raises
    ------
    UnsafeAddressError
        If the address, or one that it leads to, is not allowed.
    FetchError
        If it does not give the file.
    """
    if not settings().fetch_allowed:
        message = "Fetching from the web is switched off here: download the file with a browser and give its path."
        raise FetchError(message)
    tls = ssl.create_default_context(cafile=certifi.where())
    tls.load_default_certs()  # the organisation's own, where the system has some
    pool = urllib3.PoolManager(
        ssl_context=tls, timeout=urllib3.Timeout(connect=_CONNECT_S, read=_READ_S), retries=False
    )
    with pool:
        try:
            _download(pool, url, target, any_host=any_host, max_bytes=max_bytes, moved=moved)
        except HTTPError as error:
            message = f"{urlsplit(url).hostname} does not answer, or the connection broke off: try again later."
            raise FetchError(message) from error


def _download(
    pool: urllib3.PoolManager,
    url: str,
    target: Path,
    *,
    any_host: bool,
    max_bytes: int,
    moved: Callable[[float], None] | None,
) -> None:
    for _ in range(_MOST_REDIRECTS + 1):
        check_dump_address(url, any_host=any_host)
        response = pool.request(
            "GET", url, headers={"User-Agent": _USER_AGENT}, redirect=False, preload_content=False, decode_content=False
        )
        try:
            if response.status in _REDIRECTS and (location := response.headers.get("Location")):
                url = urljoin(url, location)
                continue
            if response.status != _OK:
                message = f"{file_name(url) or 'The address'} cannot be downloaded: the server says {response.status}."
                raise FetchError(message)
            _save(response, target, max_bytes, moved)
            return
        finally:
            response.close()
    message = f"The address leads on to others more than {_MOST_REDIRECTS} times: it is not followed further."
    raise FetchError(message)


def _save(
    response: urllib3.BaseHTTPResponse, target: Path, max_bytes: int, moved: Callable[[float], None] | None
) -> None:
    announced = response.headers.get("Content-Length", "")
    size = int(announced) if announced.isascii() and announced.isdigit() else 0
    received = 0
    with target.open("wb") as file:
        while size <= max_bytes and (chunk := response.read(_CHUNK, decode_content=False)):
            received += len(chunk)
            if received > max_bytes:
                break
            file.write(chunk)
            if moved and size:
                moved(min(1.0, received / size))
    if max(size, received) > max_bytes:
        message = f"The file has more than {max_bytes / 1e9:g} GB: that is no dump of GeoNames."
        raise FetchError(message)
    if size and received < size:
        message = "The connection broke off before the file was whole: try again later."
        raise FetchError(message)
