"""Spellings of place names brought together, for looking up only, never for showing.

Three strengths, each built on the one before:

* `plain`: case, accents, apostrophes, hyphens and dots off. Two equal plain forms are the same spelling.
* `fold`: also the Arabic article, ``-ah``/``-a`` and the usual romanisation variants
  (Sulaymaniyah, Sulaimaniya, Sulaymaniyya). This is the key in the gazetteer.
* `romanise`: native script to Latin letters first, for names that are stored in one script and asked for in another.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Marks that may go without changing which word it is. Vowel signs of Indic scripts are marks
# too, but there they are the word: so ranges, not the category Mn.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = dict.fromkeys(
    map(
        ord,
        "'`´\u2018\u2019\u201a\u201b\u02b0\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u2032\u2033\"\u201c\u201d\u201e",
    )
)
_LETTERS = str.maketrans(
    {
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ə": "e", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "ng",
        # Persian, Kurdish and Urdu forms of Arabic letters
        "ی": "ي", "ى": "ي", "ێ": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ە": "ه", "ة": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه",
        "ۆ": "و", "ڕ": "ر", "ڵ": "ل", "گ": "ك", "ڤ": "ف", "پ": "ب", "چ": "ج", "ٱ": "ا",
    }
)  # fmt: skip
_ASCII = {code: None if chr(code) in "'`\"" else " " for code in range(128) if not chr(code).isalnum()}
_INITIAL = re.compile(r"(?<!\w)(\w)\.")  # the dots of "U.S." join, that of "St. Louis" parts
_NOT_WORD = re.compile(
    r"(?:[^\w\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f]|_)+"
)  # Indic and Burmese vowel signs are no \w

_ARTICLES = frozenset({"al", "el"})
# The article before a "sun letter" takes that letter: ash-Sharqat, as-Sulaymaniyah, Deir ez-Zor.
_SUN_ARTICLES = {
    "ad": "d", "adh": "dh", "an": "n", "ar": "r", "as": "s", "ash": "sh", "at": "t", "ath": "th", "az": "z",
    "ed": "d", "en": "n", "er": "r", "es": "s", "esh": "sh", "et": "t", "ez": "z",
}  # fmt: skip
_ARABIC_ARTICLE = "ال"
_VOWELS = (("oo", "u"), ("ou", "u"), ("ee", "i"), ("ai", "ay"), ("ei", "ay"), ("ey", "ay"))
_DOUBLE = re.compile(r"([a-z])\1+")
_SHORTEST_FUSED = 7  # "Alhawija" is al-Hawija, "Alaska" no al-Aska
_SHORTEST_STEM = 3  # "Ah" and "Uta" keep their h: shorter stems say too little

_UNITS = {
    "governorate": "province", "governate": "province", "muhafazah": "province", "muhafazat": "province",
    "mohafazah": "province", "province": "province", "state": "province", "oblast": "province", "wilayat": "province",
    "wilaya": "province", "region": "province", "department": "province", "prefecture": "province",
    "autonomous region": "province", "republic": "province", "krai": "province", "voivodeship": "province",
    "district": "district", "districts": "district", "county": "district", "raion": "district", "rayon": "district",
    "qada": "district", "qadaa": "district", "subdistrict": "district", "sub district": "district",
    "nahiya": "district", "nahiyah": "district", "municipality": "district", "territory": "district",
    "township": "district", "division": "district", "commune": "district", "cercle": "district", "woreda": "district",
    "tehsil": "district", "locality": "district", "urban hromada": "district", "hromada": "district",
    "city": "settlement", "town": "settlement", "village": "settlement",
}  # fmt: skip
_UNIT_AFTER = re.compile(rf"^(?P<core>.+?) (?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})$")
_UNIT_BEFORE = re.compile(
    rf"^(?:the )?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?: of)? (?P<core>.+)$"
)


def plain(name: str) -> str:
    """Take case, accents, apostrophes, hyphens, dots and needless space off a name.

    Native script stays native. A string that holds a letter or a digit never becomes empty.
    """
    text = name.casefold()
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_LETTERS)
        text = unicodedata.normalize("NFC", text).casefold().translate(_APOSTROPHES)
    if "." in text:
        text = _INITIAL.sub(r"\1", text)
    text = " ".join(text.translate(_ASCII).split()) if text.isascii() else _NOT_WORD.sub(" ", text).strip()
    return text or name.strip().casefold()


def fold(name: str) -> str:
    """Bring the spellings of one name together: the key under which the gazetteer files it.

    Idempotent; never empties a string that holds a letter. Native script stays native:
    see `romanise` for the other way to look it up.
    """
    return fold_plain(plain(name))


def fold_plain(text: str) -> str:
    """Fold what `plain` returned, so that who needs both pays once."""
    if " " not in text:
        return _fold_word(text)
    kept = _without_articles([_fold_word(word) for word in text.split()])
    while len(kept) > 1 and kept[0] == "the":
        kept = kept[1:]
    return " ".join(kept)


def joined_otherwise(name: str) -> str:
    """Return a name with its parts joined as others write it, or "": "Pétionville" for Pétion-Ville, "Hawija" for Alhawija."""
    if "-" in name and " " not in name:
        return name.replace("-", "")
    word = plain(name)
    fused = is_latin(name) and word.startswith("al") and " " not in word and len(word) >= _SHORTEST_FUSED
    return word[2:] if fused else ""


def romanise(name: str) -> str:
    """Write a name in Latin letters, letter by letter; Latin names come back without accents."""
    return anyascii(name)


def readable(name: str) -> str:
    """Take accents and apostrophes off a Latin name, but keep its case, hyphens and spaces: for showing it."""
    if not is_latin(name):
        return name
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", name)).translate(_APOSTROPHES)
    shown = " ".join((bare if bare.isascii() else anyascii(bare)).split())
    return shown[:1].upper() + shown[1:] or name


def article_free(name: str) -> str:
    """Return the plain form without articles and final h.

    It lies between `plain` and `fold`, and tells a near match from a far one.
    """
    return " ".join(map(_without_final_h, _without_articles(plain(name).split())))


def split_unit(name: str) -> tuple[str, str]:
    """Split "Kirkuk Governorate" or "district of Hawija" into the name proper and what it is a unit of.

    Returns
    -------
    core, unit
        The plain name proper, and "province", "district", "settlement", or "" when no such word stands there.
    """
    text = plain(name)
    match = _UNIT_AFTER.match(text) or _UNIT_BEFORE.match(text)
    if match is None:
        return text, ""
    return match["core"], _UNITS[match["unit"]]


def is_latin(name: str) -> bool:
    """Whether all letters of a name are Latin ones."""
    return name.isascii() or all(
        char < "\u0250" or "\u1e00" <= char <= "\u1eff" or not char.isalpha() or "\u02b0" <= char <= "\u02ff"
        for char in name
    )


def _is_article(word: str, following: str) -> bool:
    return word in _ARTICLES or ((sun := _SUN_ARTICLES.get(word)) is not None and following.startswith(sun))


def _without_articles(words: list[str]) -> list[str]:
    """Leave out articles that stand before a word; from the end, so that one before an article goes too."""
    kept: list[str] = []
    for word in reversed(words):
        if not (kept and _is_article(word, kept[-1])):
            kept.append(word)
    return kept[::-1]


def _without_final_h(word: str) -> str:
    if len(word) > _SHORTEST_STEM and word.endswith(("ah", "eh")):
        return word[:-2] + "a"
    return word


@lru_cache(maxsize=300_000)
def _fold_word(word: str) -> str:
    if not word.isascii():
        if word.startswith(_ARABIC_ARTICLE) and len(word) > len(_ARABIC_ARTICLE) + 1:
            # "ال" twice at the start does happen, and must fold to the same as once
            return _fold_word(word[len(_ARABIC_ARTICLE) :])
        return word
    before = ""
    while before != word:
        before = word
        word = _without_final_h(word)
        for variant, one in _VOWELS:
            word = word.replace(variant, one)
        word = _DOUBLE.sub(r"\1", word)
        if len(word) > _SHORTEST_STEM + 1 and word.endswith("iya"):
            word = word[:-3] + "ia"
    return word
