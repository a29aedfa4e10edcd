"""Annotated sentences: what a block says, and what is said of one that cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import ConflictmapError
from geodata.reading.annotated import annotated_sentences, parsed

BLOCK = """Police in Gao arrested two drivers on Monday, and police in Kidal arrested a third.
COERCE | arrested | Police | two drivers | Gao
COERCE | arrested#2 | police | a third | Kidal
NEUTRAL | Monday
"""


def texts(sentence, spans):
    return [sentence.text[start:end] for start, end in spans]


def test_a_block_tells_who_did_what_to_whom_and_where():
    (sentence,) = parsed(BLOCK, "a.txt")
    first, second, none = sentence.acts
    assert (first.label, texts(sentence, first.sources), texts(sentence, first.targets)) == (
        "COERCE",
        ["Police"],
        ["two drivers"],
    )
    assert texts(sentence, second.places) == ["Kidal"]
    assert second.words[0] == sentence.text.rindex("arrested")
    assert none.label == "NEUTRAL"
    assert not none.sources


def test_several_actors_are_parted_by_semicolons():
    (sentence,) = parsed("Chad and Niger signed a pact.\nSUPPORT | signed | Chad; Niger | |", "a.txt")
    assert texts(sentence, sentence.acts[0].sources) == ["Chad", "Niger"]


def test_words_count_only_where_they_stand_whole():
    (sentence,) = parsed("Armymen left and the Army stayed.\nRETREAT | left | Army | |", "a.txt")
    assert sentence.acts[0].sources[0] == (21, 25)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("HIT | arrested | Police | | Gao", "TYPE | words"),
        ("COERCE | arrested", "TYPE | words"),
        ("COERCE | arrested | Police", "TYPE | words"),
        ("COERCE | beaten | Police | | Gao", "“beaten” does not stand"),
        ("COERCE | arrested#2 | Police | | Gao", "“arrested#2” does not stand"),
        ("COERCE | Police; arrested | | |", "in one piece"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line, told):
    with pytest.raises(ConflictmapError, match=r"b\.txt, block 1") as problem:
        list(parsed(f"Police arrested a man in Gao.\n{line}", "b.txt"))
    assert told in str(problem.value)


@given(st.text(max_size=60).filter(lambda line: "\n" not in line and "\r" not in line))
def test_any_line_is_read_or_refused_in_a_sentence(line):
    try:
        (sentence,) = parsed(f"Police arrested a man in Gao.\n{line}", "c.txt")
    except ConflictmapError:
        return
    assert all(sentence.text[slice(*act.words)] for act in sentence.acts)


def test_the_sentences_of_the_project_can_be_read():
    sentences = annotated_sentences()
    assert len(sentences) > 4000
    assert len({sentence.text for sentence in sentences}) == len(sentences)
    for sentence in sentences:
        assert sentence.acts, sentence.where
