"""Questions with known answers, from made-up reports and from labelled samples."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geodata.gazetteer.entries import distance_km
from geodata.reading.blocks import split_blocks
from geodata.reading.questions import ask, context_of
from geodata.reading.ranking.scenes import reports
from geodata.reading.resolution import is_same
from geodata.reading.sighting import Origin, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geodata.event import Place
    from geodata.reading.candidates import CandidateFinder, CandidateSet
    from geodata.reading.features import Context, Question
    from geodata.reading.questions import Asked
    from geodata.reading.ranking.scenes import World

RADIUS_KM = 161.0  # of a right answer, as in the benchmarks
_SAMPLE_KM = 40.0


@dataclass(frozen=True, slots=True)
class Example:
    """One report's questions; `points` are the right answers' (lat, lon), `right` the numbers of right candidates."""

    questions: list[Question]
    context: Context
    points: list[tuple[float, float] | None]
    right: list[frozenset[int]]


def made_up(world: World, finder: CandidateFinder, *, seed: int, count: int) -> Iterator[Example]:
    """Yield made-up reports as examples."""
    for report in reports(world, seed=seed, count=count):
        asked = ask([named.sighting for named in report.names], report.text, finder)
        context = context_of(asked, report.text, report.home, finder)
        named = {one.sighting.start: one for one in report.names}
        questions: list[Question] = []
        points: list[tuple[float, float] | None] = []
        right: list[frozenset[int]] = []
        for one in asked:
            group = [named[member.start] for member in one.members]
            question, place = one.question, group[0].place
            if any(other.place.id != place.id for other in group):  # two towns of one name: no single answer
                points.append(None)
                right.append(frozenset())
            else:
                if group[0].missing:
                    question = replace(question, candidates=_without(question.candidates, place))
                points.append((place.lat, place.lon))
                right.append(_right(question.candidates, place))
            questions.append(question)
        yield Example(questions, context, points, right)


def _without(found: CandidateSet, place: Place) -> CandidateSet:
    """Return candidates as if the gazetteer did not have a place."""
    kept = [n for n, candidate in enumerate(found.candidates) if not is_same(place, candidate.place)]
    return replace(
        found,
        candidates=tuple(found.candidates[n] for n in kept),
        points=found.points[kept].reshape(-1, 3),
        prior=found.prior[kept],
        quality=found.quality[kept],
    )


def _right(found: CandidateSet, place: Place) -> frozenset[int]:
    exact = frozenset(n for n, candidate in enumerate(found.candidates) if candidate.place.id == place.id)
    return exact or frozenset(n for n, candidate in enumerate(found.candidates) if is_same(place, candidate.place))


def samples(folder: Path, finder: CandidateFinder) -> Iterator[Example]:
    """Yield the labelled sample articles as examples, their gold names as they stand.

    Parameters
    ----------
    folder
        With `articles.jsonl` and `labels.jsonl`.
    finder
        Looks names up.
    """
    labels = {row["id"]: row["toponyms"] for row in _rows(folder / "labels.jsonl")}
    for article in _rows(folder / "articles.jsonl"):
        if article["id"] in labels:
            yield _sample(article["text"], article.get("place", ""), labels[article["id"]], finder)


def _sample(text: str, home: str, toponyms: list[dict[str, Any]], finder: CandidateFinder) -> Example:
    datelines = [span for block in split_blocks(text) if block.dateline for span in block.dateline.places]
    sightings, golds = [], {}
    for gold in toponyms:
        start, end = gold["start"], gold["end"]
        in_dateline = any(a <= start < b for a, b in datelines)
        sightings.append(
            Sighting(start, end, text[start:end], Origin.DATELINE if in_dateline else Origin.PLACE),
        )
        golds[start] = gold
    asked = ask(sightings, text, finder)
    points: list[tuple[float, float] | None] = []
    right: list[frozenset[int]] = []
    for one in asked:
        gold = golds[one.members[0].start]
        if gold.get("lat") is None:
            points.append(None)
            right.append(frozenset())
            continue
        point = gold["lat"], gold["lon"]
        points.append(point)
        right.append(_nearest(one, point, gold["precision"], gold["country"]))
    return Example([one.question for one in asked], context_of(asked, text, home, finder), points, right)


def _nearest(one: Asked, point: tuple[float, float], precision: str, country: str) -> frozenset[int]:
    """Return the candidates of the gold's kind that lie at its point."""
    candidates = one.question.candidates.candidates
    fitting = [
        (distance_km(*point, candidate.place.lat, candidate.place.lon), n)
        for n, candidate in enumerate(candidates)
        if candidate.place.precision.value == precision and candidate.place.country == country
    ]
    reach = _SAMPLE_KM if precision in ("site", "settlement") else RADIUS_KM
    best = min(fitting, default=None)
    if best is not None and best[0] <= reach:
        return frozenset((best[1],))
    return frozenset(n for n, c in enumerate(candidates) if distance_km(*point, c.place.lat, c.place.lon) <= _SAMPLE_KM)


def is_right(place: Place, point: Sequence[float]) -> bool:
    """Whether a place lies at a point, as the benchmarks count it."""
    return distance_km(point[0], point[1], place.lat, place.lon) <= RADIUS_KM


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
