"""From a news article to stored, dated, placed events.

A library: it knows no screen. `dashboard` builds on it, never the other way round.
"""

from __future__ import annotations

__version__ = "0.1.0"
