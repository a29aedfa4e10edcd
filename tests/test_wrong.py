"""The page of errors counts what it says, and is what is read today."""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path

import pytest

from geodata.reading.to_dict import event_to_dict

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wrong():
    """Return benchmarks/wrong.py, which is a script beside others and no part of the package."""
    folder = str(ROOT / "benchmarks")
    before = set(sys.modules)
    sys.path.insert(0, folder)
    try:
        yield importlib.import_module("wrong")
    finally:
        sys.path.remove(folder)
        for name in set(sys.modules) - before:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(folder):
                del sys.modules[name]


def gold(kind, quote, *, at=(35.47, 44.39), level="core", dead=None):
    return {"level": level, "type": kind, "quote": quote, "lat_approx": at[0], "lon_approx": at[1],
            "date_start": "2017-10-16", "date_end": "2017-10-16", "fatalities": dead}  # fmt: skip


def coded(kind, quote, *, at=(35.47, 44.39), sure=0.8):
    return {"type": kind, "quote": quote, "lat": at[0], "lon": at[1], "confidence": sure,
            "date_start": "2017-10-16", "date_end": "2017-10-16"}  # fmt: skip


MARCH = "Thousands marched through Basra"
RAID = "Gunmen raided a farm near Daquq"
SPEECH = "The minister praised the bakers' guild"


def test_each_act_is_counted_once(wrong):
    read = [
        ("a", [gold("PROTEST", MARCH), gold("ASSAULT", RAID)], [coded("MOBILIZE", MARCH), coded("SUPPORT", SPEECH)])
    ]
    assert wrong.confusion_of(read) == {
        ("PROTEST", "MOBILIZE"): 1,
        ("ASSAULT", "nothing"): 1,
        ("nothing", "SUPPORT"): 1,
    }


def test_two_acts_of_one_sentence_are_not_taken_for_each_other(wrong):
    both = f"{MARCH}, and {RAID}"
    read = [("a", [gold("PROTEST", MARCH), gold("ASSAULT", RAID)], [coded("PROTEST", both)])]
    assert wrong.confusion_of(read) == {("PROTEST", "PROTEST"): 1, ("ASSAULT", "nothing"): 1}


def test_what_misleads_most_comes_first(wrong):
    read = [
        (
            "a",
            [gold("ASSAULT", RAID, dead=4), gold("PROTEST", MARCH)],
            [coded("SUPPORT", SPEECH, sure=0.4), coded("PROTEST", MARCH, at=(47.0, 28.8))],
        )
    ]
    faults = wrong.faults_of(read)
    assert [fault.what.split()[0] for fault in faults] == ["ASSAULT", "PROTEST", "SUPPORT,"]
    assert "put 1 8" in faults[1].what
    assert "km away" in faults[1].what


def test_a_quote_breaks_no_table(wrong):
    read = [("a", [gold("ASSAULT", "Gunmen | raided\na farm " + "far away " * 60)], [])]
    row = next(line for line in wrong.page_of(read, read, {}).splitlines() if line.startswith("| 1 |"))
    assert row.count(" | ") == 3
    assert "\\|" in row


@pytest.mark.slow
def test_the_page_is_what_is_read_today(wrong, reader, monkeypatch):
    """Renew it after a change that is meant: `python benchmarks/wrong.py`, or this test with RENEW_GOLDEN=1."""
    monkeypatch.setattr(wrong, "coded", lambda article: wrong_events(reader, article))
    corpora = json.loads(wrong.COUNTS.read_text(encoding="utf-8"))
    made = wrong.page_of(wrong.read_set(wrong.SAMPLES), wrong.read_set(wrong.UNSEEN), corpora)
    if os.environ.get("RENEW_GOLDEN"):
        wrong.PAGE.write_text(made, encoding="utf-8")
    assert wrong.PAGE.read_text(encoding="utf-8") == made


def wrong_events(reader, article):

    return [event_to_dict(event) for event in reader.read(article).events]
