"""The places of the events in memory, by number: what a count by place is turned into a map with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

Ints = "NDArray[np.int64]"


class PlaceTable:
    """Places as columns; row n is number n, and row 0 stands for no place.

    Parameters
    ----------
    table
        Columns of `numbers.PLACES`, in any order of rows; numbers from 1 without gaps.
    """

    def __init__(self, table: pa.Table) -> None:
        table = table.sort_by("place_no").combine_chunks()
        self.size = table.num_rows + 1
        self._table = table
        self.key = self._numbers("place_key", np.int64)
        self.lat = self._numbers("lat", np.float64, missing=np.nan)
        self.lon = self._numbers("lon", np.float64, missing=np.nan)
        self.mx = self._numbers("mx", np.int64, missing=-1)  # -1: an area, no dot
        self.my = self._numbers("my", np.int64, missing=-1)
        # Equal keys mostly are one row; a later batch may have numbered a place again.
        _, self.same = np.unique(self.key, return_inverse=True)
        self.places = int(self.same.max()) + 1 if self.size else 0
        self._first_regions: tuple[NDArray[np.int64], NDArray[np.int64], list[str]] | None = None
        self._regions: tuple[NDArray[np.int64], NDArray[np.int64], list[str]] | None = None
        self._areas: tuple[NDArray[np.int64], list[str], list[str]] | None = None

    def _numbers(self, name: str, kind: Any, missing: float = 0) -> NDArray[Any]:
        column = self._table.column(name).fill_null(missing).to_numpy()
        return np.concatenate([[missing], column]).astype(kind)

    def texts(self, name: str) -> NDArray[Any]:
        """Return a column of texts; None where there is none."""
        return np.concatenate([[None], self._table.column(name).to_numpy(zero_copy_only=False)])

    def text(self, name: str, number: int) -> str:
        """Return one text of a place."""
        return str(self._table.column(name)[number - 1].as_py() or "")

    @property
    def regions(self) -> tuple[NDArray[np.int64], NDArray[np.int64], list[str]]:
        """Pairs of (number of a place, number of a region that holds it), and the regions' ids."""
        if self._regions is None:
            lists = self._table.column("regions").combine_chunks()
            lengths = lists.value_lengths().fill_null(0).to_numpy()
            coded = lists.flatten().dictionary_encode()
            of_place = np.repeat(np.arange(1, self.size), lengths)
            self._regions = of_place, coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist()
        return self._regions

    @property
    def first_regions(self) -> tuple[NDArray[np.int64], NDArray[np.int64], list[str]]:
        """The numbers of the first two regions of each place, mostly its country and its province, and the regions' ids.

        The last id is empty: that of no region.
        """
        if self._first_regions is None:
            of_place, region, ids = self.regions
            n = np.bincount(of_place, minlength=self.size)
            at = np.cumsum(n) - n
            padded = np.append(region, [len(ids), len(ids)])
            first, second = (np.where(n > nth, padded[np.minimum(at + nth, len(region))], len(ids)) for nth in (0, 1))
            self._first_regions = first, second, [*(name or "" for name in ids), ""]
        return self._first_regions

    @property
    def areas(self) -> tuple[NDArray[np.int64], list[str], list[str]]:
        """The number of the area of each place, the areas' ids, and by place the name of the area where it is the area itself."""
        if self._areas is None:
            ids, place_ids, names = (self.texts(name).tolist() for name in ("area", "place_id", "place_name"))
            numbers: dict[str, int] = {}
            of_place = np.array([numbers.setdefault(area or "", len(numbers)) for area in ids], np.int64)
            own = [
                name or "" if place_id in (f"iso:{area}", f"region:{area}", area) else ""
                for area, place_id, name in zip(ids, place_ids, names, strict=True)
            ]
            self._areas = of_place, list(numbers), own
        return self._areas
