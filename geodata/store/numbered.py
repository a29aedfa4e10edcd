"""A view's filters asked of numbers instead of values, which gives the same events sooner.

Where an event took place, who was in it and where it was published are said by numbers
(`geodata.store.numbers`), so a filter on these first looks for the numbers that pass it, of which
there are few, and then for the events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
from ibis.common.exceptions import IbisError

from geodata.ontology import EventType
from geodata.store.filters import EVENTS, conditions
from geodata.store.numbers import PLACES, QUADS, SIDES, SOURCES, TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.store.asking import Asked
    from geodata.store.numbers import Legend
    from geodata.view import View


def _table(legend: Legend) -> Any:
    return ibis.table(ibis.Schema.from_pyarrow(legend.schema), name=legend.table)


PLACE_LEGEND, SIDE_LEGEND, SOURCE_LEGEND = _table(PLACES), _table(SIDES), _table(SOURCES)
_LEGENDS = {"regions": (PLACE_LEGEND, "place_no"), "precisions": (PLACE_LEGEND, "place_no"),
            "shape": (PLACE_LEGEND, "place_no"), "actors": (SIDE_LEGEND, "side_no"),
            "pair": (SIDE_LEGEND, "side_no")}  # fmt: skip


def conditions_by_number(view: View) -> list[Any]:
    """Return the conditions that a view sets; see `filters.conditions`."""
    return [_by_number(name, condition, view) for name, condition in conditions(view).items()]


def numbers_passing(engine: Asked, view: View) -> NDArray[np.int64]:
    """Return the numbers of the one legend that a view with a single filter asks about which pass it."""
    ((name, condition),) = conditions(view).items()
    legend, number = _LEGENDS[name]
    found = engine.run(legend.filter(_of_legend(condition, legend)).select(number))
    return np.asarray(found[number].to_numpy(), np.int64)


def _of_legend(condition: Any, legend: Any) -> Any:
    return condition.op().replace({EVENTS.op(): legend.op()}).to_expr()


def _by_number(name: str, condition: Any, view: View) -> Any:
    if name == "types":
        kinds = [TYPES.index(EventType(kind)) * QUADS + quad for kind in view.types for quad in range(QUADS)]
        return EVENTS.kind.isin(kinds)
    if name == "sources":
        named = SOURCE_LEGEND.filter(SOURCE_LEGEND.source.isin(list(view.sources)))
        return EVENTS.source_no.isin(named.source_no)
    if name not in _LEGENDS:
        return condition
    legend, number = _LEGENDS[name]
    try:
        of_legend = _of_legend(condition, legend)
    except IbisError:  # it asks for something that has no number
        return condition
    return EVENTS[number].isin(legend.filter(of_legend)[number])
