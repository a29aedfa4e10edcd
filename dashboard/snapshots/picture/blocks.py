"""Blocks of text that are measured before they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.snapshots.picture.fonts import drawable, weight_for, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.snapshots.picture.canvas import Canvas

LEFT_OUT = "Some signs of the title or the note are not in this picture's font; the page and snapshot.json have them."


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one look, and the room below them in pixels."""

    lines: tuple[str, ...]
    size: float
    colour: str
    weight: str = "regular"
    after: float = 6.0
    spacing: float = 1.38  # line heights

    @property
    def height(self) -> float:
        """The height of the lines with the room below; nothing for an empty block."""
        return len(self.lines) * self.size * self.spacing + self.after if self.lines else 0.0


def block(
    text: str, *, wide: float, lines: int, size: float, colour: str, weight: str = "regular", after: float = 6.0
) -> Block:
    """Return text broken into at most so many lines."""
    shown, _ = drawable(text, weight)
    weight = weight_for(shown, weight)  # of all lines the same
    made = wrapped(shown, weight, size, wide=wide, lines=lines)
    return Block(tuple(made), size, colour, weight, after)


def lacks_signs(*texts: str) -> bool:
    """Tell whether a picture cannot show all signs of some texts."""
    return any(drawable(text, "bold")[1] for text in texts)


def height(blocks: Iterable[Block]) -> float:
    """Return the height of blocks below each other."""
    return sum(made.height for made in blocks)


def draw(canvas: Canvas, blocks: Iterable[Block], *, left: float, top: float) -> float:
    """Draw blocks below each other; return where the next one would begin."""
    for made in blocks:
        for number, line in enumerate(made.lines):
            middle = top + (number + 0.5) * made.size * made.spacing
            canvas.text((left, middle), line, size=made.size, colour=made.colour, weight=made.weight)
        top += made.height
    return top
