"""The training text, each act with its sentence's phrases and which of them take part."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.article import Article
from geodata.ontology import EventType
from geodata.reading.acts import find_candidates
from geodata.reading.annotated import NEUTRAL
from geodata.reading.classifying.examples import groups_of
from geodata.reading.doers import doers
from geodata.reading.taking_part.describing import keys_of
from geodata.reading.taking_part.model import SOURCE, TARGET
from geodata.reading.taking_part.phrases import Phrases, first_joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from geodata.reading.act import Act
    from geodata.reading.annotated import AnnotatedSentence, Chars
    from geodata.reading.classifying.examples import Labelled
    from geodata.reading.passages import Passage
    from geodata.reading.taking_part.describing import Keys


@dataclass(frozen=True, slots=True)
class Told:
    """An act of a sentence of the training text; all bounds are characters of the sentence.

    Parameters
    ----------
    sentence, label, words
        The sentence, the type of the act, and its own words.
    parts
        Who does it, and to whom; None where the label names what does not stand in the sentence.
    """

    sentence: str
    label: str
    words: Chars
    parts: tuple[tuple[Chars, ...] | None, tuple[Chars, ...] | None]


@dataclass(frozen=True, slots=True)
class Example:
    """An act as the model sees it.

    Parameters
    ----------
    keys
        Features of each phrase, and last of nobody.
    heads
        The phrases' heads, as characters of the sentence.
    joined
        For each phrase the first of those that it is joined to.
    right
        For source and target, the phrases that the label means; empty for nobody, None where it cannot be told.
    proposed
        Heads that the rules propose for source and target.
    group
        Examples of one group are never split between learning and checking.
    told
        The label.
    left_out
        Phrases that are out of the question.
    """

    keys: Keys
    heads: tuple[Chars, ...]
    joined: tuple[int, ...]
    right: tuple[tuple[int, ...] | None, tuple[int, ...] | None]
    proposed: tuple[tuple[Chars, ...], tuple[Chars, ...]]
    group: int
    told: Told
    left_out: tuple[int, ...] = ()


def told_in_reports(sentences: Iterable[AnnotatedSentence]) -> list[Told]:
    """Return the acts of annotated sentences."""
    return [
        Told(one.text, act.label, act.words, (act.sources, act.targets))
        for one in sentences
        for act in one.acts
        if act.label != NEUTRAL
    ]


def told_in_lines(lines: Iterable[Labelled]) -> list[Told]:
    """Return the acts of the lines of the short sentences."""
    return [
        Told(one.sentence, one.label, (one.start, one.end), (_found(one.source, one), _found(one.target, one)))
        for one in lines
        if one.label != NEUTRAL
    ]


def _found(words: str, line: Labelled) -> tuple[Chars, ...] | None:
    """Find where words stand in a sentence, the nearest to the act; they may be written large at its beginning."""
    if not words:
        return ()
    met = [
        found.span()
        for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", line.sentence, re.IGNORECASE)
        if found.end() <= line.start or line.end <= found.start()
    ]
    return (min(met, key=lambda span: abs(span[0] - line.start)),) if met else None


def examples_of(told: Sequence[Told], passages_of: Callable[[Article], list[Passage]]) -> tuple[list[Example], int]:
    """Describe the acts of the training text.

    Parameters
    ----------
    told
        The acts.
    passages_of
        Parses an article.

    Returns
    -------
    tuple
        The examples, and how many acts are none that the rules or the model of types would look at.
    """
    by_sentence: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_sentence[one.sentence].append(one)
    groups = groups_of(by_sentence)
    found: list[Example] = []
    unmet = 0
    for sentence, acts in by_sentence.items():
        read = [
            (candidate.act, passage, Phrases(part, passage))
            for passage in passages_of(Article(text=sentence, language="en"))
            for part in passage.sentences()
            for candidate in find_candidates(part, passage)
        ]
        for one in acts:
            met = _met(one, read)
            if met is None:
                unmet += 1
            else:
                example = _example(one, *met, groups[sentence])
                found += [example, *_told_after(example, met[2])]
    return found, unmet


def _told_after(example: Example, phrases: Phrases) -> Iterator[Example]:
    """Yield an act again as it would be told where its sentence names nobody: "he accused" in place of the name.

    In our sentences the name stands before; in articles it is most often in a sentence before.
    """
    for role in (SOURCE, TARGET):
        right = example.right[role]
        pronouns = [
            n
            for n, (head, chars) in enumerate(zip(phrases.heads, example.heads, strict=True))
            if head.pos_ == "PRON" and head.dep_ != "poss" and chars in example.proposed[role]
        ]
        if right and pronouns and not set(pronouns) & set(right):
            only = (tuple(pronouns), None) if role == SOURCE else (None, tuple(pronouns))
            yield replace(example, right=only, left_out=right)


def _met(told: Told, read: Sequence[tuple[Act, Passage, Phrases]]) -> tuple[Act, Passage, Phrases] | None:
    """Find the act that a label speaks of: its word, else its verb, stands in the label's words."""
    by_word = (one for one in read if _touch(one[1].chars(one[0].trigger), told.words))
    by_verb = (one for one in read if _touch(one[1].chars(one[0].verb), told.words))
    return next(by_word, None) or next(by_verb, None)


def _example(told: Told, act: Act, passage: Passage, phrases: Phrases, group: int) -> Example:
    act = replace(act, rule=replace(act.rule, type=EventType(told.label)))
    sources = doers(act, passage)
    heads = tuple(passage.chars(token) for token in phrases.heads)
    right = tuple(None if part is None else _right(part, phrases.heads, passage) for part in told.parts)
    return Example(
        keys_of(act, sources, phrases),
        heads,
        tuple(phrases.joined),
        (right[0], right[1]),
        (tuple(map(passage.chars, sources)), tuple(map(passage.chars, act.targets))),
        group,
        told,
    )


def _right(spans: Sequence[Chars], heads: Sequence[Token], passage: Passage) -> tuple[int, ...] | None:
    """Return the phrases that spans mean: of each the one that the others in it hang on, and what is joined to it."""
    found: list[int] = []
    for span in spans:
        inside = [n for n, head in enumerate(heads) if _touch(passage.chars(head), span)]
        if not inside:
            return None
        top = min(inside, key=lambda n: (_depth(heads[n]), n))
        found += [n for n in inside if n == top or first_joined(heads[n]) == heads[top]]
    return tuple(dict.fromkeys(found))


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _touch(one: Chars, other: Chars) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def hits(chosen: Iterable[Chars], told: Told, role: int) -> bool:
    """Tell whether what was chosen names one of those whom the label means, or nobody where it means nobody."""
    spans = told.parts[role] or ()
    heads: Iterator[Chars] = iter(chosen)
    if not spans:
        return next(heads, None) is None
    return any(_touch(head, span) for head in heads for span in spans)
