"""Where a publisher is at home, as far as its address on the web says so."""

from __future__ import annotations

from urllib.parse import urlsplit

# Codes of countries under which the whole world registers names, for what they spell.
_FOR_ANYBODY = frozenset(
    {"ac", "ag", "ai", "am", "cc", "co", "fm", "gg", "io", "is", "la", "li", "ly", "me", "ms", "mu", "nu", "pw", "sc"}
    | {"sh", "st", "tk", "to", "tv", "vc", "ws"}
)
_OTHERWISE = {"uk": "GB"}
_LENGTH = 2  # of a country's code


def publisher_country(url: str) -> str:
    """Return the country of an address (ISO 3166-1 alpha-2): "CA" of https://www.cbc.ca/news; empty when it says nothing.

    Parameters
    ----------
    url
        Address of an article; anything else gives an empty answer too.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # "http://[": no address
        return ""
    last = host.rstrip(".").rpartition(".")[2].lower()
    if len(last) != _LENGTH or not last.isascii() or not last.isalpha() or last in _FOR_ANYBODY:
        return ""
    return _OTHERWISE.get(last, last.upper())
