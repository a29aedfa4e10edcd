"""Lines of JSON in, lines of JSON out, in the same order: `conflictmap read --jsonl`.

Every line that is not blank gives a line. One that cannot be read gives its id, empty lists and
the reason, so that nothing goes missing in silence.
"""

from __future__ import annotations

import json
import re
import traceback
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any

from geodata.article import Article, PublishedBasis
from geodata.errors import ConflictmapError, GazetteerError, ModelError, RegionError
from geodata.event import Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from geodata.reading.reader import Reader

# 200,000 characters, each written as \uXXXX\uXXXX, are 2.4 MB; this leaves room for many toponyms.
MAX_LINE_BYTES = 20_000_000

_NOT_THE_LINE = (ModelError, GazetteerError, RegionError)
_ID_IN_BROKEN_LINE = re.compile(rb'"id"\s*:\s*("(?:[^"\\]|\\.){0,200}"|-?[0-9]{1,18}(?=\s*[,}]))')
_LOOKED_AT = 10_000  # bytes of a broken line in which its id is looked for
_SHOWN = 40  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it came: its number, its bytes (without the end), and whether it was cut for length."""

    number: int
    data: bytes
    size: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a line became: the bytes to write, with what the summary counts."""

    out: bytes
    size: int
    toponyms: int = 0
    events: int = 0
    problems: int = 0
    failed: bool = False
    trace: str = ""  # of an error that nobody foresaw, for the log


class LineError(ConflictmapError):
    """A line cannot be read."""


def lines_of(file: IO[bytes]) -> Iterator[Line]:
    """Yield the lines that are not blank; of one that is too long only the beginning is kept."""
    number = 0
    while data := file.readline(MAX_LINE_BYTES + len(b"\r\n")):
        number += 1
        size = len(data)
        whole = data.endswith(b"\n") or size < MAX_LINE_BYTES + len(b"\r\n")
        cut = not whole or len(data.rstrip(b"\r\n")) > MAX_LINE_BYTES
        while not whole:
            rest = file.readline(MAX_LINE_BYTES)
            size += len(rest)
            whole = not rest or rest.endswith(b"\n")
        if number == 1:
            data = data.removeprefix(b"\xef\xbb\xbf")
        if data.strip():
            yield Line(number, data[:_LOOKED_AT] if cut else data, size, cut)


def read_line(reader: Reader, line: Line, *, given: bool = False) -> Answer:
    """Read one line.

    Parameters
    ----------
    reader
        What reads.
    line
        A JSON object with ``text`` and, if known, ``id``, ``title``, ``published``, ``url``,
        ``source``, ``toponyms``.
    given
        Resolve the spans of ``toponyms`` instead of finding place names; a line without that key
        is read as usual.

    Raises
    ------
    ModelError, GazetteerError, RegionError
        Never for a fault of the line.
    """
    from geodata.reading.to_dict import problem_to_dict, reading_to_dict  # noqa: PLC0415 - with the reader

    line_id: str | int | float | None = None
    try:
        record = _record(line)
        line_id = _id_of(record)
        article, problems = _article(record)
        spans = None
        if given and record.get("toponyms") is not None:
            spans, wrong = _spans(record["toponyms"], len(article.text))
            problems += wrong
        reading = reader.read(article, given=spans)
    except _NOT_THE_LINE:
        raise
    except ConflictmapError as error:
        line_id = _broken_id(line) if line_id is None else line_id
        return _failed(line, line_id, str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other lines are read
        why = f"Line {line.number}: the text could not be read ({type(error).__name__}); the log says more."
        return replace(_failed(line, line_id, why), trace=traceback.format_exc())
    out = reading_to_dict(reading)
    if line_id is not None:
        out["id"] = line_id
    out["problems"] = [problem_to_dict(problem) for problem in problems] + out["problems"]
    return Answer(
        _encoded(out),
        line.size,
        toponyms=len(out["toponyms"]),
        events=len(out["events"]),
        problems=len(out["problems"]),
    )


def _failed(line: Line, line_id: str | float | None, message: str) -> Answer:
    problem = {"message": message, "start": None, "end": None}
    out = {"id": line_id, "toponyms": [], "events": [], "problems": [problem]}
    return Answer(_encoded(out), line.size, problems=1, failed=True)


def _encoded(out: dict[str, Any]) -> bytes:
    try:
        return json.dumps(out, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair, say in the id: only an escape can hold it
        return json.dumps(out).encode() + b"\n"


def _record(line: Line) -> dict[str, Any]:
    where = f"Line {line.number}"
    if line.cut:
        msg = f"{where}: it has {line.size / 1e6:.0f} MB and at most {MAX_LINE_BYTES // 1_000_000} MB are read."
        raise LineError(msg)
    try:
        record = json.loads(line.data.decode(), strict=False)
    except UnicodeDecodeError as error:
        msg = f"{where}: this is not UTF-8 (byte {error.start + 1})."
        raise LineError(msg) from error
    except json.JSONDecodeError as error:
        msg = f"{where}: this is no JSON (column {error.colno})."
        raise LineError(msg) from error
    except (ValueError, RecursionError) as error:
        msg = f"{where}: this is no JSON that can be read."
        raise LineError(msg) from error
    if not isinstance(record, dict):
        msg = f"{where}: this is no object with a “text”."
        raise LineError(msg)
    return record


def _id_of(record: dict[str, Any]) -> str | int | float | None:
    found = record.get("id")
    usable = isinstance(found, str | int | float) and not isinstance(found, bool)
    # Infinity and NaN are no JSON, and "" names nothing.
    return found if usable and found != "" and str(found) not in {"nan", "inf", "-inf"} else None


def _broken_id(line: Line) -> str | int | float | None:
    found = _ID_IN_BROKEN_LINE.search(line.data[:_LOOKED_AT])
    if found is None:
        return None
    try:
        return _id_of({"id": json.loads(found[1].decode(), strict=False)})
    except ValueError:
        return None


def _article(record: dict[str, Any]) -> tuple[Article, list[Problem]]:
    from geodata.sources.text import article_from_text  # noqa: PLC0415 - with the reader

    text = record.get("text")
    if not isinstance(text, str):
        msg = "There is no “text”." if text is None else "The “text” is no string."
        raise LineError(msg)
    problems: list[Problem] = []
    article = article_from_text(
        text,
        title=_string(record, "title", problems),
        url=_string(record, "url", problems),
        source=_string(record, "source", problems),
        published=_published(record, problems),
    )
    if article.published_basis is PublishedBasis.INFERRED:
        note = f"The day of publication was inferred from the text ({article.published}) and may be wrong."
        problems.append(Problem(note))
    return article, problems


def _string(record: dict[str, Any], name: str, problems: list[Problem]) -> str:
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value or ""
    problems.append(Problem(f"The “{name}” is no string and was left out."))
    return ""


def _published(record: dict[str, Any], problems: list[Problem]) -> dt.date | None:
    from geodata.sources.dates import parse_published  # noqa: PLC0415

    value = _string(record, "published", problems)
    if not value.strip():
        return None
    try:
        return parse_published(value)
    except ValueError as error:
        shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        problems.append(Problem(f"The date of publication “{shown}” {error} and was left out."))
        return None


def _spans(toponyms: object, length: int) -> tuple[list[tuple[int, int]], list[Problem]]:
    """Return the usable spans, each once, in the order given."""
    if not isinstance(toponyms, list):
        msg = "The “toponyms” are no list of objects with “start” and “end”."
        raise LineError(msg)
    spans: dict[tuple[int, int], None] = {}
    problems: list[Problem] = []
    for number, one in enumerate(toponyms, start=1):
        start, end = (one.get("start"), one.get("end")) if isinstance(one, dict) else (None, None)
        if type(start) is not int or type(end) is not int:
            problems.append(Problem(f"Toponym {number} was left out: it has no “start” and “end” in whole characters."))
        elif not 0 <= start < end <= length:
            problems.append(Problem(f"Toponym {number} was left out: its span lies outside of the text or is empty."))
        else:
            spans[start, end] = None
    return list(spans), problems
