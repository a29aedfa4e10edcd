"""Who a noun phrase names: listed actors, countries, persons, groups, and what stands for them.

`Cast` holds the actors of one article, in the order in which they are named, so that "he",
"the military" or "the group" can be told from who was named before.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geodata.event import Actor, ActorKind
from geodata.reading.actor_list import actor_list
from geodata.reading.coreference import GROUP_NOUNS, OWN_FORCES, PRONOUNS, CastMember, NamedBefore
from geodata.reading.countries import countries
from geodata.reading.doers import is_town, is_where
from geodata.reading.grammar import after, core, is_both
from geodata.reading.phrases import (
    OWNING,
    entity_of,
    holding_kind,
    phrase_text,
    strip_possessive,
    surname,
    without_article,
)
from geodata.reading.roles import GENERIC_NAME, KIND_OF, MEMBERS, PEOPLES, POLICE, SITES
from geodata.reading.somebody import is_somebody

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from spacy.tokens import Span, Token

    from geodata.event import Mention
    from geodata.reading.actor_list import ListedActor
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
        self._countries = countries()
        self._full_names: dict[str, str] = {}
        self._before = NamedBefore(home)
        for passage in passages:
            self._learn_names(passage)
        for passage in passages:
            self._enrol(passage)

    def _learn_names(self, passage: Passage) -> None:
        for entity in passage.doc.ents:
            words = entity.text.split()
            if entity.label_ == "PERSON" and len(words) > 1:
                self._full_names.setdefault(surname(words[-1]), strip_possessive(entity.text))

    def _enrol(self, passage: Passage) -> None:
        for chunk in (chunk for sentence in passage.sentences() for chunk in sentence.noun_chunks):
            head = chunk.root
            if head.pos_ == "PRON":
                continue
            start, _ = passage.chars(head)
            subject = head.dep_ in {"nsubj", "nsubjpass", "agent"}
            named = self._named(passage, head)
            for actor, is_person in named:
                self._before.add(CastMember(start, actor, is_person, subject))
            described = self._described(passage, head, start) if not named else None
            if described is not None:
                self._before.add(CastMember(start, described, is_person=False, is_subject=subject), described=True)

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
            return self._before.two_sides(position, phrase_text(passage.doc[start:end]), apart_from)
        if head.dep_ in OWNING and (nation := self._nation(head, armed=armed)) is not None:
            return [nation]
        first = self.actor(passage, head, speaker)
        if first is None:
            return self._owners(passage, head, apart_from) if owners else []
        return [first, *(actor for actor, _ in self._named(passage, head)[1:])]

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
        code = self._country_of(passage.doc[start:end])
        if code and kind in _STATE_NOUN_KINDS:
            return Actor(name=self._national_name(code, kind, lemma, text), text=text, kind=kind, country=code)
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
                actor = self._nation(owner)
            elif is_where(owner, passage) and is_town(owner, passage):
                continue  # "a Kabul checkpoint" is not its government's
            else:
                named = self._named(passage, owner)
                actor = named[0][0] if named else None
            if actor is not None and actor.name not in apart_from:
                return [actor]
        return []

    def _nation(self, adjective: Token, *, armed: bool = False) -> Actor | None:
        """Return whom a nation's adjective before a thing stands for: its government, of weapons its forces."""
        code = self._countries.by_demonym.get(adjective.lower_, "")
        if not code:
            return None
        name = self._countries.forces(code) if armed else self._countries.government(code)
        kind = ActorKind.STATE_FORCES if armed else ActorKind.GOVERNMENT
        return Actor(name=name, text=adjective.text, kind=kind, country=code)

    def _named(self, passage: Passage, head: Token) -> list[tuple[Actor, bool]]:
        """Actors that are named outright: listed, person, country, organisation."""
        start, end = core(head)
        phrase = passage.doc[start:end]
        text = phrase_text(phrase)
        named = passage.named.get(head.i)
        if named is not None:
            listed = named.actor
            return [(Actor(name=listed.name, text=text, kind=listed.kind, country=listed.country), listed.person)]
        person = self._person(passage, head, phrase, text)
        if person is not None:
            return [(person, True)]
        modifier = next((passage.named[t.i] for t in phrase if t.i in passage.named), None)
        lemma = head.lemma_.lower()
        takes_part = head.dep_ in {"nsubj", "nsubjpass", "dobj"} or head.dep_ == "pobj"
        if modifier is not None and (lemma in KIND_OF or lemma in MEMBERS or takes_part):
            listed = modifier.actor
            return [(Actor(name=listed.name, text=text, kind=listed.kind, country=listed.country), False)]
        if lemma in MEMBERS or lemma in KIND_OF:
            whole = [
                actor
                for noun in after(head, "of", "from", "for")
                for actor, _ in self._named(passage, noun)[:1]
                if actor.kind is not ActorKind.UNKNOWN
            ]
            if whole:
                return [
                    (Actor(name=actor.name, text=text, kind=actor.kind, country=actor.country), False)
                    for actor in whole
                ]
        national = self._national(passage, head, phrase, text)
        if national is not None:
            return [(national, False)]
        return self._organisation(head, text)

    def _person(self, passage: Passage, head: Token, phrase: Span, text: str) -> Actor | None:
        """Tell a person's name, or a title with a name behind it ("the governor, Najmaddin Karim")."""
        entity = entity_of(head)
        if (entity is None or entity.label_ != "PERSON") and head.pos_ == "NOUN":
            behind = [child for child in head.children if child.dep_ == "appos"]
            entity = next((found for child in behind if (found := entity_of(child)) and found.label_ == "PERSON"), None)
            if entity is not None:
                listed = passage.named.get(entity.root.i)
                if listed is not None:
                    return Actor(
                        name=listed.actor.name, text=text, kind=listed.actor.kind, country=listed.actor.country
                    )
        if entity is None or entity.label_ != "PERSON" or passage.places.get(entity.root.i) is not None:
            return None
        name = strip_possessive(entity.text)
        if len(name.split()) == 1:
            name = self._full_names.get(surname(name), name)
        titles = [token.lemma_.lower() for token in phrase if token.i < entity.start]
        kind = next((KIND_OF[title] for title in reversed(titles) if title in KIND_OF), ActorKind.UNKNOWN)
        return Actor(name=name, text=text, kind=kind, country=self._country_of(phrase))

    def _national(self, passage: Passage, head: Token, phrase: Span, text: str) -> Actor | None:
        """Tell a country, its capital, or "the Turkish army"."""
        mention = passage.places.get(head.i)
        ruler = self._ruler_of(mention)
        if ruler is not None:
            return Actor(name=ruler.name, text=text, kind=ruler.kind, country=ruler.country)
        lower = strip_possessive(text).lower().removeprefix("the ")
        code = self._countries.by_name.get(lower) or self._countries.by_capital.get(lower, "")
        if not code and mention is not None and mention.place is not None and mention.place.kind == "country":
            code = mention.place.country
        if code:
            return Actor(name=self._countries.government(code), text=text, kind=ActorKind.GOVERNMENT, country=code)
        lemma = head.lemma_.lower()
        code = self._country_of(phrase)
        demonym = self._countries.by_demonym.get(head.lower_, "")
        if demonym and not code:
            code, kind = demonym, ActorKind.CIVILIANS
        else:
            kind = KIND_OF.get(lemma, ActorKind.UNKNOWN)
        if not code or kind is ActorKind.UNKNOWN:
            return None
        return Actor(name=self._national_name(code, kind, lemma, text), text=text, kind=kind, country=code)

    @staticmethod
    def _ruler_of(mention: Mention | None) -> ListedActor | None:
        """Return the actor for which a region's name stands, as "Iraqi Kurdistan" does for its government."""
        return (
            actor_list().by_region.get(mention.place.id) if mention is not None and mention.place is not None else None
        )

    def _national_name(self, code: str, kind: ActorKind, lemma: str, text: str) -> str:
        if lemma in POLICE:
            return self._countries.police(code)
        if kind is ActorKind.STATE_FORCES:
            return self._countries.forces(code)
        if kind is ActorKind.GOVERNMENT:
            return self._countries.government(code)
        if kind in {ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.MEDIA}:
            return f"{GENERIC_NAME[kind]} ({self._countries.names.get(code, code)})"
        return without_article(text)

    def _organisation(self, head: Token, text: str) -> list[tuple[Actor, bool]]:
        entity = entity_of(head)
        if entity is None or entity.label_ not in {"ORG", "NORP"}:
            return []
        if head.lower_ in PEOPLES:
            return [(Actor(name=without_article(text), text=text, kind=ActorKind.CIVILIANS), False)]
        if entity.label_ == "NORP":
            return []
        kind = KIND_OF.get(head.lemma_.lower(), ActorKind.UNKNOWN)
        return [(Actor(name=without_article(strip_possessive(entity.text)), text=text, kind=kind), False)]

    def _country_of(self, phrase: Span) -> str:
        """Country that a demonym or a possessive in the phrase names, or empty."""
        for size in (2, 1):
            for i in range(len(phrase) - size + 1):
                piece = phrase[i : i + size].text.lower().replace("’s", "").replace("'s", "")
                code = self._countries.by_demonym.get(piece) or self._countries.by_name.get(piece)
                if code:
                    return code
                hyphenated = piece.split("-")[0]
                if "-" in piece and piece.endswith(("-backed", "-led")):
                    continue
                code = self._countries.by_demonym.get(hyphenated) if "-" in piece else None
                if code:
                    return code
        return ""

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
                name=self._national_name(self.home, kind, lemma, text), text=text, kind=kind, country=self.home
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
