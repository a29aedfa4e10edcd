"""The offline gazetteer as a geopy geocoder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from geodata.event import Precision
from geodata.gazetteer.entries import distance_km
from geodata.gazetteer.lookup import Gazetteer
from geodata.gazetteer.normalise import plain
from geodata.geocoding.answers import one_or_all, point_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geopy.point import Point

    from geodata.event import Place
    from geodata.gazetteer.lookup import Candidate

GOOD_MATCH = 0.85  # from here "Washington, D.C." is taken as one name
MOST_PARENTS = 4
# How far a place may lie from what stands behind the comma, where that is no country and no province.
_WITHIN_KM = {Precision.SITE: 10.0, Precision.SETTLEMENT: 40.0, Precision.DISTRICT: 60.0, Precision.PROVINCE: 300.0}
_CODE_LENGTH = 2
# Countries whose provinces are written behind the comma as the last part of their ISO 3166-2 code: "Paris, TX".
_WITH_POSTAL_CODES = ("US", "CA", "AU")


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy is untyped
    """An adapter that asks nobody: the gazetteer is a file."""

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        return self.get_text(url, timeout=timeout, headers=headers)

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        del url, timeout, headers
        message = "The gazetteer works offline and asks no server."
        raise GeocoderUnavailable(message)


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy is untyped
    """Geocode with the gazetteer: no network, no waiting.

    Parameters
    ----------
    gazetteer
        The gazetteer, or the path of its file.

    Examples
    --------
    >>> geocoder = GazetteerGeocoder(path)  # doctest: +SKIP
    >>> geocoder.geocode("Tuz Khurmatu, Iraq").raw["admin1"]  # doctest: +SKIP
    'IQ-SD'
    """

    def __init__(self, gazetteer: Gazetteer | Path | str) -> None:
        super().__init__(adapter_factory=_NoNetwork)
        self.gazetteer = gazetteer if isinstance(gazetteer, Gazetteer) else Gazetteer(gazetteer)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country: str | None = None,
        limit: int = 10,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Find a place by its name, with or without what it lies in: "Tuz Khurmatu, Iraq".

        Parameters
        ----------
        query
            The name, in any script.
        exactly_one
            Return the most likely place alone, or else a list.
        country
            Only places of this country (ISO 3166-1 alpha-2).
        limit
            At most so many, where a list is returned.
        timeout
            Taken as every geopy geocoder does; a file needs none.

        Returns
        -------
        geopy.Location, list of them, or None
            None when no place is so called. `raw` has place_id, name, precision, kind, country, admin1,
            population, matched and quality. For a province or a country the point only says where a label goes.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            When the query is empty or no text, or the country is no code.
        """
        del timeout
        if not isinstance(query, str) or not query.strip():
            message = "A place name is needed to geocode."
            raise GeocoderQueryError(message)
        code = _country_code(country)
        found = self._find(query, code)[: 1 if exactly_one else max(1, limit)]
        locations = [self._location(c.place, matched=c.matched, quality=c.quality) for c in found]
        return one_or_all(locations, exactly_one=exactly_one)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        radius_km: float = 50.0,
        limit: int = 10,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Find the places around a point, nearest first.

        Parameters
        ----------
        query
            (lat, lon) in decimal degrees, WGS 84, or whatever else geopy takes for a point.
        exactly_one
            Return the nearest place alone, or else a list.
        radius_km
            How far to look.
        limit
            At most so many, where a list is returned.
        timeout
            Taken as every geopy geocoder does; a file needs none.

        Returns
        -------
        geopy.Location, list of them, or None
            None when there is no place within the radius. `raw` as in `geocode`, with distance_km.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            When the query is no point on Earth.
        """
        del timeout
        point = point_of(query)
        near = self.gazetteer.nearest(
            point.latitude, point.longitude, radius_km=radius_km, limit=1 if exactly_one else max(1, limit)
        )
        locations = [self._location(place, distance_km=round(km, 3)) for km, place in near]
        return one_or_all(locations, exactly_one=exactly_one)

    def _find(self, query: str, country: str | None) -> list[Candidate]:
        name, *parents = [part.strip() for part in query.replace("\u060c", ",").split(",") if part.strip()] or [query]
        if not parents:
            return self.gazetteer.search(name, country=country)
        whole = [c for c in self.gazetteer.search(query, country=country) if c.quality >= GOOD_MATCH]
        candidates = self.gazetteer.search(name, country=country, limit=200)
        for parent in parents[:MOST_PARENTS]:
            areas = [c.place for c in self.gazetteer.search(parent) if c.quality >= GOOD_MATCH]
            candidates = [
                c for c in candidates if any(_lies_in(c.place, a) for a in areas) or _has_code(c.place, parent)
            ]
        return whole + [c for c in candidates if c not in whole]

    def _location(self, place: Place, **more: object) -> Location:
        raw = {
            "place_id": place.id,
            "name": place.name,
            "lat": place.lat,
            "lon": place.lon,
            "precision": place.precision.value,
            "kind": place.kind,
            "country": place.country,
            "admin1": place.admin1,
            "population": place.population,
            **more,
        }
        return Location(", ".join(self._address(place)), (place.lat, place.lon), raw)

    def _address(self, place: Place) -> Iterable[str]:
        parts = [place.name]
        for code in (place.admin1, place.country):
            above = self.gazetteer.get(f"iso:{code}") if code else None
            if above is not None and above.id != place.id and plain(above.name) != plain(parts[-1]):
                parts.append(above.name)
        return parts


def _country_code(country: str | None) -> str | None:
    if country is None or country == "":
        return None
    if not isinstance(country, str) or len(country) != _CODE_LENGTH or not country.isalpha():
        message = f"{country!r} is no country code: two letters are needed, for example IQ."
        raise GeocoderQueryError(message)
    return country.upper()


def _lies_in(place: Place, area: Place) -> bool:
    """Whether a place lies in what stands behind the comma."""
    if place.id == area.id:
        return False
    if area.kind == "country":
        return place.country == area.country
    if area.kind == "province" and area.admin1:
        return place.admin1 == area.admin1
    within_km = _WITHIN_KM.get(area.precision)
    return within_km is not None and distance_km(place.lat, place.lon, area.lat, area.lon) <= within_km


def _has_code(place: Place, code: str) -> bool:
    return any(place.admin1 == f"{country}-{code.replace('.', '').upper()}" for country in _WITH_POSTAL_CODES)
