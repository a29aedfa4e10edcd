"""The lexicon of acts: which words report which type of event (data/acts.yaml)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from geodata.ontology import EventType


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to report an act; fields as explained at the head of data/acts.yaml."""

    type: EventType
    mode: str = ""
    order: int = 0
    words: tuple[str, ...] = ()  # the words after the verb's lemma: particle, preposition
    objects: frozenset[str] = frozenset()
    not_objects: frozenset[str] = frozenset()
    object_class: str = ""
    subject_class: str = ""
    target: str = ""
    prep: str = ""
    over: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()
    oprd: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    complement: str = ""
    not_complement: frozenset[str] = frozenset()
    mutual: bool = False
    of: str = "target"
    weak: bool = False
    person: bool = False
    not_force: bool = False
    source: str = ""  # preposition of who acts, where it is not the subject
    speaker: bool = False  # whoever says the sentence acts
    two: bool = False  # asks for a partner, or for a second subject
    recipient: bool = False  # asks for somebody to whom
    not_subject: str = ""
    headline: bool = False  # of headlines alone

    @property
    def demands(self) -> int:
        """How much the rule asks for: of two rules that fit, the more demanding one is right."""
        return (
            3 * len(self.words)
            + 3 * bool(self.objects)
            + 2 * bool(self.object_class)
            + 2 * bool(self.prep or self.complement or self.oprd or self.inner or self.by)
            + 3 * bool(self.over)
            + 2 * self.recipient
            + bool(self.subject_class)
        )


UNRULED = -1  # order of a rule that stands for none
# Of what no rule knows the type is open; nobody reads the one that stands here.
OPEN = Rule(EventType.CONSULT, order=UNRULED)


@dataclass(slots=True)
class Lexicon:
    """Rules by the lemma of their verb, noun or adjective."""

    verbs: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    nouns: dict[str, Rule] = field(default_factory=dict)
    adjectives: dict[str, Rule] = field(default_factory=dict)


_FLAGS = ("mutual", "weak", "person", "not_force", "speaker", "two", "recipient", "headline")
_TEXTS = ("mode", "target", "prep", "complement", "source")
_SETS = ("over", "inner", "oprd", "by", "not_complement")


@cache
def lexicon() -> Lexicon:
    """Load the lexicon once."""
    raw: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        files("geodata.reading").joinpath("data/acts.yaml").read_text(encoding="utf-8")
    )
    made = Lexicon()
    order = 0
    for name, entries in raw.items():
        for entry in entries:
            order += 1
            settings: dict[str, Any] = {key: bool(entry[key]) for key in _FLAGS if key in entry}
            settings |= {key: str(entry[key]) for key in _TEXTS if key in entry}
            settings |= {key: frozenset(map(str, entry[key])) for key in _SETS if key in entry}
            wanted = entry.get("object")
            if isinstance(wanted, str):
                settings["object_class"] = wanted.removeprefix("@")
            elif wanted:
                settings["objects"] = frozenset(wanted)
            settings["not_objects"] = frozenset(entry.get("not_object", ()))
            settings["subject_class"] = str(entry.get("subject", "")).removeprefix("@")
            settings["not_subject"] = str(entry.get("not_subject", "")).removeprefix("@")
            settings["of"] = str(entry.get("of", "target"))
            base: dict[str, Any] = {"type": EventType(name), "order": order, **settings}
            for phrase in entry.get("verbs", ()):
                lemma, *words = phrase.split()
                made.verbs[lemma].append(Rule(**base, words=tuple(words)))
            for noun in entry.get("nouns", ()):
                made.nouns.setdefault(noun, Rule(**base))
            for adjective in entry.get("adjectives", ()):
                made.adjectives.setdefault(adjective, Rule(**base))
    for rules in made.verbs.values():
        rules.sort(key=lambda rule: (-rule.demands, rule.order))
    return made
