"""Sentences as long as agencies write them, with every act annotated (data/reports/*.txt): what is learnt from.

One block a sentence, parted by empty lines: the sentence, then a line for each act::

    Police in Gao arrested two drivers on Monday, a day after gunmen had robbed a bus.
    COERCE | arrested | Police | two drivers | Gao
    ASSAULT | robbed | gunmen | a bus |

that is type, words of the act, source, target, place; several are parted by semicolons, and `#2` behind words means
the second time that they stand there. `NEUTRAL | words` marks what looks like an act and is none. All of it was
written for this project.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import ConflictmapError
from geodata.ontology import EventType

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).with_name("data") / "reports"
NEUTRAL = "NEUTRAL"
_LABELS = frozenset({*(str(kind) for kind in EventType), NEUTRAL})
_COUNTED = re.compile(r"(.*)#(\d+)")
_COLUMNS = 5

Chars = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AnnotatedAct:
    """An act of a sentence; all bounds are characters of the sentence, end excluded.

    Parameters
    ----------
    label
        A type of event, or NEUTRAL.
    words
        Where the act's own words stand.
    sources, targets, places
        Who does it, to whom, and the names of where; empty where the sentence does not say.
    """

    label: str
    words: Chars
    sources: tuple[Chars, ...] = ()
    targets: tuple[Chars, ...] = ()
    places: tuple[Chars, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """A sentence, its acts, and the file and block that it stands in."""

    text: str
    acts: tuple[AnnotatedAct, ...]
    where: str


def annotated_sentences(folder: Path = FOLDER) -> list[AnnotatedSentence]:
    """Read the annotated sentences of a folder.

    Raises
    ------
    ConflictmapError
        If a block cannot be read; says which, and what is wrong.
    """
    return [one for path in sorted(folder.glob("*.txt")) for one in parsed(path.read_text("utf-8"), path.name)]


def parsed(text: str, name: str) -> Iterator[AnnotatedSentence]:
    """Yield the sentences of a file's text; `name` is what the file is called where something is wrong."""
    for number, block in enumerate(re.split(r"\n\s*\n", text.strip()), start=1):
        lines = [line.strip() for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if lines:
            where = f"{name}, block {number}"
            yield AnnotatedSentence(lines[0], tuple(_act(line, lines[0], where) for line in lines[1:]), where)


def _act(line: str, sentence: str, where: str) -> AnnotatedAct:
    parts = [part.strip() for part in line.split("|")]
    columns = {2, _COLUMNS} if parts[0] == NEUTRAL else {_COLUMNS}
    if parts[0] not in _LABELS or len(parts) not in columns:
        msg = f"{where}: a line is TYPE | words | source | target | place, or NEUTRAL | words, and not: {line}"
        raise ConflictmapError(msg)
    spans = [_spans(part, sentence, where) for part in parts[1:]]
    if len(spans[0]) != 1:
        msg = f"{where}: an act has words of its own, in one piece: {line}"
        raise ConflictmapError(msg)
    return AnnotatedAct(parts[0], spans[0][0], *spans[1:])


def _spans(part: str, sentence: str, where: str) -> tuple[Chars, ...]:
    return tuple(_span(words.strip(), sentence, where) for words in part.split(";") if words.strip())


def _span(words: str, sentence: str, where: str) -> Chars:
    counted = _COUNTED.fullmatch(words)
    wanted, count = (counted[1].strip(), int(counted[2])) if counted else (words, 1)
    met = [found.span() for found in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", sentence)]
    if not 1 <= count <= len(met):
        msg = f"{where}: “{words}” does not stand in the sentence."
        raise ConflictmapError(msg)
    return met[count - 1]
