"""Deaths and injuries belong to the attack that they are told of, with the bounds that the words give."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article


@pytest.fixture(scope="session")
def attacks(reader):
    def read(text):
        events = reader.read(Article(text=text, published=dt.date(2024, 5, 14), language="en")).events
        return [event for event in events if event.type == "ASSAULT"]

    return read


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("Gunmen killed at least nine traders near Gao and wounded 14 others.", (9, 9, None, 14)),
        ("A bomb killed 12 to 15 people in Mosul.", (12, 12, 15, None)),
        ("Rebels killed six soldiers and two policemen in Goma.", (8, 8, 8, None)),
        (
            "At least 31 people, including 12 women and nine children, were killed when jets bombed Idlib.",
            (31, 31, None, None),
        ),
        ("A rocket hit a market in Taiz, killing two porters and several guards.", (2, 2, None, None)),
        ("Four villagers died and more than 20 suffered injuries when the army shelled Bentiu.", (4, 4, 4, 20)),
        ("Militants attacked a farm near Makhmur, killing 30 sheep.", (None, None, None, None)),
        ("Militants attacked a farm near Makhmur, killing a guard and 30 sheep.", (1, 1, 1, None)),
        ("Ten people were killed or wounded when a bomb exploded in Kabul.", (None, None, None, None)),
        ("Eleven traders were killed and wounded when a bomb exploded in Kabul.", (None, None, None, None)),
        ("Shelling killed and wounded 14 herders near Bor.", (None, None, None, None)),
        ("Shelling killed six and wounded 14 herders near Bor.", (6, 6, 6, 14)),
        (
            "Some 40 casualties and dozens of wounded were brought in after the army shelled Bor.",
            (None, None, None, None),
        ),
        ("Raids on Bor claimed the lives of at least seven herders.", (7, 7, None, None)),
        (
            "Jets bombed Bor again, killing four and raising the death toll to 310 since March.",
            (4, 4, 4, None),
        ),
        ("A new massacre near Bor brings the number of people killed this month to 95.", (None, None, None, None)),
        ("A radio host, Omar Nuur, was stabbed to death by masked men in Baidoa on Monday.", (1, 1, 1, None)),
        ("Soldiers shot dead three herders near Isiolo.", (3, 3, 3, None)),
        ("A suicide bomber killed dozens of worshippers in Peshawar.", (None, None, None, None)),
    ],
)
def test_a_toll_has_the_bounds_that_its_words_give(attacks, text, toll):
    (event,) = attacks(text)
    assert (event.fatalities, event.fatalities_low, event.fatalities_high, event.injured) == toll


def test_a_toll_is_given_to_one_of_two_attacks(attacks):
    found = attacks("Rebels shelled Goma on Monday; the army killed five of them in Sake on Tuesday.")
    assert [event.fatalities for event in found] == [None, 5]


def test_of_two_tellings_the_larger_number_stays_with_its_bounds(attacks):
    found = attacks(
        "A bomb in Mosul on Sunday killed three people. At least seven people were killed in the bombing, a doctor said."
    )
    assert [(event.fatalities, event.fatalities_low, event.fatalities_high) for event in found] == [(7, 7, None)]


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("Gunmen attacked a market in Jos on Sunday. Among the dead were two nurses, a doctor said.", (None, None)),
        ("A car bomb exploded in Mosul on Sunday. Nine people died, the police said.", (9, None)),
        ("A car bomb exploded in Mosul on Sunday.\n\nHospitals put the death toll at 14.", (14, None)),
        ("A car bomb exploded in Mosul on Sunday. In Basra nine people died in a fire.", (None, None)),
        ("A car bomb exploded in Mosul on Sunday. On Monday nine people died on a ferry.", (None, None)),
    ],
)
def test_a_toll_in_the_next_sentence_is_that_of_the_attack_before_it(attacks, text, toll):
    first = attacks(text)[0]
    assert (first.fatalities, first.injured) == toll
