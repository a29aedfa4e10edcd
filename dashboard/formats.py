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
    PNG = "png"
    PNG_2X = "2x.png"
    CARD = "card.png"
    SVG = "svg"
    PDF = "pdf"

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
    Format.HTML: ("Page (HTML)", "opens offline, in any browser", "text/html; charset=utf-8"),
    Format.PNG: ("Picture (PNG)", "1,200 pixels wide", "image/png"),
    Format.PNG_2X: ("Picture (PNG)", "for slides and articles", "image/png"),
    Format.CARD: ("Card (PNG)", "for social networks", "image/png"),
    Format.SVG: ("Picture (SVG)", "vectors, to edit", "image/svg+xml"),
    Format.PDF: ("Sheet (PDF)", "A4, for print", "application/pdf"),
}
# These are written piece by piece, however many events there are.
STREAMED = (Format.CSV, Format.GEOJSON, Format.KML, Format.PARQUET)
# Of these a snapshot has a file beside its canonical GeoJSON.
DATA_FORMATS = (Format.CSV, Format.KML, Format.PARQUET)
# The pictures, and what each is called in a snapshot.
PICTURES = {
    Format.PNG: "map.png",
    Format.PNG_2X: "map@2x.png",
    Format.CARD: "card.png",
    Format.SVG: "map.svg",
    Format.PDF: "map.pdf",
}
DRAWN = (Format.HTML, *PICTURES)
# What the dashboard offers; the others are for programs.
OFFERED = (Format.HTML, Format.PNG_2X, Format.SVG, Format.PDF, *STREAMED)
