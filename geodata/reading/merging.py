"""One happening that an article tells twice, kept once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geodata.event import ActorKind, DateBasis, DatePrecision, SpanKind
from geodata.ontology import SPOKEN, EventType
from geodata.reading.retelling import at_place_of, retells, with_details
from geodata.reading.surroundings import root_of
from geodata.reading.toll import larger_toll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.event import Actor, Event


@dataclass(frozen=True, slots=True)
class Told:
    """What the words of the reports say of how they belong together; ids of events.

    Parameters
    ----------
    again
        Those that are told as known: "the attack", "these clashes". They are the one told shortly before that they may be.
    victims
        Those of `again` that tell whom else it hurt: "two guards were wounded in the attack".
    apart
        Those of a headline that tells of several things: what its parts tell are not the same.
    """

    again: set[str] = field(default_factory=set)
    victims: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)


def merge(events: Sequence[Event], told: Told) -> list[Event]:
    """Keep one event for each happening of an article.

    Two are the same when type, place and time agree (an unknown place agrees with any, days must
    meet) and no actor speaks against it. The more confident reading stays.

    Parameters
    ----------
    events
        In the order of the article.
    told
        What else is known of them.
    """
    kept: list[Event] = []
    for event in events:
        also_hurt = event.id in told.victims
        first = _first_telling(event, kept, also_hurt=also_hurt) if event.id in told.again else None
        if first is not None:
            before = kept[first].target_actors
            kept[first] = with_details(kept[first], event)
            if also_hurt:
                both = dict.fromkeys((*before, *event.target_actors))
                kept[first] = replace(kept[first], target_actors=tuple(both))
            continue
        others = (
            (i, other) for i, other in enumerate(kept) if event.id not in told.apart or event.start == other.start
        )
        twin = next((i for i, other in others if _same(event, other)), None)
        if twin is None:
            kept.append(event)
        else:
            better, other = sorted((kept[twin], event), key=lambda reading: -reading.confidence)
            kept[twin] = _placed(larger_toll(replace(better, mode=better.mode or other.mode), better, other), other)
            rather = (
                _rather if better.start == other.start else _first_of
            )  # "four were killed when rebels shelled the camp"
            sources = rather(better.source_actors, other.source_actors)
            targets = rather(better.target_actors, other.target_actors)
            if better.start == other.start or _apart(targets, sources):
                kept[twin] = replace(kept[twin], source_actors=sources, target_actors=targets)
    return sorted(kept, key=_order)


def _first_telling(event: Event, kept: Sequence[Event], *, also_hurt: bool) -> int | None:
    """Return which event is told again, the nearest before that it may be; whom it also hurt speaks against none."""
    return next(
        (
            i
            for i in reversed(range(len(kept)))
            if retells(event, kept[i])
            and _agree(event.source_actors, kept[i].source_actors)
            and (also_hurt or _agree(event.target_actors, kept[i].target_actors))
        ),
        None,
    )


def _placed(event: Event, twin: Event) -> Event:
    """Return an event with the place of its twin in the same sentence where it has none itself."""
    if event.place is not None or twin.place is None or event.start != twin.start:
        return event
    return at_place_of(event, twin)


def _order(event: Event) -> tuple[int, int, int, str]:
    """Order by sentence, then by the verb within it, and what is done before the noun that it is done to."""
    words = [span.start for span in event.spans if span.kind is SpanKind.VERB]
    return event.start, min(words, default=event.start), len(words), event.id


def _same(first: Event, second: Event) -> bool:
    if first.type is not second.type or not (_days_meet(first, second) or _is_retold(first, second)):
        return False
    if first.start == second.start and first.mode == second.mode:
        # One sentence: two acts of a type are one unless their actors differ.
        return _agree(first.source_actors, second.source_actors) and _agree(first.target_actors, second.target_actors)
    if first.mode and second.mode and first.mode != second.mode:
        return False
    if first.place is not None and second.place is not None and root_of(first.place) != root_of(second.place):
        return False
    sources, targets = (
        _agree(first.source_actors, second.source_actors),
        _agree(first.target_actors, second.target_actors),
    )
    if first.source_actors == first.target_actors and second.source_actors == second.target_actors:
        return _same_parties(first.source_actors, second.source_actors)
    if first.type is EventType.VOTE:
        return first.place is not None or second.place is not None
    return targets and (sources or _spoken_for(first, second) or _spoken_for(second, first))


def _spoken_for(told: Event, said: Event) -> bool:
    """Tell what somebody says for his own side ("Iraq is grateful to Egypt, he said") from what he says himself."""
    spoken = told.type.quad in SPOKEN and told.claimed_by and told.target_actors and said.target_actors
    speaker = next((actor for actor in said.source_actors if actor.name == told.claimed_by), None)
    own = {actor.country for actor in told.source_actors}
    return bool(spoken) and speaker is not None and bool(speaker.country) and own == {speaker.country}


def _same_parties(first: Sequence[Actor], second: Sequence[Actor]) -> bool:
    """Compare two meetings or fights: one who meets two others on a day takes part in two meetings."""
    ours, theirs = {actor.name for actor in first}, {actor.name for actor in second}
    return ours <= theirs or theirs <= ours


def _agree(first: Sequence[Actor], second: Sequence[Actor]) -> bool:
    ours, theirs = ({actor.name for actor in actors if _is_somebody(actor)} for actors in (first, second))
    return not ours or not theirs or bool(ours & theirs)


def _rather(first: tuple[Actor, ...], second: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return the first actors, unless the second alone hold one of whom more is known than a word."""
    only_second = not any(map(_is_somebody, first)) and any(map(_is_somebody, second))
    return second if only_second else first or second


def _first_of(first: tuple[Actor, ...], second: tuple[Actor, ...]) -> tuple[Actor, ...]:
    return first or second


def _apart(targets: tuple[Actor, ...], sources: tuple[Actor, ...]) -> bool:
    """Whether nobody is on both sides, as only those are who fight or meet each other."""
    return not {actor.name for actor in targets} & {actor.name for actor in sources}


def _is_somebody(actor: Actor) -> bool:
    """Tell who is known from "a camp", which speaks against nobody."""
    return actor.kind is not ActorKind.UNKNOWN or not actor.name.islower()


def _is_retold(first: Event, second: Event) -> bool:
    """Tell a vote, or an attack of the same toll, that is told again without a date of its own."""
    undated = DateBasis.PUBLICATION in {first.date_basis, second.date_basis}
    same_toll = first.fatalities is not None and first.fatalities == second.fatalities
    return undated and (first.type is EventType.VOTE or same_toll)


def _days_meet(first: Event, second: Event) -> bool:
    if first.date_start is None or second.date_start is None or first.date_end is None or second.date_end is None:
        return True
    if _goes_on(first) != _goes_on(second):
        return False  # "ten were killed since last week", "two were killed on Tuesday"
    return first.date_start <= second.date_end and second.date_start <= first.date_end


# Days; what lasted longer went on for a time that the text names: "since last week".
_LONGEST = {DatePrecision.DAY: 2, DatePrecision.WEEK: 7, DatePrecision.MONTH: 31, DatePrecision.YEAR: 366}


def _goes_on(event: Event) -> bool:
    """Whether an event sums up more than the one day, week, month or year that a date is given by."""
    if event.date_start is None or event.date_end is None or event.date_precision is None:
        return False
    return (event.date_end - event.date_start).days >= _LONGEST[event.date_precision]
