"""Place names of headlines from wars: short, translated, with little around a name that says what it is."""

from __future__ import annotations

import pytest

from geodata.article import Article


@pytest.fixture
def read(reader):
    """Read a line: its place names with what they stand for."""

    def run(text: str) -> list[tuple[str, str]]:
        found = reader.read(Article(text=text, language="en")).mentions
        return [(m.text, f"{m.place.name}, {m.place.country}" if m.place is not None else "") for m in found]

    return run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what is struck, bombed, stormed or fought for
        ("Coalition jets target Harad and Midi", ["Harad", "Midi"]),
        ("Warplanes bomb Kitaf and Baqim", ["Kitaf", "Baqim"]),
        ("Gunmen storm Bani Walid", ["Bani Walid"]),
        ("Raids by coalition aircraft on Mocha leave many dead", ["Mocha"]),
        ("Drone strikes on Khamir and Huth", ["Khamir", "Huth"]),
        # the land around it, before or behind
        ("Militia shells Zinjibar countryside and kills four", ["Zinjibar"]),
        ("Families leave the vicinity of Al-Hazm at night", ["Al-Hazm"]),
        # no person is called so, whatever the model says
        ("Tal Kayf and Wadi Hajar come under mortar fire", ["Tal Kayf"]),
    ],
)
def test_finds_what_is_fought_for(read, text, expected):
    found = [name for name, _ in read(text)]
    assert [name for name in found if name in expected] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attack Sharon in a speech",
        "Strikes on Abbas and his party go on in the papers",
        "Eastern areas are quiet",
    ],
)
def test_a_person_attacked_is_no_place(read, text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fighters took Zaydiyah west of Hodeidah", [("Zaydiyah", "Az Zaydiyah, YE"), ("Hodeidah", "Hodeidah, YE")]),
        ("Two killed near Bab al-Yaman gate in Sanaa", [("Sanaa", "Sanaa, YE")]),
        ("Fighting in the Marib Desert kills ten", [("Marib", "Marib, YE")]),
    ],
)
def test_takes_names_whole_and_alone(read, text, expected):
    found = read(text)
    assert [one for one in found if one[1]] == expected
    assert not any(name in {"Bab al", "Yaman"} for name, _ in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Forces of “Tigris Shield” entered Hawija", ["Hawija"]),
        ("The “Golden Gate” operation goes on near Sirte", ["Sirte"]),
        ("Operation Palm Beach began near Sirte", ["Sirte"]),
        # that place the operation is for
        ("The Mosul operation began on Monday", ["Mosul"]),
        ("Fighters of the Basra Operations Command moved", ["Basra"]),
    ],
)
def test_an_operation_is_no_place(read, text, expected):
    assert [name for name, _ in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "quarter", "place"),
    [
        # in no list, or called like a city far away: what is known is the city beside
        ("Clashes in al-Zuhur neighborhood in Mosul kill two", "al-Zuhur", "Mosul, IQ"),
        ("Two killed in al-Jazair neighbourhood, Basra", "al-Jazair", "Basra, IQ"),
        ("Sniper kills boy in al-Qahira neighborhood of Taiz", "al-Qahira", "Taiz, YE"),
        # known itself
        ("A bomb went off in Karrada neighborhood in Baghdad", "Karrada", "Karrada, IQ"),
        # no city beside, and no quarter of this name known
        ("Shells fall on al-Jazair neighborhood", "al-Jazair", ""),
        # a city that has quarters
        ("In the Baghdad neighborhood of Karrada a bomb went off", "Baghdad", "Baghdad, IQ"),
        ("A Kabul neighborhood was hit", "Kabul", "Kabul, AF"),
    ],
)
def test_a_quarter_is_in_the_city_beside_it(read, text, quarter, place):
    assert dict(read(text))[quarter] == place


def test_a_village_is_a_place_whether_it_is_known_or_not(read):
    assert read("Shelling of Karqash village kills two") == [("Karqash", "")]
    assert read("Jets bombed Karqash village near Mosul") == [("Karqash", ""), ("Mosul", "Mosul, IQ")]
    assert read("Holiday village opens") == []


def test_an_event_in_an_unknown_quarter_is_in_its_city(reader):
    reading = reader.read(Article(text="Gunmen killed two guards in al-Zuhur neighborhood in Mosul.", language="en"))
    (event,) = reading.events
    assert event.place is not None
    assert (event.place.name, event.place.precision) == ("Mosul", "settlement")
    assert reading.mentions[0].reason == "a quarter of Mosul that is in no list: somewhere in the city"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Yemen's Harad is quiet", "Harad"),
        ("One soldier killed in a blast in Iraq's al-Qaim: army", "al-Qaim"),
        ("Hours after the Zinjibar massacre, talks began", "Zinjibar"),
        ("Clashes go on in Old Sirte", "Sirte"),
    ],
)
def test_what_stands_beside_a_name_says_that_it_is_a_place(read, text, name):
    assert name in dict(read(text))


@pytest.mark.parametrize("text", ["Ankara-backed rebels fired on a bus", "Tehran-led militias shelled a base"])
def test_who_stands_behind_a_group_is_not_where_it_fights(reader, text):
    reading = reader.read(Article(text=text, language="en"))
    assert all(event.place is None for event in reading.events)
    assert all(mention.metonymic for mention in reading.mentions)


def test_a_bare_direction_is_no_province_of_another_country(read):
    assert read("The South declared independence") == []
    assert ("South", "South Lebanon, LB") in read("Strikes hit Beirut and the South")
