"""The routes of the map's other layers, of the timeline and of the charts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import resources
from geodata.event import Precision
from geodata.ontology import EventType
from geodata.regions import regions
from geodata.regions.measure import region_area_km2
from geodata.store.by_region import region_counts
from geodata.view import View

WINDOW = "south=20&west=30&north=45&east=60&z=6"


def test_heat_holds_the_events_that_have_a_point(client):
    found = client.get(f"/api/heat?v=1&{WINDOW}").json()
    assert sorted(row[2] for row in found["rows"]) == [1, 3]
    assert found["areas"] == 1


def test_events_by_region_agree_with_the_filter(client):
    found = client.get("/api/by-region?v=1").json()
    rows = {row[0]: row for row in found["units"]["rows"]}
    assert {region_id: row[2] for region_id, row in rows.items()} == {"IQ-KI": 3, "IQ-AR": 1, "IQ-NI": 1}
    for region_id, row in rows.items():
        assert resources.store().counts(View(regions=(region_id,))).events == row[2]
        assert row[3] == pytest.approx(row[2] / region_area_km2(regions(), region_id) * 1000, rel=1e-3)
        assert sum(row[4].values()) == row[2]
    assert [row[:3] for row in found["countries"]["rows"]] == [["IQ", "Iraq", 5]]
    assert found["units"]["limits"]["count"] == [1, 3]


def test_events_known_only_to_a_country_are_told_apart(client, reading_of):
    kirkuk = resources.store().events(View(types=(EventType.COERCE,)))[0].event.place
    country = replace(kirkuk, id="iso:IQ", name="Iraq", admin1="", precision=Precision.COUNTRY, kind="country")
    resources.store().write([reading_of("Strikes somewhere in Iraq.", {"place": country})])
    found = client.get("/api/by-region?v=1").json()
    assert [(area["region"], area["count"], area["kind"]) for area in found["areas"]] == [("IQ", 1, "country")]
    counted = region_counts(resources.store(), View())
    assert counted.countries[0].count == sum(row.count for row in counted.units) + counted.country_only[0].count


def test_layers_follow_the_filters(client):
    assert client.get(f"/api/heat?v=1&type=consult&{WINDOW}").json()["rows"] == [[36.19257, 44.01062, 1]]
    rows = client.get("/api/by-region?v=1&type=consult").json()["units"]["rows"]
    assert [row[0] for row in rows] == ["IQ-AR"]


def test_charts_say_which_kinds_who_and_where(client):
    found = client.get("/api/charts?v=1").json()
    kinds = {row["id"]: row for row in found["types"]["rows"]}
    assert kinds["assault"]["count"] == 2
    assert sum(n for _, n in kinds["assault"]["steps"]) == 2
    assert found["types"]["days"] == ["2017-10-16", "2017-10-17", "2017-10-18", "2017-10-19", "2017-10-20"]
    assert found["pairs"]["rows"][0] == {
        "source": "Iraqi Armed Forces",
        "target": "Peshmerga",
        "count": 4,
        "quads": {"1": 1, "4": 3},
    }
    assert [row["name"] for row in found["regions"]["rows"]] == ["Kirkuk, Iraq", "Erbil, Iraq", "Nineveh, Iraq"]


def test_charts_of_nothing_are_empty(client):
    found = client.get("/api/charts?v=1&q=no+such+words").json()
    assert [found[name]["rows"] for name in ("types", "pairs", "regions")] == [[], [], []]


@pytest.mark.parametrize(
    "path", ["/api/by-region?v=1", "/api/charts?v=1", "/api/timeline?v=1", f"/api/heat?v=1&{WINDOW}"]
)
def test_unchanged_answers_are_not_sent_again(client, path, reading_of):
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    resources.store().write([reading_of("Shells hit Erbil.", {})])
    assert client.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/by-region?v=1&type=x", "/api/charts?v=1&from=x", "/api/timeline?color=red", "/api/heat?v=1"]
)
def test_bad_queries_are_refused_in_a_sentence(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def test_shapes_of_provinces(client):
    answer = client.get("/api/shapes/IQ")
    ids = {feature["properties"]["id"] for feature in answer.json()["features"]}
    assert {"IQ-KI", "IQ-AR", "IQ-NI"} <= ids
    assert all(region_id.startswith("IQ-") for region_id in ids)
    finer = client.get("/api/shapes/IQ?detail=fine")
    assert len(finer.json()["features"]) == len(ids)
    assert len(finer.text) > len(answer.text)
    again = client.get("/api/shapes/IQ", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["XX", "IQ-KI", "iraqi-kurdistan", "IQ%00"])
def test_only_countries_have_shapes_of_provinces(client, name):
    assert client.get(f"/api/shapes/{name}").status_code == 404
