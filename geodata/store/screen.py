"""What may stand between an open store and its questions, as `geodata.sharing.screen` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from geodata.store.engine import Engine
    from geodata.view import View


class Screen(Protocol):
    """What may stand between an open store and its questions."""

    @property
    def words(self) -> str:
        """What it leaves out, as a sentence."""

    @property
    def is_stale(self) -> bool:
        """Whether it has to be laid again although nothing was written."""

    def lay(self, engine: Engine) -> None:
        """Lay it over what is open now."""

    def check(self, view: View) -> None:
        """Refuse a view that could only be told by telling what is hidden."""

    def names_somebody(self, text: str) -> bool:
        """Tell whether a text has a name that must not be told."""
