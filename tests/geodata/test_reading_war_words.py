"""Words in which wars are reported day by day: shells that fall, towns that witness clashes, ground that is gained."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article

TUESDAY = dt.date(2020, 3, 3)


@pytest.fixture(scope="session")
def told(reader):
    def read(text):
        found = reader.read(Article(text=text, published=TUESDAY, language="en")).events
        return [(event.type.value, event.mode) for event in found]

    return read


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Twelve people were hurt in the fall of shells on Donetsk.", "heavy-weapons"),
        ("Injuries in the fall of rockets on Donetsk", "heavy-weapons"),
        ("Rebels achieved a new advancement in the hills around Taiz.", "territory"),
        ("Army troops expand their control in the north of Taiz", "territory"),
        ("Misrata witnessed heavy clashes on Monday.", "firearms"),
        ("The army renewed its shelling of Taiz.", "heavy-weapons"),
        ("Casualties in the shelling of Kharkiv were high.", "heavy-weapons"),
        ("Six victims of an explosion in Aden were buried.", "explosives"),
        ("Clashes renew near Sirte", "firearms"),
        ("Suicide explosion kills nine in Mogadishu", "suicide-attack"),
        ("Exchange of shelling between the army and the Houthis in Taiz", "heavy-weapons"),
    ],
)
def test_one_attack_of_its_mode(told, text, mode):
    assert told(text) == [("ASSAULT", mode)]


@pytest.mark.parametrize(
    "text",
    [
        "Clashes continue in Taiz with heavy shelling of the old town",
        "Clashes continue in Taiz along with air strikes on the port",
    ],
)
def test_what_goes_with_the_clashes_is_told_as_well(told, text):
    assert len(told(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The advancement of women was discussed in Aden.",
        "The party lost members in Berlin.",
        "Police met protesters in Lima with tear gas",
        "Tourists witnessed an eclipse in Luxor.",
        "Casualties in Basra",
    ],
)
def test_no_attack(told, text):
    assert "ASSAULT" not in {kind for kind, mode in told(text) if mode != "crowd-control"}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Regime forces shell areas north of Taiz", "heavy-weapons"),
        ("Army troops launch rockets on Taiz", "heavy-weapons"),
        ("Escalation of airstrikes on villages near Marib", "aerial"),
        ("Barrel bombs hit Marib", "aerial"),
        ("Twelve explosive barrels hit Marib", "aerial"),
        ("Nine soldiers killed during clashes near Gao", "firearms"),
        ("A week of clashes leaves dozens of soldiers dead near Gao", "firearms"),
        ("Soldier killed in car bomb attack in Aden", "explosives"),
        ("Army troops shelled Kharkiv, leaving people wounded and dead", "heavy-weapons"),
    ],
)
def test_by_what_means(told, text, mode):
    assert told(text) == [("ASSAULT", mode)]


@pytest.mark.parametrize("text", ["Rebels seek to advance near Taiz", "The army sought to end the siege of Taiz."])
def test_to_seek_to_do_something_asks_nobody(told, text):
    assert "REQUEST" not in {kind for kind, _ in told(text)}


def test_trucks_with_help_are_no_troops(told):
    assert "MOBILIZE" not in {kind for kind, _ in told("Aid convoy heads to Taiz")}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("More casualties raise the death toll to 15 in artillery shelling of Taiz", "heavy-weapons"),
        ("Number of casualties rises to 20 due to an air strike on Taiz", "aerial"),
        ("Bombing the countryside of Taiz causes casualties", "explosives"),
        ("Shelling the port of Aden killed nine people.", "heavy-weapons"),
        ("30 casualties in four days of shelling escalation on Taiz", "heavy-weapons"),
        ("Shelling exchange in the north of Taiz", "heavy-weapons"),
        ("Fighting renews near Sirte", "firearms"),
        ("Violent Clashes in the north of Taiz", "firearms"),
        ("Army troops control three villages near Taiz", "territory"),
    ],
)
def test_headlines_of_a_war(told, text, mode):
    assert told(text) == [("ASSAULT", mode)]


@pytest.mark.parametrize(
    "text", ["Houthis control half of Taiz", "The army controls the hills near Taiz.", "Bombing cities is a crime."]
)
def test_how_things_stand_is_no_attack(told, text):
    assert not told(text)
