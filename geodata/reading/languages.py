"""In which language a text is written.

py3langid carries its model in its wheel, so nothing is ever downloaded. It is loaded when it
is first needed (about a second).
"""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

READ = frozenset({"en"})  # languages in which events are read

_LONG_ENOUGH = 20  # letters; a headline of two words is told apart by luck only
_ENOUGH = 2_000  # characters; more changes nothing but the time
_SURE = 0.6  # share of the probability; on single sentences of news the right one gets 0.74 to 1

# The model knows some languages by the code of a variety. Their probabilities are added up:
# an article in Modern Standard Arabic has some of its probability in Egyptian and Moroccan.
# Central Kurdish (Sorani) is known as its southern neighbour (sdh), which is hardly ever written.
_VARIETIES = {
    "arz": "ar", "ary": "ar", "sdh": "ku", "uzs": "uz", "hbo": "he", "grc": "el",
    "wuu": "zh", "yue": "zh", "pcm": "en", "nn": "no", "bs": "hr", "gug": "gn",
}  # fmt: skip

_NAMES = {
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian",
    "kk": "Kazakh", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "ms": "Malay", "my": "Burmese", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian",
    "om": "Oromo", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "tg": "Tajik", "th": "Thai", "tr": "Turkish",
    "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "yo": "Yoruba", "zh": "Chinese",
}  # fmt: skip

_LOADING = threading.Lock()


def language_of(text: str) -> str:
    """Tell the language of a text.

    Returns
    -------
    str
        ISO 639-1 code; empty when the text is too short to tell, or not clearly one language.
    """
    sample = text[:_ENOUGH]
    if sum(letter.isalpha() for letter in sample) < _LONG_ENOUGH:
        return ""
    with _LOADING:  # two threads would otherwise both load the model
        identifier = _identifier()
    shares: dict[str, float] = {}
    for code, share in identifier.rank(sample):
        language = _VARIETIES.get(code, code)
        shares[language] = shares.get(language, 0.0) + share
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _SURE and best in _NAMES else ""


def language_name(code: str) -> str:
    """Return the English name of a language, or its code when that has no name here."""
    return _NAMES.get(code, code)


def language_problem(code: str) -> str:
    """Say that a language is not read yet.

    Returns
    -------
    str
        One sentence; empty for a language that is read, and for an unknown one, which is taken
        to be English.
    """
    if not code or code in READ:
        return ""
    return (
        f"This article is in {language_name(code)}, which is not read yet: "
        "its place names are looked up, events are not."
    )


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - costs a second, only when needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
