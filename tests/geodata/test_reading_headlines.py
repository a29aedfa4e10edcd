"""Headlines that stand alone, as feeds and tables have them: no full stop, few verbs, words left out."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article

THURSDAY = dt.date(2016, 5, 12)


@pytest.fixture(scope="session")
def events(reader):
    def read(text):
        return reader.read(Article(text=text, published=THURSDAY, language="en")).events

    return read


@pytest.mark.parametrize(
    ("headline", "place"),
    [
        ("Three dead in Beirut car bombing", "Beirut"),
        ("Car bomb kills ten in Damascus market", "Damascus"),
        ("Suicide bomber strikes Kabul checkpoint, 8 dead", "Kabul"),
        ("Heavy fighting in Benghazi", "Benghazi"),
        ("Gunfire, explosions heard in Juba", "Juba"),
        ("Death toll in Nice truck attack rises to 84", "Nice"),
        ("Baghdad bombing death toll rises to 200", "Baghdad"),
        ("Afghan forces retake Kunduz from Taliban", "Kunduz"),
        ("Kurdish fighters push into Manbij", "Manbij"),
        ("Fallujah falls to Islamic State", "Fallujah"),
        ("Syrian army advances on Raqqa", "Raqqa"),
        ("Kabul hit by deadly suicide attack", "Kabul"),
        ("Sinjar liberated from IS, Barzani says", "Sinjar"),
        ("Rebels gain ground in Aleppo", "Aleppo"),
    ],
)
def test_something_happened_and_where(events, headline, place):
    assert place in {event.place.name for event in events(headline) if event.place is not None}


@pytest.mark.parametrize(
    "headline",
    [
        "IS claims responsibility for Istanbul nightclub shooting",
        "Islamic State claims bombing that killed 12 in Kabul mosque",
        "Ten killed in IS attack on Syrian village",
        "Five soldiers killed in clashes with IS near Palmyra",
        "Dozens abducted by Islamic State in Syria",
        "Islamic State under attack in Sirte",
        "Iraqi army: 30 IS fighters killed in Anbar",
        "US-led coalition strikes kill IS leader in Raqqa",
    ],
)
def test_islamic_state_is_found_where_it_is_named(events, headline):
    found = events(headline)
    assert any(actor.name == "Islamic State" for e in found for actor in (*e.source_actors, *e.target_actors)), found


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Taliban claims Kunduz attack", "Taliban"),
        ("Al-Shabaab claim responsibility for hotel siege in Mogadishu", "al-Shabaab"),
        ("Iraqi forces storm rebel base near Tikrit", "Iraqi Armed Forces"),
        ("Houthi missile hits Saudi border town", "Houthis"),
    ],
)
def test_who_did_it_is_found(events, headline, name):
    assert name in {actor.name for event in events(headline) for actor in event.source_actors}


@pytest.mark.parametrize(
    "headline",
    [
        "Pakistan: Gunmen storm university, kill 20",
        "Syria: 20 killed in air strikes on Idlib",
        "Three dead in Beirut car bombing",
        "More than 100 dead in Syria violence",
    ],
)
def test_a_country_before_the_colon_or_the_deed_did_nothing(events, headline):
    found = events(headline)
    assert not any(actor.name.startswith("Government") for event in found for actor in event.source_actors), found


@pytest.mark.parametrize(
    "headline",
    [
        "Security Council to debate attacks in Syria",
        "Egyptian police foil attack on Luxor temple",
        "No deaths in Istanbul bomb scare",
        "How the battle for cheap flights is changing travel",
        "Opinion: why Baghdad should talk to Erbil",
    ],
)
def test_nothing_is_made_of_a_headline_that_reports_nothing(events, headline):
    assert not [event for event in events(headline) if event.type == "ASSAULT"]


@pytest.mark.parametrize(
    ("headline", "dead"),
    [
        ("Ten rebels dead in Goma raid", 10),
        ("Congo: 12 M23 fighters dead near Rutshuru", 12),
        ("Blast leaves 12 people dead in Goma", 12),
    ],
)
def test_those_who_are_dead_in_a_headline_were_killed(reader, headline, dead):
    (event,) = reader.read(Article(text=headline, language="en")).events
    assert (event.type.value, event.fatalities) == ("ASSAULT", dead)


def test_who_stands_before_a_colon_only_says_so(reader):
    (event,) = reader.read(Article(text="Police: 12 people killed after blast in Goma", language="en")).events
    assert event.source_actors == ()
