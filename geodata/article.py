"""An article: what was published, where and when, and how sure we are of the when."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from geodata.errors import ArticleError

if TYPE_CHECKING:
    import datetime as dt

# A long novel has about 600,000 characters; a text beyond this is no news article, and the
# language model needs about 1 kB of memory for each of its characters.
MAX_CHARACTERS = 200_000

_SPACE = re.compile(r"\s+")


class PublishedBasis(StrEnum):
    """How the date of publication is known, best first."""

    GIVEN = "given"  # by the user, the feed or the file
    METADATA = "metadata"  # in the page's own metadata
    ADDRESS = "address"  # written in the URL
    DATELINE = "dateline"  # day and month in the dateline, the year completed
    INFERRED = "inferred"  # worked out from dates in the text; may be wrong
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published text.

    Parameters
    ----------
    text
        The body. Offsets of mentions and events are characters of this string, as given.
    title, url, source, language
        `source` is the publisher's name; `language` an ISO 639-1 code, empty when unknown.
    published
        Date of publication (UTC), or None.
    published_basis
        How `published` is known.
    place
        Where it was written, when its source says so ("Kirkuk, Iraq"); usually empty.

    Raises
    ------
    ArticleError
        If there is no text, or more than `MAX_CHARACTERS`.
    """

    text: str
    title: str = ""
    url: str = ""
    source: str = ""
    language: str = ""
    published: dt.date | None = None
    published_basis: PublishedBasis = PublishedBasis.UNKNOWN
    place: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        """Check the text and derive the id."""
        if not self.text.strip():
            msg = "The article has no text: paste or upload some."
            raise ArticleError(msg)
        if len(self.text) > MAX_CHARACTERS:
            msg = (
                f"The text has {len(self.text):,} characters and at most {MAX_CHARACTERS:,} are read: "
                "split it into the articles it is made of."
            )
            raise ArticleError(msg)
        object.__setattr__(self, "id", article_id(self.text))


def article_id(text: str) -> str:
    """Return the id of an article with this text: the same text is the same article.

    White space and Unicode composition do not count, so a text that was pasted and the same
    text fetched from its address agree.

    Returns
    -------
    str
        16 hexadecimal digits of the SHA-256 of the normalised text.
    """
    normal = _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return hashlib.sha256(normal.encode("utf-8", "replace")).hexdigest()[:16]
