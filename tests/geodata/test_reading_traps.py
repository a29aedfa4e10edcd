"""What looks like an act and is none: the traps of long news articles, in sentences of our own."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.article import Article

MONDAY = dt.date(2019, 5, 6)


@pytest.fixture(scope="session")
def types(reader):
    def read(text):
        return [str(e.type) for e in reader.read(Article(text=text, published=MONDAY, language="en")).events]

    return read


@pytest.mark.parametrize(
    "sentence",
    [
        # Hypotheticals and wishes
        '"We are still hoping for you to visit Bamako before the rains," the premier told his guest.',
        "Talk of a possible visit of the emir to Khartoum has filled the tea houses.",
        "The king's potential trip to Tripoli is what diplomats whisper about.",
        "If the army shells the port, grain prices will double.",
        "Fighters could seize the airport at Goma within days.",
        "Should the talks fail, the rebels might storm Marib.",
        "The mayor of Gao would like to meet the rebels.",
        # Plans
        "Chad was gearing up for declaring victory over the insurgents.",
        "The ministry plans to deploy a brigade to Kidal.",
        "Negotiations on the status of Abyei are on the horizon.",
        "A summit in Djibouti is due to open on Friday.",
        "The general is preparing to attack Mocha.",
        # Negations
        "No one backed the breakaway region.",
        "Nobody was arrested in Lagos on Sunday.",
        "There was no fighting in Zintan on Sunday.",
        "The column drove past the village of Tarin without firing at anybody.",
        "Neither side has attacked the dam at Kakhovka.",
        # Glosses and titles
        "The Brotherhood of the River (outlawed in Chad) publishes a newspaper.",
        "The movement, banned in Belarus, has an office in Vilnius.",
        "Yusuf Idris is the commander of the Niger bombing wing.",
        "The minister for peace talks, Amina Diallo, has a staff of four.",
        # What a law, a role or an aim is
        "The charter did give our Tuareg brothers a chance to build a region of their own.",
        "The aim of the garrison in Agadez is to keep the roads safe.",
        "The constitution allows the president of Niger two terms.",
        "The accord provides for a joint force in Menaka.",
        # Background without an act
        "Kidal has always been the heart of the north, and its mines are rich.",
        "The province of Tahoua is home to Hausa and Tuareg farmers.",
        # Talk that says nothing, accidents, sport
        "The spokesman in Niamey declined to comment.",
        "The Nigerian ministry would not confirm the report.",
        "A landslide near Jos killed nine people.",
        "Ghana crushed Togo by four goals in Lomé.",
        "Would the army in Bamako fire on its own people?",
    ],
)
def test_no_act_is_read(types, sentence):
    assert types(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ('"We are waiting for the envoy to visit Gao," the governor told reporters.', "CONSULT"),
        ("The prime minister called for the capture of Hodeidah.", "ASSAULT"),
        ("The rebels threatened to bomb the bridge at Kona.", "ASSAULT"),
        ("The premier promised that the troops would leave Kirkuk.", "RETREAT"),
        ("Moscow denied that it had bombed the clinic in Idlib.", "ASSAULT"),
        ("The goal of the operation that the army launched in Sinjar is to restore order.", "COERCE"),
        ("Parliament will vote next week on sending soldiers to Mali.", "MOBILIZE"),
        ("The court ordered that the referendum be stopped.", "VOTE"),
        ("The minister warned: those who break the city break the peace.", "ASSAULT"),
        ("Analysts fear that the militia will attack Aden.", "ASSAULT"),
    ],
)
def test_what_is_only_spoken_of_is_not_taken_for_done(types, sentence, never):
    assert never not in types(sentence)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Ankara said it would not lift its veto.", "REJECT"),
        ("The rebels will not lay down their arms, their commander said.", "REJECT"),
        ("Germany is ready to train the Iraqi police.", "AGREE"),
        ("Chad promised to investigate the killings.", "AGREE"),
        ("The Kenyan president ordered the withdrawal of his troops from Kismayo.", "RETREAT"),
        ("Berlin wants Ankara to free the journalist.", "REQUEST"),
        ("Sudan and Ethiopia restored diplomatic relations.", "SUPPORT"),
        ("Two officers were charged with murder in Dakar.", "ACCUSE"),
        ("Italy sent soldiers to Beirut to protect the camp.", "AID"),
        ("The convoy came under fire near Baidoa on Sunday.", "ASSAULT"),
        ("Teachers in Abuja called off their strike.", "CONCEDE"),
        ("Militants captured four soldiers near Diffa.", "ASSAULT"),
    ],
)
def test_the_words_beside_a_verb_decide(types, sentence, kind):
    assert kind in types(sentence)
