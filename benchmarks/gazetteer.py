"""Measure the gazetteer: build time, size and memory, first look-up, look-ups.

Usage: python benchmarks/gazetteer.py [PATH]     (PATH of a built gazetteer; without it one is built)
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from geodata.gazetteer import Gazetteer, build_gazetteer

LOOK_UPS = 1_000
KIBIBYTES = 1024

FIRST_LOOK_UP = """
import time
started = time.perf_counter()
from geodata.gazetteer import Gazetteer
imported = time.perf_counter()
found = Gazetteer({path!r}).search("Kirkuk")
print(f"{{imported - started:.3f}} {{time.perf_counter() - imported:.4f}}")
"""


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "gazetteer.sqlite"
        if not path.exists():
            cpu = time.process_time()
            report = build_gazetteer(path)
            cpu = time.process_time() - cpu
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTES
            print(
                f"build: {report.seconds:.1f} s ({cpu:.1f} s of one core), {report.places:,} places, {report.names:,} names"
            )
            print(f"peak memory of the build: {peak / 1e9:.2f} GB")
        print(f"file: {path.stat().st_size / 1e6:.0f} MB")
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own text
            [sys.executable, "-c", FIRST_LOOK_UP.format(path=str(path))], check=True, capture_output=True, text=True
        )
        imported, opened = map(float, done.stdout.split())
        print(f"first look-up in a new process: import {imported:.2f} s, open and search {opened * 1000:.1f} ms")
        look_ups(Gazetteer(path))


def look_ups(gazetteer: Gazetteer) -> None:
    """Print how long look-ups take, each name for the first time."""
    names = [name for name, _ in gazetteer.names()]
    print(f"names to look for in text: {len(names):,}")
    chosen = random.Random(1).sample(names, LOOK_UPS)  # noqa: S311 - the same names every time
    for words, times in (
        ("search, new name", [clocked(gazetteer.search, name) for name in chosen]),
        ("search, same name again", [clocked(gazetteer.search, name) for name in chosen]),
        ("search, unknown name", [clocked(gazetteer.search, name[::-1] + "x") for name in chosen]),
        ("nearest, 50 km", [clocked(gazetteer.nearest, 30 + n % 10, 40 + n % 7) for n in range(LOOK_UPS)]),
    ):
        times.sort()
        print(f"{words}: median {times[LOOK_UPS // 2] * 1e6:.0f} us, p95 {times[LOOK_UPS * 95 // 100] * 1e6:.0f} us")


def clocked(call, *args) -> float:  # noqa: ANN001, ANN002 - any callable
    """Return the seconds that a call takes."""
    started = time.perf_counter()
    call(*args)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
