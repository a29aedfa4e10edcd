"""An article as it is read: without what no model takes, and with single spaces; and the way back to its own words.

Pages and agencies' wires leave two spaces, or one that does not break, in the middle of a name: "West  Bank".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.article import Article
    from geodata.event import Reading

# Halves of surrogate pairs, as JSON can hold them: no model and no database takes them.
_HALVES = re.compile("[\ud800-\udfff]")
# Within a line: what stands at its beginning says how the text is laid out.
_RUN = re.compile(r"(?<=\S)[ \t\u00a0\u2000-\u200a\u202f\u3000]{2,}(?=\S)")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2007\u2009\u202f", " "))


class Cleaned:
    """An article made ready to be read.

    Parameters
    ----------
    article
        The article as it was published.
    keep_spaces
        Leave runs of white space alone, so that places given by their characters stay where they are.

    Attributes
    ----------
    article
        What is to be read.
    """

    def __init__(self, article: Article, *, keep_spaces: bool = False) -> None:
        self._published = article
        self._starts: list[int] = []  # in the clean text, after each run that was shortened
        self._lost: list[int] = []  # characters left out up to there
        text = _HALVES.sub("?", article.text)
        if not keep_spaces:
            text = self._single_spaced(text)
        title, place = (_one_space(_HALVES.sub("?", part)) for part in (article.title, article.place))
        same = (text, title, place) == (article.text, article.title, article.place)
        self.article = article if same else replace(article, text=text, title=title, place=place)

    def _single_spaced(self, text: str) -> str:
        parts: list[str] = []
        position = length = 0
        for run in _RUN.finditer(text):
            parts += [text[position : run.start()], " "]
            length += run.start() - position + 1
            position = run.end()
            self._starts.append(length)
            self._lost.append(position - length)
        return ("".join(parts) + text[position:]).translate(_SPACES)

    def back(self, reading: Reading) -> Reading:
        """Return a reading of the clean article as one of the published article: its characters, quoted as they stand."""
        if self.article is self._published:
            return reading
        text = self._published.text
        mentions = [replace(m, start=self._start(m.start), end=self._end(m.end)) for m in reading.mentions]
        events = [
            replace(
                event,
                article_id=self._published.id,
                start=self._start(event.start),
                end=self._end(event.end),
                quote=text[self._start(event.start) : self._end(event.end)],
                spans=tuple(replace(s, start=self._start(s.start), end=self._end(s.end)) for s in event.spans),
            )
            for event in reading.events
        ]
        problems = [
            problem
            if problem.start is None or problem.end is None
            else replace(problem, start=self._start(problem.start), end=self._end(problem.end))
            for problem in reading.problems
        ]
        return replace(
            reading,
            article=self._published,
            mentions=tuple(replace(m, text=text[m.start : m.end]) for m in mentions),
            events=tuple(events),
            problems=tuple(problems),
        )

    def _start(self, position: int) -> int:
        index = bisect_right(self._starts, position)
        return position + (self._lost[index - 1] if index else 0)

    def _end(self, position: int) -> int:
        return self._start(position - 1) + 1 if position else 0


def _one_space(line: str) -> str:
    return _RUN.sub(" ", line).translate(_SPACES)
