"""Headlines as the parser can read them: verbs that it takes for nouns, and what stands before a colon.

Headlines leave articles and auxiliaries out, so that "Police foil attack" looks like one compound noun, and
"Pakistan: gunmen kill 20" makes a state the murderer. The parser is shown the past tense in place of such a verb and
is told where the sentence begins; the words of the text stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from geodata.reading.factuality import SAYING
from geodata.reading.headline_case import in_sentence_case
from geodata.reading.headline_joints import joints
from geodata.reading.headline_shown import shown_instead
from geodata.reading.headline_words import pasts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

_END = re.compile(r"""[.!?…;]["”’')\]]*\s*$""")
_LONGEST = 30  # tokens
_LABEL = 5  # tokens that may stand before the colon
_FEWEST_BEHIND = 3
_MOST_TRIES = 3

_NAMING = frozenset({"NN", "NNS", "NNP", "NNPS"})  # what a subject ends with
_NO_VERB = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "VB", "RB"})


def is_headline(doc: Doc) -> bool:
    """Tell whether a text is one line without a full stop."""
    return 0 < len(doc) <= _LONGEST and "\n" not in doc.text and _END.search(doc.text) is None


def sentence_start(doc: Doc) -> int:
    """Return the token at which a headline's sentence begins behind a label and a colon, or 0."""
    for token in doc[1 : _LABEL + 1]:
        if token.text == ":" and len(doc) - token.i > _FEWEST_BEHIND and doc[token.i + 1].is_alpha:
            return int(token.i) + 1
    return 0


def prepared(doc: Doc) -> Doc:
    """Return a headline as the parser is to see it: words that it misreads replaced, a label cut off."""
    words = in_sentence_case([token.text for token in doc])
    starts = joints(words)
    return with_words(doc, shown_instead(words, starts), starts)


def with_words(doc: Doc, words: list[str], starts: Iterable[int] = ()) -> Doc:
    """Return an unparsed copy of a headline with other words in it, and sentences that begin where they are said to."""
    made = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    for start in (sentence_start(made), *starts):
        if start:
            made[start].is_sent_start = True
    return made


def other_words(doc: Doc) -> Iterator[tuple[int, list[str]]]:
    """Yield (token, words) to parse a headline with instead, when no verb was found in it.

    Parameters
    ----------
    doc
        The parsed headline. `token` is the one that is a verb, if the parser then takes it for its root.
    """
    for sentence in doc.sents:
        if not any(_is_told(token) for token in sentence):
            yield from _other_words(sentence)


def _other_words(sentence: Span) -> Iterator[tuple[int, list[str]]]:
    doc = sentence.doc
    tries = 0
    for token in sentence[1:-1]:
        joined = token.tag_ == "VBZ" and token.dep_ == "compound"  # "drone hits apartment block"
        verb = token.pos_ == "VERB" and token.tag_ != "VB" and token.dep_ != "amod"
        if token.pos_ in {"ADP", "SCONJ"} or (verb and not joined):
            return  # "ten killed in an attack": what follows is no verb of the sentence
        past = pasts().get(token.lower_)
        named = doc[token.i - 1].tag_ in _NAMING
        if past is None or not named or not (joined or token.tag_ in _NO_VERB) or tries == _MOST_TRIES:
            continue
        tries += 1
        yield token.i, [past if other.i == token.i else other.text for other in doc]


def _is_told(token: Token) -> bool:
    """Tell whether a token is the verb of its headline, and not of who says so behind a comma."""
    verb = token.dep_ == "ROOT" and token.pos_ in {"VERB", "AUX"} and token.tag_ not in {"VB", "VBN"}
    last = token.i >= token.sent.end - 2 and token.lemma_.lower() in SAYING
    return verb and not last


def is_verb(doc: Doc, index: int) -> bool:
    """Tell whether a token came out as the verb of its sentence."""
    token = doc[index]
    subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)
    return token.pos_ == "VERB" and subject and (token.dep_ in {"ROOT", "ccomp"})
