"""Articles as a whole: dates, one happening told twice, and any text at all."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.article import Article
from geodata.event import DateBasis
from geodata.reading.model import beside_names, load_model
from geodata.reading.reader import Reader
from geodata.reading.to_dict import reading_to_dict
from geodata.regions import regions

MONDAY = dt.date(2020, 3, 2)


@pytest.fixture(scope="session")
def events(reader):
    def read(text, published=MONDAY, **more):
        return reader.read(Article(text=text, published=published, language="en", **more)).events

    return read


def when(event) -> tuple[str, str, DateBasis]:
    return event.date_start.isoformat(), event.date_end.isoformat(), event.date_basis


def test_places_alone_need_no_parse(gazetteer, reader):
    text = "Kirkuk, Iraq - Troops left Hawija, near Kirkuk, on Monday. Students at Aleppo University marched."
    alone = Reader(gazetteer, regions(), only_places=True).read(Article(text=text))
    assert [(m.text, m.place) for m in alone.mentions] == [
        (m.text, m.place) for m in reader.read(Article(text=text)).mentions
    ]
    assert {m.text for m in alone.mentions} >= {"Hawija", "Aleppo"}
    assert alone.events == ()
    left_out = beside_names(load_model())
    assert "parser" in left_out
    assert "ner" not in left_out


# -- dates ------------------------------------------------------------------------------------


def test_a_date_named_in_the_clause_dates_the_act(events):
    (event,) = events("Rebels captured Goma on Sunday.")
    assert when(event) == ("2020-03-01", "2020-03-01", DateBasis.RELATIVE)


def test_a_paragraph_that_opens_with_a_day_keeps_it(events):
    found = events("On Sunday the army shelled Idlib. Rebels killed two soldiers in Saraqib.")
    assert when(found[-1]) == ("2020-03-01", "2020-03-01", DateBasis.CARRIED)


def test_a_day_earlier_counts_from_the_date_of_its_paragraph(events):
    found = events("On February 25 the army shelled Idlib. A day earlier it had bombed Saraqib.")
    assert [when(event)[0] for event in found] == ["2020-02-25", "2020-02-24"]


def test_a_day_earlier_in_a_new_paragraph_counts_from_publication(events):
    found = events("On February 25 the army shelled Idlib.\n\nUganda condemned the attack a day earlier.")
    assert when(found[-1])[0] == "2020-03-01"


def test_the_date_of_a_noun_is_not_that_of_the_verb(events):
    found = events("Uganda condemned the vote of January 5.")
    assert when(found[0]) == ("2020-03-02", "2020-03-02", DateBasis.PUBLICATION)


def test_another_clause_keeps_its_date_to_itself(events):
    found = events("Rebels captured Goma after the army had left it on February 25.")
    captured = next(event for event in found if event.type.value == "ASSAULT")
    assert when(captured)[2] is DateBasis.PUBLICATION


def test_without_any_day_an_event_is_undated_and_says_why(events):
    (event,) = events("Rebels captured Goma on Sunday.", published=None)
    assert event.date_start is event.date_end is event.date_basis is None
    assert event.undated_reason


# -- one happening ----------------------------------------------------------------------------


def test_a_happening_told_twice_is_one_event(events):
    text = "Gunmen killed five farmers near Djibo on Sunday.\n\nThe gunmen killed the five farmers near Djibo on Sunday, the mayor said."
    assert len(events(text)) == 1


def test_the_same_deed_on_two_days_is_two_events(events):
    assert len(events("Rebels attacked Goma on Saturday. Rebels attacked Goma on Sunday.")) == 2


def test_the_same_deed_in_two_towns_is_two_events(events):
    assert len(events("Rebels attacked Goma on Sunday. Rebels attacked Bukavu on Sunday.")) == 2


def test_one_who_meets_two_others_meets_twice(events):
    found = events("Hassan Rouhani met Ilham Aliyev in Baku on Sunday. Rouhani met Vladimir Putin in Baku on Sunday.")
    assert len(found) == 2


def test_deaths_stand_with_the_attack_that_caused_them(events):
    (event,) = events("At least 12 people were killed when a car bomb exploded in Mogadishu on Saturday.")
    assert (event.fatalities, event.mode, when(event)[0]) == (12, "explosives", "2020-02-29")


# -- evidence ---------------------------------------------------------------------------------


def check(reading) -> None:
    text = reading.article.text
    assert len({event.id for event in reading.events}) == len(reading.events)
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.text
    for event in reading.events:
        assert 0 <= event.start < event.end <= len(text)
        assert event.quote == text[event.start : event.end]
        assert event.quote.strip() == event.quote
        assert 0 < event.confidence < 1
        assert (event.place is None) == (event.place_basis is None) == bool(event.unplaced_reason)
        assert (event.date_start is None) == bool(event.undated_reason)
        last = event.start
        for span in event.spans:  # in order, not overlapping, inside the quote
            assert last <= span.start < span.end <= event.end
            last = span.end
    reading_to_dict(reading)


def test_the_evidence_marks_verb_actors_place_and_date(events):
    (event,) = events("  Rebels captured Goma on Sunday.  ")
    text = "  Rebels captured Goma on Sunday.  "
    marked = {span.kind.value: text[span.start : span.end] for span in event.spans}
    assert marked == {"source": "Rebels", "verb": "captured", "place": "Goma", "date": "on Sunday"}


def test_the_same_article_gives_the_same_ids(events):
    text = "Rebels captured Goma on Sunday. The army shelled Idlib."
    assert [event.id for event in events(text)] == [event.id for event in events(text)]


WORDS = st.sampled_from(
    [
        "the",
        "army",
        "rebels",
        "of",
        "in",
        "Kirkuk",
        "Iraq",
        "killed",
        "said",
        "that",
        "on",
        "Monday",
        "IS",
        "and",
        "attacked",
        "not",
        "would",
        "12",
        "people",
        ";",
        "—",
        '"',
        "'",
        "(",
        ")",
        "?",
        "\n\n",
        ",",
        ".",
        "U.S.",
        "\u200f",
        "العراق",
        "\u200b",
        "🛰",
        "İstanbul",
        "ß",
        "é́",
        "á",
        "\x00",
        "�",
        "KIRKUK",
        "-",
        "which",
        "he",
        "they",
        "there",
        "25",
        "May",
        "voted",
    ]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(WORDS, min_size=1, max_size=40).filter(lambda words: "".join(words).strip()))
def test_any_words_give_a_sound_reading(reader, words):
    check(reader.read(Article(text=" ".join(words), published=MONDAY, language="en")))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(text=st.text(min_size=1, max_size=200).filter(str.strip))
def test_any_text_gives_a_sound_reading(reader, text):
    check(reader.read(Article(text=text, language="en")))


@pytest.mark.parametrize(
    "text",
    [
        ".",
        "a" * 20_000,
        "Kirkuk" * 3_000,
        "(" * 5_000,
        "killed " * 1_500,
        "and the army and the rebels " * 200,
        "A-" * 5_000,
        "IS IS IS",
        "Rebels captured Goma \ud800 on Sunday.",
        "\u202eRebels captured Goma\u202c on Sunday.",
        "Rebels\u00a0captured Goma on\u00a0Sunday.",
        "Rebels captured Goma 🛰🛰 on Sunday. 👩‍👩‍👧‍👦 fled.",
    ],
)
def test_odd_texts_are_read_without_harm(reader, text):
    check(reader.read(Article(text=text, published=MONDAY, language="en")))


def test_astral_characters_do_not_shift_the_evidence(events):
    (event,) = events("🛰🛰 Rebels captured Goma on Sunday.")
    assert "captured Goma on Sunday." in event.quote


def test_other_languages_give_place_names_but_no_events(reader):
    text = "Die Armee hat am Sonntag die Stadt Mossul im Irak beschossen und mehrere Menschen verletzt."
    reading = reader.read(Article(text=text, published=MONDAY, language="de"))
    assert reading.events == ()
    assert "German" in reading.problems[0].message


def test_a_missing_day_of_publication_is_reported(reader):
    reading = reader.read(Article(text="Rebels captured Goma on Sunday.", language="en"))
    assert any("day of publication" in problem.message for problem in reading.problems)


def test_places_of_one_verb(reader):
    text = "Rebels shelled Goma on Sunday and withdrew from Bukavu."
    article = Article(text=text, published=MONDAY, language="en")
    found = {
        verb: [m.text for m in reader.places_of_verb(article, text.index(verb), text.index(verb) + len(verb))]
        for verb in ("shelled", "withdrew")
    }
    assert found == {"shelled": ["Goma"], "withdrew": ["Bukavu"]}


# -- many at once -----------------------------------------------------------------------------


def test_articles_read_together_are_read_as_each_alone(reader):
    texts = [
        "Rebels captured Goma on Sunday.",
        "Des rebelles ont pris la ville de Goma dimanche, selon des habitants et des militaires sur place.",
        "IS killed ten in Kirkuk.\n\nThe army \ud83d said so in Baghdad on Monday.",
        "?",
    ]
    articles = [Article(text=text, published=MONDAY) for text in texts]
    assert list(reader.read_many(articles)) == [reader.read(article) for article in articles]


def test_two_spaces_within_a_name_are_one_and_are_quoted_as_they_stand(reader):
    text = "Troops  arrested a mayor in the West  Bank on\u00a0Monday.  Protesters burned tyres in San\u00a0 Salvador on Sunday."
    reading = reader.read(Article(text=text, published=MONDAY, language="en"))
    check(reading)
    assert [mention.text for mention in reading.mentions] == ["West  Bank", "San\u00a0 Salvador"]
    assert [event.place.name for event in reading.events] == ["West Bank", "San Salvador"]
    assert reading.events[1].quote == "Protesters burned tyres in San\u00a0 Salvador on Sunday."
