"""Whom a noun phrase names outright: listed actors, persons, countries and who stands for them, organisations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.event import Actor, ActorKind
from geodata.reading.actor_list import actor_list
from geodata.reading.countries import WITHOUT_ARMY, countries
from geodata.reading.eponyms import goes_on, is_ground, is_part_of_name
from geodata.reading.grammar import after, conjuncts, core
from geodata.reading.namesakes import spelt_out
from geodata.reading.nations import is_allied, is_stood_by, names_ally, nation_of, nations_joined
from geodata.reading.phrases import (
    OWNING,
    entity_of,
    kind_of_titles,
    phrase_text,
    plural,
    role_of,
    strip_possessive,
    surname,
    without_article,
    without_count,
)
from geodata.reading.roles import GENERIC_NAME, KIND_OF, MACHINES, MEMBERS, PAPERS, PEOPLES, POLICE
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from geodata.event import Mention
    from geodata.reading.actor_list import ListedActor
    from geodata.reading.passages import Passage


# Who comes from a country and is none of its own bodies: "militants from Chad".
_NO_NATIONS = frozenset(
    {ActorKind.REBEL_GROUP, ActorKind.MILITIA, ActorKind.PARTY, ActorKind.CIVIL_SOCIETY, ActorKind.BUSINESS}
)


_ARMED = frozenset({ActorKind.REBEL_GROUP, ActorKind.MILITIA})
_ONE = frozenset({"a", "an", "one", "another", "each", "every"})
_SHARING = frozenset({ActorKind.STATE_FORCES, ActorKind.GOVERNMENT})
# What is its country's when it is called after who rules there: "Mugabe's police".
_RULED = POLICE | word_set("government administration regime cabinet army military troop force soldier")


class Names:
    """The names of one article; persons are known by their full names once these have been learnt."""

    def __init__(self) -> None:
        self._countries = countries()
        self._full_names: dict[str, str] = {}
        self._spelt_out: dict[str, str] = {}
        self.offices: dict[str, list[Actor]] = {}  # persons where it is said for which state they speak
        self._found: dict[tuple[int, int], list[tuple[Actor, bool]]] = {}  # by the phrase's head: asked for many times

    def learn(self, passage: Passage) -> None:
        """Note the full names of persons: later "Karim" is "Najmaddin Karim"."""
        for name, _, short, _ in spelt_out(passage.text):
            self._spelt_out.setdefault(short, name)
        for entity in passage.doc.ents:
            words = entity.text.split()
            if entity.label_ == "PERSON" and len(words) > 1:
                self._full_names.setdefault(surname(words[-1]), strip_possessive(entity.text))
                start, end = core(entity.root)
                phrase = passage.doc[start:end]
                person = self._person(passage, entity.root, phrase, phrase.text)
                if person is not None and person.kind is ActorKind.GOVERNMENT and person.country:
                    self.offices.setdefault(person.name, []).append(person)

    def nation(self, adjective: Token, *, armed: bool = False) -> Actor | None:
        """Return whom a nation's adjective before a thing stands for: its government, of weapons its forces."""
        code = self._countries.by_demonym.get(adjective.lower_, "")
        if not code:
            return None
        if armed and code in WITHOUT_ARMY:
            kind = ActorKind.REBEL_GROUP
            return Actor(name=GENERIC_NAME[kind], text=adjective.text, kind=kind, country=code)
        name = self._countries.forces(code) if armed else self._countries.government(code)
        kind = ActorKind.STATE_FORCES if armed else ActorKind.GOVERNMENT
        return Actor(name=name, text=adjective.text, kind=kind, country=code)

    def named(self, passage: Passage, head: Token) -> Sequence[tuple[Actor, bool]]:
        """Return the actors that a phrase names outright, each with whether it is a person."""
        place = (passage.offset, head.i)
        if place not in self._found:
            self._found[place] = [
                (replace(actor, name=self._spelt_out.get(actor.name, actor.name)), is_person)
                for actor, is_person in self._named(passage, head)
            ]
        return self._found[place]

    def _named(self, passage: Passage, head: Token) -> list[tuple[Actor, bool]]:
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
        beside = self._beside(passage, head, text)
        if beside:
            return beside
        modifier = next((passage.named[t.i] for t in phrase if t.i in passage.named and _is_own(t, passage)), None)
        lemma = head.lemma_.lower()
        takes_part = head.dep_ in {"nsubj", "nsubjpass", "dobj"} or head.dep_ == "pobj"
        if modifier is not None and (lemma in KIND_OF or lemma in MEMBERS or takes_part):
            listed = modifier.actor
            rules = listed.person and listed.kind is ActorKind.GOVERNMENT and not listed.seat
            if rules and lemma in _RULED and any(passage.named.get(c.i) is modifier for c in head.children):
                kind = KIND_OF[lemma]
                name = self.national_name(listed.country, kind, lemma, text)
                return [(Actor(name=name, text=text, kind=kind, country=listed.country), False)]
            return [(Actor(name=listed.name, text=text, kind=listed.kind, country=listed.country), False)]
        if lemma in MEMBERS or lemma in KIND_OF:
            nouns = after(head, "of", "from", "for")
            if not nouns and end < len(passage.doc) and passage.doc[end].lower_ == "from":
                # "A lorry carrying fighters from the group": the parser hangs it on the verb.
                nouns = [child for child in passage.doc[end].children if child.dep_ == "pobj"]
            whole = [one for noun in nouns for one in self._whole(passage, noun, lemma, text)]
            if whole:
                return [(actor, False) for actor in whole]
        return self._of_nations(passage, head, phrase, text) or self._organisation(head, text)

    @staticmethod
    def _beside(passage: Passage, head: Token, text: str) -> list[tuple[Actor, bool]]:
        """Tell "the radical movement, Hamas, said", whose name stands beside."""
        if head.pos_ != "NOUN" or head.lemma_.lower() not in KIND_OF:
            return []
        names = [name for child in head.children if child.dep_ == "appos" for name in conjuncts(child)]
        listed = [passage.named[name.i].actor for name in names if name.i in passage.named]
        return [
            (Actor(name=one.name, text=text, kind=one.kind, country=one.country), one.person)
            for one in dict.fromkeys(listed)
        ]

    def _whole(self, passage: Passage, noun: Token, lemma: str, text: str) -> list[Actor]:
        """Tell whom "members of ..." belong to; "refugees from Chad" are people of Chad, and not its government."""
        found = self.named(passage, noun)[:1]
        if not found or found[0][0].kind is ActorKind.UNKNOWN:
            return []
        actor = found[0][0]
        name, kind = actor.name, actor.kind
        own = KIND_OF.get(lemma)
        if own not in {None, kind, ActorKind.INTERNATIONAL} and name == self._countries.government(actor.country):
            if own in _NO_NATIONS:
                return []
            name, kind = self.national_name(actor.country, own, lemma, text), own
        return [Actor(name=name, text=text, kind=kind, country=actor.country)]

    def _of_nations(self, passage: Passage, head: Token, phrase: Span, text: str) -> list[tuple[Actor, bool]]:
        """Tell who is of one nation, or of several: "Chadian and Libyan officials" are two actors."""
        lemma, role = role_of(head)
        kind = role or ActorKind.UNKNOWN
        known = kind is not ActorKind.UNKNOWN and head.i not in passage.places
        several = nations_joined(phrase, head) if known else []
        names = {code: self.national_name(code, kind, lemma, text) for code in several}
        if names and len(set(names.values())) == len(names):  # "Chadian and Libyan rebels" have no names of their own
            return [(Actor(name=name, text=text, kind=kind, country=code), False) for code, name in names.items()]
        national = self._national(passage, head, phrase, text)
        return [(national, False)] if national is not None else []

    def _person(self, passage: Passage, head: Token, phrase: Span, text: str) -> Actor | None:
        """Tell a person's name, or a title with a name behind it ("the governor, Najmaddin Karim")."""
        entity = entity_of(head)
        if (entity is None or entity.label_ != "PERSON") and (
            head.pos_ == "NOUN" or head.lower_ in self._countries.by_demonym
        ):
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
        if is_part_of_name(passage.doc, entity.start, entity.end):
            return None
        name = strip_possessive(entity.text)
        if len(name.split()) == 1:
            name = self._full_names.get(surname(name), name)
        titles = [token.lemma_.lower() for token in phrase if token.i < entity.start]
        kind = kind_of_titles(titles)
        return Actor(name=name, text=text, kind=kind, country=nation_of(phrase))

    def _national(self, passage: Passage, head: Token, phrase: Span, text: str) -> Actor | None:
        """Tell a country, its capital, or "the Turkish army"."""
        mention = passage.places.get(head.i)
        ruler = self._ruler_of(mention)
        if ruler is not None:
            return Actor(name=ruler.name, text=text, kind=ruler.kind, country=ruler.country)
        name = strip_possessive(text).removeprefix("the ").removeprefix("The ")
        lower = "" if name.islower() else name.lower()  # a car is not the CAR
        code = self._countries.by_name.get(lower) or self._countries.by_capital.get(lower, "")
        if not code and mention is not None and mention.place is not None and mention.place.kind == "country":
            code = mention.place.country
        if code:
            return Actor(name=self._countries.government(code), text=text, kind=ActorKind.GOVERNMENT, country=code)
        people = self._people(head, text)
        if people is not None:
            return people
        lemma, role = role_of(head)
        kind = role or ActorKind.UNKNOWN
        code = nation_of(phrase) or self._shared(head)
        if kind is ActorKind.UNKNOWN:
            return None
        if not code:
            return Actor(name=without_article(text), text=text, kind=kind) if is_allied(phrase) else None
        return Actor(name=self.national_name(code, kind, lemma, text), text=text, kind=kind, country=code)

    def _people(self, head: Token, text: str) -> Actor | None:
        """Tell "two Kenyans" and "a young Kenyan", who are Kenyans, from the adjective."""
        word, table = head.lower_, self._countries.by_demonym
        code = table.get(word, "")
        if not code or head.dep_ in OWNING:
            return None
        several = word.endswith("s") and word[:-1] in table
        beside = {child.lower_ for child in head.children}
        if not several and f"{word}s" not in table and "the" in beside and head.pos_ in {"NOUN", "PROPN"}:
            kind = ActorKind.GOVERNMENT  # "the British"
            return Actor(name=self._countries.government(code), text=text, kind=kind, country=code)
        if not several and not (f"{word}s" in table and beside & _ONE):
            return None
        name = head.text if several else f"{head.text}s"
        return Actor(name=name, text=text, kind=ActorKind.CIVILIANS, country=code)

    @staticmethod
    def _shared(head: Token) -> str:
        """Return the nation that a noun shares with the one that it is joined to: "Turkish tanks and troops"."""
        if head.dep_ != "conj":
            return ""
        kind = KIND_OF.get(head.lemma_.lower())
        own = any(c.dep_ in {"det", "poss"} or c.lemma_.lower() in KIND_OF for c in head.children if c.dep_ != "conj")
        first = head
        while first.dep_ == "conj" and first.head.pos_ == "NOUN" and first.head.i < first.i:
            first = first.head
        if own or first is head or kind not in _SHARING or KIND_OF.get(first.lemma_.lower()) is not kind:
            return ""
        return nation_of(head.doc[slice(*core(first))])

    @staticmethod
    def _ruler_of(mention: Mention | None) -> ListedActor | None:
        """Return the actor for which a region's name stands, as "Iraqi Kurdistan" does for its government."""
        return (
            actor_list().by_region.get(mention.place.id) if mention is not None and mention.place is not None else None
        )

    def national_name(self, code: str, kind: ActorKind, lemma: str, text: str) -> str:
        """Return the name of those of a kind in a country (ISO 3166-1 alpha-2): its army, police, government, people."""
        if lemma in POLICE:
            return self._countries.police(code)
        if kind is ActorKind.STATE_FORCES:
            return self._countries.forces(code)
        if kind is ActorKind.GOVERNMENT:
            return self._countries.government(code)
        if kind in {ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.MEDIA}:
            return f"{GENERIC_NAME[kind]} ({self._countries.names.get(code, code)})"
        name = without_article(text)
        return plural(name, lemma) if kind in _ARMED else name

    def _organisation(self, head: Token, text: str) -> list[tuple[Actor, bool]]:
        entity = entity_of(head)
        if entity is None or entity.label_ not in {"ORG", "NORP"}:
            return []
        if head.lower_ in PAPERS or (len(entity) == 1 and role_of(head)[0] in MACHINES):
            return []  # "the Mitchell Plan", "Jets bombed ..."
        if entity.label_ == "ORG" and (goes_on(head.doc, entity.end) or is_ground(entity[-1])):
            return []
        if head.lower_ in PEOPLES:
            return [(Actor(name=without_count(text), text=text, kind=ActorKind.CIVILIANS), False)]
        if entity.label_ == "NORP":
            return []
        kind = KIND_OF.get(head.lemma_.lower(), ActorKind.UNKNOWN)
        return [(Actor(name=without_article(phrase_text(entity)), text=text, kind=kind), False)]


def _is_own(token: Token, passage: Passage) -> bool:
    """Tell "troops of the UN" and "troops loyal to Assad" from "UN-backed troops" and "gunmen loyal to the army"."""
    return not names_ally(token) and (passage.named[token.i].actor.person or not is_stood_by(token))
