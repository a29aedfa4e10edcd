"""Who takes part in an act: every phrase of its sentence is weighed."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.article import Article
from geodata.reading.acts import find_acts
from geodata.reading.annotated import parsed
from geodata.reading.doers import doers
from geodata.reading.taking_part import train
from geodata.reading.taking_part.choosing import chosen, parts_in
from geodata.reading.taking_part.describing import SIZE, TEMPLATES, keys_of
from geodata.reading.taking_part.examples import examples_of, hits, told_in_reports
from geodata.reading.taking_part.fitting import Choices, fit
from geodata.reading.taking_part.model import SOURCE, TARGET
from geodata.reading.taking_part.phrases import Phrases

REPORT = """
The Kenyan minister urged farmers in Nakuru to leave, and he accused smugglers of burning the barns.
REQUEST | urged | The Kenyan minister | farmers |
ACCUSE | accused | The Kenyan minister | smugglers |

Police arrested two drivers in Gao.
COERCE | arrested | Police | two drivers | Gao
"""


@pytest.fixture(scope="session")
def parts(reader):
    def of(text, word):
        (passage,) = reader.passages(Article(text=text, language="en"))
        (sentence,) = passage.sentences()
        (act,) = (act for act in find_acts(sentence, passage) if act.trigger.text == word)
        source, target = parts_in(act, doers(act, passage), Phrases(sentence, passage))
        return [token.text for token in source.chosen], [token.text for token in target.chosen]

    return of


@pytest.fixture(scope="session")
def examples(reader):
    return examples_of(told_in_reports(parsed(REPORT, "a.txt")), reader.passages)[0]


@pytest.mark.parametrize(
    ("sentence", "word", "source", "target"),
    [
        ("Gunmen killed four farmers near Djibo on Friday.", "killed", "Gunmen", "farmers"),
        ("Four farmers were killed by gunmen near Djibo.", "killed", "gunmen", "farmers"),
        ("Norway urged the rebels in Mali to release the teachers.", "urged", "Norway", "rebels"),
        ("The minister, whom Oslo had warned, accused the monks of lying.", "accused", "minister", "monks"),
        ("The Ghanaian navy released the trawler's crew on Monday.", "released", "navy", "crew"),
    ],
)
def test_source_and_target_are_weighed_out_of_all_phrases(parts, sentence, word, source, target):
    sources, targets = parts(sentence, word)
    assert source in sources
    assert target in targets


def test_those_who_are_joined_take_part_together(parts):
    sources, _ = parts("Chad and Niger condemned the coup in Mali.", "condemned")
    assert sorted(sources) == ["Chad", "Niger"]


@pytest.mark.parametrize(
    ("chances", "joined", "expected"),
    [
        ([0.1, 0.2, 0.7], [0, 1], []),  # nobody is likeliest
        ([0.6, 0.1, 0.3], [0, 1], [0]),
        ([0.6, 0.1, 0.3], [0, 0], [0, 1]),  # joined to the likeliest
        ([0.3, 0.4, 0.3], [0, 1], [1, 0]),  # as likely, nearly
    ],
)
def test_nobody_is_an_answer(chances, joined, expected):
    assert chosen(np.array(chances), joined) == expected


def test_a_tie_is_described_the_same_way_every_time(reader):
    """The weights are found by these numbers: with others they would stand for something else."""
    (passage,) = reader.passages(Article(text="Gunmen killed four farmers.", language="en"))
    (sentence,) = passage.sentences()
    (act,) = find_acts(sentence, passage)
    keys = keys_of(act, act.sources, Phrases(sentence, passage))
    assert keys.shape == (3, TEMPLATES)  # two phrases and nobody
    assert keys.min() >= 0
    assert keys.max() < SIZE
    assert len({tuple(row) for row in keys.tolist()}) == len(keys)


def test_labels_name_phrases(examples):
    told = [(e.told.label, [e.told.sentence[slice(*e.heads[n])] for n in e.right[TARGET] or ()]) for e in examples[:1]]
    assert told == [("REQUEST", ["farmers"])]


def test_a_pronoun_is_learnt_as_in_an_article_that_named_him_before(examples):
    """In the sentence of the label the name stands before "he"; in articles it often stands in another sentence."""
    (twin,) = (e for e in examples if e.left_out)
    assert [twin.told.sentence[slice(*twin.heads[n])] for n in twin.right[SOURCE]] == ["he"]
    assert [twin.told.sentence[slice(*twin.heads[n])] for n in twin.left_out] == ["minister"]


def test_the_words_of_the_label_count_as_found(examples):
    told = examples[0].told
    farmers = told.sentence.index("farmers")
    assert hits([(farmers, farmers + 7)], told, TARGET)
    assert not hits([(0, 3)], told, TARGET)
    assert not hits([], told, TARGET)


def test_the_fit_finds_what_is_there():
    """Two questions with two options each: the one with feature 1 is right."""
    choices = Choices(
        keys=np.array([[0], [1], [1], [0]]),
        starts=np.array([0, 2]),
        shares=np.array([0.0, 1.0, 1.0, 0.0]),
        weights=np.ones(2),
    )
    made = fit(choices, size=4, pull=0.1, steps=50)
    assert made[1] > 1 > -1 > made[0]
    assert made[2] == made[3] == 0


def test_training_twice_gives_the_same_bytes(examples):
    one, two = (train.packed_weights(train.learn(examples)) for _ in range(2))
    assert one == two
