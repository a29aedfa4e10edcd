"""From the acts of an article's sentences to its events."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.event import ActorKind, Event, PlaceBasis, Precision, Span, SpanKind
from geodata.ontology import SPOKEN, EventType, Quad
from geodata.reading.acts import find_acts
from geodata.reading.casualties import is_accident
from geodata.reading.certainty import confidence_of
from geodata.reading.contexts import contexts_of
from geodata.reading.elsewhere import is_out_of_reach
from geodata.reading.event_date import Calendar, When
from geodata.reading.event_place import Background, Where, find_place, is_declared
from geodata.reading.factuality import SAYING
from geodata.reading.grammar import core, is_passive, subjects
from geodata.reading.lexicon import UNRULED
from geodata.reading.merging import Told, merge
from geodata.reading.modes import mode_of
from geodata.reading.parted import is_alone, is_of_other_part
from geodata.reading.participants import actors_of, participants, whom_it_reaches
from geodata.reading.presence import Presence
from geodata.reading.retelling import is_again, is_bare_toll, is_of_known_victims
from geodata.reading.taking_part.phrases import Phrases
from geodata.reading.toll import stated_in, tells_of_dead, told_later, with_tolls
from geodata.reading.unsaid import UNTOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spacy.tokens import Span as Sentence

    from geodata.article import Article
    from geodata.event import Actor, Mention, Place
    from geodata.reading.act import Act
    from geodata.reading.actors import Cast
    from geodata.reading.passages import Passage
    from geodata.reading.surroundings import Surroundings


# Forces speak where they stand, not at their headquarters.
_AFIELD = frozenset({ActorKind.STATE_FORCES, ActorKind.MILITIA, ActorKind.REBEL_GROUP})


_LASTING = 90  # days
_NEAR = 300  # characters between an attack and a sentence that says how many it killed
_FEW = 4  # events before, of which one may be told again
_FROM_AFAR = frozenset({PlaceBasis.DATELINE, PlaceBasis.HEADLINE})
# Who is charged or investigated is news, also when it is not said by whom.
_IN_COURT = frozenset({"allege", "investigate"})
_BLAMING = frozenset({"accuse", "blame"})


class Coder:
    """Codes one article.

    Parameters
    ----------
    article
        The article.
    cast
        Its actors.
    background
        Its places, as fall-backs.
    regions_of
        From a place to the ids of the regions that surely hold it.
    seat_of
        From an actor to the place that it speaks from, if it is known.
    surroundings_of
        From a place name and its text to what of its surroundings is meant, if not the place itself.
    """

    def __init__(
        self,
        article: Article,
        cast: Cast,
        background: Background,
        *,
        regions_of: Callable[[Place], tuple[str, ...]],
        seat_of: Callable[[Actor], Place | None],
        surroundings_of: Callable[[Mention, str], Surroundings | None],
    ) -> None:
        self._article = article
        self._cast = cast
        self._background = background
        self._regions_of = regions_of
        self._seat_of = seat_of
        self._surroundings_of = surroundings_of
        self._speaker: Actor | None = None
        self._last_deed: Where | None = None
        self._last_attack = -1  # its number among the events found
        self._found: list[Event] = []
        self._told = Told()
        self._parted = False  # whether a headline is all there is
        self._presence = Presence(article, background.dateline, background.headline)

    def events(self, passages: Iterable[Passage]) -> list[Event]:
        """Return the events that the passages report, each happening once."""
        calendar = Calendar(self._article.published)
        found = self._found
        told = list(passages)
        self._parted = is_alone(told)
        for passage in told:
            for sentence in passage.sentences():
                calendar.read(sentence, passage)
                self._listen(sentence, passage)
                acts = find_acts(sentence, passage)
                coded = self._code_all(acts, sentence, passage, calendar) if acts else []
                attacks = [event for event in coded if event.type is EventType.ASSAULT]
                if not attacks and self._is_about_last(found, sentence, passage, calendar):
                    found[self._last_attack] = told_later(found[self._last_attack], stated_in(sentence))
                if self._parted:
                    self._told.apart.update(event.id for event in coded)
                found += coded
                if attacks:
                    self._last_attack = found.index(attacks[-1])
                calendar.close(sentence)
        return [_without_untold(event) for event in merge(found, self._told)]

    # -- who speaks -------------------------------------------------------------------------

    def _listen(self, sentence: Sentence, passage: Passage) -> None:
        """Remember who speaks; a quotation goes on over several sentences."""
        for token in sentence:
            if (
                token.pos_ == "VERB"
                and token.lemma_.lower() in SAYING
                and token.dep_ in {"ROOT", "parataxis", "conj", "ccomp"}
            ):
                for subject in subjects(token)[:1]:
                    actor = self._cast.actor(passage, subject)
                    if actor is not None:
                        self._speaker = actor

    def _is_about_last(self, found: Sequence[Event], sentence: Sentence, passage: Passage, calendar: Calendar) -> bool:
        """Tell whether a number of this sentence may be that of the last attack: no other day or place is named."""
        if self._last_attack < 0 or calendar.names_day:
            return False
        attack = found[self._last_attack]
        start = passage.offset + sentence.start_char
        if start - attack.end >= _NEAR or self._article.text.count("\n\n", attack.end, start) > 1:
            return False
        elsewhere = any(
            mention.place is None or not _is_same_place(mention.place, attack.place)
            for token in sentence
            if (mention := passage.places.get(token.i)) is not None and not mention.metonymic
        )
        return not elsewhere

    # -- one act ----------------------------------------------------------------------------

    def _code_all(self, acts: Sequence[Act], sentence: Sentence, passage: Passage, calendar: Calendar) -> list[Event]:
        phrases = Phrases(sentence, passage)
        armed = any(act.type is EventType.ASSAULT for act in acts)
        stated = stated_in(sentence) if armed else []
        deadly = armed and tells_of_dead(stated, sentence)
        coded = [(act, self._code(act, sentence, passage, calendar, phrases, deadly=deadly)) for act in acts]
        kept = [(act, event) for act, event in coded if event is not None]
        attacks = [(act, event) for act, event in kept if event.type is EventType.ASSAULT]
        if len(attacks) == 1:
            self._told.again.update(event.id for act, event in attacks if is_bare_toll(act, event, sentence))
        counted = {event.id: event for event in with_tolls(attacks, stated)}
        tolls = {event.fatalities for event in self._found[-_FEW:]} - {None}
        self._told.again.update(
            event.id
            for act, event in kept
            if is_again(act) or (is_of_known_victims(act) and counted[event.id].fatalities in tolls)
        )
        self._told.victims.update(event.id for act, event in kept if not act.nominal and is_again(act))
        return [counted.get(event.id, event) for _, event in kept]

    def _code(
        self, act: Act, sentence: Sentence, passage: Passage, calendar: Calendar, phrases: Phrases, *, deadly: bool
    ) -> Event | None:
        armed = act.type is EventType.ASSAULT
        sources, targets, done_by, done_to, worded, one_sided, untold, ground = participants(
            act, passage, phrases, self._cast, self._speaker
        )
        known = is_again(act) and not act.sources and not act.targets
        if known:  # "the attack came as the premier landed": nobody is named who had to do with it
            sources = targets = []
        if not sources and act.speaker is not None and act.type.quad in SPOKEN and act.verb.dep_ == "conj":
            # "He said the vote was void and threatened to ...": the parser gives "threatened" to the vote.
            sources = actors_of(self._cast, [act.speaker], passage, self._speaker)
        if act.rule.mutual or (act.type is EventType.CONSULT and act.rule.mode != "visit"):
            both = list({actor.name: actor for actor in (*sources, *targets)}.values())
            if len(both) > 1 and not one_sided:  # two who fight, meet or sign stand on both sides
                sources = targets = both
        where = self._where(act, sentence, passage, sources)
        doing, suffering = ([one for one in actors if one.name not in worded] for actors in (sources, targets))
        told = bool(untold) or ground or (armed and deadly) or _is_worth(act, doing, suffering, where)
        text = passage.text[sentence.start_char : sentence.end_char]
        if _by_accident(act, doing, text) or not told:
            return None
        if not targets and (sources or armed) and act.rule.target != "none" and not (one_sided or known):
            targets = whom_it_reaches(replace(act, sources=(*act.sources, *done_by)), passage, self._cast, sources)
        when = calendar.date_of(act)
        if when is not None and when.until_now and (when.last - when.first).days > _LASTING:
            return None  # "have been at war since 2023": how things stand, and no act
        if where is not None and act.type.quad not in SPOKEN and where.basis is not PlaceBasis.DATELINE:
            self._last_deed = where if where.mention.place is not None else None
        claimed = self._claimed_by(act, passage, sources)
        where = self._as_told(self._met_there(act, passage, sources, where))
        self._presence.note(act, sources, targets, where)
        place, basis, unplaced = self._place(act, where, sources, claimed)
        start, end = _trim(passage.offset + sentence.start_char, text)
        quote = self._article.text[start:end]
        mode = mode_of(act, done_by or act.sources, targets)
        shown = replace(act, sources=tuple(done_by), targets=tuple(done_to))
        spans = self._spans(shown, passage, where if place is not None else None, when, (start, end))
        return Event(
            id=_event_id(self._article.id, passage.offset + act.trigger.idx, act.type),
            article_id=self._article.id,
            type=act.type,
            mode=mode,
            quad=act.type.quad,
            contexts=contexts_of(text),
            source_actors=tuple(sources) or untold,
            target_actors=tuple(targets),
            date_start=when.first if when else None,
            date_end=when.last if when else None,
            date_precision=when.precision if when else None,
            date_basis=when.basis if when else None,
            undated_reason="" if when else "The sentence names no full date, and the day of publication is not known.",
            place=place,
            place_text=self._article.text[where.start : where.end] if where and place is not None else "",
            place_basis=basis,
            unplaced_reason=unplaced,
            regions=self._regions_of(place) if place is not None else (),
            start=start,
            end=end,
            quote=quote,
            spans=spans,
            claimed_by=claimed,
            confidence=confidence_of(act, sources, targets, where, when, claimed=bool(claimed)),
        )

    def _where(self, act: Act, sentence: Sentence, passage: Passage, sources: Sequence[Actor]) -> Where | None:
        where = find_place(act, sentence, passage, self._background, self._last_deed)
        if where is None or is_out_of_reach(act, sources, where):
            return None
        return None if self._parted and is_of_other_part(where, sentence, passage) else where

    def _claimed_by(self, act: Act, passage: Passage, sources: Sequence[Actor]) -> str:
        himself = act.speaker is not None and act.speaker.pos_ == "PRON" and act.type.quad in SPOKEN and bool(sources)
        if act.speaker is None or himself:  # "the officials denied it, they said"
            return ""
        speaker = self._cast.actor(passage, act.speaker, self._speaker)
        if speaker is None:
            start, end = core(act.speaker)
            return str(passage.doc[start:end].text)
        if speaker.name in {source.name for source in sources} and act.type.quad in SPOKEN:
            return ""
        return speaker.text if speaker.name.startswith(("Government", "State forces", "Civilians")) else speaker.name

    def _met_there(self, act: Act, passage: Passage, sources: Sequence[Actor], where: Where | None) -> Where | None:
        """Read "In Tunis the minister thanked ... He met ...": where he was a sentence ago, and not the dateline."""
        if act.type is not EventType.CONSULT or (where is not None and where.basis not in _FROM_AFAR):
            return where
        there = self._presence.of("", sources)
        return there if there is not None and there.start >= passage.offset else where

    def _as_told(self, where: Where | None) -> Where | None:
        """Return a place, or what of its surroundings is meant: "near Kirkuk"."""
        around = self._surroundings_of(where.mention, self._article.text) if where is not None else None
        if where is None or around is None:
            return where
        start, end = (around.start, around.end) if where.start == where.mention.start else (where.start, where.end)
        return replace(where, mention=replace(where.mention, place=around.place), start=start, end=end)

    def _place(
        self,
        act: Act,
        where: Where | None,
        sources: Sequence[Actor],
        claimed: str,
    ) -> tuple[Place | None, PlaceBasis | None, str]:
        declared = is_declared(act) and act.type is not EventType.CONSULT
        # Two states that agree do so where they meet, and not in the capital of the one that is named first.
        together = act.type is EventType.AGREE and len({actor.country for actor in sources}) > 1
        seat = self._seat(sources[0]) if declared and sources and not together else None
        said_there = where is None or where.basis in _FROM_AFAR
        there = self._presence.of(claimed, sources) if declared and said_there else None
        if there is not None and there.mention.place is not None:
            return there.mention.place, there.basis, ""
        if where is not None and where.mention.place is not None:
            afield = seat is not None and where.mention.place.country == seat.country and sources[0].kind in _AFIELD
            if where.basis is PlaceBasis.DATELINE and seat not in {None, where.mention.place} and not afield:
                # Baghdad does not speak in Erbil because a report on its words was filed there.
                return seat, PlaceBasis.ACTOR_SEAT, ""
            return where.mention.place, where.basis, ""
        if seat is not None:
            return seat, PlaceBasis.ACTOR_SEAT, ""
        if where is not None:
            reason = where.mention.reason or "it is not in the gazetteer"
            return None, None, f"“{where.mention.text}” is named as the place, and was not placed: {reason}"
        if act.type.quad in SPOKEN:
            return None, None, "It is something said, and the report does not say where."
        return None, None, "No place that could be told apart is named near the report."

    def _seat(self, actor: Actor) -> Place | None:
        """Return where an actor speaks from; a person also where another sentence says what he is."""
        own = self._seat_of(actor)
        if own is not None:
            return own
        seats = [self._seat_of(office) for office in self._cast.offices(actor.name)]
        return seats[0] if seats and all(seat == seats[0] for seat in seats) else None

    def _spans(
        self, act: Act, passage: Passage, where: Where | None, when: When | None, bounds: tuple[int, int]
    ) -> tuple[Span, ...]:
        """Mark verb, actors, place and date in the quote; where two overlap the first wins."""
        marked: list[Span] = []

        def mark(start: int, end: int, kind: SpanKind) -> None:
            inside = bounds[0] <= start < end <= bounds[1]
            if inside and all(end <= other.start or other.end <= start for other in marked):
                marked.append(Span(start, end, kind))

        mark(*passage.chars(act.trigger), SpanKind.VERB)
        if act.nominal and act.verb.i != act.trigger.i:
            mark(*passage.chars(act.verb), SpanKind.VERB)
        if where is not None:
            mark(where.start, where.end, SpanKind.PLACE)
        if when is not None and when.start is not None and when.end is not None:
            mark(when.start, when.end, SpanKind.DATE)
        for tokens, kind in ((act.sources, SpanKind.SOURCE), (act.targets, SpanKind.TARGET)):
            for token in tokens:
                start, end = core(token)
                span = passage.doc[start:end]
                mark(passage.offset + span.start_char, passage.offset + span.end_char, kind)
        return tuple(sorted(marked))


def _is_same_place(named: Place, of_attack: Place | None) -> bool:
    """Compare a place that is named again with that of an attack; its country is no other place."""
    if of_attack is None:
        return False
    return named.id == of_attack.id or (named.precision is Precision.COUNTRY and named.country == of_attack.country)


def _by_accident(act: Act, sources: Sequence[Actor], text: str) -> bool:
    """Whether people were hurt and nobody hurt them."""
    return act.type is EventType.ASSAULT and not sources and is_accident(text)


def _is_worth(act: Act, sources: Sequence[Actor], targets: Sequence[Actor], where: Where | None) -> bool:
    """Whether enough is known to call it an event: somebody who speaks, somebody or somewhere for deeds."""
    if act.type.quad in SPOKEN or act.rule.order == UNRULED:
        in_court = act.rule.mode in _IN_COURT and act.verb.lemma_.lower() not in _BLAMING
        # "Was given a week to leave": who did it may go unsaid.
        warned = act.type is EventType.THREATEN and is_passive(act.verb)
        return bool(sources) or ((in_court or warned) and bool(targets))
    if sources or targets or (act.type is EventType.VOTE and where is not None):
        return True
    if act.type is EventType.ASSAULT or act.rule.mode == "ceasefire":
        return where is not None and where.basis not in {PlaceBasis.HEADLINE, PlaceBasis.DATELINE}
    tied = where is not None and where.basis in {PlaceBasis.CLAUSE, PlaceBasis.SENTENCE, PlaceBasis.ANAPHORA}
    return tied and act.type.quad is not Quad.MATERIAL_COOPERATION


def _without_untold(event: Event) -> Event:
    """Leave out the stand-in for whoever flies warplanes of which nobody says whose they are."""
    if UNTOLD not in event.source_actors:
        return event
    return replace(event, source_actors=tuple(actor for actor in event.source_actors if actor != UNTOLD))


def _event_id(article_id: str, position: int, kind: EventType) -> str:
    return hashlib.sha256(f"{article_id}|{position}|{kind}".encode()).hexdigest()[:16]


def _trim(start: int, text: str) -> tuple[int, int]:
    """Cut white space and a closing mark that belongs to the sentence before off a quote."""
    left = len(text) - len(text.lstrip())
    right = len(text.rstrip())
    return start + left, start + max(right, left)
