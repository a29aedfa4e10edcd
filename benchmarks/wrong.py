"""What event reading gets wrong: writes docs/what-it-gets-wrong.md, and keeps it true.

    python benchmarks/wrong.py                       # read the project's own sets and write the page
    python benchmarks/wrong.py --check               # fail if the page is not what would be written
    python benchmarks/wrong.py --corpus plv=GOLD.jsonl --corpus plover_gsr=GOLD.jsonl

The page has a table of which type is taken for which, of both sets, and the twenty worst errors of
geodata/samples. Of benchmarks/unseen only numbers are printed: nobody is to look at what is wrong
there. With --corpus, types of labelled sentences of others are counted too and kept in
docs/confusion.json: numbers alone, none of their text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from article import article_of, coded, rows_of
from event_scoring import Score, overlaps, reports, score_article

from geodata.errors import ConflictmapError
from geodata.gazetteer.entries import distance_km
from geodata.ontology import EventType, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[1]
SAMPLES, UNSEEN = ROOT / "geodata" / "samples", ROOT / "benchmarks" / "unseen"
PAGE, COUNTS = ROOT / "docs" / "what-it-gets-wrong.md", ROOT / "docs" / "confusion.json"
WORST = 20
NOTHING = "nothing"
_SHOWN = 150  # characters of a quote
_FAR_KM = 100.0
_KINDS = [str(kind) for kind in EventType]

Event = dict[str, Any]
Counts = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One error, with how much harm it does on the map."""

    weight: float
    article: str
    what: str
    quote: str


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only tell whether the page is true")
    parser.add_argument("--corpus", action="append", default=[], metavar="NAME=GOLD", help="count types there too")
    given = parser.parse_args()
    if given.corpus:
        COUNTS.write_text(json.dumps(counted(given.corpus), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    made = page_of(read_set(SAMPLES), read_set(UNSEEN), json.loads(COUNTS.read_text(encoding="utf-8")))
    if not given.check:
        PAGE.write_text(made, encoding="utf-8")
        sys.stdout.write(f"{PAGE}\n")
    elif PAGE.read_text(encoding="utf-8") != made:
        sys.exit("docs/what-it-gets-wrong.md is not what is read today: run python benchmarks/wrong.py.")


def read_set(folder: Path) -> list[tuple[str, list[Event], list[Event]]]:
    """Read a labelled set: of each article its id, the labelled events and the coded ones."""
    labels = {row["id"]: row["events"] for row in rows_of(folder / "labels.jsonl")}
    return [(row["id"], labels[row["id"]], coded(article_of(row))) for row in rows_of(folder / "articles.jsonl")]


def counted(corpora: Iterable[str]) -> dict[str, dict[str, dict[str, int]]]:
    """Count, for each corpus, which type was coded for which; "none" where nothing was."""
    from events import coded as coded_sentence  # noqa: PLC0415 - only with --corpus
    from sentence_scoring import confusion  # noqa: PLC0415

    from geodata.reading.pool import Recipe, reader_of  # noqa: PLC0415
    from geodata.settings import settings  # noqa: PLC0415

    reader = reader_of(Recipe(settings().gazetteer, settings().model))
    found: dict[str, dict[str, dict[str, int]]] = {}
    for text in corpora:
        name, _, path = text.partition("=")
        if not Path(path).is_file():
            sys.exit(f"There is no file {path}: write --corpus NAME=GOLD.jsonl.")
        gold = rows_of(Path(path))
        table: dict[str, dict[str, int]] = {}
        for (truth, guess), n in confusion(gold, {row["id"]: coded_sentence(reader, row) for row in gold}).items():
            table.setdefault(truth, {})[guess.replace("none", NOTHING)] = n
        found[name] = table
    return found


# -- counting ---------------------------------------------------------------------------------


def confusion_of(read: Sequence[tuple[str, Sequence[Event], Sequence[Event]]]) -> Counts:
    """Count (labelled type, coded type) over core events, and over coded events that nothing backs."""
    counts: Counts = Counter()
    for _, gold, events in read:
        free = unbacked(gold, events)
        for row in gold:
            if row["level"] == "core":
                counts[row["type"], taken_for(row, events, free)] += 1
        for event in invented(gold, events):
            counts[NOTHING, event["type"]] += 1
    return counts


def unbacked(gold: Sequence[Event], events: Sequence[Event]) -> list[Event]:
    """Return the coded events that report no labelled one."""
    return [event for event in events if not any(reports(event, row, also=True) for row in gold)]


def taken_for(row: Event, events: Sequence[Event], free: Sequence[Event]) -> str:
    """Return the type that a labelled event was coded as: its own if any event reports it."""
    if any(reports(event, row, also=True) for event in events):
        return str(row["type"])
    near = [event for event in free if overlaps(event, row)]
    return str(near[0]["type"]) if near else NOTHING


def invented(gold: Sequence[Event], events: Sequence[Event]) -> list[Event]:
    """Return the coded events that report no labelled one, and are no missed one under a wrong type."""
    core = [row for row in gold if row["level"] == "core"]
    missed = [row for row in core if not any(reports(event, row, also=True) for event in events)]
    return [event for event in unbacked(gold, events) if not any(overlaps(event, row) for row in missed)]


# -- the worst --------------------------------------------------------------------------------


def faults_of(read: Sequence[tuple[str, Sequence[Event], Sequence[Event]]]) -> list[Fault]:
    """Find errors, the worst first."""
    found = [fault for name, gold, events in read for fault in _faults(name, gold, events)]
    return sorted(found, key=lambda fault: (-fault.weight, fault.article, fault.quote))


def _faults(name: str, gold: Sequence[Event], events: Sequence[Event]) -> Iterator[Fault]:
    for event in invented(gold, events):
        dot = "a dot" if event["lat"] is not None else "no dot"
        yield Fault(_harm(event["type"]) * event["confidence"] * (2 if event["lat"] is not None else 1), name,
                    f"{event['type']}, {dot}: no such act is labelled", event["quote"])  # fmt: skip
    free = unbacked(gold, events)
    for row in gold:
        if row["level"] != "core":
            continue
        backing = [event for event in events if reports(event, row, also=True)]
        dead = 1 + bool(row.get("fatalities"))
        if not backing:
            kind = taken_for(row, events, free)
            how = "not found" if kind == NOTHING else f"read as {kind}"
            yield Fault(_harm(row["type"]) * dead, name, f"{row['type']} {how}", row["quote"])
        elif (far := _astray(backing, row)) is not None:
            yield Fault(_harm(row["type"]) * min(2.0, far / 500), name,
                        f"{row['type']} put {far:,.0f} km away".replace(",", " "), row["quote"])  # fmt: skip


def _harm(kind: str) -> float:
    """Weigh deeds against words: a wrong attack misleads more than a wrong appeal."""
    return 2.0 if EventType(kind).quad is Quad.MATERIAL_CONFLICT else 1.0


def _astray(backing: Sequence[Event], row: Event) -> float | None:
    """Return how far off the nearest place is, in kilometres, or None when it is near or not known."""
    if row["lat_approx"] is None:
        return None
    away = [
        distance_km(event["lat"], event["lon"], row["lat_approx"], row["lon_approx"])
        for event in backing
        if event["lat"] is not None
    ]
    return min(away) if away and min(away) > _FAR_KM else None


# -- the page ---------------------------------------------------------------------------------


def page_of(
    samples: Sequence[tuple[str, Sequence[Event], Sequence[Event]]],
    unseen: Sequence[tuple[str, Sequence[Event], Sequence[Event]]],
    corpora: Mapping[str, Mapping[str, Mapping[str, int]]],
) -> str:
    """Write the page."""
    faults = faults_of(samples)
    lines = [
        "# What it gets wrong",
        "",
        "Written by `python benchmarks/wrong.py`; a test fails when it is no longer true. The texts are the project's own:",
        "66 samples, whose labels were in view while the rules were made, and 20 briefs in `benchmarks/unseen`, of which",
        "only numbers are printed. [How the figures are counted](limits.md).",
        "",
        *_figures({"samples": samples, "unseen": unseen}),
        "",
        "## Which type is taken for which",
        "",
        "Rows are the labelled core events, columns what was coded from the same words. The last row counts events that",
        f"were coded though no such act is labelled; the column *{NOTHING}*, acts that were passed over.",
        "",
        "### Samples",
        "",
        *_table(confusion_of(samples)),
        "",
        "### Unseen",
        "",
        *_table(confusion_of(unseen)),
        "",
        "## The twenty worst errors in the samples",
        "",
        "An act made up weighs by how sure the reader was, twice if it is drawn as a dot; an act passed over, twice if",
        "people died in it; a wrong place by the distance. Deeds of conflict weigh twice as much as words.",
        "",
        "| | article | what went wrong | the text |",
        "|---|---|---|---|",
        *(
            f"| {number} | {fault.article} | {fault.what} | {_cell(fault.quote)} |"
            for number, fault in enumerate(faults[:WORST], start=1)
        ),
        "",
        f"In all {len(faults)} errors were counted in the samples.",
    ]
    if corpora:
        lines += ["", "## In sentences of others", "", *_CORPORA]
    for name in sorted(corpora):
        counts: Counts = Counter({(a, b): n for a, row in corpora[name].items() for b, n in row.items()})
        lines += ["", f"### {name}", "", *_table(counts)]
    return "\n".join(lines) + "\n"


_CORPORA = (
    "Labelled sentences of other projects, measured and never learnt from: numbers only, of the first event that is",
    "coded in each sentence. YIELD is CONCEDE or RETREAT. Some differences are of rules, not of reading: CAMEO counts",
    "appeals as neutral and broken ties as words; there PLOVER, and we, have REQUEST and SANCTION.",
)


def _figures(sets: Mapping[str, Sequence[tuple[str, Sequence[Event], Sequence[Event]]]]) -> Iterator[str]:
    yield "| set | articles | core events | found | with place and day right | coded | of these labelled |"
    yield "|---|---|---|---|---|---|---|"
    for name, read in sets.items():
        total = Score()
        for _, gold, events in read:
            total.add(score_article(gold, events))
        t = total.total
        yield (
            f"| {name} | {total.articles} | {t.core} | {t.found / t.core:.3f} | {t.all_right / t.core:.3f} "
            f"| {total.predicted} | {total.precision:.3f} |"
        )


def _table(counts: Counts) -> Iterator[str]:
    rows = [kind for kind in (*_KINDS, "YIELD", NOTHING) if any(truth == kind for truth, _ in counts)]
    columns = [kind for kind in (*_KINDS, NOTHING) if any(guess == kind for _, guess in counts)]
    yield f"| labelled | {' | '.join(_short(kind) for kind in columns)} |"
    yield "|---|" + "---:|" * len(columns)
    for row in rows:
        cells = [str(counts[row, column] or "") for column in columns]
        bold = [f"**{cell}**" if cell and column == row else cell for cell, column in zip(cells, columns, strict=True)]
        yield f"| {row} | {' | '.join(bold)} |"


def _short(kind: str) -> str:
    return kind if kind == NOTHING else kind[:4].title()


def _cell(quote: str) -> str:
    """Write a quote so that no table breaks."""
    text = " ".join(quote.split()).replace("|", "\\|")
    return text if len(text) <= _SHOWN else text[: text.rfind(" ", 0, _SHOWN)] + " ..."


if __name__ == "__main__":
    try:
        main()
    except ConflictmapError as problem:
        sys.exit(str(problem))
