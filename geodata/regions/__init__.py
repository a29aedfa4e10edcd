"""Polygons: countries, admin-1 units and named regions; point -> region; the offline base map.

Shapes are Natural Earth's, corrected where data/disputed.yaml says so; docs/boundaries.md tells
what is shown and why.
"""

from geodata.regions.atlas import Regions, regions
from geodata.regions.region import Region

ATTRIBUTION = "Boundaries: Natural Earth, public domain; place names and some dividing lines: GeoNames, CC BY 4.0."

DISCLAIMER = (
    "The boundaries, names and designations on this map serve to find reported events; "
    "they are approximate and do not imply any opinion on the legal status of any territory or the course of its borders."
)

__all__ = ["ATTRIBUTION", "DISCLAIMER", "Region", "Regions", "regions"]
