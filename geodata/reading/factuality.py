"""Whether an act is told as a fact, or only wished, planned, denied, supposed.

Rules over the parse. They look from the verb outwards: what stands with it (no, not, would, if) and
what it hangs on ("plans to", "in order to", "called for").
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from geodata.reading.alleging import is_allegation, is_said_of, is_standing
from geodata.reading.grammar import governors, is_charged, is_passive, subjects
from geodata.reading.habits import in_general, is_done_regularly, is_habit, is_kept, is_present, is_reckoned

if TYPE_CHECKING:
    from spacy.tokens import Token


class Status(StrEnum):
    """What a sentence says of an act."""

    FACT = "fact"
    DENIED = "denied"
    SUPPOSED = "supposed"  # may, could, if, wishes
    ANNOUNCED = "announced"  # will, plans to: a promise or a threat
    BACKGROUND = "background"  # a gloss, a habit, a definition


_MAY = frozenset({"would", "could", "may", "might", "should", "can", "must", "ought", "shall", "need", "'d", "ca"})
_WOULD = frozenset({"would", "'d"})
_WILL = frozenset({"will", "'ll", "wo", "won't"})
_NEGATIONS = frozenset({"not", "n't", "never", "neither", "nor", "no", "n’t"})
# "Hardly", "unable to", "failed to" deny what follows as surely as "not".
FAILING = frozenset({"fail", "refuse", "decline", "avoid", "prevent", "stop", "cease", "deny", "unable", "reluctant",
                      "unwilling", "neglect", "forbid", "ban", "hesitate", "abstain", "refrain"})  # fmt: skip
WISHING = frozenset({
    "want", "wish", "hope", "seek", "try", "attempt", "aim", "like", "urge", "call", "demand", "ask", "request",
    "order", "tell", "warn", "threaten", "expect", "need", "require", "propose", "suggest", "consider", "discuss",
    "debate", "invite", "encourage", "press", "push", "advise", "recommend", "prefer", "allow", "permit", "appeal",
    "wait", "fear", "believe", "think", "hint", "remain", "able", "likely", "eager", "possible", "necessary",
    "gear", "intend", "plot", "conspire", "scheme", "plan", "prepare", "vow", "pledge", "promise", "agree", "offer", "swear", "schedule", "due",
    "set", "authorise", "authorize", "instruct", "direct", "command", "desire", "mean", "design", "help",
    "mind", "right", "decision", "effort", "bid", "proposal", "possibility", "threat", "ability", "opportunity", "chance", "goal", "purpose", "failure", "refusal", "deadline",
    "accuse", "blame", "suspect", "charge", "criticise", "criticize", "condemn", "denounce",
})  # fmt: skip
# What follows these in -ing goes on; an infinitive does not.
_STATES = frozenset({"remain", "like", "help", "allow", "permit"})
_ANNOUNCING = frozenset({"vow", "pledge", "promise", "swear", "ready", "willing"})
# An infinitive after these did happen.
_DECIDING = frozenset({"vote", "decide"})
_IMPLYING = frozenset({"vote", "decide", "begin", "start", "continue", "manage", "proceed", "go", "come", "use", "force", "help", "keep", "resume",
                       "rush", "dare", "get", "happen", "return", "join", "move", "succeed", "oblige", "compel", "cause", "lead", "hasten"})  # fmt: skip
_GOVERNED = frozenset({"xcomp", "acl", "advcl", "ccomp", "pcomp", "relcl", "prep"})
_HARMING = frozenset({"kill", "wound", "injure", "hurt"})
_HARM = frozenset({"casualty", "death", "injury", "wounded", "dead", "victim", "fatality"})
_SUPPOSING = frozenset({"if", "unless", "whether", "lest", "provided", "should"})
_REPORTING = frozenset({"report", "confirm"})
_CLOSING = frozenset({'"', "'", "”", "’", "''"})
# Participles that describe a noun and report nothing.
_GLOSSES = frozenset({
    "outlaw", "ban", "call", "name", "know", "designate", "base", "back", "develop", "run", "lead", "dominate",
    "inhabit", "dispute", "consider", "list", "locate", "situate", "own", "control", "hold", "occupy", "claim",
    "support", "relate", "align", "affiliate", "station", "supply", "arm", "deploy", "train", "post", "accuse", "blame", "suspect", "allege", "dub", "describe", "regard", "recognise", "recognize", "order",
    "coordinate",
})  # fmt: skip
_TELLING_NONE = (is_standing, is_habit, is_kept, is_done_regularly, is_reckoned, is_said_of)
# Verbs of the source of a report; what they say counts as told, not as wished.
SAYING = frozenset({
    "say", "tell", "announce", "report", "state", "add", "note", "stress", "declare", "confirm", "claim", "insist",
    "reveal", "write", "tweet", "explain", "argue", "maintain", "assert", "acknowledge", "admit", "affirm", "recall",
    "show", "indicate", "resume", "quote", "mention", "remark", "disclose", "emphasise", "emphasize", "comment",
    "observe", "conclude", "reiterate", "estimate", "complain", "testify", "post", "cite", "underline", "allege",
})  # fmt: skip


def is_denied(verb: Token) -> bool:
    """Tell whether a verb is denied by what stands with it: not, no one, without."""
    if verb.dep_ in {"pcomp", "pobj"} and verb.head.lower_ == "without":
        return True
    if any(
        child.dep_ == "neg" or child.lower_ in _NEGATIONS for child in verb.children if child.dep_ not in {"conj", "cc"}
    ):
        return True
    for subject in subjects(verb)[:1]:
        if subject.lower_ in {"nobody", "none", "nothing"} or any(
            c.lower_ in {"no", "neither"} for c in subject.children
        ):
            return True
    for child in verb.children:
        things = [child] if child.dep_ == "dobj" else [c for c in child.children if child.dep_ == "prep"]
        if any(c.dep_ == "det" and c.lower_ == "no" for thing in things for c in thing.children):
            return True  # "reopened its airspace to no flight"
    return False


def _auxiliaries(verb: Token) -> set[str]:
    own = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if not own and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.tag_ in {"VB", "VBN", "VBG"}:
        return _auxiliaries(verb.head)  # "will visit Baghdad and meet": one "will" for both
    return own


def _hangs_on(verb: Token) -> Status | None:
    """Judge by what governs the verb, up to the next clause that stands on its own."""
    token = verb
    for head in governors(verb):
        lemma, link = head.lemma_.lower(), token.dep_
        if is_allegation(token):
            return Status.BACKGROUND
        if is_charged(token) or _is_claimed(token):
            return None  # told as a fact by the accuser, by whoever claims it
        if any(word.text == ";" for word in verb.doc[min(token.i, head.i) : max(token.i, head.i)]):
            return None  # the parser hangs one sentence on the other across a semicolon
        infinitive = _is_infinitive(token)
        link = "xcomp" if infinitive and _is_misjoined(token) else link
        if not (link == "conj" and head.pos_ in {"VERB", "AUX"}):
            if link in {"relcl", "acl"} and not infinitive and token.pos_ in {"VERB", "AUX"}:
                return None  # "those who were arrested": told as a fact whatever the sentence wishes
            implied = lemma in _IMPLYING and (link in {"xcomp", "ccomp"} or lemma in _DECIDING)
            if implied or link in _GOVERNED or infinitive:
                judged = _as_started(head) if implied else _governed(head, link, infinitive=infinitive)
                if judged is not None:
                    return judged
            if not implied and link in {"ccomp", "ROOT"} and lemma in SAYING:
                return None
        token = head
    return None


def _is_claimed(verb: Token) -> bool:
    """Tell "claimed to have taken the hill", "is reported to have fled" from "is said to have fled"."""
    told = verb.head
    done = any(child.lower_ == "have" and child.dep_ == "aux" for child in verb.children)
    if not done or verb.dep_ != "xcomp" or told.lemma_.lower() not in SAYING or is_denied(told):
        return False
    return told.lemma_.lower() in _REPORTING or not is_passive(told)


def _is_misjoined(verb: Token) -> bool:
    """Tell "asked him to stop the raids and to lift the siege" where the parser joins "lift" to "asked"."""
    return verb.dep_ == "conj" and not _is_infinitive(verb.head)


def _is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _as_started(head: Token) -> Status | None:
    """Judge what a verb makes happen by that verb: "will begin to shell", "did not help to free"."""
    return Status.DENIED if is_denied(head) else _modal(head)


def _governed(head: Token, link: str, *, infinitive: bool) -> Status | None:
    """Judge a verb by the word that it hangs on, and how."""
    lemma = head.lemma_.lower()
    if lemma in FAILING and link in {"xcomp", "pcomp", "prep", "ccomp"}:
        return Status.DENIED
    if lemma in _ANNOUNCING | WISHING and infinitive and head.pos_ == "VERB" and is_denied(head):
        return Status.DENIED
    if lemma in _ANNOUNCING and (infinitive or link == "ccomp"):
        return Status.ANNOUNCED
    gerund = link == "xcomp" and lemma not in _STATES  # "considered sending troops"
    wished = infinitive or gerund or (link == "ccomp" and lemma not in SAYING) or link in {"pcomp", "prep"}
    if lemma in WISHING and wished:
        return Status.SUPPOSED
    # In order to, able to; after verbs that make it happen an infinitive is judged above.
    return Status.SUPPOSED if infinitive and link in {"advcl", "acl", "relcl", "xcomp"} else None


def _is_told(verb: Token) -> bool:
    """Whether a verb stands in what somebody says, and no condition hangs on it."""
    governor = next((head for head in governors(verb) if head.pos_ == "VERB" and head.lemma_.lower() in SAYING), None)
    conditional = any(
        child.dep_ == "advcl" and any(mark.lower_ in _SUPPOSING for mark in child.children) for child in verb.children
    )
    return governor is not None and not conditional


def _conditional(verb: Token) -> bool:
    clause: Token | None = verb
    while clause is not None:
        if any(child.dep_ == "mark" and child.lower_ in _SUPPOSING for child in clause.children) or in_general(clause):
            return True
        clause = clause.head if clause.dep_ in {"conj", "xcomp", "ccomp", "advcl"} and clause.head != clause else None
    return False


def _is_awaited(verb: Token) -> bool:
    """Tell "would not talk until they pulled out", which they have not, from "fought until they pulled out"."""
    until = any(child.lower_ in {"until", "till"} and child.dep_ in {"mark", "advmod"} for child in verb.children)
    until |= verb.dep_ == "pcomp" and verb.head.lower_ in {"until", "till"}
    if not until:
        return False
    waiting = next((head for head in governors(verb) if head.pos_ == "VERB"), None)
    return waiting is not None and (
        is_denied(waiting) or _is_infinitive(waiting) or bool(_auxiliaries(waiting) & (_WILL | _MAY))
    )


def _background(verb: Token) -> bool:
    participle = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.dep_ == "acl")
    if verb.dep_ in {"acl", "advcl"} and participle and verb.lemma_.lower() in _GLOSSES:
        return True
    if verb.dep_ in {"amod", "compound"}:
        return True
    if verb.tag_ == "VBG" and verb.dep_ in {"csubj", "csubjpass"}:
        return not _has_harmed(verb.head)  # "attacking churches is forbidden": no attack
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        return True  # "its task was described as assisting the police"
    if verb.dep_ == "relcl" and is_present(verb):
        return True  # "the role it plays", "who is blamed for": a habit, a state
    if any(tells_none(verb) for tells_none in _TELLING_NONE):
        return True
    before = verb.doc[verb.sent.start : verb.i].text
    return before.count("(") > before.count(")")


def _has_harmed(verb: Token) -> bool:
    """Tell "bombing the port killed nine", "causes casualties", in which it was bombed."""
    if verb.lemma_ in _HARMING:
        return True
    return verb.lemma_ in {"cause", "leave"} and any(
        child.dep_ == "dobj" and child.lemma_.lower() in _HARM for child in verb.children
    )


def status_of(verb: Token) -> Status:
    """Tell whether the act that a verb reports is told as a fact.

    Parameters
    ----------
    verb
        A verb, or a noun that names an act together with its verb.
    """
    known: dict[int, Status] = verb.doc.user_data.setdefault("status", {})  # asked for more than once
    if verb.i not in known:
        known[verb.i] = _judged(verb)
    return known[verb.i]


def _judged(verb: Token) -> Status:
    if _is_asked(verb):
        return Status.SUPPOSED
    if is_denied(verb):
        return Status.DENIED
    modal = _modal(verb)
    if modal is not None:
        return modal
    if _conditional(verb) or _is_awaited(verb):
        return Status.SUPPOSED
    hanging = _hangs_on(verb)
    if hanging is not None:
        return hanging
    if _is_debated(verb):
        return Status.SUPPOSED
    if _background(verb):
        return Status.BACKGROUND
    # "to" without a governor that makes it happen: headlines ("Iraq to send troops") announce.
    bare = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children) and verb.dep_ == "ROOT"
    return Status.ANNOUNCED if bare else Status.FACT


def _is_asked(verb: Token) -> bool:
    sentence = verb.sent
    last = len(sentence) - 1
    while last and (sentence[last].text in _CLOSING or sentence[last].is_space):
        last -= 1
    return sentence[last].text.endswith("?")


def _is_debated(verb: Token) -> bool:
    """Tell "will vote on sending troops" from "after sending troops, it will vote"."""
    about = verb.dep_ == "pcomp" and verb.head.lower_ in {"on", "about", "over", "for"}
    return about and _modal(verb.head.head) is not None


def _modal(verb: Token) -> Status | None:
    """Judge by auxiliaries: will, would, may."""
    words = _auxiliaries(verb)
    if words & _WOULD and _is_told(verb):
        return Status.ANNOUNCED  # the future of reported speech: "said it would withdraw"
    if words & _MAY:
        return Status.SUPPOSED
    going = verb.dep_ == "xcomp" and verb.head.lemma_ == "go" and verb.head.tag_ == "VBG"
    return Status.ANNOUNCED if words & _WILL or "going" in words or going else None
