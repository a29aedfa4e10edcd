"""Getting ready to draw before anybody waits for it: some three seconds of imports, fonts and borders.

It costs some 100 MB, so it is not done when a server starts, but when somebody opens the dialog in which
snapshots are made: a title takes longer to write.
"""

from __future__ import annotations

import datetime as dt
import gc
import logging
import threading
from typing import TYPE_CHECKING

from dashboard.snapshots.marks import Marks
from dashboard.snapshots.record import Record
from dashboard.snapshots.sheet import Sheet, first_box
from geodata.errors import ConflictmapError

if TYPE_CHECKING:
    from geodata.view import View

_log = logging.getLogger("conflictmap")
_guard = threading.Lock()
_begun: list[threading.Thread] = []


def warm_up(view: View) -> threading.Thread:
    """Begin, in a thread of its own, to load what the pictures of a view need; once for each process.

    Parameters
    ----------
    view
        What somebody may be about to freeze: its part of the base map is loaded in detail.

    Returns
    -------
    threading.Thread
        Which ends when all is loaded.
    """
    with _guard:
        if not _begun:
            _begun.append(threading.Thread(target=_load, args=(view,), name="warm-pictures", daemon=True))
            _begun[0].start()
        return _begun[0]


def _load(view: View) -> None:
    from dashboard.snapshots.picture import sheets  # noqa: PLC0415  matplotlib takes a second to import

    nothing = Record(
        title="", created=dt.datetime.now(tz=dt.UTC).isoformat(), query="", words="", head="", tail="", sha256="",
        events=0, articles=0, not_placed=0, undated=0, in_files=0,
    )  # fmt: skip
    sheet = Sheet(record=nothing, view=view, marks=Marks(), events=[], box=first_box(view, Marks()))
    try:
        said = {"title": "", "description": ""}
        sheets.web(sheet).save("png", about=said)
        sheets.web(sheet).save("svg", about=said)
        sheets.paper(sheet).save("pdf", about=said)
    except ConflictmapError as error:
        _log.warning("%s", error)  # whoever makes a snapshot is told it too
        return
    gc.collect()
    gc.freeze()  # what is loaded now stays: looking through it for waste takes a fifth of a second each time
