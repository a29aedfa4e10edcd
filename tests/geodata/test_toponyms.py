"""Which names are read as places: the traps, through the real model and the real gazetteer."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.article import Article
from geodata.event import Mention
from geodata.reading.actor_list import actor_list
from geodata.reading.blocks import split_blocks
from geodata.reading.matcher import NameMatcher
from geodata.reading.model import load_model
from geodata.reading.passages import Passage
from geodata.reading.selection import select
from geodata.reading.sighting import Origin, Sighting, Sightings
from geodata.reading.toponyms import PlaceReader

Read = Callable[..., list[Mention]]


@pytest.fixture(scope="module")
def nlp():
    return load_model()


@pytest.fixture(scope="module")
def places(gazetteer) -> PlaceReader:
    return PlaceReader(gazetteer)


@pytest.fixture(scope="module")
def read(places, nlp) -> Read:
    """Read a text as the reader does: with the model's entities only, or with the whole parse."""

    def run(text: str, *, parsed: bool = False, spans: list[tuple[int, int]] | None = None) -> list[Mention]:
        article = Article(text=text, published=dt.date(2017, 10, 20))
        blocks = [block for block in split_blocks(text) if block.body_start < block.end]
        off = [] if parsed else [name for name in nlp.pipe_names if name != "ner"]
        with nlp.select_pipes(disable=off):
            passages = [Passage(block, nlp(text[block.body_start : block.end]), block.body_start) for block in blocks]
        for passage in passages:
            passage.add_named(actor_list().find(passage.doc.text, article.published))
        return places.mentions(passages, article, given=spans)

    return run


def texts(mentions: list[Mention]) -> list[str]:
    return [mention.text for mention in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whatever the model calls them
        (
            "Fighters took Makhmur, Zummar and Tuz Khurmatu from the Peshmerga, and Erbil was calm.",
            ["Makhmur", "Zummar", "Tuz Khurmatu", "Erbil"],
        ),
        ("Hawija, in Kirkuk province, fell on Monday.", ["Hawija", "Kirkuk"]),
        ("The militants hold al-Qaim and Albu Kamal on the Iraqi border.", ["al-Qaim", "Albu Kamal"]),
        # two spans of the model, one name
        ("Voters across Iraqi Kurdistan went to the polls.", ["Iraqi Kurdistan"]),
        ("They met in Kirkuk, Iraq, on Sunday.", ["Kirkuk", "Iraq"]),
        # the place of an organisation that stands there
        ("Students of Aleppo University marched on Monday.", ["Aleppo"]),
        ("The Kirkuk Provincial Council met on Monday.", ["Kirkuk"]),
        # datelines
        ("KIRKUK, Iraq (Reuters) - Shelling was heard at night.", ["KIRKUK", "Iraq"]),
        ("MOSCOW, October 23. /TASS/. The minister spoke to reporters.", ["MOSCOW"]),
        ("ANKARA/BAGHDAD, Sept 18 (Agency) - The court ruled on Monday.", ["ANKARA", "BAGHDAD"]),
        # abbreviations
        ("He lives in Sacramento, Calif., and she in Vancouver, B.C.", ["Sacramento", "Calif.", "Vancouver", "B.C."]),
        # another script in English text
        ("The town is called كركوك by those who live there.", ["كركوك"]),
        # known to nobody, but the text says what it is
        ("The convoy was bombed near the village of Qarayunbulu on Friday.", ["Qarayunbulu"]),
        ("Homes were buried in Qoruvand county on Friday.", ["Qoruvand"]),
        # a part of a town, with the capital of a headline; a report that an agency numbers
        ("Central Baghdad market blasts kill dozens", ["Baghdad"]),
        ("UPDATE 1-Baghdad car bombs kill 35", ["Baghdad"]),
        # whose office it is
        ("The vote was put off, said Queensland Health Minister Ann Moss.", ["Queensland"]),
        # the model takes them for persons: what is struck or stormed, and what is listed with it
        ("US warplanes struck Saada and Dhamar overnight.", ["US", "Saada", "Dhamar"]),
        ("Rebels stormed Bunia on Sunday.", ["Bunia"]),
        ("Trains between Hanoi and Lao Cai were stopped.", ["Hanoi", "Lao Cai"]),
        # nobody has "the" before his name, nor do people march on him
        ("The prefect of the Aude called for calm in Narbonne, France.", ["Aude", "Narbonne", "France"]),
        ("On Java, students marched in Yogyakarta.", ["Java", "Yogyakarta"]),
        # who lives there, and how courts are reported on
        ("Residents of Biu said that they had heard jets.", ["Biu"]),
        ("Paul Kent, 29, of Bracknell, will appear before magistrates.", ["Bracknell"]),
        # a county, British style
        ("A shop was robbed in Mallow, Co. Cork, on Monday.", ["Mallow", "Cork"]),
        # hyphens and apostrophes where the gazetteer has none
        ("Fighters left Ma’arat al-Nu’man at dawn.", ["Ma’arat al-Nu’man"]),
        ("A blast in a mosque in Pul-e-Khumri killed seven.", ["Pul-e-Khumri"]),
        ("Families fled on foot to Pétion-Ville from Port-au-Prince.", ["Pétion-Ville", "Port-au-Prince"]),
        # what the model overlooks after "near", in an article of its country
        ("Armed men guarded wells in Hadramawt, near Seiyun.", ["Hadramawt", "Seiyun"]),
        # once shown to be a place, a rare name is one throughout
        ("A shop was robbed in Mallow, Co. Cork. Call the Mallow Garda Station.", ["Mallow", "Cork", "Mallow"]),
        # a forename is a country again where the text is about it
        ("Jordan Pickford saved twice. Jordan shot down two drones over Irbid.", ["Jordan", "Irbid"]),
        ("Militants seized Alhawija, near Kirkuk.", ["Alhawija", "Kirkuk"]),
        # in an article that names the town too, only the disease is none
        ("A team flew to Marburg. Marburg virus was found in Marburg on Monday.", ["Marburg", "Marburg"]),
    ],
)
def test_finds_place_names(read: Read, text, expected):
    assert texts(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton smiled and Hilton waved.",
        "Abu Bakr al-Baghdadi has fled, said Masoud Barzani.",
        "Jordan Henderson scored twice, and Henderson thanked the fans.",
        "Islamic State of Iraq and the Levant claimed the attack.",
        "Iranians and Iraqis speak Arabic, Kurdish and Persian.",
        "The Bank of America raised its rates in May.",
        "Nigerian and Iranian diplomats shook hands.",
        "Nine people have caught West Nile virus.",
        "The New York Times and the Washington Post reported it.",
        "They fired Milan missiles at the column.",
        "Marburg haemorrhagic fever kills slowly. Because Marburg spreads by touch, nurses wear gloves.",
        "The crop is worth $US 15 billion.",
        "The drug is safe, according to Chambers.",
        "It was in the path of Cyclone Clyde.",
        "Chad, 34, is a nurse.",
        "Michael Jordan praised Chad Kelly. Jordan scored twenty points.",
        "There were ties between Bush and Steele.",
        "She attacked Clinton and Kelly in a speech.",
        "Kurdish district councils and a Shiite district voted.",
    ],
)
def test_leaves_alone_what_is_no_place(read: Read, text):
    assert texts(read(text)) == []


def test_a_direction_is_no_place_because_a_province_is_called_so(read: Read):
    assert [m.text for m in read("Crews came from the NSW Central West on Monday.") if m.place] == ["NSW"]


def test_the_person_is_left_and_the_town_of_the_same_name_is_found(read: Read):
    text = "Paris Hilton visited Paris on Monday."
    (mention,) = read(text)
    assert mention.start == text.rindex("Paris")


def test_offsets_are_of_the_article_in_every_block(read: Read):
    text = "Clashes near Mosul\n\nERBIL, Iraq (Agency) - Troops entered Mosul.\n\nThey left Hawija on Tuesday."
    mentions = read(text)
    assert texts(mentions) == ["Mosul", "ERBIL", "Iraq", "Mosul", "Hawija"]
    assert all(text[m.start : m.end] == m.text for m in mentions)


@pytest.mark.parametrize("parsed", [False, True])
def test_marks_names_that_stand_for_a_government(read: Read, parsed):
    text = "Baghdad rejected the offer. Moscow and Ankara agreed to hold talks. Fighting went on in Baghdad."
    assert [(m.text, m.metonymic) for m in read(text, parsed=parsed)] == [
        ("Baghdad", True),
        ("Moscow", True),
        ("Ankara", True),
        ("Baghdad", False),
    ]


@pytest.mark.parametrize("parsed", [False, True])
def test_a_town_where_something_was_said_is_the_town(read: Read, parsed):
    (mention,) = read("Officials in Baghdad said the road was open.", parsed=parsed)
    assert not mention.metonymic


def test_given_spans_are_kept_as_they_stand(read: Read):
    text = "Nobody knows Xqzzk, but Mosul is well known."
    spans = [(13, 18), (24, 29)]
    mentions = read(text, spans=spans)
    assert [(m.start, m.end) for m in mentions] == spans
    assert mentions[0].place is None
    assert "gazetteer" in mentions[0].reason
    assert mentions[1].place is not None


def test_texts_in_other_languages_are_searched_for_known_names(places):
    arabic = places.mentions_in_text("قصفت طائرات مواقع في كركوك وأربيل قرب بغداد")
    russian = places.mentions_in_text("Российские войска заняли Донецк, сообщил Киев.")
    assert [m.place.name for m in arabic if m.place] == ["Kirkuk", "Erbil", "Baghdad"]
    assert [m.place.name for m in russian if m.place] == ["Donetsk", "Kyiv"]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Iraqi Forces Take Kirkuk From Kurdish Fighters", ["Kirkuk"]),
        ("Iraqi forces take Kirkuk from the Kurds", ["Kirkuk"]),
        ("IRAQI FORCES TAKE KIRKUK AND TUZ KHURMATU", ["KIRKUK", "TUZ KHURMATU"]),
        ("Ukraine Withdraws From Avdiivka After Months Of Fighting", ["Ukraine", "Avdiivka"]),
    ],
)
def test_headlines_are_searched_for_known_names(places, headline, expected):
    assert texts(places.mentions_in_text(headline)) == expected


def test_names_are_matched_whatever_their_hyphens_and_apostrophes():
    matcher = NameMatcher([("Pul-e Khumri", 1), ("Maarat al-Numan", 1)])
    text = "Pul-e-Khumri, Pul e Khumri, Ma’arat al-Nu’man and Maarat al Numan’s fort"
    assert [text[h.start : h.end] for h in matcher.find(text)] == [
        "Pul-e-Khumri",
        "Pul e Khumri",
        "Ma’arat al-Nu’man",
        "Maarat al Numan",
    ]


def test_names_are_matched_as_whole_words_only():
    matcher = NameMatcher([("Iran", 80), ("Oman", 4), ("Nice", 1), ("Tuz Khurmatu", 1)])
    text = "Iranians, womanly, Iran-backed, TUZ KHURMATU, Oman. al-Iran"
    assert [text[h.start : h.end] for h in matcher.find(text)] == ["Iran", "TUZ KHURMATU", "Oman"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                [
                    "Kirkuk",
                    "Iraq",
                    "Paris, Texas",
                    "in ",
                    "\n\n",
                    "KIRKUK, Iraq (AP) - ",
                    "the U.S.",
                    "al-",
                    "كركوك",
                    "’s",
                ]
            ),
        ),
        min_size=1,
        max_size=12,
    ).map(" ".join)
)
def test_any_text_gives_mentions_that_are_its_own_words(read: Read, text):
    if not text.strip():
        return
    mentions = read(text)
    assert all(text[m.start : m.end] == m.text and m.start < m.end for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    assert all(0 <= m.confidence <= 1 and m.reason for m in mentions)


@pytest.mark.parametrize(
    "sentence",
    ["Families left Al-Shamsiyat al-Jadida near Hawija.", "Troops reached Tell al-Shawk al-Jadid, north of Hawija."],
)
def test_a_piece_of_a_longer_name_is_no_place(read, sentence):
    named = [mention.text for mention in read("KIRKUK, Iraq - " + sentence) if mention.place is not None]
    assert named == ["KIRKUK", "Iraq", "Hawija"]


def test_a_word_that_only_the_model_takes_for_a_place_needs_another_sign(places):
    def found(text: str) -> list[str]:
        start = text.index("Qarmashtu")
        sighting = Sighting(start, start + 9, "Qarmashtu", Origin.PLACE, "GPE", known=False)
        return [one.text for one in select(Sightings([sighting], set()), text, places.finder)]

    assert found("Two people died near Qarmashtu at dawn.") == ["Qarmashtu"]
    assert found("Qarmashtu won the match by two goals.") == []


def test_the_word_for_city_is_no_city(places):
    found = places.mentions_in_text("قصفت القوات مدينة كركوك وقتل ثلاثة أشخاص في الحويجة")
    assert [mention.text for mention in found] == ["كركوك", "الحويجة"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kfar Darom was quiet, and so was Rafah.", {"Rafah"}),
        ("Gunmen killed two farmers in the Deh Kran district of Kirkuk.", {"Kirkuk"}),
        ("Engineers left Fort Hood, Texas, for Mosul.", {"Texas", "Mosul"}),
        ("Nurses of George Washington University went to Aleppo.", {"Aleppo"}),
        ("Nurses of Western Aleppo University went to Mosul.", {"Aleppo", "Mosul"}),
        (
            "The Senate in Washington asked what the Clinton administration had done in Mogadishu.",
            {"Washington", "Mogadishu"},
        ),
    ],
)
def test_the_end_of_a_longer_name_is_no_place(read: Read, text, found):
    assert {mention.text for mention in read(text) if mention.place is not None} == found


def test_the_name_of_a_great_city_is_not_first_what_another_is_also_called(read: Read):
    (mention,) = read("Police in Delhi arrested two men.")
    assert mention.place is not None
    assert mention.place.country == "IN"


def test_a_word_that_is_never_small_belongs_to_the_name_that_it_opens(places):
    def found(first: str) -> list[str]:
        text = f"{first} Tyre was set on fire near Beirut."
        start, city = text.index("Tyre"), text.index("Beirut")
        sightings = [
            Sighting(start, start + 4, "Tyre", Origin.LIST, "", population=135_204),
            Sighting(city, city + 6, "Beirut", Origin.PLACE, "GPE", population=1_916_100),
        ]
        return [one.text for one in select(Sightings(sightings, set()), text, places.finder)]

    assert found("Mazraat") == ["Beirut"]
    assert found("Then") == ["Tyre", "Beirut"]
