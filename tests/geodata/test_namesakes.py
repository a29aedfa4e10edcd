"""Whom a surname or an acronym means in one article."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article


@pytest.fixture(scope="session")
def sources(reader):
    def read(text):
        events = reader.read(Article(text=text, published=dt.date(2023, 4, 4), language="en")).events
        return [actor.name for actor in events[-1].source_actors]

    return read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Masrour Barzani flew to Rome on Monday. Barzani thanked Italy.", "Masrour Barzani"),
        ("Barzani thanked Italy.", "Masoud Barzani"),
        ("Mohammed Shia al-Sudani flew to Rome on Monday. Sudani thanked Italy.", "Mohammed Shia al-Sudani"),
        ("Nechirvan Barzani met Masrour Barzani in Rome. President Barzani thanked Italy.", "Masrour Barzani"),
    ],
)
def test_a_surname_alone_is_the_person_named_in_full_last(sources, text, name):
    assert sources(text) == [name]


def test_an_acronym_is_what_the_article_spells_out(sources):
    assert sources("The ICC condemned Chad.") == ["International Criminal Court"]
    text = "The Indian Cotton Council (ICC) met in Pune on Monday. The ICC condemned Chad."
    assert "International Criminal Court" not in sources(text)


def test_an_acronym_spelt_out_as_listed_stays(sources):
    text = "The Rapid Support Forces (RSF) pulled out of Sennar. The RSF condemned Chad."
    assert sources(text) == ["Rapid Support Forces"]


def test_an_acronym_given_to_a_listed_group_stands_for_it(sources):
    assert sources("The Arakan Army, or AA, left Sittwe. The AA shelled Maungdaw on Monday.") == ["Arakan Army"]


def test_an_acronym_of_a_body_in_no_list_stands_for_it(sources):
    text = "The Congolese Peace Movement (CPM) met in Goma. The CPM condemned Rwanda."
    assert sources(text) == ["Congolese Peace Movement"]
