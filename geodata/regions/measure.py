"""How large a region is."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.regions.atlas import Regions

# Radius of the sphere that has the surface of the Earth (WGS 84's authalic radius), in km.
AUTHALIC_RADIUS_KM = 6371.0072


def shape_area_km2(shape: Any) -> float:
    """Return the area of a shape in km²; x is longitude, y latitude, in degrees.

    Lambert's cylindrical projection keeps areas: x is the longitude, y the sine of the latitude.
    Good to half a percent, which is the difference between sphere and ellipsoid.
    """

    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
        return np.column_stack([lon, np.sin(lat)])

    return float(shapely.area(shapely.transform(shape, project))) * AUTHALIC_RADIUS_KM**2


@lru_cache(maxsize=8192)
def region_area_km2(regions: Regions, region_id: str) -> float:
    """Return the area of a region in km².

    Raises
    ------
    RegionError
        When there is no such region.
    """
    return shape_area_km2(regions.shape(region_id))
