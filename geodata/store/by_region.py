"""Events by country and by province: what a map of areas is coloured by.

An event counts in the first country and the first province that hold its place, which are the
ones that a filter on that region finds it by.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geodata.store.by_place import ByPlace
from geodata.store.counting import Count
from geodata.store.digest import digest
from geodata.store.filters import filters_of
from geodata.store.numbers import QUADS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.store.store import Store
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


def region_counts(store: Store, view: View) -> RegionCounts:
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


def _region_counts(store: Store, view: View) -> RegionCounts:
    # `regions` holds the country first, then the province, then what is made of these.
    shown = ByPlace(store.engine, digest(store.engine, view, ["places"]))
    first, second = shown.table.first_regions
    countries: dict[str, Counter[int]] = {}
    units: dict[str, Counter[int]] = {}
    rest: dict[str, Counter[int]] = {}
    by_place = Count.of(shown.place * QUADS + shown.quad, shown.n)
    for code, n in zip(by_place.code.tolist(), by_place.n.tolist(), strict=True):
        place, quad = divmod(code, QUADS)
        country, unit = first[place], second[place]
        if not _is_country(country):  # a region over several countries, of which none is known; or none at all
            continue
        countries.setdefault(country, Counter())[quad] += n
        # ISO 3166-2: the country's code, a hyphen, the unit's.
        kept, key = (units, unit) if unit.startswith(f"{country}-") else (rest, country)
        kept.setdefault(key, Counter())[quad] += n
    return RegionCounts(
        countries=_sorted(countries.items()),
        units=_sorted(units.items()),
        country_only=_sorted(rest.items()),
    )


def _is_country(region_id: str) -> bool:
    return len(region_id) == 2 and region_id.isupper()  # noqa: PLR2004 - ISO 3166-1 alpha-2


def _sorted(counted: Iterable[tuple[str, Counter[int]]]) -> list[RegionCount]:
    made = [
        RegionCount(region_id=region_id, count=quads.total(), quads=dict(sorted(quads.items())))
        for region_id, quads in counted
    ]
    return sorted(made, key=lambda row: (-row.count, row.region_id))
