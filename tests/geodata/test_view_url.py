from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.event import DateBasis, Precision
from geodata.ontology import EventType
from geodata.view import Layer, Role, View
from geodata.view_url import KEYS, Known, decode_view, encode_view

steady = settings(deadline=None)  # the machine may be busy, and models load at first use

ANYTHING = Known(actors=lambda _name: True, regions=lambda _id: True)
SOME = Known(
    actors={"Iraqi Armed Forces", "Peshmerga"}, regions={"IQ", "IQ-KI", "iraqi-kurdistan"}, sources={"Agency A"}
)

words = st.text(max_size=40)
moments = st.datetimes()
corners = st.tuples(st.floats(-90, 90), st.floats(-400, 400))
degrees = st.floats(allow_nan=True, allow_infinity=True)


@st.composite
def views(draw):
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    lat, lon = draw(st.one_of(st.just((None, None)), st.tuples(st.floats(-90, 90), st.floats(-1000, 1000))))
    return View(
        date_from=days[0] if draw(st.booleans()) else None,
        date_to=days[1] if draw(st.booleans()) else None,
        actors=tuple(draw(st.lists(words, max_size=5))),
        role=draw(st.sampled_from(Role)),
        pair=draw(st.just(()) | st.tuples(words, words)),
        types=tuple(draw(st.lists(st.sampled_from(EventType), max_size=5))),
        regions=tuple(draw(st.lists(words, max_size=5))),
        text=draw(words),
        sources=tuple(draw(st.lists(words, max_size=3))),
        precisions=tuple(draw(st.lists(st.sampled_from(Precision), max_size=3))),
        min_confidence=draw(st.none() | st.floats(0, 1)),
        min_fatalities=draw(st.none() | st.integers(-1, 2_000_000)),
        added_after=draw(st.none() | moments | moments.map(lambda at: at.replace(tzinfo=dt.UTC))),
        date_bases=tuple(draw(st.lists(st.sampled_from(DateBasis), max_size=3))),
        shape=tuple(draw(st.lists(corners, max_size=8))),
        layer=draw(st.sampled_from(Layer)),
        lat=lat,
        lon=lon,
        zoom=draw(st.one_of(st.none(), st.floats(0, 24))),
        event=draw(words),
    )


@steady
@given(views())
def test_any_view_comes_back_from_its_link_without_a_problem(view):
    assert decode_view(encode_view(view), ANYTHING) == (view, ())


@steady
@given(views())
def test_a_mapping_and_a_query_mean_the_same(view):
    query = encode_view(view)
    mapping = parse_qs(query, keep_blank_values=True)
    assert decode_view(mapping, ANYTHING) == decode_view("?" + query, ANYTHING)


@steady
@given(views(), st.randoms())
def test_the_order_in_which_filters_were_set_does_not_change_the_link(view, random):
    types, actors = list(view.types), list(view.actors)
    random.shuffle(types)
    random.shuffle(actors)
    again = View(types=tuple(types * 2), actors=tuple(actors), role=view.role, event=view.event, text=view.text)
    once = View(types=view.types, actors=view.actors, role=view.role, event=view.event, text=view.text)
    assert encode_view(again) == encode_view(once)


@steady
@given(st.text(max_size=300))
def test_any_query_decodes(query):
    view, problems = decode_view(query, SOME)
    assert decode_view(encode_view(view), SOME)[0] == view
    assert all(problem.message.endswith(".") for problem in problems)


@steady
@given(
    st.dictionaries(
        st.sampled_from(KEYS) | st.text(max_size=5), st.lists(st.text(max_size=30), max_size=4) | st.text(max_size=9)
    )
)
def test_any_values_decode(values):
    view, _ = decode_view(values, SOME)
    assert set(view.actors) <= {"Iraqi Armed Forces", "Peshmerga"}
    assert set(view.regions) <= {"IQ", "IQ-KI", "iraqi-kurdistan"}
    assert set(view.sources) <= {"Agency A"}


@steady
@given(degrees, degrees, degrees)
def test_any_window_of_the_map_makes_a_link_that_applies(lat, lon, zoom):
    view = View(lat=lat, lon=lon, zoom=zoom)
    assert decode_view(encode_view(view), SOME) == (view, ())


def test_link_is_short_and_absolute():
    view = View(
        date_from=dt.date(2017, 10, 1),
        date_to=dt.date(2017, 10, 31),
        actors=("Iraqi Armed Forces",),
        role=Role.SOURCE,
        types=(EventType.COERCE, EventType.ASSAULT),
        regions=("iraqi-kurdistan", "IQ-KI"),
        text="oil field",
        lat=35.468123456,
        lon=44.39,
        zoom=8,
    )
    assert encode_view(view) == (
        "v=1&from=2017-10-01&to=2017-10-31&actor=Iraqi+Armed+Forces&role=source&type=coerce&type=assault"
        "&region=IQ-KI&region=iraqi-kurdistan&q=oil+field&lat=35.46812&lon=44.39&z=8"
    )
    assert encode_view(View()) == "v=1"


def test_every_new_filter_stands_in_the_link_by_a_plain_word():
    view = View(
        actors=("group:IQ:state-forces",),
        sources=("Agency A",),
        precisions=(Precision.SETTLEMENT, Precision.SITE),
        min_confidence=0.7,
        min_fatalities=5,
        added_after=dt.datetime(2026, 11, 24, 8, 0, 0, 999, tzinfo=dt.timezone(dt.timedelta(hours=3))),
        date_bases=(DateBasis.CARRIED, DateBasis.NAMED),
        shape=((29, 38), (29, 49.5), (38, 49.5), (38, 38)),
        layer=Layer.HEAT,
    )
    query = encode_view(view)
    assert query == (
        "v=1&actor=group:IQ:state-forces&source=Agency+A&precision=site&precision=settlement&confidence=0.7&deaths=5"
        "&added=2026-11-24T05:00:00Z&dated=named&dated=carried&shape=gt2RgmmXAwzgHg5vFAAvzgH&layer=heat"
    )
    assert decode_view(query, SOME) == (view, ())


def test_a_pair_is_two_sides_in_their_order():
    view = View(pair=("Peshmerga ", "Iraqi Armed Forces"))
    assert encode_view(view) == "v=1&who=Peshmerga&whom=Iraqi+Armed+Forces"
    assert decode_view(encode_view(view), SOME) == (view, ())
    assert view != View(pair=view.pair[::-1])
    assert View(pair=("Peshmerga", "")) == View()


def test_what_does_not_filter_is_left_out_of_the_filters():
    view = View(text="oil", lat=35, lon=44, zoom=8, event="x", layer=Layer.HEAT)
    assert view.filters == View(text="oil")
    assert not View(lat=35, lon=44, zoom=8, event="x", layer=Layer.HEAT, role=Role.SOURCE).is_filtered


@pytest.mark.parametrize(
    "filters",
    [
        {"pair": ("A", "B")},
        {"sources": ("A",)},
        {"precisions": (Precision.SITE,)},
        {"min_confidence": 0.5},
        {"min_fatalities": 1},
        {"added_after": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
        {"date_bases": (DateBasis.NAMED,)},
        {"shape": ((0, 0), (0, 1), (1, 1))},
    ],
)
def test_each_new_filter_counts_as_one(filters):
    assert View(**filters).is_filtered


def test_no_least_confidence_and_no_least_deaths_are_no_filters():
    assert View(min_confidence=0.0, min_fatalities=0) == View()


def test_panning_round_the_world_stays_on_the_map():
    assert View(lat=0, lon=190).lon == -170
    assert View(lat=0, lon=-180).lon == -180


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("type=assault&type=invade", "“invade”"),
        ("region=IQ&region=XX-99", "“XX-99”"),
        ("actor=Nobody", "“Nobody”"),
        ("from=2017-13-01", "no day of the calendar"),
        ("from=2017-02-30", "no day of the calendar"),
        ("to=23.10.2017", "no date like 2017-10-23"),
        ("to=20171023", "no date like 2017-10-23"),
        ("from=2017-10-31&to=2017-10-01", "before it begins"),
        ("lat=95&lon=44", "latitude “95”"),
        ("lat=35&lon=181", "longitude “181”"),
        ("lat=nan&lon=44", "latitude “nan”"),
        ("lat=35", "only one coordinate"),
        ("z=99", "zoom “99”"),
        ("source=Agency+B", "“Agency B”"),
        ("actor=group:XX:state-forces", "“group:XX:state-forces”"),
        ("actor=group:any:any", "“group:any:any”"),
        ("who=Peshmerga", "only one side"),
        ("who=Peshmerga&whom=Nobody", "“Nobody”"),
        ("who=group:IQ:state-forces&whom=Peshmerga", "“group:IQ:state-forces”"),
        ("precision=exact", "“exact”"),
        ("confidence=1.5", "least confidence “1.5”"),
        ("confidence=high", "least confidence “high”"),
        ("deaths=-1", "no whole number"),
        ("deaths=2.5", "no whole number"),
        ("added=2017-10-23", "no moment like"),
        ("added=2017-02-30T00:00:00Z", "no moment like"),
        ("added=2017-10-23T08:00:00%2B03:00", "no moment like"),
        ("dated=guessed", "“guessed”"),
        ("shape=%23%23", "drawn area of the link cannot be read"),
        ("shape=gt2R", "drawn area of the link cannot be read"),
        ("shape=" + "_" * 300, "drawn area of the link cannot be read"),
        ("layer=satellite", "layer of the map “satellite” is none of events, heat and regions"),
        ("role=victim", "“victim”"),
        ("v=2", "newer version"),
        ("v=x", "version “x”"),
        ("from=2017-10-01&from=2017-10-02", "2 times"),
        ("q=oil&q=gas", "2 times"),
        ("country=IQ", "“country”"),
        ("q=" + "x" * 70_000, "too long"),
    ],
)
def test_what_cannot_be_applied_is_said(query, said):
    _, problems = decode_view(query, SOME)
    assert any(said in problem.message for problem in problems)


def test_a_filter_that_falls_away_is_announced():
    view, problems = decode_view("actor=Nobody&type=invade", SOME)
    assert view == View()
    said = " ".join(problem.message for problem in problems)
    assert "events of every actor are shown" in said
    assert "events of every event type are shown" in said


def test_good_values_beside_bad_ones_apply():
    view, problems = decode_view("type=ASSAULT&type=x&region=IQ&from=2017-10-01&to=nonsense", SOME)
    assert view == View(types=(EventType.ASSAULT,), regions=("IQ",), date_from=dt.date(2017, 10, 1))
    assert len(problems) == 2


def test_a_value_repeated_word_for_word_is_no_problem():
    assert decode_view("from=2017-10-01&from=2017-10-01", SOME)[1] == ()


def test_additions_of_other_sites_are_passed_over():
    assert decode_view("utm_source=mail&fbclid=1&embed=true", SOME) == (View(), ())


def test_hostile_values_are_repeated_short_and_printable():
    _, problems = decode_view({"actor": "a\x00\n\u202e" + "b" * 500}, SOME)
    message = problems[0].message
    assert message.isprintable()
    assert len(message) < 160


def test_a_link_with_thousands_of_bad_values_says_so_in_few_words():
    _, problems = decode_view("&".join(f"type={n}" for n in range(5000)), SOME)
    assert len(problems) == 21
    assert "more values" in problems[-1].message
