"""What the words of a headline may be, told by themselves: verbs of acts, nouns of acts, who acts, where."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geodata.ontology import EventType
from geodata.reading.lexicon import lexicon
from geodata.reading.noun_classes import FORCE_NOUNS, PLACE_NOUNS, PROJECTILES
from geodata.reading.roles import KIND_OF
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

# Verbs of headlines whose present is spelt like a noun or an adjective.
_REGULAR = word_set(
    """claim attack target foil rock storm force battle clash shell bomb raid kill wound kidnap push advance close near
    halt torch blast face order vow press protest march ambush assault question probe slam blame urge back help
    down clear end halt mark name pound surround move mass train test launch release recapture capture torch murder loot
    command escape return swap trade free pull"""
)
_IRREGULAR = dict(
    pair.split(":")
    for pair in [
        "strike:struck",
        "fight:fought",
        "retake:retook",
        "repel:repelled",
        "hold:held",
        "seek:sought",
        "win:won",
        "kidnap:kidnapped",
        "take:took",
        "shoot:shot",
        "blow:blew",
        "throw:threw",
        "hit:hit",
        "set:set",
        "put:put",
        "cut:cut",
        "quit:quit",
        "shut:shut",
        "break:broke",
        "bring:brought",
        "drive:drove",
        "fall:fell",
        "flee:fled",
        "fly:flew",
        "give:gave",
        "hang:hanged",
        "lead:led",
        "leave:left",
        "lend:lent",
        "lose:lost",
        "make:made",
        "meet:met",
        "overrun:overran",
        "overthrow:overthrew",
        "pay:paid",
        "run:ran",
        "sell:sold",
        "send:sent",
        "shake:shook",
        "sink:sank",
        "slay:slew",
        "speak:spoke",
        "steal:stole",
        "sweep:swept",
        "swear:swore",
        "tear:tore",
        "withdraw:withdrew",
        "begin:began",
        "catch:caught",
        "forbid:forbade",
        "hide:hid",
        "hurt:hurt",
        "keep:kept",
        "lay:laid",
        "let:let",
        "deal:dealt",
        "draw:drew",
        "burn:burned",
        "beat:beat",
    ]
)
_ONE_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][bgmnprt]")  # "grab": the last letter is doubled


def _past(base: str) -> str:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith("y") and base[-2:-1] not in set("aeiou"):
        return base[:-1] + "ied"
    if _ONE_SYLLABLE.fullmatch(base):
        return base + base[-1] + "ed"
    return base + "d" if base.endswith("e") else base + "ed"


def _present(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in set("aeiou"):
        return base[:-1] + "ies"
    return base + "es" if base.endswith(("sh", "ss", "ch", "x")) else base + "s"


@cache
def pasts() -> dict[str, str]:
    """Return the past of verbs by their forms of the present: of those that rules know, and of a few others."""
    bases = _REGULAR | _IRREGULAR.keys() | {verb for verb in lexicon().verbs if verb.isalpha()}
    return {form: _past(base) for base in bases for form in (base, _present(base))}


_TOLD = frozenset({EventType.ASSAULT, EventType.PROTEST})
LOSSES = word_set(
    """casualty casualties loss losses injury injuries death deaths wounded dead martyr martyrs victims calm tension"""
)
# Nouns that the lexicon has for acts, and that are more often something else beside an "and".
_DOUBTFUL = frozenset({"fall", "fire", "killing", "loss"})
_WEAPONS = word_set("warplane jet plane aircraft helicopter drone artillery convoy explosion blast bomb mine ied cell")
_BODIES = frozenset({"front", "corps", "legion", "resistance", "alliance", "command"})
_AREAS = word_set("desert capital zone river coast plain basin sector front axis street sky suburb parliament")
_NO_PLACES = frozenset({"land", "ground", "artillery"})  # "land and air strikes"
WHERE = word_set(
    "in on at near around inside outside within north south east west northeast northwest southeast southwest"
)
DIRECTIONS = WHERE - {"in", "on", "at", "near", "around", "inside", "outside", "within"} | {"again"}
WITH_WHOM = frozenset({"by", "between", "among", "against", "with", "from"})
BEHIND_ACT = (WHERE | WITH_WHOM | word_set("over of along amid towards toward under after during to for")) - {"among"}
PREPOSITIONS = BEHIND_ACT | WITH_WHOM | word_set("into through despite following")
STOPS = PREPOSITIONS | word_set(
    "and or but which who that where when while as if not to its their his her is are was were"
)
WAS = frozenset({"is", "are", "was", "were"})
# Verbs of headlines that no rule knows, as they only say that something goes on.
GOING_ON = word_set(
    """accompany accompanies continue continues continued renew renews renewed erupt erupts erupted rage rages escalate
    escalates"""
)
_OPENERS = word_set(
    "the a an its their his several many some more all two three four five six seven eight nine ten dozens positions"
)
_HARMING = frozenset({"cause", "leave", "kill", "injure", "wound", "claim", "raise"})
_INSIDE = frozenset({"in", "by", "after", "from", "during", "due", "amid"})


def singular(word: str) -> str:
    """Return a noun in small letters without the ending of its plural."""
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith(("ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def is_verb_form(word: str) -> bool:
    """Tell whether a word, in small letters, may be the present or past of a verb that rules know."""
    return word in _verb_forms() or word in GOING_ON or word in WAS


def is_harming(word: str) -> bool:
    """Tell whether a word, in small letters, says what an attack led to: "causes", "kill"."""
    return word in _HARMING or word.removesuffix("s") in _HARMING


def is_doing(word: str) -> bool:
    """Tell whether a word, in small letters, may be the form in -ing of a verb that rules know."""
    return word.endswith("ing") and any(base in lexicon().verbs for base in (word[:-3], word[:-3] + "e", word[:-4]))


def bases(word: str) -> set[str]:
    """Return what a verb may be of which a word is a form."""
    return {word, *(word.removesuffix(ending) for ending in ("s", "es", "ed", "d", "ing"))}


def names_act(word: str) -> bool:
    """Tell whether a word, in small letters, names an attack or a protest, or those who came to harm."""
    return word in LOSSES or singular(word) in _acts()


def is_force(word: str) -> bool:
    """Tell whether a word, in small letters, stands for people or for what they fight with."""
    return singular(word) in _forces()


def is_doer(word: str) -> bool:
    """Tell whether a word may name who or what attacks: "warplanes", "airstrikes", a name."""
    small = word.lower()
    return is_force(small) or singular(small) in _acts() or small in _BODIES or word[:1].isupper()


def is_place_word(word: str) -> bool:
    """Tell whether a word, in small letters, is a common noun for people or a place that a phrase may end with."""
    return singular(word) in _ends()


def opens_noun(word: str) -> bool:
    """Tell whether a phrase for somebody or something may begin with a word: "the", "several", a name, "areas"."""
    small = word.lower()
    if word[:1].isupper() or word[:1].isdigit() or small in _OPENERS:
        return True
    named = is_place_word(small) or (small.endswith("s") and not is_verb_form(small))
    return small not in STOPS and not names_act(small) and named


def is_within(words: Sequence[str], at: int) -> bool:
    """Tell "ten hurt in air strikes target Basra" from "air strikes target Basra", where the verb is the headline's."""
    for place in range(at - 1, 0, -1):
        small = words[place].lower()
        if small in _INSIDE:
            return True
        if small in STOPS or (is_verb_form(small) and not names_act(small)):
            return False
    return False


@cache
def _acts() -> frozenset[str]:
    named = (name for name, rule in lexicon().nouns.items() if rule.type in _TOLD and not rule.weak)
    return frozenset(name.partition(" of ")[0].split()[-1] for name in named) - _DOUBTFUL


@cache
def _forces() -> frozenset[str]:
    return frozenset(KIND_OF) | FORCE_NOUNS | PROJECTILES | _WEAPONS


@cache
def _ends() -> frozenset[str]:
    return (PLACE_NOUNS | FORCE_NOUNS | _AREAS | frozenset(KIND_OF)) - _NO_PLACES


@cache
def _verb_forms() -> frozenset[str]:
    return (frozenset(pasts()) | frozenset(pasts().values())) - {"force", "forces"}
