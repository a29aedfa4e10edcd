"""Acronyms that look like common words: "IS" is parsed as the verb "is" unless it is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from spacy.tokens import Doc

from geodata.reading import headlines
from geodata.reading.token_rules import piped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from spacy.language import Language

    from geodata.reading.token_rules import TokenRules

_BATCH = 32  # paragraphs that the model takes at once; more are no faster
# What the parser sees in their stead: a name of the same sort that it knows.
_HIDDEN = {"IS": "ISIS"}
_COPIED: list[int | str] = [
    "TAG",
    "POS",
    "MORPH",
    "LEMMA",
    "DEP",
    "HEAD",
    "SENT_START",
    "ENT_IOB",
    "ENT_TYPE",
    "ENT_ID",
]


def parse(
    nlp: Language, rules: TokenRules, texts: Iterable[str], *, alone: Collection[int] = frozenset()
) -> Iterator[Doc]:
    """Parse texts with such acronyms hidden; the documents hold the words as they were written.

    Parameters
    ----------
    nlp
        The model.
    rules
        Its last tagging steps.
    texts
        Paragraphs; many at once are parsed faster than one after the other.
    alone
        Which of them (counted from 0) are all there is of an article: such may be a headline and nothing else,
        which is parsed with care for what headlines leave out.
    """
    plain = [nlp.make_doc(text) for text in texts]
    bare = [number in alone and headlines.is_headline(doc) for number, doc in enumerate(plain)]
    seen = [
        headlines.prepared(_hidden(doc)) if is_bare else _hidden(doc) for doc, is_bare in zip(plain, bare, strict=True)
    ]
    for doc, parsed, is_bare in zip(plain, piped(nlp, rules, seen, batch_size=_BATCH), bare, strict=True):
        if is_bare:
            yield headlines.with_lemmas(_shown(doc, _mended(nlp, rules, parsed)))
        else:
            yield parsed if parsed is doc else _shown(doc, parsed)


def _mended(nlp: Language, rules: TokenRules, parsed: Doc) -> Doc:
    """Parse a headline without a verb anew, with words in place of such as may be one."""
    for index, words in headlines.other_words(parsed):
        (other,) = piped(nlp, rules, [headlines.with_words(parsed, words)], batch_size=1)
        if headlines.is_verb(other, index):
            return other
    return parsed


def _hidden(doc: Doc) -> Doc:
    text = doc.text
    if not any(short in text for short in _HIDDEN) or text.isupper():
        return doc
    words = [_HIDDEN.get(token.text, token.text) for token in doc]
    return Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


def _shown(doc: Doc, parsed: Doc) -> Doc:
    shown = doc.from_array(_COPIED, cast("Any", parsed.to_array(_COPIED)))
    for token in shown:
        if token.text in _HIDDEN:
            token.lemma_ = token.text
    return shown
