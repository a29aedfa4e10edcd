"""An article from text: pasted, or taken out of a file or a page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geodata.article import MAX_CHARACTERS, Article
from geodata.errors import ArticleError
from geodata.reading.languages import language_of
from geodata.sources.dates import find_published
from geodata.sources.kinds import looks_binary

if TYPE_CHECKING:
    import datetime as dt

# Control characters except tab and line breaks, halves of surrogate pairs, and the byte order
# mark. Each becomes one other character, so that offsets into the text stay right.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_HALF_PAIR = re.compile(r"[\ud800-\udfff]")
_MOST_REPEATS = 100
_LONGEST_TITLE = 500  # characters
_LONGEST_ADDRESS = 2_000  # characters
_SHOWN = 40  # characters


def article_from_text(
    text: str,
    *,
    title: str = "",
    url: str = "",
    source: str = "",
    published: dt.date | None = None,
    in_metadata: dt.date | None = None,
    language: str = "",
    today: dt.date | None = None,
) -> Article:
    """Make an article of a text.

    Parameters
    ----------
    text
        The body; kept as it is, but for control characters, which become spaces.
    title, url, source
        As known; an address that is not http(s) is left out, for it will become a link.
    published
        Day of publication as the user or the file gives it (UTC).
    in_metadata
        Day of publication as the page's markup gives it (UTC).
    language
        ISO 639-1 code when it is known; found out otherwise.
    today
        The present day (UTC).

    Raises
    ------
    ArticleError
        If there is no text, too much, one line over and over, or no text but bytes.
    """
    body = clean(text)
    _check_repetition(body)
    if looks_binary(text):
        msg = "This is not readable text: paste or upload the words of the article."
        raise ArticleError(msg)
    if body.strip() and not any(letter.isalpha() for letter in body):
        msg = "The text holds no words: paste or upload an article."
        raise ArticleError(msg)
    title = one_line(title)
    found = find_published(body, title=title, url=url, given=published, metadata=in_metadata, today=today)
    return Article(
        text=body,
        title=title,
        url=web_address(url),
        source=one_line(source),
        language=language or (language_of(body) if len(body) <= MAX_CHARACTERS else ""),
        published=found.date,
        published_basis=found.basis,
    )


def clean(text: str) -> str:
    """Replace what no article holds, character by character, so that offsets stay right."""
    return _HALF_PAIR.sub("\ufffd", _CONTROL.sub(" ", text))


def one_line(text: str, longest: int = _LONGEST_TITLE) -> str:
    """Return a title or a name as one line of printable characters."""
    return " ".join(clean(text[: 10 * longest]).split())[:longest]


def web_address(url: str) -> str:
    """Return an address if it is http(s) and can stand as a link, else ""."""
    stripped = url.strip()
    if len(stripped) > _LONGEST_ADDRESS or any(letter.isspace() or not letter.isprintable() for letter in stripped):
        return ""
    try:
        parts = urlsplit(stripped)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        return ""
    return stripped if usable else ""


def _check_repetition(text: str) -> None:
    """Refuse a text that is one line over and over: reading it would take minutes and give noise."""
    if len(text) > 100 * MAX_CHARACTERS:
        return  # too long in any case
    lines = [line for line in (line.strip() for line in text.splitlines()) if line]
    if len(lines) <= _MOST_REPEATS:
        return
    line, count = Counter(lines).most_common(1)[0]
    if count > _MOST_REPEATS and 2 * count > len(lines):
        shown = line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
        msg = f"The text repeats one line {count:,} times (“{shown}”): keep it once and try again."
        raise ArticleError(msg)
