"""What the model is told of a candidate: named features, and words by the part they play.

Names, places and numbers are masked: who it was must not decide what was done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geodata.reading.factuality import SAYING
from geodata.reading.grammar import is_passive
from geodata.reading.nominal import noun_rule
from geodata.reading.roles import KIND_OF

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from geodata.reading.classifying.candidates import Candidate
    from geodata.reading.passages import Passage

# Parts that words play; each has word vectors of its own in the model.
SLOTS = ("trigger", "object", "subject", "behind", "inner", "inner object", "above", "clause")
_OBJECTS = frozenset({"dobj", "dative", "obj", "nsubjpass", "oprd", "attr", "acomp"})
_SUBJECTS = frozenset({"nsubj", "agent", "csubj"})
_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
_NAMES = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT"})
_BEFORE, _BEHIND = 2, 3  # tokens around the trigger
_LONGEST = 40  # content words of a clause


class Description(NamedTuple):
    """Named features, and the lemmas in each slot."""

    features: list[str]
    words: dict[str, list[str]]


def describe(candidate: Candidate, passage: Passage) -> Description:
    """Describe a candidate to the model."""
    act = candidate.act
    trigger, verb = act.trigger, act.verb
    lemma = _lemma(trigger)
    form = "noun" if act.nominal else trigger.pos_
    found = [f"t={lemma}", f"t={lemma}/{form}", f"form={form}", f"tag={verb.tag_}", f"dep={trigger.dep_}"]
    words: dict[str, list[str]] = {slot: [] for slot in SLOTS}
    words["trigger"].append(lemma)
    if act.nominal and verb.i != trigger.i:
        found += [f"v={_lemma(verb)}", f"v={_lemma(verb)}+{lemma}"]
        words["above"].append(_lemma(verb))
    elif trigger.head.i != trigger.i:
        above = _masked(trigger.head, passage)
        found += [f"h={trigger.dep_}:{above}", f"h={above}"]
        words["above"].append(above)
    _children(trigger, lemma, passage, found, words)
    _rules(candidate, found)
    _form(candidate, found)
    sources, targets = _kinds(act.sources, passage), _kinds(act.targets, passage)
    found += [f"s={kind}" for kind in sources]
    found += [f"k={kind}" for kind in targets]
    found.append(f"sk={sources[0] if sources else '-'}:{targets[0] if targets else '-'}")
    found += _window(trigger, passage)
    words["clause"] = _clause(trigger, passage)
    return Description(list(dict.fromkeys(found)), words)


def _lemma(token: Token) -> str:
    return str(token.lemma_).lower()


def _masked(token: Token, passage: Passage) -> str:
    """Return a token's lemma, or what sort of name it belongs to."""
    if token.i in passage.named:
        return "<actor>"
    if token.i in passage.places:
        return "<place>"
    if token.ent_type_:
        return f"<{token.ent_type_.lower()}>" if token.ent_type_ in _NAMES else "<number>"
    return _lemma(token)


def _children(trigger: Token, lemma: str, passage: Passage, found: list[str], words: dict[str, list[str]]) -> None:
    """Add what hangs on the trigger: objects, prepositions, what it governs."""
    for child in trigger.children:
        dep = child.dep_
        if dep in _OBJECTS:
            _object(child, lemma, passage, found, words)
        elif dep in _SUBJECTS:
            words["subject"].append(_masked(child, passage))
            found.append(f"subj={_masked(child, passage)}")
        elif dep in {"prep", "agent", "prt"}:
            found += [f"p={child.lower_}", f"t={lemma} p={child.lower_}"]
            _behind(child, lemma, passage, found, words)
        elif dep in {"xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp"} and child.pos_ in {"VERB", "AUX"}:
            inner = _lemma(child)
            found += [f"c={dep}", f"c={dep}:{inner}", f"t={lemma} c={dep}"]
            if dep in {"xcomp", "ccomp", "pcomp"}:
                words["inner"].append(inner)
                words["inner object"] += [_masked(c, passage) for c in child.children if c.dep_ in _OBJECTS]
                found.append(f"t={lemma} c={inner}")
                found += [f"ca={c.lower_}" for c in child.children if c.dep_ in {"aux", "mark", "neg"}]
        elif dep in {"advmod", "amod", "det", "poss", "compound", "neg", "aux", "nmod"}:
            found.append(f"{dep}={_masked(child, passage)}")


def _object(child: Token, lemma: str, passage: Passage, found: list[str], words: dict[str, list[str]]) -> None:
    """Add an object, those joined to it, and what stands with them."""
    for thing in _with_joined(child):
        word = _masked(thing, passage)
        found += [f"o={word}", f"t={lemma} o={word}"]
        words["object"].append(word)
        for part in thing.children:
            if part.dep_ in {"amod", "compound", "poss"}:
                found.append(f"om={_masked(part, passage)}")
                words["object"].append(_masked(part, passage))
            elif part.dep_ == "prep":
                _behind(part, "", passage, found, words)


def _behind(prep: Token, lemma: str, passage: Passage, found: list[str], words: dict[str, list[str]]) -> None:
    for noun in prep.children:
        if noun.dep_ == "pobj":
            word = _masked(noun, passage)
            found.append(f"p={prep.lower_}:{word}")
            if lemma:
                found.append(f"t={lemma} p={prep.lower_}:{word}")
            words["behind"].append(word)
        elif noun.dep_ == "pcomp":
            found.append(f"p={prep.lower_}:{_lemma(noun)}")
            words["inner"].append(_lemma(noun))
            words["inner object"] += [_masked(c, passage) for c in noun.children if c.dep_ in _OBJECTS]


def _with_joined(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ == "conj":
            yield child


def _rules(candidate: Candidate, found: list[str]) -> None:
    rule, act = candidate.rule, candidate.act
    found.append(f"status={act.status}")
    if rule is None or candidate.proposed is None:
        found += ["rule=none", f"rule=none/{act.status}"]
        if act.nominal and (known := noun_rule(act.trigger)) is not None:
            found += [
                f"noun={known.type}",
                f"noun={known.type}/{act.trigger.dep_}",
                f"noun={'weak' if known.weak else 'plain'}",
            ]
        return
    sure = "weak" if rule.weak else "sure" if rule.demands > 1 else "plain"
    found += [
        f"rule={candidate.proposed}",
        f"rule={candidate.proposed}/{sure}",
        f"rule={candidate.proposed}/{act.status}",
        f"rule={sure}",
        f"mode={rule.type}/{rule.mode}",
    ]
    if candidate.proposed is not rule.type:
        found.append(f"turned={rule.type}>{candidate.proposed}")
    if act.nominal:
        found.append(f"rule={candidate.proposed}/noun")


def _form(candidate: Candidate, found: list[str]) -> None:
    act, verb = candidate.act, candidate.act.verb
    if is_passive(verb):
        found.append("passive")
    before = verb.doc[verb.sent.start : verb.i].text
    if (before.count('"') + before.count("“") + before.count("”")) % 2:
        found.append("quoted")
    if act.speaker is not None:
        found.append("spoken")
    if _lemma(verb.head) in SAYING and verb.dep_ in {"ccomp", "parataxis"}:
        found.append("said")
    if not act.sources:
        found.append("nobody")
    if not act.targets:
        found.append("untargeted")
    if verb.dep_ == "ROOT":
        found.append("root")


def _kinds(tokens: Sequence[Token], passage: Passage) -> list[str]:
    return [_kind(token, passage) for token in tokens]


def _kind(token: Token, passage: Passage) -> str:
    named = passage.named.get(token.i)
    if named is not None:
        return str(named.actor.kind)
    if token.i in passage.places:
        return "place"
    if (kind := KIND_OF.get(_lemma(token))) is not None:
        return str(kind)
    if token.ent_type_:
        return str(token.ent_type_)
    return "pronoun" if token.pos_ == "PRON" else "thing"


def _window(trigger: Token, passage: Passage) -> list[str]:
    doc, sent = trigger.doc, trigger.sent
    first, last = max(sent.start, trigger.i - _BEFORE), min(sent.end, trigger.i + _BEHIND)
    return [f"{i - trigger.i:+d}={_masked(doc[i], passage)}" for i in range(first, last) if i != trigger.i]


def _clause(trigger: Token, passage: Passage) -> list[str]:
    """Return the content words that hang on a trigger, names left out."""
    top = trigger
    if trigger.pos_ not in {"VERB", "AUX"} and trigger.head.i != trigger.i:
        top = trigger.head
    return [
        _lemma(token)
        for token in top.subtree
        if token.pos_ in _CONTENT
        and token.i != trigger.i
        and not token.ent_type_
        and token.i not in passage.named
        and token.is_alpha
    ][:_LONGEST]
