"""Who acts against or with whom: pairs of actors, most frequent first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import numpy as np
from ibis import _

from geodata.store import legends
from geodata.store.digest import digest
from geodata.store.filters import EVENTS, conditions, filters_of, keep
from geodata.store.numbers import QUADS

if TYPE_CHECKING:
    from geodata.store.answers import Answers
    from geodata.store.asking import Asked
    from geodata.store.counting import Count
    from geodata.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """How often one actor acts upon another; `quads` counts the events by quad."""

    source: str
    target: str
    count: int
    quads: dict[int, int]


def actor_pairs(store: Answers, view: View, *, limit: int = 10) -> list[Pair]:
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


def _actor_pairs(store: Answers, view: View, limit: int) -> list[Pair]:
    counted = _by_number(store.engine, view, limit) if store.engine.numbered else _by_value(store, view, limit)
    made = [
        Pair(source=source, target=target, count=quads.total(), quads=dict(sorted(quads.items())))
        for (source, target), quads in counted.items()
    ]
    return sorted(made, key=lambda pair: (-pair.count, pair.source, pair.target))[:limit]


def _by_number(engine: Asked, view: View, limit: int) -> dict[tuple[str, str], Counter[int]]:
    """Return the most frequent pairs, and those that are as frequent as the last of these."""
    found: Count = digest(engine, view, ["pairs"]).parts["pairs"]
    side, quad = np.divmod(found.code, QUADS)
    known = legends.pairs_of_sides(engine, int(side[-1]) + 1 if len(side) else 0)
    by_side = np.bincount(side, found.n, known.size)
    total = np.bincount(known.pair, by_side[known.side], len(known.sources))
    there = np.flatnonzero(total)
    if not len(there):
        return {}
    least = np.partition(total[there], -limit)[-limit] if len(there) > limit else 1
    names = {int(pair): (known.sources[pair], known.targets[pair]) for pair in np.flatnonzero(total >= least).tolist()}
    shown = np.isin(known.pair, list(names))
    quads = np.zeros((known.size, QUADS), np.int64)
    quads[side, quad] = found.n
    counted: dict[tuple[str, str], Counter[int]] = {}
    for pair, of_side in zip(known.pair[shown].tolist(), known.side[shown].tolist(), strict=True):
        here = counted.setdefault(names[pair], Counter())
        for number in np.flatnonzero(quads[of_side]).tolist():
            here[number] += int(quads[of_side, number])
    return counted


def _by_value(store: Answers, view: View, limit: int) -> dict[tuple[str, str], Counter[int]]:
    met = keep(EVENTS, list(conditions(view).values())).group_by("source_actors", "target_actors", "quad")
    both = met.aggregate(n=_.count()).filter((_.source_actors.length() > 0) & (_.target_actors.length() > 0))
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
    return counted
