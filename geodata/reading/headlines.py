"""Headlines as the parser can read them: verbs that it takes for nouns, and what stands before a colon.

Headlines leave articles and auxiliaries out, so that "Police foil attack" looks like one compound noun, and
"Pakistan: gunmen kill 20" makes a state the murderer. The parser is shown the past tense in place of such a verb and
is told where the sentence begins; the words of the text stay as they are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from geodata.reading.factuality import SAYING
from geodata.reading.headline_case import in_sentence_case
from geodata.reading.lexicon import lexicon
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_END = re.compile(r"""[.!?…;]["”’')\]]*\s*$""")
_LONGEST = 30  # tokens
_LABEL = 5  # tokens that may stand before the colon
_FEWEST_BEHIND = 3
_MOST_TRIES = 3

# Verbs of headlines whose present is spelt like a noun or an adjective.
_REGULAR = word_set(
    """claim attack target foil rock storm force battle clash shell bomb raid kill wound kidnap push advance close near
    halt torch blast face order vow press protest march ambush assault question probe slam blame urge back help
    down clear end halt mark name pound surround move mass train test launch release recapture capture torch murder loot
    command escape return swap trade free pull"""
)
_IRREGULAR = dict(
    pair.split(":")
    for pair in [
        "strike:struck",
        "fight:fought",
        "retake:retook",
        "repel:repelled",
        "hold:held",
        "seek:sought",
        "win:won",
        "kidnap:kidnapped",
        "take:took",
        "shoot:shot",
        "blow:blew",
        "throw:threw",
        "hit:hit",
        "set:set",
        "put:put",
        "cut:cut",
        "quit:quit",
        "shut:shut",
        "break:broke",
        "bring:brought",
        "drive:drove",
        "fall:fell",
        "flee:fled",
        "fly:flew",
        "give:gave",
        "hang:hanged",
        "lead:led",
        "leave:left",
        "lend:lent",
        "lose:lost",
        "make:made",
        "meet:met",
        "overrun:overran",
        "overthrow:overthrew",
        "pay:paid",
        "run:ran",
        "sell:sold",
        "send:sent",
        "shake:shook",
        "sink:sank",
        "slay:slew",
        "speak:spoke",
        "steal:stole",
        "sweep:swept",
        "swear:swore",
        "tear:tore",
        "withdraw:withdrew",
        "begin:began",
        "catch:caught",
        "forbid:forbade",
        "hide:hid",
        "hurt:hurt",
        "keep:kept",
        "lay:laid",
        "let:let",
        "deal:dealt",
        "draw:drew",
        "burn:burned",
        "beat:beat",
    ]
)
_ONE_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][bgmnprt]")  # "grab": the last letter is doubled


def _past(base: str) -> str:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith("y") and base[-2:-1] not in set("aeiou"):
        return base[:-1] + "ied"
    if _ONE_SYLLABLE.fullmatch(base):
        return base + base[-1] + "ed"
    return base + "d" if base.endswith("e") else base + "ed"


def _present(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in set("aeiou"):
        return base[:-1] + "ies"
    return base + "es" if base.endswith(("sh", "ss", "ch", "x")) else base + "s"


@cache
def _pasts() -> dict[str, str]:
    """Return the past of verbs by their forms of the present: of those that rules know, and of a few others."""
    bases = _REGULAR | _IRREGULAR.keys() | {verb for verb in lexicon().verbs if verb.isalpha()}
    return {form: _past(base) for base in bases for form in (base, _present(base))}


# "Iraqi forces close in": nouns that it takes for verbs, and what stands in for them.
_NOUNS = {"forces": "troops", "Forces": "Troops"}
_OWNING = word_set(
    "security government special rebel coalition allied loyalist army police peacekeeping ground pro-government"
)
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
    """Return a headline as the parser is to see it: nouns that it takes for verbs replaced, a label cut off."""
    doc = with_words(doc, in_sentence_case([token.text for token in doc]))
    words = [
        _NOUNS.get(token.text, token.text) if token.i and _may_own(doc[token.i - 1]) else token.text for token in doc
    ]
    return with_words(doc, words)


def with_words(doc: Doc, words: list[str]) -> Doc:
    """Return an unparsed copy of a headline with other words in it."""
    made = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    start = sentence_start(made)
    if start:
        made[start].is_sent_start = True
    return made


def with_lemmas(doc: Doc) -> Doc:
    """Give the words that were replaced their own lemmas back."""
    for token in doc:
        if token.text in _NOUNS and token.pos_ == "NOUN":
            token.lemma_ = token.text[:-1]
    return doc


def _may_own(before: Token) -> bool:
    return before.is_title or before.is_upper or before.lower_ in _OWNING


def other_words(doc: Doc) -> Iterator[tuple[int, list[str]]]:
    """Yield (token, words) to parse a headline with instead, when no verb was found in it.

    Parameters
    ----------
    doc
        The parsed headline. `token` is the one that is a verb, if the parser then takes it for its root.
    """
    if any(_is_told(token) for token in doc):
        return
    tries = 0
    for token in doc[1:-1]:
        joined = token.tag_ == "VBZ" and token.dep_ == "compound"  # "drone hits apartment block"
        if token.pos_ in {"ADP", "SCONJ"} or (token.pos_ == "VERB" and token.tag_ != "VB" and not joined):
            return  # "ten killed in an attack": what follows is no verb of the sentence
        past = _pasts().get(token.lower_)
        named = doc[token.i - 1].tag_ in _NAMING
        if past is None or not named or not (joined or token.tag_ in _NO_VERB) or tries == _MOST_TRIES:
            continue
        tries += 1
        yield token.i, [past if other.i == token.i else other.text for other in doc]


def _is_told(token: Token) -> bool:
    """Tell whether a token is the verb of its headline, and not of who says so behind a comma."""
    verb = token.dep_ == "ROOT" and token.pos_ in {"VERB", "AUX"} and token.tag_ not in {"VB", "VBN"}
    last = token.i >= len(token.doc) - 2 and token.lemma_.lower() in SAYING
    return verb and not last


def is_verb(doc: Doc, index: int) -> bool:
    """Tell whether a token came out as the verb of its sentence."""
    token = doc[index]
    subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)
    return token.pos_ == "VERB" and subject and (token.dep_ in {"ROOT", "ccomp"})
