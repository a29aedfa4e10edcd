"""When an act happened, and how that is known: in the sentence, carried over, or by publication."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.event import DateBasis, DatePrecision
from geodata.ontology import SPOKEN, EventType
from geodata.reading.date_ties import (
    began_with,
    begins_at,
    came_after,
    dated_noun,
    describes_noun,
    describes_told,
    has_subject,
    is_ahead,
    is_answered,
    is_apart,
    is_by_means,
    is_cut_off,
    is_loosely_apart,
    is_of_main_clause,
    is_of_occasion,
    is_reported,
    is_same_time,
    lag_behind,
    opens_sentence,
    time_word,
)
from geodata.reading.dates import DateMention, find_dates
from geodata.reading.factuality import SAYING
from geodata.reading.grammar import clause_of, governors, subjects
from geodata.reading.tenses import Tense, tense_of

if TYPE_CHECKING:
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
    until_now: bool = False  # "since January": it went on until the report


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
# News is of the last days: what lies further back is told to explain it, and holds no longer than it is gone on about.
_STORY = dt.timedelta(days=7)
_OLD = dt.timedelta(days=60)
_OVERNIGHT = dt.timedelta(days=1)
_NOW = frozenset({Tense.PRESENT, Tense.PERFECT})
_GOES_ON = frozenset({"he", "she", "they", "it", "this", "that", "these", "those"})
_QUOTES = frozenset({'"', "“", "”", "``", "''"})


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
        self._counted_from: dt.date | None = None  # the last date that was named: "the next day" counts from it
        self._counted_block = -1
        self._held: When | None = None  # what holds for acts that name no date
        self._aside: When | None = None  # the same, of a time before the story
        self._is_of_days = False  # the paragraph tells of the days of the report
        self._block = -1
        self._dates: list[tuple[DateMention, Token]] = []
        self._offset = 0

    def read(self, sentence: Span, passage: Passage) -> None:
        """Find the dates of the next sentence."""
        if self._block != passage.block.start:
            self._block = passage.block.start
            self._held, self._aside, self._is_of_days = None, None, False
        anchor = self._counted_from
        here = self._counted_block == self._block
        text = passage.text[sentence.start_char : sentence.end_char]
        if not here and not text[:40].lower().lstrip('"“ ').startswith(_FROM_BEFORE):
            anchor = None  # "a day earlier" counts from a date of its own paragraph, else from publication
        found = find_dates(text, published=self._published, anchor=anchor)
        self._offset = passage.offset + sentence.start_char
        self._dates = []
        for mention in found:
            span = passage.doc.char_span(
                sentence.start_char + mention.start, sentence.start_char + mention.end, alignment_mode="expand"
            )
            if span is not None:
                self._dates.append((_past(mention), time_word(span)))
        if self._aside is not None and not _goes_on(sentence.root):
            self._aside = None
        if self._held is not None and not self._is_recent(self._held) and _is_about_now(sentence.root):
            self._held, self._is_of_days = None, True

    @property
    def names_day(self) -> bool:
        """Whether the sentence read last names a date."""
        return bool(self._dates)

    def date_of(self, act: Act) -> When | None:
        """Tell when an act of the sentence read last happened."""
        usable = [(mention, word) for mention, word in self._dates if not mention.is_future]
        if act.type.quad in SPOKEN and not act.nominal and self._published is not None and _tells_now(act):
            # Who "has condemned an attack at the weekend" did so since.
            above = set(governors(act.verb)) | ({act.speaker.head} if act.speaker is not None else set())
            usable = [
                (mention, word)
                for mention, word in usable
                if mention.last >= self._published or begins_at(word) or clause_of(word) in above
            ]
        lag = lag_behind(act.trigger)
        if lag is not None and not any(clause_of(word) in {act.verb, act.trigger} - {lag[0]} for _, word in usable):
            return self._before(*lag, usable)
        tied = [(self._distance(act, word), mention, word) for mention, word in usable if self._may_date(act, word)]
        if tied:
            _, mention, word = min(tied, key=lambda item: item[0])
            return self._when(mention, until_now=begins_at(word) or began_with(act.verb, word))
        old = self._long_before(act, usable)
        if old is not None:
            return old
        held = self._aside or self._held
        if held is not None and (self._published is None or not _tells_now(act)):
            return replace(held, basis=DateBasis.CARRIED)
        if self._published is not None:
            return When(self._published, self._published, DatePrecision.DAY, DateBasis.PUBLICATION)
        return None

    def _long_before(self, act: Act, usable: list[tuple[DateMention, Token]]) -> When | None:
        """Return the time of what an act came after, where that is long past: it was no news of the day of the report.

        "After the 2017 referendum Baghdad moved troops to Kirkuk": in 2017, as far as the report says.
        """
        if self._published is None or tense_of(act.verb) is not Tense.PAST:
            return None
        long_ago = self._published - _OLD
        old = [mention for mention, word in usable if mention.last < long_ago and came_after(act.verb, word)]
        return replace(self._when(old[0]), basis=DateBasis.CARRIED) if old else None

    def _before(self, later: Token, days: int, usable: list[tuple[DateMention, Token]]) -> When | None:
        """Count back from the day of what came so many days after an act."""
        own = [mention for mention, word in usable if clause_of(word) == later and not describes_noun(word)]
        base = self._when(own[0]) if own else self._held
        if base is None and self._published is not None:
            base = When(self._published, self._published, DatePrecision.DAY, DateBasis.RELATIVE)
        if base is None:
            return None
        back = dt.timedelta(days=days)
        basis = DateBasis.CARRIED if base is self._held else DateBasis.RELATIVE
        return replace(base, first=base.first - back, last=base.last - back, basis=basis)

    def close(self, sentence: Span) -> None:
        """Let the date of the sentence's main clause hold for what follows."""
        for mention, word in self._dates:
            if mention.is_future or mention.precision is DatePrecision.YEAR:
                continue
            if describes_noun(word) and not (describes_told(word) and len(self._dates) == 1):
                continue
            if clause_of(word).dep_ in {"relcl", "acl"}:
                continue
            self._counted_from = mention.first
            self._counted_block = self._block
            if self._holds_on(mention, word):
                self._hold(self._when(mention))
        if self._held is None and sentence.root.pos_ in {"VERB", "AUX"}:
            self._is_of_days = True

    def _hold(self, when: When) -> None:
        if self._is_recent(when):
            self._held, self._aside, self._is_of_days = when, None, True
        elif self._is_of_days:
            self._aside = when
        else:
            self._held = when

    def _holds_on(self, mention: DateMention, word: Token) -> bool:
        """Tell a date of what the sentence tells from one that explains it, is still to come, or lies before it."""
        if begins_at(word) or is_apart(word) or not is_of_main_clause(word):
            return False
        if (
            self._published is not None
            and mention.first < self._published - _OVERNIGHT
            and self._published <= mention.last
        ):
            return False  # "in the past three days" sums up
        clause = clause_of(word)
        tense = tense_of(clause)
        if is_ahead(clause) or tense in {Tense.FUTURE, Tense.PRESENT}:
            return False
        if tense is Tense.PERFECT:
            return mention.first == mention.last  # not "has eased off in the past 12 hours"
        return tense is not Tense.PLUPERFECT or is_reported(clause) or opens_sentence(word)

    def _is_recent(self, when: When) -> bool:
        if self._published is None:
            return True
        return when.precision is DatePrecision.DAY and self._published - when.last <= _STORY

    def _when(self, mention: DateMention, *, until_now: bool = False) -> When:
        last = mention.last
        if self._published is not None and mention.first <= self._published and (until_now or self._published < last):
            last = self._published  # nothing is reported before it happens
        return When(
            mention.first, last, mention.precision, mention.basis,
            self._offset + mention.start, self._offset + mention.end, mention.year_inferred, until_now,
        )  # fmt: skip

    @staticmethod
    def _may_date(act: Act, word: Token) -> bool:
        """Keep a date inside a noun phrase ("the September 25 referendum") to that noun's act."""
        if began_with(act.verb, word):
            return True
        if is_cut_off(act.trigger, word):
            return False
        if describes_noun(word):
            return _dates_noun_of(act, word) or is_of_occasion(act.verb, word)
        own = clause_of(word)
        if is_ahead(own):
            return False  # "said it would lift the ban on Friday"
        now = tense_of(act.verb) in _NOW
        if own.dep_ == "conj" and own not in {act.verb, act.trigger} and (tense_of(own) in _NOW) is not now:
            return False  # "the offer was made by four groups and follows fighting in the past ten days"
        above = set(governors(word))
        if is_apart(word) and not begins_at(word) and not is_loosely_apart(word) and act.trigger not in above:
            return False  # "tension has grown since an attack two weeks ago"
        if own in {act.verb, act.trigger} or own in set(governors(act.verb)):
            return True
        # A date in another clause with a subject of its own, or in a relative clause, dates only that.
        return own.dep_ not in {"relcl", "acl"} and is_by_means(own) and (not has_subject(own) or is_same_time(own))

    @staticmethod
    def _distance(act: Act, word: Token) -> float:
        clause = clause_of(word)
        near = 0 if clause in {act.verb, act.trigger} else 10
        inside = 0 if act.trigger in set(governors(word)) else 3
        return near + inside + abs(word.i - act.trigger.i) / 10


def _dates_noun_of(act: Act, word: Token) -> bool:
    """Tell whether the noun that a date describes is the act, or part of what it is about."""
    noun = dated_noun(word)
    involved = {act.trigger.i}
    if act.type is EventType.VOTE or act.nominal:
        involved |= {child.i for child in act.verb.children if child.dep_ in {"dobj", "nsubjpass", "pobj"}}
    if noun.i in involved:
        return True
    above = next((head for head in governors(noun) if head.pos_ == "NOUN" and head.i in involved), None)
    return above is not None and not is_answered(noun, above)


def _tells_now(act: Act) -> bool:
    """Tell "accuses" and "has arrested", which are of the day of the report, from what is told of a day before."""
    if act.nominal and act.trigger.dep_ not in {"dobj", "attr"}:
        return False  # "the attack follows": of the day that the story is at
    if not _is_quoted(act.verb):
        tense = tense_of(act.verb)
        told = tense is Tense.PRESENT and act.speaker is not None and tense_of(act.speaker.head) is Tense.PAST
        return tense in _NOW and not told  # "Chad is grateful, he said on Monday"
    root = act.verb.sent.root  # what is quoted was said when it was said
    return root.lemma_.lower() in SAYING and not _is_quoted(root) and tense_of(root) in _NOW


def _is_about_now(root: Token) -> bool:
    return root.lemma_.lower() not in SAYING and not _is_quoted(root) and tense_of(root) in _NOW


def _goes_on(root: Token) -> bool:
    """Tell whether a sentence goes on about the one before: "They killed", "That raid was"."""
    if root.lemma_.lower() in SAYING or tense_of(root) in _NOW:
        return False
    return any(
        subject.lower_ in _GOES_ON
        or any(child.dep_ == "det" and child.lower_ in _GOES_ON for child in subject.children)
        for subject in subjects(root)[:1]
    )


def _is_quoted(token: Token) -> bool:
    """Tell whether a token stands within quotation marks that open in its sentence."""
    before = token.doc[token.sent.start : token.i]
    return sum(other.text in _QUOTES for other in before) % 2 == 1
