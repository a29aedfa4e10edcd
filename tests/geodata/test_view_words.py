from __future__ import annotations

import datetime as dt

import pytest

from geodata.event import DateBasis, Precision
from geodata.ontology import EventType, Quad
from geodata.view import Role, View
from geodata.view_words import period_in_words, view_in_words

NAMES = {"IQ-KI": "Kirkuk", "iraqi-kurdistan": "Iraqi Kurdistan", "IQ": "Iraq"}


def say(**filters) -> str:
    return view_in_words(View(**filters), region_name=lambda region_id: NAMES.get(region_id, region_id))


def test_all_filters_make_one_line():
    said = say(
        regions=("IQ-KI", "iraqi-kurdistan"),
        date_from=dt.date(2017, 10, 1),
        date_to=dt.date(2017, 10, 31),
        actors=("Iraqi Armed Forces",),
        role=Role.SOURCE,
        types=(EventType.ASSAULT, EventType.COERCE),
    )
    assert said == "Kirkuk and Iraqi Kurdistan, 1–31 October 2017, Iraqi Armed Forces as source, coerce or assault"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2017, 10, 1), (2017, 10, 31), "1–31 October 2017"),
        ((2017, 10, 23), (2017, 10, 23), "23 October 2017"),
        ((2017, 9, 25), (2017, 10, 16), "25 September – 16 October 2017"),
        ((2016, 12, 28), (2017, 1, 3), "28 December 2016 – 3 January 2017"),
        ((2017, 10, 1), None, "since 1 October 2017"),
        (None, (2017, 10, 31), "until 31 October 2017"),
        (None, None, ""),
    ],
)
def test_periods(first, last, said):
    assert period_in_words(first and dt.date(*first), last and dt.date(*last)) == said


def test_nothing_filtered():
    assert say() == "All events"
    assert say(lat=35.0, lon=44.0, zoom=8, event="x", role=Role.TARGET) == "All events"


def test_the_line_begins_with_a_capital():
    assert say(date_from=dt.date(2017, 10, 1)) == "Since 1 October 2017"
    assert say(types=(EventType.VOTE,)) == "Vote"


def test_a_whole_class_of_types_is_called_by_its_name():
    conflict = tuple(kind for kind in EventType if kind.quad is Quad.MATERIAL_CONFLICT)
    assert say(types=(*conflict, EventType.VOTE)) == "Material conflict or vote"
    assert say(types=conflict[1:]).startswith("Protest, ")


def test_actors_in_either_role_are_alternatives():
    assert say(actors=("Peshmerga", "Asayish")) == "Asayish or Peshmerga"
    assert say(actors=("Peshmerga", "Asayish"), role=Role.TARGET) == "Asayish or Peshmerga as target"


def test_words():
    assert say(text="oil") == "With the word “oil”"
    assert say(regions=("IQ",), text="oil field") == "Iraq, with the words “oil field”"


def test_a_long_list_is_cut():
    assert say(regions=tuple("ABCDEFGHI")) == "A, B, C, D, E and 4 more"


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"actors": ("group:IQ:state-forces",), "role": Role.SOURCE}, "State forces of Iraq as source"),
        ({"actors": ("group:IQ:any", "Peshmerga")}, "Peshmerga or all actors of Iraq"),
        ({"actors": ("group:any:rebel-group",)}, "All rebel groups"),
        ({"actors": ("group:IQ:government",)}, "Government bodies of Iraq"),
        ({"pair": ("Peshmerga", "Turkey")}, "Peshmerga towards Turkey"),
        ({"sources": ("B", "A")}, "From A or B"),
        ({"precisions": (Precision.SITE, Precision.SETTLEMENT)}, "Placed to a site or settlement"),
        ({"min_confidence": 0.7}, "Confidence of at least 70%"),
        ({"min_fatalities": 1}, "At least 1 death stated"),
        ({"min_fatalities": 1500}, "At least 1,500 deaths stated"),
        ({"added_after": dt.datetime(2026, 11, 24, 8, 5, tzinfo=dt.UTC)}, "Added since 24 November 2026, 08:05 UTC"),
        ({"date_bases": (DateBasis.NAMED, DateBasis.CARRIED)}, "With the date named or carried over"),
        ({"shape": ((0, 0), (0, 1), (1, 1))}, "Inside the drawn area"),
    ],
)
def test_every_filter_is_said(filters, said):
    assert say(**filters) == said


def test_filters_follow_each_other_in_one_line():
    said = say(regions=("IQ-KI",), sources=("Agency A",), min_confidence=0.5, text="oil")
    assert said == "Kirkuk, with the word “oil”, from Agency A, confidence of at least 50%"
