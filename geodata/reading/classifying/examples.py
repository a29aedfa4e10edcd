"""The training text (data/sentences/*.tsv, data/reports/*.txt), read as an article and described to the model."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.article import Article
from geodata.errors import ConflictmapError
from geodata.reading.acts import find_candidates
from geodata.reading.classifying.candidates import Candidate, bare
from geodata.reading.classifying.describing import describe
from geodata.reading.classifying.model import CLASSES, NEUTRAL
from geodata.reading.grammar import after

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from geodata.reading.annotated import AnnotatedSentence
    from geodata.reading.classifying.describing import Description
    from geodata.reading.passages import Passage
    from geodata.reading.reader import Reader

HEADER = ["label", "sentence", "source", "target"]
_BRACKETED = re.compile(r"\[([^\[\]]+)\]")
# A verb that no label speaks of, and no rule knows, most often reports nothing; not always. Where every act of a
# sentence is said to be labelled it is surer, and what a rule proposes there counts too.
_UNSPOKEN = 0.25
_UNSPOKEN_OF_ALL = 0.5
_NOTHING = CLASSES.index(NEUTRAL)
_TWINS = 0.6  # part of the words that two sentences share when one was made from the other


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line of the training text: the act's words are characters `start` to `end` of the sentence."""

    label: str
    sentence: str
    start: int
    end: int
    source: str
    target: str
    where: str  # file and line, or block
    of_all: bool = False  # whether every act of the sentence is labelled


@dataclass(frozen=True, slots=True)
class Example:
    """What the model learns from one candidate."""

    description: Description
    label: int  # of CLASSES
    weight: float
    group: int  # examples of one group are never split between learning and checking
    line: Labelled | None = None
    proposed: str = ""


def lines_of(folder: Path) -> list[Labelled]:
    """Read the training text.

    Raises
    ------
    ConflictmapError
        If a line cannot be read; says which, and what is wrong.
    """
    return [line for path in sorted(folder.glob("*.tsv")) for line in _lines(path)]


def _lines(path: Path) -> Iterator[Labelled]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(rows, None) != HEADER:
            msg = f"{path.name} does not begin with the header {' '.join(HEADER)}."
            raise ConflictmapError(msg)
        for number, row in enumerate(rows, start=2):
            where = f"{path.name}:{number}"
            if len(row) != len(HEADER) or row[0] not in CLASSES:
                msg = f"{where}: a line is a known label, a sentence, a source and a target, split by tabs."
                raise ConflictmapError(msg)
            found = list(_BRACKETED.finditer(row[1]))
            if len(found) != 1:
                msg = f"{where}: exactly one act of the sentence stands in [brackets]."
                raise ConflictmapError(msg)
            start, end = found[0].start(), found[0].end() - 2
            yield Labelled(row[0], _BRACKETED.sub(r"\1", row[1]), start, end, row[2], row[3], where)


def annotated_lines(sentences: Iterable[AnnotatedSentence]) -> list[Labelled]:
    """Return the acts of annotated sentences as lines of the training text."""
    return [
        Labelled(
            act.label, one.text, *act.words, _text(one, act.sources), _text(one, act.targets), one.where, of_all=True
        )
        for one in sentences
        for act in one.acts
    ]


def _text(sentence: AnnotatedSentence, spans: Iterable[tuple[int, int]]) -> str:
    return "; ".join(sentence.text[start:end] for start, end in spans)


def examples_of(lines: Sequence[Labelled], reader: Reader) -> tuple[list[Example], list[Labelled]]:
    """Describe every candidate of the training text.

    Returns
    -------
    tuple
        The examples, and the lines whose act is no candidate: the model never sees such a word.
    """
    by_sentence: dict[str, list[Labelled]] = defaultdict(list)
    for line in lines:
        by_sentence[line.sentence].append(line)
    groups = groups_of(by_sentence)
    found: list[Example] = []
    unmet: list[Labelled] = []
    for sentence, labelled in by_sentence.items():
        passages = reader.passages(Article(text=sentence, language="en"))
        candidates = [(c, p) for p in passages for s in p.sentences() for c in find_candidates(s, p)]
        spoken: set[int] = set()
        for line in labelled:
            number = _candidate_of(line, candidates)
            met = candidates[number] if number is not None else _made(line, passages)
            if number is not None:
                spoken.add(number)
            if met is None:
                unmet.append(line)
                continue
            proposed = str(met[0].proposed or "")
            label = CLASSES.index(line.label)
            found.append(Example(describe(*met), label, 1.0, groups[sentence], line, proposed))
        of_all = labelled[0].of_all
        for number, (candidate, passage) in enumerate(candidates):
            if number not in spoken and (candidate.proposed is None or of_all):
                weight = _UNSPOKEN_OF_ALL if of_all else _UNSPOKEN
                found.append(Example(describe(candidate, passage), _NOTHING, weight, groups[sentence]))
    return found, unmet


def _candidate_of(line: Labelled, candidates: Sequence[tuple[Candidate, Passage]]) -> int | None:
    """Find the candidate that a label speaks of: its word, else its verb, else the verb of the noun ("held a meeting")."""
    best: tuple[int, int] | None = None
    for number, (candidate, passage) in enumerate(candidates):
        act = candidate.act
        by_word = _touches(passage.chars(act.trigger), line)
        by_verb = _touches(passage.chars(act.verb), line)
        by_object = any(child.dep_ == "dobj" and _touches(passage.chars(child), line) for child in act.trigger.children)
        if not (by_word or by_verb or by_object or _by_cause(line, candidate, passage)):
            continue
        rank = 4 * by_word + 2 * by_verb + (candidate.proposed is not None)
        if best is None or rank > best[0]:
            best = (rank, number)
    return best[1] if best is not None else None


def _by_cause(line: Labelled, candidate: Candidate, passage: Passage) -> bool:
    """Tell whether a label speaks of what a verb of the same type is about: "the blast killed six", "died in a blast"."""
    if candidate.proposed is None or str(candidate.proposed) != line.label:
        return False
    verb = candidate.act.verb
    causes = [child for child in verb.children if child.dep_ == "nsubj"] + after(verb, "in", "by", "from")
    return any(_touches(passage.chars(cause), line) for cause in causes)


def _made(line: Labelled, passages: Iterable[Passage]) -> tuple[Candidate, Passage] | None:
    """Make a candidate of a verb in the brackets that the rules leave out."""
    for passage in passages:
        for token in passage.doc:
            if _touches(passage.chars(token), line) and (candidate := bare(token)) is not None:
                return candidate, passage
    return None


def _touches(chars: tuple[int, int], line: Labelled) -> bool:
    return chars[0] < line.end and line.start < chars[1]


def groups_of(sentences: Iterable[str]) -> dict[str, int]:
    """Give sentences numbers, so that those which share most of their words have one number."""
    known = list(sentences)
    words = [frozenset(re.findall(r"\w+", sentence.lower())) for sentence in known]
    holders: dict[str, list[int]] = defaultdict(list)
    parent = list(range(len(known)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for number, own in enumerate(words):
        shared: dict[int, int] = defaultdict(int)
        for word in own:
            for other in holders[word]:
                shared[other] += 1
            holders[word].append(number)
        for other, count in shared.items():
            if count >= _TWINS * min(len(own), len(words[other])):
                parent[root(number)] = root(other)
    return {sentence: root(number) for number, sentence in enumerate(known)}
