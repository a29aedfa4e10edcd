"""Who a noun phrase names: listed actors, countries, persons, groups, and what stands for them.

`Cast` holds the actors of one article, in the order in which they are named, so that "he",
"the military" or "the group" can be told from who was named before.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geodata.event import Actor, ActorKind
from geodata.reading.coreference import GROUP_NOUNS, OWN_FORCES, PRONOUNS, CastMember, NamedBefore
from geodata.reading.doers import is_town, is_where
from geodata.reading.grammar import after, core, is_both
from geodata.reading.naming import Names
from geodata.reading.phrases import (
    OWNING,
    holding_kind,
    phrase_text,
    without_article,
)
from geodata.reading.roles import GENERIC_NAME, KIND_OF, MEMBERS, PEOPLES, SITES
from geodata.reading.somebody import is_somebody

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from spacy.tokens import Token

    from geodata.reading.passages import Passage

# Entities that never act.
_NO_ACTORS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "EVENT", "LAW", "LANGUAGE",
                        "WORK_OF_ART", "PRODUCT", "FAC", "LOC", "GPE"})  # fmt: skip
_NOBODY = frozenset({"nobody", "none", "noone", "nothing"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their"})
# Words for actors that more often are things when they stand far from the verb.
_RATHER_THINGS = frozenset({"office", "movement", "mission", "report", "statement", "letter", "communique", "convoy",
                            "reporter", "part", "state", "operation", "resolution"})  # fmt: skip
_NAMES = frozenset({"PERSON", "ORG", "NORP"})
_CENTRAL = frozenset({"central", "federal"})
# Countries and cities do nothing but speak and decide; these nouns after them make an actor.
_STATE_NOUN_KINDS = frozenset({ActorKind.GOVERNMENT, ActorKind.STATE_FORCES, ActorKind.PARTY})


class Cast:
    """The actors of one article.

    Parameters
    ----------
    passages
        All passages, places and listed actors noted in them.
    home
        ISO 3166-1 alpha-2 code of the country that the article is mostly about, or empty: whose
        army "the army" is when nothing else says so.
    """

    def __init__(self, passages: Iterable[Passage], home: str = "") -> None:
        self.home = home
        self._names = Names()
        self._before = NamedBefore(home)
        for passage in passages:
            self._names.learn(passage)
        for passage in passages:
            self._enrol(passage)

    def _enrol(self, passage: Passage) -> None:
        for chunk in (chunk for sentence in passage.sentences() for chunk in sentence.noun_chunks):
            head = chunk.root
            if head.pos_ == "PRON":
                continue
            start, _ = passage.chars(head)
            subject = head.dep_ in {"nsubj", "nsubjpass", "agent"}
            named = self._names.named(passage, head)
            for actor, is_person in named:
                self._before.add(CastMember(start, actor, is_person, subject))
            described = self._described(passage, head, start) if not named else None
            if described is not None:
                self._before.add(CastMember(start, described, is_person=False, is_subject=subject), described=True)

    def offices(self, name: str) -> list[Actor]:
        """Return a person as the article calls him where it says for which state he speaks: "Mr Ong" is "Laos's premier"."""
        return self._names.offices.get(name, [])

    # -- one noun phrase --------------------------------------------------------------------

    def actors(
        self,
        passage: Passage,
        head: Token,
        speaker: Actor | None = None,
        *,
        apart_from: Collection[str] = (),
        owners: bool = False,
        armed: bool = False,
    ) -> list[Actor]:
        """Tell everybody whom a noun phrase names: "the presidents of Turkey and Iran" are two.

        `apart_from` are the names of those who act on them: "called on both sides" leaves the caller out.
        With `owners`, a thing stands for those whose it is; with `armed`, an adjective ("Turkish shelling") for forces.
        """
        if is_both(head):
            position, _ = passage.chars(head)
            start, end = core(head)
            return self._before.two_sides(
                position, head.lemma_.lower(), phrase_text(passage.doc[start:end]), apart_from
            )
        if head.dep_ in OWNING and (nation := self._names.nation(head, armed=armed)) is not None:
            return [nation]
        first = self.actor(passage, head, speaker)
        if first is None:
            return self._owners(passage, head, apart_from) if owners else []
        return [first, *(actor for actor, _ in self._names.named(passage, head)[1:])]

    def actor(self, passage: Passage, head: Token, speaker: Actor | None = None) -> Actor | None:
        """Tell who a noun phrase names.

        Parameters
        ----------
        passage, head
            The phrase's head and where it stands.
        speaker
            Who says the sentence, if it is a quotation: "we" are they.

        Returns
        -------
        Actor or None
            None when it names no actor (a thing, "nobody").
        """
        position, _ = passage.chars(head)
        word = head.lower_
        if word in _NOBODY or any(c.dep_ == "det" and c.lower_ == "no" for c in head.children):
            return None
        is_name = head.text.isupper() and len(head.text) > 1  # "US" is no "us"
        if not is_name and (head.pos_ == "PRON" or word in PRONOUNS):
            return self._before.pronoun(word, position, speaker)
        named = self._names.named(passage, head)
        if named:
            return named[0][0]
        described = self._described(passage, head, position)
        if (
            described is None
            and head.pos_ == "PROPN"
            and head.i not in passage.places
            and head.ent_type_ not in _NO_ACTORS
        ):
            start, end = core(head)
            text = phrase_text(passage.doc[start:end])
            return Actor(name=without_article(text), text=text)
        return described

    def reached(self, passage: Passage, head: Token, *, apart_from: Collection[str]) -> list[Actor]:
        """Tell whom a noun names, or else whose the thing is: "the army's positions", "a Turkish base"."""
        if is_both(head):
            return self.actors(passage, head, apart_from=apart_from)
        found = [
            actor
            for actor, _ in self._names.named(passage, head)
            if actor.name not in apart_from and not (head.pos_ == "PRON" and head.lower_ in PRONOUNS)
        ]
        if found:
            return found
        first = self.actor(passage, head) if head.lemma_.lower() not in _RATHER_THINGS else None
        if first is not None and (first.kind is not ActorKind.UNKNOWN or head.ent_type_ in _NAMES):
            return [first] if first.name not in apart_from else []
        return self._holder(passage, head, apart_from) if head.i not in passage.places else []

    @staticmethod
    def worded(passage: Passage, head: Token) -> list[Actor]:
        """Take a phrase that surely takes part in an act, and of whom nothing is known, at its words."""
        is_noun = head.pos_ in {"NOUN", "PROPN"} and head.i not in passage.places and head.ent_type_ not in _NO_ACTORS
        is_office = head.lemma_.lower() in MEMBERS and bool(after(head, "of"))  # who holds it is named beside
        if (
            not is_noun
            or is_office
            or not is_somebody(head)
            or head.dep_ in OWNING
            or any(c.dep_ == "det" and c.lower_ == "no" for c in head.children)
        ):
            return []
        start, end = core(head)
        text = phrase_text(passage.doc[start:end])
        return [Actor(name=without_article(text), text=text)]

    def struck(self, passage: Passage, head: Token) -> Actor | None:
        """Tell who is struck with a place or a vehicle that is no actor: "a police convoy", "a crowded market"."""
        lemma = head.lemma_.lower()
        start, end = core(head)
        text = phrase_text(passage.doc[start:end])
        kind = holding_kind(head) or SITES.get(lemma)
        if kind is None:
            return None
        code = self._names.country_of(passage.doc[start:end])
        if code and kind in _STATE_NOUN_KINDS:
            return Actor(name=self._names.national_name(code, kind, lemma, text), text=text, kind=kind, country=code)
        return Actor(name=GENERIC_NAME[kind], text=text, kind=kind, country=code)

    def _owners(self, passage: Passage, head: Token, apart_from: Collection[str]) -> list[Actor]:
        """Tell whose a thing is: "rebuffed the American demand", "turned down demands from Baghdad"."""
        if head.pos_ not in {"NOUN", "PROPN"} or head.i in passage.places or head.ent_type_ in _NO_ACTORS:
            return []
        return self._holder(passage, head, apart_from) or self._first_named(
            passage, after(head, "of", "by", "from", "against"), apart_from
        )

    def _holder(self, passage: Passage, head: Token, apart_from: Collection[str]) -> list[Actor]:
        owners = [child for child in head.children if child.dep_ == "poss"]
        owners += [c for c in head.children if c.dep_ in OWNING and c.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"}]
        return self._first_named(passage, owners, apart_from)

    def _first_named(self, passage: Passage, owners: Iterable[Token], apart_from: Collection[str]) -> list[Actor]:
        for owner in owners:
            if owner.dep_ in OWNING and owner.ent_type_ == "NORP" and owner.i not in passage.named:
                actor = self._names.nation(owner)
            elif is_where(owner, passage) and is_town(owner, passage):
                continue  # "a Kabul checkpoint" is not its government's
            else:
                named = self._names.named(passage, owner)
                actor = named[0][0] if named else None
            if actor is not None and actor.name not in apart_from:
                return [actor]
        return []

    # -- phrases that describe rather than name ---------------------------------------------

    def _described(self, passage: Passage, head: Token, position: int) -> Actor | None:
        start, end = core(head)
        text = phrase_text(passage.doc[start:end])
        lemma = head.lemma_.lower()
        if lemma in PEOPLES or head.lower_ in PEOPLES:
            return Actor(name=without_article(text), text=text, kind=ActorKind.CIVILIANS)
        kind = KIND_OF.get(lemma)
        kind = (kind and holding_kind(head)) or kind  # a convoy is of those who ride in it
        if kind is None and lemma not in GROUP_NOUNS and not (lemma in MEMBERS and after(head, "of")):
            return None
        if lemma in MEMBERS and kind is not ActorKind.STATE_FORCES:
            for noun in after(head, "of"):
                inner = self._described(passage, noun, position)
                if inner is not None:
                    return Actor(name=inner.name, text=text, kind=inner.kind, country=inner.country)
        definite = any(c.dep_ in {"det", "poss"} and c.lower_ in _DEFINITE for c in head.children)
        plain = definite or (lemma in OWN_FORCES and end - start <= 2)  # noqa: PLR2004 - "government forces"
        known = self._before.stands_for(lemma, kind, position) if plain and not _is_central(head, kind) else None
        if known is not None:
            return Actor(name=known.name, text=text, kind=known.kind, country=known.country)
        if kind is None:
            return None
        if (
            self.home
            and kind in _STATE_NOUN_KINDS
            and (lemma in OWN_FORCES or definite)
            and kind is not ActorKind.PARTY
        ):
            return Actor(
                name=self._names.national_name(self.home, kind, lemma, text), text=text, kind=kind, country=self.home
            )
        return Actor(name=GENERIC_NAME.get(kind, without_article(text)), text=text, kind=kind)


def _is_central(head: Token, kind: ActorKind | None) -> bool:
    """Tell "the central government", a state's own, from a regional one named before."""
    return kind is ActorKind.GOVERNMENT and any(child.lower_ in _CENTRAL for child in head.children)


def home_country(codes: Iterable[str]) -> str:
    """Return the country that most place names of an article lie in, or empty when none leads."""
    counts = Counter(code for code in codes if code)
    if not counts:
        return ""
    (first, most), *rest = counts.most_common(2)
    return first if not rest or most > rest[0][1] else ""
