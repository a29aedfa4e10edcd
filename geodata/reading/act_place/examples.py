"""What is learnt from: sentences written for this project, with the places of their acts.

Two sets. sentences.tsv has short ones, in which <a verb> is marked and the [places] where its act happened. Those of
data/reports are as long as agencies write them, and every act is annotated. In both, every other place name of the
sentence is one where the act did not happen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.article import Article
from geodata.errors import ConflictmapError
from geodata.reading.annotated import NEUTRAL, annotated_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.reading.act_place.choosing import Judged
    from geodata.reading.reader import Reader

Chars = tuple[int, int]

HERE = Path(__file__).parent
SENTENCES = "sentences.tsv"
_MARK = re.compile(r"<([^<>]+)>|\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its acts; all bounds are characters (start, end) of `text`.

    Parameters
    ----------
    text
        Without marks.
    acts
        The words of each act, and the names of where it happened.
    """

    text: str
    acts: tuple[tuple[Chars, tuple[Chars, ...]], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An act: the set and the number of its sentence, the place names there, and the marked places."""

    set: str
    sentence: int
    judged: Sequence[Judged]
    places: tuple[Chars, ...]

    def is_place(self, one: Judged) -> bool:
        """Whether the act happened at a place name."""
        mention = one.toponym.mention
        return any(mention.start < end and start < mention.end for start, end in self.places)


def sentence_of(line: str) -> Sentence:
    """Read a line of the file of short sentences.

    Raises
    ------
    ConflictmapError
        No verb is marked.
    """
    text, at = "", 0
    verbs: list[Chars] = []
    places: list[Chars] = []
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        word = mark[1] or mark[2]
        (verbs if mark[1] else places).append((len(text), len(text) + len(word)))
        text += word
        at = mark.end()
    if not verbs:
        message = f"No verb is marked in this line, put <> around one: {line}"
        raise ConflictmapError(message)
    return Sentence(text + line[at:], tuple((verb, tuple(places)) for verb in verbs))


def read_sentences(path: Path) -> list[Sentence]:
    """Read the file of short sentences; lines that begin with "#" are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [sentence_of(line) for line in lines if line.strip() and not line.startswith("#")]


def read_reports() -> list[Sentence]:
    """Read the annotated sentences; of places only those that have names count ("the square" is none)."""
    return [
        Sentence(
            one.text,
            tuple(
                (act.words, tuple((a, b) for a, b in act.places if not one.text[a:b].islower()))
                for act in one.acts
                if act.label != NEUTRAL
            ),
        )
        for one in annotated_sentences()
    ]


def examples(reader: Reader, sentences: Iterable[Sentence], name: str) -> list[Example]:
    """Return the acts of a set's sentences, with every place name of each described."""
    found: list[Example] = []
    for number, sentence in enumerate(sentences):
        judged = reader.judged_places(Article(text=sentence.text, language="en"), [act for act, _ in sentence.acts])
        found += [
            Example(name, number, names, places)
            for names, (_, places) in zip(judged, sentence.acts, strict=True)
        ]
    return found
