"""Many articles in several processes: in order, taken as needed, and one bad article stops no other."""

from __future__ import annotations

import pytest

from geodata.article import Article
from geodata.errors import GazetteerError, ModelError
from geodata.event import Reading
from geodata.pipeline import read_into_store
from geodata.reading import pool
from geodata.reading.pool import PooledReader, Recipe, read_in_order
from geodata.store import Store


class Reader:
    """Stands in for the reader: breaks at "bad", and misses its model at "gone"."""

    def read(self, article):
        if "bad" in article.text:
            msg = "inner detail"
            raise KeyError(msg)
        if "gone" in article.text:
            msg = "The model is gone."
            raise ModelError(msg)
        return Reading(article=article, mentions=(), events=())

    def read_many(self, articles):
        return (self.read(article) for article in articles)


@pytest.fixture
def made(monkeypatch):
    times = []
    monkeypatch.setattr(pool, "reader_of", lambda recipe: times.append(recipe) or Reader())
    return times


RECIPE = Recipe("nowhere.sqlite")


def articles(*texts):
    return [Article(text=text) for text in texts]


def upper(_reader, text):
    return text.upper()


def test_no_reader_is_made_when_there_is_nothing_to_read(made):
    assert list(PooledReader(RECIPE).read_many([])) == []
    assert made == []


def test_an_article_that_breaks_the_reader_is_left_out(made, caplog):  # noqa: ARG001 - a reader
    found = PooledReader(RECIPE).read_many(articles("One", "Two is bad", "Three"))
    assert [reading.article.text for reading in found] == ["One", "Three"]
    assert "inner detail" in caplog.text


def test_the_articles_read_together_with_a_broken_one_are_read_in_order(made):  # noqa: ARG001 - a reader
    texts = [f"Number {number}" for number in range(30)]
    texts[11] = "Number 11 is bad"
    found = [reading.article.text for reading in PooledReader(RECIPE).read_many(articles(*texts))]
    assert found == texts[:11] + texts[12:]


def test_the_pipeline_names_the_article_that_was_left_out(made, tmp_path):  # noqa: ARG001
    with Store.open(tmp_path) as store:
        written = read_into_store(articles("One", "Two is bad", "Three"), PooledReader(RECIPE), store)
    assert written.articles_new == 2
    assert ["Two is bad" in problem.message for problem in written.problems] == [True]


def test_what_the_reader_lacks_is_no_fault_of_the_article(made):  # noqa: ARG001
    with pytest.raises(ModelError):
        list(PooledReader(RECIPE).read_many(articles("One", "Model gone")))


def test_items_are_taken_as_they_are_needed(made):  # noqa: ARG001
    taken = []
    items = (taken.append(text) or text for text in "abcdef")
    answers = read_in_order(upper, items, RECIPE)
    assert next(answers) == "A"
    assert len(taken) == 1


def test_a_missing_gazetteer_is_told_from_other_processes_too(tmp_path):
    recipe = Recipe(tmp_path / "none.sqlite")
    with pytest.raises(GazetteerError, match="gazetteer build"):
        list(read_in_order(upper, ["a", "b", "c"], recipe, processes=2, chunk=1))


@pytest.mark.slow
def test_processes_give_answers_in_order_and_can_be_stopped(gazetteer_path):
    recipe = Recipe(gazetteer_path)
    texts = [f"text {n}" for n in range(40)]
    answers = read_in_order(upper, texts, recipe, processes=2, chunk=3)
    assert [next(answers) for _ in range(20)] == [text.upper() for text in texts[:20]]
    answers.close()  # returns: nothing hangs
