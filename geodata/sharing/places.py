"""Places made coarser: the settlement, district or province around a place in its stead. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geodata.event import Place, Precision
from geodata.sharing.safety import is_finer

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer
    from geodata.regions import Regions

# A base, a prison or an oil field may be known no closer than a settlement or a district: it is none.
_KINDS = {
    Precision.SETTLEMENT: frozenset({"village", "town", "city", "capital"}),
    Precision.DISTRICT: frozenset({"district", "subdistrict"}),
}
_REMEMBERED = 100_000  # places: a view is opened for each thing that is shared, and asks for all of them
_SEVERAL = 40  # nearest places that are looked through for one of the right kind


@lru_cache(maxsize=_REMEMBERED)
def coarsened(place: Place, limit: Precision, *, regions: Regions, gazetteer: Gazetteer | None) -> Place | None:
    """Return a place that is known no more closely than a limit, and still holds the one given.

    A settlement or a district is taken when the place lies within the radius that is drawn for it
    (`Precision.radius_km`), so that what is stated stays true; else the next coarser one is tried.

    Parameters
    ----------
    place
        The place of an event.
    limit
        Settlement, district or province. A place that is no finer stays as it is.
    regions
        Give provinces and countries.
    gazetteer
        Gives settlements and districts; without one only provinces can be given.

    Returns
    -------
    Place or None
        None where nothing coarser is known, as at sea: then the event has to go without a place.
    """
    if not is_finer(place.precision, limit):
        return place
    if gazetteer is not None:
        for step in (Precision.SETTLEMENT, Precision.DISTRICT):
            if not is_finer(step, limit) and is_finer(place.precision, step):
                found = _nearest(place, step, gazetteer)
                if found is not None:
                    return found
    return _area(place, regions)


def _nearest(place: Place, precision: Precision, gazetteer: Gazetteer) -> Place | None:
    radius = precision.radius_km
    if radius is None:
        return None
    around = gazetteer.nearest(place.lat, place.lon, radius_km=radius, limit=_SEVERAL, precisions=(precision,))
    for _, found in around:
        if found.kind not in _KINDS[precision]:
            continue
        if found.country == place.country and (not place.admin1 or found.admin1 == place.admin1):
            return found
    return None


def _area(place: Place, regions: Regions) -> Place | None:
    """Return the province of a place, its country where no province is known."""
    held = [regions.get(one) for one in regions.of_place(place)]
    for kind, precision in (("admin1", Precision.PROVINCE), ("country", Precision.COUNTRY)):
        area = next((region for region in held if region.kind == kind), None)
        if area is not None:
            return Place(
                id=f"iso:{area.id}",
                name=area.name,
                lat=area.lat,
                lon=area.lon,
                country=area.country,
                admin1=area.id if kind == "admin1" else "",
                precision=precision,
                kind="province" if kind == "admin1" else "country",
            )
    return None
