"""Memory that is no longer used, given back to the system."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Give what was freed back to the system, where its C library keeps it for later (glibc, on Linux)."""
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):  # another C library: nothing is lost but room
        return
