"""Acts: the verbs and nouns of a sentence that report an event, with who acts on whom.

An act is found by the lexicon and the parse alone; whether it becomes an event is decided later,
when it is known who the actors are, where and when.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.ontology import EventType, Quad
from geodata.reading.factuality import SAYING, Status, status_of
from geodata.reading.grammar import after, agents, clause_of, is_passive, objects, prepositions, subjects
from geodata.reading.lexicon import Rule, lexicon
from geodata.reading.roles import KIND_OF, MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from geodata.reading.passages import Passage

# "Carried out an attack": the noun says what was done.
_LIGHT = frozenset({
    "carry", "conduct", "launch", "stage", "hold", "mount", "make", "commit", "begin", "start", "continue", "resume",
    "suffer", "face", "end", "declare", "open", "complete",
    "repel", "repulse", "do", "give", "impose", "step", "intensify", "undertake", "execute", "lead", "join", "have", "lose",
})  # fmt: skip
# "Suffered an attack": the subject is the one it was done to.
_REVERSED = frozenset({"suffer", "face", "repel", "repulse", "lose"})
# "Clashes erupted": the noun is the act, the verb only says that it was.
_HAPPENING = frozenset({
    "erupt", "break", "occur", "happen", "take", "begin", "start", "continue", "resume", "rage", "follow", "intensify", "be",
    "kill", "wound", "injure", "leave", "claim", "hit", "strike", "target", "destroy", "rock", "shake", "go", "cause", "drag",
    "come", "last", "spread", "ensue", "flare", "escalate", "conclude", "end", "displace", "force", "damage", "hold", "say", "report",
})  # fmt: skip
_AGAINST = ("against", "on", "with", "at", "to", "toward", "towards", "from", "over", "of", "in", "into", "upon")
_PLACE_NOUNS = frozenset(
    """city town village district province area region territory neighbourhood neighborhood airport airbase base
    airfield checkpoint position field oilfield hill mountain road highway crossing border dam bridge camp refinery
    station headquarters building compound stronghold outskirts suburb quarter island port
    square centre center valley peninsula facility complex plant barracks land enclave ground junction
    palace settlement hospital university mosque governorate sub-district subdistrict countryside""".split()  # noqa: SIM905
)
_FORCE_NOUNS = frozenset(
    """force army troop soldier military police militia fighter militant rebel unit brigade division convoy tank
    insurgent group peshmerga commando paramilitary marine guard""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Act:
    """A reported act: its word, its rule, and the noun phrases of those involved."""

    trigger: Token
    verb: Token  # the verb whose clause it stands in; the trigger itself for verbs
    rule: Rule
    sources: tuple[Token, ...]
    targets: tuple[Token, ...]
    status: Status
    speaker: Token | None = None  # who says so
    nominal: bool = False

    @property
    def type(self) -> EventType:
        """The type of event."""
        return self.rule.type


def find_acts(sentence: Span, passage: Passage) -> list[Act]:
    """Find the acts that a sentence reports, in order."""
    found: list[Act] = []
    for token in sentence:
        if token.pos_ in {"VERB", "AUX"} and not any(child.dep_ == "det" for child in token.children):
            found.extend(_verbal(token, passage))
        elif token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.lemma_.lower() in lexicon().nouns):
            act = _nominal(token)
            if act is not None:
                found.append(act)
    return [_with_announcement(act) for act in _without_doubles(found)]


# -- verbs ----------------------------------------------------------------------------------


def _verbal(verb: Token, passage: Passage) -> Iterator[Act]:
    rules = lexicon().verbs.get(verb.lemma_.lower(), [])
    match = next((rule for rule in rules if _fits(rule, verb, passage)), None)
    light = _light(verb) if match is None or match.demands < 3 else None  # noqa: PLR2004 - asks for an object or more
    if light is not None:
        yield light
    elif match is not None:
        yield _act(verb, match)
    elif verb.lemma_ == "be":
        for child in verb.children:
            rule = lexicon().adjectives.get(child.lemma_.lower()) if child.dep_ == "acomp" else None
            if rule is not None:
                yield from _adjectival(verb, child, rule)
    elif match is None and (request := _demand(verb)) is not None:
        yield request


def _adjectival(verb: Token, adjective: Token, rule: Rule) -> Iterator[Act]:
    """Read "is grateful to" and "said that the vote was void"."""
    speaker = speaker_of(verb)
    if not rule.speaker:
        yield Act(
            verb, verb, rule, tuple(subjects(verb)), tuple(after(adjective, rule.target)), status_of(verb), speaker
        )
    elif speaker is not None:
        yield Act(adjective, verb, rule, (speaker,), tuple(subjects(verb)), status_of(verb), speaker)


def _demand(verb: Token) -> Act | None:
    """Read "said that the militias should go home": whoever says so asks for it."""
    must = any(child.dep_ == "aux" and child.lower_ in {"should", "must"} for child in verb.children)
    speaker = speaker_of(verb) if must and verb.dep_ == "ccomp" and verb.head.lemma_.lower() in SAYING else None
    targets = subjects(verb)
    if speaker is None or not targets or any(child.dep_ == "neg" for child in verb.children):
        return None
    return Act(verb, verb, Rule(EventType.REQUEST), (speaker,), tuple(targets), status_of(verb.head), speaker)


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
    things = objects(verb)
    if rule.words and not things:
        things = after(verb, rule.words[-1].removeprefix("+"))
    if rule.target and rule.target not in {"object", "subject"}:
        found = after(verb, rule.target)
        for thing in things:
            found += after(thing, rule.target)
        if found:
            return found
        wanted = rule.objects or rule.inner
        return [thing for thing in things if thing.lemma_.lower() not in wanted]
    if rule.objects:
        # The object is the deed's own word ("imposed sanctions on"): who it meets stands behind.
        people = [thing for thing in things if thing.lemma_.lower() in KIND_OF]
        if people:
            return people
        for thing in things:
            found = after(thing, *_AGAINST)
            if found:
                return found
        return after(verb, "from", "against", "on", "to", "with") or things
    return things or after(verb, *_AGAINST[:8])


def _fits(rule: Rule, verb: Token, passage: Passage) -> bool:
    """Whether a verb meets what a rule asks for."""
    if rule.words and not _has_words(verb, rule.words):
        return False
    things = objects(verb)
    if rule.words and not things:
        things = after(verb, rule.words[-1].removeprefix("+"))
    lemmas = {lemma for thing in things for lemma in _names(thing)}
    if rule.objects and not lemmas & rule.objects:
        return False
    if rule.not_objects & lemmas:
        return False
    if rule.object_class and not any(_is(thing, rule.object_class, passage) for thing in things):
        return False
    if rule.subject_class and not any(_is(actor, rule.subject_class, passage) for actor in agents(verb)):
        return False
    if (
        rule.over
        and not {n.lemma_.lower() for t in (verb, *things) for p, n in prepositions(t) if p in {"over", "of"}}
        & rule.over
    ):
        return False
    if rule.prep and not after(verb, rule.prep) and not any(after(thing, rule.prep) for thing in things):
        return False
    if rule.inner and not {noun.lemma_.lower() for noun in after(verb, rule.prep or "in")} & rule.inner:
        return False
    if rule.by and not {lemma for actor in agents(verb) for lemma in _names(actor)} & rule.by:
        return False
    if (
        rule.oprd
        and not {c.lemma_.lower() for c in verb.subtree if c.dep_ in {"oprd", "acomp", "attr", "amod"}} & rule.oprd
    ):
        return False
    if rule.complement:
        return _complement_fits(rule.complement, verb, passage)
    if rule.not_force and any(_is(thing, "force", passage) for thing in things):
        return False
    return not _is_mere_speech(rule, verb) and not _is_question(rule, verb)


def _is_mere_speech(rule: Rule, verb: Token) -> bool:
    """ "He warned that ..." is speech; a threat needs somebody or something threatened."""
    if rule.type is not EventType.THREATEN or rule.words or rule.objects or verb.lemma_ != "warn":
        return False
    has_object = any(c.dep_ in {"dobj", "dative"} for c in verb.children) or bool(after(verb, "against", "of"))
    return not has_object and not any(c.dep_ == "ccomp" for c in verb.children)


def _is_question(rule: Rule, verb: Token) -> bool:
    """Tell "asked why" from "asked to"."""
    if rule.type is not EventType.REQUEST:
        return False
    return any(
        child.dep_ in {"ccomp", "advcl"}
        and any(t.tag_ in {"WRB", "WP", "WDT"} or t.lower_ in {"if", "whether"} for t in child.subtree)
        for child in verb.children
    )


def _complement_fits(wanted: str, verb: Token, passage: Passage) -> bool:
    """Whether what a verb governs ("vowed to ...") is of the wanted kind."""
    inner = [child for child in verb.children if child.dep_ in {"xcomp", "ccomp"}]
    if wanted == "any":
        return bool(inner)
    for child in inner:
        rule = next((r for r in lexicon().verbs.get(child.lemma_.lower(), []) if _fits(r, child, passage)), None)
        hostile = rule is not None and rule.type.quad in {Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT}
        if rule is not None and hostile == (wanted == "conflict"):
            return True
        if rule is None and wanted == "cooperation" and child.dep_ == "xcomp":
            return True
    return False


def _has_words(verb: Token, words: tuple[str, ...]) -> bool:
    particles = {child.lower_ for child in verb.children if not any(grand.dep_ == "pobj" for grand in child.children)}
    reach = {child.lower_ for child in verb.children} | {f"+{word}" for word in particles}
    reach |= {
        grand.lower_
        for child in verb.children
        if child.dep_ in {"prep", "advmod", "prt", "dobj"}
        for grand in child.children
    }
    return all(word in reach for word in words)


def _names(noun: Token) -> set[str]:
    """Lemma of a noun, alone and with what specifies it: "air strike", "exchange of fire", "thousands of soldiers"."""
    lemma = noun.lemma_.lower()
    of = {inner.lemma_.lower() for inner in after(noun, "of")}
    named = {lemma} | {f"{c.lemma_.lower()} {lemma}" for c in noun.children if c.dep_ in {"compound", "amod"}}
    named |= {f"{lemma} of {inner}" for inner in of}
    return named | of if lemma in MEMBERS else named


def _is(noun: Token, wanted: str, passage: Passage) -> bool:
    """Whether a noun is of a class that rules speak of: place, person, group, force, actor, protester."""
    lemma = noun.lemma_.lower()
    mention = passage.places.get(noun.i)
    if wanted == "place":
        return lemma in _PLACE_NOUNS or (mention is not None and noun.i not in passage.named)
    listed = passage.named.get(noun.i)
    kind = listed.actor.kind if listed is not None else KIND_OF.get(lemma)
    if wanted == "protester":
        return kind is not None and kind.value == "protesters"
    if wanted == "leader":
        known = listed is not None or noun.ent_type_ in {"PERSON", "ORG"} or mention is not None
        known = known or noun.lower_ in {"he", "she", "him", "her", "them", "they"}
        return known or (
            kind is not None and kind.value in {"government", "party", "state forces", "militia", "rebel group"}
        )
    if wanted == "civilian":
        return kind is not None and kind.value == "civilians"
    if wanted == "projectile":
        return lemma in {"shell", "rocket", "missile", "bomb", "mortar", "projectile", "round", "drone"}
    if wanted == "force":
        return lemma in _FORCE_NOUNS or (kind is not None and kind.value in {"state forces", "militia", "rebel group"})
    is_name = noun.ent_type_ in {"PERSON", "ORG", "NORP"} or listed is not None
    if wanted == "person":
        is_one = listed is not None and listed.actor.person
        if mention is not None or noun.lower_ in {"it", "that", "this", "which"}:
            return False
        named = noun.ent_type_ in {"PERSON", "NORP"} or is_one or noun.pos_ == "PRON"
        return named or (kind is not None and kind.value != "business")
    if wanted == "group":
        return is_name or kind is not None
    return is_name or kind is not None or lemma in MEMBERS or noun.pos_ == "PRON" or mention is not None


def _light(verb: Token) -> Act | None:
    """Read "carried out an attack on", "an attack was carried out", "came under attack"."""
    if verb.lemma_.lower() not in _LIGHT:
        return None
    for thing in objects(verb):
        rule = _noun_rule(thing)
        if rule is None:
            continue
        sources, targets = agents(verb), _after_noun(thing, rule)
        own = _own_actors(thing, rule)
        if verb.lemma_.lower() in _REVERSED:
            sources, targets = own, sources
        elif is_passive(verb):
            sources = sources or own
        return Act(thing, verb, rule, tuple(sources), tuple(targets), status_of(verb), speaker_of(verb), nominal=True)
    return None


# -- nouns ----------------------------------------------------------------------------------


def _noun_rule(noun: Token) -> Rule | None:
    nouns = lexicon().nouns
    return next((nouns[name] for name in sorted(_names(noun), key=len, reverse=True) if name in nouns), None)


def _own_actors(noun: Token, rule: Rule) -> list[Token]:
    """Find who acts, from the noun itself: "the army's withdrawal", "Turkish air strikes", "by", "of"."""
    found = [child for child in noun.children if child.dep_ == "poss"]
    found += after(noun, "by")
    found += [
        c for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} and c.ent_type_ in {"NORP", "GPE", "ORG"}
    ]
    if rule.of == "source":
        found += after(noun, "of")
    if rule.mutual:
        found += after(noun, "between", "among")
    return found


def _after_noun(noun: Token, rule: Rule) -> list[Token]:
    """Find who it is done to, from the noun itself."""
    found = after(noun, "on", "against", "with", "at")
    if rule.of == "target":
        found += after(noun, "of")
    if rule.of == "source":
        found += after(noun, "from", "to")
    return found


def _nominal(noun: Token) -> Act | None:
    rule = _noun_rule(noun)
    if rule is None or noun.dep_ in {"compound", "amod", "poss", "nmod"}:
        return None
    if rule.person and not any(target.lemma_.lower() in KIND_OF or target.ent_type_ for target in after(noun, "of")):
        return None
    verb = clause_of(noun)
    sources, targets = _own_actors(noun, rule), _after_noun(noun, rule)
    happens = noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.lemma_.lower() in _HAPPENING
    exists = noun.dep_ == "attr" and any(child.dep_ == "expl" for child in noun.head.children)
    in_killed = (
        noun.dep_ == "pobj"
        and noun.head.lower_ in {"in", "by"}
        and noun.head.head.lemma_ in {"kill", "wound", "die", "injure"}
    )
    follows = _is_mentioned(noun, rule) and bool(sources or targets)
    if in_killed or not (happens or exists or follows):
        return None
    if happens and noun.head.lemma_.lower() in {
        "kill",
        "wound",
        "injure",
        "hit",
        "strike",
        "target",
        "destroy",
        "displace",
    }:
        targets = objects(noun.head) or targets
        rule = replace(rule, mutual=False)
    if rule.type is EventType.CONSULT and follows and not sources:
        sources = agents(verb)
    if rule.mutual and not targets and len(sources) > 1:
        sources, targets = sources[:1], sources[1:]
    state = status_of(verb) if happens or exists else _noun_status(noun, verb)
    return Act(noun, verb, rule, tuple(sources), tuple(targets), state, speaker_of(verb), nominal=True)


def _is_mentioned(noun: Token, rule: Rule) -> bool:
    """Whether a noun stands for an act that went before or with the sentence's own: "after the bombing of"."""
    meeting = rule.type is EventType.CONSULT and bool(after(noun, "with", "between"))
    if noun.dep_ == "dobj":
        return meeting and noun.head.lemma_.lower() in SAYING  # "said opening talks with"
    if noun.dep_ != "pobj":
        return False
    if meeting:
        return noun.head.lower_ in {"after", "following", "during", "in", "at", "on"}
    return not rule.weak and noun.head.lower_ in {"after", "following", "during", "amid", "despite"}


def _noun_status(noun: Token, verb: Token) -> Status:
    if any(
        c.lemma_.lower() in {"possible", "potential", "planned", "future", "likely", "imminent", "alleged"}
        for c in noun.children
    ):
        return Status.SUPPOSED
    return Status.FACT if status_of(verb) is not Status.SUPPOSED else Status.SUPPOSED


# -- speech ---------------------------------------------------------------------------------


def speaker_of(verb: Token) -> Token | None:
    """Find who says what a verb reports: the subject of the nearest verb of saying above it."""
    token = verb
    while token.head != token:
        token = token.head
        if token.lemma_.lower() in SAYING and token.pos_ == "VERB":
            saying = subjects(token)
            if saying and saying[0].head != verb:
                return saying[0]
    for child in verb.children:  # "..., the governor said" hung below
        if (
            child.dep_ in {"parataxis", "ccomp", "advcl"}
            and child.lemma_.lower() in SAYING
            and child.dep_ == "parataxis"
        ):
            saying = subjects(child)
            if saying:
                return saying[0]
        if child.dep_ == "prep" and child.lower_ == "according":
            told = after(child, "to")
            if told:
                return told[0]
    return None


_PROMISED = frozenset(
    {EventType.AID, EventType.COOPERATE, EventType.RETREAT, EventType.SUPPORT, EventType.CONCEDE, EventType.CONSULT}
)
_REFUSED = _PROMISED | {EventType.AGREE}
_WITHHELD = frozenset({EventType.SUPPORT, EventType.AGREE})


def _with_announcement(act: Act) -> Act:
    """Turn what is only announced into what it is: a promise, a threat or a refusal.

    PLOVER codes "will give aid" as AGREE, "will attack" as THREATEN and "will not negotiate" as
    REJECT, when somebody says it of himself; a mere forecast is none of them.
    """
    if not act.sources:
        return act
    modal = any(
        child.dep_ == "aux" and child.lower_ in {"will", "would", "wo", "'ll", "'d"} for child in act.verb.children
    )
    plain_no = any(child.dep_ == "neg" for child in act.verb.children) and act.type in _WITHHELD
    if act.status is Status.DENIED and (plain_no or (modal and act.type in _REFUSED)):
        return replace(act, rule=Rule(EventType.REJECT, order=act.rule.order), status=Status.FACT)
    if act.status is not Status.ANNOUNCED:
        return act
    if act.type in _PROMISED:
        return replace(act, rule=Rule(EventType.AGREE, order=act.rule.order), status=Status.FACT)
    if act.type.quad is Quad.MATERIAL_CONFLICT and act.type is not EventType.PROTEST and act.speaker is not None:
        return replace(act, rule=Rule(EventType.THREATEN, order=act.rule.order), status=Status.FACT)
    return act


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
