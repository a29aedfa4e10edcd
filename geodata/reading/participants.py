"""The actors of an act: from the phrases that take part in it to whom they name."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from geodata.event import ActorKind
from geodata.ontology import SPOKEN, EventType
from geodata.reading.beside import is_beside, is_of_other
from geodata.reading.coreference import PRONOUNS
from geodata.reading.countries import countries
from geodata.reading.doers import doers, is_deed, is_part_of_country, is_town, is_where
from geodata.reading.grammar import after, is_both, is_passive, subjects
from geodata.reading.nations import is_stood_by
from geodata.reading.phrases import people_of
from geodata.reading.reach import beneath, reached
from geodata.reading.roles import GENERIC_NAME, KIND_OF
from geodata.reading.sides import allies_of, is_bystander, may_be_source
from geodata.reading.taking_part.choosing import parts_in
from geodata.reading.taking_part.phrases import first_joined
from geodata.reading.unsaid import (
    UNTOLD,
    cannot_strike,
    in_arms,
    is_hit,
    is_machine,
    is_rather_where,
    is_toll,
    is_unowned,
    with_included,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from geodata.event import Actor
    from geodata.reading.act import Act
    from geodata.reading.actors import Cast
    from geodata.reading.passages import Passage
    from geodata.reading.taking_part.choosing import Part
    from geodata.reading.taking_part.phrases import Phrases

_ARMED_DEEDS = frozenset({EventType.ASSAULT})
# Done to everybody who lives there: "imposed a curfew in Srinagar".
_ON_ALL = frozenset({"curfew", "martial-law", "restrict", "ban", "censor"})
_MANY = frozenset(GENERIC_NAME.values())  # "civilians" may act on other civilians
_PLACING = frozenset({"in", "inside", "over", "into", "at", "about"})
_STRIKING = frozenset({EventType.ASSAULT, EventType.COERCE})
# Chances: from here on nobody takes a part, whatever the rules say; so likely a phrase must be that is not the
# likeliest, when that one names no actor.
_SURELY_NOBODY = 0.9
_LEAST = 0.05
# From here on a phrase that names no known actor is one by its own words.
_WORDED = 0.5
_INSIDE = frozenset({"poss", "compound", "amod", "nmod"})


class Participants(NamedTuple):
    """The actors of an act, the phrases that name them, who is known by these words only, and what else is said of them."""

    sources: list[Actor]
    targets: list[Actor]
    source_phrases: list[Token]
    target_phrases: list[Token]
    only_worded: frozenset[str]
    one_sided: bool  # by what the sentence says, whatever the act's rule
    untold: tuple[Actor, ...]  # who did it with machines of which nobody says whose they are
    ground: bool  # whether what was struck is a place that no gazetteer knows


def participants(act: Act, passage: Passage, phrases: Phrases, cast: Cast, speaker: Actor | None) -> Participants:
    """Return who does an act, and to whom.

    Parameters
    ----------
    act, passage
        The act and where it is told.
    phrases
        Those of its sentence.
    cast
        The actors of the article.
    speaker
        Who speaks, if the act is told in a quotation.
    """
    armed = act.type in _ARMED_DEEDS

    only_worded: list[str] = []

    def worded(part: Part, tokens: Sequence[Token], but: Sequence[Actor] = ()) -> list[Actor]:
        sure = part.chosen and tokens[0] == part.chosen[0] and part.others[0][0] >= _WORDED
        if armed and (is_deed(tokens[0]) or _names_nobody(tokens[0], act, passage)):
            return []
        known = cast.actor(passage, tokens[0], speaker)
        if known is not None and known.name in {actor.name for actor in but}:
            return []  # who is no target for being the source is none by his words either
        found = cast.worded(passage, tokens[0]) if sure and not is_deed(tokens[0]) else []
        only_worded.extend(actor.name for actor in found)
        return found

    proposed = doers(act, passage)
    source, target = _parts(act, proposed, phrases)
    allies = allies_of(act, passage)

    def unowned(token: Token) -> bool:
        return is_unowned(token, cast.actor(passage, token, speaker))

    machines = [token for token in source.chosen if armed and unowned(token)]
    ground = armed and any(is_rather_where(token, act, passage) for token in (*target.chosen, *act.targets))
    source = _without_machines(source, machines, proposed)

    def acts(token: Token) -> bool:
        struck = act.type in _STRIKING and (is_where(token, passage) or is_deed(token))
        own = (
            act.type in _STRIKING and not act.nominal and _is_within(token, act.targets)
        )  # "a PKK official was killed"
        return (
            not (struck or own or _is_origin(token, act) or is_beside(token, act))
            and token not in allies
            and not _is_rest(token, source, proposed, target)
            and not is_stood_by(token)
            and may_be_source(token, act, passage)
            and not (armed and (unowned(token) or is_of_other(token, act) or cannot_strike(token, act)))
        )

    sources, source_phrases = _first_named(
        _ways(source, proposed, acts),
        lambda tokens: (
            actors_of(cast, tokens, passage, speaker, armed=armed, of=act if armed else None) or worded(source, tokens)
        ),
    )
    if allies:
        sources += actors_of(cast, allies, passage, speaker, apart_from=sources)
    taken = act.rule.object_class == "place"  # the town that is taken is where, not whom

    def counts(token: Token) -> bool:
        return (
            token not in source_phrases
            and not (armed and token == act.speaker)  # "killed six and wounded ten, the group said"
            and not (allies and (token in allies or token in act.sources))
            and not is_bystander(token, act, passage)
            and not _is_within(token, source_phrases)
            and _whole_of(first_joined(token)) not in source_phrases
            and not (armed and not act.rule.mutual and first_joined(token) in source_phrases)
            and not (taken and _is_place_name(token, passage))
            and not (armed and (is_town(token, passage) or is_of_other(token, act)))
            and not (armed and unowned(token) and not is_hit(token, act))
        )

    def struck(tokens: Sequence[Token]) -> list[Actor]:
        hit = cast.struck(passage, tokens[0]) if act.type in _STRIKING else None
        return [hit] if hit is not None and _may_strike(sources, hit) else []

    targets, target_phrases = _first_named(
        (with_included(tokens, act) for tokens in _ways(target, act.targets, counts)),
        lambda tokens: (
            actors_of(cast, tokens, passage, speaker, apart_from=sources, owners=True, of=act if armed else None)
            or struck(tokens)
            or worded(target, tokens, but=sources)
        ),
    )
    if allies and not targets:
        targets = actors_of(cast, after(act.trigger, "against"), passage, speaker, apart_from=sources)
    return Participants(
        sources,
        targets,
        [*source_phrases, *allies, *machines],
        target_phrases,
        frozenset(only_worded),
        one_sided=bool(allies),
        untold=(UNTOLD,) if machines and not sources else (),
        ground=ground,
    )


def _parts(act: Act, proposed: Sequence[Token], phrases: Phrases) -> tuple[Part, Part]:
    """Weigh the phrases as source and target, and put right what the weights know less of than the rules."""
    source, target = parts_in(act, proposed, phrases)
    if _is_swapped(source, act.targets) and _is_swapped(target, proposed):
        # "Ten militants killed by troops": the rules know a participle without its auxiliary.
        source, target = source._replace(chosen=[]), target._replace(chosen=[])
    if act.verb.dep_ == "relcl" and act.verb.head in source.chosen:
        # "Arrested a man who had fought": who arrested him did not.
        first = first_joined(act.verb.head)
        source = source._replace(chosen=[token for token in source.chosen if first_joined(token) == first])
    source, target = _or_pronoun(source, proposed), _or_pronoun(target, act.targets)
    if act.speaker in source.chosen and any(is_both(token) for token in proposed):
        # "The minister said both sides agreed": he is neither.
        source = source._replace(chosen=[token for token in proposed if is_both(token)], nobody=0.0)
    source = _without_who_did_not(source, act, proposed)
    return source, target


def _without_who_did_not(source: Part, act: Act, proposed: Sequence[Token]) -> Part:
    """Leave out who only tells of an act, and who is hit by it in the words of one who acts: "hit a mine"."""
    armed = act.type in _ARMED_DEEDS
    if armed and act.rule.target == "subject" and not proposed:
        return source._replace(chosen=[], others=[])
    harm = armed or act.type is EventType.THREATEN
    told = is_passive(act.verb) or (harm and (act.nominal or _is_told_of_a_thing(act.verb)))
    told |= act.type.quad not in SPOKEN and _is_told_of_somebody(act.verb)
    if told and act.speaker is not None and act.speaker not in proposed:
        # "The post was handed over, the minister said", "he said a blast killed two": he says so, and did not do it.
        chosen = [] if act.speaker in source.chosen else source.chosen
        return source._replace(chosen=chosen, others=[one for one in source.others if one[1] != act.speaker])
    return source


def _is_told_of_somebody(verb: Token) -> bool:
    """Tell "the region said the government had cut its share"."""
    return any(subject.pos_ == "NOUN" and subject.lemma_.lower() in KIND_OF for subject in subjects(verb)[:1])


def _is_told_of_a_thing(verb: Token) -> bool:
    """Tell "a blast killed two" from "it killed two", where "it" may be whoever says so."""
    return any(subject.pos_ in {"NOUN", "PROPN"} for subject in subjects(verb)[:1])


def _without_machines(part: Part, machines: Sequence[Token], proposed: Sequence[Token]) -> Part:
    """Leave out the warplanes that nobody knows the owner of; where they did it, nobody did who is not joined to them."""
    if not machines:
        return part
    chosen = [token for token in part.chosen if token not in machines]
    if any(token in proposed for token in machines):
        first = {first_joined(token) for token in machines}
        chosen = [token for token in chosen if first_joined(token) in first]
    return part._replace(chosen=chosen, nobody=part.nobody if chosen else 1.0)


def _is_rest(token: Token, source: Part, proposed: Sequence[Token], target: Part) -> bool:
    """Tell whom only a deed's having no actor would make one: "the strikes hit fighters of the group"."""
    weighed = bool(source.chosen) and is_deed(source.chosen[0]) and token not in source.chosen and token not in proposed
    return weighed and (token in target.chosen or _is_within(token, target.chosen))


def _names_nobody(token: Token, act: Act, passage: Passage) -> bool:
    return is_toll(token) or is_rather_where(token, act, passage)


def _is_swapped(part: Part, proposed: Sequence[Token]) -> bool:
    return bool(part.chosen) and part.chosen[0] in proposed


def _or_pronoun(part: Part, proposed: Sequence[Token]) -> Part:
    """Take "he" where the rules do, unless somebody named before it in its sentence is meant."""
    pronoun = next((token for token in proposed if token.pos_ == "PRON" and token.lower_ in PRONOUNS), None)
    if pronoun is None or (part.chosen and part.chosen[0].i <= pronoun.i):
        return part
    return part._replace(chosen=[pronoun], nobody=0.0)


def _is_within(token: Token, phrases: Sequence[Token]) -> bool:
    """Tell "Modi" in "Modi's government", which acts."""
    return token.dep_ in _INSIDE and token.head in phrases


def _is_origin(token: Token, act: Act) -> bool:
    """Tell "struck a lorry with fighters from the group", who are of the group, and it did not strike."""
    prep = token.head
    if token.dep_ != "pobj" or prep.lower_ != "from":
        return False
    return prep.head.lemma_.lower() in KIND_OF if act.nominal else prep.head != act.verb


def _whole_of(token: Token) -> Token | None:
    """Return what a phrase says the whole of: "fighters of the group"."""
    return token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else None


def _ways(part: Part, proposed: Sequence[Token], counts: Callable[[Token], bool]) -> Iterator[list[Token]]:
    """Yield the phrases that may take a part, the likeliest first, and last what the rules propose."""
    if part.nobody >= _SURELY_NOBODY:
        return
    yield [token for token in part.chosen if counts(token)]
    if part.chosen:
        for chance, token in part.others:
            if chance >= _LEAST and counts(token) and token not in part.chosen:
                yield [token]
    yield [token for token in proposed if counts(token)]


def _first_named(
    ways: Iterable[list[Token]], actors: Callable[[Sequence[Token]], list[Actor]]
) -> tuple[list[Actor], list[Token]]:
    """Return the actors whom the first phrases name that name any, and these phrases."""
    for tokens in ways:
        found = actors(tokens) if tokens else []
        if found:
            return found, tokens
    return [], []


def actors_of(
    cast: Cast,
    tokens: Iterable[Token],
    passage: Passage,
    speaker: Actor | None,
    apart_from: Sequence[Actor] = (),
    *,
    owners: bool = False,
    armed: bool = False,
    of: Act | None = None,
) -> list[Actor]:
    """Return the actors whom phrases name, each once; parameters as of `Cast.actors`, and `of` the act of violence."""
    found: list[Actor] = []
    taken = {actor.name for actor in apart_from if actor.name not in _MANY}
    texts = {actor.text.lower() for actor in apart_from}
    for token in tokens:
        for named in cast.actors(passage, token, speaker, apart_from=taken, owners=owners, armed=armed):
            actor = in_arms(named, token, cast.home, acts=armed) if of is not None else named
            if of is not None and actor.kind is ActorKind.UNKNOWN and _names_nobody(token, of, passage):
                continue
            if actor.name not in taken and actor.text.lower() not in texts:
                taken.add(actor.name)
                found.append(actor)
    return found


def whom_it_reaches(act: Act, passage: Passage, cast: Cast, sources: Sequence[Actor]) -> list[Actor]:
    """Find whom the act reaches further down in its sentence, the nearest that is an actor."""
    found = _nearest(reached(act), act, passage, cast, sources)
    if found or act.type not in _STRIKING:
        return found or _nearest(beneath(act), act, passage, cast, sources)
    if act.type is EventType.COERCE and act.rule.mode in _ON_ALL:
        people = (people_of(passage.places.get(token.i)) for token in chain(act.targets, reached(act)))
        everybody = next((actor for actor in people if actor is not None), None)
        if everybody is not None:
            return [everybody]
    struck = (cast.struck(passage, token) for token in chain(act.targets, reached(act)))
    hit = [actor for actor in struck if actor is not None and _may_strike(sources, actor)][:1]
    return hit or _nearest(beneath(act), act, passage, cast, sources)


def _nearest(tokens: Iterable[Token], act: Act, passage: Passage, cast: Cast, sources: Sequence[Actor]) -> list[Actor]:
    """Return the actors that the first noun names which names any, the source and its own state apart."""
    for token in tokens:
        whole = _whole_of(first_joined(token))
        if whole is not None and is_machine(whole):
            continue  # "airstrikes by jets of the army and its ally"
        only_where = act.type in _ARMED_DEEDS or token.head.lower_ in _PLACING
        if (only_where and is_town(token, passage)) or is_part_of_country(token):
            continue
        if is_bystander(token, act, passage):
            continue
        armed = act.type in _ARMED_DEEDS
        if armed and (
            _names_nobody(token, act, passage)
            or is_of_other(token, act)
            or is_unowned(token, cast.actor(passage, token))
        ):
            continue
        found = [
            in_arms(actor, token, cast.home) if armed else actor
            for actor in cast.reached(passage, token, apart_from={one.name for one in sources if one.name not in _MANY})
            if not any(_are_one_state(actor, source) for source in sources)
        ]
        if found:
            return found
    return []


def _may_strike(sources: Sequence[Actor], struck: Actor) -> bool:
    """Leave out those who would strike themselves: when soldiers attack a base it is not the state's."""
    return all(source.kind is not struck.kind or source.kind is ActorKind.CIVILIANS for source in sources)


def _are_one_state(first: Actor, second: Actor) -> bool:
    """Tell a minister from the country that he speaks for: he does not act on it by naming it."""
    if not first.country or first.country != second.country:
        return False
    return first.name == countries().government(first.country)


def _is_place_name(token: Token, passage: Passage) -> bool:
    return token.i in passage.places or (token.pos_ == "PROPN" and token.i not in passage.named)
