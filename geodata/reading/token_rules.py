"""What a tag says of a word: part of speech, morphology and lemma, looked up instead of matched anew.

spaCy's `attribute_ruler` runs some two hundred patterns over every word, and its lemmatizer asks again
for every word, which together takes a fifth of the pipeline's time. Nearly all of those patterns look at
one word alone: its letters, its tag and its label in the parse. So the answer for such a triple is
computed once, by those two pipes themselves, and kept. Documents where a pattern of several words could
match go through the pipes as they are.

The lemmatizer keeps answers by word and part of speech alone, though they depend on the morphology too,
so that what it says of a word can depend on what it read before. Here it forgets before each word: the
same text has the same lemmas whatever was read before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.language import Language

_PIPES = ("attribute_ruler", "lemmatizer")
_KEY: list[int | str] = ["ORTH", "TAG", "DEP"]
_ANSWER: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
# What a pattern may ask of a word so that the triple decides it.
_DECIDED = frozenset({"ORTH", "TEXT", "LOWER", "NORM", "SHAPE", "TAG", "DEP", "IS_SPACE", "IS_PUNCT", "IS_ALPHA"})
_MOST = 300_000  # triples kept, some 100 MB; a language has fewer that occur


class TokenRules:
    """The two pipes of a model that follow its tagger and parser, with a memory.

    Parameters
    ----------
    nlp
        A pipeline of spaCy's.

    Attributes
    ----------
    replaced
        The names of the pipes that a document need not go through before `__call__`; empty when the
        model has others than those known here, and then `__call__` changes nothing.
    """

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        self._known: dict[tuple[int, int, int], tuple[int, ...] | None] = {}
        self._openers: list[_Opener] = []
        self.replaced: tuple[str, ...] = ()
        if not all(name in nlp.pipe_names for name in _PIPES):
            return
        self._ruler, self._lemmatizer = (cast("Any", nlp.get_pipe(name)) for name in _PIPES)
        patterns = [pattern for rule in self._ruler.patterns for pattern in rule["patterns"]]
        if self._lemmatizer.mode != "rule" or not all(_is_decided(part) for pattern in patterns for part in pattern):
            return
        self._openers = [_Opener(pattern[0]) for pattern in patterns if len(pattern) > 1]
        self.replaced = _PIPES

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech, morphology and lemma of a tagged and parsed document; returns it."""
        if not self.replaced or not len(doc):
            return doc
        if len(self._known) > _MOST:
            self._known.clear()
        answers = [self._of(word, tag, label) for word, tag, label in doc.to_array(_KEY).tolist()]
        if None in answers:
            return self._by_pipes(doc)
        return doc.from_array(_ANSWER, cast("Any", np.array(answers, dtype=np.uint64)))

    def _of(self, word: int, tag: int, label: int) -> tuple[int, ...] | None:
        """Return what is set for a word; None when it may open a pattern of several words."""
        key = (word, tag, label)
        if key not in self._known:
            self._known[key] = self._answer(word, tag, label)
        return self._known[key]

    def _answer(self, word: int, tag: int, label: int) -> tuple[int, ...] | None:
        alone = Doc(self._vocab, words=[self._vocab.strings[word]], spaces=[False])
        alone.from_array(["TAG", "DEP"], cast("Any", np.array([[tag, label]], dtype=np.uint64)))
        if any(opener.may_open(alone[0].lower_, alone[0].dep_) for opener in self._openers):
            return None
        return tuple(self._by_pipes(alone).to_array(_ANSWER)[0].tolist())

    def _by_pipes(self, doc: Doc) -> Doc:
        self._lemmatizer.cache.clear()
        ruled: Doc = self._lemmatizer(self._ruler(doc))
        return ruled


class _Opener:
    """The first word of a pattern of several words.

    Parameters
    ----------
    part
        What the pattern asks of the word, as spaCy's matcher takes it.
    """

    def __init__(self, part: Mapping[str, Any]) -> None:
        self._words = _accepted(part.get("LOWER"))
        self._labels = _accepted(part.get("DEP"))

    def may_open(self, lower: str, label: str) -> bool:
        """Tell whether a word, in small letters, with its label in the parse may be that word."""
        return _fits(self._words, lower) and _fits(self._labels, label)


def piped(nlp: Language, rules: TokenRules, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
    """Let documents pass a pipeline, its last tagging steps by `rules`; yields them in order."""
    return (rules(doc) for doc in nlp.pipe(docs, batch_size=batch_size, disable=list(rules.replaced)))


def _is_decided(part: Mapping[str, Any]) -> bool:
    return _DECIDED.issuperset(part)


def _accepted(asked: object) -> frozenset[str] | re.Pattern[str] | None:
    """Read one condition; None stands for any word."""
    if isinstance(asked, str):
        return frozenset({asked})
    if isinstance(asked, dict) and set(asked) == {"IN"}:
        return frozenset(asked["IN"])
    if isinstance(asked, dict) and set(asked) == {"REGEX"}:
        return re.compile(asked["REGEX"])
    return None


def _fits(accepted: frozenset[str] | re.Pattern[str] | None, word: str) -> bool:
    if accepted is None:
        return True
    return word in accepted if isinstance(accepted, frozenset) else accepted.search(word) is not None
