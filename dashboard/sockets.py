"""How the server's connections send."""

from __future__ import annotations

import gc
import logging
import socket

_log = logging.getLogger("conflictmap")
_INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})


def send_at_once() -> None:
    """Let connections send small packets without waiting for an answer to the last one (TCP_NODELAY).

    asyncio sees to it itself, but only where a socket names its protocol, and that which Streamlit
    1.67 listens with does not. Left so, each of the hundred or so files of a page takes 40 ms.
    Streamlit hands its socket to nobody, so all that this process listens with are looked for; what
    is set on one holds for every connection that it accepts.

    Why not by a supported way: there is none that keeps ``streamlit run``. It binds the socket itself
    (``starlette_server._bind_socket``, private), takes none that is open already, and passes uvicorn a fixed list
    of settings, none of which reaches the socket; an ASGI app is not told its transport. Starting uvicorn
    ourselves on a socket of ours is possible with `st.App`, but then Streamlit reads neither its command line
    nor its address and port, and its own checks of origins and hosts rest on these. A wrong guess here costs
    milliseconds, there it would cost safety. A test in `tests/dashboard/test_api.py` fails should this stop working.
    """
    for found in gc.get_objects():
        if type(found) is not socket.socket or found.family not in _INTERNET:
            continue
        try:
            if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:  # closed meanwhile, or a system that does not tell
            _log.debug("A socket was left as it is: %s", error)
