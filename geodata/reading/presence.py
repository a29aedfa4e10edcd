"""Who is where: a minister on a visit speaks there and not at home."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.event import ActorKind, PlaceBasis, Precision
from geodata.ontology import EventType
from geodata.reading.event_place import Where
from geodata.reading.roles import PERSON_TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.article import Article
    from geodata.event import Actor, Mention
    from geodata.reading.act import Act

_TIED = frozenset({PlaceBasis.CLAUSE, PlaceBasis.SENTENCE, PlaceBasis.ANAPHORA})
_SHORTEST_NAME = 3


class Presence:
    """Remembers where the people of one article are.

    Parameters
    ----------
    article
        The article; whoever its title names together with the town of the dateline is there.
    dateline, headline
        Where it was filed, and the places of its title.
    """

    def __init__(self, article: Article, dateline: Mention | None, headline: Sequence[Mention]) -> None:
        self._dateline = dateline
        self._at: dict[str, Where] = {}
        self._title_words: frozenset[str] = frozenset()
        if dateline is not None and dateline.place is not None:
            ids = {mention.place.id for mention in headline if mention.place is not None}
            if dateline.place.id in ids:
                self._title_words = frozenset(word.strip(",.:;'’s") for word in article.title.split())

    def note(self, act: Act, sources: Sequence[Actor], targets: Sequence[Actor], where: Where | None) -> None:
        """Remember who met where, or who spoke at a place that the sentence names."""
        if where is None or where.mention.place is None or where.mention.place.precision is Precision.COUNTRY:
            return
        at_dateline = where.mention is self._dateline
        if act.type is EventType.CONSULT and (at_dateline or where.basis in _TIED):
            who = [*sources, *targets]
        elif act.type.quad in {1, 3} and where.basis in _TIED:
            who = list(sources)
        else:
            return
        basis = PlaceBasis.DATELINE if at_dateline else PlaceBasis.PARAGRAPH
        for actor in who:
            self._at[actor.name] = replace(where, basis=basis)
            if _names_office(actor):
                self._at[actor.country] = replace(where, basis=basis)

    def of(self, claimed: str, sources: Sequence[Actor]) -> Where | None:
        """Return where one of these actors is known to be, or None."""
        for actor in sources:
            known = self._at.get(actor.name)
            if known is None and actor.kind is ActorKind.GOVERNMENT and not actor.name.startswith("Government of"):
                known = self._at.get(actor.country)
            if known is not None:
                return known
            if self._is_in_title(actor):
                return self._at_dateline()
        return self._at.get(claimed)

    def _is_in_title(self, actor: Actor) -> bool:
        name = actor.name.split()[-1]
        return len(name) > _SHORTEST_NAME and name in self._title_words and not actor.name.startswith("Government of")

    def _at_dateline(self) -> Where | None:
        mention = self._dateline
        return Where(mention, PlaceBasis.DATELINE, mention.start, mention.end) if mention is not None else None


def _names_office(actor: Actor) -> bool:
    """Tell "the presidents of Turkey and Iran": persons, though the actors are their governments."""
    words = actor.text.lower().split()
    return bool(actor.country) and any(
        word in PERSON_TITLES or word.removesuffix("s") in PERSON_TITLES for word in words
    )
