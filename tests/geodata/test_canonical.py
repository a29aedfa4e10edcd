"""The same view of the same data is the same bytes, and no other."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import math
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.article import Article, PublishedBasis
from geodata.canonical import feature_lines, head, line_digest, line_id, lines_of, number, to_canonical
from geodata.errors import ExportError
from geodata.event import Actor, Event, Place, Precision, Reading
from geodata.ontology import EventType
from geodata.store import Store
from geodata.view import View

_numbers = count()
KIRKUK = Place(id="gn:94787", name="Kirkuk", lat=35.46806, lon=44.39222, country="IQ", admin1="IQ-KI",
               precision=Precision.SETTLEMENT, kind="city")  # fmt: skip
NINEVEH = replace(KIRKUK, id="iso:IQ-NI", name="Nineveh", precision=Precision.PROVINCE, lat=36.0, lon=42.5)
PLACES = (KIRKUK, NINEVEH, None)
words = st.text(st.characters(codec="utf-8"), max_size=12)


@st.composite
def readings(draw):
    made = []
    for number_ in range(draw(st.integers(0, 4))):
        article = Article(
            text=f"{number_} " + draw(words), title=draw(words), source=draw(words), published=dt.date(2017, 10, 17),
            published_basis=PublishedBasis.GIVEN,
        )  # fmt: skip
        events = tuple(
            Event(
                id=f"{article.id[:6]}-{n}", article_id=article.id, type=kind, quad=kind.quad,
                source_actors=(Actor(name=draw(words), text="x"),),
                date_start=day, date_end=day, place=draw(st.sampled_from(PLACES)), regions=("IQ", "IQ-KI"),
                start=0, end=1, quote=draw(words), confidence=draw(st.floats(0, 1)),
                fatalities=draw(st.none() | st.integers(0, 2**63 - 1)),
                fatalities_low=draw(st.none() | st.integers(0, 9)), injured=draw(st.none() | st.integers(0, 9)),
            )
            for n in range(draw(st.integers(0, 3)))
            for kind in [draw(st.sampled_from(EventType))]
            for day in [draw(st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)))]
        )  # fmt: skip
        made.append(Reading(article=article, mentions=(), events=events))
    return made


def written(store: Store, view: View | None = None) -> bytes:
    file = io.BytesIO()
    told = to_canonical(store, view or View(), file)
    assert told.sha256 == hashlib.sha256(file.getvalue()).hexdigest()
    assert told.size == len(file.getvalue())
    return file.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("canonical")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=readings(), data=st.data())
def test_order_and_batches_of_ingest_change_nothing(folder, made, data):
    one = Store.open(folder / str(next(_numbers)))
    one.write(made)
    other = Store.open(folder / str(next(_numbers)))
    for reading in data.draw(st.permutations(made)):
        other.write([reading])
    other.compact(force=True)
    content = written(one)
    assert content == written(other)
    parsed = json.loads(content)
    events = [event for reading in made for event in reading.events]
    assert {feature["id"] for feature in parsed["features"]} == {event.id for event in events}
    assert [line_id(line) for line in feature_lines(io.BytesIO(content))] == [f["id"] for f in parsed["features"]]
    one.close()
    other.close()


@pytest.fixture
def store(tmp_path):
    article = Article(text="Troops entered Kirkuk.", title="كركوك\u2028🔥", url="https://example.org/1", source="Example",
                      published=dt.date(2017, 10, 17), published_basis=PublishedBasis.GIVEN)  # fmt: skip
    shared = {
        "article_id": article.id,
        "type": EventType.ASSAULT,
        "quad": EventType.ASSAULT.quad,
        "start": 0,
        "end": 22,
    }
    events = (
        Event(id="b", place=KIRKUK, date_start=dt.date(2017, 10, 16), date_end=dt.date(2017, 10, 17),
              regions=("IQ-KI", "IQ"), quote="Troops\nentered", confidence=1 / 3, fatalities=3, **shared),
        Event(id="a", place=NINEVEH, date_start=dt.date(2017, 10, 16), date_end=dt.date(2017, 10, 16), quote="", **shared),
        Event(id="0", place=None, quote="", unplaced_reason="No place is named.", **shared),
    )  # fmt: skip
    made = Store.open(tmp_path / "store")
    made.write([Reading(article=article, mentions=(), events=events)])
    return made


def test_numbers_and_sets_have_one_form(store):
    content = written(store)
    first = content.split(b"\n")[2]
    assert b'"geometry":{"type":"Point","coordinates":[44.39222,35.46806]}' in first
    assert b'"regions":["IQ","IQ-KI"]' in first
    assert b'"confidence":0.3333' in first


def test_events_come_by_day_then_id_the_undated_last(store):
    parsed = json.loads(written(store))
    assert [feature["id"] for feature in parsed["features"]] == ["a", "b", "0"]
    assert parsed["features"][0]["geometry"] is None
    assert parsed["features"][0]["properties"]["region"] == "IQ-NI"
    assert parsed["features"][2]["properties"]["unplaced_reason"] == "No place is named."


def test_window_layer_and_selection_change_nothing(store):
    assert written(store, View(lat=35.0, lon=44.0, zoom=7.0, event="a")) == written(store)
    assert written(store, View(regions=("IQ-KI",))) != written(store)


def test_nothing_of_the_making_is_in_it(store):
    content = written(store)
    assert store.version.encode() not in content
    assert str(dt.datetime.now(tz=dt.UTC).year).encode() not in content


def test_empty_view_is_a_file(store):
    parsed = json.loads(written(store, View(regions=("FR",))))
    assert parsed["features"] == []
    assert parsed["metadata"]["format"] == "conflictmap canonical 1"


def test_one_line_for_each_event_whatever_its_text(store):
    lines = list(feature_lines(io.BytesIO(written(store))))
    assert len(lines) == 3
    rows = [row for batch in store.batches(View()) for row in batch.to_pylist()]
    assert dict(lines_of(rows)) == {line_id(line): line for line in lines}
    assert len({line_digest(line) for line in lines}) == 3


class Disordered:
    version = stated = ""

    def __init__(self, store):
        self.store = store

    def batches(self, view):
        yield from reversed([batch.slice(n, 1) for batch in self.store.batches(view) for n in range(batch.num_rows)])


def test_disorder_is_refused(store):
    with pytest.raises(ExportError, match="order"):
        to_canonical(Disordered(store), View(), io.BytesIO())


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15), st.integers(1, 6))
def test_numbers_have_no_exponent_and_stay_near(value, decimals):
    text = number(value, decimals)
    assert "e" not in text
    assert text != "-0"
    assert abs(float(text) - value) <= 10.0**-decimals
    assert not ("." in text and text.endswith("0"))


def test_what_is_no_number_is_null():
    assert number(None, 2) == number(math.nan, 2) == number(math.inf, 2) == "null"


def test_no_line_is_an_error():
    with pytest.raises(ValueError, match="no line"):
        line_id(b"{}")
    assert head(View()).startswith(b'{"type":"FeatureCollection"')
