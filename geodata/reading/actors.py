"""Who a noun phrase names: listed actors, countries, persons, groups, and what stands for them.

`Cast` holds the actors of one article, in the order in which they are named, so that "he",
"the military" or "the group" can be told from who was named before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import Actor, ActorKind
from geodata.reading.actor_list import actor_list
from geodata.reading.belonging import belonging
from geodata.reading.coreference import ARMY_WORDS, GROUP_NOUNS, OWN_FORCES, PRONOUNS, CastMember, NamedBefore
from geodata.reading.countries import WITHOUT_ARMY, countries
from geodata.reading.doers import is_only_where, is_town, is_where
from geodata.reading.eponyms import is_called_a_place, is_part_of_name
from geodata.reading.grammar import after, core, is_both
from geodata.reading.home import country_before, forget_foreign, share_of
from geodata.reading.naming import Names
from geodata.reading.nations import nation_of
from geodata.reading.owners import owners_of
from geodata.reading.phrases import (
    OWNING,
    holding_kind,
    phrase_text,
    role_of,
    without_article,
    without_count,
)
from geodata.reading.roles import GENERIC_NAME, GROUND, MACHINES, MEMBERS, PAPERS, PEOPLES, SITES
from geodata.reading.somebody import is_somebody
from geodata.reading.unnamed import CENTRAL, called_after, is_bare_rule, is_central, is_definite
from geodata.reading.unsaid import is_machine, is_unowned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from spacy.tokens import Token

    from geodata.reading.passages import Passage

# Entities that never act.
_NO_ACTORS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "EVENT", "LAW", "LANGUAGE",
                        "WORK_OF_ART", "PRODUCT", "FAC", "LOC", "GPE"})  # fmt: skip
_NOBODY = frozenset({"nobody", "none", "noone", "nothing"})
# Words for actors that more often are things when they stand far from the verb.
_RATHER_THINGS = frozenset({"office", "movement", "mission", "report", "statement", "letter", "communique", "convoy",
                            "reporter", "part", "state", "operation", "resolution"})  # fmt: skip
_MOSTLY = 0.5  # of the places that an article names
_NAMES = frozenset({"PERSON", "ORG", "NORP"})
_NAMELESS = CENTRAL | {"government", "the"}
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
        passages = list(passages)
        self.home = home
        forget_foreign(passages, home)
        self._names = Names()
        self._is_mostly_home = bool(home) and share_of(home, passages) >= _MOSTLY
        self._before = NamedBefore(home, is_mostly_home=self._is_mostly_home)
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
            named = self._named(passage, head)
            if named:
                words = frozenset(token.lemma_.lower() for token in passage.doc[slice(*core(head))])
                where = is_only_where(head, passage)
                is_name = _has_name(passage, head)
                for actor, is_person in named:
                    self._before.add(CastMember(start, actor, is_person, subject, words, where, is_name))
            described = self._described(passage, head, start) if not named else None
            if described is not None and not is_unowned(head, described):
                self._before.add(CastMember(start, described, is_person=False, is_subject=subject), described=True)

    def _named(self, passage: Passage, head: Token) -> Sequence[tuple[Actor, bool]]:
        """Tell whom a phrase names; "the radical Palestinian movement" is the one that was named before."""
        named = self._names.named(passage, head)
        if self._is_mostly_home and named and set(named[0][0].name.lower().split()) <= _NAMELESS:
            return []  # "the Federal Government", to the model a name
        lemma = head.lemma_.lower()
        if not named or lemma not in GROUP_NOUNS or not named[0][0].country or _has_name(passage, head):
            return named
        if not is_definite(head):
            return named
        actor = named[0][0]
        known = self._before.group(lemma, passage.chars(head)[0], country=actor.country)
        if known is None:
            return named
        return [(Actor(name=known.name, text=actor.text, kind=known.kind, country=known.country), False)]

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
            beside = {*apart_from, *({speaker.name} if speaker is not None else ())}
            return self._before.two_sides(position, head.lemma_.lower(), phrase_text(passage.doc[start:end]), beside)
        if head.dep_ in OWNING and (nation := self._names.nation(head, armed=armed)) is not None:
            return [nation]
        first = self.actor(passage, head, speaker)
        if first is None:
            return self._owners(passage, head, apart_from) if owners else []
        named = self._named(passage, head)
        found = [first, *(actor for actor, _ in named[1:])]
        if is_machine(head):
            start, end = core(head)
            found += self._whose(passage, head, phrase_text(passage.doc[start:end]))[1:]
        nouns = after(head, "of", "from") if head.lemma_.lower() in MEMBERS else []
        if len(named) < len(nouns) > 1:  # "members of the army and the police"
            each = (self.actor(passage, noun) for noun in nouns)
            found = [one for one in each if one is not None and one.kind is not ActorKind.UNKNOWN] or found
        return found

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
        named = self._named(passage, head)
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
            if (
                head.lower_ in PAPERS
                or is_called_a_place(passage.doc, start, end)
                or is_part_of_name(passage.doc, start, end)
            ):
                return None
            text = phrase_text(passage.doc[start:end])
            return Actor(name=without_article(text), text=text)
        return described

    def reached(self, passage: Passage, head: Token, *, apart_from: Collection[str]) -> list[Actor]:
        """Tell whom a noun names, or else whose the thing is: "the army's positions", "a Turkish base"."""
        if is_both(head):
            return self.actors(passage, head, apart_from=apart_from)
        found = [
            actor
            for actor, _ in self._named(passage, head)
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
            or head.lower_ == "others"
            or head.dep_ in OWNING
            or any(c.dep_ == "det" and c.lower_ == "no" for c in head.children)
        ):
            return []
        start, end = core(head)
        if head.lower_ in PAPERS or is_called_a_place(passage.doc, start, end):
            return []
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
        code = nation_of(passage.doc[start:end])
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
                if actor is not None and actor.country == self.home and owner.head.lemma_.lower() in GROUND:
                    continue  # "the Syrian south" of news from there
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
            return Actor(name=without_count(text), text=text, kind=ActorKind.CIVILIANS)
        body, kind = role_of(head)
        kind = (kind and holding_kind(head)) or kind  # a convoy is of those who ride in it
        if kind is None and lemma not in GROUP_NOUNS and not (lemma in MEMBERS and after(head, "of", "from")):
            return None
        if lemma in MEMBERS and kind is not ActorKind.STATE_FORCES:
            for noun in after(head, "of", "from"):
                inner = self._described(passage, noun, position)
                if inner is not None:
                    return Actor(name=inner.name, text=text, kind=inner.kind, country=inner.country)
        of_people = self._of_people(head, kind, text) if kind is not None else None
        if of_people is not None:
            return of_people
        owned = belonging(passage, head, kind, before=self._before, names=self._names) if kind is not None else None
        if owned is None and kind is ActorKind.STATE_FORCES:
            owned = next(iter(self._whose(passage, head, text)), None)
        if owned is None and kind is not None and is_central(head, kind):
            owned = self._central(passage, head, text)
        return owned or self._meant(head, kind, body, text=text, position=position)

    def _central(self, passage: Passage, head: Token, text: str) -> Actor | None:
        """Tell whose "the central government" is by the place or the region's own government named last before it."""
        country = country_before(passage, head)
        if not country:
            return None
        name = self._names.national_name(country, ActorKind.GOVERNMENT, head.lemma_.lower(), text)
        return Actor(name=name, text=text, kind=ActorKind.GOVERNMENT, country=country)

    def _of_people(self, head: Token, kind: ActorKind, text: str) -> Actor | None:
        """Tell "Kurdish forces", which are not those of the state that the news is about."""
        if kind not in _STATE_NOUN_KINDS:
            return None
        adjectives = [c.lower_ for c in head.children if c.dep_ in OWNING and c.ent_type_ == "NORP"]
        peoples = [word for word in adjectives if word not in countries().by_demonym]
        if not peoples or len(peoples) < len(adjectives):
            return None
        listed = actor_list().of_people(peoples[-1], self.home, kind)
        if listed is None:
            return Actor(name=without_article(text), text=text, kind=kind)
        return Actor(name=listed.name, text=text, kind=listed.kind, country=listed.country)

    def _whose(self, passage: Passage, head: Token, text: str) -> list[Actor]:
        """Tell "the regime's helicopters" and "jets of the alliance" by whose they are."""

        def known(owner: Token) -> Actor | None:
            named = self._named(passage, owner)
            return named[0][0] if named else self._described(passage, owner, passage.chars(owner)[0])

        return owners_of(head, text, self._names, known)

    def _meant(self, head: Token, kind: ActorKind | None, body: str, *, text: str, position: int) -> Actor | None:
        """Tell who is meant by what only says what kind of actor it is; `body` is the word for that."""
        lemma = head.lemma_.lower()
        words = len(text.split())
        definite = is_definite(head)
        others = called_after(head) if kind in _STATE_NOUN_KINDS else ""
        if others and kind is not None:
            return Actor(name=others, text=text, kind=kind)
        speaks = body != lemma and kind is ActorKind.STATE_FORCES  # "an army spokesman"
        plain = definite or speaks or is_bare_rule(head, body) or (lemma in OWN_FORCES and words <= 2)  # noqa: PLR2004 - "government forces"
        known = self._before.stands_for(lemma, kind, position) if plain and not is_central(head, kind) else None
        if known is None and speaks:
            known = self._before.stands_for(body, kind, position)
        if known is not None:
            return Actor(name=known.name, text=text, kind=known.kind, country=known.country)
        if kind is None:
            return None
        if (
            self.home
            and kind in _STATE_NOUN_KINDS
            and body not in MACHINES
            and (body in OWN_FORCES or definite or is_bare_rule(head, body))
            and kind is not ActorKind.PARTY
            and not (body in ARMY_WORDS and self.home in WITHOUT_ARMY)
        ):
            return Actor(
                name=self._names.national_name(self.home, kind, body, text), text=text, kind=kind, country=self.home
            )
        return Actor(name=GENERIC_NAME.get(kind, without_article(text)), text=text, kind=kind)


def _has_name(passage: Passage, head: Token) -> bool:
    """Tell a phrase with a name of its own from one by its nation ("Syrian rebels")."""
    start, end = core(head)
    return head.ent_type_ == "ORG" or any(i in passage.named for i in range(start, end))
