"""The routes beside Streamlit."""

from __future__ import annotations

import socket

import pytest

from dashboard import resources
from dashboard.assets import LIVE_BUNDLE, LIVE_SCRIPTS, text
from dashboard.sockets import send_at_once
from geodata.store import Store

WINDOW = "south=20&west=30&north=45&east=60&z=6"


def test_cells_of_a_window(client):
    answer = client.get(f"/api/cells?v=1&{WINDOW}")
    assert answer.status_code == 200
    found = answer.json()
    assert {point["name"]: point["count"] for point in found["points"]} == {"Kirkuk": 3, "Erbil": 1}
    assert [(area["name"], area["count"]) for area in found["areas"]] == [("Nineveh", 1)]


def test_cells_follow_the_filters(client):
    found = client.get(f"/api/cells?v=1&type=consult&{WINDOW}").json()
    assert [point["name"] for point in found["points"]] == ["Erbil"]


def test_unchanged_cells_are_not_sent_again(client, reading_of):
    first = client.get(f"/api/cells?v=1&{WINDOW}")
    again = client.get(f"/api/cells?v=1&{WINDOW}", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    resources.store().write([reading_of("Shells hit Erbil.", {})])
    changed = client.get(f"/api/cells?v=1&{WINDOW}", headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("v=1", "south"),
        ("v=1&south=x&west=30&north=45&east=60&z=6", "south"),
        ("v=1&south=nan&west=30&north=45&east=60&z=6", "south"),
        ("v=1&south=95&west=30&north=45&east=60&z=6", "south"),
        ("v=1&south=20&south=21&west=30&north=45&east=60&z=6", "south"),
        ("v=1&south=45&west=30&north=20&east=60&z=6", "empty"),
        ("v=1&south=20&west=30&north=45&east=60&z=-1", "zoom"),
        ("v=1&south=20&west=30&north=45&east=60&z=99", "z"),
        (f"v=1&type=war&{WINDOW}", "war"),
        (f"v=1&region=nowhere&{WINDOW}", "nowhere"),
        (f"v=1&from=yesterday&{WINDOW}", "yesterday"),
        (f"v=1&drop=table&{WINDOW}", "drop"),
    ],
)
def test_bad_queries_are_refused_with_a_sentence(client, query, word):
    answer = client.get(f"/api/cells?{query}")
    assert answer.status_code == 400
    said = answer.json()["error"]
    assert word in said
    assert said.endswith(".")


def test_a_mistake_of_ours_is_told_and_its_cause_is_in_the_log(client, monkeypatch, caplog):
    def fail(*_args, **_more):
        raise KeyError

    monkeypatch.setattr(Store, "cells", fail)
    answer = client.get(f"/api/cells?v=1&{WINDOW}")
    assert answer.status_code == 500
    assert answer.json()["error"].endswith(".")
    (record,) = [record for record in caplog.records if record.name == "conflictmap"]
    assert "/api/cells" in record.getMessage()
    assert record.exc_info[0] is KeyError


def test_region_shapes(client):
    answer = client.get("/api/regions/IQ-KI")
    assert answer.headers["content-type"].startswith("application/geo+json")
    assert answer.json()["geometry"]["type"] in {"Polygon", "MultiPolygon"}
    assert client.get("/api/regions/nowhere").status_code == 404


def test_shapes_of_many_regions_at_once(client):
    answer = client.get("/api/regions?ids=IQ-KI,nowhere,IQ-AR&detail=coarse")
    assert [feature["properties"]["id"] for feature in answer.json()["features"]] == ["IQ-KI", "IQ-AR"]
    fine = client.get("/api/regions?ids=IQ-KI&detail=fine").json()["features"][0]
    coarse = answer.json()["features"][0]
    assert len(str(fine["geometry"])) > len(str(coarse["geometry"]))
    for query in ("", "?ids=", "?ids=" + ",".join(f"X-{n}" for n in range(501))):
        refused = client.get("/api/regions" + query)
        assert refused.status_code == 400
        assert "1 to 500 regions" in refused.json()["error"]


def test_base_map_is_kept_by_its_version(client):
    answer = client.get("/api/basemap", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "no-cache"
    assert "layers" in answer.json()
    assert client.get("/api/basemap", headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    assert "content-encoding" not in client.get("/api/basemap", headers={"accept-encoding": "identity"}).headers


def test_fine_shape_of_a_country(client):
    assert client.get("/api/basemap/IQ").json()["countries"]["features"]
    assert client.get("/api/basemap/XX").status_code == 404


def test_files(client):
    script = client.get("/assets/leaflet/leaflet.js")
    assert script.headers["content-type"].startswith("text/javascript")
    tag = script.headers["etag"].removeprefix('W/"').removesuffix('"')
    assert "immutable" in client.get(f"/assets/leaflet/leaflet.js?v={tag}").headers["cache-control"]
    assert "immutable" not in client.get("/assets/leaflet/leaflet.js?v=old").headers["cache-control"]


@pytest.mark.parametrize("path", ["../api.py", "leaflet/../../api.py", "%2e%2e/api.py", "/etc/passwd", "leaflet", ""])
def test_only_known_files_are_served(client, path):
    assert client.get(f"/assets/{path}").status_code == 404


def test_health(client):
    assert client.get("/healthz").json()["status"] == "ok"


def test_bundle_holds_all_scripts_of_the_map(client):
    bundle = client.get(f"/assets/{LIVE_BUNDLE}").text
    at = [
        bundle.index(text(name)) for name in ("leaflet/leaflet.js", *(f"conflictmap/{name}" for name in LIVE_SCRIPTS))
    ]
    assert at == sorted(at), "a script builds on those before it"


def test_server_sends_small_packets_at_once():
    """A hundred files a page, 40 ms each, are seconds."""
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket() as idle:
        send_at_once()
        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
