"""Readings of the sample articles: what was reached may not be lost, and changes show in golden files.

Renew the golden files after a change that is meant:

    RENEW_GOLDEN=1 python -m pytest tests/geodata/test_reading_samples.py
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest

from geodata.reading.to_dict import reading_to_dict
from geodata.samples import sample_articles_by_id, sample_labels

GOLDEN = Path(__file__).parent / "golden"
ARTICLES = sample_articles_by_id()
LABELS = sample_labels()
SHOWN = (
    "kirkuk-2017-10-16-a",
    "erbil-2017-09-29-a",
    "tehran-2017-10-04-a",
    "idlib-2020-02-28-a",
    "goma-2025-01-28-a",
    "karabakh-2023-09-20-a",
)
KEPT = (
    "type", "mode", "source_actors", "target_actors", "date_start", "date_end", "date_basis",
    "place", "place_basis", "fatalities", "claimed_by", "quote",
)  # fmt: skip
# A little under what is measured (.89, .73, .86 by the quote alone): a step back fails here.
LEAST_FOUND, LEAST_ALL_RIGHT, LEAST_PRECISION = 0.86, 0.69, 0.83


def scoring():
    """Load benchmarks/event_scoring.py, which is a script and no part of the package."""
    path = Path(__file__).parents[2] / "benchmarks" / "event_scoring.py"
    spec = importlib.util.spec_from_file_location("event_scoring", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["event_scoring"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def coded(reader):
    return {key: reading_to_dict(reader.read(ARTICLES[key]))["events"] for key in LABELS}


def test_no_less_is_read_in_the_samples_than_was_reached(coded):
    score = scoring()
    total = score.Score()
    for key, label in LABELS.items():
        total.add(score.score_article(label["events"], coded[key]))
    core = total.total.core
    assert core >= 250
    assert total.total.found / core >= LEAST_FOUND
    assert total.total.all_right / core >= LEAST_ALL_RIGHT
    assert total.precision >= LEAST_PRECISION


@pytest.mark.parametrize("key", SHOWN)
def test_readings_are_as_they_were(coded, key):
    now = [{name: event[name] for name in KEPT} for event in coded[key]]
    path = GOLDEN / f"{key}.json"
    if os.environ.get("RENEW_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert now == json.loads(path.read_text(encoding="utf-8"))
