"""Which addresses are fetched at all, however they are written."""

from __future__ import annotations

import contextlib
import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import ConflictmapError, UnsafeAddressError
from geodata.sources.addresses import Policy, addresses_of, check_address, is_public
from geodata.sources.web import fetch_article

steady = settings(deadline=None)  # the machine may be busy, and models load at first use


@pytest.mark.parametrize(
    "url",
    [
        "", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "//example.org",
        "example.org", "http://", "http:///path", "http://user@example.org/", "http://a:b@example.org/",
        "http://example.org@127.0.0.1/", "http://example.org:22/", "http://example.org:0/", "http://example.org:99999/",
        "http://example.org:x/", "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "http://example.org/\nx",
        "http://exam\tple.org", "http://127.0.0.1/", "HTTP://LOCALHOST/", "http://localhost./", "http://a.localhost/",
        "http://printer/", "http://printer.local/", "http://metadata.google.internal/", "http://127.1/", "http://0/",
        "http://0177.0.0.1/", "http://0x7f.0.0.1/", "http://2130706433/", "http://127.0.0.1./", "http://１２７.0.0.1/",
        "http://127。0。0。1/", "http://①②⑦.0.0.1/", "http://[::]/", "http://[::1]/", "http://[fe80::1%25eth0]/",
        "http://[::ffff:8.8.8.8]/", "http://[64:ff9b::808:808]/", "http://[2002:7f00:1::]/", "http://[fd00::1]/",
        "http://[ff02::1]/", "http://100.64.0.1/", "http://169.254.169.254/", "http://168.63.129.16/",
        "http://192.0.0.192/", "http://224.0.0.1/", "http://255.255.255.255/", "http://1.2.3.4.5/", "http://1.2.3.256/",
        "http://example..org/", "http://-example.org/", "http://exa%6dple.org/", "http://[1.2.3.4]/", "http://a\u200bb.org/",
        "http://\u202eexample.org/", "http://" + "a" * 64 + ".org/", "http://example.org/" + "a" * 2000,
    ],
)  # fmt: skip
def test_refused_by_how_it_is_written(url):
    policy = Policy(resolve=lambda _host, _port: pytest.fail("nothing is looked up"))
    with pytest.raises(UnsafeAddressError) as refused:
        fetch_article(url, policy=policy)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("  http://example.org/a?b=c#d ", "http://example.org/a?b=c"),
        ("http://example.org.:80/", "http://example.org/"),
        ("http://bücher.example.com/ä b".replace(" ", "%20"), "http://xn--bcher-kva.example.com/%C3%A4%20b"),
        ("http://example。org/", "http://example.org/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("https://[2606:4700::1111]/x", "https://[2606:4700::1111]/x"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("https://example.org?q=1", "https://example.org/?q=1"),
    ],
)
def test_accepted_and_brought_into_one_form(url, normal):
    assert check_address(url, Policy()).url == normal


@steady
@given(st.ip_addresses())
def test_no_address_that_python_calls_special_is_public(ip):
    if is_public(ip):
        assert ip.is_global
        assert not any((ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_reserved))
        assert getattr(ip, "ipv4_mapped", None) is None
        assert getattr(ip, "sixtofour", None) is None
        assert getattr(ip, "teredo", None) is None


@steady
@given(st.ip_addresses(v=4))
def test_ipv4_inside_ipv6_is_never_public(ip):
    for prefix in ("::ffff:0:0", "::", "64:ff9b::", "64:ff9b:1::", "::ffff:0:0:0"):
        assert not is_public(ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) + int(ip)))


inner = st.sampled_from(
    ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "0.0.0.0/8"]
).flatmap(lambda network: st.ip_addresses(network=network))


@steady
@given(
    inner,
    st.sampled_from(["dec", "hex", "oct", "hexes", "octs", "short", "mapped", "plain", "dot", "wide"]),
    st.booleans(),
)
def test_no_spelling_of_an_inner_address_passes(ip, spelling, upper):
    octets = ip.packed
    host = {
        "dec": str(int(ip)),
        "hex": hex(int(ip)),
        "oct": f"0{int(ip):o}",
        "hexes": ".".join(hex(octet) for octet in octets),
        "octs": ".".join(f"0{octet:o}" for octet in octets),
        "short": f"{octets[0]}.{int.from_bytes(octets[1:])}",
        "mapped": f"[::ffff:{ip}]",
        "plain": str(ip),
        "dot": f"{ip}.",
        "wide": str(ip).translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)} | {ord("."): "。"}),
    }[spelling]
    with pytest.raises(UnsafeAddressError):
        check_address(f"http://{host.upper() if upper else host}/", Policy())


@steady
@given(inner)
def test_no_name_leads_inside(ip):
    policy = Policy(resolve=lambda _host, _port: ["8.8.8.8", str(ip)])
    with pytest.raises(UnsafeAddressError):
        addresses_of(check_address("http://news.example.com/", policy), policy, timeout_s=5)


@steady
@given(st.one_of(st.text(max_size=60), st.text(max_size=40).map(lambda tail: "http://" + tail)))
def test_any_text_is_checked_without_any_other_error(url):
    with contextlib.suppress(ConflictmapError):
        target = check_address(url, Policy())
        assert target.url.isascii()
        assert check_address(target.url, Policy()) == target
        assert " " not in target.url
