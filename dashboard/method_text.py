"""The words and tables of the method page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.maps.colours import QUAD_ORDER
from geodata.ontology import TYPES, EventType, Quad

FIGURES = Path(__file__).parents[1] / "docs" / "figures.json"

HOW_IT_WORKS = """
1. **An article comes in** as text, a file or an address. Its publication date is given, found in the page, or inferred
   and then marked as inferred.
2. **Places are found** by a language model and by a list of names, and each name is resolved to one place, from the
   other places of the article, its size and what it is called. A name that could be two places, and nothing decides,
   stays without a place.
3. **Events are found** sentence by sentence: a verb that stands for an act, who does it, to whom. Each event keeps its
   sentence as evidence.
4. **Each event gets a place and a date**, and says how both are known: named in the clause, in the sentence, referred
   back to (“there”), from the paragraph, the headline or the dateline. Where only a province or a country is known,
   the map shows the area and not a dot.
5. **Nothing is guessed.** Reports that could not be placed are counted and listed with the reason; no dot is ever
   moved to make room for another.
"""

LIMITS = """
* One event is one report in one article. The same happening in three articles is three events; a card says how many
  reports there are of the same type at the same place on the same day.
* The program reads English. In other languages it only finds place names.
* Irony, hypothetical sentences and plans are told apart from acts by rules, which fail now and then. Who did it to
  whom can be swapped in passive or long sentences.
* What media do not report is not here, and what many report is here many times: the map shows reporting, not the
  conflict itself.
* Deaths are shown as a sentence states them. They are never added up.
"""

WORDS = """
* **Article**: what was published.
* **Mention**: a place name in an article.
* **Event**: one report of one happening in one article.
* **Incident**: the events, over several articles, that report the same happening.
* **View**: what is being looked at: filters and map window. Its link opens the same view anywhere.
* **Cell**: a square of the map with a count.
"""

DATA_AND_LICENCES = """
* Borders, provinces and lakes: [Natural Earth](https://www.naturalearthdata.com), public domain.
* Places: [GeoNames](https://www.geonames.org), [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/), with places
  and spellings added by this project, each with its source.
* Types of event: PLOVER, Open Event Data Alliance.
* Articles belong to their publishers. A sentence of each is quoted as evidence, with a link to the source.
* Nothing on these pages is loaded from another host, and nothing is sent to one.
"""

_PRECISION = (
    ("Site", "a building, a crossing, a base, a field", "dot", "about 1 km"),
    ("Settlement", "a town or a village", "dot", "about 5 km"),
    ("District", "a district, or what lies near a town", "dot", "about 25 km"),
    ("Province", "a governorate, or a region such as Darfur", "area", "the whole area"),
    ("Country", "a country", "area", "the whole country"),
)


@dataclass(frozen=True)
class FigureTable:
    """A table of measured figures."""

    title: str
    frame: pd.DataFrame
    note: str = ""


def precision_table() -> pd.DataFrame:
    """Return the classes of precision."""
    return pd.DataFrame(_PRECISION, columns=["Class", "What is known", "Drawn as", "True place lies within"])


def types_table() -> pd.DataFrame:
    """Return all types with their class and meaning, the gravest class first."""
    rows = [
        (quad.label, kind.label, TYPES[kind].gloss, ", ".join(TYPES[kind].modes))
        for quad in QUAD_ORDER
        for kind in EventType
        if TYPES[kind].quad is Quad(quad)
    ]
    return pd.DataFrame(rows, columns=["Class", "Type", "Someone …", "Modes"])


def figures(path: Path = FIGURES) -> list[FigureTable]:
    """Return what the benchmarks measured, as tables; none when they have not been run.

    The file is a JSON object: section -> {name -> value}, or section -> list of rows. Whatever is
    in it is shown, and nothing is shown that is not in it.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    if not isinstance(found, dict):
        return []
    tables, loose = [], {}
    for title, section in found.items():
        if isinstance(section, dict):
            note = str(section.get("note", ""))
            rows = {_words(key): _shown(value) for key, value in section.items() if key != "note"}
            if rows:
                tables.append(FigureTable(_words(title), _two_columns(rows), note))
        elif isinstance(section, list) and section and all(isinstance(row, dict) for row in section):
            frame = pd.DataFrame([{_words(key): _shown(value) for key, value in row.items()} for row in section])
            tables.append(FigureTable(_words(title), frame.fillna("")))
        else:
            loose[_words(title)] = _shown(section)
    if loose:
        tables.append(FigureTable("", _two_columns(loose)))
    return tables


def _two_columns(rows: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({"Measure": list(rows), "Value": list(rows.values())}).set_index("Measure")


def _words(key: str) -> str:
    words = str(key).replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"  # noqa: PLR2004
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, dict):
        return ", ".join(f"{_words(key)} {_shown(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(part) for part in value)
    return str(value)
