"""The short way through the last tagging steps says the same as the model's own pipes."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.reading.blocks import split_blocks
from geodata.reading.model import load_model
from geodata.reading.token_rules import TokenRules, piped
from geodata.samples import sample_articles

# Words that patterns of one word and of several ask for, and some they do not.
WORDS = st.sampled_from(
    [
        "there",
        "is",
        "are",
        "was",
        "let",
        "'s",
        "gon",
        "na",
        "got",
        "ta",
        "I",
        "he",
        "them",
        "their",
        "the",
        "that",
        "but",
        "have",
        "had",
        "do",
        "done",
        "being",
        "not",
        "n't",
        "will",
        "ai",
        "you",
        "y'",
        "all",
        "c'm",
        "on",
        "Kirkuk",
        "troops",
        "attacked",
        "killed",
        "ten",
        "saw",
        "leaves",
        ",",
        ".",
        "Once",
    ]
)


@pytest.fixture(scope="module")
def nlp():
    return load_model()


@pytest.fixture(scope="module")
def rules(nlp):
    return TokenRules(nlp)


def said(doc):
    return [(t.text, t.tag_, t.dep_, t.pos_, str(t.morph), t.lemma_, t.head.i, t.ent_type_) for t in doc]


def by_pipes(nlp, texts):
    for text in texts:
        nlp.get_pipe("lemmatizer").cache.clear()  # it keeps answers that do not hold for the next text
        yield said(nlp(text))


def test_samples_are_tagged_as_by_the_pipes(nlp, rules):
    assert rules.replaced
    texts = [a.text[b.body_start : b.end] for a in sample_articles()[:20] for b in split_blocks(a.text)]
    assert [said(doc) for doc in piped(nlp, rules, texts, batch_size=8)] == list(by_pipes(nlp, texts))


@settings(deadline=None)  # the first word of a kind is looked up, the next is remembered
@given(st.lists(WORDS, min_size=1, max_size=12))
def test_any_words_are_tagged_as_by_the_pipes(nlp, rules, words):
    text = " ".join(words)
    assert [said(doc) for doc in piped(nlp, rules, [text], batch_size=1)] == list(by_pipes(nlp, [text]))


def test_a_word_has_the_same_lemma_whatever_was_read_before(nlp, rules):
    sentence = "The militants were leaving the town."
    first = said(next(piped(nlp, rules, [sentence], batch_size=1)))
    for before in ("Leaving is hard.", "The leaving of the town began.", "They leaves."):
        next(piped(nlp, rules, [before], batch_size=1))
        assert said(next(piped(nlp, TokenRules(nlp), [sentence], batch_size=1))) == first


def test_a_pipeline_without_those_pipes_runs_as_it_is():
    blank = spacy.blank("en")
    rules = TokenRules(blank)
    assert rules.replaced == ()
    assert [t.text for t in next(piped(blank, rules, ["Troops left."], batch_size=1))] == ["Troops", "left", "."]
