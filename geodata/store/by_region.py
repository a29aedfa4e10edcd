"""Events by country and by province: what a map of areas is coloured by.

An event counts in the first country and the first province that hold its place, which are the
ones that a filter on that region finds it by.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from geodata.store.by_place import ByPlace
from geodata.store.digest import digest
from geodata.store.filters import filters_of
from geodata.store.numbers import QUADS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geodata.store.answers import Answers
    from geodata.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCount:
    """How many events a view has in a region; `quads` counts them by quad."""

    region_id: str
    count: int
    quads: dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCounts:
    """Counts of a view by region, most events first.

    `countries` counts every event that lies in a country, `units` those of a province (an
    admin-1 unit), `country_only` those of a country of which no province is known. So the count
    of a country is that of its units and of its row in `country_only` together.
    """

    countries: list[RegionCount] = field(default_factory=list)
    units: list[RegionCount] = field(default_factory=list)
    country_only: list[RegionCount] = field(default_factory=list)


def region_counts(store: Answers, view: View) -> RegionCounts:
    """Count the events of a view by country and by province.

    Parameters
    ----------
    store, view
        Where to look, and what for; the map window does not filter.

    Returns
    -------
    RegionCounts
        Remembered by the store until it changes.
    """
    return store.once(("by_region", filters_of(view)), lambda: _region_counts(store, view))


def _region_counts(store: Answers, view: View) -> RegionCounts:
    # `regions` holds the country first, then the province, then what is made of these.
    shown = ByPlace(store.engine, digest(store.engine, view, ["places"]))
    first, second, ids = shown.table.first_regions
    number = {region: n for n, region in enumerate(ids)}
    is_country = np.array([_is_country(region) for region in ids])
    # ISO 3166-2: the country's code, a hyphen, the unit's.
    country_of = np.array([number.get(region[:2], -1) if region[2:3] == "-" else -1 for region in ids])
    country, unit = first[shown.place], second[shown.place]
    known = is_country[country]  # else a region over several countries, of which none is known; or none at all
    in_unit = known & (country_of[unit] == country)

    def counted(region: NDArray[np.int64], wanted: NDArray[np.bool_]) -> list[RegionCount]:
        codes = region[wanted] * QUADS + shown.quad[wanted]
        n = np.bincount(codes, shown.n[wanted], len(ids) * QUADS).astype(np.int64).reshape(-1, QUADS)
        return _sorted((ids[at], n[at].tolist()) for at in np.flatnonzero(n.any(axis=1)).tolist())

    return RegionCounts(
        countries=counted(country, known),
        units=counted(unit, in_unit),
        country_only=counted(country, known & ~in_unit),
    )


def _is_country(region_id: str) -> bool:
    return len(region_id) == 2 and region_id.isupper()  # noqa: PLR2004 - ISO 3166-1 alpha-2


def _sorted(counted: Iterable[tuple[str, list[int]]]) -> list[RegionCount]:
    made = [
        RegionCount(region_id=region_id, count=sum(quads), quads={quad: n for quad, n in enumerate(quads) if n})
        for region_id, quads in counted
    ]
    return sorted(made, key=lambda row: (-row.count, row.region_id))
