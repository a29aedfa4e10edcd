"""Messages to a program: HTTP POST of JSON, signed as Standard Webhooks 1.0 says, tried again with growing pauses."""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import http.client
import ssl
import time
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from geodata import __version__
from geodata.errors import DeliveryError, FetchError, UnsafeAddressError
from geodata.sources.addresses import Policy, addresses_of, check_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.sharing.messages import Message
    from geodata.sources.addresses import Target

TIMEOUT_S = 20.0
PAUSES_S = (1.0, 4.0, 16.0)  # before the second, third and fourth try
_LONGEST_PAUSE_S = 120.0  # that a server may ask for
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LEADS_ON = range(300, 400)
_ALL_PORTS = frozenset(range(1, 65536))
_SECRET = "whsec_"  # noqa: S105  how secrets in Base64 begin, says the standard


class _TryAgainError(Exception):
    """It may work later; `after_s` when the server says how much later."""

    def __init__(self, why: str, after_s: float | None = None) -> None:
        super().__init__(why)
        self.after_s = after_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A program that is told.

    Parameters
    ----------
    url
        Its address; of the public internet, unless its host and port are among `hosts`.
    secret
        Signs what is sent; empty for no signature.
    hosts
        Hosts with ports inside this network that may be told: "127.0.0.1:9000".
    sleep
        Waits so many seconds.
    """

    url: str
    secret: str = field(default="", repr=False)
    hosts: Sequence[str] = ()
    sleep: Callable[[float], None] = time.sleep

    def check(self) -> None:
        """Look at the address, without asking anybody.

        Raises
        ------
        DeliveryError
            If nothing may be sent there.
        """
        self._target()

    def deliver(self, message: Message) -> None:
        """Send a message.

        Raises
        ------
        DeliveryError
            If it was not taken, after several tries where these made sense.
        """
        target, policy = self._target()
        body = message.body.encode()
        for pause in (*PAUSES_S, None):
            try:
                return self._post(target, policy, message.key, body)
            except _TryAgainError as problem:
                if pause is None:
                    msg = f"{target.host} was not told: {problem}. The message is kept, and sent by the next run."
                    raise DeliveryError(msg) from problem
                self.sleep(min(max(pause, problem.after_s or 0.0), _LONGEST_PAUSE_S))
        return None

    def _target(self) -> tuple[Target, Policy]:
        try:
            parts = urlsplit(self.url.strip())
            port = parts.port or {"https": 443}.get(parts.scheme, 80)
            name = parts.hostname or ""
        except ValueError:
            msg = "The address of the webhook is not written as a web address is: check it."
            raise DeliveryError(msg) from None
        host = f"[{name}]" if ":" in name else name
        is_ours = f"{host}:{port}".lower() in self.hosts
        policy = Policy(
            is_allowed=(lambda _: True) if is_ours else Policy().is_allowed,
            ports=_ALL_PORTS,
            local_names=frozenset({name}) if is_ours else frozenset(),
        )
        try:
            return check_address(self.url, policy), policy
        except UnsafeAddressError as error:
            raise _refused(host, port) from error

    def _post(self, target: Target, policy: Policy, key: str, body: bytes) -> None:
        deadline = time.monotonic() + TIMEOUT_S
        try:
            addresses = addresses_of(target, policy, timeout_s=TIMEOUT_S)
        except UnsafeAddressError as error:
            raise _refused(target.host, target.port) from error
        except FetchError as error:
            raise _TryAgainError(str(error).rstrip(".")) from error
        headers = {
            "Host": target.host_header,
            "User-Agent": f"conflictmap/{__version__}",
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": key,
            "Connection": "close",
            **signed(key, body, self.secret, moment=int(time.time())),
        }
        for address in addresses[:-1]:
            with contextlib.suppress(_TryAgainError):
                return _ask(target, str(address), headers, body, deadline)
        return _ask(target, str(addresses[-1]), headers, body, deadline)


def signed(key: str, body: bytes, secret: str, *, moment: int) -> dict[str, str]:
    """Return the headers by which a receiver knows a message: its key, the time, and the signature.

    Parameters
    ----------
    key
        The message's.
    body
        As it is sent.
    secret
        ``whsec_`` and Base64, or any text, whose UTF-8 bytes are taken; empty for no signature.
    moment
        Seconds since 1970: a receiver refuses what is old, so that nobody can send it again later.

    Raises
    ------
    DeliveryError
        If the secret is not written as it says.
    """
    headers = {"webhook-id": key, "webhook-timestamp": str(moment)}
    if secret:
        try:
            known = (
                base64.b64decode(secret.removeprefix(_SECRET), validate=True)
                if secret.startswith(_SECRET)
                else secret.encode()
            )
        except binascii.Error as error:
            msg = f"CONFLICTMAP_WEBHOOK_SECRET begins with {_SECRET} but is no Base64 behind it."
            raise DeliveryError(msg) from error
        digest = hmac.digest(known, f"{key}.{moment}.".encode() + body, hashlib.sha256)
        headers["webhook-signature"] = f"v1,{base64.b64encode(digest).decode()}"
    return headers


def _ask(target: Target, address: str, headers: dict[str, str], body: bytes, deadline: float) -> None:
    """Post to an IP address that was checked; never to the name, which could stand for another one by now."""
    left = max(0.1, deadline - time.monotonic())
    connection: HTTPConnection
    if target.scheme == "https":
        connection = HTTPSConnection(
            address, target.port, timeout=left, ssl_context=_tls(), server_hostname=target.host
        )
    else:
        connection = HTTPConnection(address, target.port, timeout=left)
    try:
        connection.request("POST", target.path, body=body, headers=headers, preload_content=False)
        response = connection.getresponse()
        status, after = response.status, response.headers.get("Retry-After", "")
    except ssl.SSLCertVerificationError as error:
        msg = f"{target.host} was not told: it cannot prove that it is the one it says (its certificate is not valid)."
        raise DeliveryError(msg) from error
    except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        why = "it does not answer"
        raise _TryAgainError(why) from error
    finally:
        connection.close()
    if 200 <= status < 300:  # noqa: PLR2004  all that begin with 2 mean that it was taken
        return
    if status in _TRY_AGAIN:
        why = f"it answered with {status}"
        raise _TryAgainError(why, float(after) if after.isascii() and after.isdigit() and len(after) < 10 else None)  # noqa: PLR2004
    leads_on = (
        "it leads on to another address, which is not followed" if status in _LEADS_ON else f"it answered with {status}"
    )
    msg = f"{target.host} was not told: {leads_on}. Check the address of the webhook; the message is kept."
    raise DeliveryError(msg)


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()  # the organisation's own, where the system has some
    return context


def _refused(host: str, port: int) -> DeliveryError:
    return DeliveryError(
        f"The webhook at {host}:{port} is not on the public internet, or its address is not written as one: "
        f"nothing is sent there. If it is yours, set CONFLICTMAP_WEBHOOK_HOSTS={host}:{port}."
    )
