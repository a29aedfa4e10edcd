"""Measure how well and how fast places are found: `python benchmarks/geoparse.py GOLD.jsonl [--given] [--limit N]`.

GOLD has one text a line: {"id", "text", "url", "toponyms": [{"start", "end", "lat", "lon"}], "ignore": [{"start", "end"}]}.
`--texts` names a second file with the texts when the labels lie apart from them. Only the pipe that names entities runs,
as when only places are wanted. `--processes 2` reads the texts in one process and then in several, and prints the ratio.
Counted is a service that runs: in both, each process has loaded its model and read some texts before the clock starts,
and the texts are read over and over until they are at least 240, so that the last texts, when one process waits for
another, weigh little. Everything else counts: handing the texts over, bringing the readings back, keeping their order.
How long the one process was busy is printed too: where that is less than the clock, other programs took their share of
the machine, and where it is more, the one process had more than one core. `--given` resolves the gold spans as they
stand; without it both are measured.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import math
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import FIRST_LOOK_UP
from scoring import RADIUS_KM, GoldText, Name, Score, apart_km, load_gold, pairs, score

from geodata.article import Article
from geodata.event import Precision
from geodata.gazetteer import Gazetteer
from geodata.reading.actor_list import actor_list
from geodata.reading.blocks import split_blocks
from geodata.reading.model import load_model
from geodata.reading.passages import Passage
from geodata.reading.pool import CHUNK, PooledReader, Recipe
from geodata.reading.ranking.weights import ranker as learnt_ranking
from geodata.reading.resolution import formula
from geodata.reading.toponyms import PlaceReader
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

    from geodata.event import Mention

_ENOUGH_TEXTS = 240  # of the comparison of one process with several
_WARM_CHUNKS = 2  # for each process
_POINTS = {Precision.SETTLEMENT, Precision.SITE, Precision.DISTRICT}


def passages_of(article: Article, nlp: Language) -> list[Passage]:
    """Split an article and name its entities, as the reader does."""
    blocks = [block for block in split_blocks(article.text) if block.body_start < block.end]
    docs = nlp.pipe(article.text[block.body_start : block.end] for block in blocks)
    return [Passage(block, doc, block.body_start) for block, doc in zip(blocks, docs, strict=True)]


def names_of(mentions: Sequence[Mention]) -> list[Name]:
    """Turn mentions into what is scored."""
    return [Name(m.start, m.end, m.place.lat if m.place else None, m.place.lon if m.place else None) for m in mentions]


def show(title: str, result: Score, *, given: bool) -> None:
    """Print the figures of one run."""
    print(f"{title}: {result.gold} gold names, {result.predicted} found")
    if not given:
        for kind in ("overlap", "exact"):
            p, r, f1 = result.recognition(exact=kind == "exact")
            print(f"  recognition, {kind:8} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}")
    unresolved = result.paired_points - len(result.errors_km)
    print(f"  accuracy@161 km    {result.accuracy:.3f}   ({result.paired_points} points, {unresolved} unresolved)")
    p, r, f1 = result.end_to_end()
    print(f"  end to end @161 km P {p:.3f}  R {r:.3f}  F1 {f1:.3f}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--given", action="store_true", help="only resolve the gold spans")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--ranker", choices=("formula", "learnt"), default="formula")
    parser.add_argument("--processes", type=int, default=0, help="also compare one process with so many")
    parser.add_argument("--errors", type=Path, help="write what went wrong to this file")
    options = parser.parse_args()
    gold = load_gold(options.gold, options.texts)[: options.limit or None]
    nlp = load_model(settings().model)
    for name in [name for name in nlp.pipe_names if name != "ner"]:
        nlp.disable_pipe(name)
    began = time.perf_counter()
    reader = PlaceReader(
        Gazetteer(settings().gazetteer), ranker=learnt_ranking if options.ranker == "learnt" else formula
    )
    print(f"matcher built in {time.perf_counter() - began:.2f} s")
    articles = [Article(text=document.text, title=document.title, url=document.url) for document in gold]
    passages_of(articles[0], nlp)
    began = time.perf_counter()
    read = [passages_of(article, nlp) for article in articles]
    ner = time.perf_counter() - began
    began = time.perf_counter()
    for article, passages in zip(articles, read, strict=True):
        for passage in passages:
            passage.add_named(actor_list().find(passage.doc.text, article.published))
    actors = time.perf_counter() - began
    runs: list[tuple[str, list[list[Mention]]]] = []
    if not options.given:
        began = time.perf_counter()
        runs.append(("found", [reader.mentions(p, a) for a, p in zip(articles, read, strict=True)]))
        places = time.perf_counter() - began
        whole = ner + actors + places
        tokens = sum(len(passage.doc) for passages in read for passage in passages)
        print(
            f"NER {ner:.2f} s ({tokens / ner:,.0f} tokens/s), listed actors {actors:.2f} s, places {places:.2f} s; "
            f"together at {ner / whole:.2f} of NER's speed"
        )
        print(
            f"  shares of time: NER {ner / whole:.0%}, listed actors {actors / whole:.0%}, "
            + ", ".join(f"{part} {seconds / whole:.0%}" for part, seconds in reader.seconds.items())
        )
    runs.append(
        (
            "given",
            [
                reader.mentions(p, a, given=[(n.start, n.end) for n in g.names])
                for g, a, p in zip(gold, articles, read, strict=True)
            ],
        )
    )
    for title, mentions in runs:
        show(title, score(zip(gold, map(names_of, mentions), strict=True)), given=title == "given")
        print_reliability(gold, mentions)
    print_split(gold, runs[-1][1], reader)
    print_memory(settings().gazetteer)
    if options.processes > 1:
        print_processes(articles, options.processes, nlp)
    if options.errors:
        with options.errors.open("w", encoding="utf-8") as file, contextlib.redirect_stdout(file):
            for title, mentions in runs:
                for document, found in zip(gold, mentions, strict=True):
                    print_errors(title, document, found)


def print_processes(articles: Sequence[Article], processes: int, nlp: Language) -> None:
    """Print how much faster several processes read than one, models loaded in both before the clock starts."""
    recipe = Recipe(settings().gazetteer, settings().model)
    for name in [*nlp.disabled]:  # what the figures above did without
        nlp.enable_pipe(name)
    read = list(articles) * math.ceil(_ENOUGH_TEXTS / len(articles))
    warm = _WARM_CHUNKS * CHUNK * processes
    seconds: dict[int, float] = {}
    busy: dict[int, float] = {}
    for number in (1, processes):
        many = PooledReader(recipe).read_many(
            [*itertools.islice(itertools.cycle(articles), warm), *read], processes=number
        )
        for _ in range(warm):
            next(many)
        before, began = time.process_time(), time.perf_counter()
        for _ in many:
            pass
        seconds[number], busy[number] = time.perf_counter() - began, time.process_time() - before
    print(
        f"  whole reading of {len(read)} texts: {processes} processes at {seconds[1] / seconds[processes]:.2f} times the "
        f"speed of one ({seconds[1]:.1f} s, {seconds[processes]:.1f} s; one process was busy for {busy[1]:.1f} s)"
    )


def print_memory(gazetteer: Path) -> None:
    """Print the highest memory of this process and the time of a first look-up in a new one."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own text
        [sys.executable, "-c", FIRST_LOOK_UP.format(path=str(gazetteer))], check=True, capture_output=True, text=True
    )
    imported, opened = map(float, done.stdout.split())
    print(f"  highest memory {peak:,.0f} MB; first look-up: import {imported:.2f} s, open and search {opened:.3f} s")


def print_reliability(gold: Sequence[GoldText], runs: Sequence[Sequence[Mention]]) -> None:
    """Print how often a resolved mention is right, by the confidence it was given.

    Once for all, once for those that were resolved to a town, a site or a district: where the one point of a country
    or a province lies is a convention, on which gazetteers differ by more than the radius.
    """
    for title, kinds in (("all", set(Precision)), ("towns, sites and districts", _POINTS)):
        bins: dict[int, list[bool]] = {n: [] for n in range(10)}
        for document, mentions in zip(gold, runs, strict=True):
            names = names_of(mentions)
            for g, p in pairs(document.names, names):
                km = apart_km(document.names[g], names[p])
                place = mentions[p].place
                if km is not None and place is not None and place.precision in kinds:
                    bins[min(9, int(mentions[p].confidence * 10))].append(km <= RADIUS_KM)
        print(
            f"  confidence -> right ({title}): "
            + "  ".join(
                f"{n / 10:.1f}-{(n + 1) / 10:.1f} {sum(right) / len(right):.2f} ({len(right)})"
                for n, right in bins.items()
                if right
            )
        )


def print_split(gold: Sequence[GoldText], runs: Sequence[Sequence[Mention]], reader: PlaceReader) -> None:
    """Print where the given names went wrong: no candidate near (the ceiling), another chosen, or none."""
    counts = {"right": 0, "no candidate within 161 km": 0, "another candidate chosen": 0, "left unplaced": 0}
    for document, mentions in zip(gold, runs, strict=True):
        for name, mention in zip(document.names, mentions, strict=True):
            if not name.has_point:
                continue
            km = apart_km(name, names_of([mention])[0])
            reached = any(
                (apart_km(name, Name(0, 0, c.place.lat, c.place.lon)) or 0.0) <= RADIUS_KM
                for c in reader.finder.find(mention.text).candidates
            )
            if km is not None and km <= RADIUS_KM:
                counts["right"] += 1
            elif not reached:
                counts["no candidate within 161 km"] += 1
            else:
                counts["left unplaced" if km is None else "another candidate chosen"] += 1
    whole = sum(counts.values()) or 1
    print("  given names: " + ", ".join(f"{words} {count} ({count / whole:.1%})" for words, count in counts.items()))


def print_errors(title: str, document: GoldText, mentions: Sequence[Mention]) -> None:
    """Print what was missed, found without need, or put elsewhere, each with some text around."""
    names = names_of(mentions)
    found = pairs(document.names, names)

    def around(name: Name) -> str:
        text, start, end = document.text, name.start, name.end
        return f"{text[max(0, start - 45) : start]}[{text[start:end]}]{text[end : end + 35]}".replace("\n", " ")

    if title != "given":
        for g in set(range(len(document.names))) - {g for g, _ in found}:
            print(f"{document.id} MISSED  {around(document.names[g])}")
        for p in set(range(len(names))) - {p for _, p in found}:
            if not any(names[p].overlap(other) > 0 for other in document.ignored):
                print(f"{document.id} EXTRA   {around(names[p])}")
    for g, p in found:
        a, b, mention = document.names[g], names[p], mentions[p]
        if title != "given" and (a.start, a.end) != (b.start, b.end):
            print(f"{document.id} SPAN    {around(b)}  gold: {document.text[a.start : a.end]}")
        km = apart_km(a, b)
        if a.has_point and (km is None or km > RADIUS_KM):
            place = mention.place
            where = f"{place.name} {place.country} {place.kind} {km:.0f} km" if place and km is not None else "none"
            print(f"{document.id} {title} WRONG  {around(b)}  -> {where} ({mention.confidence:.2f}; {mention.reason})")


if __name__ == "__main__":
    main()
