"""Where the act of one verb happened."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.article import Article
from geodata.errors import ConflictmapError
from geodata.reading.act_place.train import HERE, SENTENCES, fit, read_sentences, sentence_of


@pytest.fixture(scope="session")
def places(reader):
    def read(line: str) -> tuple[list[str], list[str]]:
        """Return the places found for the marked verb, and the marked places."""
        sentence = sentence_of(line)
        found = reader.places_of_verb(Article(text=sentence.text, language="en"), *sentence.verbs[0])
        return [mention.text for mention in found], [sentence.text[a:b] for a, b in sentence.places]

    return read


@pytest.mark.parametrize(
    "line",
    [
        "Raiders <burned> two barns near [Mopti] on Sunday.",
        "Raiders <burned> barns in [Mopti], [Gao] and [Kidal].",
        "A driver from Kayes was <robbed> in [Gao].",
        "Speaking in Bamako, the colonel said his men had <captured> [Kidal].",
        "Two guards were <shot> in [Goma], in the east of the Congo.",
        # what the words between two names say of which lies in which
        "Shelling <hit> the [Karam] neighbourhood of the city of Homs.",
        "A bomb <exploded> in the Mosul neighbourhood of [Zanjili].",
        "A shell <killed> two men in the [Ben Younis] area of Benghazi.",
    ],
)
def test_places_of_a_verb(places, line):
    found, marked = places(line)
    assert found == marked


def test_a_place_that_no_gazetteer_has_counts(places):
    found, marked = places("Gunmen <killed> a guard in the village of [Qorvaxley] on Sunday.")
    assert found == marked


def test_a_verb_of_a_sentence_without_places_has_none(places):
    assert places("Gunmen <killed> a guard on Sunday.")[0] == []


def test_the_sentences_to_learn_from_are_many_and_well_marked():
    sentences = read_sentences(HERE / SENTENCES)
    assert len({sentence.text for sentence in sentences}) > 400
    assert sum(not sentence.places for sentence in sentences) > 100


def test_a_line_without_a_verb_is_refused_with_its_words():
    with pytest.raises(ConflictmapError, match="Gao"):
        sentence_of("Nothing happened in [Gao].")


def test_the_fit_finds_the_feature_that_tells():
    found = [{"in": 1.0, "x": 1.0}, {"from": 1.0, "x": 1.0}] * 20
    model = fit(found, np.array([1.0, 0.0] * 20), pull=0.1)
    assert model.likelihood({"in": 1.0}) > 0.9
    assert model.likelihood({"from": 1.0}) < 0.1
