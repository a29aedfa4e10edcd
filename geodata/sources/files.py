"""Articles from an uploaded file: .txt, .html, .jsonl and .csv, by content as well as by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from geodata.article import article_id
from geodata.errors import ConflictmapError, SourceError
from geodata.event import Problem
from geodata.sources.encoding import Decoded, decode
from geodata.sources.html import article_from_html
from geodata.sources.kinds import looks_binary, looks_like_html, what_it_is
from geodata.sources.rows import Row, looks_like_json_lines, rows_of_csv, rows_of_json
from geodata.sources.text import article_from_text, clean

if TYPE_CHECKING:
    from geodata.article import Article

MAX_TEXT_BYTES = 5_000_000  # of a file that is one article
MAX_TABLE_BYTES = 50_000_000  # of a file that holds many

_TEXT = frozenset({"", ".txt", ".text", ".md", ".log", ".eml"})
_PAGE = frozenset({".html", ".htm", ".xhtml"})
_LINES = frozenset({".jsonl", ".ndjson", ".json"})
_TABLE = frozenset({".csv", ".tsv"})
_MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file gave: articles, each once, and what could not be taken."""

    articles: list[Article] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def articles_from_file(name: str, data: bytes) -> Loaded:
    """Take the articles out of a file.

    A .txt or .html file is one article. A .jsonl file has one object a line with ``text`` and, if
    known, ``title``, ``published``, ``url`` and ``source``; a .csv file has these as columns.

    Parameters
    ----------
    name
        The file's name; only its ending counts, and less than the content does.
    data
        The file.

    Returns
    -------
    Loaded
        Good lines load when others do not; problems name the lines.

    Raises
    ------
    SourceError
        If the file as a whole is of no use: empty, too large, no text, without the needed columns.
    ArticleError
        If its single article cannot be taken.
    """
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    _check_bytes(data, many=ending in _LINES | _TABLE)
    decoded = decode(data)
    if looks_binary(decoded.text):
        msg = "This is no text file: save it as text, or paste the text."
        raise SourceError(msg)
    problems = _problems_of_decoding(decoded)
    text = decoded.text.removeprefix("\ufeff")
    if ending in _LINES or (ending in _TEXT and looks_like_json_lines(text)):
        return _collected(*rows_of_json(text), problems)
    if ending in _TABLE:
        if looks_like_html(text):
            msg = "This is a web page, not a table: save the table itself as CSV."
            raise SourceError(msg)
        return _collected(*rows_of_csv(text), problems)
    if ending in _PAGE or looks_like_html(text):
        if looks_like_html(text) or "<" in text:
            return Loaded([article_from_html(data)], problems)
        problems.append(Problem("The file holds no markup: it was read as plain text."))
    elif ending not in _TEXT:
        problems.append(Problem(f"Files ending in {ending[:12]} are not known here: it was read as plain text."))
    return Loaded([article_from_text(text.replace("\r\n", "\n").replace("\r", "\n"))], problems)


def _check_bytes(data: bytes, *, many: bool) -> None:
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        msg = "The file is empty."
        raise SourceError(msg)
    kind = what_it_is(data)
    if kind:
        msg = f"This is {kind}: save it as text, or paste the text."
        raise SourceError(msg)
    most = MAX_TABLE_BYTES if many else MAX_TEXT_BYTES
    if len(data) > most:
        msg = f"The file has {len(data) / 1_000_000:.1f} MB and at most {most // 1_000_000} MB are read: split it."
        raise SourceError(msg)


def _problems_of_decoding(decoded: Decoded) -> list[Problem]:
    if not decoded.lost:
        return []
    some = "One character" if decoded.lost == 1 else f"{decoded.lost:,} characters"
    return [Problem(f"{some} could not be read (taken to be {decoded.encoding}); “\ufffd” stands in their place.")]


def _collected(rows: list[Row], of_rows: list[Problem], of_file: list[Problem]) -> Loaded:
    """Make articles of rows, each text once."""
    articles: dict[str, Article] = {}
    problems = [*of_file]
    per_line: list[Problem] = [*of_rows]
    repeats: list[int] = []
    for row in rows:
        if article_id(clean(row.text)) in articles:
            repeats.append(row.line)
            continue
        try:
            article = article_from_text(
                row.text, title=row.title, url=row.url, source=row.source, published=row.published
            )
        except ConflictmapError as error:
            per_line.append(Problem(f"{row.where}: {_as_clause(error)}"))
            continue
        per_line.extend(Problem(f"{row.where}: {note}") for note in row.notes)
        articles[article.id] = article
    if not articles:
        first = f" {per_line[0].message}" if per_line else ""
        msg = f"No article could be taken from the file.{first}"
        raise SourceError(msg)
    problems.extend(per_line[:_MOST_PROBLEMS])
    if len(per_line) > _MOST_PROBLEMS:
        problems.append(Problem(f"{len(per_line) - _MOST_PROBLEMS:,} more lines have problems like these."))
    if repeats:
        problems.append(Problem(_on_repeats(repeats)))
    return Loaded(list(articles.values()), problems)


def _on_repeats(lines: list[int]) -> str:
    if len(lines) == 1:
        return f"Line {lines[0]} repeats an article of this file, which counts once."
    shown = ", ".join([*(str(line) for line in lines[:5]), *["…"][: len(lines[5:])]])
    return f"{len(lines):,} lines repeat articles of this file, which count once (lines {shown})."


def _as_clause(error: Exception) -> str:
    message = str(error)
    return message[:1].lower() + message[1:]
