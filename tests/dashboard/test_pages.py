"""The pages, run without a browser."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard import intake, resources

if TYPE_CHECKING:
    from geodata.article import Article

APP = Path(dashboard.__file__).parent / "app.py"


@pytest.fixture
def app(installation):
    assert installation.data_dir.is_dir()
    return AppTest.from_file(str(APP), default_timeout=60)


def values(app, key) -> list[str]:
    found = app.query_params[key]
    return [found] if isinstance(found, str) else list(found)


def sentence(app) -> str:
    found = next(element.value for element in app.get("html") if "cm-sentence" in str(element.value))
    return re.sub("</?span[^>]*>", "", found)


def cards(app) -> list[str]:
    return [str(element.value) for element in app.get("html") if 'data-testid="event-card"' in str(element.value)]


def test_map_page_counts_and_lists(app):
    app.run()
    assert not app.exception
    assert "<strong>6 reported events</strong> from 4 articles" in sentence(app)
    assert len(cards(app)) == 6
    assert values(app, "v") == ["1"]


def test_type_filter(app):
    app.run()
    app.checkbox(key="filter-type-ASSAULT").check().run()
    assert "<strong>2 reported events</strong>" in sentence(app)
    assert values(app, "type") == ["assault"]


def test_whole_quad_at_once(app):
    app.run()
    app.checkbox(key="filter-quad-4").check().run()
    assert "<strong>3 reported events</strong>" in sentence(app)
    app.checkbox(key="filter-quad-4").uncheck().run()
    assert "<strong>6 reported events</strong>" in sentence(app)


def test_region_filter(app):
    app.run()
    app.session_state["conflictmap"].change(regions=("iraqi-kurdistan",))
    app.run()
    assert "<strong>1 reported event</strong> from 1 article in Iraqi Kurdistan" in sentence(app)
    assert values(app, "region") == ["iraqi-kurdistan"]


def test_actor_filter_with_role(app):
    app.run()
    app.session_state["conflictmap"].change(actors=("Peshmerga",))
    app.run()
    everything = sentence(app)
    app.get_by_key("filter-role").set_value("source").run()
    assert "<strong>1 reported event</strong>" in sentence(app)
    assert everything != sentence(app)


def test_each_filter_is_taken_off_by_its_chip(app):
    app.query_params["region"] = ["IQ"]
    app.query_params["type"] = ["assault", "coerce"]
    app.run()
    chips = [button.label for button in app.button if str(button.key).startswith("chip-")]
    assert chips == ["Iraq", "Coerce", "Assault"]
    app.button(key="chip-0").click().run()
    assert "region" not in app.query_params
    assert values(app, "type") == ["coerce", "assault"]
    app.button(key="undo").click().run()
    assert values(app, "region") == ["IQ"]
    app.button(key="redo").click().run()
    assert "region" not in app.query_params


def test_nothing_passes_and_the_page_says_what_to_take_off(app):
    app.query_params["region"] = ["IQ"]
    app.query_params["type"] = ["retreat"]
    app.query_params["q"] = "Nineveh"
    app.run()
    assert "<strong>No reported events</strong>" in sentence(app)
    offered = [button for button in app.button if str(button.key).startswith("loosen-")]
    assert {button.label for button in offered} == {"Without “Nineveh”: 1 event", "Without Retreat: 1 event"}
    offered[0].click().run()
    assert "<strong>1 reported event</strong>" in sentence(app)


def test_more_filters_count_what_they_leave(app):
    app.query_params["precision"] = ["province"]
    app.run()
    assert not app.exception
    assert "<strong>1 reported event</strong>" in sentence(app)
    assert app.get_by_key("filter-precisions").value == ["province"]
    app.get_by_key("filter-precisions").set_value([]).run()
    assert "<strong>6 reported events</strong>" in sentence(app)


def test_cards_are_sorted_and_stay_when_the_table_was_looked_at(app):
    app.run()
    newest = cards(app)
    app.selectbox(key="list-order").set_value("date").run()
    assert cards(app) != newest
    assert sorted(cards(app)) == sorted(newest)
    app.get_by_key("list-as").set_value("table").run()
    assert not app.exception
    assert cards(app) == []
    app.get_by_key("list-as").set_value("cards").run()
    assert len(cards(app)) == 6


def test_help_opens(app):
    app.run()
    app.button(key="help").click().run()
    assert any("cm-help" in str(element.value) for element in app.get("html"))


def test_exact_dates_and_presets(app):
    app.run()
    app.date_input(key="filter-from").set_value(dt.date(2017, 10, 18)).run()
    assert "since 18 October 2017" in sentence(app)
    assert values(app, "from") == ["2017-10-18"]
    app.get_by_key("filter-preset").set_value("Latest week").run()
    assert "14–20 October 2017" in sentence(app)
    app.get_by_key("filter-preset").set_value("All dates").run()
    assert "from" not in app.query_params


def test_dates_the_wrong_way_round_are_turned(app):
    app.run()
    app.date_input(key="filter-from").set_value(dt.date(2017, 10, 20)).run()
    app.date_input(key="filter-to").set_value(dt.date(2017, 10, 16)).run()
    assert "16–20 October 2017" in sentence(app)


def test_search_and_clear_all(app):
    app.run()
    app.text_input(key="filter-text").set_value("withdrew").run()
    assert "<strong>2 reported events</strong>" in sentence(app)
    app.button(key="clear").click().run()
    assert "<strong>6 reported events</strong>" in sentence(app)
    assert app.text_input(key="filter-text").value == ""


def test_link_opens_the_view(app):
    app.query_params["v"] = "1"
    app.query_params["type"] = ["retreat", "consult"]
    app.query_params["from"] = "2017-10-17"
    app.run()
    assert "<strong>1 reported event</strong>" in sentence(app)
    assert app.date_input(key="filter-from").value == dt.date(2017, 10, 17)


def test_link_with_unknown_values_opens_and_says_so(app):
    app.query_params["v"] = "1"
    app.query_params["type"] = "war"
    app.query_params["region"] = "atlantis"
    app.run()
    assert not app.exception
    said = app.info[0].value
    assert "“war”" in said
    assert "“atlantis”" in said
    app.text_input(key="filter-text").set_value("x").run()
    assert not app.info


def test_link_cannot_smuggle_in_an_image(app):
    app.query_params["v"] = "1"
    app.query_params["type"] = "![x](https://evil.example/x.png)"
    app.run()
    assert "![x](" not in app.info[0].value
    assert "evil" in app.info[0].value


def test_link_selects_an_event_and_puts_its_card_first(app):
    event = next(
        stored for stored in resources.store().events(resources.View(), limit=50) if stored.event.type == "RETREAT"
    )
    app.query_params["v"] = "1"
    app.query_params["event"] = event.event.id
    app.run()
    assert event.event.id in cards(app)[0] or any(event.event.id in card for card in cards(app))
    assert any("outline:2px" in str(element.value) for element in app.get("html"))


def test_show_on_map_selects_the_event(app):
    app.run()
    button = next(button for button in app.button if str(button.key).startswith("show-"))
    event_id = str(button.key).removeprefix("show-")
    button.click().run()
    assert values(app, "event") == [event_id]


def test_new_filter_drops_the_selection(app):
    app.run()
    next(button for button in app.button if str(button.key).startswith("show-")).click().run()
    app.text_input(key="filter-text").set_value("Kirkuk").run()
    assert "event" not in app.query_params


@pytest.mark.usefixtures("empty_installation")
def test_empty_store_says_what_to_do():
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    assert "Articles page" in app.info[0].value


def test_hostile_titles_are_text_in_cards(app):
    app.run()
    assert not [card for card in cards(app) if "<script" in card or "<img" in card]
    assert any("&lt;script&gt;" in card for card in cards(app))


def test_method_page(app):
    app.run()
    app.switch_page("app_pages/method.py").run()
    assert not app.exception
    assert any(header.value == "What it gets wrong" for header in app.header)


class StandInReader:
    """Reads every article as one event, without a language model."""

    def __init__(self, reading_of):
        self.reading_of = reading_of

    def read(self, article: Article):
        made = self.reading_of(article.text, {}, title=article.title)
        return made.__class__(article=article, mentions=made.mentions, events=made.events)


@pytest.fixture
def articles(app, monkeypatch, reading_of):
    monkeypatch.setattr(intake, "reader", lambda: StandInReader(reading_of))
    app.run()
    return app.switch_page("app_pages/articles.py").run()


def test_article_is_shown_before_it_is_saved(articles):
    articles.text_area(key="paste-text").set_value("Gunmen attacked a convoy near Kirkuk on Monday.")
    articles.text_input(key="paste-title").set_value("<b>Convoy</b>")
    articles.button(key="paste-read").click().run()
    articles.run()
    assert not articles.exception
    assert resources.store().extent().articles == 4
    assert any('data-testid="article-text"' in str(element.value) for element in articles.get("html"))
    articles.button(key="save").click().run()
    assert resources.store().extent().articles == 5
    assert "Saved 1 article with 1 event." in articles.success[0].value


def test_discarded_article_is_not_stored(articles):
    articles.text_area(key="paste-text").set_value("Gunmen attacked a convoy near Kirkuk on Monday.")
    articles.button(key="paste-read").click().run()
    articles.run()
    articles.button(key="discard").click().run()
    assert resources.store().extent().articles == 4
    assert articles.text_area


def test_empty_text_is_one_sentence(articles):
    articles.button(key="paste-read").click().run()
    articles.run()
    assert not articles.exception
    assert len(articles.error) == 1
    assert articles.error[0].value.endswith("\\.")


def test_stored_articles_are_listed_as_text(articles, hostile):
    titles = list(articles.dataframe[0].value["Title"])
    assert hostile in titles or hostile.strip() in titles
    assert "javascript:" not in articles.dataframe[0].value.to_csv()


def test_clear_all_takes_off_what_only_a_link_can_set(app):
    app.query_params.update({"v": "1", "layer": "heat", "confidence": "0.9", "source": "Example News"})
    app.run()
    assert "source" in app.query_params
    app.button(key="clear").click().run()
    assert not app.exception
    assert "<strong>6 reported events</strong> from 4 articles" in sentence(app)
    assert set(app.query_params) == {"v", "layer"}
