"""The pictures' fonts: Source Sans as on the screen, and DejaVu Sans for scripts that it lacks.

Both come along (Source Sans under the SIL Open Font License, DejaVu with matplotlib), so that every machine draws
the same. Source Sans has Latin, Greek and Cyrillic. A text with anything else is written in DejaVu as a whole, which
has Arabic (with Kurdish and Persian), Hebrew, Armenian and Georgian too; matplotlib shapes and turns right-to-left
text itself. What both lack (Chinese, most emoji) is left out, and said.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.textpath import text_to_path

_FILES = {
    "regular": "SourceSansPro-Regular.ttf",
    "bold": "SourceSansPro-Semibold.ttf",
    "italic": "SourceSansPro-It.ttf",
}
_OTHER = "other "  # before a weight: the same in the font that has more scripts
_OTHER_FILES = {"regular": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf", "italic": "DejaVuSans-Oblique.ttf"}
_OTHER_SIZE = 0.9  # its letters are so much larger at the same size
PX = 0.72  # points of a pixel: pictures are 100 pixels to the inch
_JOINERS = "\u200c\u200d"  # Arabic and Persian spelling needs them
_LINE_SEPARATORS = "\u2028\u2029"


def _path(weight: str) -> Path:
    if weight.startswith(_OTHER):
        return Path(mpl.get_data_path()) / "fonts" / "ttf" / _OTHER_FILES[weight.removeprefix(_OTHER)]
    return Path(__file__).parent / "typefaces" / _FILES[weight]


@cache
def font(weight: str, size: float) -> FontProperties:
    """Return a font; `weight` is regular, bold or italic, `size` in pixels. Shared: not to be changed."""
    size = size * _OTHER_SIZE if weight.startswith(_OTHER) else size
    return FontProperties(fname=_path(weight), size=size * PX)


@cache
def _letters(weight: str) -> frozenset[int]:
    return frozenset(get_font(_path(weight)).get_charmap())


@lru_cache(maxsize=20_000)
def weight_for(text: str, weight: str) -> str:
    """Return the weight in the font that can write a text as a whole; what `font` and `width` are given for it."""
    if weight.startswith(_OTHER) or all(ord(sign) in _letters(weight) for sign in text):
        return weight
    return _OTHER + weight


@lru_cache(maxsize=20_000)
def width(text: str, weight: str, size: float) -> float:
    """Return how wide a line of text is, in pixels."""
    if not text:
        return 0.0
    chosen = font(weight_for(text, weight), size)
    wide, _, _ = text_to_path.get_text_width_height_descent(text, chosen, ismath=False)
    return float(wide) / PX


def drawable(text: str, weight: str = "regular") -> tuple[str, int]:
    """Return text as one line of what a font can draw, and the number of signs left out.

    Signs that steer (line ends, direction marks) are no text in a picture and are not counted.
    """
    kept, left_out = [], 0
    text = unicodedata.normalize("NFC", text)
    letters, others = _letters(weight), _letters(_OTHER + weight)
    if any(ord(sign) in others and ord(sign) not in letters for sign in text if sign.isprintable()):
        letters = others
    for sign in text:
        if sign.isspace() or sign in _LINE_SEPARATORS:
            kept.append(" ")
        elif unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Cn", "Co"} and sign not in _JOINERS:
            continue
        elif unicodedata.category(sign) == "Mn" and ord(sign) not in letters:
            continue  # how the sign before it is to be shown
        elif ord(sign) in letters:
            kept.append(sign)
        else:
            left_out += 1
            kept.append(" ")
    return " ".join("".join(kept).split()), left_out


def wrapped(text: str, weight: str, size: float, *, wide: float, lines: int) -> list[str]:
    """Break text into lines of at most `wide` pixels; of more than `lines` lines the last ends with an ellipsis."""
    words = [piece for word in text.split() for piece in _pieces(word, weight, size, wide)]
    made: list[str] = []
    line = ""
    for number, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if width(longer, weight, size) <= wide:
            line = longer
            continue
        if len(made) + 1 == lines:
            return [*made, _cut(" ".join([line, *words[number:]]), weight, size, wide)]
        made.append(line)
        line = word
    return [*made, line] if line else made


def _pieces(word: str, weight: str, size: float, wide: float) -> list[str]:
    """Break a word that fits in no line."""
    pieces = []
    while width(word, weight, size) > wide and len(word) > 1:
        share = wide / width(word, weight, size)
        fits = max(1, int(len(word) * share))
        while fits > 1 and width(word[:fits], weight, size) > wide:
            fits -= 1
        pieces.append(word[:fits])
        word = word[fits:]
    return [*pieces, word]


def _cut(text: str, weight: str, size: float, wide: float) -> str:
    """Return as much of a text as fits, with an ellipsis."""
    fits, too_long = 0, min(len(text), 400) + 1
    while too_long - fits > 1:
        length = (fits + too_long) // 2
        if width(text[:length].rstrip() + "…", weight, size) <= wide:
            fits = length
        else:
            too_long = length
    return text[:fits].rstrip() + "…"
