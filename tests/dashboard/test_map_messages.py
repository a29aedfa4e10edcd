"""What the map's script tells the page."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.map_messages import ChosenLayer, ChosenPeriod, ChosenRegion, ChosenShape, Rested, read_message
from geodata.view import Layer

DAY, NEXT = dt.date(2017, 10, 16), dt.date(2017, 10, 17)


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ({"kind": "layer", "layer": "heat"}, ChosenLayer(Layer.HEAT)),
        ({"kind": "period", "from": "2017-10-16", "to": "2017-10-17"}, ChosenPeriod(DAY, NEXT)),
        ({"kind": "period", "from": "2017-10-17", "to": "2017-10-16"}, ChosenPeriod(DAY, NEXT)),
        ({"kind": "period", "from": "", "to": ""}, ChosenPeriod(None, None)),
        ({"kind": "rested", "from": "2017-10-16", "to": "2017-10-17"}, Rested(DAY, NEXT)),
        ({"kind": "rested", "from": "", "to": ""}, Rested(None, None)),
        ({"kind": "region", "region": "IQ-KI"}, ChosenRegion("IQ-KI")),
        ({"kind": "shape", "shape": [[1, 2], [1, 4], [3, 3]]}, ChosenShape(((1.0, 2.0), (1.0, 4.0), (3.0, 3.0)))),
        ({"kind": "shape", "shape": []}, ChosenShape(())),
    ],
)
def test_messages(message, meant):
    assert read_message(json.dumps(message)) == meant


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "layer", "layer": "x"},
        {"kind": "layer", "layer": ["heat"]},
        {"kind": "period", "from": "yesterday", "to": ""},
        {"kind": "period", "from": 3, "to": ""},
        {"kind": "rested", "from": "2017-10-16", "to": ""},
        {"kind": "period"},
        {"kind": "region", "region": ""},
        {"kind": "region", "region": {}},
        {"kind": "shape"},
        {"kind": "shape", "shape": [[1, 2], [3, 4]]},
        {"kind": "shape", "shape": [["a", "b"]] * 3},
        {"kind": "shape", "shape": [[1, 2, 3]] * 3},
        {"kind": "shape", "shape": [[0, 0]] * 5000},
        {"kind": "point", "place": "gn:1"},
    ],
)
def test_what_makes_no_sense_changes_nothing(message):
    assert read_message(json.dumps(message)) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KINDS = st.sampled_from(["layer", "period", "region", "shape", "point"])
KEYS = st.sampled_from(["layer", "from", "to", "region", "shape"])


@given(
    st.text()
    | JSON.map(json.dumps)
    | st.builds(lambda kind, rest: json.dumps({**rest, "kind": kind}), KINDS, st.dictionaries(KEYS, JSON))
)
def test_no_message_breaks_the_page(text):
    read_message(text)
