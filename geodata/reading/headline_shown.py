"""What the parser is shown in place of words of a headline that it misreads: "shells target", "airstrikes hit"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.reading.headline_case import is_common
from geodata.reading.headline_words import (
    DIRECTIONS,
    STOPS,
    is_doer,
    is_harming,
    is_within,
    names_act,
    opens_noun,
)
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

# What stands in for words that it misreads: "Iraqi forces close in", "airstrikes hit", "shells target".
_NOUNS = {
    "forces": "troops",
    "airstrikes": "bombings",
    "airstrike": "bombing",
    "shelling": "bombardment",
    "fighting": "warfare",
}
_TARGETING = {"target": "destroy", "targets": "destroys"}
_LEMMAS = {
    "forces": "force",
    "airstrikes": "airstrike",
    "airstrike": "airstrike",
    "shelling": "shelling",
    "fighting": "fighting",
    "target": "target",
    "targets": "target",
}
# "Ten rebels dead in Basra" were killed there; "left ten rebels dead" needs no other word.
_DEAD_BEFORE = frozenset({"in", "at", "near", "as", "after", "outside", "following", "", "-", "–"})
_LEAVING = word_set("leave leaves left leaving found shot shoots gunned strike struck drop")
_CLOSING = frozenset({"”", '"', "’", "'"})
_OWNING = word_set(
    "security government special rebel coalition allied loyalist army police peacekeeping ground pro-government regime opposition resistance occupation border defence defense"
)


def shown_instead(words: Sequence[str], starts: Sequence[int]) -> list[str]:
    """Return the words of a headline as the parser is to see them.

    Parameters
    ----------
    words
        As they are written, in small letters but for names.
    starts
        The tokens at which its parts begin.
    """
    ends = [*starts, len(words)]
    return [_shown(words, at, next(end for end in ends if end > at)) for at in range(len(words))]


def _shown(words: Sequence[str], at: int, end: int) -> str:
    word, small = words[at], words[at].lower()
    before, behind = (words[at - 1] if at else ""), (words[at + 1] if at + 1 < len(words) else "")
    if small in _TARGETING:
        verb = (is_doer(before) or before in _CLOSING) and (opens_noun(behind) or behind.lower() in DIRECTIONS)
        if not at or not verb:
            return word
        return "targeting" if is_within(words, at) or _is_told_later(words, at, end) else _TARGETING[small]
    if small == "forces":
        return _like(word, _NOUNS[small]) if at and _may_own(before) else word
    if small == "fighting" and at and is_doer(before):
        return word  # "rebels fighting near Basra"
    if small in _NOUNS and (not small.endswith("ing") or not opens_noun(behind)):
        return _like(word, _NOUNS[small])
    if small == "dead" and at and is_doer(before) and behind.lower() in _DEAD_BEFORE:
        return word if any(other.lower() in _LEAVING for other in words[:at]) else "killed"
    if at == 1 and word.istitle() and names_act(small) and is_common(before):
        return small  # "Violent Clashes in Basra"
    return word


def _is_told_later(words: Sequence[str], at: int, end: int) -> bool:
    """Tell "shells target Basra cause damage", where what they cause is what is told."""
    for place in range(at + 2, end):
        before = words[place - 1]
        if words[place] in {",", ";"}:
            return False
        if (
            is_harming(words[place].lower())
            and before.lower() not in STOPS
            and (before[:1].isupper() or not is_doer(before))
        ):
            return True
    return False


def with_lemmas(doc: Doc) -> Doc:
    """Give the words that were replaced their own lemmas back."""
    for token in doc:
        lemma = _LEMMAS.get(token.lower_)
        if lemma is not None and token.pos_ == ("VERB" if lemma == "target" else "NOUN"):
            token.lemma_ = lemma
    return doc


def _may_own(before: str) -> bool:
    """Tell whether a word before "forces" may say whose they are."""
    return before.istitle() or before.isupper() or before.lower() in _OWNING


def _like(word: str, other: str) -> str:
    return other.capitalize() if word[:1].isupper() else other
