"""How long each file of a snapshot takes and how large it is, and what exports of whole views need.

    python benchmarks/snapshot.py --events 100 10000 1000000
    python benchmarks/snapshot.py --events 10000000 --store STORE --exports csv parquet

The events are those of `synthetic.py`, the view is all of them. A snapshot holds at most
`dashboard.snapshots.making.MOST_EVENTS` events in its data files; its pictures and its page draw all.
"Cold" is the first picture of a process, with what has to be imported and loaded for it; "warm" is the
second one, as on a server. Exports are streamed, each from a store opened for it; "memory" is by how
much the process grew at most while one was written (Linux only).
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synthetic import kept

from dashboard import resources
from dashboard.exporting import about, write
from dashboard.formats import STREAMED, Format
from dashboard.snapshots import making
from dashboard.snapshots.record import DIGESTS_FILE, EVENTS_FILE
from geodata.canonical import to_canonical
from geodata.settings import settings
from geodata.store import Store
from geodata.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MB = 1_000_000


@dataclass
class Sink:
    """Counts bytes and forgets them."""

    size: int = 0
    closed: bool = False

    def write(self, content: bytes) -> int:
        """Count."""
        self.size += len(content)
        return len(content)

    def tell(self) -> int:
        """Say how many there were."""
        return self.size

    def flush(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True)
class Run:
    """One measured run: seconds by the clock, seconds of the processor, bytes, bytes that memory grew by at most."""

    seconds: float
    cpu: float
    size: int
    memory: int


def measured(make: Callable[[], int]) -> Run:
    """Run once; `make` returns a size."""
    _forget_peak()
    before = _status("VmRSS")
    clock, cpu = time.perf_counter(), time.process_time()
    size = make()
    seconds, used = time.perf_counter() - clock, time.process_time() - cpu
    return Run(seconds, used, size, max(0, _status("VmHWM") - before))


def _forget_peak() -> None:
    path = Path("/proc/self/clear_refs")
    if path.exists():
        path.write_text("5")


def _status(key: str) -> int:
    path = Path("/proc/self/status")
    if not path.exists():
        return 0
    line = next(line for line in path.read_text().splitlines() if line.startswith(key))
    return int(line.split()[1]) * 1024


def row(name: str, *cells: Any) -> None:
    """Print a row of the table."""
    print("| " + " | ".join([name, *(str(cell) for cell in cells)]) + " |", flush=True)


def bench(events: int, store: Path | None, exports: Sequence[Format]) -> None:
    """Measure everything with so many events, of a store that is there or of one of its own."""
    os.environ["CONFLICTMAP_STORE"] = str(kept(events, store))
    settings.cache_clear()
    resources.reset()
    order = making.Order(view=View(), title="Benchmark")
    print(f"\n### {events:,} events\n")
    row("file", "cold s", "warm s", "processor s", "MB", "memory MB")
    row("---", *["---:"] * 5)
    frozen: dict[str, Any] = {}

    def take() -> int:
        frozen["taken"] = making.take(order)
        return int(frozen["taken"].table.nbytes)

    _row("(taken out of the store)", measured(take))
    taken = frozen["taken"]
    now = dt.datetime.now(tz=dt.UTC)
    record = making.describe(order, taken, snapshot_id="", sha256="0" * 64, now=now)

    def lay_out() -> int:
        frozen["sheet"] = making.sheet_of(order, taken, record)
        return 0

    _row("(laid out)", measured(lay_out))
    for name in making.PICTURES:
        cold, warm = (measured(lambda name=name: len(making.picture(frozen["sheet"], name))) for _ in range(2))
        _row(name, warm, cold)
    cold, warm = (measured(lambda: len(making.page_of(frozen["sheet"]))) for _ in range(2))
    _row("map.html", warm, cold)
    meta = about(order.view, title="Benchmark")
    _row(f"{EVENTS_FILE}, {DIGESTS_FILE}", measured(lambda: to_canonical(taken, order.view, Sink()).size))  # type: ignore[arg-type]
    for name, fill in making.data_files(order, taken, record):
        _row(name, measured(lambda fill=fill: _sized(fill)))
    print(f"\nExports of all {events:,} events:\n")
    row("format", "s", "processor s", "MB", "memory MB")
    row("---", *["---:"] * 4)
    for kind in exports:

        def export(kind: Any = kind) -> int:
            with Store.open(settings().store, read_only=True) as own:
                return _sized(lambda sink: write(kind, own, order.view, sink, meta))

        run = measured(export)
        row(kind, f"{run.seconds:.2f}", f"{run.cpu:.2f}", f"{run.size / _MB:.2f}", f"{run.memory / _MB:.0f}")


def _sized(fill: Callable[[Any], object]) -> int:
    sink = Sink()
    fill(sink)
    return sink.size


def _row(name: str, warm: Run, cold: Run | None = None) -> None:
    size = f"{warm.size / _MB:.2f}" if warm.size else ""
    first = f"{cold.seconds:.2f}" if cold else ""
    row(name, first, f"{warm.seconds:.2f}", f"{warm.cpu:.2f}", size, f"{(cold or warm).memory / _MB:.0f}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--events", type=int, nargs="+", default=[100, 10_000, 1_000_000])
    parser.add_argument("--store", type=Path, help="folder of a synthetic store with so many events")
    parser.add_argument("--exports", type=Format, nargs="*", default=STREAMED, help="formats of whole views")
    args = parser.parse_args()
    for events in args.events:
        bench(events, args.store, args.exports)


if __name__ == "__main__":
    main()
