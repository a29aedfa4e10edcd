"""A drawing surface in pixels, y downwards, over matplotlib. No pyplot: any thread may draw.

matplotlib's settings belong to the process. Those that matter here are set once, before anything is
drawn, so that the same snapshot gives the same picture, byte for byte.
"""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.patheffects import Normal, Stroke
from matplotlib.text import Text

from dashboard.snapshots.picture.fonts import PX, font, weight_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.path import Path

DPI = 100  # pixels of an inch at 1x
_SETTINGS: Any = {
    "svg.hashsalt": "conflictmap",  # else the ids inside an SVG are made by chance
    "svg.fonttype": "path",  # the picture looks the same where the font is missing
    # Letters as drawings with their text behind: it can be found and copied as with TrueType, at half the
    # time, because the font itself need not be taken apart.
    "pdf.fonttype": 3,
    "pdf.compression": 6,
    "text.hinting": "none",  # letters are as wide as they were measured, at every size
    "path.simplify": True,
    "agg.path.chunksize": 0,
}
_PNG_LEVEL = 3  # a third faster than 6, and 1.5 % larger
_lock = threading.Lock()
mpl.rcParams.update(_SETTINGS)

Kind = Literal["png", "svg", "pdf"]


class Canvas:
    """A picture of `width` by `height` pixels."""

    def __init__(self, width: float, height: float, *, background: str = "#FFFFFF") -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=background)
        self.axes: Any = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.set_autoscale_on(False)
        self._order = 0
        self._clip: Any = None

    def clip_to(self, box: tuple[float, float, float, float] | None) -> None:
        """Draw only inside a rectangle (left, top, width, height) from now on; None ends it."""
        self._clip = None
        if box:
            left, top, wide, tall = box
            self._clip = Rectangle((left, top), wide, tall, transform=self.axes.transData)

    def add(self, artist: Any) -> None:
        """Draw something on top of what is there."""
        self._order += 1
        artist.set_zorder(self._order)
        if isinstance(artist, Text):
            self.axes._add_text(artist)  # noqa: SLF001  add_artist would set a clip path that texts ignore
        else:
            self.axes.add_artist(artist)
        if self._clip is not None:
            artist.set_clip_path(self._clip)
            artist.set_clip_on(True)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        *,
        size: float,
        colour: str,
        weight: str = "regular",
        halo: str = "",
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        """Write one line; `at` is its end (or middle) at half the height of a capital."""
        made = Text(
            at[0],
            at[1],
            words,
            color=colour,
            fontproperties=font(weight_for(words, weight), size),
            horizontalalignment=align,
            verticalalignment="center_baseline",
            parse_math=False,
        )
        if halo:
            made.set_path_effects([Stroke(linewidth=3 * PX, foreground=halo, alpha=0.85), Normal()])
        self.add(made)

    def box(
        self,
        box: tuple[float, float, float, float],
        *,
        fill: str = "none",
        edge: str = "none",
        line: float = 1.0,
        radius: float = 0.0,
        alpha: float = 1.0,
    ) -> None:
        """Draw a rectangle (left, top, width, height), with round corners if asked for."""
        left, top, wide, tall = box
        if radius:
            style = f"round,pad=0,rounding_size={radius}"
            made: Any = FancyBboxPatch((left, top), wide, tall, boxstyle=style, mutation_aspect=1)
        else:
            made = Rectangle((left, top), wide, tall)
        made.set(facecolor=fill, edgecolor=edge, linewidth=line * PX, alpha=alpha)
        self.add(made)

    def path(
        self,
        path: Path | None,
        *,
        fill: str = "none",
        edge: str = "none",
        line: float = 0.0,
        dash: tuple[float, ...] = (),
        alpha: float = 1.0,
    ) -> None:
        """Draw a path; `dash` is lengths on and off in pixels, `alpha` is that of the fill."""
        if path is None:
            return
        if fill != "none":
            self.add(PathPatch(path, facecolor=fill, edgecolor="none", linewidth=0, alpha=alpha))
        if edge == "none":
            return
        made = PathPatch(
            path, facecolor="none", edgecolor=edge, linewidth=line * PX, joinstyle="round", capstyle="round"
        )
        if dash:
            made.set_linestyle((0, tuple(length / line for length in dash)))
        self.add(made)

    def patches(self, patches: Sequence[Any]) -> None:
        """Draw many small things at once, in their own colours."""
        if patches:
            self.add(PatchCollection(patches, match_original=True))

    def lines(self, segments: Sequence[Any], *, colour: str, line: float) -> None:
        """Draw many straight lines at once."""
        self.add(LineCollection(segments, colors=colour, linewidths=line * PX))

    def save(self, kind: Kind, *, about: dict[str, str], scale: float = 1.0) -> bytes:
        """Return the picture as a file; `about` is its title and description.

        No time of making is written into it.
        """
        file = io.BytesIO()
        with _lock:  # matplotlib does not promise that figures can be drawn side by side
            if kind == "png":
                FigureCanvasAgg(self.figure)
                told = {"Title": about["title"], "Description": about["description"], "Software": None}
                fast = {"compress_level": _PNG_LEVEL}
                self.figure.savefig(file, format="png", dpi=DPI * scale, metadata=told, pil_kwargs=fast)
            elif kind == "svg":
                from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415  as for PDF

                FigureCanvasSVG(self.figure)
                told = {"Title": about["title"], "Description": about["description"], "Date": None, "Creator": None}
                self.figure.savefig(file, format="svg", metadata=told)
            else:
                from matplotlib.backends.backend_pdf import FigureCanvasPdf  # noqa: PLC0415  takes half a second

                FigureCanvasPdf(self.figure)
                told = {"Title": about["title"], "Subject": about["description"], "CreationDate": None}
                self.figure.savefig(file, format="pdf", metadata=told)
        return file.getvalue()
