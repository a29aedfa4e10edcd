"""What is shown to the parser instead of words that it misreads: "IS", which it takes for "is", and hyphens for dashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from spacy.tokens import Doc

from geodata.reading import headlines
from geodata.reading.headline_joints import joints
from geodata.reading.headline_shown import with_lemmas
from geodata.reading.joints import mend_joints
from geodata.reading.token_rules import piped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from spacy.language import Language

    from geodata.reading.token_rules import TokenRules

_BATCH = 32  # paragraphs that the model takes at once; more are no faster
# What the parser sees in their stead: a word of the same sort that it knows.
_HIDDEN = {"IS": "ISIS", "U-S": "US", "U-N": "UN", "U-K": "UK", "hardline": "radical", "Hardline": "Radical"}
_DASHES = frozenset({"-", "–", "—", "--"})
_SPACED = tuple(f" {dash} " for dash in _DASHES)
_ENDS = frozenset({".", "!", "?", ";"})
_RELATIVE = frozenset({"which", "who", "whose", "whom"})
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


def keep_whole(nlp: Language) -> None:
    """Let a pipeline take the acronyms that are written with hyphens for one word each."""
    for short in _HIDDEN:
        if "-" in short:
            cast("Any", nlp.tokenizer).add_special_case(short, [{"ORTH": short}])


def parse(
    nlp: Language, rules: TokenRules, texts: Iterable[str], *, alone: Collection[int] = frozenset()
) -> Iterator[Doc]:
    """Parse texts with such words replaced; the documents hold the words as they were written.

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
            yield mend_joints(with_lemmas(_shown(doc, _mended(nlp, rules, parsed))))
        else:
            yield mend_joints(parsed if parsed is doc else _shown(doc, parsed))


def _mended(nlp: Language, rules: TokenRules, parsed: Doc) -> Doc:
    """Parse a headline without a verb anew, with words in place of such as may be one."""
    for index, words in headlines.other_words(parsed):
        (other,) = piped(nlp, rules, [headlines.with_words(parsed, words, joints(words))], batch_size=1)
        if headlines.is_verb(other, index):
            return other
    return parsed


def _hidden(doc: Doc) -> Doc:
    text = doc.text
    hidden = any(word in text for word in _HIDDEN) and not text.isupper()
    dashed = any(dash in text for dash in _SPACED)
    if not hidden and not dashed:
        return doc  # as nearly all are
    words = [token.text for token in doc]
    if hidden:
        words = [_HIDDEN.get(word, word) for word in words]
    if dashed:
        words = _with_dashes(doc, words)
    if all(token.text == word for token, word in zip(doc, words, strict=True)):
        return doc
    return Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


def _with_dashes(doc: Doc, words: list[str]) -> list[str]:
    """Write a hyphen that stands for a dash as one, and one that closes a clause opened by a comma as a comma.

    "The army, which had denied it - killed four" is else parsed as if somebody within the clause had killed them.
    """
    words = list(words)
    waiting = False  # a comma has opened a clause of "which"
    told = False  # something stands before that is no agency's or town's name
    for token in doc[1:-1]:
        before, following = doc[token.i - 1], doc[token.i + 1]
        if token.text in _ENDS:
            waiting = False
        elif token.text == ",":
            waiting = following.lower_ in _RELATIVE
        elif token.text in _DASHES and before.whitespace_ and token.whitespace_:
            told = told or any(token.is_lower and token.is_alpha for token in doc[: token.i])
            numbers = before.text[-1].isdigit() and following.text[:1].isdigit()
            if waiting:
                words[token.i] = ","
                waiting = False
            elif told and not numbers:
                words[token.i] = "–"
    return words


def _shown(doc: Doc, parsed: Doc) -> Doc:
    shown = doc.from_array(_COPIED, cast("Any", parsed.to_array(_COPIED)))
    for token in shown:
        if token.text in _HIDDEN:
            token.lemma_ = token.text
    return shown
