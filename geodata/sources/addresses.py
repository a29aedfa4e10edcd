"""Which web addresses may be fetched: public ones on the web's own ports, and no others.

A person may enter any address, and a page may send us on to any other, so each is checked, by
name and by every IP address that its name stands for. The caller connects to an address that
was checked here, never to the name again: the name could stand for another address by then.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import idna

from geodata.errors import FetchError, UnsafeAddressError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_LONGEST = 2_000  # characters of an address
_LONGEST_NAME = 253  # characters of a host name (RFC 1035)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"\d+|0x[0-9a-f]*")
_QUAD = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}")
_DOTS = str.maketrans("。．｡", "...")
# Names of the machine and of local networks (RFC 6761, 6762, 8375, and common practice).
_LOCAL_ENDINGS = (
    "localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "localdomain",
    "in-addr.arpa", "ip6.arpa", "onion",
)  # fmt: skip

# Special-purpose addresses (IANA registries, RFC 6890 and later). Written out, because what
# Python's `is_global` says has changed between its releases.
_CLOSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # answers inside Azure, though its number is public
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32", "2002::/16",  # documentation; 6to4, which carries any IPv4 address
        "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip
# Everything else in IPv6 is local, mapped or translated IPv4, multicast, or not given out yet.
_GIVEN_OUT = ipaddress.ip_network("2000::/3")


def is_public(address: IPAddress) -> bool:
    """Tell whether an IP address belongs to the public internet, and to a single machine there."""
    if isinstance(address, ipaddress.IPv6Address) and (address.scope_id is not None or address not in _GIVEN_OUT):
        return False
    return address.is_global and not any(address in network for network in _CLOSED)


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the IP addresses of a host name.

    Raises
    ------
    OSError
        If it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What may be fetched. The default is for real use; tests pass their own.

    Parameters
    ----------
    is_allowed
        Tells whether an IP address may be connected to.
    ports
        Ports that may be connected to.
    resolve
        Gives the IP addresses of a host name and port; raises OSError when there are none.
    local_names
        Host names of this machine or its network that may be asked for all the same.
    """

    is_allowed: Callable[[IPAddress], bool] = is_public
    ports: frozenset[int] = frozenset({80, 443})
    resolve: Callable[[str, int], Sequence[str]] = resolve
    local_names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: `host` in ASCII and without brackets, `path` with its query, quoted."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The host as the Host header and an address have it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"http": 80, "https": 443}[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in its normal form."""
        return f"{self.scheme}://{self.host_header}{self.path}"


def check_address(url: str, policy: Policy) -> Target:
    """Check an address by how it is written; its host name is not looked up yet.

    Raises
    ------
    UnsafeAddressError
        If it must not be fetched; the text says why.
    """
    written = url.strip()
    if not written:
        raise UnsafeAddressError("Enter the address of a page, like https://example.org/news.")  # noqa: EM101, TRY003
    _refuse(len(written) > _LONGEST, f"The address is longer than {_LONGEST:,} characters.")
    odd = any(letter.isspace() or letter == "\\" or not letter.isprintable() for letter in written)
    _refuse(odd, "The address holds spaces or characters that no address has.")
    try:
        parts = urlsplit(written)
        port = parts.port
        name = parts.hostname or ""
    except ValueError:
        raise UnsafeAddressError("The address is not written as a web address is: check it.") from None  # noqa: EM101, TRY003
    scheme = parts.scheme.lower()
    _refuse(scheme not in {"http", "https"}, "Only addresses that begin with http:// or https:// can be fetched.")
    _refuse("@" in parts.netloc, "The address holds a user name or a password: leave it out.")
    _refuse(not name or "%" in parts.netloc, "The address names no host that can be understood.")
    port = port if port is not None else {"http": 80, "https": 443}[scheme]
    _refuse(port not in policy.ports, f"The address uses port {port}: only the ports of the web (80, 443) are fetched.")
    host = _check_host(name, policy)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    return Target(scheme, host, port, path + (f"?{query}" if query else ""))


def addresses_of(target: Target, policy: Policy, *, timeout_s: float) -> list[IPAddress]:
    """Look up the IP addresses of a checked address; all of them have to be allowed.

    Raises
    ------
    UnsafeAddressError
        If any of them must not be connected to.
    FetchError
        If there are none, or the look-up takes longer than `timeout_s`.
    """
    literal = _ip(target.host)
    if literal is not None:
        found = [literal]
    else:
        found = [address for text in _look_up(target, policy, timeout_s) if (address := _ip(text)) is not None]
    if not found:
        msg = f"No site was found at {target.host}: check the address."
        raise FetchError(msg)
    _refuse(not all(policy.is_allowed(address) for address in found), _inside(target.host))
    return found


def _refuse(condition: bool, message: str) -> None:  # noqa: FBT001 - reads as "refuse if"
    if condition:
        raise UnsafeAddressError(message)


def _inside(host: str) -> str:
    return f"The address leads to {host}, which is not on the public internet: it is not fetched."


def _check_host(name: str, policy: Policy) -> str:
    if ":" in name:
        literal = _ip(name)
        _refuse(literal is None, "The address names no host that can be understood.")
        _refuse(literal is not None and not policy.is_allowed(literal), _inside(name))
        return str(literal)
    host = _ascii_name(name)
    labels = host.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        # 2130706433, 0x7f.1 and 0177.0.0.1 are all 127.0.0.1 to some programs.
        literal = _ip(host) if _QUAD.fullmatch(host) else None
        _refuse(literal is None, "The address names its host by a number in an unusual form: it is not fetched.")
        _refuse(literal is not None and not policy.is_allowed(literal), _inside(host))
        return host
    _refuse(not all(_LABEL.fullmatch(label) for label in labels), "The address names no host that can be understood.")
    local = len(labels) == 1 or any(host == ending or host.endswith("." + ending) for ending in _LOCAL_ENDINGS)
    _refuse(local and host not in policy.local_names, _inside(host))
    return host


def _ascii_name(name: str) -> str:
    wide = unicodedata.normalize("NFKC", name.translate(_DOTS)).translate(_DOTS).lower()
    wide = wide.removesuffix(".")
    try:
        host = wide if wide.isascii() else idna.encode(wide[:_LONGEST_NAME], uts46=True).decode("ascii")
    except UnicodeError:  # idna's own errors are UnicodeErrors
        host = ""
    _refuse(not host or len(host) > _LONGEST_NAME, "The address names no host that can be understood.")
    return host


def _ip(text: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _look_up(target: Target, policy: Policy, timeout_s: float) -> Sequence[str]:
    """Resolve with a time limit, which the system's resolver has not: it waits in a thread."""
    answers: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(policy.resolve(target.host, target.port))
        except (OSError, UnicodeError):
            answers.put([])

    threading.Thread(target=ask, name="conflictmap-resolve", daemon=True).start()
    try:
        return answers.get(timeout=max(0.01, timeout_s))
    except queue.Empty:
        msg = f"The name {target.host} could not be looked up in time: try again later."
        raise FetchError(msg) from None
