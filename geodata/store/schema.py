"""The columns of the four tables, flat, the same in a batch, in a base and in a query.

A change that only adds a column keeps `SCHEMA_VERSION` (older files read as null there); any
other change raises it, and what is newer than this program is refused in words.
"""

from __future__ import annotations

import pyarrow as pa

SCHEMA_VERSION = 1

_TEXTS = pa.list_(pa.string())

ARTICLES = pa.schema(
    [
        ("id", pa.string()),
        ("title", pa.string()),
        ("url", pa.string()),
        ("source", pa.string()),
        ("language", pa.string()),
        ("published", pa.date32()),
        ("published_basis", pa.string()),
        ("place", pa.string()),
        ("text", pa.string()),
        ("events", pa.int32()),  # how many events were read in it ...
        ("not_placed", pa.int32()),  # ... and how many of these have no place
        ("added", pa.timestamp("us")),  # UTC
        ("batch", pa.string()),
        ("n", pa.int32()),  # position within its batch
    ]
)

MENTIONS = pa.schema(
    [
        ("article_id", pa.string()),
        ("n", pa.int32()),  # position within its article
        ("start_at", pa.int32()),
        ("end_at", pa.int32()),
        ("text", pa.string()),
        ("place_id", pa.string()),
        ("place_name", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("country", pa.string()),
        ("admin1", pa.string()),
        ("precision", pa.string()),
        ("place_kind", pa.string()),
        ("population", pa.int64()),
        ("confidence", pa.float64()),
        ("metonymic", pa.bool_()),
        ("reason", pa.string()),
        ("considered", pa.string()),  # JSON [[score, why, place's fields in order], ...]; null in older files
    ]
)

EVENTS = pa.schema(
    [
        ("id", pa.string()),
        ("article_id", pa.string()),
        ("article_key", pa.int64()),  # hash of article_id: counting articles by it is cheaper
        ("n", pa.int32()),  # position within its article
        ("type", pa.string()),
        ("mode", pa.string()),
        ("quad", pa.int8()),
        ("acled_like", pa.string()),  # geodata.crosswalk; null in older files
        ("contexts", _TEXTS),
        ("source_actors", _TEXTS),  # canonical names, for filters ...
        ("target_actors", _TEXTS),
        ("actors", _TEXTS),  # both, each name once
        ("source_groups", _TEXTS),  # keys of groups of actors (geodata.actor_groups); null in older files
        ("target_groups", _TEXTS),
        ("groups", _TEXTS),
        ("source_details", pa.string()),  # ... and JSON [[name, text, kind, country], ...] to rebuild them
        ("target_details", pa.string()),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("date_precision", pa.string()),
        ("date_basis", pa.string()),
        ("undated_reason", pa.string()),
        ("place_id", pa.string()),  # null: not placed
        ("place_name", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("country", pa.string()),
        ("admin1", pa.string()),
        ("precision", pa.string()),
        ("place_kind", pa.string()),
        ("population", pa.int64()),
        ("place_text", pa.string()),
        ("place_basis", pa.string()),
        ("unplaced_reason", pa.string()),
        ("regions", _TEXTS),
        ("place_key", pa.int64()),  # hash of place and regions: grouping by it is cheap
        ("area", pa.string()),  # region id, only where no more than an area is known
        ("mx", pa.int32()),  # Web Mercator pixels at zoom 20, null for areas and for no place
        ("my", pa.int32()),
        ("fatalities", pa.int64()),
        ("fatalities_low", pa.int64()),  # these three: null in older files
        ("fatalities_high", pa.int64()),
        ("injured", pa.int64()),
        ("start_at", pa.int32()),
        ("end_at", pa.int32()),
        ("quote", pa.string()),
        ("spans", pa.string()),  # JSON [[start, end, kind], ...]
        ("claimed_by", pa.string()),
        ("confidence", pa.float64()),
        # Given in a base, and to what is loaded on top of one; see geodata.store.numbers.
        ("day", pa.int32()),
        ("kind", pa.int16()),
        ("place_no", pa.int32()),  # 0: not placed
        ("side_no", pa.int32()),
        ("article_no", pa.int32()),
        ("source_no", pa.int32()),
    ]
)
NUMBERS = ("day", "kind", "place_no", "side_no", "article_no", "source_no")

PROBLEMS = pa.schema(
    [
        ("article_id", pa.string()),
        ("n", pa.int32()),
        ("message", pa.string()),
        ("start_at", pa.int32()),
        ("end_at", pa.int32()),
    ]
)

TABLES: dict[str, pa.Schema] = {
    "articles": ARTICLES,
    "mentions": MENTIONS,
    "events": EVENTS,
    "problems": PROBLEMS,
}
