"""Scores of coded events against the labels of whole articles.

* A predicted event *reports* a gold one when its type is the gold's type or one of `alt`, and
  the two quotes share at least 30 % of the words of the shorter one (words of three letters or
  more, case aside, without "the", "and", "for").
* *found*: core gold events that some predicted event reports.
* *placed*: of these, some reporting event lies within 100 km; where the gold has no coordinates,
  some reporting event has none either. *dated*: some reporting event's days meet the gold's.
  *all right*: one and the same event does both.
* *deaths*: of the found ones whose label states how many were killed, some reporting event has that number.
* *precision*: predicted events that report any gold event, core or not.
* `also` holds more quotes of a happening. A careful reader may code it from any of them, so the
  figures "with also" let these quotes match too; those without are what the plain rule gives.

Every article is scored by itself: quotes of different articles are never compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geodata.gazetteer.entries import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NEAR_KM = 100.0
SHARED = 0.3  # of the words of the shorter quote
_SHORTEST_WORD = 3  # letters
_SMALL_WORDS = frozenset({"the", "and", "for"})

Labelled = dict[str, Any]  # a row of gold events
Coded = dict[str, Any]  # an event as `conflictmap read` writes it


@dataclass(slots=True)
class Tally:
    """Counts over core gold events."""

    core: int = 0
    found: int = 0
    placed: int = 0
    dated: int = 0
    all_right: int = 0
    deadly: int = 0  # found, and the label states how many were killed
    counted: int = 0  # of these, coded with that number
    miscounted: int = 0  # found, no number labelled, and one coded

    def add(self, other: Tally) -> None:
        """Add the counts of another tally."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Score:
    """Figures of one article, or of several added up."""

    articles: int = 0
    total: Tally = field(default_factory=Tally)
    by_type: dict[str, Tally] = field(default_factory=dict)
    predicted: int = 0
    right: int = 0
    found_with_also: int = 0
    all_right_with_also: int = 0
    right_with_also: int = 0
    missed: list[Labelled] = field(default_factory=list)  # core events that nothing reports, with also
    wrong: list[Coded] = field(default_factory=list)  # coded events that report nothing, with also

    @property
    def precision(self) -> float:
        """Part of the predicted events that report a gold one by its own quote."""
        return self.right / max(1, self.predicted)

    @property
    def precision_with_also(self) -> float:
        """Part of the predicted events that report a gold one by any of its quotes."""
        return self.right_with_also / max(1, self.predicted)

    @property
    def wrong_types(self) -> Counter[str]:
        """How often each type was coded without a happening."""
        return Counter(event["type"] for event in self.wrong)

    def add(self, other: Score) -> None:
        """Add the figures of another score."""
        self.articles += other.articles
        self.total.add(other.total)
        for kind, tally in other.by_type.items():
            self.by_type.setdefault(kind, Tally()).add(tally)
        for name in ("predicted", "right", "found_with_also", "all_right_with_also", "right_with_also"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.missed += other.missed
        self.wrong += other.wrong

    def as_dict(self) -> dict[str, float]:
        """Return the figures of the plain rule, rounded."""
        total = self.total
        return {
            "core": total.core,
            "found": total.found,
            "placed": total.placed,
            "dated": total.dated,
            "all_right": total.all_right,
            "predicted": self.predicted,
            "precision": round(self.precision, 3),
        }


def score_article(gold: Sequence[Labelled], coded: Sequence[Coded]) -> Score:
    """Score the events of one article.

    Parameters
    ----------
    gold
        Rows with ``level``, ``type``, ``alt``, ``quote``, ``also``, ``lat_approx``, ``lon_approx``
        (decimal degrees), ``date_start``, ``date_end``.
    coded
        Events as `conflictmap read --json` writes them.
    """
    score = Score(articles=1, predicted=len(coded))
    for row in gold:
        if row["level"] != "core":
            continue
        backing = [event for event in coded if reports(event, row, also=False)]
        widely = [event for event in coded if reports(event, row, also=True)]
        tally = _tally(row, backing)
        score.total.add(tally)
        score.by_type.setdefault(row["type"], Tally()).add(tally)
        score.found_with_also += bool(widely)
        score.all_right_with_also += _tally(row, widely).all_right
        if not widely:
            score.missed.append(row)
    for event in coded:
        score.right += any(reports(event, row, also=False) for row in gold)
        if any(reports(event, row, also=True) for row in gold):
            score.right_with_also += 1
        else:
            score.wrong.append(event)
    return score


def _tally(row: Labelled, backing: Sequence[Coded]) -> Tally:
    placed = [_is_near(event, row) for event in backing]
    dated = [_meets(event, row) for event in backing]
    dead, told = row.get("fatalities"), [event.get("fatalities") for event in backing]
    return Tally(
        deadly=bool(backing) and dead is not None,
        counted=dead is not None and dead in told,
        miscounted=bool(backing) and dead is None and any(told),
        core=1,
        found=bool(backing),
        placed=any(placed),
        dated=any(dated),
        all_right=any(here and then for here, then in zip(placed, dated, strict=True)),
    )


def reports(event: Coded, row: Labelled, *, also: bool) -> bool:
    """Tell whether a coded event reports a labelled one: a type that it accepts, from the same words."""
    if event["type"] != row["type"] and event["type"] not in (row.get("alt") or ()):
        return False
    return overlaps(event, row, also=also)


def overlaps(event: Coded, row: Labelled, *, also: bool = False) -> bool:
    """Tell whether a coded event and a labelled one stand in the same words, whatever their types."""
    coded = _words(event["quote"])
    return any(len(coded & words) >= SHARED * min(len(coded), len(words)) for words in _quotes(row, also=also))


def _quotes(row: Labelled, *, also: bool) -> Iterator[set[str]]:
    yield _words(row["quote"])
    if also:
        yield from map(_words, row.get("also") or ())


def _words(text: str) -> set[str]:
    found = re.findall(r"\w+", text.lower())
    return {word for word in found if len(word) >= _SHORTEST_WORD and word not in _SMALL_WORDS}


def _is_near(event: Coded, row: Labelled) -> bool:
    if row["lat_approx"] is None or event["lat"] is None:
        return row["lat_approx"] is None and event["lat"] is None
    return distance_km(event["lat"], event["lon"], row["lat_approx"], row["lon_approx"]) <= NEAR_KM


def _meets(event: Coded, row: Labelled) -> bool:
    if not event["date_start"] or not row["date_start"]:
        return False
    first, last = _day(event["date_start"]), _day(event["date_end"] or event["date_start"])
    return first <= _day(row["date_end"] or row["date_start"]) and last >= _day(row["date_start"])


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])
