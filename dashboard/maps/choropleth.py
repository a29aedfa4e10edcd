"""What the layer "by region" draws: counts, areas, classes and shapes of provinces and countries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.maps.classes import class_limits
from dashboard.maps.data import with_labels
from geodata.errors import RegionError
from geodata.regions.measure import region_area_km2
from geodata.store.by_region import region_counts
from geodata.store.filters import filters_of

if TYPE_CHECKING:
    from geodata.regions import Regions
    from geodata.store.by_region import RegionCount
    from geodata.store.store import Store
    from geodata.view import View

PER_KM2 = 1000.0  # rates are events per so many km²


def by_region_as_dict(store: Store, view: View, regions: Regions) -> dict[str, Any]:
    """Return the counts of a view by province and by country, in the form that `choropleth.js` draws.

    Returns
    -------
    dict
        ``units`` and ``countries``: each ``rows`` of (id, name, count, events per 1,000 km²,
        counts by quad), and ``limits`` of the classes for ``count`` and for ``rate``.
        ``areas``: what is known only to a country, as `events.js` draws areas.
    """
    return store.once(("by_region_dict", filters_of(view)), lambda: _by_region(store, view, regions))


def _by_region(store: Store, view: View, regions: Regions) -> dict[str, Any]:
    found = region_counts(store, view)
    country_only = [
        {"region": row.region_id, "name": _name(regions, row.region_id), "count": row.count, "quads": _keys(row.quads)}
        for row in found.country_only
    ]
    return {
        "units": _level(found.units, regions),
        "countries": _level(found.countries, regions),
        "areas": with_labels(country_only, regions),
    }


def _level(counts: list[RegionCount], regions: Regions) -> dict[str, Any]:
    rows: list[list[Any]] = []
    for row in counts:
        try:
            region = regions.get(row.region_id)
            km2 = region_area_km2(regions, row.region_id)
        except RegionError:
            continue  # in the store from an older set of regions
        rate = row.count / km2 * PER_KM2 if km2 else 0.0
        rows.append([row.region_id, region.name, row.count, float(f"{rate:.4g}"), _keys(row.quads)])
    return {
        "rows": rows,
        "limits": {"count": class_limits(row[2] for row in rows), "rate": class_limits(row[3] for row in rows)},
    }


def _name(regions: Regions, region_id: str) -> str:
    try:
        return regions.get(region_id).name
    except RegionError:
        return region_id


def _keys(quads: dict[int, int]) -> dict[str, int]:
    return {str(quad): count for quad, count in quads.items()}


def unit_shapes(regions: Regions, country: str, *, fine: bool) -> dict[str, Any]:
    """Return the shapes of a country's provinces as a GeoJSON FeatureCollection (lon, lat).

    Raises
    ------
    RegionError
        If there is no such country.
    """
    if regions.get(country).kind != "country":
        msg = f"“{country}” is not a country; shapes come by country."
        raise RegionError(msg)
    detail = "fine" if fine else "coarse"
    features = [regions.geojson(unit.id, detail=detail) for unit in regions.all("admin1", country)]  # type: ignore[arg-type]
    return {"type": "FeatureCollection", "features": features}
