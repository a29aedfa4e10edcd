"""The outer form of an article: headline, headings, paragraphs and the dateline.

Each paragraph is parsed on its own. A parser that is given a headline, a photo caption and
a dateline in one string joins them into one sentence and loses all three.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from geodata.reading.word_sets import word_set

_BLANK = re.compile(r"\r?\n[ \t]*\r?\n\s*")
_BREAK = re.compile(r"\r?\n[ \t]*\r?\n\s*|\r?\n|\r")
_END = re.compile(r"""[.!?…:;]["”’')\]]*\s*$""")

# A line without a full stop is a heading up to this length (characters). The longest headline
# that agencies send is about 120; what is longer is a paragraph whose full stop was lost.
_HEADING_LENGTH = 140

# Lines are wrapped at 60 to 100 columns as a rule; with long words they come out a little shorter.
_WRAP = (45, 100)
_FEW = 3
_INDENT = 40  # characters of white space that a line may begin with
_MOSTLY = 0.6


class BlockKind(StrEnum):
    """What a block of text is."""

    HEADLINE = "headline"  # heads the article: title, subtitle, captions above the first paragraph
    HEADING = "heading"  # between paragraphs
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of an agency report: where it was filed, and often when.

    `start` and `end` are characters of the article's text; `end` is where the report begins.
    `places` are (start, end) of the names in it, the city first.
    """

    start: int
    end: int
    places: tuple[tuple[int, int], ...]
    month: int = 0
    day: int = 0
    year: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the article between line breaks: characters `start` to `end` of its text."""

    start: int
    end: int
    kind: BlockKind
    dateline: Dateline | None = None

    @property
    def body_start(self) -> int:
        """Where the sentences begin, after a dateline."""
        return self.dateline.end if self.dateline else self.start


MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH_PATTERN = "|".join(sorted(MONTHS, key=len, reverse=True))

# Words of a class that excludes the joint between them: a hyphen in both would make the search
# for a dateline take time exponential in the number of hyphens.
_UPPER_WORD = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'’.]*"
_UPPER_PLACE = rf"{_UPPER_WORD}(?:[ /\-](?:{_UPPER_WORD}|of|al|el|de|la))*"
_PARENT = r"[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*| of| the| and)*"
_DATE = (
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    rf"(?:(?P<month>{MONTH_PATTERN})\.? (?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}}) (?P<month2>{MONTH_PATTERN})\.?)"
    rf"(?:,? (?P<year>\d{{4}}))?"
)
_DATELINE = re.compile(
    rf"\s*(?P<city>{_UPPER_PLACE})"
    rf"(?:,\s(?!(?i:{MONTH_PATTERN})\b)(?P<parent>{_PARENT}))?"
    rf"(?:,?\s(?i:{_DATE}))?"
    r"(?P<agency>\s?(?:\([^)\n]{1,40}\)|/[^/\n]{2,30}/|\.\s/[^/\n]{2,30}/\.?))?"
    r"\s?(?P<mark>[-–—]{1,2}\s|:\s|\.\s/[^/\n]{2,30}/\.?\s?|\.\s?(?=/)|(?<=/)\.?\s|(?<=\))\s)"
)
# A place in capitals alone must not be an acronym that opens a sentence: "UN - the ..." is rare,
# "KIRKUK - " is a dateline, so a dash is asked for unless a date or an agency stands there too.
_SHORTEST_CITY = 3
# "ISLAMABAD: Gunmen ..." alone looks like a label, or like who speaks in an interview: it counts once, at the top.
_WITH_COLON = re.compile(rf"(?P<city>{_UPPER_PLACE}): (?=[A-Z\"“‘'\d])")
_LABELS = word_set(
    """UPDATE UPDATED BREAKING WATCH ANALYSIS EXCLUSIVE OPINION VIDEO PHOTO PHOTOS LIVE EXPLAINER FACTBOX TIMELINE INTERVIEW
    NEWS NOTE COMMENT EDITORIAL CORRECTION URGENT SPORT READ CAPTION SUMMARY PROFILE QUESTION ANSWER HOST GUEST"""
)


def find_dateline(text: str, start: int = 0) -> Dateline | None:
    """Find a dateline at `start` of `text`.

    Understands "KIRKUK, Iraq, Oct. 16 (Agency) -", "MOSCOW, October 23. /TASS/.",
    "BAGHDAD — 16 October 2017 —" and the like; the city has to be in capitals.
    """
    match = _DATELINE.match(text, start)
    if match is None or len(match["city"]) < _SHORTEST_CITY:
        return None
    end = match.end()
    month, day, year = match["month"] or match["month2"], match["day"] or match["day2"], match["year"]
    # "BAGHDAD — 16 October 2017 —" carries its date behind the first dash; "/TASS/." may trail.
    behind = re.compile(rf"\s*(?:(?i:{_DATE})\s?(?:[-–—]{{1,2}}|:|\.)\s?|/[^/\n]{{2,30}}/\.?\s?)").match(text, end)
    if behind is not None:
        end = behind.end()
        if not month:
            month, day, year = behind["month"] or behind["month2"], behind["day"] or behind["day2"], behind["year"]
    sure = month is not None or match["agency"] is not None or match["mark"].strip() in {"-", "–", "—", "--"}
    if not sure and not (match["parent"] and match["mark"].startswith(":")):
        return None
    places = [match.span("city")]
    if match["parent"]:
        places.append(match.span("parent"))
    number = int(day) if day else 0
    return Dateline(
        start=start,
        end=end,
        places=tuple(places),
        month=MONTHS[month.lower()] if month else 0,
        day=number if 1 <= number <= 31 else 0,  # noqa: PLR2004 - days of a month
        year=int(year) if year else 0,
    )


def _is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks only wrap lines, as in e-mail and plain-text files.

    They do when paragraphs are set off by blank lines and most lines that are followed by another
    line are of a width usual for wrapping and stop in the middle of a sentence.
    """
    inner = [line.strip() for paragraph in _BLANK.split(text) for line in paragraph.strip().splitlines()[:-1]]
    wrapped = [line for line in inner if _WRAP[0] <= len(line) <= _WRAP[1] and not _END.search(line)]
    return len(inner) > _FEW and len(wrapped) > _MOSTLY * len(inner)


def _pieces(text: str) -> list[tuple[int, int]]:
    """Cut a text at its line breaks, but not where a line goes on: in the middle of a sentence, in lower case."""
    pieces: list[tuple[int, int]] = []
    position = 0
    for gap in (_BLANK if _is_hard_wrapped(text) else _BREAK).finditer(text):
        behind = text[gap.end() : gap.end() + _INDENT].lstrip()
        goes_on = behind[:1].islower() and not _END.search(text[max(position, gap.start() - 3) : gap.start()])
        if goes_on and text[position : gap.start()].strip():
            continue
        pieces.append((position, gap.start()))
        position = gap.end()
    pieces.append((position, len(text)))
    return pieces


def _with_colon(text: str, blocks: list[Block]) -> list[Block]:
    """Take "ISLAMABAD: " for a dateline where it opens the first paragraph, and no other begins like it."""
    begun = [(i, match) for i, b in enumerate(blocks) if (match := _WITH_COLON.match(text, b.start, b.end))]
    first = next((i for i, block in enumerate(blocks) if block.kind is BlockKind.PARAGRAPH), -1)
    if len(begun) != 1 or begun[0][0] != first or any(block.dateline for block in blocks):
        return blocks
    number, match = begun[0]
    if len(match["city"]) < _SHORTEST_CITY or set(match["city"].split()) & _LABELS:
        return blocks
    block = blocks[number]
    dateline = Dateline(block.start, match.end(), (match.span("city"),))
    return [*blocks[:number], Block(block.start, block.end, block.kind, dateline), *blocks[number + 1 :]]


def split_blocks(text: str) -> list[Block]:
    """Split an article into blocks.

    Lines that look like headings before the first paragraph are headlines. A text made of
    headings alone is a list of reports (a headline pasted on its own): all become paragraphs.
    """
    found: list[Block] = []
    for raw_start, raw_end in _pieces(text):
        line = text[raw_start:raw_end]
        if not line.strip():
            continue
        start = raw_start + len(line) - len(line.lstrip())
        end = raw_end - (len(line) - len(line.rstrip()))
        dateline = find_dateline(text[:end], start)
        is_paragraph = dateline is not None or end - start > _HEADING_LENGTH or _END.search(text[start:end]) is not None
        kind = BlockKind.PARAGRAPH if is_paragraph else BlockKind.HEADING
        found.append(Block(start, end, kind, dateline))
    found = _with_colon(text, found)
    first = next((i for i, block in enumerate(found) if block.kind is BlockKind.PARAGRAPH), None)
    if first is None:
        return [Block(b.start, b.end, BlockKind.PARAGRAPH, b.dateline) for b in found]
    # A caption above the dateline may end in a full stop; what stands above a dateline is heading.
    filed = next((i for i, block in enumerate(found[:8]) if block.dateline is not None), first)
    return [
        Block(b.start, b.end, BlockKind.HEADLINE, None) if i < max(first, filed) else b for i, b in enumerate(found)
    ]
