"""Where an act happened, and how that is known."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article
from geodata.event import PlaceBasis


@pytest.fixture(scope="session")
def events(reader):
    def read(text, **more):
        return reader.read(Article(text=text, published=dt.date(2020, 3, 3), language="en", **more)).events

    return read


def where(event) -> tuple[str | None, PlaceBasis | None]:
    return (event.place.name if event.place else None), event.place_basis


@pytest.mark.parametrize(
    ("text", "name", "basis"),
    [
        ("Gunmen killed six villagers near Mopti on Sunday.", "Mopti area", PlaceBasis.CLAUSE),
        ("Rebels withdrew from Goma towards Sake.", "Goma", PlaceBasis.CLAUSE),
        ("Troops from Basra shelled Nasiriyah on Sunday.", "Nasiriyah", PlaceBasis.CLAUSE),
        # what lies in the country named is where it happened
        ("A soldier was killed in Iraq during a patrol outside Mosul.", "Mosul area", PlaceBasis.CLAUSE),
        ("Hundreds of villagers fled across the border into China's Yunnan province.", "Yunnan", PlaceBasis.CLAUSE),
        ("The king of Jordan visited Baghdad on Sunday.", "Baghdad", PlaceBasis.CLAUSE),
        (
            "Ramzan Kadyrov said in Grozny that he supported the war, and accused France of spying.",
            "Grozny",
            PlaceBasis.CLAUSE,
        ),
    ],
)
def test_a_place_in_the_clause_comes_first(events, text, name, basis):
    assert where(events(text)[-1]) == (name, basis)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Malian army entered Kidal on Monday. The military arrested three men there.", "Kidal"),
        ("Rebels attacked Goma on Sunday. Soldiers killed two men in the city.", "Goma"),
    ],
)
def test_there_and_the_city_are_the_place_named_before(events, text, name):
    assert where(events(text)[-1]) == (name, PlaceBasis.ANAPHORA)


def test_a_name_that_hangs_on_a_body_does_not_move_the_scene(events):
    text = "Rebels attacked Goma on Sunday. Their movement, which rules Bukavu, is strong. Soldiers killed two men."
    assert where(events(text)[-1]) == ("Goma", PlaceBasis.PARAGRAPH)


def test_a_place_by_itself_moves_the_scene(events):
    text = "Rebels attacked Goma on Sunday. In Bukavu, shops stayed closed. Soldiers killed two men."
    assert where(events(text)[-1]) == ("Bukavu", PlaceBasis.PARAGRAPH)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("KYIV, March 2 - At a conference in Munich, Volodymyr Zelensky urged Germany to send weapons.", "Munich"),
        ("TEHRAN, March 2 - Recep Tayyip Erdogan rejected the plan of France during a visit to Baku.", "Baku"),
    ],
)
def test_what_is_said_on_an_occasion_is_said_where_that_is(events, text, name):
    assert where(events(text)[-1]) == (name, PlaceBasis.CLAUSE)


def test_the_place_of_a_paragraph_holds_for_its_next_sentence(events):
    found = events("Rebels attacked Goma on Sunday. Soldiers killed two men.")
    assert where(found[-1]) == ("Goma", PlaceBasis.PARAGRAPH)


def test_what_is_said_is_said_where_the_report_was_filed(events):
    (event,) = events("KAMPALA, March 2 (Agency) - Uganda condemned the attack on Mogadishu.")
    assert where(event) == ("Kampala", PlaceBasis.DATELINE)


def test_a_government_speaks_at_its_seat_when_the_report_was_filed_abroad(events):
    (event,) = events("NAIROBI, March 2 (Agency) - Russia condemned the attack on Mogadishu.")
    assert where(event) == ("Moscow", PlaceBasis.ACTOR_SEAT)


def test_a_visitor_speaks_where_he_is(events):
    found = events("Hassan Rouhani arrived in Baku on Monday. He thanked Azerbaijan for its help.")
    assert where(found[-1])[0] == "Baku"


def test_a_group_without_a_seat_speaks_nowhere_and_the_event_says_why(events):
    (event,) = events("Boko Haram threatened to attack the teachers.")
    assert event.place is None
    assert event.place_basis is None
    assert event.unplaced_reason.endswith(".")


def test_a_neighbour_across_the_frontier_is_not_the_place(events):
    (event,) = events("NIAMEY, March 2 (Agency) - Militants killed three soldiers near the border with Mali.")
    assert event.place is None or event.place.country != "ML"


def test_the_capital_of_a_country_is_the_town(events):
    (event,) = events("Protesters burned tyres in the capital of Senegal on Sunday.")
    assert where(event)[0] == "Dakar"


def test_the_place_an_article_states_serves_as_dateline(events):
    (event,) = events("Uganda condemned the attack on Mogadishu.", place="Kampala, Uganda")
    assert where(event) == ("Kampala", PlaceBasis.DATELINE)


def test_the_headline_serves_when_the_text_names_no_place(events):
    (event,) = events("Two policemen were killed by gunmen on Sunday.", title="Gunmen attack Kandahar")
    assert where(event) == ("Kandahar", PlaceBasis.HEADLINE)


def test_an_event_lies_in_the_regions_of_its_place(events):
    (event,) = events("Gunmen killed six villagers near Kirkuk on Sunday.")
    assert {"IQ", "IQ-KI"} <= set(event.regions)


def test_where_it_is_told_is_not_where_it_happened(events):
    (event,) = events(
        "YEREVAN, Sept. 20 (Agency) - Peacekeepers were shot dead in their car, the ministry in Moscow reported."
    )
    assert event.place is None or event.place.name != "Moscow"


def test_the_capital_of_a_country_is_found_by_its_name(events):
    (event,) = events("Crowds attacked embassies in the capital of Kenya in anger at the capture of Goma by rebels.")[
        :1
    ]
    assert event.place is not None
    assert event.place.name == "Nairobi"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Turkey and Russia held talks in Nairobi on Tuesday.", "Nairobi"),
        ("Chad signed a non-aggression pact with Sudan in Dakar.", "Dakar"),
    ],
)
def test_what_is_held_or_signed_somewhere_is_there(events, text, name):
    assert [event.place.name for event in events(text)] == [name]


def test_what_is_condemned_is_not_where_it_is_condemned(events):
    (event,) = [event for event in events("France condemned a raid in Karachi on Monday.") if event.type == "ACCUSE"]
    assert event.place is None or event.place.name != "Karachi"


def test_who_spoke_in_a_town_met_people_there_and_not_at_the_dateline(events):
    text = (
        "KAMPALA - The army chief spoke on Monday.\n\n"
        "In Baghdad, Prime Minister Haider al-Abadi thanked the army. He met the Iranian ambassador."
    )
    (met,) = [event for event in events(text) if event.type == "CONSULT"]
    assert met.place.name == "Baghdad"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bolivia rejected the demand.", "La Paz"),
        ("The Netherlands condemned the attack on Goma.", "The Hague"),
        ("Benin accused Togo of the raid.", "Cotonou"),
    ],
)
def test_a_government_speaks_where_it_sits(events, text, name):
    (event,) = events(text)
    assert where(event) == (name, PlaceBasis.ACTOR_SEAT)


@pytest.mark.parametrize(("year", "name"), [(2022, "Khartoum"), (2024, "Port Sudan"), (2026, "Khartoum")])
def test_a_government_that_moved_speaks_where_it_sat_then(reader, year, name):
    article = Article(text="Sudan rejected the demand.", published=dt.date(year, 5, 4), language="en")
    (event,) = reader.read(article).events
    assert event.place.name == name


def test_a_person_speaks_for_the_state_that_another_sentence_names(events):
    text = "Kenya's President William Ruto flew home on Sunday. Mr Ruto accused the rebels of looting."
    assert where(events(text)[-1]) == ("Nairobi", PlaceBasis.ACTOR_SEAT)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # the last two share where it was
        ("Six were killed and 15 injured in raids by French jets in Kidal.", "Kidal"),
        ("Envoys flew to eastern Chad, where rebels attacked a convoy on Sunday.", "Chad"),
        ("Peru's cabinet fell after 20 people were killed in nationwide riots.", "Peru"),
        ("Ghana praised an accord signed on May 5 in Geneva, Switzerland.", "Geneva"),
        ("Gunmen launched two ambushes, wounding a father and his boy, in fresh raids in Darfur.", "Darfur"),
    ],
)
def test_a_place_that_the_sentence_names_is_taken(events, text, name):
    assert name in {where(event)[0] for event in events(text)}


def test_a_part_of_a_country_is_not_the_town_of_the_sentence_before(events):
    found = events("Gunmen shot a mayor in Bamako on Monday. A bomb killed four soldiers in northern Mali.")
    assert where(found[-1])[0] == "Mali"


@pytest.mark.parametrize(
    "text",
    [
        "Raids by US warplanes killed ten men.",
        "During a visit to China, General Akbar said that gunmen had killed ten men.",
    ],
)
def test_what_is_named_of_the_doer_or_the_speaker_is_not_where_it_happened(events, text):
    assert {where(event)[0] for event in events(text) if event.type == "ASSAULT"} == {None}


def test_police_arrest_nobody_in_another_country(events):
    text = "Gunmen shot ten men in Nakuru on Monday. {} police arrested four suspects."
    assert where(events(text.format("Kenyan"))[-1])[0] == "Nakuru"
    assert where(events(text.format("Ugandan"))[-1])[0] is None


def test_whom_one_calls_on_is_not_where_one_speaks(events):
    (event,) = events("France called on Chad to free the men.")
    assert where(event) == ("Paris", PlaceBasis.ACTOR_SEAT)


def test_where_somebody_would_go_is_not_where_the_next_act_was(events):
    found = events("The envoy said he would fly to Nairobi. Rebels killed ten farmers.")
    assert where(found[-1]) == (None, None)


@pytest.mark.parametrize(
    "aside",
    ["The man has family in Graz.", "The Graz man spoke little."],
)
def test_where_somebody_is_at_home_is_not_where_the_next_act_was(events, aside):
    found = events(f"{aside} Rebels killed ten farmers.")
    assert where(found[-1]) == (None, None)


def test_what_is_said_abroad_does_not_move_the_scene(events):
    found = events(
        "Kano and Maiduguri were quiet. The OSCE said in Vienna that it would help. Rebels killed ten farmers."
    )
    assert where(found[-1]) == ("Maiduguri", PlaceBasis.PARAGRAPH)


@pytest.mark.parametrize(
    "text",
    [
        "Speaking in Lusaka, the Malian prime minister urged the rebels to free the men.",
        "The Malian prime minister, on a visit to Lusaka, accused the rebels of looting.",
    ],
)
def test_one_speaks_where_one_is_on_a_visit(events, text):
    assert where(events(text)[0]) == ("Lusaka", PlaceBasis.CLAUSE)


def test_what_came_of_an_attack_on_a_country_says_where_it_was(events):
    (event,) = events("Rebels attacked Chad on Sunday, killing six traders and wounding two in Abeche.")
    assert where(event) == ("Abeche", PlaceBasis.SENTENCE)


def test_those_who_meet_in_a_hotel_meet_in_its_town(events):
    event = events("BAGHDAD, March 2 - A fire burnt.\n\nFuad Hussein met Hakan Fidan in a hotel in Oslo.")[-1]
    assert where(event) == ("Oslo", PlaceBasis.CLAUSE)
