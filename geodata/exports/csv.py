"""A view as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from typing import IO, TYPE_CHECKING, Any

from geodata.exports.common import left_out

if TYPE_CHECKING:
    from geodata.exports.common import Meta
    from geodata.store import Store
    from geodata.view import View

COLUMNS = (
    "id", "type", "mode", "quad", "acled_like", "contexts", "source_actors", "target_actors",
    "date_start", "date_end", "date_precision", "date_basis", "undated_reason",
    "place_name", "lat", "lon", "precision", "country", "admin1", "regions", "place_id", "place_text", "place_basis",
    "unplaced_reason", "fatalities", "fatalities_low", "fatalities_high", "injured", "quote", "claimed_by", "confidence",
    "article_id", "title", "source", "published", "url",
)  # fmt: skip

# A cell that begins with one of these is run as a formula by spreadsheets (OWASP, "CSV
# injection"). All text here comes from articles, so anybody may have written it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width ones count too

_NUMBER = re.compile(r"[+-]?[0-9]+([.][0-9]+)?")

_BETWEEN = "; "  # between the values of one cell


def to_csv(store: Store, view: View, file: IO[str], *, meta: Meta | None = None) -> int:
    """Write the events of a view as CSV, one event a row, oldest first.

    Where anything is left out, by the store (`Store.stated`) or by the `limits` of `meta`, a last column says so
    in each row: a table has no other place for it.

    Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers and
    dates are left alone. Where only a province or a country is known, `lat` and `lon` are
    empty: its label point is no place of an event. `admin1`, `country` and `regions` name it.

    Parameters
    ----------
    store, view
        What to write.
    file
        Open for text, with ``newline=""`` and ``encoding="utf-8"``.
    meta
        Of what the file says about itself, a table says only the limits.

    Returns
    -------
    int
        Events written.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    writer = csv.writer(file)
    stated = [said] if (said := left_out(store, meta)) else []
    writer.writerow([*COLUMNS, *(["left_out"] if stated else [])])
    written = 0
    for batch in store.batches(view):
        rows = batch.to_pylist()
        writer.writerows([_cells(row) + stated for row in rows])
        written += len(rows)
    return written


def _cells(row: dict[str, Any]) -> list[Any]:
    if row["area"] is not None:
        row["lat"] = row["lon"] = None
    return [_cell(row[column]) for column in COLUMNS]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = _BETWEEN.join(value)
    return neutral(value) if isinstance(value, str) else value


def neutral(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    Numbers, also negative ones, are left alone: ``-3`` stays, ``-3+cmd|...`` does not.
    """
    risky = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return "'" + text if risky and not _NUMBER.fullmatch(text) else text
