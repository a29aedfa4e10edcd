"""Bytes to text: which encoding, and whether anything was lost."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

from geodata.reading.languages import language_of

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings that news still comes in. Left to itself, charset-normalizer also offers those of old
# mainframes and Macintoshes, and takes them for real on short texts.
_OLD = ("cp1252", "cp1251", "cp1256", "cp1254", "cp1250", "cp1255", "cp1253", "koi8_r", "iso8859_6")
_LATIN = frozenset({"cp1252", "cp1250", "cp1254"})
_CENTRAL_EUROPEAN = frozenset({"cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"})
# What pages call Latin-1 is Windows-1252 in truth (WHATWG Encoding Standard).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_SAMPLE = 65_536  # bytes
_FEW_ERRORS = 0.02  # of the characters outside ASCII
_SPLIT = 3  # errors that one byte too many makes at most, when it splits a character
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and how many characters could not be read (U+FFFD)."""

    text: str
    encoding: str
    lost: int = 0


def decode(data: bytes, *, declared: str = "") -> Decoded:
    """Decode bytes of unknown origin. Never fails: what cannot be read becomes U+FFFD.

    Parameters
    ----------
    data
        The bytes of a text; whether they are one is for `geodata.sources.kinds` to tell.
    declared
        What the server or the page says about the encoding; believed when it fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data, encoding)
    wide = _wide(data)
    if wide:
        return _replacing(data, wide)
    for encoding in (_codec(declared), "utf-8"):
        strict = _strict(data, encoding)
        if strict is not None:
            return strict
    # One broken byte in a UTF-8 text must not turn all others into mojibake.
    damaged = _replacing(data, "utf-8")
    foreign = sum(not letter.isascii() for letter in damaged.text)
    if damaged.lost <= max(_SPLIT, int(_FEW_ERRORS * foreign)) and foreign > _SPLIT * damaged.lost:
        return damaged
    return _replacing(data, _old_encoding(data[:_SAMPLE]))


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name if name else ""
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(found, found)


def _strict(data: bytes, encoding: str) -> Decoded | None:
    if not encoding:
        return None
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeError, LookupError, ValueError):  # LookupError: no encoding of text, like "zip"
        return None


def _replacing(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _wide(data: bytes) -> str:
    """Tell UTF-16 without a mark by its zero bytes, all of which stand on one side."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half == 0 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > _HALF * half and even == 0:
        return "utf-16-le"
    if even > _HALF * half and odd == 0:
        return "utf-16-be"
    return ""


def _old_encoding(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=list(_OLD)).best()
    encoding = best.encoding if best is not None else "cp1252"
    if encoding not in _LATIN:
        return encoding
    # The Latin ones differ in a few letters only; the language tells them apart.
    if language_of(sample.decode("cp1254", "replace")) == "tr":
        return "cp1254"
    if language_of(sample.decode("cp1250", "replace")) in _CENTRAL_EUROPEAN:
        return "cp1250"
    return "cp1252"
