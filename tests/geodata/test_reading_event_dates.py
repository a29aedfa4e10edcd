"""Which date an act gets of those that its paragraph names."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article
from geodata.event import DateBasis, DatePrecision

PUBLISHED = dt.date(2020, 3, 5)  # a Thursday
TODAY = ("2020-03-05", "2020-03-05", DateBasis.PUBLICATION)


@pytest.fixture(scope="module")
def last(reader):
    def run(text: str):
        found = reader.read(Article(text=text, published=PUBLISHED, language="en")).events
        return max(found, key=lambda event: event.start)

    return run


def when(event) -> tuple[str, str, DateBasis]:
    return event.date_start.isoformat(), event.date_end.isoformat(), event.date_basis


@pytest.mark.parametrize(
    "background",
    [
        "Tension has grown since the February 11 attack on the barracks in Gao.",
        "The town has been quiet since Saturday.",
        "The mayor returned after a bombing two weeks ago.",
        "The bridge, which collapsed in January, is to be rebuilt.",
        "The council had closed the market in February.",
        "The governor is to meet the elders on Monday.",
        "The fighting has eased in the past two days.",
    ],
)
def test_a_date_of_what_only_explains_does_not_hold_for_what_follows(last, background):
    event = last(f"Residents of Gao mourned the dead. {background} Gunmen shot dead two policemen in Menaka.")
    assert when(event) == TODAY


def test_a_look_back_is_over_when_the_story_goes_on(last):
    text = "Gunmen attacked a police station in Kaduna. The station was burned down last June. {} killed two policemen in Kano."
    assert when(last(text.format("The gunmen"))) == TODAY
    assert when(last(text.format("They"))) == ("2019-06-01", "2019-06-30", DateBasis.CARRIED)


def test_a_paragraph_about_the_past_stays_there(last):
    event = last("Rebels took Bambari in June. The rebels killed ten traders. Soldiers burned forty houses in Bria.")
    assert when(event) == ("2019-06-01", "2019-06-30", DateBasis.CARRIED)


@pytest.mark.parametrize(
    "told",
    [
        "The army has arrested a rebel chief in Kano.",
        "Kenya accuses Somalia of the raid.",
        "Kenya has rejected the offer.",
    ],
)
def test_what_has_happened_is_of_the_day_of_the_report(last, told):
    assert when(last(f"Rebels attacked Maiduguri on Monday. {told}")) == TODAY


def test_what_is_quoted_was_said_when_it_was_said(last):
    event = last(
        'The minister met his guest in Lagos on Monday. "We have agreed on a truce with Chad," the minister said.'
    )
    assert when(event)[0] == "2020-03-02"


def test_whoever_is_accused_of_an_attack_is_not_accused_on_the_day_of_the_attack(last):
    event = last("Uganda has accused a militia of carrying out the attack on February 11.")
    assert when(event) == TODAY


def test_a_day_in_front_sets_the_scene(last):
    event = last("On Tuesday deputies in Tunis had voted to cut the budget. Police arrested two unionists in Sfax.")
    assert when(event) == ("2020-03-03", "2020-03-03", DateBasis.CARRIED)


def test_since_a_day_is_from_then_until_the_report(last):
    event = last("The army has arrested forty rebels in Kaduna since Sunday.")
    assert when(event) == ("2020-03-01", "2020-03-05", DateBasis.RELATIVE)


def test_an_hour_local_time_dates_the_act(last):
    event = last("Early Tuesday local time, following an ambush in Gao, jets bombed a camp near Kidal.")
    assert when(event)[0] == "2020-03-03"


def test_what_is_promised_for_a_day_was_not_promised_on_it(last):
    assert when(last("The minister said Sudan would lift the ban on Friday.")) == TODAY


@pytest.mark.parametrize(
    "text",
    [
        "Amnesty International has condemned attacks on villages by the rebels at the weekend.",
        "Uganda accuses Rwanda of shelling a market on Monday.",
        "The offer was rejected by Kenya and follows heavy fighting in the past ten days.",
    ],
)
def test_who_has_condemned_it_did_so_since(last, text):
    assert when(last(text)) == TODAY


def test_a_day_after_something_does_not_count_from_the_sentence_before(last):
    text = "Gunmen raided Gao on Monday. A day after the vote rebels killed two men in Kidal."
    assert when(last(text)) == ("2020-03-02", "2020-03-02", DateBasis.CARRIED)


def test_what_went_on_for_days_is_not_one_of_them(reader):
    text = "Gunmen killed nine soldiers in Gao on Monday. The army said that 40 soldiers had been killed in Gao since last week."
    found = reader.read(Article(text=text, published=PUBLISHED, language="en")).events
    assert [event.date_precision for event in found] == [DatePrecision.DAY, DatePrecision.WEEK]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Soldiers shelled Kidal on Tuesday, a day after gunmen stormed a prison in Timbuktu.", "2020-03-02"),
        ("Soldiers shelled Kidal, two days after gunmen stormed a prison in Timbuktu.", "2020-03-03"),
        ("Soldiers shelled Kidal on Tuesday, hours after gunmen stormed a prison in Timbuktu.", "2020-03-03"),
        ("Soldiers shelled Kidal, weeks after gunmen stormed a prison in Timbuktu on February 11.", "2020-02-11"),
    ],
)
def test_days_after_an_act_date_it(reader, text, day):
    found = reader.read(Article(text=text, published=PUBLISHED, language="en")).events
    (event,) = [event for event in found if event.place.name == "Timbuktu"]
    assert when(event)[0] == day


def test_what_has_gone_on_since_something_began_is_dated_from_there(reader):
    text = "At least 40 people have been killed in Khartoum since fighting erupted on Sunday."
    (event,) = reader.read(Article(text=text, published=PUBLISHED, language="en")).events
    assert (event.date_start, event.date_end) == (dt.date(2020, 3, 1), PUBLISHED)


@pytest.mark.parametrize(
    "text",
    [
        "More than 9,000 people have been killed in Mali since the rebellion began in 2012.",
        "Chad has been trading fire with the rebels since clashes along the lake began last April.",
    ],
)
def test_a_sum_over_years_is_no_event(reader, text):
    assert not reader.read(Article(text=text, published=PUBLISHED, language="en")).events


def test_what_came_after_a_dated_event_long_ago_is_not_dated_to_the_report(reader):
    text = "After the 2011 referendum, Khartoum moved troops to Abyei."
    found = reader.read(Article(text=text, published=PUBLISHED, language="en")).events
    assert {event.date_start for event in found} == {dt.date(2011, 1, 1)}
    text = "The party closed its office in Basra after militiamen seized the town in October 2017."
    event = reader.read(Article(text=text, published=PUBLISHED, language="en")).events[0]
    assert (event.date_start, event.date_end) == (dt.date(2017, 10, 1), dt.date(2017, 10, 31))


def test_the_day_of_the_unrest_is_that_of_those_who_died_in_it(reader):
    text = "Four traders were killed and 15 others wounded during Sunday's unrest in Basra."
    (event,) = reader.read(Article(text=text, published=PUBLISHED, language="en")).events
    assert event.date_start == dt.date(2020, 3, 1)
