"""How sure a reading of an event is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import DateBasis, PlaceBasis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.event import Actor
    from geodata.reading.act import Act
    from geodata.reading.event_date import When
    from geodata.reading.event_place import Where

_PLACE_SURE = {PlaceBasis.CLAUSE: 0.2, PlaceBasis.SENTENCE: 0.1, PlaceBasis.ANAPHORA: 0.1, PlaceBasis.DATELINE: 0.1}
_DATE_SURE = {DateBasis.NAMED: 0.1, DateBasis.RELATIVE: 0.1, DateBasis.CARRIED: 0.05}


def confidence_of(
    act: Act,
    sources: Sequence[Actor],
    targets: Sequence[Actor],
    where: Where | None,
    when: When | None,
    *,
    claimed: bool,
) -> float:
    """Add up what speaks for the reading. Not calibrated: it orders, it is no probability."""
    score = 0.4
    score += 0.12 * bool(sources) + 0.12 * bool(targets)
    score += _PLACE_SURE.get(where.basis, 0.0) if where else 0.0
    score += _DATE_SURE.get(when.basis, 0.0) if when else 0.0
    score += 0.05 * (act.rule.demands > 1)
    score -= 0.1 * act.nominal + 0.05 * claimed + 0.05 * act.rule.weak
    return round(min(max(score, 0.05), 0.95), 2)
