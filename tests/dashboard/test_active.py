from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from dashboard.active import active_filters, loosening
from geodata.event import DateBasis, Precision
from geodata.ontology import EventType, Quad
from geodata.view import Role, View

CONFLICT = tuple(kind for kind in EventType if kind.quad is Quad.MATERIAL_CONFLICT)
FULL = View(
    date_from=dt.date(2017, 10, 1),
    date_to=dt.date(2017, 10, 31),
    actors=("Peshmerga", "group:IQ:state-forces"),
    role=Role.SOURCE,
    pair=("Peshmerga", "Iraqi Armed Forces"),
    types=(*CONFLICT, EventType.VOTE),
    regions=("IQ", "IQ-KI"),
    text="oil",
    sources=("Agency A",),
    precisions=(Precision.SITE, Precision.SETTLEMENT),
    min_confidence=0.5,
    min_fatalities=2,
    added_after=dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC),
    date_bases=(DateBasis.NAMED,),
    shape=((0, 0), (0, 1), (1, 1)),
)


def test_every_filter_has_a_name():
    assert [one.label for one in active_filters(FULL, {"IQ": "Iraq", "IQ-KI": "Kirkuk"}.__getitem__)] == [
        "“oil”",
        "1–31 October 2017",
        "Iraq",
        "Kirkuk",
        "Drawn area",
        "Peshmerga as source",
        "State forces of Iraq as source",
        "Peshmerga → Iraqi Armed Forces",
        "Material conflict",
        "Vote",
        "Agency A",
        "Placed to a site or settlement",
        "Confidence of at least 50%",
        "At least 2 deaths stated",
        "With the date named",
        "Added since 24 November 2026, 08:00 UTC",
    ]


@given(st.permutations(active_filters(FULL, str)))
def test_taking_off_all_in_any_order_leaves_everything(active):
    view = FULL
    for one in active:
        loose = one.without(view)
        assert loose != view
        view = loose
    assert view == View(role=Role.SOURCE)
    assert not view.is_filtered


def test_the_filter_that_stands_in_the_way_is_named_first(filled_store):
    view = View(regions=("IQ",), types=(EventType.RETREAT,), text="Nineveh")
    found = loosening(filled_store, view, str)
    assert {(some[0].label, count) for some, count in found} == {("“Nineveh”", 1), ("Retreat", 1)}


def test_pairs_are_named_when_one_is_not_enough(filled_store):
    view = View(regions=("IQ",), types=(EventType.VOTE,), min_fatalities=5)
    found = loosening(filled_store, view, str)
    assert [(tuple(one.label for one in some), count) for some, count in found] == [
        (("Vote", "At least 5 deaths stated"), 5),
    ]
