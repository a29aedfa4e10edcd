"""The model that says which acts are events, and of which type."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.article import Article
from geodata.errors import ConflictmapError
from geodata.ontology import EventType
from geodata.reading.acts import find_candidates
from geodata.reading.classifying import train
from geodata.reading.classifying.describing import SLOTS, describe
from geodata.reading.classifying.examples import HEADER, examples_of, groups_of, lines_of
from geodata.reading.classifying.fitting import Examples, fit, minimise, scores_of
from geodata.reading.classifying.model import CLASSES, NEUTRAL, learnt, unit_vector

LINES = [
    "ASSAULT\tGunmen [killed] four farmers near Djibo.\tGunmen\tfour farmers",
    "NEUTRAL\tIf the dam is [shelled], thousands will leave.\t\t",
    "REJECT\tThe party [scorned] the plan of the mediators.\tThe party\t",
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.tsv").write_text("\n".join(["\t".join(HEADER), *LINES]) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def described(reader):
    def describe_all(text):
        passages = reader.passages(Article(text=text, language="en"))
        found = [(c, p) for p in passages for s in p.sentences() for c in find_candidates(s, p)]
        return [(candidate, describe(candidate, passage)) for candidate, passage in found]

    return describe_all


def test_the_marked_act_is_what_is_learnt(folder, reader):
    examples, unmet = examples_of(lines_of(folder), reader)
    assert unmet == []
    learnt_from = {(e.line.label, CLASSES[e.label]) for e in examples if e.line is not None}
    assert learnt_from == {("ASSAULT", "ASSAULT"), ("NEUTRAL", NEUTRAL), ("REJECT", "REJECT")}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("ASSAULT\tGunmen killed four farmers.\t\t", "exactly one act"),
        ("ASSAULT\tGunmen [killed] four [farmers].\t\t", "exactly one act"),
        ("MURDER\tGunmen [killed] four farmers.\t\t", "known label"),
        ("ASSAULT\tGunmen [killed] four farmers.", "known label"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(folder, line, problem):
    (folder / "b.tsv").write_text("\t".join(HEADER) + f"\n{line}\n", encoding="utf-8")
    with pytest.raises(ConflictmapError, match=f"b.tsv:2: .*{problem}"):
        lines_of(folder)


def test_names_and_numbers_do_not_decide(described):
    words = {
        word
        for _, description in described("The Taliban killed 14 soldiers near Kandahar in 2019.")
        for word in (*description.features, *(w for slot in SLOTS for w in description.words[slot]))
    }
    assert not [word for word in words if any(name in word.lower() for name in ("taliban", "kandahar", "14", "2019"))]
    assert "t=kill" in words


def test_what_stands_with_a_verb_decides(described, reader):
    def kind_of(text, lemma):
        scores = next(
            learnt().scores(description, reader.vocab)
            for candidate, description in described(text)
            if candidate.act.trigger.lemma_ == lemma
        )
        return CLASSES[int(scores.argmax())]

    assert kind_of("The ministry cut ties with Eritrea on Sunday.", "cut") == EventType.SANCTION
    assert kind_of("If the army cuts the road, the town will starve.", "cut") == NEUTRAL


def test_twins_are_never_split_between_learning_and_checking():
    groups = groups_of(
        [
            "Gunmen killed four farmers near Djibo on Sunday.",
            "Four farmers were killed by gunmen near Djibo on Sunday.",
            "The court annulled the vote.",
        ]
    )
    first, second, third = groups.values()
    assert first == second != third


def test_the_fit_finds_what_is_there():
    """Two features, each of one class: the fit must tell them, and fall in value on the way."""
    examples = Examples(
        columns=np.array([0, 1, 0, 1]),
        rows=np.array([0, 1, 2, 3]),
        dense=np.zeros((4, 1)),
        labels=np.array([0, 1, 0, 1]),
        weights=np.ones(4),
    )
    made = fit(examples, features=2, classes=2, pull=0.1, pull_dense=0.1, steps=50)
    assert scores_of(made, examples).argmax(axis=1).tolist() == [0, 1, 0, 1]


def test_a_bowl_has_its_lowest_point_where_it_has_it():
    lowest = np.array([3.0, -2.0])
    scale = np.array([1.0, 50.0])
    found = minimise(
        lambda at: (float((scale * (at - lowest) ** 2).sum()), 2 * scale * (at - lowest)), np.zeros(2), steps=60
    )
    assert found == pytest.approx(lowest, abs=1e-3)


def test_training_twice_gives_the_same_bytes(folder, reader):
    one, two = (weights_of(folder, reader) for _ in range(2))
    assert one == two
    assert train.difference(one, two) == ""


def weights_of(folder, reader):
    text = train.text_of(lines_of(folder), reader)
    return train.packed_weights(*train.learn(text, np.arange(len(text.examples))))


def test_weights_that_were_learnt_from_other_sentences_are_told(folder, reader):
    before = weights_of(folder, reader)
    (folder / "b.tsv").write_text(
        "\t".join(HEADER) + "\nASSAULT\tGunmen [killed] two drivers near Aden.\tGunmen\ttwo drivers\n", encoding="utf-8"
    )
    assert "are new" in train.difference(before, weights_of(folder, reader))


def test_a_word_without_a_vector_adds_nothing(reader):
    assert unit_vector("<actor>", reader.vocab, reader.vocab.vectors_length) is None
    assert unit_vector("killed", reader.vocab, 7) is None
