"""An act: the word that reports it, the rule that says what it is, and who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geodata.ontology import EventType
    from geodata.reading.factuality import Status
    from geodata.reading.lexicon import Rule


@dataclass(frozen=True, slots=True)
class Act:
    """A reported act: its word, its rule, and the noun phrases of those involved."""

    trigger: Token
    verb: Token  # the verb whose clause it stands in; the trigger itself for verbs
    rule: Rule
    sources: tuple[Token, ...]
    targets: tuple[Token, ...]
    status: Status
    speaker: Token | None = None  # who says so
    nominal: bool = False
    sure: bool = False  # told in words that leave no doubt: "claimed the attack", "the toll of the attack"
    results: tuple[Token, ...] = ()  # verbs that tell what came of it: "killing six"
    chance: float = 0.0  # that it is an event of this type, as the model has it

    @property
    def type(self) -> EventType:
        """The type of event."""
        return self.rule.type
