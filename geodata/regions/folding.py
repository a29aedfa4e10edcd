"""Compare region names without regard to case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(?:al|el|ad|an|as|ash|at|az|ar|the)\s+")


def fold(name: str) -> str:
    """Key of a name: equal keys mean the same name (``Al-Anbār`` and ``anbar``)."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    for mark in "'’‘ʻʼ`":
        bare = bare.replace(mark, "")
    words = _NOT_WORD.sub(" ", bare.casefold()).strip()
    return _ARTICLE.sub("", words) or words
