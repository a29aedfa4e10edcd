from __future__ import annotations

import contextlib
import gzip
import ipaddress
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

from geodata.article import PublishedBasis
from geodata.errors import FetchError, SourceError, UnsafeAddressError
from geodata.sources import web
from geodata.sources.addresses import Policy
from geodata.sources.web import fetch_article, fetch_page

steady = settings(deadline=None)  # the machine may be busy, and models load at first use

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Forces enter Kirkuk</title>
<meta property="article:published_time" content="2017-10-16T09:00:00Z"></head><body><article>
<h1>Forces enter Kirkuk</h1><p>KIRKUK, Iraq - Iraqi forces entered Kirkuk on Monday, residents said.</p>
<p>Peshmerga fighters withdrew to the north of the city – without a fight.</p><script>evil()</script>
</article></body></html>""".encode()
CERTIFICATE = Path(__file__).parent / "certificates" / "news.example.com.pem"
LOOPBACK = ipaddress.ip_address("127.0.0.1")


class Site:
    """A web server on this machine; `routes` are functions of the request handler."""

    def __init__(self, tls=None):
        site = self
        self.routes, self.seen = {}, []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.seen.append((self.headers["Host"], self.path))
                with contextlib.suppress(OSError):
                    site.routes[self.path](self)
                self.close_connection = True

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def policy(self, names=None):
        names = {"news.example.com": ["127.0.0.1"]} if names is None else names

        def resolve(host, _port):
            if host not in names:
                raise socket.gaierror
            answer = names[host]
            return answer() if callable(answer) else answer

        return Policy(is_allowed=lambda ip: ip == LOOPBACK, ports=frozenset({self.port}), resolve=resolve)

    def url(self, path="/", host="news.example.com"):
        return f"http://{host}:{self.port}{path}"

    def add(self, path, body=PAGE, status=200, **headers):
        def answer(handler):
            handler.send_response(status)
            sent = {"Content-Type": "text/html", "Content-Length": str(len(body))}
            sent |= {name.replace("_", "-"): value for name, value in headers.items()}
            for name, value in sent.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        self.routes[path] = answer


@pytest.fixture
def site():
    it = Site()
    yield it
    it.close()


def test_a_page_becomes_an_article(site):
    site.add("/2017/news")
    article = fetch_article(site.url("/2017/news"), policy=site.policy())
    assert article.title == "Forces enter Kirkuk"
    assert "Peshmerga fighters withdrew to the north of the city – without a fight." in article.text
    assert "evil" not in article.text
    assert article.url == site.url("/2017/news")
    assert (article.published.isoformat(), article.published_basis) == ("2017-10-16", PublishedBasis.METADATA)
    assert site.seen == [(f"news.example.com:{site.port}", "/2017/news")]


def test_plain_text_and_its_declared_encoding(site):
    site.add("/a.txt", "Иракские войска вошли в Киркук".encode("koi8-r"), Content_Type="text/plain; charset=KOI8-R")
    article = fetch_article(site.url("/a.txt"), policy=site.policy())
    assert article.text == "Иракские войска вошли в Киркук"
    assert article.source == "news.example.com"


def test_redirects_are_followed(site):
    site.add("/a", b"", 301, Location="/b")
    site.add("/b", b"", 302, Location=f"//news.example.com:{site.port}/c")
    site.add("/c")
    assert fetch_article(site.url("/a"), policy=site.policy()).url == site.url("/c")


def test_a_loop_of_redirects_ends(site):
    site.add("/a", b"", 302, Location="/a")
    with pytest.raises(FetchError, match="more than 5 times"):
        fetch_article(site.url("/a"), policy=site.policy())
    assert len(site.seen) == 6


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "file:///etc/passwd",
        "http://news.example.com:22/",
        "http://user:secret@news.example.com/",
        "http://inside.example.com/",
        "//2130706433/",
        "http://[bad/",
    ],
)
def test_a_redirect_is_checked_like_the_first_address(site, location):
    site.add("/a", b"", 302, Location=location)
    policy = site.policy({"news.example.com": ["127.0.0.1"], "inside.example.com": ["10.1.2.3"]})
    with pytest.raises(UnsafeAddressError):
        fetch_article(site.url("/a"), policy=policy)
    assert len(site.seen) == 1


def test_a_name_that_changes_its_address_is_looked_up_once_per_step(site):
    site.add("/a")
    asked = []

    def rebinding():
        asked.append(1)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    fetch_article(site.url("/a"), policy=site.policy({"news.example.com": rebinding}))
    assert len(asked) == 1
    with pytest.raises(UnsafeAddressError):
        fetch_article(site.url("/a"), policy=site.policy({"news.example.com": rebinding}))
    assert len(site.seen) == 1


def test_one_inner_address_among_public_ones_is_enough_to_refuse(site):
    with pytest.raises(UnsafeAddressError):
        fetch_article(site.url("/a"), policy=site.policy({"news.example.com": ["127.0.0.1", "192.168.0.1"]}))
    assert site.seen == []


def test_the_server_of_this_machine_is_out_of_reach_by_default(site):
    site.add("/")
    for host in (
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0",
        "2130706433",
        "127.1",
        "0x7f000001",
    ):
        with pytest.raises(UnsafeAddressError):
            fetch_article(f"http://{host}:{site.port}/")
        with pytest.raises(UnsafeAddressError):
            fetch_article(f"http://{host}/")
    assert site.seen == []


def test_a_page_that_never_ends_stops_at_the_limit(site):
    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while True:
            handler.wfile.write(b"<p>more</p>" * 1000)

    site.routes["/a"] = endless
    with pytest.raises(FetchError, match=r"more than 0\.2 MB"):
        fetch_article(site.url("/a"), policy=site.policy(), max_bytes=200_000)


@pytest.mark.parametrize("part", ["header", "body", "nothing", "chunks"])
def test_a_server_that_trickles_ends_by_the_deadline(site, part):
    stop = threading.Event()

    def slow(handler):
        if part == "header":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        elif part == "chunks":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        elif part == "body":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not stop.wait(0.05):
            if part != "nothing":
                handler.wfile.write(b"1\r\na\r\n" if part == "chunks" else b"a")

    site.routes["/a"] = slow
    start = time.monotonic()
    with pytest.raises(FetchError, match="too long"):
        fetch_article(site.url("/a"), policy=site.policy(), timeout_s=0.5)
    stop.set()
    assert time.monotonic() - start < 3


def test_a_look_up_that_hangs_ends_by_the_deadline():
    stop = threading.Event()
    policy = Policy(resolve=lambda _host, _port: stop.wait(20) and [])
    with pytest.raises(FetchError, match="looked up in time"):
        fetch_article("https://news.example.com/", policy=policy, timeout_s=0.2)
    stop.set()


def test_a_compressed_page_is_read_and_a_bomb_is_not(site):
    site.add("/page", gzip.compress(PAGE), Content_Encoding="gzip")
    site.add("/two", gzip.compress(PAGE[:300]) + gzip.compress(PAGE[300:]), Content_Encoding="gzip")
    site.add("/bomb", gzip.compress(b"\0" * 200_000_000, 1), Content_Encoding="gzip")
    site.add("/broken", b"no gzip", Content_Encoding="gzip")
    site.add("/brotli", b"x", Content_Encoding="br")
    assert fetch_page(site.url("/page"), timeout_s=5, max_bytes=10_000, policy=site.policy()).body == PAGE
    assert fetch_page(site.url("/two"), timeout_s=5, max_bytes=10_000, policy=site.policy()).body == PAGE
    for path, said in (("/bomb", "more than 5 MB"), ("/broken", "decompressed"), ("/brotli", "compressed")):
        with pytest.raises(FetchError, match=said):
            fetch_article(site.url(path), policy=site.policy())


@pytest.mark.parametrize(
    ("status", "headers", "body", "said"),
    [
        (404, {}, b"", "no page at this address"),
        (403, {}, b"", "paste its text"),
        (500, {}, b"", "an error \\(500\\)"),
        (302, {}, b"", "an error \\(302\\)"),
        (200, {"Content_Type": "application/pdf"}, b"x", "a PDF"),
        (200, {"Content_Type": "image/png"}, b"x", "image/png"),
        (200, {"Content_Type": "text/html"}, b"%PDF-1.7", "a PDF"),
        (200, {"Content_Type": "text/html"}, b"", "No article"),
        (200, {"Content_Length": "999"}, b"<p>cut", "broke off"),
    ],
)
def test_what_is_no_page_is_said_in_a_sentence(site, status, headers, body, said):
    site.add("/a", body, status, **headers)
    with pytest.raises(SourceError, match=said):
        fetch_article(site.url("/a"), policy=site.policy())


def test_a_server_that_talks_nonsense(site):
    site.routes["/a"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
    with pytest.raises(FetchError, match="broke off"):
        fetch_article(site.url("/a"), policy=site.policy())


def test_a_site_that_is_not_there(site):
    with pytest.raises(FetchError, match="No site was found"):
        fetch_article(site.url(host="gone.example.com"), policy=site.policy())
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    policy = Policy(is_allowed=lambda _ip: True, ports=frozenset({port}), resolve=lambda _host, _port: ["127.0.0.1"])
    with pytest.raises(FetchError, match="does not answer"):
        fetch_article(f"http://news.example.com:{port}/", policy=policy)


def test_an_encrypted_connection_names_the_host_and_goes_to_the_checked_address():
    hello = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def listen():
            peer, _ = server.accept()
            with peer:
                hello.append(peer.recv(4096))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        policy = Policy(
            is_allowed=lambda _ip: True, ports=frozenset({port}), resolve=lambda _host, _port: ["127.0.0.1"]
        )
        with pytest.raises(FetchError):
            fetch_article(f"https://news.example.com:{port}/", policy=policy, timeout_s=5)
        thread.join(5)
    assert b"news.example.com" in hello[0]


def test_certificates_are_checked_against_the_name(monkeypatch):
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(CERTIFICATE)
    secure = Site(server)
    secure.add("/a")
    policy = secure.policy({"news.example.com": ["127.0.0.1"], "other.example.com": ["127.0.0.1"]})
    address = f"https://news.example.com:{secure.port}/a"
    with pytest.raises(FetchError, match="certificate"):  # nobody vouches for it
        fetch_article(address, policy=policy)
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    monkeypatch.setattr(web, "_tls", lambda: trusting)
    assert fetch_article(address, policy=policy).url == address
    with pytest.raises(FetchError, match="certificate"):  # it is another site's
        fetch_article(address.replace("news", "other"), policy=policy)
    assert secure.seen == [(f"news.example.com:{secure.port}", "/a")]
    secure.close()


def test_fetching_can_be_switched_off(monkeypatch, site):
    monkeypatch.setattr(web, "settings", lambda: SimpleNamespace(fetch_allowed=False))
    with pytest.raises(FetchError, match="switched off"):
        fetch_article(site.url("/a"), policy=site.policy())
    assert site.seen == []
