"""One line of a GeoNames dump: what its columns hold, and what is wrong with it."""

from __future__ import annotations

from typing import NamedTuple

from geodata.gazetteer.cells import is_point
from geodata.gazetteer.gather import LONGEST_NAME, worth_keeping

COLUMNS = 19
ALTERNATE_COLUMNS = 8  # and more: from, to
_MOST_PEOPLE = 20_000_000_000  # more is a slip of the pen

# "Languages" of alternateNamesV2 that are codes, links and abbreviations, not names.
NO_LANGUAGES = frozenset(
    ("abbr", "faac", "fr_1793", "iata", "icao", "link", "phon", "piny", "post", "tcid", "unlc", "wkdt")
)


class BrokenLineError(ValueError):
    """A line that is not as GeoNames writes them; the text says why."""


class DumpRow(NamedTuple):
    """A place as GeoNames gives it; `lat`, `lon` in decimal degrees, WGS 84."""

    geonames_id: str
    name: str
    lat: float
    lon: float
    feature_class: str
    code: str
    country: str
    other_countries: str
    admin1: str
    admin2: str
    population: int
    alternates: tuple[str, ...]


class AlternateName(NamedTuple):
    """A row of alternateNamesV2."""

    geonames_id: str
    name: str
    is_historic: bool


def country_of(fields: list[bytes]) -> str:
    """Return the country of a split line, upper case; "" at sea.

    Raises
    ------
    BrokenLineError
        When the line has not as many columns as it should.
    """
    if len(fields) != COLUMNS:
        message = f"{len(fields)} columns instead of {COLUMNS}"
        raise BrokenLineError(message)
    return fields[8].decode("ascii", "replace").strip().upper()


def dump_row(fields: list[bytes]) -> DumpRow:
    """Read a line that was split at its tabs.

    Raises
    ------
    BrokenLineError
        When a column that is needed cannot be read.
    """
    country = country_of(fields)
    try:
        text = [field.decode("utf-8").strip() for field in fields]
    except UnicodeDecodeError:
        message = "not UTF-8"
        raise BrokenLineError(message) from None
    identifier, name = text[0], _printable(text[1])
    if not (identifier.isascii() and identifier.isdigit()):
        message = "no GeoNames id"
        raise BrokenLineError(message)
    if not any(map(str.isalnum, name)) or len(name) > LONGEST_NAME * 2:
        message = "no name"
        raise BrokenLineError(message)
    try:
        lat, lon = float(text[4]), float(text[5])
    except ValueError:
        lat = lon = float("nan")
    if not is_point(lat, lon):
        message = "no point on Earth"
        raise BrokenLineError(message)
    people = text[14] or "0"
    if not (people.isascii() and people.isdigit()) or len(people) > len(str(_MOST_PEOPLE)):
        message = "no population"
        raise BrokenLineError(message)
    alternates = (_printable(other).strip() for other in text[3].split(","))
    return DumpRow(
        geonames_id=str(int(identifier)),
        name=name,
        lat=lat,
        lon=lon,
        feature_class=text[6].upper(),
        code=text[7].upper(),
        country=country,
        other_countries=text[9].upper(),
        admin1=text[10],
        admin2=text[11],
        population=int(people),
        alternates=tuple(other for other in alternates if worth_keeping(other)),
    )


def alternate_name(fields: list[bytes]) -> AlternateName | None:
    """Read a split line of alternateNamesV2; None for what is no name (links, codes).

    Raises
    ------
    BrokenLineError
        When the line is not one of that file.
    """
    if len(fields) < ALTERNATE_COLUMNS:
        message = f"{len(fields)} columns instead of {ALTERNATE_COLUMNS} or more"
        raise BrokenLineError(message)
    if fields[2].decode("ascii", "replace").lower() in NO_LANGUAGES:
        return None
    identifier = fields[1].strip()
    if not identifier.isdigit():
        message = "no GeoNames id"
        raise BrokenLineError(message)
    try:
        name = _printable(fields[3].decode("utf-8")).strip()
    except UnicodeDecodeError:
        message = "not UTF-8"
        raise BrokenLineError(message) from None
    if not worth_keeping(name):
        return None
    return AlternateName(str(int(identifier)), name, fields[7].strip() == b"1")


def _printable(text: str) -> str:
    """Take out what does not show: control letters, and marks that turn the direction of writing.

    The joiners stay: Persian and Kurdish are spelt with them.
    """
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter.isprintable() or letter in _JOINERS)


_JOINERS = "\u200c\u200d"
