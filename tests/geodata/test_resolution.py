"""Which place a name stands for, and what is said about why."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.article import Article
from geodata.event import Mention, Precision
from geodata.reading.candidates import CandidateFinder
from geodata.reading.features import FEATURES, Context, Question, own_features
from geodata.reading.publisher import publisher_country
from geodata.reading.ranking.confidence import SIGNALS, probability
from geodata.reading.ranking.examples import is_right, made_up
from geodata.reading.ranking.fitting import Choices, fit_probability, fit_ranking
from geodata.reading.ranking.scenes import World, reports
from geodata.reading.ranking.weights import learnt, ranker
from geodata.reading.resolution import formula, resolve
from geodata.reading.toponyms import PlaceReader


@pytest.fixture(scope="module")
def places(gazetteer) -> PlaceReader:
    return PlaceReader(gazetteer)


def resolved(places: PlaceReader, text: str, *names: str) -> list[Mention]:
    """Resolve names given by their text, in order; no model is needed for that."""
    spans, position = [], 0
    for name in names:
        start = text.index(name, position)
        spans.append((start, start + len(name)))
        position = start + len(name)
    return places.mentions([], Article(text=text), given=spans)


def where(mention: Mention) -> str:
    assert mention.place is not None, mention.reason
    return mention.place.admin1 or mention.place.country


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("A barn burned in Paris, Texas.", ["Paris", "Texas"], ["US-TX", "US-TX"]),
        ("The president is in Paris.", ["Paris"], ["FR-IDF"]),
        ("Springfield, Illinois and Springfield, Missouri", ["Springfield", "Illinois"], ["US-IL", "US-IL"]),
        ("Aid workers in Washington spoke.", ["Washington"], ["US-DC"]),
        ("Police in Washington state arrested a man.", ["Washington"], ["US-WA"]),
        ("Farmers in Norfolk and in Cornwall protested in London.", ["Norfolk", "Cornwall"], ["GB-ENG", "GB-ENG"]),
        ("The talks were held in New York on Friday.", ["New York"], ["US-NY"]),
        ("From Oklahoma, Texas and Kansas", ["Oklahoma", "Texas", "Kansas"], ["US-OK", "US-TX", "US-KS"]),
        ("Troops took Hawija and then Kirkuk.", ["Hawija", "Kirkuk"], ["IQ-KI", "IQ-KI"]),
        # towns whose people nobody counted are no hamlets: an alert of one line is enough
        ("A bomb went off in Hawija.", ["Hawija"], ["IQ-KI"]),
        ("Two soldiers were killed in Tal Afar.", ["Tal Afar"], ["IQ-NI"]),
        # governors are of provinces
        ("The governor of Georgia met farmers from Macon.", ["Georgia", "Macon"], ["US-GA", "US-GA"]),
        # what stands behind a list is for all of it
        ("Crews from Dover and Aurora, Ohio, came.", ["Dover", "Aurora", "Ohio"], ["US-OH"] * 3),
        # of a region no number of people is known, which makes it no hamlet
        ("The Kurdistan Region and Rojava voted.", ["Kurdistan Region", "Rojava"], ["IQ", "SY"]),
        # a county in the British way
        ("A shop in Mallow, Co. Cork, was robbed.", ["Mallow", "Cork"], ["IE-M", "IE-M"]),
        # where a namesake is at home, a part of a great city and a large province are out of place
        ("Durban, Pretoria and East London", ["Durban", "Pretoria", "East London"], ["ZA-KZN", "ZA-GP", "ZA-EC"]),
        (
            "Vigo, A Coruña, León, Córdoba and Mérida",
            ["Vigo", "A Coruña", "León", "Córdoba", "Mérida"],
            ["ES-GA", "ES-GA", "ES-CL", "ES-AN", "ES-EX"],
        ),
        # a capital is named wherever it is
        ("Biała Podlaska, Lublin and Minsk", ["Biała Podlaska", "Lublin", "Minsk"], ["PL-06", "PL-06", "BY-HM"]),
        # that Tehran was once Teera is no reason to take Khyber's valley for it
        ("Jets from Peshawar bombed hideouts in Tirah.", ["Peshawar", "Tirah"], ["PK-KP", "PK-KP"]),
    ],
)
def test_finds_the_right_one_of_a_name(places, text, names, expected):
    assert [where(mention) for mention in resolved(places, text, *names)] == expected


def test_the_country_of_a_papers_address_speaks_for_its_towns(places):
    def told(url: str) -> Mention:
        text = "Police in Newcastle arrested a man."
        return places.mentions([], Article(text=text, url=url), given=[(10, 19)])[0]

    assert told("https://news.example.com/a").place is None  # there are a dozen
    at_home = told("https://news.example.com.au/a")
    assert where(at_home) == "AU-NSW"
    assert at_home.reason == "the article was written or published in that country"


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.example.co.uk/news", "GB"),
        ("https://example.iq", "IQ"),
        ("https://example.com/ca/", ""),
        ("https://example.io/", ""),  # anybody's
        ("https://192.168.1.1/a", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_an_address_says_its_country_or_nothing(url, country):
    assert publisher_country(url) == country


@pytest.mark.parametrize(
    ("text", "name", "behind", "where"),
    [
        ("A mill burned in Berlin, Vt., on Monday.", "Berlin", "Vt.", "in Vermont"),
        ("A mill burned in Vancouver, Ohio.", "Vancouver", "Ohio", "in Ohio"),
        ("They shelled Ouagadougou, near Kramatorsk.", "Ouagadougou", "Kramatorsk", "that near to Kramatorsk"),
    ],
)
def test_no_namesake_is_taken_from_elsewhere_than_the_text_says(places, text, name, behind, where):
    first, _ = resolved(places, text, name, behind)
    assert first.place is None
    assert first.reason == f"no place of this name {where} is known"
    assert {one.why for one in first.considered} == {f"the text speaks of a place {where}"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Talks were held in Moscow, Washington, and Beijing.", ["Moscow", "Washington", "Beijing"]),
        ("In Kherson, Russia said, the dam broke.", ["Kherson", "Russia"]),
        ("Shelling hit Sevastopol, Russia, on Monday.", ["Sevastopol", "Russia"]),
        ("Fighting went on in Tuz Khurmatu, Kirkuk, on Sunday.", ["Tuz Khurmatu", "Kirkuk"]),
        ("Mosul, north of Baghdad, was calm.", ["Mosul", "Baghdad"]),
        ("They fought in Mosul, Anbar and Diyala.", ["Mosul", "Anbar", "Diyala"]),
    ],
)
def test_a_list_a_claim_and_a_distance_rule_nothing_out(places, text, names):
    assert [mention.text for mention in resolved(places, text, *names) if mention.place is None] == []


def test_a_village_is_the_one_beside_the_town_that_is_named(places):
    village, town = resolved(
        places, "They took the village of Shevchenko, south of Pokrovsk.", "Shevchenko", "Pokrovsk"
    )
    assert village.place is not None
    assert town.place is not None
    assert village.place.admin1 == town.place.admin1 == "UA-14"


@pytest.mark.parametrize(
    "name", ["Erbil", "Arbil", "Hewler", "Stepanakert", "Khankendi", "Sulaymaniyah", "Slemani", "Oporto"]
)
def test_a_province_and_its_capital_of_one_name_are_the_town(places, name):
    (mention,) = resolved(places, f"Drones attacked {name}.", name)
    assert mention.place is not None
    assert mention.place.precision is Precision.SETTLEMENT


def test_another_spelling_of_the_town_does_not_speak_for_its_province(places):
    found = resolved(
        places, "Shots in Sulaimani, in Slemani and near Sulaymaniyah.", "Sulaimani", "Slemani", "Sulaymaniyah"
    )
    assert {mention.place and mention.place.precision for mention in found} == {Precision.SETTLEMENT}


def test_a_lone_namesake_across_the_world_is_less_sure(places):
    names = ["Artibonite", "Petite Rivière", "Kenscoff", "Port-au-Prince"]
    _, village, *_ = resolved(places, "; ".join(names), *names)
    assert village.place is None or village.confidence < 0.6


def test_a_name_has_one_sense_in_an_article(places):
    first, _, later = resolved(places, "A barn burned in Paris, Texas. Paris is small.", "Paris", "Texas", "Paris")
    assert first.place == later.place


def test_another_parent_gives_another_sense(places):
    text = "Shells fell on Tripoli, Libya. The port of Tripoli in northern Lebanon is another one."
    first, _, second, _ = resolved(places, text, "Tripoli", "Libya", "Tripoli", "Lebanon")
    assert [first.place and first.place.country, second.place and second.place.country] == ["LY", "LB"]


@pytest.mark.parametrize("name", ["Nineveh", "Anbar", "Diyala", "Saladin"])
def test_governorates_without_a_town_of_the_name(places, name):
    (mention,) = resolved(places, f"Fighting was reported in {name}.", name)
    assert mention.place is not None
    assert (mention.place.precision, mention.place.country) == (Precision.PROVINCE, "IQ")


def test_kirkuk_is_the_town_unless_the_text_says_province(places):
    text = "Kirkuk is quiet. The province of Kirkuk is not, and Kirkuk governorate never was."
    assert [m.place and m.place.precision for m in resolved(places, text, "Kirkuk", "Kirkuk", "Kirkuk")] == [
        Precision.SETTLEMENT,
        Precision.PROVINCE,
        Precision.PROVINCE,
    ]


def test_kurdistan_is_the_one_the_article_is_about(places):
    text = "Erbil, Duhok and Sulaymaniyah are cities of Kurdistan, in the north of Iraq."
    *_, kurdistan, _ = resolved(places, text, "Erbil", "Duhok", "Sulaymaniyah", "Kurdistan", "Iraq")
    assert kurdistan.place is not None
    assert kurdistan.place.country == "IQ"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Sulaymaniyah", "Sulaimani", "Slemani", "Sulaimaniya"], "Sulaymaniyah"),
        (["Erbil", "Arbil", "Irbil", "Hewler", "Hawler"], "Erbil"),
    ],
)
def test_spellings_of_one_town_are_one_place(places, names, expected):
    found = resolved(places, "Towns: " + "; ".join(names), *names)
    assert {mention.place and mention.place.name for mention in found} == {expected}


def test_mexico_city_does_not_draw_mexico_to_itself(places):
    city, country = resolved(places, "Mexico City is the capital of Mexico.", "Mexico City", "Mexico")
    assert city.place is not None
    assert country.place is not None
    assert [city.place.precision, country.place.precision] == [Precision.SETTLEMENT, Precision.COUNTRY]


def test_reasons_say_why_here(places):
    paris, _ = resolved(places, "A barn burned in Paris, Texas.", "Paris", "Texas")
    _, hawija = resolved(places, "Kirkuk and Hawija are calm.", "Kirkuk", "Hawija")
    assert "after the name" in paris.reason
    assert "near Kirkuk" in hawija.reason


def test_an_unknown_name_stays_unresolved_and_says_so(places):
    (mention,) = resolved(places, "He went to Xqzzkvale.", "Xqzzkvale")
    assert mention.place is None
    assert mention.confidence == 0
    assert mention.reason == "no place of this name is in the gazetteer"


def test_a_village_across_the_world_is_less_sure_than_a_neighbour(places):
    known, far = resolved(places, "Aleppo, Homs, Hama and Sorata", "Aleppo", "Sorata")
    assert known.confidence > 0.9
    assert far.confidence < known.confidence


def test_the_formula_can_be_replaced(gazetteer):
    finder = CandidateFinder(gazetteer)
    question = Question(finder.find("Paris"))
    usual, other = (
        resolve([question], Context()),
        resolve([question], Context(), ranker=lambda rows: 30 - formula(rows)),
    )
    assert usual[0].place != other[0].place
    assert own_features(question, Context()).shape == (len(question.candidates.candidates), len(FEATURES))


def test_features_are_finite(gazetteer):
    finder = CandidateFinder(gazetteer)
    answers = resolve([Question(finder.find(name)) for name in ("Paris", "Kirkuk", "Iraq", "Asia", "Xqzzk")], Context())
    assert all(np.isfinite(row).all() for answer in answers for _, _, row in answer.ranked)


@pytest.fixture(scope="module")
def world(gazetteer) -> World:
    return World(gazetteer)


@pytest.fixture(scope="module")
def made_reports(world):
    return list(reports(world, seed=7, count=60))


def test_made_up_reports_name_what_they_say(made_reports):
    for report in made_reports:
        assert "{" not in report.text
        for named in report.names:
            span = named.sighting
            assert report.text[span.start : span.end] == span.text
            assert span.text


def test_made_up_reports_are_the_same_again(world, made_reports):
    assert [report.text for report in reports(world, seed=7, count=5)] == [r.text for r in made_reports[:5]]


def test_fitting_twice_gives_the_same_weights():
    rng = np.random.default_rng(3)
    signals = rng.normal(size=(400, 3))
    right = (signals[:, 0] + rng.normal(size=400) > 0).astype(float)
    first, again = (fit_probability(signals, right, pull=1e-4, steps=200) for _ in range(2))
    assert first[0].tolist() == again[0].tolist()
    assert first[1] == again[1]
    assert first[0][0] > 0.5
    assert (first[0] >= 0).all()


def test_ranking_learns_which_feature_tells():
    rng = np.random.default_rng(5)
    features = rng.normal(size=(600, 2))
    starts = np.arange(0, 600, 3)
    right = np.zeros(600, dtype=bool)
    right[starts + features[:, 0].reshape(-1, 3).argmax(axis=1)] = True
    weights, _ = fit_ranking(Choices(features, starts, right), np.array([1.0, 1.0]), nowhere=-5.0, pull=1e-4, steps=300)
    assert weights[0] > 3 * weights[1]


def test_every_feature_and_signal_has_a_weight():
    weights = learnt()
    assert list(weights.ranking) == list(FEATURES)
    assert list(weights.confidence) == list(SIGNALS)
    assert all(weight >= 0 for weight in weights.confidence.values())


def test_more_of_a_signal_never_makes_less_sure():
    weights = learnt()
    middle = [0.5] * len(SIGNALS)
    for n in range(len(SIGNALS)):
        more = [value + (k == n) for k, value in enumerate(middle)]
        assert probability(more, weights.confidence, weights.bias) >= probability(
            middle, weights.confidence, weights.bias
        )


def test_confidence_holds_on_reports_that_were_not_learnt_from(world, gazetteer):
    stated, right = [], []
    for example in made_up(world, CandidateFinder(gazetteer), seed=99, count=100):
        for answer, point in zip(resolve(example.questions, example.context), example.points, strict=True):
            if point is not None and answer.place is not None:
                stated.append(answer.confidence)
                right.append(is_right(answer.place, point))
    assert abs(np.mean(stated) - np.mean(right)) < 0.04
    unsure = [ok for confidence, ok in zip(stated, right, strict=True) if confidence < 0.8]
    assert np.mean(unsure) < 0.85


def test_the_learnt_ranking_can_be_used(gazetteer):
    places = PlaceReader(gazetteer, ranker=ranker)
    paris, _ = resolved(places, "A barn burned in Paris, Texas.", "Paris", "Texas")
    assert where(paris) == "US-TX"


def test_a_rival_as_likely_leaves_a_name_unplaced_or_unsure(places):
    (mention,) = resolved(places, "He came from Springfield.", "Springfield")
    assert mention.confidence < 0.9


def test_a_place_only_called_something_like_it_needs_its_country_in_the_text(places):
    taiz, hodeidah, jura = resolved(places, "Shells fell on Taiz, Hodeidah and al-Jura.", "Taiz", "Hodeidah", "al-Jura")
    assert (where(taiz), where(hodeidah)) == ("YE-TA", "YE-HU")
    assert jura.place is None
    assert "far from all others" in jura.reason
    assert "nothing else in the article speaks of its country" in jura.considered[0].why
    *_, moscow = resolved(places, "Shells fell on Taiz and Hodeidah, he said in Moskva.", "Taiz", "Hodeidah", "Moskva")
    assert where(moscow) == "RU-MOW"


def test_a_group_that_fights_at_home_tells_the_country(reader):
    def country(text: str) -> str:
        return next(m.place.country for m in reader.read(Article(text=text, language="en")).mentions if m.place)

    assert country("Fighters enter Al Bayda") == "LY"
    assert country("AQAP fighters enter Al Bayda") == "YE"
