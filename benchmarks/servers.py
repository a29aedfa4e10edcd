"""What the benchmarks of the screen share: a server that runs for a while, its memory, and when something was pressed."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dashboard.commands.serve import free_port
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
WAIT_S, WAIT_MS = 120, 120_000
WINDOW = {"width": 1400, "height": 900}
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

# In the page: when the last thing was pressed. Both clocks count from 1970 then.
LISTEN = """
for (const kind of ['pointerup', 'click', 'keydown'])
  document.addEventListener(kind, (event) => { window.__pressed = performance.timeOrigin + event.timeStamp; }, true);
"""


@contextlib.contextmanager
def running(
    command: list[str], port: int, env: dict[str, str], cwd: Path, path: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until it is left, from the moment on that it answers."""
    process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        until = time.monotonic() + WAIT_S
        while True:
            try:
                with _direct.open(f"http://{HOST}:{port}{path}", timeout=WAIT_S) as answer:
                    answer.read()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > until:
                    msg = f"The server did not start: {' '.join(command)}"
                    raise SystemExit(msg) from None
                time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=WAIT_S)


@contextlib.contextmanager
def dashboard(store: Path) -> Iterator[tuple[str, int]]:
    """Run the dashboard on a store; its address and the number of its process."""
    port = free_port(HOST, 8700)
    env = dict(os.environ) | {"CONFLICTMAP_STORE": str(store), "CONFLICTMAP_GAZETTEER": str(settings().gazetteer)}
    command = [sys.executable, "-m", "dashboard.cli", "serve", "--port", str(port), "--no-browser"]
    with running(command, port, env, Path(__file__).parent.parent, "/api/basemap") as process:
        yield f"http://{HOST}:{port}", process.pid


def memory_mb(pid: int) -> tuple[float, float]:
    """Return how much memory a process takes now, and the most that it has taken."""
    said = Path(f"/proc/{pid}/status").read_text()
    values = dict(line.split(":", 1) for line in said.splitlines() if line.startswith("Vm"))
    now, most = (int(values[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def p95(values: list[float]) -> float:
    """Return the time that 95 of 100 stay under."""
    return float(np.percentile(values, 95))
