"""The sentences that the event reader learns from: they must parse, and every type must be there."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

import geodata.reading
from geodata.ontology import EventType

FOLDER = Path(geodata.reading.__file__).parent / "data" / "sentences"
HEADER = ["label", "sentence", "source", "target"]
LABELS = {*(kind.value for kind in EventType), "NEUTRAL"}
LEAST_PER_TYPE = 130
LEAST_NEUTRAL = 900
LEAST_IN_ALL = 3_400


class Act(NamedTuple):
    where: str
    label: str
    sentence: str
    source: str
    target: str


def read(path: Path) -> list[Act]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows[0] == HEADER, path.name
    return [Act(f"{path.name}:{number}", *row) for number, row in enumerate(rows[1:], start=2)]


@pytest.fixture(scope="module")
def acts() -> list[Act]:
    return [act for path in sorted(FOLDER.glob("*.tsv")) for act in read(path)]


def test_every_label_is_a_type_of_the_ontology(acts: list[Act]) -> None:
    assert [act.where for act in acts if act.label not in LABELS] == []


def test_every_line_marks_exactly_one_act(acts: list[Act]) -> None:
    def well_marked(sentence: str) -> bool:
        return sentence.count("[") == sentence.count("]") == 1 and bool(re.search(r"\[\w[^\]]*\]", sentence))

    assert [act.where for act in acts if not well_marked(act.sentence)] == []


def test_actors_stand_in_their_sentence(acts: list[Act]) -> None:
    def plain(act: Act) -> str:
        return act.sentence.replace("[", "").replace("]", "")

    assert [act.where for act in acts if act.source not in plain(act) or act.target not in plain(act)] == []


def test_no_act_stands_twice(acts: list[Act]) -> None:
    counts = Counter(act.sentence.casefold() for act in acts)
    assert [sentence for sentence, count in counts.items() if count > 1] == []


def test_sentences_are_clean_text(acts: list[Act]) -> None:
    untidy = re.compile(r"^\s|\s$|\s\s|[<>{}|]| [,.;]")
    assert [act.where for act in acts if any(untidy.search(field) for field in act[2:])] == []


def test_every_type_is_well_covered(acts: list[Act]) -> None:
    counts = Counter(act.label for act in acts)
    assert [kind for kind in EventType if counts[kind.value] < LEAST_PER_TYPE] == []
    assert counts["NEUTRAL"] >= LEAST_NEUTRAL
    assert len(acts) >= LEAST_IN_ALL
