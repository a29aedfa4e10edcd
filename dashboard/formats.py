"""The formats that a view can be had in."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """What a view can be written as; the value is the ending of the file's name."""

    CSV = "csv"
    GEOJSON = "geojson"
    KML = "kml"
    PARQUET = "parquet"
    HTML = "html"

    @property
    def label(self) -> str:
        """What it is, for a button."""
        return _ABOUT[self][0]

    @property
    def hint(self) -> str:
        """What opens it, in a few words."""
        return _ABOUT[self][1]

    @property
    def media_type(self) -> str:
        """The Content-Type header."""
        return _ABOUT[self][2]


_ABOUT = {
    Format.CSV: ("Table (CSV)", "for spreadsheets", "text/csv; charset=utf-8"),
    Format.GEOJSON: ("Places (GeoJSON)", "for web maps and QGIS", "application/geo+json"),
    Format.KML: ("Places (KML)", "for Google Earth", "application/vnd.google-earth.kml+xml"),
    Format.PARQUET: ("Places (GeoParquet)", "for GeoPandas and databases", "application/vnd.apache.parquet"),
    Format.HTML: ("Page (opens offline)", "for any browser", "text/html; charset=utf-8"),
}
# These are written piece by piece, however many events there are.
STREAMED = (Format.CSV, Format.GEOJSON, Format.KML, Format.PARQUET)
# Of these a snapshot has a file beside its canonical GeoJSON.
DATA_FORMATS = (Format.CSV, Format.KML, Format.PARQUET)
