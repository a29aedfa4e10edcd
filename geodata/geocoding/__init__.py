"""Geocoders in the manner of geopy: the offline gazetteer, and services that can take its place."""

from __future__ import annotations

from geodata.geocoding.gazetteer import GazetteerGeocoder
from geodata.geocoding.make import make_geocoder

__all__ = ["GazetteerGeocoder", "make_geocoder"]
