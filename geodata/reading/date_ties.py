"""How a date hangs in its sentence: on the main act, on a noun, or on what only explains it.

"Police fired on a march on Monday" dates what is told; "since the march of 3 May", "after Monday's march" and "which
fell in June" date something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.reading.date_patterns import NUMBERS
from geodata.reading.factuality import SAYING, Status, status_of
from geodata.reading.grammar import clause_of, governors
from geodata.reading.lexicon import lexicon
from geodata.reading.tenses import Tense, tense_of
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

# "On the night of October 15", "after Friday prayers": the date dates the clause.
_PARTS_OF_TIME = word_set(
    """night evening morning afternoon day week weekend hour dawn eve month end beginning start course middle time dusk
    midnight noon sunrise sunset daybreak nightfall prayer prayers spring summer autumn winter fall season half year decade"""
)
# What stands after these was before, or is not yet; of what stands after the nouns a deed is the answer.
_APART = frozenset({"after", "before", "since", "until", "till", "following", "prior", "despite", "pending"})
_WAKES = word_set("wake aftermath anniversary response retaliation revenge reprisal reaction")
_SINCE, _LATER = frozenset({"since"}), frozenset({"after", "following"})
_OF_NOUNS = _APART | frozenset({"to", "over", "for", "about", "against"})
_BELIEVED = SAYING | word_set("believe think know understand learn hear see")
_BIDDEN = word_set("order tell ask urge demand call request instruct require give allow invite warn")
_PLANNED = word_set("plan schedule due set expect agree intend be hope aim")
_SAME_TIME = frozenset({"when", "as", "while"})
_BY = frozenset({"by", "in", "with", "while"})
_IN = frozenset({"in", "during", "at", "amid"})
_VERBS = frozenset({"VERB", "AUX"})
_IN_FRONT = 5  # tokens
_UNITS = {"hour": 0, "day": 1, "week": 7}


def time_word(span: Span) -> Token:
    """Return the word of a date that ties it to its sentence, not the preposition: "Monday" of "on Monday"."""
    root = span.root
    if root.pos_ in {"ADP", "SCONJ"}:
        return next((child for child in root.children if child.dep_ == "pobj" and child in span), root)
    return root


def dated_noun(word: Token) -> Token:
    """Return the noun that a date describes: "the September 25 referendum", "the vote of September 25"."""
    return word.head.head if word.dep_ == "pobj" else word.head


def describes_noun(word: Token) -> bool:
    """Tell whether a date describes a noun and does not date the clause."""
    noun = dated_noun(word)
    described = word.dep_ in {"compound", "nmod", "amod", "poss", "nummod"}
    described = described or (word.dep_ == "pobj" and word.head.lower_ == "of")
    return described and noun.pos_ in {"NOUN", "PROPN"} and noun.lemma_.lower() not in _PARTS_OF_TIME


def describes_told(word: Token) -> bool:
    """Tell "Saturday's bombing killed", which dates what follows, from "the September referendum", "since Sunday's raid"."""
    noun = dated_noun(word)
    rule = lexicon().nouns.get(noun.lemma_.lower())
    if rule is None or rule.weak:
        return False
    inside = noun.dep_ == "pobj" and noun.head.lower_ in _IN and noun.head.head.pos_ in _VERBS
    return inside or noun.dep_ in {"nsubj", "nsubjpass", "dobj"}


def begins_at(word: Token) -> bool:
    """Tell "since Monday": it has gone on from then."""
    return word.dep_ == "pobj" and word.head.lower_ == "since"


def began_with(verb: Token, word: Token) -> bool:
    """Tell "have been killed since the war began in 2011", "since the start of the raids in May": gone on from then."""
    return _is_reckoned_from(verb, word, _SINCE)


def came_after(verb: Token, word: Token) -> bool:
    """Tell "closed its office after troops took the town in October", of which the date is at least the earliest."""
    return _is_reckoned_from(verb, word, _LATER)


def _is_reckoned_from(verb: Token, word: Token, links: frozenset[str]) -> bool:
    parted = _parted_by(word)
    if parted is None or parted.lower_ not in links:
        return False
    head = clause_of(word).head if parted.dep_ == "mark" else parted.head
    return head in {verb, *governors(verb)}


def is_of_occasion(verb: Token, word: Token) -> bool:
    """Tell "were killed during Saturday's unrest", whose day is the deed's."""
    noun = dated_noun(word)
    during = noun.dep_ == "pobj" and noun.head.lower_ in {"during", "amid"}
    return during and verb in {noun.head.head, *governors(noun.head.head)}


def is_answered(noun: Token, above: Token) -> bool:
    """Tell whether an event only explains another in its clause: "a response to Sunday's raid"."""
    token = noun
    while token not in {above, token.head}:
        if token.dep_ in {"prep", "mark"} and token.lower_ in _OF_NOUNS:
            return True
        token = token.head
    return False


def is_apart(word: Token) -> bool:
    """Tell a date of what was before: "after a raid on Monday", "since an attack two weeks ago"."""
    return _parted_by(word) is not None


def is_loosely_apart(word: Token) -> bool:
    """Tell "died after a battle on Monday", where the day is as often that of the deed itself."""
    parted = _parted_by(word)
    return (
        parted is not None
        and parted.lower_ in {"after", "following"}
        and parted.dep_ == "prep"
        and word.head.head != parted
        and tense_of(clause_of(word)) is Tense.PAST
        and any(head.pos_ == "NOUN" and head.head == parted for head in governors(word))
    )


def _parted_by(word: Token) -> Token | None:
    clause = clause_of(word)
    for token in _up_to(word, clause):
        if token.lower_ in _APART and token.dep_ in {"prep", "pcomp"} and not _is_hour(token, word):
            return token
        if token.lemma_.lower() in _WAKES and token != word:
            return token
    if clause.dep_ == "pcomp" and clause.head.lower_ in _APART:
        return clause.head
    return next((child for child in clause.children if child.dep_ == "mark" and child.lower_ in _APART), None)


def _is_hour(preposition: Token, word: Token) -> bool:
    """Tell "after midnight on Monday", "before 10 a.m. on Monday" from "until the end of the month"."""
    return preposition.lower_ in {"after", "before"} and any(
        child.lemma_.lower() in _PARTS_OF_TIME or child.ent_type_ == "TIME" or child.like_num
        for child in preposition.children
        if child.dep_ == "pobj" and child != word
    )


def _up_to(word: Token, clause: Token) -> Iterator[Token]:
    token = word
    while token not in {clause, token.head}:
        token = token.head
        yield token


def is_of_main_clause(word: Token) -> bool:
    """Tell whether a date stands with what the sentence as a whole tells, also by way of who says so."""
    clause = clause_of(word)
    while clause.head != clause:
        link, head = clause.dep_, clause.head
        if link in {"relcl", "acl"}:
            return False
        if link == "ccomp" and head.lemma_.lower() not in _BELIEVED:
            return False
        if link == "pcomp":
            if head.lower_ not in _BY:
                return False
        elif link == "advcl" and not (is_same_time(clause) or _is_part_of_it(clause)):
            return False
        clause = clause_of(head)
    return True


def lag_behind(act_word: Token) -> tuple[Token, int] | None:
    """Read "a day after gunmen stormed a hotel": what came how many days after an act, or None.

    Returns
    -------
    tuple of Token and int, or None
        The verb of the clause that tells what came later, and the days between the two.
    """
    token = act_word
    while token.head != token:
        opens = [child for child in token.children if child.dep_ == "mark"] if token.dep_ == "advcl" else []
        if token.dep_ == "prep" and token.head.lemma_.lower() in _UNITS:
            opens = [token]
        for after in opens:
            unit = token.doc[after.i - 1] if after.i else after
            if after.lower_ == "after" and unit.lemma_.lower() in _UNITS:
                days = _UNITS[unit.lemma_.lower()]
                counted = next((NUMBERS[c.lower_] for c in unit.children if c.lower_ in NUMBERS), 0)
                return (clause_of(token.head), days * counted) if counted or not days else None
        if token.dep_ in {"advcl", "relcl", "ccomp"}:
            return None
        token = token.head
    return None


def opens_sentence(word: Token) -> bool:
    """Tell "A day before, the council had voted": a date in front sets the scene for what follows."""
    return word.i - word.sent.start <= _IN_FRONT and word.i < word.sent.root.i


def is_ahead(clause: Token) -> bool:
    """Tell what is still to come: "said it would lift the ban on Friday", "is due to meet on Friday"."""
    if clause.pos_ not in _VERBS:
        return False
    to = any(child.lower_ == "to" and child.dep_ == "aux" for child in clause.children)
    if to and clause.dep_ in {"xcomp", "ccomp", "acl", "advcl"} and clause.head.lemma_.lower() in _PLANNED | _BIDDEN:
        return True
    # "would begin handing over the town on Friday": the modal verb stands above
    return status_of(clause) is Status.ANNOUNCED or (clause.dep_ == "xcomp" and tense_of(clause) is Tense.FUTURE)


def is_reported(clause: Token) -> bool:
    """Tell "the army said it had taken the town": what is past for the speaker is the news."""
    return any(head.lemma_.lower() in SAYING for head in governors(clause) if head.pos_ == "VERB")


def is_same_time(clause: Token) -> bool:
    """Tell "killed when a bomb exploded on Saturday" from "after it exploded on Saturday"."""
    return clause.dep_ == "advcl" and any(child.lower_ in _SAME_TIME for child in clause.children)


def is_by_means(clause: Token) -> bool:
    """Tell "killed ten by shelling the town on Monday", one deed, from "met them after shelling the town on Monday"."""
    return clause.dep_ != "pcomp" or clause.head.lower_ in _BY


def is_cut_off(trigger: Token, word: Token) -> bool:
    """Tell whether a semicolon stands between an act and a date."""
    first, last = sorted((trigger.i, word.i))
    return any(token.text == ";" for token in word.doc[first:last])


def has_subject(verb: Token) -> bool:
    """Tell whether a verb has a subject of its own."""
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)


def _is_part_of_it(verb: Token) -> bool:
    """Tell ", killing ten on Monday" from ", hit by shells on Monday, " and "because it was hit on Monday"."""
    return verb.tag_ == "VBG" and not has_subject(verb) and not any(child.dep_ == "mark" for child in verb.children)
