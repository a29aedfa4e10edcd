"""Messages of the map, words above the map."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exporting import file_stem
from dashboard.filters.period import latest
from dashboard.method_text import figures, precision_table, types_table
from dashboard.state import MOST_UNDONE, Session, click_message, click_number
from dashboard.summary import sentence_html, sentence_text
from geodata.ontology import EventType
from geodata.store.results import Counts
from geodata.view import View

DAY = dt.date(2017, 10, 16)


def test_click_on_a_point():
    picked = click_message(
        json.dumps({"kind": "point", "place": "gn:1", "name": "Kirkuk", "events": ["a", "b"], "count": 2, "n": 7})
    )
    assert picked is not None
    assert (picked.kind, picked.place, picked.events, picked.count) == ("point", "gn:1", ("a", "b"), 2)
    assert click_number('{"n": 7}') == 7


@given(
    st.one_of(
        st.none(),
        st.text(),
        st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)).map(
            json.dumps
        ),
    )
)
def test_no_message_breaks_the_page(text):
    click_message(text)
    assert isinstance(click_number(text), int)


def test_presets_count_from_the_newest_event_and_never_beyond_today():
    assert latest(7, dt.date(2017, 10, 31), dt.date(2026, 1, 1)) == (dt.date(2017, 10, 25), dt.date(2017, 10, 31))
    assert latest(7, dt.date(2030, 1, 1), dt.date(2026, 1, 7)) == (dt.date(2026, 1, 1), dt.date(2026, 1, 7))
    assert latest(None, DAY, DAY) == (None, None)
    assert latest(7, None, DAY) == (None, None)


def counts(events=63, articles=41):
    return Counts(events=events, articles=articles, placed=56, not_placed=7, undated=0)


def test_sentence_counts_events_and_articles_apart():
    view = View(regions=("IQ-KI",), date_from=dt.date(2017, 10, 1), date_to=dt.date(2017, 10, 31))
    assert (
        sentence_text(counts(), view, {"IQ-KI": "Kirkuk"}.get)
        == "63 reported events from 41 articles in Kirkuk, 1–31 October 2017"
    )
    assert sentence_text(counts(1, 1), View(), str) == "1 reported event from 1 article"


def test_sentence_tells_the_other_filters_too():
    said = sentence_text(counts(), View(actors=("Peshmerga",), types=(EventType.ASSAULT,)), str)
    assert said == "63 reported events from 41 articles – Peshmerga, assault"


def test_sentence_of_a_drawn_area_and_of_nothing():
    drawn = View(shape=((30.0, 40.0), (31.0, 40.0), (31.0, 41.0)))
    assert sentence_text(counts(), drawn, str) == "63 reported events from 41 articles inside the drawn area"
    assert sentence_text(counts(0, 0), View(), str) == "No reported events"
    kirkuk = View(regions=("IQ-KI",), text="oil")
    assert sentence_text(counts(0, 0), kirkuk, {"IQ-KI": "Kirkuk"}.get) == (
        "No reported events in Kirkuk, with the word “oil”"
    )
    assert sentence_text(counts(0, 0), View(text="oil"), str) == "No reported events with the word “oil”"
    assert (
        sentence_text(counts(0, 0), View(date_to=dt.date(2017, 10, 1)), str)
        == "No reported events until 1 October 2017"
    )


def test_no_line_of_the_sentence_ends_inside_a_date():
    october = View(date_from=dt.date(2017, 10, 1), date_to=dt.date(2017, 10, 31))
    assert '<span class="cm-whole">1–31 October 2017</span>' in sentence_html(counts(), october, str)


def test_sentence_escapes_what_people_search_for():
    assert "<b>" not in sentence_html(counts(), View(text="<b>x"), str)


def test_file_names_are_plain():
    assert (
        file_stem(View(date_from=dt.date(2017, 10, 1), date_to=dt.date(2017, 10, 31)))
        == "conflict-map-1-31-october-2017"
    )


def test_only_measured_figures_are_shown(tmp_path):
    path = tmp_path / "figures.json"
    assert figures(path) == []
    path.write_text("not json")
    assert figures(path) == []
    path.write_text(
        json.dumps({"places": {"f1": 0.871, "articles": 40, "note": "Own set."}, "runs": [{"a": 1}], "version": "1"})
    )
    places, runs, loose = figures(path)
    assert (places.title, places.note) == ("Places", "Own set.")
    assert places.frame.loc["F1", "Value"] == "0.871"
    assert isinstance(runs.frame, pd.DataFrame)
    assert loose.frame.loc["Version", "Value"] == "1"


def test_tables_of_the_method_page_are_complete():
    assert set(types_table()["Type"]) == {kind.label for kind in EventType}
    assert len(precision_table()) == 5


def test_the_last_changes_of_filters_are_undone_and_redone():
    own = Session(view=View(lat=35.0, lon=44.0, zoom=7.0))
    own.change(text="oil")
    own.change(regions=("IQ",))
    own.undo()
    assert own.view == View(text="oil", lat=35.0, lon=44.0, zoom=7.0)
    assert own.refit == "all"
    own.undo()
    own.undo()
    assert own.view.filters == View()
    own.redo()
    own.redo()
    own.redo()
    assert own.view.filters == View(text="oil", regions=("IQ",))
    assert own.refit == "regions"


def test_a_new_change_ends_what_could_be_redone():
    own = Session()
    own.change(text="oil")
    own.undo()
    own.change(text="gas")
    own.redo()
    assert own.view.text == "gas"


def test_a_change_that_changes_nothing_is_not_kept_to_be_undone():
    own = Session()
    own.change(text="")
    own.select("e1", move=True)
    assert own.past == []


def test_only_so_many_changes_are_kept():
    own = Session()
    for number in range(MOST_UNDONE + 20):
        own.change(text=f"w{number}")
    assert len(own.past) == MOST_UNDONE


def test_where_playback_rests_is_shown_until_the_view_changes():
    own = Session(view=View(types=(EventType.ASSAULT,), date_from=dt.date(2017, 10, 1)), page=3)
    day = dt.date(2017, 10, 16)
    assert own.shown is own.view
    own.rest((day, day))
    assert own.shown == replace(own.view, date_from=day, date_to=day)
    assert own.page == 0
    own.select("e-1", move=False)
    assert own.shown.date_from == day, "to select an event is no other view"
    own.change(types=())
    assert own.shown == own.view == View(date_from=dt.date(2017, 10, 1))
    own.rest((day, day))
    own.rest(None)
    assert own.shown is own.view
