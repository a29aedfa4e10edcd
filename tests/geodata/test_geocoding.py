from __future__ import annotations

import json
import sqlite3
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.adapters import BaseSyncAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderQueryError,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from geodata.errors import GazetteerError
from geodata.geocoding import GazetteerGeocoder, make_geocoder
from geodata.geocoding.cache import AnswerCache
from geodata.geocoding.make import CACHE_FILE
from geodata.geocoding.service import SERVICES
from geodata.settings import settings_from


@pytest.fixture(scope="module")
def geocoder(gazetteer):
    return GazetteerGeocoder(gazetteer)


def test_it_is_a_geopy_geocoder_and_answers_with_locations(geocoder):
    assert isinstance(geocoder, Geocoder)
    found = geocoder.geocode("Tuz Khurmatu")
    assert isinstance(found, Location)
    assert (round(found.latitude, 1), round(found.longitude, 1)) == (34.9, 44.6)
    assert found.raw["country"] == "IQ"
    assert found.raw["admin1"] == "IQ-SD"
    assert found.raw["precision"] == "settlement"
    assert geocoder.gazetteer.get(found.raw["place_id"]).name in found.address
    assert found.address.endswith("Iraq")


@pytest.mark.parametrize(
    ("query", "admin1"),
    [
        ("Tuz Khurmatu, Iraq", "IQ-SD"),
        ("Kirkuk, Kirkuk Governorate, Iraq", "IQ-KI"),
        ("Paris, France", "FR-IDF"),
        ("Paris, Texas", "US-TX"),
        ("Paris, TX", "US-TX"),
        ("Paris, Texas, USA", "US-TX"),
        ("Tripoli, Lebanon", "LB-AS"),
        ("Avdiivka, Donetsk Oblast", "UA-14"),
        ("Georgia, United States", "US-GA"),
    ],
)
def test_what_stands_behind_the_comma_says_which(geocoder, query, admin1):
    assert geocoder.geocode(query).raw["admin1"] == admin1


@pytest.mark.parametrize(
    "query", ["Paris, Iraq", "Kirkuk, France", "Nowhereville Xyzzy", "Xyzzy, Iraq", "Kirkuk, Xyzzyplomf"]
)
def test_no_place_is_none(geocoder, query):
    assert geocoder.geocode(query) is None
    assert geocoder.geocode(query, exactly_one=False) is None


def test_all_places_of_a_name(geocoder):
    found = geocoder.geocode("Tripoli", exactly_one=False, limit=3)
    assert 1 < len(found) <= 3
    assert found[0].raw["country"] == "LY"
    assert geocoder.geocode("Tripoli", country="LB").raw["country"] == "LB"


@pytest.mark.parametrize("query", ["", "   ", None, 7])
def test_an_empty_query_is_geopys_error(geocoder, query):
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(query)


@pytest.mark.parametrize("country", ["Iraq", "I", "12", 5])
def test_a_country_that_is_no_code_is_geopys_error(geocoder, country):
    with pytest.raises(GeocoderQueryError, match="country code"):
        geocoder.geocode("Kirkuk", country=country)


@pytest.mark.parametrize("point", [(35.4681, 44.3922), "35.4681, 44.3922"])
def test_reverse_gives_the_nearest_place(geocoder, point):
    found = geocoder.reverse(point)
    assert found.raw["admin1"] == "IQ-KI"
    assert found.raw["distance_km"] < 5


def test_reverse_keeps_to_the_radius(geocoder):
    assert geocoder.reverse((0.0, -30.0)) is None
    many = geocoder.reverse((35.4681, 44.3922), exactly_one=False, radius_km=60, limit=20)
    distances = [place.raw["distance_km"] for place in many]
    assert distances == sorted(distances)
    assert max(distances) <= 60


@pytest.mark.parametrize("point", [(95, 0), "nonsense", (None, 1)])
def test_reverse_of_no_point_is_geopys_error(geocoder, point):
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse(point)


def test_the_gazetteer_asks_no_server(geocoder):
    with pytest.raises(GeocoderUnavailable):
        geocoder.adapter.get_json("https://example.org", timeout=1, headers={})


# --- services, with a network that answers from memory


class FakeNetwork(BaseSyncAdapter):
    asked: list[str] = []  # noqa: RUF012 - emptied by the fixture
    headers: list[dict[str, str]] = []  # noqa: RUF012
    answer: object = None

    def get_json(self, url, *, timeout, headers):  # noqa: ARG002
        self.asked.append(url)
        self.headers.append(headers)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def get_text(self, url, *, timeout, headers):
        return json.dumps(self.get_json(url, timeout=timeout, headers=headers))


NOMINATIM = [{"lat": "35.47", "lon": "44.39", "display_name": "Kirkuk, Iraq", "place_id": 1}]
FEATURE = {
    "geometry": {"type": "Point", "coordinates": [44.39, 35.47]},
    "properties": {"name": "Kirkuk", "country": "Iraq", "countrycode": "IQ", "label": "Kirkuk, Iraq"},
}
ANSWERS = {"nominatim": NOMINATIM, "photon": {"features": [FEATURE]}, "pelias": {"features": [FEATURE]}}


@pytest.fixture
def network(monkeypatch):
    """Answer from memory, and note the pauses instead of making them."""
    waits, clock = [], [0.0]

    def pause(_self, seconds):
        waits.append(seconds)
        clock[0] += seconds + 1e-9  # else rounding leaves a remainder too small to move the clock

    monkeypatch.setattr(FakeNetwork, "asked", [])
    monkeypatch.setattr(FakeNetwork, "headers", [])
    monkeypatch.setattr(FakeNetwork, "answer", NOMINATIM)
    monkeypatch.setattr(RateLimiter, "_sleep", pause)
    monkeypatch.setattr(RateLimiter, "_clock", staticmethod(lambda: clock[0]))
    FakeNetwork.waits = waits
    return FakeNetwork


def service(tmp_path, name="nominatim", **env):
    domain = {"CONFLICTMAP_GEOCODER_DOMAIN": "pelias.example.org"} if name == "pelias" else {}
    found = settings_from({"CONFLICTMAP_DATA_DIR": str(tmp_path), "CONFLICTMAP_GEOCODER": name, **domain, **env})
    return make_geocoder(found, adapter_factory=FakeNetwork)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_service_answers_like_the_gazetteer(tmp_path, network, monkeypatch, name):
    monkeypatch.setattr(network, "answer", ANSWERS[name])
    geocoder = service(tmp_path, name)
    found = geocoder.geocode("Kirkuk", country="IQ")
    assert (found.latitude, found.longitude) == (35.47, 44.39)
    assert [place.latitude for place in geocoder.geocode("Kirkuk", exactly_one=False)] == [35.47]
    assert len(network.asked) == 2


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_the_second_look_up_comes_from_the_cache_even_after_a_restart(tmp_path, network, monkeypatch, name):
    monkeypatch.setattr(network, "answer", ANSWERS[name])
    first = service(tmp_path, name).geocode("Kirkuk")
    monkeypatch.setattr(network, "answer", GeocoderUnavailable("gone"))
    again = service(tmp_path, name).geocode("  Kirkuk ")
    assert len(network.asked) == 1
    assert (again.address, again.point, again.raw) == (first.address, first.point, json.loads(json.dumps(first.raw)))


def test_services_do_not_share_answers(tmp_path, network, monkeypatch):
    service(tmp_path, "nominatim").geocode("Kirkuk")
    monkeypatch.setattr(network, "answer", ANSWERS["photon"])
    service(tmp_path, "photon").geocode("Kirkuk")
    assert [urlsplit(url).netloc for url in network.asked] == ["nominatim.openstreetmap.org", "photon.komoot.io"]


def test_requests_are_spaced_out(tmp_path, network):
    geocoder = service(tmp_path)
    for name in ("Kirkuk", "Mosul", "Tikrit"):
        geocoder.geocode(name)
    geocoder.reverse((35.0, 44.0))
    geocoder.geocode("Mosul")  # kept: no pause
    assert len(network.asked) == 4
    assert len(network.waits) == 3
    assert network.waits == pytest.approx([SERVICES["nominatim"].min_delay_seconds] * 3)
    assert SERVICES["nominatim"].min_delay_seconds >= 1


def test_an_empty_answer_is_kept_too(tmp_path, network, monkeypatch):
    monkeypatch.setattr(network, "answer", [])
    geocoder = service(tmp_path)
    assert geocoder.geocode("Nowhere") is None
    assert geocoder.geocode("Nowhere") is None
    assert len(network.asked) == 1


def test_an_error_is_raised_after_one_more_try_and_not_kept(tmp_path, network, monkeypatch):
    monkeypatch.setattr(network, "answer", GeocoderTimedOut("slow"))
    geocoder = service(tmp_path)
    with pytest.raises(GeocoderServiceError):
        geocoder.geocode("Kirkuk")
    assert len(network.asked) == 2
    monkeypatch.setattr(network, "answer", NOMINATIM)
    assert geocoder.geocode("Kirkuk").address == "Kirkuk, Iraq"


def test_the_request_names_us_and_the_country(tmp_path, network):
    service(tmp_path, CONFLICTMAP_GEOCODER_USER_AGENT="newsroom-map/1").geocode("Kirkuk", country="IQ")
    assert network.headers[0]["User-Agent"] == "newsroom-map/1"
    assert parse_qs(urlsplit(network.asked[0]).query)["countrycodes"] == ["iq"]


def test_photon_answers_of_another_country_are_left_out(tmp_path, network, monkeypatch):
    monkeypatch.setattr(network, "answer", ANSWERS["photon"])
    assert service(tmp_path, "photon").geocode("Kirkuk", country="FR") is None


def test_reverse_is_kept_by_point(tmp_path, network, monkeypatch):
    monkeypatch.setattr(network, "answer", NOMINATIM[0])
    geocoder = service(tmp_path)
    assert geocoder.reverse((35.47, 44.39)).address == "Kirkuk, Iraq"
    assert geocoder.reverse("35.47, 44.39").address == "Kirkuk, Iraq"
    assert len(network.asked) == 1
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse((95, 0))
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(" ")


def test_a_damaged_cache_is_put_aside(tmp_path):
    path = tmp_path / CACHE_FILE
    path.write_bytes(b"no database" * 100)
    cache = AnswerCache(path)
    cache.put("s", "q", [Location("Kirkuk", (35.0, 44.0), {"a": 1})])
    assert cache.get("s", "q")[0].raw == {"a": 1}
    assert cache.get("s", "other") is None
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM answer").fetchone() == (1,)


def test_the_default_is_offline(tmp_path, gazetteer_path):
    found = make_geocoder(
        settings_from({"CONFLICTMAP_DATA_DIR": str(tmp_path), "CONFLICTMAP_GAZETTEER": str(gazetteer_path)})
    )
    assert isinstance(found, GazetteerGeocoder)
    assert found.geocode("Kirkuk").raw["place_id"] == "gn:94787"


def test_wrong_settings_say_what_is_wrong(tmp_path):
    base = {"CONFLICTMAP_DATA_DIR": str(tmp_path)}
    with pytest.raises(ConfigurationError, match="choose gazetteer"):
        make_geocoder(settings_from({**base, "CONFLICTMAP_GEOCODER": "google"}))
    with pytest.raises(ConfigurationError, match="CONFLICTMAP_GEOCODER_DOMAIN"):
        make_geocoder(settings_from({**base, "CONFLICTMAP_GEOCODER": "pelias"}))
    with pytest.raises(GazetteerError, match="conflictmap gazetteer build"):
        make_geocoder(settings_from(base))


def test_every_service_states_its_terms():
    assert all(len(each.terms) > 20 and each.min_delay_seconds > 0 for each in SERVICES.values())
