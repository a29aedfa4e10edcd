"""Articles from files, standard input and addresses, with what is wrong in words."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dashboard.commands.common import plain
from geodata.errors import ConflictmapError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from geodata.article import Article

STANDARD_INPUT = "-"


@dataclass(slots=True)
class Taken:
    """Articles, remarks on some of them, and sources that gave none (`failed`)."""

    articles: list[Article] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take the articles of files; "-" is standard input. A bad file does not stop the others."""
        from geodata.sources.files import MAX_TABLE_BYTES, articles_from_file  # noqa: PLC0415 - not for --help

        for path in paths:
            piped = str(path) == STANDARD_INPUT
            name = "Standard input" if piped else plain(str(path))
            try:
                if piped:
                    data = sys.stdin.buffer.read(MAX_TABLE_BYTES + 1)
                else:
                    with path.open("rb") as file:
                        data = file.read(MAX_TABLE_BYTES + 1)
                loaded = articles_from_file("" if piped else path.name, data)
            except ConflictmapError as error:
                self.failed.append(f"{name}: {error}")
            except (OSError, ValueError) as error:  # ValueError: a NUL in the name
                why = getattr(error, "strerror", None) or str(error)
                self.failed.append(f"{name}: it cannot be opened ({why}).")
            else:
                self.articles += loaded.articles
                self.remarks += [f"{name}: {problem.message}" for problem in loaded.problems]

    def add_addresses(self, urls: Sequence[str]) -> None:
        """Fetch pages; one that cannot be fetched does not stop the others."""
        from geodata.sources.web import fetch_article  # noqa: PLC0415

        for url in urls:
            try:
                self.articles.append(fetch_article(url.strip()))
            except ConflictmapError as error:
                self.failed.append(f"{plain(url, 200)}: {error}")

    def set_details(self, *, published: dt.date | None, title: str = "", source: str = "") -> None:
        """Put what the user says in the place of what was found, but not of what a file says of its articles."""
        from geodata.article import PublishedBasis  # noqa: PLC0415

        for number, article in enumerate(self.articles):
            changed = article
            if published and article.published_basis is not PublishedBasis.GIVEN:
                changed = replace(changed, published=published, published_basis=PublishedBasis.GIVEN)
            if title and not article.title:
                changed = replace(changed, title=plain(title, 500))
            if source and not article.source:
                changed = replace(changed, source=plain(source, 200))
            self.articles[number] = changed
