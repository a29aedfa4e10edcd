from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.reading.casualties import dead_in, hurt_in
from geodata.reading.numbers import Count, count_of


def dead(text):
    found = dead_in(text)
    return None if found is None else found[0].best


@pytest.mark.parametrize(
    ("sentence", "killed"),
    [
        ("At least 12 people were killed in the blast.", 12),
        ("The blast killed more than 12 people and injured 40.", 12),
        ("Gunmen shot dead a teacher; seven villagers died.", 7),
        ("Twenty-three soldiers were killed.", 23),
        ("The raid left two women dead.", 2),
        ("A drone killed a farmer.", 1),
        ("The death toll rose to 41 on Monday.", 41),
        ("The death toll of the May 14 bombing in Quetta has climbed above 60.", 60),
        ("1,200 people were killed.", 1200),
        ("Nobody hurt: no casualties were reported.", 0),
        ("Nine people were wounded.", None),
        ("Dozens were killed.", None),
        ("The army entered the town.", None),
        ("The war killed 400,000 people.", None),  # a war's toll, no happening's
        ("Ten people were killed or wounded.", None),  # states neither
    ],
)
def test_deaths_are_counted_as_stated(sentence, killed):
    assert dead(sentence) == killed


@pytest.mark.parametrize(
    ("sentence", "hurt"),
    [
        ("The blast killed three and injured more than 40.", 40),
        ("Nine people were seriously wounded.", 9),
        ("The shelling left 30 people injured.", 30),
        ("Two soldiers died.", None),
        ("No casualties were reported.", 0),
    ],
)
def test_the_injured_are_counted_as_stated(sentence, hurt):
    found = hurt_in(sentence)
    assert (None if found is None else found[0].best) == hurt


def test_the_wounded_are_not_counted_as_dead():
    assert dead("The bomb wounded 30 people and killed three.") == 3


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("12", Count(12, 12, 12)),
        ("two dozen", Count(24, 24, 24)),
        ("twenty-three", Count(23, 23, 23)),
        ("at least three hundred", Count(300, low=300)),
        ("at least 12", Count(12, low=12)),
        ("more than twelve", Count(12, low=12)),
        ("up to 12", Count(12, high=12)),
        ("about 12", Count(12)),
        ("12 to 15", Count(12, 12, 15)),
        ("12-15", Count(12, 12, 15)),
        ("between 12 and 15", Count(12, 12, 15)),
        ("three or four", Count(3, 3, 3)),
        ("five and six", Count(5, 5, 5)),  # two numbers, no range
    ],
)
def test_words_before_a_number_bound_it(words, count):
    assert count_of(words) == count


@given(st.text(max_size=300))
def test_any_text_gives_plausible_numbers_or_none(text):
    for found in (dead_in(text), hurt_in(text)):
        assert found is None or (0 <= found[0].best <= 5000 and 0 <= found[1] <= len(text))


@given(st.integers(1, 4999))
def test_numbers_are_read_in_digits(number):
    assert dead(f"The shelling killed {number} people.") == number
