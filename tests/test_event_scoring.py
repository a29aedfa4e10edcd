"""The event benchmark counts what its rules say, on an example worked out by hand."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

_FILE = Path(__file__).parent.parent / "benchmarks" / "event_scoring.py"


@pytest.fixture(scope="module")
def scoring():
    spec = importlib.util.spec_from_file_location("event_scoring", _FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def gold(kind, quote, *, level="core", at=(35.47, 44.39), days=("2017-10-16", "2017-10-16"), alt=(), also=()):
    return {"level": level, "type": kind, "quote": quote, "alt": list(alt), "also": list(also),
            "lat_approx": at[0], "lon_approx": at[1], "date_start": days[0], "date_end": days[1]}  # fmt: skip


def coded(kind, quote, *, at=(35.47, 44.39), days=("2017-10-16", "2017-10-16")):
    return {"type": kind, "quote": quote, "lat": at[0], "lon": at[1], "date_start": days[0], "date_end": days[1]}


ASSAULT = gold("ASSAULT", "Troops stormed the northern garrison", also=["The garrison fell after heavy shelling"])
MEETING = gold("CONSULT", "Ministers met in the capital", at=(None, None), alt=("AGREE",))
OLD = gold("RETREAT", "Rebels left their villages", level="secondary")


def test_an_event_must_share_type_and_words(scoring):
    score = scoring.score_article(
        [ASSAULT, MEETING, OLD],
        [
            coded("ASSAULT", "Troops stormed the northern garrison at dawn, officers said"),
            coded("AGREE", "Ministers met in the capital", at=(None, None), days=(None, None)),
            coded("RETREAT", "Rebels left their villages"),
            coded("ASSAULT", "Ministers met in the capital"),
        ],
    )
    assert score.as_dict() == {
        "core": 2, "found": 2, "placed": 2, "dated": 1, "all_right": 1, "predicted": 4, "precision": 0.75,
    }  # fmt: skip
    assert [event["type"] for event in score.wrong] == ["ASSAULT"]
    assert score.missed == []


def test_place_and_date_must_be_right_in_one_event(scoring):
    far, late = (36.34, 43.13), ("2017-11-01", "2017-11-02")  # Mosul, 160 km away
    quote = ASSAULT["quote"]
    score = scoring.score_article([ASSAULT], [coded("ASSAULT", quote, at=far), coded("ASSAULT", quote, days=late)])
    assert (score.total.placed, score.total.dated, score.total.all_right) == (1, 1, 0)


def test_more_quotes_of_a_happening_count_apart(scoring):
    score = scoring.score_article([ASSAULT], [coded("ASSAULT", "The garrison fell after heavy shelling")])
    assert (score.total.found, score.found_with_also) == (0, 1)
    assert (score.precision, score.precision_with_also) == (0.0, 1.0)
    assert score.missed == []


def test_articles_are_added_up(scoring):
    total = scoring.Score()
    total.add(scoring.score_article([ASSAULT], [coded("ASSAULT", ASSAULT["quote"])]))
    total.add(scoring.score_article([ASSAULT, MEETING], []))
    assert (total.articles, total.total.core, total.total.found, total.predicted) == (2, 3, 1, 1)
    assert {kind: tally.found for kind, tally in total.by_type.items()} == {"ASSAULT": 1, "CONSULT": 0}
    assert [row["type"] for row in total.missed] == ["ASSAULT", "CONSULT"]
