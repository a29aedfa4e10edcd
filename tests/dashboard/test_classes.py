"""Classes of the layer "by region"."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from dashboard.maps.classes import MOST_CLASSES, class_limits

COUNTS = st.lists(st.integers(1, 10**7), min_size=1, max_size=400)
RATES = st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=60)


def filled(values, limits) -> list[int]:
    return [sum(low <= value < high for value in values) for low, high in itertools.pairwise([*limits, float("inf")])]


@given(COUNTS | RATES)
def test_every_value_has_a_class_and_every_class_a_value(values):
    limits = class_limits(values)
    assert 1 <= len(limits) <= MOST_CLASSES
    assert limits == sorted(set(limits))
    assert sum(filled(values, limits)) == len(values)
    assert all(filled(values, limits))


def test_what_stands_out_has_a_class_of_its_own():
    limits = class_limits([1] * 30 + [2] * 20 + [3, 4, 5, 6, 7, 8, 9, 12, 14, 240])
    assert limits[-1] > 14
    assert filled([240], limits)[-1] == 1


def test_limits_are_round_where_that_changes_nothing():
    assert class_limits([1, 1, 103, 1041]) == [1, 100, 1000]


def test_nothing_has_no_classes():
    assert class_limits([]) == []
    assert class_limits([0, -1, float("nan"), float("inf")]) == []
