"""Event cards: what they say, and that no text of an article becomes markup."""

from __future__ import annotations

import dataclasses
import datetime as dt
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.cards import card_html, marked_quote, safe_link, who_html
from dashboard.texts import plain, when_words
from geodata.event import Actor, DateBasis, DatePrecision, Event, PlaceBasis, Span, SpanKind
from geodata.ontology import EventType
from geodata.store.results import StoredEvent


class Tags(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


OURS = {"article", "div", "span", "h3", "p", "blockquote", "details", "summary", "dl", "dt", "dd", "mark", "a"}


def stored(reading, number=0, **changes):
    event = dataclasses.replace(reading.events[number], **changes)
    article = reading.article
    return StoredEvent(
        event=event, title=article.title, url=article.url, source=article.source, published=article.published
    )


@pytest.mark.parametrize(
    ("toll", "words"),
    [
        ({"fatalities": 4, "fatalities_low": 4, "fatalities_high": 4}, "4 deaths stated"),
        ({"fatalities": 1}, "1 death stated"),  # of a file from before bounds were read
        ({"fatalities": 9, "fatalities_low": 9, "injured": 30}, "At least 9 deaths, 30 injured stated"),
        ({"fatalities": 12, "fatalities_low": 12, "fatalities_high": 15}, "12 to 15 deaths stated"),
        ({"fatalities": 20, "fatalities_high": 20}, "Up to 20 deaths stated"),
        ({"injured": 3}, "3 injured stated"),
    ],
)
def test_card_says_how_sure_a_toll_is(readings, toll, words):
    assert words in Tags(card_html(stored(readings[0], 1, **toll))).text


def test_card_reads_like_a_sentence(readings):
    text = Tags(card_html(stored(readings[0], 1, fatalities=4, claimed_by="an official"))).text
    assert "Coerce · seize" in text
    assert "Iraqi Armed Forces → Peshmerga" in text
    assert "16 Oct 2017 named · Kirkuk, settlement ±5 km named in the clause" in text
    assert "Iraqi forces attacked positions in Kirkuk." in text
    assert "4 deaths stated" in text
    assert "Claimed by an official" in text
    assert "Example News · A title · published 17 Oct 2017" in text


def test_card_says_why_something_is_not_known(readings):
    text = Tags(card_html(stored(readings[3]))).text
    assert "Date not known: the sentence names no date" in text
    assert "Not placed: the sentence names no place" in text


def test_place_referred_back_to_says_what_it_stands_for(readings):
    text = Tags(card_html(stored(readings[0], place_basis=PlaceBasis.ANAPHORA, place_text="there"))).text
    assert "“there” = Kirkuk" in text


@pytest.mark.parametrize("field", ["quote", "claimed_by", "mode", "place_text", "id"])
def test_no_field_of_an_event_becomes_markup(readings, hostile, field):
    made = Tags(card_html(stored(readings[0], **{field: hostile, "place_basis": PlaceBasis.ANAPHORA})))
    assert set(made.tags) <= OURS
    assert not [name for name, _ in made.attributes if name.startswith("on")]


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_title_or_actor_becomes_markup(title, name):
    event = Event(
        id="e", article_id="a", type=EventType.ASSAULT, quad=EventType.ASSAULT.quad,
        source_actors=(Actor(name=name, text=name),), start=0, end=1, quote="x",
    )  # fmt: skip
    made = Tags(card_html(StoredEvent(event=event, title=title, url=title, source=name, published=None)))
    assert set(made.tags) <= OURS


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "//host/x", "http://", "https:///x", "java\nscript:alert(1)", 'http://a.example/"onmouseover="x', "http://[", "",
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url):
    assert safe_link(url) == ""


def test_web_address_becomes_a_link(readings, hostile):
    made = Tags(card_html(stored(readings[1])))
    assert ("href", "https://news.example/1") in made.attributes
    assert ("rel", "noopener noreferrer nofollow") in made.attributes
    assert hostile.replace("\u2028", "")[:20] in made.text


def test_marks_count_from_the_text_of_the_article():
    marked = marked_quote(
        "forces attacked Kirkuk", 100, [Span(107, 115, SpanKind.VERB), Span(116, 122, SpanKind.PLACE)]
    )
    assert '<mark class="cm-span cm-span-verb" title="verb">attacked</mark>' in marked
    assert '<mark class="cm-span cm-span-place" title="place">Kirkuk</mark>' in marked


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50), st.sampled_from(list(SpanKind))), max_size=6),
)
def test_marking_never_changes_the_text(quote, spans):
    marked = marked_quote(quote, 0, [Span(*span) for span in spans])
    made = Tags(marked)
    assert set(made.tags) <= {"mark"}
    assert made.text == quote.replace("\r\n", "\n").replace("\r", "\n") or made.text == quote


def test_acted_upon_by_nobody_named(readings):
    event = dataclasses.replace(readings[0].events[0], source_actors=())
    assert who_html(event).startswith("Not named")


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        ((2017, 10, 16), (2017, 10, 16), DatePrecision.DAY, "16 Oct 2017"),
        ((2017, 10, 16), (2017, 10, 17), DatePrecision.DAY, "16–17 Oct 2017"),
        ((2017, 9, 30), (2017, 10, 1), DatePrecision.DAY, "30 Sep – 1 Oct 2017"),
        ((2017, 12, 31), (2018, 1, 1), DatePrecision.WEEK, "31 Dec 2017 – 1 Jan 2018"),
        ((2017, 10, 1), (2017, 10, 31), DatePrecision.MONTH, "Oct 2017"),
        ((2017, 1, 1), (2017, 12, 31), DatePrecision.YEAR, "2017"),
    ],
)
def test_dates_are_told_no_more_exactly_than_known(first, last, precision, words):
    assert when_words(dt.date(*first), dt.date(*last), precision) == words


@pytest.mark.parametrize(
    "address", ["https://evil.example/a", "HTTP://evil.example", "www.evil.example", "mail@evil.example"]
)
def test_notice_makes_no_link_of_an_address(address):
    said = plain(f"see {address}")
    assert "\u2060" in said
    assert said.replace("\\", "").replace("\u2060", "") == f"see {address}"
    assert plain("begin with http:// or https://").replace("\\", "") == "begin with http:// or https://"


def test_card_explains_each_field(readings):
    event = stored(readings[0], 1)
    text = Tags(card_html(event)).text
    assert "How this is known" in text
    assert "Coerce, seize (arrests, seizes" in text
    assert "named in the clause: Kirkuk, settlement ±5 km" in text
    assert "confidence" in text
    monday = dataclasses.replace(
        event.event, quote="Troops left on Monday.", start=0, date_basis=DateBasis.RELATIVE,
        spans=(Span(15, 21, SpanKind.DATE),), source_actors=(Actor(name="Iraqi Armed Forces", text="Troops"),),
    )  # fmt: skip
    text = Tags(card_html(dataclasses.replace(event, event=monday))).text
    assert "“Monday”, counted from publication, 17 Oct 2017: 16 Oct 2017" in text
    assert "“Troops” is Iraqi Armed Forces" in text
    later = dataclasses.replace(
        monday, quote="They left two days later.", spans=(Span(10, 24, SpanKind.DATE),), date_basis=DateBasis.CARRIED
    )
    text = Tags(card_html(dataclasses.replace(event, event=later))).text
    assert "“two days later”, counted from the day named before: 16 Oct 2017" in text
