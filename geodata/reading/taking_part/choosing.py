"""Who takes part in an act: the likeliest phrases of its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geodata.reading.taking_part.describing import keys_of
from geodata.reading.taking_part.model import learnt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from geodata.reading.act import Act
    from geodata.reading.taking_part.model import Floats
    from geodata.reading.taking_part.phrases import Phrases

# Part of the likeliest phrase's chance that others need to stand beside it: those joined to it, and any.
JOINED = 0.05
BESIDE = 0.5


class Part(NamedTuple):
    """One part in an act.

    Parameters
    ----------
    chosen
        The heads of the phrases that take it, the likeliest first; none when nobody is likelier than each.
    others
        All phrases with their chances, the likeliest first.
    nobody
        The chance that nobody takes it.
    """

    chosen: list[Token]
    others: list[tuple[float, Token]]
    nobody: float


def parts_in(act: Act, sources: Sequence[Token], phrases: Phrases) -> tuple[Part, Part]:
    """Return who is the source and who the target of an act.

    Parameters
    ----------
    act
        The act, with what the rules propose.
    sources
        Who does it, as the rules have it.
    phrases
        Those of its sentence.
    """
    joined = phrases.joined
    source, target = (
        Part(
            [phrases.heads[n] for n in chosen(chances, joined)],
            sorted(zip(map(float, chances[:-1]), phrases.heads, strict=True), key=lambda one: -one[0]),
            float(chances[-1]),
        )
        for chances in learnt().chances(keys_of(act, sources, phrases))
    )
    return source, target


def chosen(chances: Floats, joined: Sequence[int]) -> list[int]:
    """Return the phrases that take part, the likeliest first; none when nobody is likelier than each.

    Parameters
    ----------
    chances
        Of each phrase, and last of nobody, shape (phrases + 1,).
    joined
        For each phrase the first of those that it is joined to.
    """
    best = int(chances.argmax())
    if best == len(joined):
        return []
    top = chances[best]
    also = [
        n
        for n in range(len(joined))
        if n != best and chances[n] >= top * (JOINED if joined[n] == joined[best] else BESIDE)
    ]
    return [best, *sorted(also, key=lambda n: -chances[n])]
