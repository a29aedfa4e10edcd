"""What a click in a chart changes, whatever the browser says was clicked."""

from __future__ import annotations

import pytest

from dashboard.chart_panel import changes
from geodata.ontology import EventType
from geodata.view import Role, View


@pytest.mark.parametrize(
    ("chosen", "changed"),
    [
        ({"kind": "type", "id": "assault"}, {"types": (EventType.ASSAULT,)}),
        ({"kind": "region", "id": "IQ-KI"}, {"regions": ("IQ-KI",)}),
        ({"kind": "actor", "id": "Peshmerga", "role": "target"}, {"actors": ("Peshmerga",), "role": Role.TARGET}),
        ({"kind": "pair", "id": "Army", "whom": "Peshmerga"}, {"pair": ("Army", "Peshmerga")}),
    ],
)
def test_a_click_filters_and_a_second_one_takes_it_back(chosen, changed):
    assert changes(View(), chosen) == changed
    assert View(**(changed | changes(View(**changed), chosen))) == View()


@pytest.mark.parametrize(
    "chosen",
    [
        None,
        "assault",
        {},
        {"kind": "type", "id": "invade"},
        {"kind": "type", "id": 4},
        {"kind": "actor", "id": "Army", "role": "either"},
        {"kind": "pair", "id": "Army"},
        {"kind": "pair", "id": "Army", "whom": ["Peshmerga"]},
        {"kind": "pair", "id": "", "whom": "Peshmerga"},
    ],
)
def test_what_makes_no_sense_changes_nothing(chosen):
    assert changes(View(), chosen) == {}
