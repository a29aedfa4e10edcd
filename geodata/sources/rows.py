"""Rows of articles in JSON lines and CSV: what each line says, and what is wrong with it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.errors import SourceError
from geodata.event import Problem
from geodata.sources.dates import parse_published
from geodata.sources.text import web_address

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

TEXT_COLUMNS = ("text", "body", "content", "article", "notes")

# Names that other programs use for the same thing (ACLED, feed readers, spreadsheets).
_ALSO = {
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publication_date", "event_date"),
    "url": ("url", "link", "address", "source_url"),
    "source": ("source", "publisher", "sitename"),
}
_LONGEST_FIELD = 10_000_000  # characters; the csv module stops at 131,072, less than one long article
_LONGEST_HEADER = 100_000  # characters
_MOST_COLUMNS_SHOWN = 12
_SHOWN = 40  # characters

# A setting of the whole process, because the csv module has no other.
csv.field_size_limit(_LONGEST_FIELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article of a file, unread; `notes` are clauses about values that were left out."""

    line: int
    text: str
    title: str = ""
    url: str = ""
    source: str = ""
    published: dt.date | None = None
    notes: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Where the row stands, to begin a sentence with."""
        return f"Line {self.line}"


def looks_like_json_lines(text: str) -> bool:
    """Tell whether the first line is a JSON object."""
    first = text.lstrip().partition("\n")[0].strip()
    if not first.startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def rows_of_json(text: str) -> tuple[list[Row], list[Problem]]:
    """Read JSON lines, or one JSON array or object over several lines (line numbers then count its items)."""
    items, problems = _json_items(text.replace("\0", " "))
    rows: list[Row] = []
    for line, item in items:
        if not isinstance(item, dict):
            problems.append(Problem(f"Line {line}: this is no object with a “text”."))
            continue
        values = {str(key).strip().lower(): value for key, value in item.items()}
        body = next((values[name] for name in TEXT_COLUMNS if isinstance(values.get(name), str)), None)
        if body is None:
            found = _listed(str(key) for key in item)
            problems.append(
                Problem(f"Line {line}: there is no “text” ({f'found: {found}' if item else 'the object is empty'}).")
            )
            continue
        rows.append(_row(line, body, values))
    return rows, problems


def _json_items(text: str) -> tuple[list[tuple[int, Any]], list[Problem]]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if lines and (lines[0][1].lstrip().startswith("[") or lines[0][1].strip() == "{"):
        try:
            whole = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            pass
        else:
            return list(enumerate(whole if isinstance(whole, list) else [whole], start=1)), []
    items: list[tuple[int, Any]] = []
    problems: list[Problem] = []
    for number, line in lines:
        try:
            items.append((number, json.loads(line, strict=False)))
        except json.JSONDecodeError as error:
            problems.append(Problem(f"Line {number}: this is no JSON (column {error.colno})."))
        except (ValueError, RecursionError):
            problems.append(Problem(f"Line {number}: this is no JSON that can be read."))
    return items, problems


def rows_of_csv(text: str) -> tuple[list[Row], list[Problem]]:
    """Read a table with a header.

    Raises
    ------
    SourceError
        If there is no header, or none of its columns holds the text; names what was found.
    """
    reader = csv.reader(io.StringIO(text.replace("\0", " "), newline=""), delimiter=_delimiter(text))
    rows: list[Row] = []
    problems: list[Problem] = []
    header: list[str] = []
    line = 1
    while True:
        line = reader.line_num + 1  # a field may hold line breaks, so a row begins where the last one ended
        try:
            cells = next(reader, None)
        except csv.Error:
            problems.append(Problem(f"Line {line}: a field is too long or broken, so the rest was not read."))
            break
        if cells is None:
            break
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip().lower() for cell in cells]
            body_column = _text_column(header)
            continue
        values = dict(zip(header, cells, strict=False))
        body = values.get(body_column, "")
        if not body.strip():
            problems.append(Problem(f"Line {line}: the column “{body_column}” is empty."))
            continue
        rows.append(_row(line, body.replace("\r\n", "\n"), values))
    if not header:
        msg = "The table is empty: it needs a header with a column “text”."
        raise SourceError(msg)
    return rows, problems


def _delimiter(text: str) -> str:
    header = text[:_LONGEST_HEADER].lstrip().partition("\n")[0]
    return max(",;\t|", key=header.count)


def _text_column(header: list[str]) -> str:
    found = next((name for name in TEXT_COLUMNS if name in header), None)
    if found is None:
        msg = (
            f"The table has no column “text” (nor {', '.join(f'“{name}”' for name in TEXT_COLUMNS[1:-1])} or "
            f"“{TEXT_COLUMNS[-1]}”); its columns are: {_listed(header)}."
        )
        raise SourceError(msg)
    return found


def _row(line: int, body: str, values: Mapping[str, object]) -> Row:
    def value(field: str) -> str:
        found = (values.get(name) for name in _ALSO[field])
        return next((str(one).strip() for one in found if isinstance(one, str | int) and str(one).strip()), "")

    notes: list[str] = []
    published = None
    if value("published"):
        try:
            published = parse_published(value("published"))
        except ValueError as error:
            notes.append(f"the date of publication “{_short(value('published'))}” {error} and was left out.")
    url = web_address(value("url"))
    if value("url") and not url:
        notes.append(f"the address “{_short(value('url'))}” is no web address and was left out.")
    return Row(
        line=line,
        text=body,
        title=value("title"),
        url=url,
        source=value("source"),
        published=published,
        notes=tuple(notes),
    )


def _short(value: str) -> str:
    clean = " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
    return clean if len(clean) <= _SHOWN else clean[:_SHOWN] + "…"


def _listed(names: Iterable[str]) -> str:
    shown = [f"“{_short(name)}”" for name in names]
    if len(shown) > _MOST_COLUMNS_SHOWN:
        shown = [*shown[:_MOST_COLUMNS_SHOWN], f"and {len(shown) - _MOST_COLUMNS_SHOWN} more"]
    return ", ".join(shown)
