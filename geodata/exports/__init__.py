"""A view as a file: one format a module, all of the same shape.

``to_<format>(store, view, file, ...)`` writes to an open file and returns the number of events
written; it reads and writes piece by piece, so that the size of the view does not matter.
"""

from geodata.exports.csv import to_csv
from geodata.exports.geojson import to_geojson
from geodata.exports.geoparquet import to_geoparquet
from geodata.exports.kml import to_kml

__all__ = ["to_csv", "to_geojson", "to_geoparquet", "to_kml"]
