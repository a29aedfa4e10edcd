"""How an act was done: by the rule that knows its word, or by what did it ("jets bombed", "an explosion killed")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.event import ActorKind
from geodata.ontology import EventType
from geodata.reading.grammar import after
from geodata.reading.lexicon import lexicon
from geodata.reading.nominal import noun_rule, of_several
from geodata.reading.noun_classes import names_of
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from geodata.event import Actor
    from geodata.reading.act import Act

# A verb alone says no more than this; who does it says more.
_LOOSE = frozenset({"", "explosives", "heavy-weapons", "firearms"})
_MEANS = {
    "aerial": word_set("jet warplane plane aircraft helicopter gunship fighter-jet fighter-bomber airplane airforce"),
    "drone": word_set("drone uav"),
    "heavy-weapons": word_set("tank artillery howitzer mortar"),
}
# F-16s, Su-25s, MiG-29, B-52
_AIRCRAFT = re.compile(r"(?:f|a|b|su|mig|tu|mi)-?[0-9]+[a-z]?s?")
# "Barrel bombs", "explosive barrels" are thrown out of helicopters.
_DROPPED = frozenset({"bomb", "barrel"})
_BARREL = frozenset({"barrel", "explosive"})
_WITH_GUNS = frozenset({"clash", "skirmish", "fight", "battle"})
_ARMED = frozenset({ActorKind.STATE_FORCES, ActorKind.MILITIA, ActorKind.REBEL_GROUP})
# Whom one may help to fight: these words do not say that it was to live.
_HELPING = word_set("assist aid help rescue evacuate treat")


def mode_of(act: Act, doers: Sequence[Token], targets: Sequence[Actor]) -> str:
    """Return the mode of an act, empty where nothing says how it was done.

    Parameters
    ----------
    act
        The act.
    doers
        The phrases of those who did it.
    targets
        To whom.
    """
    mode = act.rule.mode or _of_noun(act) or _of_cause(act)
    if act.type is EventType.ASSAULT and mode in _LOOSE and act.trigger.lemma_.lower() not in _WITH_GUNS:
        return next((means for noun in (*doers, *_by(act)) if (means := _means(noun))), mode)
    fighting = any(target.kind in _ARMED for target in targets)
    if mode == "humanitarian" and fighting and act.trigger.lemma_.lower() in _HELPING:
        return ""
    return mode


def _of_noun(act: Act) -> str:
    """Take the mode from the rule of an act's noun, where the model and not that rule took it for one."""
    rule = noun_rule(act.trigger) if act.nominal else None
    return rule.mode if rule is not None and rule.type is act.type else ""


def _by(act: Act) -> list[Token]:
    """Return who stands with the noun of an act: "bombings by planes", "an air force bombardment"."""
    return [*after(act.trigger, "by", "from"), *(c for c in act.trigger.children if c.dep_ in {"compound", "amod"})]


def _means(noun: Token) -> str:
    """Return the mode of an attack by such a thing: planes, drones, tanks."""
    lemma = noun.lemma_.lower()
    if lemma == "bomber":  # of an air force, or one with a belt of explosives
        suicide = any(child.lower_ == "suicide" for child in noun.children)
        flying = any(child.dep_ in {"compound", "amod", "nummod"} and "-" in child.text for child in noun.children)
        return "suicide-attack" if suicide else "aerial" if flying else ""
    if _AIRCRAFT.fullmatch(lemma) or (lemma in _DROPPED and any(child.lower_ in _BARREL for child in noun.children)):
        return "aerial"
    return next((mode for mode, words in _MEANS.items() if lemma in words), "")


def _of_cause(act: Act) -> str:
    """Take the mode from what did it: "an explosion killed three", "carried out air strikes"."""
    for cause in map(of_several, _causes(act)):
        for name in sorted(names_of(cause), key=len, reverse=True):
            rule = lexicon().nouns.get(name)
            if rule is not None and rule.type is act.type and rule.mode:
                return rule.mode
    return ""


def _causes(act: Act) -> Iterator[Token]:
    yield from act.sources
    yield from (child for child in act.verb.children if child.dep_ in {"dobj", "nsubjpass"})
    for child in act.verb.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"in", "by", "with", "due", "during"}:
            yield from (grand for grand in child.children if grand.dep_ == "pobj")
