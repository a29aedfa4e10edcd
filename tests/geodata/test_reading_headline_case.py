"""Headlines In Title Case are read as sentences are."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.article import Article
from geodata.reading.common_words import common_words_of, training_sentences
from geodata.reading.headline_case import common_words, in_sentence_case


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "Philippine Rebels Burn Banana Trucks in Compostela Valley",
            "Philippine rebels burn banana trucks in Compostela Valley",
        ),
        ("EGYPT : COPTS CLASH WITH ARMY OUTSIDE CAIRO MUSEUM", "Egypt : Copts clash with army outside Cairo museum"),
        ("US , Cuba Hold Migration Talks in Havana", "US , Cuba hold migration talks in Havana"),
        ("Police Arrest Two After Raid Near New Delhi", "Police arrest two after raid near New Delhi"),
        ("Rebels burn trucks in Compostela Valley", "Rebels burn trucks in Compostela Valley"),
        ("Iraqi Foreign Minister Hoshyar Zebari", "Iraqi foreign minister Hoshyar Zebari"),
    ],
)
def test_what_is_no_name_loses_its_capital(written, read):
    assert " ".join(in_sentence_case(written.split())) == read


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20))
def test_every_word_stays_where_it_is_and_as_long_as_it_is(words):
    made = in_sentence_case(words)
    assert [word.lower() for word in made] == [word.lower() for word in words]


def test_the_common_words_are_those_of_the_training_text():
    assert sorted(common_words()) == common_words_of(training_sentences())


@pytest.mark.parametrize(
    ("headline", "kind", "place"),
    [
        ("Bolivian Police Arrest Four Union Leaders in Cochabamba", "COERCE", "Cochabamba"),
        ("REBELS SHELL MARKET IN ADEN, KILLING NINE", "ASSAULT", "Aden"),
        ("Gunmen Kidnap Mayor of Maiduguri, Police Say", "ASSAULT", "Maiduguri"),
        ("Truck Drone Hits Apartment Block in Kharkiv, Governor Says", "ASSAULT", "Kharkiv"),
        ("Mortar attack on Taiz school leaves nine dead", "ASSAULT", "Taiz"),
    ],
)
def test_a_headline_is_read_however_it_is_written(reader, headline, kind, place):
    (event,) = reader.read(Article(text=headline, published=dt.date(2020, 3, 3), language="en")).events
    assert (event.type.value, event.place and event.place.name) == (kind, place)
