"""Whether a verb, as it stands in its sentence, meets what a rule of the lexicon asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.ontology import EventType, Quad
from geodata.reading.factuality import is_denied
from geodata.reading.grammar import after, agents, is_passive, objects, prepositions, subjects
from geodata.reading.habits import is_present
from geodata.reading.headlines import is_headline
from geodata.reading.lexicon import lexicon
from geodata.reading.noun_classes import is_of_class, names_of
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.reading.lexicon import Rule
    from geodata.reading.passages import Passage

_DESCRIBING = frozenset({"oprd", "acomp", "attr", "amod"})
# "Wants us to believe" asks nothing of anybody.
_MERE_THOUGHT = word_set("believe think know understand be feel see remember forget engage respond react")
# With a particle these are other verbs: "hold up", "take off", "call in".
_CHANGED_BY_PARTICLE = word_set("hold take give make put turn call break bring set get fall go come")
_TO_COME = frozenset({"will", "would", "could", "may", "might", "should", "shall", "must", "'ll", "'d"})
_WILL = frozenset({"will", "would", "should", "shall", "must", "'ll", "'d"})
_HELPING = word_set("help assist aid protect train support rescue evacuate monitor advise rebuild")
_TAKEN_OR_HELD = frozenset({"territory", "arrest"})
_TAKING = frozenset({"capture", "seize", "take", "retake", "recapture"})
_HOSTILE = frozenset({Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT})


def fitting_rule(verb: Token, passage: Passage) -> Rule | None:
    """Return the most demanding rule that a verb meets, or None."""
    rules = lexicon().verbs.get(verb.lemma_.lower(), ())
    return next((rule for rule in rules if fits(rule, verb, passage)), None)


def fits(rule: Rule, verb: Token, passage: Passage) -> bool:
    """Tell whether a verb meets what a rule asks for."""
    if (rule.words and not _has_words(verb, rule.words)) or _is_phrasal(rule, verb):
        return False
    if rule.headline and not is_headline(verb.doc):
        return False
    things = things_of(rule, verb)
    if not (_objects_fit(rule, verb, things, passage) and _surroundings_fit(rule, verb, things, passage)):
        return False
    if rule.complement:
        return complement_fits(rule.complement, verb, passage)
    if any(child.dep_ == "xcomp" and child.lemma_.lower() in rule.not_complement for child in verb.children):
        return False
    if rule.not_force and any(is_of_class(thing, "force", passage) for thing in things):
        return False
    return not (_is_mere_speech(rule, verb) or _is_question(rule, verb) or _is_opinion(rule, verb))


def things_of(rule: Rule, verb: Token) -> list[Token]:
    """Return the objects of a verb, or what stands behind the rule's preposition in their stead."""
    things = objects(verb)
    if rule.objects and is_passive(verb):
        things = [*things, *(child for child in verb.children if child.dep_ == "dobj")]  # "was given a week to leave"
    if any(
        child.dep_ == "dative" for child in verb.children
    ):  # "gave the rebels two days": the parser takes it for when
        things = [*things, *(child for child in verb.children if child.dep_ == "npadvmod")]
    if rule.words and not things:
        word = rule.words[-1].removeprefix("+")
        found = after(verb, word) or (after(verb, "of") if word == "out" else [])  # "walked out of the talks"
        return found or [noun for clause in _clauses_with(verb, word) for noun in subjects(clause)]
    return things


def _clauses_with(verb: Token, word: str) -> list[Token]:
    """Return the clauses that a preposition opens: "called for the troops to leave"."""
    return [
        child for child in verb.children if any(mark.dep_ == "mark" and mark.lower_ == word for mark in child.children)
    ]


def _objects_fit(rule: Rule, verb: Token, things: list[Token], passage: Passage) -> bool:
    if rule.objects or rule.not_objects:
        lemmas = {lemma for thing in things for lemma in names_of(thing)}
        if (rule.objects and not lemmas & rule.objects) or rule.not_objects & lemmas:
            return False
    if rule.mode in _TAKEN_OR_HELD and any(_is_taken_from(verb, thing, passage) for thing in things):
        return rule.object_class == "place"
    return not rule.object_class or any(is_of_class(thing, rule.object_class, passage) for thing in things)


def _is_taken_from(verb: Token, thing: Token, passage: Passage) -> bool:
    """Tell a place by what is done with it: "captured Pang War from the militia", known or not."""
    if verb.lemma_.lower() not in _TAKING or thing.pos_ != "PROPN" or thing.i in passage.named:
        return False
    return any(is_of_class(noun, "force", passage) for noun in after(verb, "from"))


def _surroundings_fit(rule: Rule, verb: Token, things: list[Token], passage: Passage) -> bool:
    """Check the subject, the prepositional phrases and what describes the object."""
    if rule.subject_class and not any(is_of_class(actor, rule.subject_class, passage) for actor in agents(verb)):
        return False
    if rule.not_subject and any(is_of_class(actor, rule.not_subject, passage) for actor in agents(verb)):
        return False
    if not _partners_fit(rule, verb, things, passage):
        return False
    if rule.over and not _over(verb, things) & rule.over:
        return False
    if rule.prep and not after(verb, rule.prep) and not any(after(thing, rule.prep) for thing in things):
        return False
    if rule.inner and not {noun.lemma_.lower() for noun in after(verb, rule.prep or "in")} & rule.inner:
        return False
    if rule.by and not {lemma for actor in agents(verb) for lemma in names_of(actor)} & rule.by:
        return False
    return not rule.oprd or bool({c.lemma_.lower() for c in verb.subtree if c.dep_ in _DESCRIBING} & rule.oprd)


def _partners_fit(rule: Rule, verb: Token, things: list[Token], passage: Passage) -> bool:
    """Check that there is somebody to whom, or with whom."""
    if rule.recipient:
        given = [*after(verb, "to"), *(child for child in verb.children if child.dep_ == "dative")]
        given += [noun for thing in things for noun in after(thing, "to")]
        return any(is_of_class(token, "recipient", passage) for token in given)
    return not rule.two or len(agents(verb)) > 1 or bool(after(verb, "with"))


def _over(verb: Token, things: list[Token]) -> set[str]:
    """Return what control is taken over, or of."""
    return {
        noun.lemma_.lower() for token in (verb, *things) for name, noun in prepositions(token) if name in {"over", "of"}
    }


def _is_mere_speech(rule: Rule, verb: Token) -> bool:
    """Tell "he warned that ..." from a threat: that needs somebody or something threatened, or what is to come."""
    if rule.type is not EventType.THREATEN or rule.words or rule.objects or verb.lemma_ != "warn":
        return False
    if any(c.dep_ in {"dobj", "dative"} for c in verb.children) or after(verb, "against", "of"):
        return False
    told = [child for child in verb.children if child.dep_ == "ccomp"]
    return not any(child.lower_ in _TO_COME for clause in told for child in clause.subtree)


def _is_opinion(rule: Rule, verb: Token) -> bool:
    """Tell "most agree that the road is unsafe" from "they agreed that it would be opened"."""
    if rule.type is not EventType.AGREE or verb.lemma_ != "agree" or not is_present(verb):
        return False
    told = [child for child in verb.children if child.dep_ == "ccomp"]
    return bool(told) and not any(child.lower_ in _WILL for clause in told for child in clause.children)


def _is_question(rule: Rule, verb: Token) -> bool:
    """Tell "asked why" from "asked to"."""
    if rule.type is not EventType.REQUEST:
        return False
    return any(
        child.dep_ in {"ccomp", "advcl"}
        and any(t.tag_ in {"WRB", "WP", "WDT"} or t.lower_ in {"if", "whether"} for t in child.subtree)
        for child in verb.children
    )


def complement_fits(wanted: str, verb: Token, passage: Passage) -> bool:
    """Tell whether what a verb governs ("vowed to ...") is of the wanted kind."""
    governed = {"xcomp", "ccomp", "advcl"} if wanted == "infinitive" else {"xcomp", "ccomp"}
    # What stands before it is another sentence: "we stand for order, we want order".
    inner = [child for child in verb.children if child.dep_ in governed and child.i > verb.i]
    if wanted == "none":
        return not inner
    if wanted == "help":  # "sent police to protect the camp"
        helping = [child for child in verb.subtree if child.dep_ in {"xcomp", "advcl", "acl", "relcl"}]
        return any(child.lemma_.lower() in _HELPING for child in helping)
    return any(_inner_fits(wanted, child, passage) for child in inner)


def _inner_fits(wanted: str, child: Token, passage: Passage) -> bool:
    """Tell whether a governed verb is of the wanted kind."""
    if wanted == "any":
        return True
    if wanted == "infinitive":
        return any(grand.lower_ == "to" and grand.dep_ == "aux" for grand in child.children)
    if wanted == "other":  # "wants Israel to withdraw", not "wants to withdraw"
        thought = child.lemma_.lower() in _MERE_THOUGHT
        return not thought and any(grand.dep_ == "nsubj" for grand in child.children)
    if wanted == "denied":  # "ruled that no province may secede"
        return child.dep_ == "ccomp" and is_denied(child)
    rule = fitting_rule(child, passage)
    if rule is None:
        return wanted == "cooperation" and child.lemma_.lower() not in _MERE_THOUGHT
    if wanted == "yield":
        return rule.type in {EventType.RETREAT, EventType.CONCEDE}
    return _is_hostile(rule) == (wanted == "conflict")


def _is_hostile(rule: Rule) -> bool:
    """Tell harm and refusal from what is done for somebody; to promise an inquiry is no threat."""
    return rule.type.quad in _HOSTILE and rule.mode != "investigate"


def _has_words(verb: Token, words: tuple[str, ...]) -> bool:
    """Tell whether a rule's words stand with the verb; "+in" asks for a particle without a noun."""
    beside = [child for child in verb.children if not _opens_date(child)]
    particles = {child.lower_ for child in beside if not any(grand.dep_ == "pobj" for grand in child.children)}
    reach = {child.lower_ for child in beside} | {f"+{word}" for word in particles}
    reach |= {word for word in words if word == "for" and _clauses_with(verb, word)}
    reach |= {
        grand.lower_ for child in beside if child.dep_ in {"prep", "advmod", "prt", "dobj"} for grand in child.children
    }
    return all(word in reach for word in words)


def _is_phrasal(rule: Rule, verb: Token) -> bool:
    """Tell "held up a vote" from "held a vote": with a particle it is another verb."""
    return (
        not rule.words
        and verb.lemma_.lower() in _CHANGED_BY_PARTICLE
        and any(child.dep_ == "prt" for child in verb.children)
    )


def _opens_date(child: Token) -> bool:
    """Tell "marched on Sunday" from "marched on the capital"."""
    return child.dep_ == "prep" and any(
        grand.dep_ == "pobj" and grand.ent_type_ in {"DATE", "TIME"} for grand in child.children
    )
