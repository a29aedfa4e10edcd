"""How well events are read, against the labels of whole articles.

    python benchmarks/article.py ARTICLE.txt [--gold GOLD.jsonl] [--published 2017-10-23]
    python benchmarks/article.py FOLDER                # its one .txt and *.gold.jsonl
    python benchmarks/article.py --set geodata/samples [--misses] [--wrong]

For one article, prints the figures as one line of JSON. The day of publication is taken from the
file's name (kirkuk-2017-10-16.txt) when it is not given. For a set (a folder with articles.jsonl
and labels.jsonl), articles are scored one by one and added up. See event_scoring.py for the rules.
The gazetteer is that of the settings: CONFLICTMAP_DATA_DIR=./var after `make run`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from event_scoring import Score, Tally, score_article

from geodata.article import Article, PublishedBasis
from geodata.errors import ConflictmapError
from geodata.reading.pool import Recipe, reader_of
from geodata.reading.to_dict import event_to_dict
from geodata.settings import settings

_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_SHOWN = 110  # characters of a quote


def coded(article: Article) -> list[dict[str, Any]]:
    """Read an article and return its events as the command writes them."""
    reading = reader_of(Recipe(settings().gazetteer, settings().model)).read(article)
    return [event_to_dict(event) for event in reading.events]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def paths_of(given: Path, gold: Path | None) -> tuple[Path, Path]:
    """Find the article and its labels: beside each other unless said otherwise."""
    text = given
    if given.is_dir():
        found = sorted(given.glob("*.txt"))
        if len(found) != 1:
            sys.exit(f"{given} holds {len(found)} articles (.txt): name one.")
        text = found[0]
    labels = gold or text.with_suffix(".gold.jsonl")
    for path in (text, labels):
        if not path.is_file():
            sys.exit(f"There is no file {path}.")
    return text, labels


def published_of(text: Path, given: str) -> dt.date:
    """Return the day of publication, as given or from the file's name."""
    found = given or next(iter(_DAY.findall(text.name)), "")
    try:
        return dt.date.fromisoformat(found)
    except ValueError:
        return sys.exit("The day of publication is not in the file's name: give it with --published 2017-10-23.")


def article_of(row: dict[str, Any]) -> Article:
    """Make an article of a line of a set."""
    return Article(
        text=row["text"],
        title=row.get("title") or "",
        source=row.get("source") or "",
        language="en",
        published=dt.date.fromisoformat(row["published"]),
        published_basis=PublishedBasis.GIVEN,
        place=row.get("place") or "",
    )


def score_set(folder: Path) -> tuple[Score, float]:
    """Score a set; returns the figures and the seconds that reading took."""
    labels = {row["id"]: row["events"] for row in rows_of(folder / "labels.jsonl")}
    total, seconds = Score(), 0.0
    reader_of(Recipe(settings().gazetteer, settings().model))  # loading is no reading
    for row in rows_of(folder / "articles.jsonl"):
        started = time.perf_counter()
        events = coded(article_of(row))
        seconds += time.perf_counter() - started
        score = score_article(labels[row["id"]], events)
        for one in (*score.missed, *score.wrong):
            one["article"] = row["id"]
        total.add(score)
    return total, seconds


def show_set(name: str, score: Score, seconds: float) -> None:
    """Print the figures of a set, then what was missed by type."""
    total = score.total
    print(f"{name}: {score.articles} articles, {total.core} core events, read in {seconds:.1f} s")
    print(json.dumps(score.as_dict()))
    for label, number in (
        ("core found", total.found),
        ("  and placed", total.placed),
        ("  and dated", total.dated),
        ("  all right", total.all_right),
        ("found, with also", score.found_with_also),
        ("all right, with also", score.all_right_with_also),
    ):
        print(f"{label:<22} {number:4}  {number / max(1, total.core):.3f}")
    print(f"{'  deaths':<22} {total.counted:4}  of {total.deadly} labelled; a number where none is: {total.miscounted}")
    print(f"{'precision':<22} {score.right:4}  {score.precision:.3f}  of {score.predicted} predicted")
    print(f"{'precision, with also':<22} {score.right_with_also:4}  {score.precision_with_also:.3f}")
    print("\ntype         core  found  placed  dated  all right   missed   coded, but nothing there")
    wrong = score.wrong_types
    missed = Counter(row["type"] for row in score.missed)
    for kind in sorted({*score.by_type, *wrong}):
        t = score.by_type.get(kind, Tally())
        print(
            f"{kind:<12} {t.core:4}  {t.found:5}  {t.placed:6}  {t.dated:5}  {t.all_right:9}  "
            f"{missed[kind]:7}   {wrong[kind]:4}"
        )


def show_rows(title: str, rows: list[dict[str, Any]]) -> None:
    """Print single events."""
    print(f"\n{title}")
    for row in rows:
        print(f"  {row['article']:<26} {row['type']:<10} {' '.join(row['quote'].split())[:_SHOWN]}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("article", type=Path, nargs="?", help="a text, or the folder that holds it")
    parser.add_argument("--gold", type=Path, help="labels; ARTICLE.gold.jsonl when left out")
    parser.add_argument("--published", default="", help="day of publication")
    parser.add_argument("--set", type=Path, action="append", default=[], help="folder of a labelled set")
    parser.add_argument("--misses", action="store_true", help="list the core events that were not found")
    parser.add_argument("--wrong", action="store_true", help="list the coded events that no label backs")
    parser.add_argument("--events", action="store_true", help="print the article's coded events")
    given = parser.parse_args()
    if given.article is None and not given.set:
        parser.error("name an article or a --set")
    if given.article is not None:
        text, labels = paths_of(given.article, given.gold)
        article = Article(
            text=text.read_text(encoding="utf-8"),
            published=published_of(text, given.published),
            published_basis=PublishedBasis.GIVEN,
        )
        events = coded(article)
        score = score_article(rows_of(labels), events)
        if given.events:
            print(*(json.dumps(event, ensure_ascii=False) for event in events), sep="\n")
        print(json.dumps(score.as_dict()))
        for one in (*score.missed, *score.wrong):
            one["article"] = text.stem
        show_lists(score, given)
    for folder in given.set:
        score, seconds = score_set(folder)
        show_set(str(folder), score, seconds)
        show_lists(score, given)


def show_lists(score: Score, given: argparse.Namespace) -> None:
    """Print the single events that were asked for."""
    if given.misses:
        show_rows("Core events that were not found:", score.missed)
    if given.wrong:
        show_rows("Coded, but in no label:", score.wrong)


if __name__ == "__main__":
    try:
        main()
    except ConflictmapError as problem:
        sys.exit(str(problem))
