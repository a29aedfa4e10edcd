"""Ibis in several threads at once.

Ibis 12 remembers which of its objects were found equal, by their addresses, in one dictionary for all threads. Where
one thread drops objects while another one compares, that fails (``KeyError`` in ``Comparable.__del__``) and leaves
behind what it knew of an address, at which another object then lies: two different questions could pass for the same.
Comparing anew each time takes no longer for questions as small as ours.
"""

from __future__ import annotations

from typing import Any

from ibis.common.bases import Comparable


class Forgetful(dict[int, Any]):
    """A dictionary that keeps nothing."""

    def setdefault(self, _key: int, default: Any = None) -> Any:
        """Return what would be kept."""
        return default


def compare_anew() -> None:
    """Let Ibis remember no comparison."""
    Comparable.__cache__ = Forgetful()
