"""Where the act of one verb happened."""

from __future__ import annotations

import pytest

from geodata.article import Article
from geodata.errors import ConflictmapError
from geodata.reading.act_place.examples import HERE, SENTENCES, read_reports, read_sentences, sentence_of
from geodata.reading.act_place.train import fit
from geodata.reading.act_place.weights import Description


@pytest.fixture(scope="session")
def places(reader):
    def read(line: str) -> tuple[list[str], list[str]]:
        """Return the places found for the marked verb, and the marked places."""
        sentence = sentence_of(line)
        words, places, _ = sentence.acts[0]
        found = reader.places_of_verb(Article(text=sentence.text, language="en"), *words)
        return [mention.text for mention in found], [sentence.text[a:b] for a, b in places]

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
    assert sum(not act.places for sentence in sentences for act in sentence.acts) > 100


def test_of_the_long_sentences_only_names_are_places():
    acts = [(one.text, act) for one in read_reports() for act in one.acts]
    assert sum(not act.places for _, act in acts) > 1000
    assert not any(text[a:b].islower() for text, act in acts for a, b in act.places)


def test_a_line_without_a_verb_is_refused_with_its_words():
    with pytest.raises(ConflictmapError, match="Gao"):
        sentence_of("Nothing happened in [Gao].")


def test_the_fit_finds_the_feature_that_tells():
    found = [Description(frozenset({"in", "x"})), Description(frozenset({"from", "x"}))] * 200
    model = fit(found, [True, False] * 200)
    assert model.likelihood(found[0]) > 0.9
    assert model.likelihood(found[1]) < 0.1
