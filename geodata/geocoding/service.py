"""A geocoding service on the network, asked slowly and never twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim, Pelias, Photon
from geopy.geocoders.base import DEFAULT_SENTINEL

from geodata.geocoding.answers import one_or_all, point_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from geopy.location import Location
    from geopy.point import Point

    from geodata.geocoding.cache import AnswerCache

TIMEOUT_S = 10.0
ERROR_WAIT_SECONDS = 5.0
MOST_ANSWERS = 50


@dataclass(frozen=True, slots=True)
class Service:
    """A service, and what its operator asks of those who use it.

    `min_delay_seconds` is the pause between two requests; `terms` say in words what the pause and the
    cache are for; `domain` is the public host, empty where there is none.
    """

    name: str
    geocoder: Callable[..., Any]
    domain: str
    min_delay_seconds: float
    terms: str


SERVICES = {
    "nominatim": Service(
        "nominatim",
        Nominatim,
        "nominatim.openstreetmap.org",
        1.1,
        "OpenStreetMap data, ODbL. The public server takes at most one request a second, wants a user agent that "
        "names the application, answers to be kept, and no bulk geocoding: https://operations.osmfoundation.org/policies/nominatim/",
    ),
    "photon": Service(
        "photon",
        Photon,
        "photon.komoot.io",
        1.0,
        "OpenStreetMap data, ODbL. The public server asks for fair use and throttles or bans heavy users: https://photon.komoot.io",
    ),
    "pelias": Service(
        "pelias",
        Pelias,
        "",
        0.1,
        "There is no public server: the terms are those of the server that you name.",
    ),
}


class ServiceGeocoder:
    """A service with the methods of `GazetteerGeocoder`, behind geopy's RateLimiter and a persistent cache.

    Parameters
    ----------
    service
        Which one.
    geocoder
        The geopy geocoder that asks it.
    cache
        Where answers are kept, empty ones too; errors are not kept.
    """

    def __init__(self, service: Service, geocoder: Any, cache: AnswerCache) -> None:
        self.service = service
        self.geocoder = geocoder
        self.cache = cache
        self._key = f"{service.name} {geocoder.domain}"

        # One limiter for both directions: the server counts requests, not kinds of them.
        def ask(method: str, *args: object, **kwargs: object) -> Any:
            return getattr(geocoder, method)(*args, **kwargs)

        self._ask = RateLimiter(
            ask,
            min_delay_seconds=service.min_delay_seconds,
            max_retries=1,
            error_wait_seconds=ERROR_WAIT_SECONDS,
            swallow_exceptions=False,
        )

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country: str | None = None,
        limit: int = 10,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Find a place by its name; see `GazetteerGeocoder.geocode`. `raw` is what the service answered.

        Raises
        ------
        geopy.exc.GeopyError
            When the query is empty, or the service does not answer.
        """
        if not isinstance(query, str) or not query.strip():
            message = "A place name is needed to geocode."
            raise GeocoderQueryError(message)
        name = " ".join(query.split())
        code = country.upper() if country else ""
        wanted = 1 if exactly_one else max(1, min(limit, MOST_ANSWERS))
        key = json.dumps(["geocode", name, code, wanted], ensure_ascii=False)
        found = self._answer(key, lambda: self._ask("geocode", name, **self._options(code, wanted, timeout)))
        return one_or_all([place for place in found if _is_in(place, code)][:wanted], exactly_one=exactly_one)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        limit: int = 10,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Find what is at a point, (lat, lon) in decimal degrees; see `GazetteerGeocoder.reverse`.

        Raises
        ------
        geopy.exc.GeopyError
            When the query is no point, or the service does not answer.
        """
        point = point_of(query)
        key = json.dumps(["reverse", round(point.latitude, 6), round(point.longitude, 6)])
        found = self._answer(key, lambda: self._ask("reverse", point, exactly_one=False, timeout=timeout))
        return one_or_all(found[: 1 if exactly_one else max(1, limit)], exactly_one=exactly_one)

    def _options(self, code: str, wanted: int, timeout: object) -> dict[str, object]:
        options: dict[str, object] = {"exactly_one": False, "timeout": timeout}
        if self.service.name != "pelias":  # Pelias takes no limit
            options["limit"] = MOST_ANSWERS if code and self.service.name == "photon" else wanted
        if code and self.service.name == "nominatim":
            options["country_codes"] = code.lower()
        if code and self.service.name == "pelias":
            options["countries"] = [code]
        return options

    def _answer(self, key: str, ask: Callable[[], Any]) -> list[Location]:
        kept = self.cache.get(self._key, key)
        if kept is not None:
            return kept
        found = list(ask() or [])
        self.cache.put(self._key, key, found)
        return found


def _is_in(location: Location, code: str) -> bool:
    """Whether an answer lies in a country, where the service says so: Photon cannot be asked for one country."""
    properties = location.raw.get("properties", {}) if isinstance(location.raw, dict) else {}
    found = properties.get("countrycode") if isinstance(properties, dict) else None
    return not code or found is None or str(found).upper() == code
