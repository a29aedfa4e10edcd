"""Run the benchmarks of reading and write docs/figures.json, which README and the method page show.

    python benchmarks/figures.py [--article ../path/to/article.txt] [--places name=gold.jsonl ...]

Each figure is printed as well. Sections that are not measured in a run keep what they had, so that
the corpora, which are not part of the project, need not be there.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "docs" / "figures.json"


def run(*command: str) -> str:
    """Run a benchmark and return what it prints; its errors are shown."""
    print("$", *command, flush=True)
    made = subprocess.run(  # noqa: S603 - our own scripts
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    print(made.stdout, flush=True)
    return made.stdout


def share(part: float, whole: float) -> float:
    """Return a share, to three places."""
    return round(part / max(1, whole), 3)


def of_set(folder: str) -> dict[str, Any]:
    """Measure reading on a labelled set."""
    line = next(row for row in run("benchmarks/article.py", "--set", folder).splitlines() if row.startswith("{"))
    found = json.loads(line)
    return {
        "core events": found["core"],
        "found": share(found["found"], found["core"]),
        "type, place and date all right": share(found["all_right"], found["core"]),
        "precision": round(found["precision"], 3),
    }


def of_article(path: str) -> dict[str, Any]:
    """Measure reading on one labelled article."""
    line = next(row for row in run("benchmarks/article.py", path).splitlines() if row.startswith("{"))
    found = json.loads(line)
    return {
        "core events": found["core"],
        "found": found["found"],
        "type, place and date all right": found["all_right"],
        "precision": round(found["precision"], 3),
    }


def of_places(gold: str) -> dict[str, Any]:
    """Measure place names on a labelled corpus."""
    printed = run("benchmarks/geoparse.py", gold)
    recognised = re.search(r"recognition, overlap .*F1 (\S+)", printed)
    given = re.search(r"given:.*?accuracy@161 km\s+(\S+)", printed, re.DOTALL)
    both = re.search(r"end to end @161 km .*F1 (\S+)", printed)
    speed = re.search(r"together at (\S+) of NER", printed)
    names = ("recognition F1", "gold names within 161 km", "end to end F1", "speed as a share of the model's NER")
    return {name: float(match[1]) for name, match in zip(names, (recognised, given, both, speed), strict=True) if match}


def machine() -> str:
    """Say what this was measured on."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def main() -> None:
    """Run the benchmarks and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--article", default="", help="a labelled article (.txt beside its .gold.jsonl)")
    parser.add_argument("--places", action="append", default=[], metavar="NAME=GOLD", help="a corpus of place names")
    given = parser.parse_args()
    found: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    found["measured"] = {"on": dt.datetime.now(dt.UTC).date().isoformat(), "machine": machine()}
    found["events, 66 sample articles (rules were made with these in view)"] = of_set("geodata/samples")
    found["events, 20 articles that nothing was built on"] = of_set("benchmarks/unseen")
    if given.article:
        found["events, one long agency report"] = of_article(given.article)
    for pair in given.places:
        name, _, gold = pair.partition("=")
        found[f"place names, {name}"] = of_places(gold)
    FIGURES.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Written to {FIGURES.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
