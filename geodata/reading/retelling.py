"""What is told a second time as known: "the shootout took place at", "the attack left 12 dead"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.event import DateBasis, PlaceBasis, Precision, SpanKind
from geodata.ontology import EventType
from geodata.reading.doers import is_deed
from geodata.reading.grammar import after, is_passive
from geodata.reading.nominal import noun_rule
from geodata.reading.surroundings import root_of
from geodata.reading.toll import larger_toll
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from geodata.event import Event, Place
    from geodata.reading.act import Act

_KNOWN = frozenset({"the", "this", "that", "these", "those"})
# "The second raid", "the latest attacks" are others than the one just told.
_ANOTHER = word_set(
    "second third fourth other another latest new further next previous earlier last separate recent similar"
)
_ONCE_NAMED = frozenset({EventType.ASSAULT, EventType.PROTEST, EventType.COERCE, EventType.VOTE})
# Characters between the two tellings: three long sentences or so.
_NEAR = 700
# Ways of one attack, and as which it is kept: the first of them.
_FAMILIES = (
    ("suicide-attack", "explosives"),
    ("aerial", "heavy-weapons", "explosives"),
    ("drone", "aerial"),
    ("massacre", "firearms"),
)
# "The attack came as the premier landed in Rome": only what its own clause names is where it was.
_TIED = frozenset({PlaceBasis.CLAUSE, PlaceBasis.ANAPHORA})
_NEWS = dt.timedelta(days=7)  # what is reported without a day happened in the week before, or so
_OWN = frozenset({PlaceBasis.CLAUSE, PlaceBasis.SENTENCE})
_FALLING = word_set("kill wound injure hurt die")
_NAMED = frozenset({DateBasis.NAMED, DateBasis.RELATIVE})
_WIDE = frozenset({Precision.COUNTRY, Precision.PROVINCE})


def is_again(act: Act) -> bool:
    """Tell what takes an act for known: "the shootout", "these clashes", "three were wounded in the attack"."""
    if act.type not in _ONCE_NAMED or act.sure:
        return False
    if act.nominal:
        return _is_known(act.trigger)
    return (
        _is_of_victims(act)
        and not act.sources
        and any(
            _is_known(noun) and (rule := noun_rule(noun)) is not None and rule.type is EventType.ASSAULT
            for noun in after(act.verb, "in", "by", "during")
        )
    )


def is_of_known_victims(act: Act) -> bool:
    """Tell "the two soldiers were shot dead": those of whom two were just said to be dead."""
    return _is_of_victims(act) and any(
        _is_known(target) and any(child.dep_ == "nummod" for child in target.children) for target in act.targets[:1]
    )


def _is_of_victims(act: Act) -> bool:
    return act.type is EventType.ASSAULT and not act.nominal and is_passive(act.verb)


def _is_known(noun: Token) -> bool:
    beside = {child.lower_ for child in noun.children}
    return bool(beside & _KNOWN) and not beside & _ANOTHER


def is_bare_toll(act: Act, event: Event, sentence: Sentence) -> bool:
    """Tell "at least twelve people were killed, officials said", which is of the attack told before."""
    if act.nominal or event.source_actors or act.trigger.lemma_.lower() not in _FALLING:
        return False
    if (
        event.place_basis in _OWN
        or event.date_basis in _NAMED
        or (event.place is None and "“" in event.unplaced_reason)
    ):
        return False
    return not any(
        token.lower_ in _ANOTHER
        or (token != act.trigger and token.dep_ != "ROOT" and is_deed(token) and not _is_known(token))
        for token in sentence
    )


def retells(event: Event, told: Event) -> bool:
    """Whether an event that is told as known may be this one, told shortly before."""
    if event.type is not told.type or not 0 <= event.start - told.end < _NEAR:
        return False
    return _alike(event.mode, told.mode) and _placed_alike(event, told) and _dated_alike(event, told)


def _alike(mode: str, told: str) -> bool:
    """Tell "they shot six; the attack" and "they killed six; the shootout" from "they killed six; the air strikes"."""
    if mode in {"", told} or (not told and mode == "firearms"):
        return True
    return any(mode in family and told in family for family in _FAMILIES)


def _placed_alike(event: Event, told: Event) -> bool:
    if event.place is None or told.place is None or event.place_basis not in _TIED:
        return True
    return (
        root_of(event.place) == root_of(told.place)
        or _holds(told.place, event.place)
        or _holds(event.place, told.place)
    )


def _holds(wide: Place, place: Place) -> bool:
    """Whether a country, a province or the surroundings of a place hold another place."""
    if wide.id != place.id == root_of(wide):
        return True
    if wide.precision not in _WIDE or wide.country != place.country:
        return False
    return wide.precision is Precision.COUNTRY or wide.admin1 == place.admin1


def _dated_alike(event: Event, told: Event) -> bool:
    if event.date_basis not in _NAMED or event.date_start is None or event.date_end is None:
        return True
    if told.date_start is None or told.date_end is None:
        return True
    if told.date_basis is DateBasis.PUBLICATION:  # a guess, which the day named with the second telling corrects
        return dt.timedelta() <= told.date_end - event.date_end <= _NEWS
    return event.date_start <= told.date_end and told.date_start <= event.date_end


def _sharper(mode: str, other: str) -> str:
    family = next((family for family in _FAMILIES if mode in family and other in family), ())
    return next((way for way in family if way in {mode, other}), mode or other)


def with_details(told: Event, again: Event) -> Event:
    """Return the surer of two tellings with what the other adds: the nearer place, the dead, who did it."""
    if again.confidence > told.confidence:
        told, again = again, told
    told = replace(
        larger_toll(told, told, again),
        mode=_sharper(told.mode, again.mode),
        source_actors=told.source_actors or again.source_actors,
        target_actors=told.target_actors or again.target_actors,
    )
    if told.date_basis is DateBasis.PUBLICATION and again.date_basis in _NAMED:
        told = _at_time_of(told, again)
    if again.place is None or again.place_basis not in _TIED:
        return told
    if told.place is not None and (told.place.id == again.place.id or not _holds(told.place, again.place)):
        return told
    spans = tuple(span for span in told.spans if span.kind is not SpanKind.PLACE)
    return replace(at_place_of(told, again), place_basis=PlaceBasis.PARAGRAPH, spans=spans)


def _at_time_of(event: Event, other: Event) -> Event:
    return replace(
        event,
        date_start=other.date_start,
        date_end=other.date_end,
        date_precision=other.date_precision,
        date_basis=other.date_basis,
        undated_reason=other.undated_reason,
        spans=tuple(span for span in event.spans if span.kind is not SpanKind.DATE),
    )


def at_place_of(event: Event, other: Event) -> Event:
    """Return an event where another telling of it was, with how that is known."""
    return replace(
        event,
        place=other.place,
        place_text=other.place_text,
        place_basis=other.place_basis,
        unplaced_reason=other.unplaced_reason,
        regions=other.regions,
    )
