"""The server itself: what is there before the first page asks."""

from __future__ import annotations

import subprocess
import sys

from dashboard import resources
from geodata.view import View


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


def test_memory_is_given_back_once_after_questions(client):
    assert client.get("/api/cells?v=1&south=20&west=30&north=45&east=60&z=6").status_code == 200
    resources.store().events(View())
    assert not resources.rest(60), "somebody asked just now"
    assert resources.rest(0)
    assert not resources.rest(0), "nothing was asked since"
    assert resources.store().events(View(), limit=1)
