from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.reading.casualties import fatalities


@pytest.mark.parametrize(
    ("sentence", "dead"),
    [
        ("At least 12 people were killed in the blast.", 12),
        ("The blast killed more than 12 people and injured 40.", 12),
        ("Gunmen shot dead a teacher; seven villagers died.", 7),
        ("Twenty-three soldiers were killed.", 23),
        ("The raid left two women dead.", 2),
        ("A drone killed a farmer.", 1),
        ("The death toll rose to 41 on Monday.", 41),
        ("1,200 people were killed.", 1200),
        ("Nobody hurt: no casualties were reported.", 0),
        ("Nine people were wounded.", None),
        ("Dozens were killed.", None),
        ("The army entered the town.", None),
        ("The war killed 400,000 people.", None),  # a war's toll, no happening's
    ],
)
def test_deaths_are_counted_as_stated(sentence, dead):
    assert fatalities(sentence) == dead


def test_the_wounded_are_not_counted():
    assert fatalities("The bomb wounded 30 people and killed three.") == 3


@given(st.text(max_size=300))
def test_any_text_gives_a_plausible_number_or_none(text):
    number = fatalities(text)
    assert number is None or 0 <= number <= 5000


@given(st.integers(1, 4999))
def test_numbers_are_read_in_digits(number):
    assert fatalities(f"The shelling killed {number} people.") == number
