"""Fetching GeoNames dumps."""

from __future__ import annotations

import http.server
import threading
from functools import partial

import pytest
from geonames_files import small_gazetteer, write_dump

from geodata.errors import FetchError, UnsafeAddressError
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.geonames_download import check_dump_address, download
from geodata.gazetteer.geonames_dump import add_geonames
from geodata.settings import settings


@pytest.fixture
def path(tmp_path):
    return small_gazetteer(tmp_path)


@pytest.fixture
def dump(tmp_path):
    return partial(write_dump, tmp_path)


@pytest.mark.parametrize(
    "url",
    ["http://download.geonames.org/export/dump/IQ.zip", "https://example.org/IQ.zip", "https://download.geonames.org.evil.org/IQ.zip",
     "https://download.geonames.org:8443/IQ.zip", "https://download.geonames.org@evil.org/IQ.zip", "https://[bad/IQ.zip", "https:///IQ.zip"],
)  # fmt: skip
def test_only_geonames_itself_is_asked(url, path):
    with pytest.raises(UnsafeAddressError):
        check_dump_address(url, any_host=False)
    with pytest.raises(UnsafeAddressError):
        add_geonames(path, ["IQ"], [url])


def test_geonames_and_any_host_when_asked_for_are_allowed():
    check_dump_address("https://download.geonames.org/export/dump/IQ.zip", any_host=False)
    check_dump_address("http://mirror.example.org/IQ.zip", any_host=True)


@pytest.fixture
def server():
    answers = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for key, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{web.server_port}", answers
    web.shutdown()
    web.server_close()


def test_a_file_is_fetched_read_and_taken_away_again(path, dump, server, tmp_path):
    url, answers = server
    (tmp_path / "sub").mkdir()
    dump(name="sub/IQ.zip")
    answers["/dump/IQ.zip"] = 200, {}, (tmp_path / "sub" / "IQ.zip").read_bytes()
    answers["/moved.zip"] = 302, {"Location": "/dump/IQ.zip"}, b""
    assert add_geonames(path, ["IQ"], [f"{url}/moved.zip"], any_host=True).new > 10
    assert not add_geonames(path, ["IQ"], [f"{url}/dump/"], any_host=True).changed
    assert Gazetteer(path).stats()["added"][0]["from"] == [f"{url}/moved.zip"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["gazetteer.sqlite", "sub"]


def test_what_the_server_does_wrong_is_one_sentence(server, tmp_path, path):
    url, answers = server
    answers["/loop"] = 302, {"Location": "/loop"}, b""
    answers["/away"] = 302, {"Location": "ftp://example.org/IQ.zip"}, b""
    answers["/large"] = 200, {}, b"x" * 5000
    answers["/short"] = 200, {"Content-Length": "5000"}, b"x"
    target = tmp_path / "file"
    for page, words in (("none", "404"), ("loop", "more than 5"), ("large", "GB"), ("short", "broke off")):
        with pytest.raises(FetchError, match=words):
            download(f"{url}/{page}", target, any_host=True, max_bytes=4000 if page == "large" else 9000)
    with pytest.raises(UnsafeAddressError):
        download(f"{url}/away", target, any_host=True)
    with pytest.raises(FetchError):
        add_geonames(path, ["IQ"], [f"{url}/none"], any_host=True)


def test_nothing_is_fetched_where_fetching_is_off(monkeypatch, path):
    monkeypatch.setenv("CONFLICTMAP_FETCH_ALLOWED", "no")
    settings.cache_clear()
    try:
        with pytest.raises(FetchError, match="switched off"):
            add_geonames(path, ["IQ"], ["https://download.geonames.org/export/dump/IQ.zip"])
    finally:
        settings.cache_clear()
