"""Then and now: how today's data differ from a snapshot."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard import resources
from dashboard.snapshots import making
from dashboard.snapshots.differ import describe, differences, parse
from dashboard.snapshots.record import DIGESTS_FILE, EVENTS_FILE
from dashboard.texts import count_words
from geodata.canonical import feature_line, feature_lines, line_digest, line_id
from geodata.errors import SnapshotError
from geodata.sharing import safety_from_key
from geodata.view_url import Known, decode_view

if TYPE_CHECKING:
    from dashboard.snapshots.differ import Feature
    from dashboard.snapshots.folder import Kept
    from geodata.view import View

MOST_TOLD = 50  # events of each kind that are written out
_MOST_KEPT = 32  # answers
_MOMENT_S = 600  # how often what is held back is looked at anew
_answers: dict[tuple[str, ...], Changes] = {}
_guard = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How today's data differ: counts, and lines for people of the first `MOST_TOLD` of each kind."""

    words: str
    new: int = 0
    removed: int = 0
    corrected: int = 0
    lines: tuple[tuple[str, str, str], ...] = ()  # kind, event, what differs


def view_of(kept: Kept) -> View:
    """Return the view of a snapshot.

    Raises
    ------
    SnapshotError
        If this version does not understand it: with a filter left out everything would seem to be new.
    """
    view, problems = decode_view(kept.record.query, Known(actors=lambda _: True, regions=lambda _: True))
    if problems:
        msg = "The filters of this snapshot are not understood here, so it cannot be compared with today's data."
        raise SnapshotError(msg)
    return view


def changes(kept: Kept) -> Changes:
    """Compare a snapshot with today's data; the answer is kept until the data change.

    Raises
    ------
    StoreError
        If the store cannot be read.
    SnapshotError
        If the snapshot's files cannot be read.
    """
    safety = resources.safety()
    moment = str(int(time.time() // _MOMENT_S)) if safety.delay_hours else ""
    key = (kept.record.id or kept.path.name, resources.store().version, safety.key, moment)
    with _guard:
        if key in _answers:
            return _answers[key]
    found = _compare(kept)
    with _guard:
        _answers[key] = found
        if len(_answers) > _MOST_KEPT:
            del _answers[next(iter(_answers))]
    return found


def _compare(kept: Kept) -> Changes:
    record = kept.record
    # Like is compared with like: what a snapshot left out is left out of today's data too.
    then_safe, now_safe = safety_from_key(record.safety), resources.safety()
    order = making.Order(view=view_of(kept), most=making.MOST_EVENTS, safety=now_safe.stricter(then_safe))
    today = making.take(order)
    if order.safety != then_safe:
        words = (
            f"Then {count_words(record.events, 'event')}, now {today.counts.events:,}. More is left out of what is "
            "shared today than was then, so single events are not compared."
        )
        return Changes(words=words)
    if record.in_files < record.events or not today.is_whole:
        words = (
            f"Then {count_words(record.events, 'event')}, now {today.counts.events:,}. "
            "The snapshot's files do not hold all events of the view, so single events are not compared."
        )
        return Changes(words=words)
    try:
        then = _digests(kept)
        new, differing, gone = _sorted_out(then, today, order.view)
        old = _features(kept, {*differing, *gone})
    except (OSError, ValueError, KeyError) as error:
        msg = "The events of this snapshot cannot be read, so they cannot be compared: its files are damaged."
        raise SnapshotError(msg) from error
    return _told(new, differing, old, gone, total=record.events)


def _digests(kept: Kept) -> dict[str, str]:
    """Return the digest of each event of a snapshot by its id."""
    path = kept.path / DIGESTS_FILE
    if path.is_file():
        pairs = (line.split("  ", 1) for line in path.read_text(encoding="utf-8").split("\n") if line)
        return {event: digest for digest, event in pairs}
    with (kept.path / EVENTS_FILE).open("rb") as file:
        return {line_id(line): line_digest(line) for line in feature_lines(file)}


def _sorted_out(
    then: dict[str, str], today: Any, view: View
) -> tuple[dict[str, Feature], dict[str, Feature], set[str]]:
    """Return today's events that are new, those that differ, and the ids of those that are gone."""
    new: dict[str, Feature] = {}
    differing: dict[str, Feature] = {}
    gone = set(then)
    for batch in today.batches(view):
        for row in batch.to_pylist():
            event, line = row["id"], feature_line(row)
            gone.discard(event)
            if event not in then:
                new[event] = parse(line)
            elif then[event] != line_digest(line):
                differing[event] = parse(line)
    return new, differing, gone


def _features(kept: Kept, wanted: set[str]) -> dict[str, Feature]:
    """Return events of a snapshot by id."""
    found: dict[str, Feature] = {}
    if wanted:
        with (kept.path / EVENTS_FILE).open("rb") as file:
            for line in feature_lines(file):
                if line_id(line) in wanted:
                    found[line_id(line)] = parse(line)
    return found


def _told(
    new: dict[str, Feature], differing: dict[str, Feature], old: dict[str, Feature], gone: set[str], *, total: int
) -> Changes:
    corrected = [(old[event], now) for event, now in differing.items() if differences(old[event], now)]
    # The same sentence of the same article read otherwise is a correction too, under a new id.
    by_sentence: dict[tuple[Any, Any], list[str]] = {}
    for event in sorted(gone):
        by_sentence.setdefault(_sentence(old[event]), []).append(event)
    left_new = []
    for now in new.values():
        before = by_sentence.get(_sentence(now))
        if before:
            event = before.pop(0)
            gone.discard(event)
            corrected.append((old[event], now))
        else:
            left_new.append(now)
    removed = [old[event] for event in sorted(gone)]
    lines = [("new", describe(now), "") for now in left_new[:MOST_TOLD]]
    lines += [("removed", describe(before), "") for before in removed[:MOST_TOLD]]
    lines += [
        ("corrected", describe(now), "; ".join(differences(before, now))) for before, now in corrected[:MOST_TOLD]
    ]
    counts = (len(left_new), len(removed), len(corrected))
    return Changes(
        words=_words(*counts, total=total), new=counts[0], removed=counts[1], corrected=counts[2], lines=tuple(lines)
    )


def _sentence(feature: Feature) -> tuple[Any, Any]:
    return feature["properties"].get("article_id"), feature["properties"].get("quote")


def _words(new: int, removed: int, corrected: int, *, total: int) -> str:
    if not (new or removed or corrected):
        return f"Today's data show the same {count_words(total, 'event')}."
    parts = [
        f"{new:,} new" if new else "",
        f"{removed:,} removed" if removed else "",
        f"{corrected:,} corrected" if corrected else "",
    ]
    said = [part for part in parts if part]
    joined = " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]
    return f"Since this snapshot: {joined} ({count_words(total, 'event')} then, {total + new - removed:,} now)."
