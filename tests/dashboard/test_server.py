"""The server itself: what is there before the first page asks."""

from __future__ import annotations

import subprocess
import sys


def test_what_pages_import_is_there_before_a_second_thread_is():
    script = (
        "import asyncio, sys\n"
        "from dashboard import server\n"
        "server._warm = lambda: None\n"
        "async def main():\n"
        "    async with server._lifespan(None):\n"
        "        print(*sorted({'folium', 'branca.element', 'pandas', 'ibis', 'duckdb'} - set(sys.modules)))\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603  our own line
    assert done.stdout.strip() == ""
