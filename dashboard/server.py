"""The server: the Streamlit pages and the routes beside them.

Run it with ``streamlit run dashboard/server.py``, or ``conflictmap serve``.
"""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from dashboard.api import routes
from dashboard.texts import UNEXPECTED
from geodata.errors import ConflictmapError

_log = logging.getLogger("conflictmap")


def tell(error: BaseException) -> bool:
    """Show one sentence instead of a stack trace, which goes to the log."""
    if isinstance(error, ConflictmapError):
        st.error(str(error))
    else:
        _log.error("A page failed", exc_info=error)
        st.error(UNEXPECTED)
    return True


app = st.App(Path(__file__).parent / "app.py", routes=routes(), on_script_error=tell)
