"""Scores of a geoparser against gold place names, as the geoparsing literature counts them.

* Within a document each gold name is paired with at most one prediction: exact spans before
  overlapping ones, large overlaps before small ones.
* A prediction without a partner that touches an "ignore" span (a demonym, a language) is no error.
* Gold names without coordinates count for recognition alone, and so do predictions paired with them.
* Accuracy is over the paired gold names that have coordinates; an unresolved prediction is wrong.
* End to end, a prediction is right when its partner's point is within the radius.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geodata.gazetteer.entries import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

RADIUS_KM = 161.0  # 100 miles, the literature's threshold


@dataclass(frozen=True, slots=True)
class Name:
    """A place name in a text: characters `start` to `end`, and its point, if any."""

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None

    @property
    def has_point(self) -> bool:
        """Whether it has coordinates."""
        return self.lat is not None and self.lon is not None

    def overlap(self, other: Name) -> int:
        """Return the number of characters in common; 0 or less when none."""
        return min(self.end, other.end) - max(self.start, other.start)


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its gold names and the spans that may be marked without harm."""

    id: str
    text: str
    title: str
    names: tuple[Name, ...]
    ignored: tuple[Name, ...] = ()
    url: str = ""


@dataclass(slots=True)
class Score:
    """Counts over documents; ratios as properties."""

    gold: int = 0
    predicted: int = 0
    overlapping: int = 0
    exact: int = 0
    gold_points: int = 0
    predicted_points: int = 0
    paired_points: int = 0
    near: int = 0
    errors_km: list[float] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """Part of the paired gold points that were placed within the radius."""
        return self.near / self.paired_points if self.paired_points else 0.0

    def recognition(self, *, exact: bool = False) -> tuple[float, float, float]:
        """Return precision, recall and F1 of the spans."""
        return _prf(self.exact if exact else self.overlapping, self.predicted, self.gold)

    def end_to_end(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 of placed predictions."""
        return _prf(self.near, self.predicted_points, self.gold_points)


def _prf(right: int, predicted: int, gold: int) -> tuple[float, float, float]:
    precision = right / predicted if predicted else 0.0
    recall = right / gold if gold else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def pairs(gold: Sequence[Name], predicted: Sequence[Name]) -> list[tuple[int, int]]:
    """Pair gold names with predictions, one to one, best pairs first; returns index pairs."""
    possible = []
    for g, name in enumerate(gold):
        for p, other in enumerate(predicted):
            common = name.overlap(other)
            if common > 0:
                apart = abs(name.start - other.start) + abs(name.end - other.end)
                possible.append((apart != 0, -common, apart, g, p))
    free_gold, free_predicted = set(range(len(gold))), set(range(len(predicted)))
    found = []
    for *_, g, p in sorted(possible):
        if g in free_gold and p in free_predicted:
            free_gold.remove(g)
            free_predicted.remove(p)
            found.append((g, p))
    return found


def score(documents: Iterable[tuple[GoldText, Sequence[Name]]], *, radius_km: float = RADIUS_KM) -> Score:
    """Score predictions, document by document."""
    total = Score()
    for document, predicted in documents:
        gold = document.names
        found = pairs(gold, predicted)
        partner = {p: g for g, p in found}
        harmless = {
            p
            for p, name in enumerate(predicted)
            if p not in partner and any(name.overlap(other) > 0 for other in document.ignored)
        }
        total.gold += len(gold)
        total.predicted += len(predicted) - len(harmless)
        total.overlapping += len(found)
        total.exact += sum(gold[g].start == predicted[p].start and gold[g].end == predicted[p].end for g, p in found)
        total.gold_points += sum(name.has_point for name in gold)
        for p, name in enumerate(predicted):
            if p not in harmless and name.has_point and (p not in partner or gold[partner[p]].has_point):
                total.predicted_points += 1
        for g, p in found:
            if gold[g].has_point:
                total.paired_points += 1
                km = apart_km(gold[g], predicted[p])
                if km is not None:
                    total.errors_km.append(km)
                    total.near += km <= radius_km
    return total


def apart_km(gold: Name, predicted: Name) -> float | None:
    """Return the distance between two names' points in kilometres; None when one has none."""
    if gold.lat is None or gold.lon is None or predicted.lat is None or predicted.lon is None:
        return None
    return distance_km(gold.lat, gold.lon, predicted.lat, predicted.lon)


def load_gold(path: Path, texts: Path | None = None) -> list[GoldText]:
    """Read a gold file; `texts` is a second file with the texts, where the labels lie apart from them."""
    bodies = {row["id"]: row for row in _rows(texts)} if texts else {}
    found = []
    for row in _rows(path):
        body = bodies.get(row["id"], row)
        found.append(
            GoldText(
                id=str(row["id"]),
                text=body["text"],
                title=body.get("title") or "",
                names=tuple(Name(t["start"], t["end"], t.get("lat"), t.get("lon")) for t in row["toponyms"]),
                ignored=tuple(Name(t["start"], t["end"]) for t in row.get("ignore") or ()),
                url=source if (source := str(body.get("url") or body.get("source") or "")).startswith("http") else "",
            )
        )
    return found


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
