"""What is denied, wished, planned, supposed or only explained is no event."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article


@pytest.fixture(scope="session")
def types(reader):
    def read(text):
        article = Article(text=text, published=dt.date(2020, 3, 3), language="en")
        return [event.type.value for event in reader.read(article).events]

    return read


@pytest.mark.parametrize(
    "sentence",
    [
        # denied
        "Nobody backed the motion.",
        "No one was arrested in Kampala.",
        "The two armies have yet to sign the treaty.",
        "The rebels did not attack Bor.",
        "Troops failed to capture the town of Bor.",
        # planned, expected
        "Police will arrest anyone who breaks the curfew.",
        "The minister hopes to visit Aden this month.",
        "The president is due to meet his counterpart in Riyadh on Friday.",
        "The general plans to withdraw his forces from Gao.",
        "Observers are expected to arrive in Juba on Friday.",
        "The militants plotted to attack the embassy in Nairobi.",
        # how things stand
        "The two armies have been fighting since April 2018.",
        "The rebels have waged an insurgency since 1984 that has killed thousands of people.",
        "Attacks on convoys remain common near Makhmur.",
        "Raids on farms are frequent in Kaduna, and abductions are rare.",
        # supposed
        "Attacking hospitals is a crime.",
        "If the dam is shelled, thousands will flee.",
        "The doctors will stay until the army frees the villagers.",
        "The army may attack Sirte next week.",
        "Is the army attacking Sirte?",
        "Militants could kidnap travellers on the road to Timbuktu.",
        "The possible attack on Derna worried residents.",
        # glosses, states, accidents
        "The party, banned in Belarus, has an office in Vilnius.",
        "The town of Bunia remains tense.",
        "A landslide buried a checkpoint near Pokhara.",
        "Two men were killed when their car crashed near Tulsa.",
        "The vote killed the trade deal.",
        "The mayor hung a banner on the town hall of Lyon.",
        "The base is home to pilots trained in Texas.",
    ],
)
def test_what_did_not_happen_is_no_event(types, sentence):
    assert types(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The rebels threatened to shell the port of Aden.", "THREATEN"),
        ("The envoy demanded that the rebels lift the siege of Taiz.", "REQUEST"),
        ("Turkey vowed to attack the militia in Manbij.", "THREATEN"),
        ("Germany promised to send food to Sudan.", "AGREE"),
        ("France does not recognise the junta.", "REJECT"),
    ],
)
def test_of_what_is_threatened_asked_or_promised_only_the_word_is_an_event(types, sentence, kind):
    assert types(sentence) == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "The army began to shell Idlib on Sunday.",
        "Police managed to arrest the gunman in Lyon on Sunday.",
        "The United Nations demanded the release of the men whom the junta arrested in Bamako on Sunday.",
    ],
)
def test_what_was_begun_managed_or_is_taken_as_known_did_happen(types, sentence):
    assert {"ASSAULT", "COERCE"} & set(types(sentence))


def test_a_past_act_that_somebody_tells_is_an_event_and_says_who_claims_it(reader):
    text = "The governor said that rebels had killed three policemen in Goma on Sunday."
    (event,) = reader.read(Article(text=text, published=dt.date(2020, 3, 3), language="en")).events
    assert event.type.value == "ASSAULT"
    assert event.claimed_by


def test_an_accusation_is_two_events_and_the_second_a_claim(reader):
    text = "The Iraqi army accused the militia of burning the school in Tal Afar."
    found = reader.read(Article(text=text, published=dt.date(2020, 3, 3), language="en")).events
    claims = {event.type.value: event.claimed_by for event in found}
    assert claims == {"ACCUSE": "", "COERCE": "Iraqi Armed Forces"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Chad has regularly attacked rebel camps in Darfur.",
        "It is the first time guards have been killed at the dam by rebels in Chad.",
        "Eritrea continues to occupy villages in northern Ethiopia.",
    ],
)
def test_sums_and_lasting_states_are_no_event(types, sentence):
    assert types(sentence) == []


def test_what_is_alleged_in_passing_is_no_event_because_a_country_denies_it(types):
    assert types("Uganda accused Burundi of backing the rebellion, which Kenya disputes.") == ["ACCUSE"]
