"""Scores of coded events against labelled sentences: types and actors, event or none, places and dates.

`types`   For each labelled event one coded event of the sentence is taken: one with both actors of the
          gold, else with one of them, else the first; none counts as wrong. CONCEDE and RETREAT count
          as one type. *pair*: some coded event has both actors; *pair and type*: and the right type.
          Actors match when they share a word of three letters or more.
`gate`    The class of a sentence is the commonest quad of its events; without events it is neutral.
          *cameo_*: the same where REQUEST is neutral and SANCTION verbal conflict, as CAMEO, which the
          labels follow, has it.
`where`   Over headlines whose gold place is named in them: some event within 50 km. *date*: some
          event's days meet the gold's, a day more on either side. *found*, *invented*: the Islamic
          State as an actor where it is one and named, and where it is not named.
`verbplace`  Spans of the places of one given verb, against the gold's; overlap counts.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

from geodata.gazetteer.entries import distance_km

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row = dict[str, Any]
Figures = dict[str, float]

NEAR_KM = 50.0
_SHORTEST_WORD = 3
_SMALL_WORDS = frozenset({"the", "and", "for"})
_ONE_TYPE = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_CLASS = (
    dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "VERBAL_COOP")
    | dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "MATERIAL_COOP")
    | dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "VERBAL_CONFLICT")
    | dict.fromkeys(("SANCTION", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT"), "MATERIAL_CONFLICT")
)
# The five classes of CAMEO count appeals (02) as neutral and broken ties (16) as words; PLOVER does not.
_CAMEO = {"REQUEST": "NEUTRAL", "SANCTION": "VERBAL_CONFLICT"}
_ISLAMIC_STATE = re.compile(r"Islamic State|\bIS\b|ISIS|ISIL|Daesh|Da'esh")
_NO_PART_OF_NAME = re.compile(r"\b(?:al|el|ad|as|ash|at|town|city|village|province|district)\b|[^a-z ]")


def score_types(gold: Sequence[Row], coded: Mapping[str, Sequence[Row]]) -> Figures:
    """Score type and actors of each labelled event."""
    truth: list[str] = []
    guess: list[str] = []
    pairs = both_right = silent = 0
    for row in gold:
        events = coded.get(row["id"], ())
        for label in row["events"]:
            kind = _one_type(label["type"])
            pair = [e for e in events if _shares(e, label, "source") and _shares(e, label, "target")]
            single = [e for e in events if _shares(e, label, "source") or _shares(e, label, "target")]
            chosen = pair or single or events
            truth.append(kind)
            guess.append(_one_type(chosen[0]["type"]) if chosen else "")
            silent += not chosen
            pairs += bool(pair)
            both_right += any(_one_type(event["type"]) == kind for event in pair)
    right = sum(a == b for a, b in zip(truth, guess, strict=True))
    count = len(truth)
    return {
        "n": count,
        "root_accuracy": right / count,
        "macro_f1": _macro_f1(truth, guess),
        "pair": pairs / count,
        "pair_type": both_right / count,
        "no_event": silent / count,
    }


def confusion(gold: Sequence[Row], coded: Mapping[str, Sequence[Row]]) -> Counter[tuple[str, str]]:
    """Count (gold type, type of the first event coded or "none") over the labelled events."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in gold:
        events = coded.get(row["id"], ())
        for label in row["events"]:
            counts[label["type"], events[0]["type"] if events else "none"] += 1
    return counts


def score_gate(gold: Sequence[Row], coded: Mapping[str, Sequence[Row]]) -> Figures:
    """Score whether there is an event at all, and its class; then the same with CAMEO's own borders."""
    truth = [row["events"][0]["type"] for row in gold]
    figures: Figures = {"n": len(gold)}
    for name, classes in (("", _CLASS), ("cameo_", _CLASS | _CAMEO)):
        guess = [_class_of(coded.get(row["id"], ()), classes) for row in gold]
        both = list(zip(truth, guess, strict=True))
        neutral = sum(a == b == "NEUTRAL" for a, b in both)
        figures[f"{name}quad_accuracy"] = sum(a == b for a, b in both) / len(gold)
        figures[f"{name}neutral_precision"] = neutral / max(1, guess.count("NEUTRAL"))
        figures[f"{name}neutral_recall"] = neutral / max(1, truth.count("NEUTRAL"))
    return figures


def _class_of(events: Sequence[Row], classes: Mapping[str, str]) -> str:
    counts = Counter(classes.get(event["type"], "NEUTRAL") for event in events)
    return counts.most_common(1)[0][0] if counts else "NEUTRAL"


def score_where(gold: Sequence[Row], coded: Mapping[str, Sequence[Row]]) -> Figures:
    """Score place, date and the Islamic State of headlines."""
    counts: Counter[str] = Counter()
    for row in gold:
        label, events = row["events"][0], coded.get(row["id"], ())
        counts["n"] += 1
        counts["dated"] += any(_meets(event, label) for event in events)
        named = _ISLAMIC_STATE.search(row["text"]) is not None
        found = any(_ISLAMIC_STATE.search(str(a)) for e in events for a in (*e["source_actors"], *e["target_actors"]))
        if not named:
            counts["absent"] += 1
            counts["invented"] += found
        elif "IS" in (label["source_actor"], label["target_actor"]):
            counts["acts"] += 1
            counts["found"] += found
        name = _folded(label["place"])
        if name and name in _folded(row["text"]):
            counts["named"] += 1
            counts["placed"] += any(_is_near(event, label) for event in events)
    return {
        "n": counts["n"],
        "place_named": counts["named"],
        "place_within_50_km": counts["placed"] / max(1, counts["named"]),
        "date": counts["dated"] / counts["n"],
        "is_named": counts["acts"],
        "is_found": counts["found"] / max(1, counts["acts"]),
        "is_invented": counts["invented"] / max(1, counts["absent"]),
    }


def score_verbplace(gold: Sequence[Row], spans: Mapping[str, Sequence[tuple[int, int]]]) -> Figures:
    """Score the places of given verbs: precision, recall and F1 of overlapping spans."""
    right = hit = predicted = wanted = whole = 0
    for row in gold:
        truth = [(place["start"], place["end"]) for place in row["locations"]]
        guess = spans.get(row["id"], ())
        good = sum(any(_touch(a, b) for b in truth) for a in guess)
        met = sum(any(_touch(a, b) for a in guess) for b in truth)
        right, hit = right + good, hit + met
        predicted, wanted = predicted + len(guess), wanted + len(truth)
        whole += good == len(guess) and met == len(truth)
    precision, recall = right / max(1, predicted), hit / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"n": len(gold), "precision": precision, "recall": recall, "f1": f1, "sentence_right": whole / len(gold)}


def _one_type(name: str) -> str:
    return _ONE_TYPE.get(name, name)


def _macro_f1(truth: Sequence[str], guess: Sequence[str]) -> float:
    scores = []
    for kind in sorted(set(truth)):
        right = sum(a == b == kind for a, b in zip(truth, guess, strict=True))
        seen = truth.count(kind) + guess.count(kind)
        scores.append(2 * right / seen)
    return sum(scores) / len(scores)


def _words(value: object) -> set[str]:
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    found = re.findall(r"\w+", text.lower())
    return {word for word in found if len(word) >= _SHORTEST_WORD and word not in _SMALL_WORDS}


def _shares(event: Row, label: Row, side: str) -> bool:
    return bool(_words(event[f"{side}_actors"]) & _words(label[f"{side}_actor"]))


def _meets(event: Row, label: Row) -> bool:
    if not event["date_start"] or not label["date"]:
        return False
    day = dt.timedelta(days=1)
    first, last = _day(event["date_start"]), _day(event["date_end"] or event["date_start"])
    return first <= _day(label.get("date_end") or label["date"]) + day and last >= _day(label["date"]) - day


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])


def _is_near(event: Row, label: Row) -> bool:
    return event["lat"] is not None and distance_km(event["lat"], event["lon"], label["lat"], label["lon"]) <= NEAR_KM


def _folded(name: object) -> str:
    plain = unicodedata.normalize("NFKD", str(name or "")).encode("ascii", "ignore").decode().lower()
    return " ".join(_NO_PART_OF_NAME.sub(" ", plain.replace("-", " ")).split())


def _touch(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return first[0] < second[1] and second[0] < first[1]
