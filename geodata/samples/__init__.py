"""Short news briefs written for this project, with the labels of a careful reader.

They fill the map on the first start, and the reading is measured against their labels.
README.md beside this file says how they were written and labelled.
"""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from geodata.article import Article, PublishedBasis

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["sample_articles", "sample_articles_by_id", "sample_labels"]


def sample_articles() -> list[Article]:
    """Return the sample articles, in the order of their file.

    Returns
    -------
    list of Article
        In English, each with its date of publication (given) and the place it was written in.
    """
    return list(sample_articles_by_id().values())


def sample_articles_by_id() -> dict[str, Article]:
    """Return the sample articles by their readable id ("kirkuk-2017-10-16-a").

    An `Article` has an id of its own, made from its text; the readable one is what
    `sample_labels` is keyed by.

    Returns
    -------
    dict of str to Article
    """
    return {
        row["id"]: Article(
            text=row["text"],
            title=row["title"],
            url=row["url"],
            source=row["source"],
            language="en",
            published=dt.date.fromisoformat(row["published"]),
            published_basis=PublishedBasis.GIVEN,
            place=row["place"],
        )
        for row in _rows("articles.jsonl")
    }


def sample_labels() -> dict[str, dict[str, Any]]:
    """Return the labels of every sample article by the article's readable id.

    Returns
    -------
    dict of str to dict
        Each with ``toponyms`` (character offsets into the text; ``lat``, ``lon`` in decimal
        degrees, WGS 84, None where a name has no one point), ``ignore`` (spans that are neither
        right nor wrong as place names) and ``events``. README.md explains every field.
    """
    return {row["id"]: row for row in _rows("labels.jsonl")}


def _rows(name: str) -> Iterator[dict[str, Any]]:
    text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
    # Not splitlines(): it would also cut at the line separators that JSON leaves unescaped.
    return (json.loads(line) for line in text.split("\n") if line.strip())
