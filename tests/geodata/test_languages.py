from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.reading.languages import language_name, language_of, language_problem

steady = settings(deadline=None)  # the machine may be busy, and models load at first use

SENTENCES = {
    "en": "Iraqi forces entered Kirkuk on Monday after the Peshmerga withdrew from the city.",
    "ar": "دخلت القوات العراقية مدينة كركوك يوم الاثنين بعد انسحاب البيشمركة",
    "fa": "نیروهای عراقی روز دوشنبه پس از عقب‌نشینی پیشمرگه وارد شهر کرکوک شدند",
    "ku": "هێزەکانی عێراق ڕۆژی دووشەممە دوای کشانەوەی پێشمەرگە چوونە ناو شاری کەرکووکەوە",
    "ru": "Иракские войска вошли в Киркук в понедельник после отхода пешмерга",
    "uk": "Іракські війська увійшли до Кіркука в понеділок після відходу пешмерга",
    "tr": "Irak güçleri, peşmergenin çekilmesinin ardından pazartesi günü Kerkük'e girdi",
    "fr": "Les forces irakiennes sont entrées à Kirkouk lundi après le retrait des peshmergas",
    "he": "כוחות עיראקיים נכנסו לעיר כירכוכ ביום שני",
    "de": "Irakische Truppen rückten am Montag in Kirkuk ein, nachdem sich die Peschmerga zurückgezogen hatten",
    "es": "Las fuerzas iraquíes entraron en Kirkuk el lunes tras la retirada de los peshmerga",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_one_sentence_is_enough(code):
    assert language_of(SENTENCES[code]) == code


def test_kurdish_in_latin_letters():
    assert language_of("Hêzên Iraqê roja duşemê piştî vekişîna pêşmergeyan ketin bajarê Kerkûkê") == "ku"


@pytest.mark.parametrize(
    "text",
    [
        "MOSCOW, October 23. /TASS/. Russia backs Iraq's territorial integrity, Foreign Minister Sergey Lavrov said.",
        "KIRKUK, Iraq (AP) — Peshmerga fighters left Tuz Khurmatu and Altun Kupri overnight, residents said.",
        "IRAQI FORCES ENTERED KIRKUK ON MONDAY AFTER THE PESHMERGA WITHDREW.",
    ],
)
def test_english_full_of_foreign_names_is_english(text):
    assert language_of(text) == "en"


def test_a_line_made_of_names_is_never_taken_for_another_language():
    assert language_of("Haider al-Abadi met Masoud Barzani in Erbil. Hashd al-Shaabi left Kirkuk and Sinjar.") in {
        "",
        "en",
    }


@pytest.mark.parametrize("text", ["", " \n", "Kirkuk", "1234 5678 90 / 11. 12.", "OK", "🙂" * 100])
def test_too_little_to_tell(text):
    assert language_of(text) == ""


@steady
@given(st.text(max_size=200))
def test_any_text_gives_a_code_with_a_name(text):
    code = language_of(text)
    assert code == "" or language_name(code) != code


def test_what_is_said_of_a_language_that_is_not_read():
    assert language_problem("ar") == (
        "This article is in Arabic, which is not read yet: its place names are looked up, events are not."
    )
    assert language_problem("en") == ""
    assert language_problem("") == ""


def test_a_long_text_takes_no_longer():
    language_of(SENTENCES["en"])
    start = time.perf_counter()
    assert language_of(SENTENCES["ar"] * 3000) == "ar"
    assert time.perf_counter() - start < 30  # a guard against a hang, ten times what it takes


def test_importing_loads_neither_the_model_nor_spacy():
    code = "import sys, geodata.reading.languages; print(sorted({'py3langid', 'spacy', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
