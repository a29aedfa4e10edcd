"""Whom a noun phrase names outright: listed actors, persons, countries and who stands for them, organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import Actor, ActorKind
from geodata.reading.actor_list import actor_list
from geodata.reading.countries import countries
from geodata.reading.grammar import after, core
from geodata.reading.phrases import entity_of, phrase_text, strip_possessive, surname, without_article
from geodata.reading.roles import GENERIC_NAME, KIND_OF, MEMBERS, PEOPLES, POLICE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from geodata.event import Mention
    from geodata.reading.actor_list import ListedActor
    from geodata.reading.passages import Passage


class Names:
    """The names of one article; persons are known by their full names once these have been learnt."""

    def __init__(self) -> None:
        self._countries = countries()
        self._full_names: dict[str, str] = {}
        self.offices: dict[str, list[Actor]] = {}  # persons where it is said for which state they speak
        self._found: dict[tuple[int, int], list[tuple[Actor, bool]]] = {}  # by the phrase's head: asked for many times

    def learn(self, passage: Passage) -> None:
        """Note the full names of persons: later "Karim" is "Najmaddin Karim"."""
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
        name = self._countries.forces(code) if armed else self._countries.government(code)
        kind = ActorKind.STATE_FORCES if armed else ActorKind.GOVERNMENT
        return Actor(name=name, text=adjective.text, kind=kind, country=code)

    def named(self, passage: Passage, head: Token) -> Sequence[tuple[Actor, bool]]:
        """Return the actors that a phrase names outright, each with whether it is a person."""
        place = (passage.offset, head.i)
        if place not in self._found:
            self._found[place] = self._named(passage, head)
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
                for actor, _ in self.named(passage, noun)[:1]
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
        return Actor(name=name, text=text, kind=kind, country=self.country_of(phrase))

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
        code = self.country_of(phrase)
        demonym = self._countries.by_demonym.get(head.lower_, "")
        if demonym and not code:
            code, kind = demonym, ActorKind.CIVILIANS
        else:
            kind = KIND_OF.get(lemma, ActorKind.UNKNOWN)
        if not code or kind is ActorKind.UNKNOWN:
            return None
        return Actor(name=self.national_name(code, kind, lemma, text), text=text, kind=kind, country=code)

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

    def country_of(self, phrase: Span) -> str:
        """Country that a demonym or a possessive in the phrase names, or empty."""
        if phrase.text.islower():
            return ""
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
