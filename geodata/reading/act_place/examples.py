"""What is learnt from: sentences written for this project, with the places of their acts.

Two sets. sentences.tsv has short ones, in which <a verb> is marked and the [places] where its act happened. Those of
data/reports are as long as agencies write them, and every act is annotated. In both, every other place name of the
sentence is one where the act did not happen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geodata.article import Article
from geodata.errors import ConflictmapError
from geodata.ontology import EventType, Quad
from geodata.reading.annotated import NEUTRAL, annotated_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.reading.act_place.choosing import Judged
    from geodata.reading.annotated import AnnotatedAct
    from geodata.reading.reader import Reader

Chars = tuple[int, int]

SHORT, DEEDS, WORDS = "short sentences", "long sentences, deeds", "long sentences, words"
_DEEDS = frozenset({Quad.MATERIAL_COOPERATION, Quad.MATERIAL_CONFLICT})
HERE = Path(__file__).parent
SENTENCES = "sentences.tsv"
_MARK = re.compile(r"<([^<>]+)>|\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without marks, and its acts."""

    text: str
    acts: tuple[MarkedAct, ...]


class MarkedAct(NamedTuple):
    """The words of an act and the names of where it happened, as characters (start, end) of the sentence."""

    words: Chars
    places: tuple[Chars, ...]
    group: str = SHORT


@dataclass(frozen=True, slots=True)
class Example:
    """An act: the number of its sentence, the group that it is counted in, the place names there, the marked places."""

    sentence: int
    group: str
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
    return Sentence(text + line[at:], tuple(MarkedAct(verb, tuple(places)) for verb in verbs))


def read_sentences(path: Path) -> list[Sentence]:
    """Read the file of short sentences; lines that begin with "#" are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [sentence_of(line) for line in lines if line.strip() and not line.startswith("#")]


def read_reports() -> list[Sentence]:
    """Read the annotated sentences; of places only those that have names count ("the square" is none)."""
    return [
        Sentence(one.text, tuple(_marked(act, one.text) for act in one.acts if act.label != NEUTRAL))
        for one in annotated_sentences()
    ]


def _marked(act: AnnotatedAct, text: str) -> MarkedAct:
    named = tuple((start, end) for start, end in act.places if not text[start:end].islower())
    return MarkedAct(act.words, named, DEEDS if EventType(act.label).quad in _DEEDS else WORDS)


def examples(reader: Reader, sentences: Iterable[Sentence]) -> list[Example]:
    """Return the acts of sentences, with every place name of each described."""
    found: list[Example] = []
    for number, sentence in enumerate(sentences):
        judged = reader.judged_places(Article(text=sentence.text, language="en"), [act.words for act in sentence.acts])
        found += [
            Example(number, act.group, names, act.places) for names, act in zip(judged, sentence.acts, strict=True)
        ]
    return found
