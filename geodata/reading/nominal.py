"""Acts that a noun reports: "the bombing of the market", "clashes erupted", "carried out an attack"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from geodata.ontology import EventType
from geodata.reading.act import Act
from geodata.reading.factuality import SAYING, WISHING, Status, status_of
from geodata.reading.grammar import after, agents, clause_of, governors, is_passive, objects
from geodata.reading.habits import is_how_often
from geodata.reading.headlines import is_headline
from geodata.reading.lexicon import OPEN, lexicon
from geodata.reading.noun_classes import PROJECTILES, names_of
from geodata.reading.roles import KIND_OF, MEMBERS
from geodata.reading.speech import speaker_of
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.reading.lexicon import Rule

# "Carried out an attack": the noun says what was done.
_LIGHT = word_set(
    """carry conduct launch stage hold mount make commit begin start continue resume suffer face end declare open
    complete repel repulse do give impose step intensify undertake execute lead join have lose renew escalate"""
)
# "Responded with air strikes on": the noun stands behind "with".
_ANSWERING = word_set("respond retaliate reply answer react counter")
# "Suffered an attack": the subject is the one it was done to.
_REVERSED = word_set("suffer face repel repulse lose")
# "Claimed the attack": the subject says that it did it.
_CLAIMING = frozenset({"claim", "admit"})
_CLAIMED = frozenset({EventType.ASSAULT, EventType.COERCE})
_RESPONSIBILITY = frozenset({"responsibility", "credit"})
# "Clashes erupted": the noun is the act, the verb only says that it was.
_HAPPENING = word_set(
    """erupt break occur happen take begin start continue resume rage follow intensify kill wound injure leave claim
    hit strike target destroy rock shake go cause drag come last spread ensue flare escalate conclude end displace
    force damage hold say report open close enter hear rise surge escalate mount grow reach near renew"""
)
# "The strike killed five": the verb's object is who the noun's act was done to.
_HARMING = word_set("kill wound injure hit strike target destroy displace")
_DYING = frozenset({"kill", "wound", "die", "injure", "hurt"})
_DEATHS = word_set("dead toll death casualty fatality injury injured wounded victim martyr loss")
_RISING = word_set("raise rise increase climb bring")
_CAUSING = frozenset({"in", "by", "after", "during", "from", "due", "of"})
_FOILING = word_set("foil thwart prevent avert plot plan fear deter")
_KEPT_FROM = _FOILING | word_set("stop halt end")
OF_SEVERAL = word_set(
    """wave series spate string barrage round flurry day night week hour surge campaign bout outbreak rash escalation
    intensification resumption renewal continuation exchange"""
)
_OF_ACTS = frozenset({"escalation", "exchange"})
_HEADED = frozenset({"ROOT", "nsubj", "nsubjpass", "dobj", "appos", "conj", "dep", "attr", "npadvmod"})
_BESIDE = frozenset({"with", "alongside"})
_AILING = word_set("heart panic asthma anxiety cardiac epileptic shark dog bear")
_SUPPOSED = word_set("possible potential planned future likely imminent alleged")
_AFTER = frozenset({"after", "following", "during", "amid", "despite"})
_NAMED_AS = frozenset({"pobj", "dobj", "nsubj", "nsubjpass"})
_NOT_YET = frozenset({"without", "before", "until", "against", "unless", "for", "toward", "towards", "pending"})
# "Condemned the killing of ...": there was one.
_PRESUPPOSING = word_set(
    "condemn denounce criticise criticize accuse blame charge suspect allow help discuss remain mean push press"
)
# Nouns of acts that the lexicon leaves to the model: what they report depends on what stands with them.
_ACT_NOUNS = word_set(
    """abolition acceptance accord accusation acknowledgement acknowledgment acquittal admission advance agreement airdrop
    allegation alliance ambush announcement annexation apology appeal appointment approval arrest arrival assassination
    backing ban beating blackout blockade boycott breach build-up burning call call-up campaign cancellation capture
    censure cessation charge claim clampdown climbdown closure collapse commitment complaint concession condemnation
    condolence confession confirmation confiscation consent contact conversation conviction cooperation coup crackdown
    criticism curfew cut deal decision declaration defection delivery demand demolition demonstration denial denunciation
    departure deployment deportation detention dialogue disavowal dismissal dispatch dispersal donation drill duel easing
    election embargo endorsement eviction exchange execution exercise exodus expansion export expulsion extension
    extradition fall felicitation fine flight freeze grant halt handover hijacking imposition imprisonment incursion indictment inquiry
    inspection intervention investigation invitation jailing killing launch lifting loan looting march mediation
    menacing mobilisation mobilization move mutiny negotiation offer offensive operation order ouster outrage overture pact
    pardon patrol petition plea pledge plebiscite poll praise proclamation promise protest provocation pullback pullout
    purge pursuit quarantine raid rally ratification rebuff rebuke recall recapture recognition recruitment redeployment referendum
    refusal rejection release relief removal repatriation reprieve reprimand request rescue resignation restoration
    resumption retaliation retraction retreat return reversal revocation riot robbery sabotage sale sanction seizure
    sentence sentencing severing shelling shipment shooting shutdown siege signing sit-in softening stoppage storming strike
    summit supply surrender surveillance suspension takeover talk test threat torching torture trade training transfer trial
    tribute truce ultimatum unblocking unrest veto victory violation visit vote vow walkout warning welcome withdrawal"""
)
_TAKING_PART = ("by", "between", "of", "against", "on", "with", "to", "from", "for", "at", "into", "over")
_AT_MEETING = frozenset({"after", "following", "during", "in", "at", "on"})


def light_act(verb: Token) -> Act | None:
    """Read "carried out an attack on", "an attack was carried out", "came under attack"."""
    claiming, answers = verb.lemma_.lower() in _CLAIMING, verb.lemma_.lower() in _ANSWERING
    if verb.lemma_.lower() not in _LIGHT and not claiming and not answers:
        return None
    things = after(verb, "with") if answers else _claimed(verb) if claiming else objects(verb)
    for thing in map(of_several, things):
        rule = noun_rule(thing) or (_rule_of_doing(thing) if claiming else None)
        if rule is None or (claiming and rule.type not in _CLAIMED):
            continue
        sources, targets = agents(verb), _done_to(thing, rule)
        own = _own_actors(thing, rule)
        if verb.lemma_.lower() in _REVERSED:
            sources, targets = own, sources
        elif is_passive(verb):
            sources = sources or own
        return Act(
            thing,
            verb,
            rule,
            tuple(sources),
            tuple(targets),
            status_of(verb),
            speaker_of(verb),
            nominal=True,
            sure=claiming,
        )
    return None


def _claimed(verb: Token) -> list[Token]:
    """Find the deed that somebody claims to have done: "claims the bombing", "claimed responsibility for an attack"."""
    found: list[Token] = []
    for thing in objects(verb):
        found += after(thing, "for") if thing.lemma_.lower() in _RESPONSIBILITY else [thing]
    return found


def _rule_of_doing(thing: Token) -> Rule | None:
    """Return the rule of a gerund: "claimed responsibility for killing the mayor", "for the nightclub shooting"."""
    rules = lexicon().verbs.get(thing.lemma_.lower(), ()) if thing.tag_ == "VBG" else ()
    return next((rule for rule in rules if not rule.words and rule.type in _CLAIMED), None)


@cache
def _heads_of_rules() -> frozenset[str]:
    """Return the words that rules of nouns hang on: "strike" of "air strike", "exchange" of "exchange of fire"."""
    return frozenset(name.partition(" of ")[0].split()[-1] for name in lexicon().nouns)


def _is_other_thing(noun: Token) -> bool:
    """Tell "a heart attack" from an attack, and losses of men from the loss of a town."""
    if noun.lemma_.lower() == "loss" and noun.tag_ == "NNS" and not after(noun, "of"):
        return True
    return not _AILING.isdisjoint(child.lower_ for child in noun.children if child.dep_ in {"compound", "amod"})


def noun_rule(noun: Token) -> Rule | None:
    """Return the rule of a noun that stands for an act, the most specific of its names first."""
    lemma = noun.lemma_.lower()
    if (lemma not in _heads_of_rules() and lemma not in MEMBERS) or _is_other_thing(noun):
        return None
    nouns = lexicon().nouns
    return next((nouns[name] for name in sorted(names_of(noun), key=len, reverse=True) if name in nouns), None)


def nominal_act(noun: Token) -> Act | None:
    """Read a noun that reports an act on its own, or None when it does not."""
    rule = noun_rule(noun)
    beside = noun.dep_ in {"compound", "amod", "poss", "nmod"} and _bearer(noun) == noun
    if rule is None or (beside and not _is_of_deaths(noun)):
        return None
    if rule.person and not any(target.lemma_.lower() in KIND_OF or target.ent_type_ for target in after(noun, "of")):
        return None
    verb = clause_of(noun)
    sources, targets = _own_actors(noun, rule), _done_to(noun, rule)
    happens = _happens(noun)
    borne = _is_borne(noun)
    told = happens or borne or _is_headed(noun, rule)
    placed = rule.type is EventType.ASSAULT and bool(after(noun, "in", "at", "near", "of"))
    mentioned = _is_mentioned(noun, rule) and bool(sources or targets or placed)
    if _is_cause_of_death(noun) or not (told or mentioned):
        return None
    if noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.lemma_.lower() in _HARMING:
        targets = objects(noun.head) or targets
        rule = replace(rule, mutual=False)
    if rule.type is EventType.CONSULT and mentioned and not sources:
        sources = agents(verb)
    if borne:
        targets = [noun.head.head]
    if rule.mutual and not targets and len(sources) > 1:
        sources, targets = sources[:1], sources[1:]
    status = status_of(verb) if happens else _noun_status(noun, verb)
    if any(child.dep_ == "det" and child.lower_ == "no" for child in noun.children):
        status = Status.DENIED  # "there was no fighting"
    sure = borne or (rule.type is EventType.ASSAULT and _is_of_deaths(noun))
    return Act(noun, verb, rule, tuple(sources), tuple(targets), status, speaker_of(verb), nominal=True, sure=sure)


def other_act(noun: Token) -> Act | None:
    """Read a noun of an act, where no rule takes it for an event: its type, and whether it is one, is the model's to say."""
    rule = noun_rule(noun)
    if noun.dep_ in {"compound", "amod", "poss", "nmod"} or (noun.lemma_.lower() not in _ACT_NOUNS and rule is None):
        return None
    if _is_cause_of_death(noun) or noun.lemma_.lower() == "call":  # which may be one by telephone
        return None
    sources = [*_own_actors(noun, OPEN), *after(noun, "between")]
    targets = [found for found in after(noun, *_TAKING_PART) if found not in sources]
    if not sources and not targets and rule is None and noun.dep_ not in {"nsubj", "nsubjpass", "ROOT"}:
        return None
    verb = clause_of(noun)
    return Act(
        noun, verb, OPEN, tuple(sources), tuple(targets), _noun_status(noun, verb), speaker_of(verb), nominal=True
    )


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


def _done_to(noun: Token, rule: Rule) -> list[Token]:
    """Find who it is done to, from the noun itself."""
    found = after(noun, "on", "against", "with", "at")
    if rule.of == "target":
        found += after(noun, "of")
    if rule.of == "source":
        found += after(noun, "from", "to")
    return found


def _happens(noun: Token) -> bool:
    """Tell whether its verb only says that the act was: "clashes erupted", "there was an attack"."""
    if _is_of_deaths(noun):
        return True
    noun = _bearer(noun)
    is_subject = noun.dep_ in {"nsubj", "nsubjpass"}
    if is_subject and noun.head.lemma_.lower() in _HAPPENING:
        return True
    if is_subject and noun.head.pos_ in {"VERB", "AUX"}:
        return False
    if noun.dep_ == "dobj" and noun.head.lemma_ == "witness":
        return True
    if noun.dep_ in {"ROOT", "pobj", "conj", "appos", "nsubj"} and noun.sent.root.pos_ not in {"VERB", "AUX"}:
        return noun.dep_ == "ROOT" or noun.head.lower_ in {"in", "by", "after", "due"}  # a headline without a verb
    return noun.dep_ == "attr" and any(child.dep_ == "expl" for child in noun.head.children)


def _bearer(noun: Token) -> Token:
    """Return the noun that stands in the sentence for an act: "a wave of bombings", "days of fighting"."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    if noun.dep_ == "compound" and noun.head.lemma_.lower() in _OF_ACTS:
        return _bearer(noun.head)  # "shelling escalation"
    return above if above.lemma_.lower() in OF_SEVERAL else noun


def of_several(noun: Token) -> Token:
    """Return the act that there were several of: "staged a series of attacks"."""
    acts = after(noun, "of") if noun.lemma_.lower() in OF_SEVERAL else []
    return acts[0] if acts else noun


def _is_headed(noun: Token, rule: Rule) -> bool:
    """Tell whether a headline names an attack: it has no room for words that say it happened."""
    if (
        rule.type is not EventType.ASSAULT
        or rule.weak
        or not (_bearer(noun).dep_ in _HEADED or _goes_with(_bearer(noun)))
        or not is_headline(noun.doc)
    ):
        return False
    return noun.dep_ != "dobj" or noun.head.lemma_.lower() not in _KEPT_FROM


def _goes_with(noun: Token) -> bool:
    """Tell "Clashes in Basra with heavy shelling of the port", which is told of as much as they are."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in _BESIDE or noun.lemma_.lower() in PROJECTILES:
        return False  # "hit with rockets": what it was done with
    above = prep.head.head if prep.head.lower_ == "along" else prep.head
    return above.dep_ == "ROOT" or (above.dep_ == "nsubj" and above.head.dep_ == "ROOT")


def _is_borne(noun: Token) -> bool:
    """Tell "the town under attack": it is done to what stands before."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "under" and noun.head.head.pos_ in {"NOUN", "PROPN"}


def _is_of_deaths(noun: Token) -> bool:
    """Tell "20 dead in a bombing", "the death toll of the attack rose", "raises the death toll to 20 in a bombing"."""
    if noun.dep_ == "compound":
        return noun.head.lemma_.lower() in _DEATHS
    if noun.dep_ != "pobj":
        return False
    above = noun.head.head
    if above.lower_ == "result" and above.head.lower_ == "as":
        above = above.head.head
    counted = above.lemma_.lower() in _RISING and noun.head.lower_ in _CAUSING
    return above.lemma_.lower() in _DEATHS or (counted and any(map(_is_toll, above.children)))


def _is_toll(noun: Token) -> bool:
    """Tell "the death toll", "the number of casualties"."""
    if noun.dep_ not in {"nsubj", "dobj"}:
        return False
    names = [noun, *after(noun, "of")] if noun.lemma_.lower() == "number" else [noun]
    return any(name.lemma_.lower() in _DEATHS for name in names)


def _is_cause_of_death(noun: Token) -> bool:
    """Tell "killed in the attack": the verb reports it already."""
    several = _bearer(noun)
    prep = several.head
    return several.dep_ == "pobj" and prep.lower_ in {"in", "by", "during", "due"} and prep.head.lemma_ in _DYING


def _is_mentioned(noun: Token, rule: Rule) -> bool:
    """Tell whether a noun stands for an act that went before or with the sentence's own: "after the bombing of"."""
    partners = ("to", "in") if rule.mode == "visit" else ("with", "between")
    meeting = rule.type is EventType.CONSULT and bool(after(noun, *partners))
    if rule.type is EventType.REQUEST:
        return (noun.dep_ == "pobj" and noun.head.lower_ == "at") or _is_call(noun)  # "at the request of"
    if not rule.weak and noun.dep_ in _NAMED_AS and _is_definite(noun, rule):
        return True
    if rule.type is EventType.ASSAULT and noun.dep_ == "nsubj" and after(noun, "in", "near", "on", "at", "against"):
        return True  # "An attack on the port shocked the town": whatever it did, it was
    if noun.dep_ == "dobj":
        return meeting and noun.head.lemma_.lower() in SAYING  # "said opening talks with"
    if noun.dep_ != "pobj":
        return False
    if meeting:
        return noun.head.lower_ in _AT_MEETING
    return not rule.weak and noun.head.lower_ in _AFTER


def _is_call(noun: Token) -> bool:
    """Tell "his call for a truce", "a call by the mayor to stop": somebody asked, whatever came of it."""
    somebody = bool(after(noun, "by")) or any(child.dep_ == "poss" for child in noun.children)
    return somebody and (bool(after(noun, "for")) or any(child.dep_ == "acl" for child in noun.children))


def _is_definite(noun: Token, rule: Rule) -> bool:
    """Tell "the capture of the town", "its fall", "Saturday's bombing": an act that is taken as known."""
    owned = any(child.dep_ == "poss" for child in noun.children)
    the = any(child.lower_ == "the" for child in noun.children) and bool(after(noun, "of"))
    return rule.of == "target" and (owned or the)


def _noun_status(noun: Token, verb: Token) -> Status:
    if any(child.lemma_.lower() in _SUPPOSED for child in noun.children):
        return Status.SUPPOSED
    if noun.dep_ == "pobj" and noun.head.lower_ in _NOT_YET:
        return Status.SUPPOSED
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in _FOILING:
        return Status.SUPPOSED  # "foiled an attack on the temple"
    above = [head.lemma_.lower() for head in governors(noun)][:3]
    if any(lemma in WISHING and lemma not in _PRESUPPOSING for lemma in above):
        return Status.SUPPOSED
    if is_how_often(verb) and noun.dep_ == "nsubj":
        return Status.BACKGROUND
    return Status.FACT if status_of(verb) is not Status.SUPPOSED else Status.SUPPOSED
