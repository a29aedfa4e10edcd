"""Every type is read in the active, in the passive and as a noun."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article
from geodata.ontology import TYPES, EventType
from geodata.reading.lexicon import lexicon

TUESDAY = dt.date(2020, 3, 3)


@pytest.fixture(scope="session")
def events(reader):
    def read(text, published=TUESDAY, **more):
        return reader.read(Article(text=text, published=published, language="en", **more)).events

    return read


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("VOTE", "Voters in Hargeisa elected a new president on Sunday."),
        ("VOTE", "An independence referendum was held in Erbil on Sunday."),
        ("VOTE", "More than two thirds of voters backed the charter, the electoral commission announced on Sunday."),
        ("VOTE", "Voters in Nouméa rejected independence on Sunday."),
        ("CONSULT", "The Turkish foreign minister met his Iranian counterpart in Tehran on Sunday."),
        ("CONSULT", "Talks between the Ethiopian government and the rebels opened in Nairobi on Sunday."),
        ("AGREE", "Chad agreed to reopen the border with Sudan."),
        ("AGREE", "Mediators said the rebels had accepted the ceasefire plan."),
        ("SUPPORT", "France praised the Lebanese army on Sunday."),
        ("SUPPORT", "The new constitution was endorsed by the African Union."),
        ("SUPPORT", "The Kenyan government apologised to the families of the dead farmers."),
        ("CONCEDE", "The curfew was lifted by the authorities in Conakry."),
        ("SUPPORT", "Kazakhstan and Uzbekistan signed a water treaty in Astana on Sunday."),
        ("COOPERATE", "Intelligence was shared by Jordan with the Iraqi army."),
        ("AID", "Germany delivered 40 tonnes of food to Sudan."),
        ("AID", "Tents were handed out to the refugees by the Red Crescent in Zakho."),
        ("RETREAT", "Rebel fighters withdrew from the town of Saraqib overnight."),
        ("RETREAT", "Two aid workers were released by their kidnappers in Maiduguri."),
        ("RETREAT", "The withdrawal of French troops from Gao began on Sunday."),
        ("REQUEST", "The United Nations called on the Houthis to free its staff."),
        ("REQUEST", "Egypt was urged by Israel to open the crossing."),
        ("ACCUSE", "Rwanda accused the Congolese army of shelling its villages."),
        ("ACCUSE", "The attack was condemned by the European Union."),
        ("REJECT", "Serbia refused to recognise Kosovo."),
        ("REJECT", "The proposal was rejected by Moscow on Sunday."),
        ("THREATEN", "The governor gave the herders two days to leave Turkana."),
        ("THREATEN", "The junta threatened to arrest the strikers."),
        ("THREATEN", "Hamas warned Israel that it would fire rockets again."),
        ("SANCTION", "The United States imposed sanctions on the Iranian oil company."),
        ("SANCTION", "Three Russian diplomats were expelled by Bulgaria on Sunday."),
        ("PROTEST", "Thousands of people protested in Khartoum on Sunday against the military."),
        ("PROTEST", "Protests erupted in Basra on Sunday over power cuts."),
        ("MOBILIZE", "Ukraine deployed two brigades near Kharkiv."),
        ("MOBILIZE", "Reinforcements were sent to Goma by the Congolese army."),
        ("COERCE", "Police arrested four journalists in Cairo on Sunday."),
        ("COERCE", "A curfew was imposed in Kirkuk on Sunday."),
        ("COERCE", "The arrest of the mayor in Diyarbakir drew crowds on Sunday."),
        ("ASSAULT", "Gunmen killed six villagers near Mopti on Sunday."),
        ("ASSAULT", "The town of Marib was shelled by Houthi forces on Sunday."),
        ("ASSAULT", "The bombing of a market in Sadr City killed 12 people."),
        ("ASSAULT", "Clashes broke out between the army and militants in Sirte."),
    ],
)
def test_each_type_is_read_whichever_way_it_is_told(events, kind, sentence):
    assert kind in {event.type.value for event in events(sentence)}


@pytest.mark.parametrize(
    ("sentence", "kind", "mode"),
    [
        ("Syrian troops captured Palmyra on Sunday.", "ASSAULT", "territory"),
        ("Warplanes carried out air strikes on Saada on Sunday.", "ASSAULT", "aerial"),
        ("A suicide bombing in Kabul killed nine people.", "ASSAULT", "suicide-attack"),
        ("Houthi forces shelled Marib.", "ASSAULT", "heavy-weapons"),
        ("Rebels kidnapped two doctors in Kidal.", "ASSAULT", "abduct"),
        ("Police arrested four journalists in Cairo.", "COERCE", "arrest"),
        ("Nigeria closed its border with Benin.", "COERCE", "restrict"),
        ("Workers went on strike in Lagos on Sunday.", "PROTEST", "strike"),
        ("The rebels freed 12 prisoners in Aden.", "RETREAT", "release"),
        ("Rebel fighters withdrew from Saraqib.", "RETREAT", "withdraw"),
    ],
)
def test_how_it_was_done_is_the_mode(events, sentence, kind, mode):
    assert (kind, mode) in {(event.type.value, event.mode) for event in events(sentence)}


def test_every_rule_has_a_mode_of_its_type():
    book = lexicon()
    rules = [rule for listed in book.verbs.values() for rule in listed]
    rules += [*book.nouns.values(), *book.adjectives.values()]
    assert {rule.type for rule in rules} == set(EventType)
    assert [rule for rule in rules if rule.mode and rule.mode not in TYPES[rule.type].modes] == []


def test_two_verbs_of_one_subject_are_two_acts(events):
    found = events("The army shelled Idlib on Sunday and arrested ten men in Saraqib.")
    assert {event.type.value for event in found} == {"ASSAULT", "COERCE"}
    assert all(event.source_actors for event in found)


def test_the_same_deed_as_verb_and_noun_is_one_event(events):
    assert len(events("Five soldiers were killed in an attack near Djibo on Sunday.")) == 1


def test_an_acronym_is_no_verb(events):
    (event,) = events("IS killed ten soldiers near Kirkuk on Sunday.")
    assert [actor.name for actor in event.source_actors] == ["Islamic State"]
