"""Who acts against or with whom: pairs of actors, most frequent first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
from ibis import _

from geodata.store.filters import EVENTS, conditions, filters_of, keep
from geodata.store.numbered import SIDE_LEGEND, conditions_by_number

if TYPE_CHECKING:
    from geodata.store.asking import Asked
    from geodata.store.store import Store
    from geodata.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """How often one actor acts upon another; `quads` counts the events by quad."""

    source: str
    target: str
    count: int
    quads: dict[int, int]


def actor_pairs(store: Store, view: View, *, limit: int = 10) -> list[Pair]:
    """Return the most frequent pairs of an acting actor and the one acted upon.

    Parameters
    ----------
    store, view
        Where to look, and what for.
    limit
        At most so many pairs.

    Returns
    -------
    list of Pair
        Most events first, then by name. An event of two actors against one counts in two pairs.
        Remembered by the store until it changes.
    """
    return list(store.once(("pairs", filters_of(view), limit), lambda: _actor_pairs(store, view, limit)))


def _actor_pairs(store: Store, view: View, limit: int) -> list[Pair]:
    both = _sides(store.engine, view).filter((_.source_actors.length() > 0) & (_.target_actors.length() > 0))
    pairs = (
        both.select("n", "quad", "target_actors", source=both.source_actors.unnest())
        .select("n", "quad", "source", target=_.target_actors.unnest())
        .filter((_.source != "") & (_.target != "") & (_.source != _.target))
    )
    by_quad = pairs.group_by("source", "target", "quad").aggregate(n=_.n.sum())
    top = (
        by_quad.group_by("source", "target")
        .aggregate(total=_.n.sum())
        .order_by(ibis.desc("total"), "source", "target")
        .limit(limit)
    )
    shown = by_quad.join(top, ["source", "target"]).select("source", "target", "quad", "n")
    counted: dict[tuple[str, str], Counter[int]] = {}
    for row in store.run(shown).to_pylist():
        counted.setdefault((row["source"], row["target"]), Counter())[row["quad"]] += row["n"]
    made = [
        Pair(source=source, target=target, count=quads.total(), quads=dict(sorted(quads.items())))
        for (source, target), quads in counted.items()
    ]
    return sorted(made, key=lambda pair: (-pair.count, pair.source, pair.target))


def _sides(engine: Asked, view: View) -> Any:
    """Return how often two sides with these actors meet, by quad."""
    if not engine.numbered:
        shown = keep(EVENTS, list(conditions(view).values()))
        return shown.group_by("source_actors", "target_actors", "quad").aggregate(n=_.count())
    shown = keep(EVENTS, conditions_by_number(view))
    counted = shown.group_by("side_no", "quad").aggregate(n=_.count())
    return counted.join(SIDE_LEGEND, "side_no").select("quad", "n", "source_actors", "target_actors")
