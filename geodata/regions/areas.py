"""Put areas together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence


def union_of(parts: Sequence[Any], *, grid: float) -> Any:
    """Union of neighbouring areas whose vertices lie on a grid of `grid` degrees.

    Neighbours that share every vertex are joined fast; where rounding or repair has broken that,
    the general way is taken.
    """
    if len(parts) == 1:
        return parts[0]
    try:
        return shapely.coverage_union_all(list(parts))
    except shapely.errors.GEOSException:
        return shapely.union_all(list(parts), grid_size=grid)
