"""A passage: one block of an article with its parse, and what was found in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geodata.reading.eponyms import is_part_of_name, is_somebody_else

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from geodata.event import Mention
    from geodata.reading.actor_list import Named
    from geodata.reading.blocks import Block


# Tokens. The longest sentences of agencies have about 90; rules follow the parse upwards, so that
# an endless chain of "and" would exhaust the stack.
LONGEST_SENTENCE = 200


@dataclass(slots=True)
class Passage:
    """A block's sentences. `offset` is where the parse begins in the article's text; `text` is what was parsed."""

    block: Block
    doc: Doc
    offset: int
    places: dict[int, Mention] = field(default_factory=dict)  # token index -> place name it is part of
    named: dict[int, Named] = field(default_factory=dict)  # token index -> listed actor it is part of
    text: str = field(init=False)

    def __post_init__(self) -> None:
        """Keep the text: spaCy joins it from the tokens each time that it is asked for."""
        self.text = self.doc.text

    def sentences(self) -> Iterator[Span]:
        """Yield the sentences that can be read; what is longer than any sentence is a list or noise."""
        return (sentence for sentence in self.doc.sents if len(sentence) <= LONGEST_SENTENCE)

    def chars(self, token: Token) -> tuple[int, int]:
        """Characters of a token in the article's text."""
        return self.offset + token.idx, self.offset + token.idx + len(token)

    def tokens_of(self, start: int, end: int) -> list[Token]:
        """Tokens that touch the characters `start` to `end` of the article's text."""
        span = self.doc.char_span(start - self.offset, end - self.offset, alignment_mode="expand")
        return list(span) if span is not None else []

    def is_inside_name(self, mention: Mention) -> bool:
        """Tell whether a place name is only a part of a listed actor's name."""
        tokens = self.tokens_of(mention.start, mention.end)
        named = self.named.get(tokens[0].i) if tokens else None
        return named is not None and named.end - named.start > mention.end - mention.start

    def add_places(self, mentions: list[Mention]) -> None:
        """Note which tokens are part of which place name; a person within one is not meant: "Lake Assad"."""
        for mention in mentions:
            for token in self.tokens_of(mention.start, mention.end):
                self.places[token.i] = mention
                named = self.named.get(token.i)
                if named is not None and named.actor.person and self._is_within(named, mention):
                    del self.named[token.i]

    def _is_within(self, named: Named, mention: Mention) -> bool:
        start, end = named.start + self.offset, named.end + self.offset
        return mention.start <= start and end <= mention.end and end - start < mention.end - mention.start

    def add_named(self, found: list[Named]) -> None:
        """Note which tokens are part of which listed actor; offsets are of the passage's own text.

        Persons after whom only something is called, and others of their name, are left out.
        """
        for named in found:
            tokens = self.tokens_of(named.start + self.offset, named.end + self.offset)
            if named.actor.person and self._is_not_meant(named, tokens):
                continue
            for token in tokens:
                self.named[token.i] = named

    def _is_not_meant(self, named: Named, tokens: list[Token]) -> bool:
        start, end = tokens[0].i, tokens[-1].i + 1
        names = (named.actor.name, *named.actor.names)
        return is_part_of_name(self.doc, start, end) or is_somebody_else(self.doc, start, end, names)


def passage_at(passages: list[Passage], position: int) -> Passage | None:
    """Return the passage that holds a character of the article's text."""
    index = bisect_right([passage.block.start for passage in passages], position) - 1
    if index < 0 or position >= passages[index].block.end:
        return None
    return passages[index]
