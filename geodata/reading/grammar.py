"""Who does what in a clause: subjects, objects and prepositions of a verb, from a dependency parse.

Labels are those of spaCy's English pipelines (ClearNLP style).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

RELATIVE = frozenset({"who", "which", "that", "whom"})
# Prepositions that the parser takes for heads of a noun where they open a clause
# ("after the Peshmerga had withdrawn").
_CLAUSE_OPENERS = frozenset({"after", "before", "since", "until", "as", "while", "when"})
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "csubj", "pcomp"})
# Parts of a noun phrase that are not its core.
_NOT_CORE = frozenset({"relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "prep", "ccomp", "parataxis", "mark"})


_CHARGING = frozenset({"accuse", "blame", "suspect"})
_SIDES = frozenset({"sides", "parties", "camps", "side"})
_BOTH = frozenset({"both", "two", "all", "each", "the"})
_PAIRED = frozenset({"men", "women", "leaders", "presidents", "ministers", "premiers", "officials", "generals", "diplomats", "envoys",
                     "countries", "nations", "governments", "states", "neighbours", "neighbors", "armies", "allies"})  # fmt: skip


def conjuncts(token: Token) -> list[Token]:
    """Return a noun and those joined to it: "the army and the police"."""
    found = [token]
    for current in found:
        found.extend(child for child in current.children if is_joined(child) and child not in found)
    return found


def is_joined(child: Token) -> bool:
    """Tell what is joined to a noun, also where the parser makes "Chad and" of "Chad and Janjaweed groups" a part of it."""
    if child.dep_ != "nmod" or child.pos_ != "PROPN":
        return child.dep_ == "conj"
    named = any(
        other.dep_ == "compound" and other.pos_ == "PROPN" and other.i > child.i for other in child.head.children
    )
    return named and any(other.dep_ == "cc" for other in child.children)


# Verbs that never stand without an object: "ten militants killed in Anbar" leaves an auxiliary out.
NEEDS_OBJECT = word_set(
    """kill wound injure abduct kidnap arrest detain behead execute assassinate murder liberate hit target capture
    free shell bomb attack seize retake recapture rescue release besiege"""
)
_INNER = frozenset({"dobj", "dative", "ccomp", "xcomp", "auxpass", "aux", "prt"})


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, a bare participle after a noun ("troops killed in ...") included."""
    if any(child.dep_ in {"auxpass", "nsubjpass", "csubjpass"} for child in verb.children):
        return True
    if verb.tag_ in {"VBD", "VBN"} and verb.lemma_.lower() in NEEDS_OBJECT and _lacks_object(verb):
        return True
    if verb.tag_ != "VBN":
        return False
    if any(child.dep_ == "agent" for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        # Also with a subject of its own: "four were killed and eleven others wounded".
        return is_passive(verb.head) and not any(child.dep_ in {"dobj", "aux"} for child in verb.children)
    # "Shops set on fire", "he escaped injured"
    return verb.dep_ in {"acl", "advcl"} and not any(child.dep_ in {"dobj", "aux"} for child in verb.children)


def _lacks_object(verb: Token) -> bool:
    """Tell "ten killed in Anbar" from "killed ten": a subject before the verb, and nothing after it."""
    if verb.dep_ in {"relcl", "conj"}:
        return False
    links = {child.dep_ for child in verb.children}
    joined = any(child.dep_ == "conj" and child.pos_ == "VERB" for child in verb.children)
    return "nsubj" in links and not links & _INNER and not joined


def _own_subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]


def _antecedent(token: Token, verb: Token) -> Token:
    """Replace a relative pronoun by the noun it stands for."""
    if token.lower_ in RELATIVE:
        clause = verb
        while clause.dep_ == "conj" and clause.head.pos_ in {"VERB", "AUX"}:
            clause = clause.head
        if clause.dep_ == "relcl" and clause.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
            return clause.head
    return token


def _misread_subject(verb: Token) -> Token | None:
    """Find the subject of a clause that the parser hung on the verb before as a mere "and"."""
    head = verb.head
    joined = any(child.dep_ == "cc" and head.i < child.i < verb.i for child in head.children)
    if verb.dep_ != "conj" or joined:
        return None
    for token in reversed(verb.doc[head.i + 1 : verb.i]):
        if token.dep_ == "pobj" and token.head.lower_ in _CLAUSE_OPENERS and token.head.i > head.i:
            return token
    return None


def is_charged(verb: Token) -> bool:
    """Tell "accused the militia of burning the school": the militia burned it, as somebody says."""
    prep = verb.head
    return verb.dep_ == "pcomp" and prep.lower_ in {"of", "for"} and prep.head.lemma_.lower() in _CHARGING


def subjects(verb: Token) -> list[Token]:
    """Return the grammatical subjects of a verb, found through conjunctions and infinitives too."""
    own = [_antecedent(token, verb) for token in _own_subjects(verb)]
    if own:
        return [token for subject in own for token in conjuncts(subject)]
    misread = _misread_subject(verb)
    if misread is not None:
        return conjuncts(misread)
    if verb.dep_ == "acl" and verb.head.pos_ in {"NOUN", "PROPN"}:
        return conjuncts(verb.head)
    if verb.dep_ == "relcl":
        return conjuncts(verb.head)
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        governor = verb.head.head
        if is_charged(verb):
            return objects(governor)
        return subjects(governor) if governor.pos_ in {"VERB", "AUX"} else []
    if verb.dep_ in {"conj", "xcomp", "advcl", "dep", "ccomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        return _inherited(verb)
    return []


def _inherited(verb: Token) -> list[Token]:
    """Take the subject over from the governing verb."""
    head = verb.head
    if verb.dep_ == "xcomp":
        given = [child for child in head.children if child.dep_ in {"dobj", "dative"}]
        if given and given[0].i < verb.i:
            return conjuncts(given[0])  # "ordered the army to ...": the army does it
    if verb.dep_ == "conj" and head.dep_ == "ccomp" and head.head.pos_ == "VERB":
        # "Baghdad says the vote was held ... and refuses": tense shows who refuses.
        governor = head.head
        if verb.tag_ == governor.tag_ != _finite_tag(head):
            return subjects(governor)
    return subjects(head)


def _finite_tag(verb: Token) -> str:
    auxiliary = next((child for child in verb.children if child.dep_ in {"aux", "auxpass"}), verb)
    return str(auxiliary.tag_)


def agents(verb: Token) -> list[Token]:
    """Return who does it: the subject, or what stands after "by" in a passive."""
    if not is_passive(verb):
        return subjects(verb)
    return [
        token
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for grandchild in child.children
        if grandchild.dep_ == "pobj"
        for token in conjuncts(grandchild)
    ]


def objects(verb: Token) -> list[Token]:
    """Return what it is done to: objects, or the subject of a passive."""
    if is_passive(verb):
        return subjects(verb)
    own = [child for child in verb.children if child.dep_ in {"dobj", "dative", "obj"} and child.pos_ != "ADP"]
    if not own and verb.dep_ == "relcl" and all(_own.lower_ not in RELATIVE for _own in _own_subjects(verb)):
        return conjuncts(verb.head) if _own_subjects(verb) else []  # "the town they captured"
    if not own and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not is_passive(verb.head):
        # "shelled and captured the town": an object that follows belongs to both.
        following = [child for child in verb.children if child.i > verb.i]
        if not following and any(c.dep_ == "conj" for c in verb.children):
            own = []
    if not own:
        # The object may hang on a verb joined later: "attacked and killed three".
        later = [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and c.i > verb.i]
        between = later and all(t.dep_ in {"cc", "punct", "advmod"} for t in verb.doc[verb.i + 1 : later[0].i])
        if later and between:
            own = [child for child in later[0].children if child.dep_ == "dobj"]
    return [_antecedent(token, verb) for first in own for token in conjuncts(first)]


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) of the prepositional phrases that hang on a token."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative", "prt", "advmod"}:
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    for noun in conjuncts(grandchild):
                        yield child.lower_, noun
                elif grandchild.dep_ == "prep":  # "out of the town", "from inside Syria"
                    for great in grandchild.children:
                        if great.dep_ == "pobj":
                            yield grandchild.lower_, great


def after(token: Token, *names: str) -> list[Token]:
    """Return the nouns after one of these prepositions of a token."""
    return [noun for name, noun in prepositions(token) if name in names]


def core(token: Token) -> tuple[int, int]:
    """Bounds (token indices, end excluded) of a noun phrase without what hangs on it."""
    left = right = token.i
    stack = [child for child in token.children if child.dep_ not in _NOT_CORE]
    while stack:
        child = stack.pop()
        left, right = min(left, child.i), max(right, child.i)
        stack.extend(
            grand for grand in child.children if grand.dep_ not in _NOT_CORE - {"prep"} or grand.dep_ == "case"
        )
    return left, right + 1


def clause_of(token: Token) -> Token:
    """Return the verb whose clause a token stands in."""
    current = token
    while current.head != current:
        if current.pos_ in {"VERB", "AUX"} and (current.dep_ in _CLAUSES or current.dep_ in {"conj", "ROOT", "xcomp"}):
            return current
        current = current.head
    return current


def is_both(noun: Token) -> bool:
    """Tell "both", "the two", "both sides", "the two men", "each other": two named before."""
    beside = {child.lower_ for child in noun.children}
    if noun.lower_ == "both" and not any(child.dep_ == "prep" for child in noun.children):
        return True
    if (noun.lower_ == "two" and "the" in beside and noun.dep_ != "nummod") or (
        noun.lower_ in _PAIRED and (beside >= {"the", "two"} or "both" in beside)
    ):
        return True
    if noun.lower_ == "other" and any(child.lower_ == "each" for child in noun.children):
        return True
    return noun.lower_ in _SIDES and not beside.isdisjoint(_BOTH)


def governors(token: Token) -> Iterator[Token]:
    """Yield the heads of a token up to the root."""
    while token.head != token:
        token = token.head
        yield token
