"""When an act happened, and how that is known: in the sentence, carried over, or by publication."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.event import DateBasis, DatePrecision
from geodata.ontology import EventType
from geodata.reading.dates import DateMention, find_dates
from geodata.reading.grammar import clause_of, governors
from geodata.reading.lexicon import lexicon
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    import datetime as dt

    from spacy.tokens import Span, Token

    from geodata.reading.act import Act
    from geodata.reading.passages import Passage


@dataclass(frozen=True, slots=True)
class When:
    """Days of an act, inclusive, and how they are known; `start` and `end` are the words that say so."""

    first: dt.date
    last: dt.date
    precision: DatePrecision
    basis: DateBasis
    start: int | None = None
    end: int | None = None
    year_inferred: bool = False


# "On the night of October 15": the date dates the clause.
_PARTS_OF_TIME = word_set(
    "night evening morning afternoon day week weekend hour dawn eve month end beginning start course middle"
)


_FROM_BEFORE = (
    "less than",
    "within",
    "the next",
    "the following",
    "hours later",
    "a day later",
    "two hours",
    "the same",
)


def _past(mention: DateMention) -> DateMention:
    """Take a month without a year for the last one that was: what is reported as done "in June" is no plan."""
    if not (mention.is_future and mention.year_inferred and mention.precision is DatePrecision.MONTH):
        return mention
    first = mention.first.replace(year=mention.first.year - 1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return replace(mention, first=first, last=last, is_future=False)


class Calendar:
    """Carries the date from sentence to sentence of one article."""

    def __init__(self, published: dt.date | None) -> None:
        self._published = published
        self._anchor: When | None = None  # the last date that a main clause named
        self._anchor_block = -1
        self._dates: list[tuple[DateMention, Token]] = []
        self._offset = 0

    def read(self, sentence: Span, passage: Passage) -> None:
        """Find the dates of the next sentence."""
        here = self._anchor_block == passage.block.start
        anchor = self._anchor.first if self._anchor is not None else None
        if not here and not sentence.text[:40].lower().lstrip('"“ ').startswith(_FROM_BEFORE):
            anchor = None  # "a day earlier" counts from a date of its own paragraph, else from publication
        found = find_dates(sentence.text, published=self._published, anchor=anchor)
        self._offset = passage.offset + sentence.start_char
        self._dates = []
        for mention in found:
            span = passage.doc.char_span(
                sentence.start_char + mention.start, sentence.start_char + mention.end, alignment_mode="expand"
            )
            if span is not None:
                self._dates.append((mention, span.root))

    @property
    def names_day(self) -> bool:
        """Whether the sentence read last names a date."""
        return bool(self._dates)

    def date_of(self, act: Act, passage: Passage) -> When | None:
        """Tell when an act of the sentence read last happened."""
        dated = [(_past(mention), root) for mention, root in self._dates]
        usable = [(mention, root) for mention, root in dated if not mention.is_future]
        tied = [(self._distance(act, root), mention) for mention, root in usable if self._may_date(act, root)]
        if tied:
            return self._when(min(tied, key=lambda item: item[0])[1])
        if self._anchor is not None and self._anchor_block == passage.block.start:
            return replace(self._anchor, basis=DateBasis.CARRIED)
        if self._published is not None:
            return When(self._published, self._published, DatePrecision.DAY, DateBasis.PUBLICATION)
        return None

    def close(self, sentence: Span, passage: Passage) -> None:
        """Let the date of the sentence's main clause hold for what follows."""
        for mention, root in self._dates:
            happening = _modifies_noun(root) and _is_happening(_dated_noun(root))
            if mention.is_future or mention.precision is DatePrecision.YEAR:
                continue
            if _modifies_noun(root) and not (happening and len(self._dates) == 1):
                continue
            clause = clause_of(root)
            if clause.dep_ in {"relcl", "acl"}:
                continue
            self._anchor = self._when(mention)
            self._anchor_block = passage.block.start
        _ = sentence

    def _when(self, mention: DateMention) -> When:
        last = mention.last
        if self._published is not None and mention.first <= self._published < last:
            last = self._published  # nothing is reported before it happens
        return When(
            mention.first, last, mention.precision, mention.basis,
            self._offset + mention.start, self._offset + mention.end, mention.year_inferred,
        )  # fmt: skip

    @staticmethod
    def _may_date(act: Act, root: Token) -> bool:
        """Keep a date inside a noun phrase ("the September 25 referendum") to that noun's act."""
        if _is_cut_off(act.trigger, root):
            return False
        if not _modifies_noun(root):
            own = clause_of(root)
            if own in {act.verb, act.trigger} or own in set(governors(act.verb)):
                return True
            # A date in another clause with a subject of its own, or in a relative clause, dates only that.
            return own.dep_ not in {"relcl", "acl"} and (not _has_subject(own) or _is_same_time(own))
        noun = _dated_noun(root)
        involved = {act.trigger.i}
        if act.type is EventType.VOTE or act.nominal:
            involved |= {child.i for child in act.verb.children if child.dep_ in {"dobj", "nsubjpass", "pobj"}}
        return noun.i in involved or any(head.i in involved for head in governors(noun) if head.pos_ == "NOUN")

    @staticmethod
    def _distance(act: Act, root: Token) -> float:
        clause = clause_of(root)
        near = 0 if clause in {act.verb, act.trigger} else 10
        inside = 0 if act.trigger in set(governors(root)) else 3
        return near + inside + abs(root.i - act.trigger.i) / 10


def _is_same_time(clause: Token) -> bool:
    """Tell "killed when a bomb exploded on Saturday" from "after it exploded on Saturday"."""
    return clause.dep_ == "advcl" and any(child.lower_ in {"when", "as", "while"} for child in clause.children)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)


def _is_cut_off(trigger: Token, root: Token) -> bool:
    """Tell whether a semicolon stands between an act and a date."""
    first, last = sorted((trigger.i, root.i))
    return any(token.text == ";" for token in root.doc[first:last])


def _is_happening(noun: Token) -> bool:
    """Tell "Saturday's bombing", which dates what follows, from "the September referendum"."""
    rule = lexicon().nouns.get(noun.lemma_.lower())
    return rule is not None and not rule.weak


def _dated_noun(root: Token) -> Token:
    """Return the noun that a date describes: "the September 25 referendum", "the vote of September 25"."""
    return root.head.head if root.dep_ == "pobj" else root.head


def _modifies_noun(root: Token) -> bool:
    noun = _dated_noun(root)
    described = root.dep_ in {"compound", "nmod", "amod", "poss", "nummod"}
    described = described or (root.dep_ == "pobj" and root.head.lower_ == "of")
    return described and noun.pos_ in {"NOUN", "PROPN"} and noun.lemma_.lower() not in _PARTS_OF_TIME
