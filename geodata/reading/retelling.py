"""What is told a second time as known: "the shootout took place at", "the attack left 12 dead"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.event import DateBasis, PlaceBasis, Precision, SpanKind
from geodata.ontology import EventType
from geodata.reading.doers import is_deed
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
_OWN = frozenset({PlaceBasis.CLAUSE, PlaceBasis.SENTENCE})
_FALLING = word_set("kill wound injure hurt die")
_NAMED = frozenset({DateBasis.NAMED, DateBasis.RELATIVE})
_WIDE = frozenset({Precision.COUNTRY, Precision.PROVINCE})


def is_again(act: Act) -> bool:
    """Tell a noun that takes an act for known: "the shootout", "these clashes"."""
    if not act.nominal or act.type not in _ONCE_NAMED or act.sure:
        return False
    beside = {child.lower_ for child in act.trigger.children}
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


def _is_known(deed: Token) -> bool:
    """Tell "the attack also wounded ten"."""
    return deed.dep_ in {"nsubj", "pobj"} and any(child.lower_ in _KNOWN for child in deed.children)


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
    return event.place.id == told.place.id or _holds(told.place, event.place) or _holds(event.place, told.place)


def _holds(wide: Place, place: Place) -> bool:
    """Whether a country or a province holds a place."""
    if wide.precision not in _WIDE or wide.country != place.country:
        return False
    return wide.precision is Precision.COUNTRY or wide.admin1 == place.admin1


def _dated_alike(event: Event, told: Event) -> bool:
    if event.date_basis not in _NAMED or event.date_start is None or event.date_end is None:
        return True
    if told.date_start is None or told.date_end is None:
        return True
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
    if again.place is None or again.place_basis not in _TIED:
        return told
    if told.place is not None and (told.place.id == again.place.id or not _holds(told.place, again.place)):
        return told
    spans = tuple(span for span in told.spans if span.kind is not SpanKind.PLACE)
    return replace(at_place_of(told, again), place_basis=PlaceBasis.PARAGRAPH, spans=spans)


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
