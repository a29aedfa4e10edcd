"""The places that a name was not taken for, and what is said against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.article import Article
from geodata.reading.rival_places import MOST, AreaNames
from geodata.reading.toponyms import PlaceReader

if TYPE_CHECKING:
    from geodata.event import Considered, Mention


@pytest.fixture(scope="module")
def places(gazetteer) -> PlaceReader:
    return PlaceReader(gazetteer)


def weighed(places: PlaceReader, text: str, *names: str) -> list[Mention]:
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return places.mentions([], Article(text=text), given=spans)


def one_in(mention: Mention, code: str) -> Considered:
    return next(one for one in mention.considered if code in (one.place.admin1, one.place.country))


def test_the_chosen_place_comes_first_and_nothing_is_said_against_it(places):
    paris, _ = weighed(places, "A barn burned in Paris, Texas.", "Paris", "Texas")
    assert paris.considered[0].place == paris.place
    assert paris.considered[0].why == ""
    assert len(paris.considered) == MOST
    scores = [one.score for one in paris.considered]
    assert scores == sorted(scores, reverse=True)
    assert all(one.why for one in paris.considered[1:])


def test_a_parent_in_the_text_is_told(places):
    paris, _ = weighed(places, "A barn burned in Paris, Texas.", "Paris", "Texas")
    assert "does not lie in what stands behind the name" in one_in(paris, "FR").why


def test_a_smaller_namesake_is_told_with_numbers_and_the_country_by_its_name(places):
    (london,) = weighed(places, "The talks were held in London.", "London")
    against = one_in(london, "CA-ON").why
    assert "smaller: 4" in against
    assert "people against 8," in against
    (baghdad, paris) = weighed(places, "Talks in Baghdad and Paris.", "Baghdad", "Paris")
    assert baghdad.place is not None
    assert "no other place of the article lies in the United States" in one_in(paris, "US").why


def test_distance_is_told_in_kilometres(places):
    names = "Springfield", "Chicago", "Peoria"
    springfield, *_ = weighed(places, "Storms hit Springfield, and then Chicago and Peoria.", *names)
    assert springfield.place is not None
    assert springfield.place.admin1 == "US-IL"
    told = " ".join(one.why for one in springfield.considered)
    assert "km from" in told
    assert "no other place of the article lies in Missouri" in told


def test_what_is_not_placed_says_what_is_lacking(places):
    (mention,) = weighed(places, "He came from Springfield.", "Springfield")
    if mention.place is None:
        assert "% is needed for a place" in mention.considered[0].why
        assert "United States" in mention.reason
    (unknown,) = weighed(places, "He came from Zzyzxstan.", "Zzyzxstan")
    assert unknown.considered == ()


def test_areas_are_named_as_people_name_them(gazetteer):
    names = AreaNames(gazetteer)
    assert names.of("IQ-KI") == "Kirkuk"
    assert names.within("US") == "the United States"
    assert names.within("IQ") == "Iraq"
    assert names.of("XX-YY") == "XX-YY"
