"""What is shared holds no hidden name, no hidden quote, no closer place: asked of every question the store answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from shared_readings import AT_SEA, HAWIJA, NOW, everything, reading

from geodata.article import PublishedBasis
from geodata.errors import SafetyError
from geodata.event import Mention, Place, Precision
from geodata.regions import regions
from geodata.settings import settings_from
from geodata.sharing import Safety, open_shared, safety_from_key, safety_of
from geodata.sharing.persons import is_person
from geodata.sharing.places import coarsened
from geodata.sharing.redaction import Names, without_names, without_places
from geodata.sharing.safety import is_finer
from geodata.sharing.screen import PLAIN_REASONS
from geodata.store import Store
from geodata.view import View

SAFETIES = st.builds(
    Safety,
    precision=st.sampled_from([None, Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE]),
    delay_hours=st.integers(0, 2000),
    hide_persons=st.booleans(),
    drop_quotes=st.booleans(),
)
WORDS = st.text(alphabet=st.sampled_from("abcdefghijklmnopqrstuvwxyzéüñ"), min_size=2, max_size=9)
PERSON_NAMES = st.lists(WORDS, min_size=2, max_size=3).map(lambda words: " ".join(word.capitalize() for word in words))


@pytest.fixture
def shared(tmp_path, gazetteer):
    """Give a function that stores readings and opens them as they may be shared."""
    opened = []

    def make(safety, *readings, now=NOW, compacted=False):
        folder = tmp_path / f"store-{len(opened)}"
        with Store.open(folder) as store:
            store.write(readings)
            if compacted:
                assert store.compact(force=True)
        opened.append(open_shared(folder, safety, regions=regions(), gazetteer=gazetteer, now=now))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@hypothesis_settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=PERSON_NAMES, safety=SAFETIES, compacted=st.booleans())
@example(name="Jane Doe", safety=Safety(hide_persons=True, precision=Precision.PROVINCE), compacted=True)
@example(name="Émile Ñandú", safety=Safety(hide_persons=True), compacted=False)
def test_nothing_shared_tells_what_is_hidden(shared, name, safety, compacted):
    assume(is_person(name))
    store = shared(safety, reading(name), compacted=compacted)
    told = everything(store)
    if safety.hide_persons:
        for written in (name, name.upper(), name.replace(" ", "-"), name.replace(" ", "")):
            assert written.casefold() not in told.casefold()
    if safety.drop_quotes:
        assert "Police arrested" not in told
    if safety.precision is not None and is_finer(Precision.SETTLEMENT, safety.precision):
        assert "35.32484" not in told
        assert "43.76991" not in told
        assert "hawija'" not in told.casefold()
    for stored in store.events(View()):
        place = stored.event.place
        assert safety.precision is None or place is None or not is_finer(place.precision, safety.precision)
    if safety.is_on and store.counts(View()).events:
        assert told.count(safety.words) >= 3  # in each of the three files


@pytest.mark.parametrize("safety", [Safety(precision=Precision.PROVINCE), Safety(hide_persons=True)])
@pytest.mark.parametrize("reason", [
    "Qara Saghir is named as the place, and was not placed: no place of this name is in the gazetteer",
    "Qara is named as the place, and was not placed: several places fit about as well (Saghir, Iraq; Qara, Syria)",
    "“Qara Saghir” is not known", "the house of Qara Saghir", "Saghir: “no” place",
])  # fmt: skip
def test_a_reason_names_no_place_and_nobody(shared, safety, reason):
    made = reading("Jane Doe", place=None)
    (event,) = made.events
    store = shared(safety, replace(made, events=(replace(event, unplaced_reason=reason),)))
    (told,) = store.events(View())
    assert told.event.unplaced_reason
    for word in ("Qara", "Saghir"):
        assert word not in everything(store)


def test_the_name_of_a_place_that_no_gazetteer_has_is_taken_out_of_quotes_too(shared):
    made = reading("Jane Doe", quote="Two shells fell on Qara Saghir, in the province of Kirkuk.", place=None)
    mention = Mention(start=18, end=29, text="Qara Saghir", place=None, confidence=0.0, reason="not known")
    store = shared(Safety(precision=Precision.PROVINCE), replace(made, mentions=(mention,)))
    assert "Qara" not in everything(store)
    assert "Two shells fell on [place], in the province of Kirkuk." in everything(store)


def test_a_reason_that_names_nothing_is_shared_as_it_is(shared):
    made = reading("Jane Doe", place=None)
    (event,) = made.events
    for reason in PLAIN_REASONS:
        store = shared(Safety(hide_persons=True), replace(made, events=(replace(event, unplaced_reason=reason),)))
        assert [told.event.unplaced_reason for told in store.events(View())] == [reason]


def test_a_filter_finds_nothing_that_is_hidden(shared):
    store = shared(Safety(hide_persons=True, drop_quotes=True, precision=Precision.PROVINCE), reading("Jane Doe"))
    assert store.counts(View(text="arrested")).events == 0
    assert store.counts(View(actors=("A civilian (Iraq)",))).events == 1
    around = ((35.3, 43.7), (35.3, 43.8), (35.4, 43.8), (35.4, 43.7))
    assert store.counts(View(shape=around)).events == 0
    assert store.counts(View(regions=("IQ-KI",))).events == 1
    for view in (View(actors=("Jane Doe",)), View(text="doe"), View(sources=("Jane Doe",))):
        with pytest.raises(SafetyError, match="take the name out"):
            store.counts(view)


def test_events_are_held_back_until_their_hours_are_over(shared):
    fresh = reading("Jane Doe", published=dt.date(2026, 11, 24))
    old = reading("John Roe", published=dt.date(2026, 11, 20))
    guessed = reading("Max Poe", published=dt.date(2000, 1, 1), basis=PublishedBasis.INFERRED)
    added = dt.datetime.now(dt.UTC)
    now = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    assert shared(Safety(delay_hours=48), fresh, old, now=now).counts(View()).events == 1
    # Of a day only its end is sure: 24 hours after the 24th are over on the 26th.
    assert shared(Safety(delay_hours=24), fresh, now=now + dt.timedelta(hours=35)).counts(View()).events == 0
    assert shared(Safety(delay_hours=24), fresh, now=now + dt.timedelta(hours=37)).counts(View()).events == 1
    # A date that was guessed says nothing: the hours count from when it was added.
    assert shared(Safety(delay_hours=24), guessed, now=added + dt.timedelta(hours=23)).counts(View()).events == 0
    assert shared(Safety(delay_hours=24), guessed, now=added + dt.timedelta(hours=25)).counts(View()).events == 1


def test_what_is_added_while_it_is_open_is_screened_too(tmp_path, gazetteer):
    with Store.open(tmp_path) as store:
        store.write([reading("Jane Doe")])
        safety = Safety(hide_persons=True, precision=Precision.PROVINCE)
        with open_shared(tmp_path, safety, regions=regions(), gazetteer=gazetteer, now=NOW) as shared:
            assert shared.counts(View()).events == 1
            store.write([reading("John Roe")])
            assert shared.refresh()
            told = everything(shared)
    assert "John Roe" not in told
    assert "A civilian (Iraq)" in told


@pytest.mark.parametrize("limit", [Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE])
def test_a_coarser_place_holds_the_closer_one(gazetteer, limit):
    checkpoint = Place(
        id="own:x", name="A checkpoint", lat=35.43, lon=44.35, country="IQ", admin1="IQ-KI",
        precision=Precision.SITE, kind="checkpoint",
    )  # fmt: skip
    for place in (checkpoint, HAWIJA):
        found = coarsened(place, limit, regions=regions(), gazetteer=gazetteer)
        assert found is not None
        assert not is_finer(found.precision, limit)
        assert not is_finer(found.precision, place.precision)
        assert "IQ-KI" in regions().of_place(found)
        assert coarsened(found, limit, regions=regions(), gazetteer=gazetteer) == found
    without = coarsened(checkpoint, limit, regions=regions(), gazetteer=None)
    assert without is not None
    assert (without.id, without.precision) == ("iso:IQ-KI", Precision.PROVINCE)
    assert coarsened(AT_SEA, limit, regions=regions(), gazetteer=gazetteer) is None


def test_a_coarser_place_is_a_town_or_a_district_and_no_base_or_oil_field(gazetteer):
    crossing = gazetteer.search("Ibrahim Khalil", country="IQ")[0].place
    assert "crossing" in crossing.kind
    for limit, kinds in ((Precision.SETTLEMENT, {"village", "town", "city"}), (Precision.DISTRICT, {"district"})):
        found = coarsened(crossing, limit, regions=regions(), gazetteer=gazetteer)
        assert found is not None
        assert found.kind in kinds


def test_an_event_whose_place_cannot_be_made_coarser_goes_without(shared):
    store = shared(Safety(precision=Precision.PROVINCE), reading("Jane Doe", place=AT_SEA))
    assert store.counts(View()).placed == 0
    assert "known more closely than may be shared" in store.not_placed(View())[0].event.unplaced_reason
    assert "A rig" not in everything(store)


@pytest.mark.parametrize(("text", "left"), [
    ("Haider al-Abadi met US President Donald Trump in Washington.", "[name] met US President [name] in Washington."),
    ("Police arrested Ahmed Hassan, a teacher, near Hawija.", "Police arrested [name], a teacher, near Hawija."),
    ("J. R. Smith left. Clashes followed.", "[name] left. Clashes followed."),
    ("Bill Hope spoke on Tuesday.", "[name] spoke on Tuesday."),
    ("The Peshmerga and the Popular Mobilization Forces fought.", "The Peshmerga and the Popular Mobilization Forces fought."),
    ("Fierce Shi’ite-led protests hit Baghdad.", "[name] Shi’ite-led protests hit Baghdad."),
    ("قال أحمد حسن", ""),
])  # fmt: skip
def test_names_are_taken_out_of_sentences(text, left):
    assert without_names(text, Names(()), known=["Hawija"]) == left


def test_names_of_close_places_are_taken_out_of_sentences():
    assert without_places("Troops left HAWIJA for Hawijah.", ["Hawija"]) == "Troops left [place] for Hawijah."


@given(SAFETIES, SAFETIES)
def test_settings_are_written_and_combined(one, other):
    assert safety_from_key(one.key) == one
    both = one.stricter(other)
    assert both == other.stricter(one)
    assert both.stricter(one) == both
    assert bool(one.words) == one.is_on


def test_settings_that_cannot_be_read_let_nothing_out():
    assert safety_of(settings_from({})) == Safety()
    read = safety_of(settings_from({
        "CONFLICTMAP_SHARE_PRECISION": "District", "CONFLICTMAP_SHARE_DELAY_HOURS": "48",
        "CONFLICTMAP_SHARE_PERSONS": "no", "CONFLICTMAP_SHARE_QUOTES": "no",
    }))  # fmt: skip
    assert read == Safety(precision=Precision.DISTRICT, delay_hours=48, hide_persons=True, drop_quotes=True)
    for name, value in [("PRECISION", "distrikt"), ("DELAY_HOURS", "two days"), ("PERSONS", "hide"), ("QUOTES", "0.5")]:
        with pytest.raises(SafetyError, match=f"CONFLICTMAP_SHARE_{name}"):
            safety_of(settings_from({f"CONFLICTMAP_SHARE_{name}": value}))
