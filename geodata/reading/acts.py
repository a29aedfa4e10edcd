"""Acts: the verbs and nouns of a sentence that report an event, with who acts on whom.

An act is found by the lexicon and the parse alone; whether it becomes an event is decided later,
when it is known who the actors are, where and when.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.ontology import EventType
from geodata.reading.act import Act
from geodata.reading.announcements import with_announcement
from geodata.reading.classifying.candidates import Candidate, bare
from geodata.reading.classifying.deciding import decide
from geodata.reading.factuality import SAYING, Status, status_of
from geodata.reading.grammar import after, agents, is_passive, objects, subjects
from geodata.reading.lexicon import Rule, lexicon
from geodata.reading.nominal import light_act, nominal_act, noun_rule, other_act
from geodata.reading.noun_classes import is_of_class
from geodata.reading.roles import KIND_OF
from geodata.reading.rule_fit import complement_fits, fitting_rule, things_of
from geodata.reading.speech import is_attribution, speaker_of
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from geodata.reading.passages import Passage

_AGAINST = ("against", "on", "with", "at", "to", "toward", "towards", "from", "over", "of", "in", "into", "upon")
_NEAR_AGAINST = _AGAINST[:8]
_WILL = frozenset({"will", "would", "wo", "'ll", "'d"})
# What one would do who gives in: not to do it refuses, whoever says so.
_YIELDING = word_set(
    """accept allow tolerate recognise recognize permit compromise negotiate bow yield surrender submit stop retreat
    withdraw resign participate attend sign comply obey abide disarm return release cooperate back support"""
)
_TELLING = word_set("confirm say comment tell discuss name identify elaborate know see be have disclose speculate get")
_AIMING = word_set("target hit strike")
_HURTING = word_set("kill wound injure hurt maim")
# A rule that asks for as much knows the verb's object; a weaker one yields to "carried out an attack".
_KNOWS_OBJECT = 3


def find_candidates(sentence: Span, passage: Passage) -> list[Candidate]:
    """Find what in a sentence may report an event, in order: what a rule knows, and other verbs."""
    found: list[Act] = []
    others: list[Candidate] = []
    for token in sentence:
        if is_attribution(token):
            continue
        if token.pos_ in {"VERB", "AUX"} and not any(child.dep_ == "det" for child in token.children):
            acts = list(_verbal(token, passage))
            found.extend(acts)
            other = bare(token) if not acts else None
            if other is not None:
                others.append(other)
        elif token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.lemma_.lower() in lexicon().nouns):
            act = nominal_act(token)
            if act is not None:
                found.append(act)
            elif (open_act := other_act(token)) is not None:
                others.append(Candidate(open_act))
    known = []
    for act in _without_doubles(found):
        turned = with_announcement(act)
        known.append(Candidate(turned, act.rule, turned.type))
    # "Clashes erupted", "carried out an attack": the noun is the act already, or the verb is.
    taken = {candidate.act.trigger.i for candidate in known}
    taken |= {candidate.act.trigger.head.i for candidate in known if candidate.act.nominal}
    told = [act for act in found if not act.nominal and act.type is EventType.ASSAULT]
    others = [
        candidate
        for candidate in others
        if candidate.act.trigger.i not in taken and not any(_is_how(candidate.act, act) for act in told)
    ]
    return sorted([*known, *others], key=lambda candidate: candidate.act.trigger.i)


def _is_how(noun: Act, act: Act) -> bool:
    """Tell "bombed the port in night raids": the raids are how it was bombed."""
    prep = noun.trigger.head
    rule = noun_rule(noun.trigger) if noun.nominal and prep.lower_ in {"in", "during", "with"} else None
    return rule is not None and rule.type is act.type and prep.head == act.verb


def find_acts(sentence: Span, passage: Passage) -> list[Act]:
    """Find the acts that a sentence reports as facts, in order."""
    return _without_aftermath(decide(find_candidates(sentence, passage), passage))


def _verbal(verb: Token, passage: Passage) -> Iterator[Act]:
    rule = fitting_rule(verb, passage)
    light = light_act(verb) if rule is None or rule.demands < _KNOWS_OBJECT else None
    if light is not None:
        yield light
    elif rule is not None:
        yield _act(verb, rule)
    elif verb.lemma_ == "be":
        yield from _adjectival(verb, passage)
    elif (spoken := _demand(verb, passage) or _refusal(verb, passage)) is not None:
        yield spoken


def _adjectival(verb: Token, passage: Passage) -> Iterator[Act]:
    """Read "is grateful to" and "said that the vote was void"."""
    for adjective in verb.children:
        rule = lexicon().adjectives.get(adjective.lemma_.lower()) if adjective.dep_ == "acomp" else None
        if rule is None or (rule.complement and not complement_fits(rule.complement, adjective, passage)):
            continue
        speaker = speaker_of(verb)
        if not rule.speaker:
            targets = after(adjective, rule.target)
            yield Act(adjective, verb, rule, tuple(subjects(verb)), tuple(targets), status_of(verb), speaker)
        elif speaker is not None:
            yield Act(adjective, verb, rule, (speaker,), tuple(subjects(verb)), status_of(verb), speaker)


def _demand(verb: Token, passage: Passage) -> Act | None:
    """Read "said that the militias should go home": whoever says so asks for it."""
    must = any(child.dep_ == "aux" and child.lower_ in {"should", "must"} for child in verb.children)
    speaker = speaker_of(verb) if must and verb.dep_ == "ccomp" and verb.head.lemma_.lower() in SAYING else None
    targets = subjects(verb)
    # Not "both must go together", nor "they must be helped" by whoever may.
    asked = any(is_of_class(target, kind, passage) for target in targets for kind in ("group", "leader"))
    if speaker is None or not asked or is_passive(verb) or any(child.dep_ == "neg" for child in verb.children):
        return None
    return Act(verb, verb, Rule(EventType.REQUEST), (speaker,), tuple(targets), status_of(verb.head), speaker)


def _refusal(verb: Token, passage: Passage) -> Act | None:
    """Read "will not compromise" and "said it would not stop": who says so of himself refuses."""
    beside = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    denied = any(child.dep_ == "neg" for child in verb.children)
    sources = agents(verb) if denied and beside & _WILL else []
    if (
        verb.pos_ != "VERB"
        or verb.lemma_.lower() in _TELLING
        or not any(is_of_class(token, "leader", passage) for token in sources[:1])
    ):
        return None
    if _conditional_or_passive(verb) or not _of_himself(verb, sources[0]):
        return None
    targets = objects(verb) or after(verb, *_NEAR_AGAINST)
    return Act(
        verb, verb, Rule(EventType.REJECT, weak=True), tuple(sources), tuple(targets), Status.FACT, speaker_of(verb)
    )


def _conditional_or_passive(verb: Token) -> bool:
    return is_passive(verb) or any(child.dep_ == "advcl" and child.lower_ != "be" for child in verb.children)


def _of_himself(verb: Token, subject: Token) -> bool:
    """Tell "it would not stop" from "the war will not stop", both of which somebody says."""
    if verb.dep_ in {"ROOT", "conj"}:
        return True
    told = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in SAYING
    return told and (subject.pos_ == "PRON" or verb.lemma_.lower() in _YIELDING)


def _act(verb: Token, rule: Rule) -> Act:
    sources, targets = list(agents(verb)), _targets(verb, rule)
    if rule.source:
        sources = after(verb, rule.source)
    if rule.target == "subject":
        sources, targets = sources if rule.source else [], subjects(verb)
    if rule.mutual and not targets and len(sources) > 1:
        sources, targets = sources[:1], sources[1:]
    return Act(verb, verb, rule, tuple(sources), tuple(targets), status_of(verb), speaker_of(verb))


def _targets(verb: Token, rule: Rule) -> list[Token]:
    """Find who it is done to: the object, or what stands after the rule's preposition."""
    if rule.target == "none":
        return []
    if rule.complement == "other":
        return [noun for child in verb.children if child.dep_ in {"xcomp", "ccomp"} for noun in subjects(child)]
    things = things_of(rule, verb)
    if rule.target and rule.target not in {"object", "subject"}:
        behind = after(verb, rule.target) + [noun for thing in things for noun in after(thing, rule.target)]
        wanted = rule.objects or rule.inner
        return behind or [thing for thing in things if thing.lemma_.lower() not in wanted]
    if rule.object_class == "place":
        # Who held the town that is taken: "retook the town from the rebels".
        return [*things, *after(verb, "from"), *(noun for thing in things for noun in after(thing, "from"))]
    if rule.objects and is_passive(verb) and len(things) > len(objects(verb)):
        return objects(verb)  # "the rebels were given a week to leave"
    if rule.objects:
        return _beside_the_deed(verb, things)
    return things or after(verb, *_NEAR_AGAINST)


def _beside_the_deed(verb: Token, things: Sequence[Token]) -> list[Token]:
    """Find who is met when the object is the deed's own word: "imposed sanctions on"."""
    things = [thing for thing in things if not (thing.lemma_.lower() == "state" and after(thing, "of"))]  # of emergency
    people = [thing for thing in things if thing.lemma_.lower() in KIND_OF]
    if people:
        return people
    found = next((found for thing in things if (found := after(thing, *_AGAINST))), [])
    return found or after(verb, "from", "against", "on", "to", "with") or list(things)


def _without_aftermath(acts: list[Act]) -> list[Act]:
    """Take what an attack led to for a part of it: "bombed the market, killing six" is one act."""
    acts = [act for act in acts if not any(_hurt_in(act, other) for other in acts)]
    acts = _with_the_hurt(acts)
    kept: list[Act] = []
    for act in acts:
        cause = next((i for i, other in enumerate(kept) if _led_to(other, act)), None)
        if cause is None:
            kept.append(act)
        else:
            met = kept[cause].rule.mutual and kept[cause].targets  # whom they fought; others only came to harm
            hurt = [target for target in act.targets if target not in kept[cause].targets] if not met else []
            results = (*kept[cause].results, act.verb)
            kept[cause] = replace(kept[cause], targets=(*kept[cause].targets, *hurt), results=results)
    return kept


def _with_the_hurt(acts: list[Act]) -> list[Act]:
    """Take "24 were killed and 15 wounded in a raid" for one act: that of the verb that says in what."""
    kept: list[Act] = []
    for act in acts:
        before = kept[-1] if kept else None
        if before is not None and _are_victims(before, act) and _is_joined(act.verb, before.verb):
            both = (*before.targets, *(target for target in act.targets if target not in before.targets))
            kept[-1] = replace(act if _says_in_what(act) else before, targets=both)
        else:
            kept.append(act)
    return kept


def _is_joined(verb: Token, first: Token) -> bool:
    """Tell "24 were killed and 15 injured", of which the parser may make "15 who were injured"."""
    top = verb.head if verb.dep_ == "acl" and verb.head.pos_ == "NUM" else verb
    return top.dep_ == "conj" and top.head == first


def _says_in_what(act: Act) -> bool:
    return bool(after(act.verb, "in", "by")) or any(child.dep_ in {"advcl", "agent"} for child in act.verb.children)


def _are_victims(*acts: Act) -> bool:
    """Whether acts tell of killed and hurt, and not by whom."""
    return all(
        act.type is EventType.ASSAULT and not act.nominal and not act.sources and act.verb.lemma_.lower() in _HURTING
        for act in acts
    )


def _hurt_in(act: Act, fight: Act) -> bool:
    """Tell "seven were hurt when police clashed with protesters": who was hurt was hurt in the clash."""
    both = act.type is fight.type is EventType.ASSAULT and fight.rule.mutual and not act.sources
    when = fight.verb.dep_ == "advcl" and fight.verb.head == act.verb and not act.nominal and is_passive(act.verb)
    return both and when and any(child.lower_ in {"when", "as"} for child in fight.verb.children)


def _led_to(cause: Act, act: Act) -> bool:
    both = cause.type is act.type is EventType.ASSAULT and not act.nominal
    verb = act.verb
    if both and verb.dep_ in {"acl", "relcl"} and verb.head == cause.trigger and verb.lemma_.lower() in _AIMING:
        return True  # "carried out raids targeting a camp"
    if not both or verb.tag_ != "VBG" or verb.lemma_.lower() not in _HURTING:
        return bool(both and verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head == cause.verb)
    if verb.dep_ == "conj" and verb.head.tag_ == "VBG":
        verb = verb.head  # "killing one and injuring two"
    # "A rocket hit a van of a firm from Basra, killing the driver": the parser lays it to the nearest noun.
    behind = verb.dep_ == "acl" and verb.i > 0 and verb.nbor(-1).text == "," and cause.verb in verb.ancestors
    return behind or (verb.dep_ == "advcl" and verb.head == cause.verb)


def _without_doubles(acts: list[Act]) -> list[Act]:
    """Keep one act per word, and not a noun whose verb says the same ("killed in the attack")."""
    kept: list[Act] = []
    for act in acts:
        same_word = any(act.trigger == other.trigger for other in kept)
        told = act.nominal and any(
            other.verb == act.verb and other.type is act.type and not other.nominal for other in [*kept, *acts]
        )
        if not same_word and not told:
            kept.append(act)
    return kept
