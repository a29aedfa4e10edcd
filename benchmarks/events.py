"""How well events are read in single sentences and headlines.

    python benchmarks/events.py types GOLD.jsonl       # type and actors of labelled events
    python benchmarks/events.py gate GOLD.jsonl        # event or none, and its class
    python benchmarks/events.py where GOLD.jsonl       # place, date, actors of headlines
    python benchmarks/events.py verbplace GOLD.jsonl   # where the act of a given verb happened

GOLD has one sentence a line: {"id", "text", "date", "events": [...]} or, for verbplace, {"id", "text",
"verb": {"start", "end"}, "locations": [{"start", "end"}]}. See sentence_scoring.py for the rules.
Prints the figures as one line of JSON, then the speed. `--limit N` takes the first N lines, `--confusion`
prints which types are taken for which, `--out FILE` writes what was coded.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sentence_scoring import confusion, score_gate, score_types, score_verbplace, score_where

from geodata.article import Article, PublishedBasis
from geodata.errors import ConflictmapError
from geodata.reading.pool import Recipe, reader_of
from geodata.reading.to_dict import event_to_dict
from geodata.settings import settings

if TYPE_CHECKING:
    from geodata.reading.reader import Reader

SCORES = {"types": score_types, "gate": score_gate, "where": score_where}


def article_of(row: dict[str, Any]) -> Article:
    """Make an article of a sentence; its date, where known, is the day of publication."""
    day = dt.date.fromisoformat(row["date"][:10]) if row.get("date") else None
    basis = PublishedBasis.GIVEN if day else PublishedBasis.UNKNOWN
    return Article(text=row["text"], language="en", published=day, published_basis=basis)


def coded(reader: Reader, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Read a sentence and return its events."""
    return [event_to_dict(event) for event in reader.read(article_of(row)).events]


def places_of_verb(reader: Reader, row: dict[str, Any]) -> list[tuple[int, int]]:
    """Return the spans of the places where the act of the row's verb happened."""
    found = reader.places_of_verb(article_of(row), row["verb"]["start"], row["verb"]["end"])
    return [(mention.start, mention.end) for mention in found]


def show_confusion(gold: list[dict[str, Any]], events: dict[str, list[dict[str, Any]]]) -> None:
    """Print, for each gold type, what was coded."""
    counts = confusion(gold, events)
    for kind in sorted({pair[0] for pair in counts}):
        row = sorted(((n, guess) for (truth, guess), n in counts.items() if truth == kind), reverse=True)
        print(f"{kind:10}", "  ".join(f"{guess} {n}" for n, guess in row))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=[*SCORES, "verbplace"])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--confusion", action="store_true")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with options.gold.open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines if line.strip()][: options.limit or None]
    reader = reader_of(Recipe(settings().gazetteer, settings().model))
    started = time.perf_counter()
    read = places_of_verb if options.kind == "verbplace" else coded
    found: dict[str, list[Any]] = {row["id"]: read(reader, row) for row in gold}
    seconds = time.perf_counter() - started
    score = score_verbplace if options.kind == "verbplace" else SCORES[options.kind]
    figures = score(gold, found)
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    print(f"{len(gold)} sentences in {seconds:.1f} s, {len(gold) / seconds:.0f} a second")
    if options.confusion and options.kind == "types":
        show_confusion(gold, found)
    if options.out:
        rows = (json.dumps({"id": name, "events": events}, ensure_ascii=False) for name, events in found.items())
        options.out.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except ConflictmapError as problem:
        sys.exit(str(problem))
