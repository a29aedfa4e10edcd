"""Compare region names without regard to case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(?:al|el|ad|an|as|ash|at|az|ar|the)\s+")

_KIND = re.compile(
    r"^(?:the\s+)?(?:state|province|governorate|region|muhafazat|provincia|wilaya|mkoa|kaunti)\s+(?:of|de|di|du|ya|wa)?\s*"
    r"|\s+(?:governorate|province|region|state|district|county|oblast|department|prefecture|municipality|"
    r"administrative region|regional state|voivodeship|oblysy)$",
    re.IGNORECASE,
)


def fold(name: str) -> str:
    """Key of a name: equal keys mean the same name (``Al-Anbār`` and ``anbar``)."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    for mark in "'’‘ʻʼ`":
        bare = bare.replace(mark, "")
    words = _NOT_WORD.sub(" ", bare.casefold()).strip()
    return _ARTICLE.sub("", words) or words


def plain(name: str) -> str:
    """Return the name without the word for its kind: ``Kirkuk Governorate`` -> ``Kirkuk``."""
    return _KIND.sub("", name.strip()).strip() or name.strip()
